// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/sha256.h"

#include <gtest/gtest.h>

namespace tests {
namespace {

using engine::base::keyed_sha256_hex;
using engine::base::sha256_hex;

// FIPS 180-2, appendix B, and the empty text.
TEST(Sha256, GivesTheKnownHashes) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, CountsEveryByte) {
    const std::string with_zero("a\0b", 3);

    EXPECT_NE(sha256_hex(with_zero), sha256_hex("a"));
    EXPECT_NE(sha256_hex(with_zero), sha256_hex("ab"));
}

// RFC 4231, test cases 1, 2 and 6.
TEST(KeyedSha256, GivesTheKnownHashes) {
    EXPECT_EQ(keyed_sha256_hex(std::string(20, '\x0b'), "Hi There"),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(keyed_sha256_hex("Jefe", "what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(keyed_sha256_hex(std::string(131, '\xaa'),
                               "Test Using Larger Than Block-Size Key - Hash Key First"),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(KeyedSha256, DependsOnItsKey) {
    EXPECT_NE(keyed_sha256_hex("sale-1", "si"), keyed_sha256_hex("sale-2", "si"));
    EXPECT_NE(keyed_sha256_hex("", "si"), sha256_hex("si"));
}

}  // namespace
}  // namespace tests
