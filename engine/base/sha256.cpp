// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/sha256.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <fstream>
#include <memory>
#include <vector>

#include "engine/base/ensure.h"

namespace engine::base {
namespace {

using Digest = std::array<unsigned char, 32>;

/// What of a file is in memory at once.
constexpr std::size_t kPieceBytes = 1U << 16U;

/// Looked for once: OpenSSL 3 takes longer to find an algorithm than to hash a line with it.
const EVP_MD* sha256() {
    static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> kSha256(
        EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
    ensure(kSha256 != nullptr, "OpenSSL always has SHA-256");
    return kSha256.get();
}

std::string render_hex(const Digest& digest) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(digest.size() * 2);
    for (const unsigned char byte : digest) {
        text.push_back(kDigits[byte >> 4U]);
        text.push_back(kDigits[byte & 0xFU]);
    }
    return text;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    Digest digest{};
    unsigned int size = 0;
    const int done =
        EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, sha256(), nullptr);
    ensure(done == 1 && size == digest.size(), "OpenSSL always has SHA-256");
    return render_hex(digest);
}

std::optional<std::string> sha256_hex_of_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    ensure(EVP_DigestInit_ex(context.get(), sha256(), nullptr) == 1, "OpenSSL always has SHA-256");
    std::vector<char> piece(kPieceBytes);
    while (file) {
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        EVP_DigestUpdate(context.get(), piece.data(), static_cast<std::size_t>(file.gcount()));
    }
    if (!file.eof()) {
        return std::nullopt;
    }
    Digest digest{};
    EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
    return render_hex(digest);
}

std::string keyed_sha256_hex(std::string_view key, std::string_view bytes) {
    Digest digest{};
    unsigned int size = 0;
    const unsigned char* done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     bytes.size(), digest.data(), &size);
    ensure(done != nullptr && size == digest.size(), "OpenSSL always has HMAC-SHA-256");
    return render_hex(digest);
}

}  // namespace engine::base
