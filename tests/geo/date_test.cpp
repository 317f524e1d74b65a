#include "geo/date.hpp"

#include <gtest/gtest.h>

namespace {

using geo::Date;
using std::chrono::sys_days;
using namespace std::chrono_literals;

const Date day{sys_days(2023y / 8 / 27)};

TEST(DateText, IsReadAsPeopleTypeItDayBeforeMonth) {
  for (const char* text : {"2023-08-27", "27/8/2023", "27-08-2023", "27.8.2023", "2023/08/27",
                           " 27 / 08 / 2023 ", "2023-8-27", "27 tháng 8 năm 2023"}) {
    EXPECT_EQ(geo::parse_date(text), day) << text;
  }
  EXPECT_EQ(geo::parse_date("03/04/2023"), Date{sys_days(2023y / 4 / 3)});
}

TEST(DateText, IsEmptyWhenThereIsNoSuchDay) {
  for (const char* text :
       {"", "30/2/2023", "2023-13-01", "8/27/2023", "27/8", "2023", "27/8-2023", "27/8/23",
        "27/8/2023x", "0/1/2023", "1/0/2023", "99999999999999999999/1/2023", "1.073", "22,08%"}) {
    EXPECT_FALSE(geo::parse_date(text)) << text;
  }
  EXPECT_TRUE(geo::parse_date("29/2/2024"));
}

TEST(DateText, IsFoundInASentence) {
  EXPECT_EQ(geo::find_date("Kết quả tính đến ngày 25/6/2023 của 10 huyện"),
            Date{sys_days(2023y / 6 / 25)});
  EXPECT_EQ(geo::find_date("Điện Biên, ngày 26 tháng 6 năm 2023"), Date{sys_days(2023y / 6 / 26)});
  EXPECT_EQ(geo::find_date("ngày 26 tháng 6 na\u0306m 2023"), Date{sys_days(2023y / 6 / 26)});
  EXPECT_EQ(geo::find_date("Tuần 11 (19/6/2023 - 25/6/2023)"), Date{sys_days(2023y / 6 / 19)});
  EXPECT_FALSE(geo::find_date("Biểu số 11, tuần 25 năm 2023"));
}

TEST(DateText, GoesThereAndBack) {
  EXPECT_EQ(geo::iso(day), "2023-08-27");
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(geo::parse_date(geo::iso(day + i)), day + i);
  EXPECT_EQ((day + 14) - day, 14);
}

}  // namespace
