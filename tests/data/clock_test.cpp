#include "data/clock.hpp"

#include <gtest/gtest.h>

#include "tests/data/zone.hpp"

using namespace std::chrono_literals;

namespace data {
namespace {

geo::Date day(const char* text) { return *geo::parse_date(text); }

TEST(Clock, HalfPastElevenAtNightIsStillThatDay) {
  const test::Zone vietnam("ICT-7");
  auto at = local_moment("2026-11-22T16:30:00Z");
  ASSERT_TRUE(at);
  EXPECT_EQ(at->day, day("2026-11-22"));
  EXPECT_EQ(at->time, "23:30");
  // An hour later it is the next day here, and not yet in UTC.
  at = local_moment("2026-11-22T17:30:00Z");
  EXPECT_EQ(at->day, day("2026-11-23"));
  EXPECT_EQ(at->time, "00:30");
  EXPECT_EQ(utc_of_local(day("2026-11-22"), 23h + 30min), "2026-11-22T16:30:00Z");
  EXPECT_EQ(utc_of_local(day("2026-11-23"), 30min), "2026-11-22T17:30:00Z");
  EXPECT_EQ(utc_of_local(day("2027-01-01"), 0s), "2026-12-31T17:00:00Z");
}

TEST(Clock, ElsewhereItIsThatPlacesClock) {
  const test::Zone west("XXX5");
  const auto at = local_moment("2026-11-23T04:30:00Z");
  ASSERT_TRUE(at);
  EXPECT_EQ(at->day, day("2026-11-22"));
  EXPECT_EQ(at->time, "23:30");
  EXPECT_EQ(utc_of_local(day("2026-11-22"), 23h + 30min), "2026-11-23T04:30:00Z");
}

TEST(Clock, TodayIsTheDayOfThisPlace) {
  // At every moment it is a different day somewhere.
  geo::Date east, west;
  {
    const test::Zone zone("EEE-14");
    east = local_today();
  }
  {
    const test::Zone zone("WWW12");
    west = local_today();
  }
  EXPECT_GE(east - west, 1);
  EXPECT_LE(east - west, 2);
}

TEST(Clock, WhatIsNoMomentIsNone) {
  for (const char* wrong : {"", "2026-11-22", "2026-11-22T16:30", "2026-13-22T16:30:00Z", "gì đó"})
    EXPECT_FALSE(local_moment(std::string(wrong))) << wrong;
}

}  // namespace
}  // namespace data
