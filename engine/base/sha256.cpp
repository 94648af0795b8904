// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/sha256.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

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

/// HMAC (RFC 2104) ready to take a key, for one thread.
struct KeyedHash {
    KeyedHash() {
        const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> hmac(
            EVP_MAC_fetch(nullptr, "HMAC", nullptr), &EVP_MAC_free);
        ensure(hmac != nullptr, "OpenSSL always has HMAC");
        context.reset(EVP_MAC_CTX_new(hmac.get()));
        char digest[] = "SHA256";
        const std::array<OSSL_PARAM, 2> params{
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
            OSSL_PARAM_construct_end()};
        ensure(EVP_MAC_CTX_set_params(context.get(), params.data()) == 1,
               "HMAC takes SHA-256 as its hash");
    }

    std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context{nullptr, &EVP_MAC_CTX_free};
};

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
    thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
        EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    Digest digest{};
    const bool is_done = EVP_DigestInit_ex(context.get(), sha256(), nullptr) == 1 &&
                         EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1 &&
                         EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1;
    ensure(is_done, "OpenSSL always has SHA-256");
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
    thread_local const KeyedHash hash;
    EVP_MAC_CTX* const context = hash.context.get();
    // Null would mean the key of before.
    const auto* key_bytes = reinterpret_cast<const unsigned char*>(key.empty() ? "" : key.data());
    const auto* text = reinterpret_cast<const unsigned char*>(bytes.data());
    Digest digest{};
    std::size_t length = 0;
    const bool is_done = EVP_MAC_init(context, key_bytes, key.size(), nullptr) == 1 &&
                         EVP_MAC_update(context, text, bytes.size()) == 1 &&
                         EVP_MAC_final(context, digest.data(), &length, digest.size()) == 1;
    ensure(is_done && length == digest.size(), "HMAC with SHA-256 gives 32 bytes");
    return render_hex(digest);
}

}  // namespace engine::base
