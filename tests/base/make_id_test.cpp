// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/make_id.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>

namespace tests {
namespace {

using engine::base::Instant;
using engine::base::make_id;
using engine::base::SeededRandom;

/// One number, always.
class FixedRandom final : public engine::base::Random {
  public:
    explicit FixedRandom(std::uint64_t number) : number_(number) {}
    std::uint64_t next() override { return number_; }

  private:
    std::uint64_t number_;
};

TEST(MakeId, GivesTwentyPlainLettersAndDigits) {
    SeededRandom random(1);

    const std::string id = make_id(random, {1'738'573'200'000});

    EXPECT_EQ(id.size(), 20U);
    EXPECT_EQ(id.find_first_not_of("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"),
              std::string::npos)
        << id;
}

TEST(MakeId, ComesLaterInTheAlphabetWhenItIsMadeLater) {
    FixedRandom highest(std::numeric_limits<std::uint64_t>::max());
    FixedRandom lowest(0);
    std::string before = make_id(highest, {0});
    for (const std::int64_t at :
         {1LL, 57LL, 58LL, 1'738'573'200'000LL, 1'738'573'200'001LL, 253'402'300'799'999LL}) {
        const std::string id = make_id(lowest, {at});
        EXPECT_LT(before, id) << at;
        before = make_id(highest, {at});
    }
}

TEST(MakeId, IsToldFromWhatCannotBeAnId) {
    SeededRandom random(1);
    const std::string id = make_id(random, {1'738'573'200'000});

    EXPECT_TRUE(engine::base::may_be_id(id));
    EXPECT_TRUE(engine::base::may_be_id("0123456789abcdef0123456789abcdef")) << "an older one";
    for (const std::string& other : {std::string(), id + "1", id.substr(1), std::string(20, '0'),
                                     std::string(32, 'g'), "../" + id.substr(3)}) {
        EXPECT_FALSE(engine::base::may_be_id(other)) << other;
    }
}

TEST(MakeId, KeepsEveryRandomBitAndEveryMillisecond) {
    std::set<std::string> ids;
    for (int bit = 0; bit < 64; ++bit) {
        FixedRandom random(std::uint64_t{1} << bit);
        ids.insert(make_id(random, {0}));
    }
    EXPECT_EQ(ids.size(), 64U);
    FixedRandom none(0);
    EXPECT_EQ(make_id(none, {-1}), make_id(none, {0})) << "before 1970 counts as 1970";
    EXPECT_EQ(make_id(none, {0}), std::string(20, '1'));
}

}  // namespace
}  // namespace tests
