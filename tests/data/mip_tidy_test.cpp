#include "data/mip_tidy.hpp"

#include <gtest/gtest.h>

#include "tests/data/small_mips.hpp"

namespace {

using data::Mip;

TEST(MipTidy, RowsOfOneColumnBecomeItsLimits) {
  Mip mip;
  mip.columns = {{1, 0, 10, true, ""}, {1, -5, 5, false, ""}, {1, 0, Mip::infinite, true, ""}};
  mip.rows = {{-Mip::infinite, 7, {{0, 2}}, ""},           // 3.5: 3 in whole numbers
              {-3, 4, {{1, -2}}, ""},                      // -2 to 1.5
              {-1, 100, {{0, 1}, {1, 1}}, ""},             // needed below: 0 - 2
              {-2, 100, {{0, 1}, {1, 1}}, ""},             // holds, now
              {4, 4, {{2, 2}}, ""},                        // fixes it at 2
              {-Mip::infinite, 4, {{2, 1}, {0, 1}}, ""}};  // so this is one column's, too
  ASSERT_TRUE(data::tidy(mip));
  EXPECT_EQ(mip.columns[0].upper, 2);
  EXPECT_EQ(mip.columns[1].lower, -2);
  EXPECT_EQ(mip.columns[1].upper, 1.5);
  EXPECT_EQ(mip.columns[2].lower, 2);
  EXPECT_EQ(mip.columns[2].upper, 2);
  ASSERT_EQ(mip.rows.size(), 1U);
  EXPECT_EQ(mip.rows[0].lower, -1);
}

TEST(MipTidy, SaysThatNothingIsLeft) {
  Mip mip;
  mip.columns = {{1, 0, 10, true, ""}};
  mip.rows = {{3, 3, {{0, 2}}, "odd"}};
  EXPECT_FALSE(data::tidy(mip));
  mip.rows = {{1, 2, {}, "of nothing"}};
  EXPECT_FALSE(data::tidy(mip));
  mip.rows = {{21, Mip::infinite, {{0, 2}}, "too much"}};
  EXPECT_FALSE(data::tidy(mip));
  mip.rows.clear();
  mip.columns[0].upper = -1;
  EXPECT_FALSE(data::tidy(mip));
}

TEST(MipTidy, TakesNoAnswerAndAddsNone) {
  std::mt19937 random(4);
  int fewer = 0;
  for (int i = 0; i < 3'000; ++i) {
    SCOPED_TRACE(i);
    const Mip mip = small_mips::any(random);
    Mip tidied = mip;
    const bool some = data::tidy(tidied);
    const auto best = small_mips::best(mip);
    if (!some) {
      EXPECT_FALSE(best.has_value());
      continue;
    }
    EXPECT_EQ(small_mips::best(tidied), best);
    if (tidied.rows.size() < mip.rows.size()) ++fewer;
  }
  EXPECT_GT(fewer, 500) << "or this tests nothing";
}

}  // namespace
