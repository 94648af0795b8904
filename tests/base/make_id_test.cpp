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

TEST(MakeId, GivesTwentySmallLettersAndDigits) {
    SeededRandom random(1);

    const std::string id = make_id(random, {1'738'573'200'000});

    EXPECT_EQ(id.size(), 20U);
    EXPECT_EQ(id.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz"), std::string::npos) << id;
}

TEST(MakeId, ComesLaterInTheAlphabetWhenItIsMadeAnInstantLater) {
    constexpr std::int64_t kAnEighthOfASecond = 128;
    FixedRandom highest(std::numeric_limits<std::uint64_t>::max());
    FixedRandom lowest(0);
    for (const std::int64_t at :
         {std::int64_t{0}, 31 * kAnEighthOfASecond, 1'738'573'200'000, 4'000'000'000'000}) {
        EXPECT_LT(make_id(highest, {at}), make_id(lowest, {at + kAnEighthOfASecond})) << at;
    }
}

TEST(MakeId, TellsApartInItsShortFormWhatIsOpenedTogether) {
    SeededRandom random(1);
    std::set<std::string> beginnings;
    for (int one = 0; one < 8; ++one) {
        beginnings.insert(engine::base::short_id(make_id(random, {1'738'573'200'000})));
    }
    EXPECT_EQ(beginnings.size(), 8U);
    EXPECT_EQ(beginnings.begin()->size(), 10U);
}

TEST(MakeId, IsToldFromWhatCannotBeAnId) {
    SeededRandom random(1);
    const std::string id = make_id(random, {1'738'573'200'000});

    EXPECT_TRUE(engine::base::may_be_id(id));
    EXPECT_TRUE(engine::base::may_be_id("0123456789abcdef0123456789abcdef")) << "an older one";
    for (const std::string& other : {std::string(), id + "1", id.substr(1), std::string(20, 'u'),
                                     std::string(32, 'g'), "../" + id.substr(3)}) {
        EXPECT_FALSE(engine::base::may_be_id(other)) << other;
    }
}

TEST(MakeId, IsMadeOfSixtyFiveRandomBits) {
    std::set<std::string> ids;
    for (int bit = 0; bit < 50; ++bit) {
        FixedRandom random(std::uint64_t{1} << bit);
        ids.insert(make_id(random, {0}));
    }
    EXPECT_EQ(ids.size(), 50U);
    FixedRandom all(std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(make_id(all, {0}), "0000000" + std::string(13, 'z'));
    FixedRandom none(0);
    EXPECT_EQ(make_id(none, {-1}), std::string(20, '0')) << "before 1970 counts as 1970";
}

}  // namespace
}  // namespace tests
