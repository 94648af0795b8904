// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/sha256.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <vector>

#include "engine/base/ensure.h"

namespace engine::base {
namespace {

using Digest = std::array<unsigned char, 32>;
/// What SHA-256 takes at once: a key fills one.
using Block = std::array<unsigned char, 64>;
constexpr unsigned char kInnerPad = 0x36;  // RFC 2104, 2
constexpr unsigned char kOuterPad = 0x5c;

/// What of a file is in memory at once.
constexpr std::size_t kPieceBytes = 1U << 16U;

/// Looked for once: OpenSSL 3 takes longer to find an algorithm than to hash a line with it.
const EVP_MD* sha256() {
    static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> kSha256(
        EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
    ensure(kSha256 != nullptr, "OpenSSL always has SHA-256");
    return kSha256.get();
}

/// The hash of one text after another.
Digest hash_parts(std::string_view first, std::string_view second) {
    thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
        EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    Digest digest{};
    const bool is_done = EVP_DigestInit_ex(context.get(), sha256(), nullptr) == 1 &&
                         EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1 &&
                         EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1 &&
                         EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1;
    ensure(is_done, "OpenSSL always has SHA-256");
    return digest;
}

template <std::size_t kSize>
std::string_view view_of(const std::array<unsigned char, kSize>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
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
    return render_hex(hash_parts(bytes, {}));
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
    // RFC 2104 on the hash that was looked for once: OpenSSL's own looks for it at every call.
    Block inner{};
    if (key.size() > inner.size()) {
        const Digest hashed = hash_parts(key, {});
        std::copy(hashed.begin(), hashed.end(), inner.begin());
    } else {
        std::copy(key.begin(), key.end(), inner.begin());
    }
    Block outer = inner;
    std::for_each(inner.begin(), inner.end(), [](unsigned char& byte) { byte ^= kInnerPad; });
    std::for_each(outer.begin(), outer.end(), [](unsigned char& byte) { byte ^= kOuterPad; });
    const Digest within = hash_parts(view_of(inner), bytes);
    return render_hex(hash_parts(view_of(outer), view_of(within)));
}

}  // namespace engine::base
