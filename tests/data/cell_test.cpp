#include "data/cell.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <random>
#include <vector>

namespace data {
namespace {

using State = CellNumber::State;
using Qualifier = CellNumber::Qualifier;

CellNumber count(const char* text) { return read_number(text, Quantity::count, {}); }

TEST(Cell, CountsAreWholeNumbersInAnyWriting) {
  for (const auto& [text, value] :
       std::vector<std::pair<const char*, double>>{{"1073", 1073},
                                                   {"1.073", 1073},
                                                   {"1,073", 1073},
                                                   {"1 073", 1073},
                                                   {"1'073", 1073},
                                                   {"1.234.567", 1234567},
                                                   {"1,234,567", 1234567},
                                                   {"2590,0", 2590},
                                                   {"2590.00", 2590},
                                                   {"1.234,00", 1234},
                                                   {"0", 0},
                                                   {"-12", -12},
                                                   {"−1.200", -1200},
                                                   {" 15 ", 15}}) {
    const auto n = count(text);
    ASSERT_TRUE(n.taken()) << text;
    EXPECT_EQ(n.value, value) << text;
  }
}

TEST(Cell, WhatIsNoCountIsNotTaken) {
  for (const char* text :
       {"1,5", "1.07", "12a", "1.0734", "12.34.567", "#REF!", "1,2.3", "12 34", "22,08%", "nhiều",
        "1..2", ".", "1.", "0.073", "--5", "1e", "∞", "1e400", "1e13"})
    EXPECT_FALSE(count(text).taken()) << text;
}

TEST(Cell, NotReportedIsNotZero) {
  for (const char* text : {"-", "–", "—", "…", "...", "x", "X", "chưa báo cáo", "Chưa có",
                           "CHƯA BÁO CÁO", "n/a", "N/A", "chu\u031ba ba\u0301o ca\u0301o"})
    EXPECT_EQ(count(text).state, State::not_reported) << text;
  EXPECT_EQ(count("").state, State::empty);
  EXPECT_EQ(count("  \u00a0").state, State::empty);
  EXPECT_EQ(count("không").state, State::unreadable);
}

TEST(Cell, APercentageIsTheDecimalThatItStandsFor) {
  for (int n = 0; n <= 10000; ++n) {
    const std::string digits = std::to_string(n);
    const std::string text =
        digits.size() > 2
            ? digits.substr(0, digits.size() - 2) + "," + digits.substr(digits.size() - 2)
            : "0," + std::string(2 - digits.size(), '0') + digits;
    const double value = read_number(text + "%", Quantity::share, {}).value;
    ASSERT_EQ(value, n / 10000.0) << text;
    ASSERT_LE(plain_number(value).size(), 6u) << text;
  }
}

TEST(Cell, SharesFollowTheStyleOfTheirColumn) {
  const auto share = [](const char* t, NumberStyle s) {
    return read_number(t, Quantity::share, s);
  };
  EXPECT_NEAR(share("22,08%", {}).value, 0.2208, 1e-12);
  EXPECT_NEAR(share("22.08 %", {}).value, 0.2208, 1e-12);
  EXPECT_TRUE(share("22,08%", {}).percent);
  EXPECT_DOUBLE_EQ(share("0.862", {}).value, 0.862);  // a group never begins with 0
  EXPECT_DOUBLE_EQ(share("0,85", {}).value, 0.85);
  EXPECT_EQ(share("1.073", {}).state, State::ambiguous);
  EXPECT_DOUBLE_EQ(share("1.073", NumberStyle::english).value, 1.073);
  EXPECT_DOUBLE_EQ(share("1.073", NumberStyle::vietnamese).value, 1073);
  EXPECT_DOUBLE_EQ(share("1,073", NumberStyle::vietnamese).value, 1.073);
}

TEST(Cell, DegreesAreDecimals) {
  EXPECT_DOUBLE_EQ(read_number("103.062", Quantity::degrees, {}).value, 103.062);
  EXPECT_DOUBLE_EQ(read_number("21,412", Quantity::degrees, {}).value, 21.412);
  EXPECT_DOUBLE_EQ(read_number("4.8e-05", Quantity::degrees, {}).value, 4.8e-05);
}

TEST(Cell, FiguresSayHowExactTheyAre) {
  const auto figure = [](const char* t) { return read_number(t, Quantity::measure, {}); };
  EXPECT_EQ(figure("≈20").qualifier, Qualifier::nearly);
  EXPECT_EQ(figure("gần 20").qualifier, Qualifier::nearly);
  EXPECT_EQ(figure("hơn 10").qualifier, Qualifier::more_than);
  EXPECT_EQ(figure("trên 10").qualifier, Qualifier::more_than);
  EXPECT_EQ(figure("Hơn 1.200.000").value, 1200000);
  EXPECT_EQ(figure("20").qualifier, Qualifier::exact);
}

TEST(Cell, StyleNeedsEvidence) {
  const auto style = [](std::vector<std::string> cells, bool counts = false) {
    return number_style(cells, counts);
  };
  EXPECT_EQ(style({"22,08%", "1.073"}), NumberStyle::vietnamese);
  EXPECT_EQ(style({"0.862", "1,073"}), NumberStyle::english);
  EXPECT_EQ(style({"1.073", "2.590", "15"}), NumberStyle::unknown);
  EXPECT_EQ(style({"1.073", "2.590"}, true), NumberStyle::vietnamese);
  EXPECT_EQ(style({"1.073", "2,590"}, true), NumberStyle::unknown);
  EXPECT_EQ(style({"1.234.567"}), NumberStyle::vietnamese);
  EXPECT_EQ(style({"0.5", "0,5"}), NumberStyle::unknown);
  EXPECT_EQ(style({}), NumberStyle::unknown);
}

TEST(Cell, SeesPhoneAndIdNumbers) {
  EXPECT_TRUE(looks_personal("0912345678"));
  EXPECT_TRUE(looks_personal("Nhà ông A, 0912 345 678"));
  EXPECT_TRUE(looks_personal("0912.345.678"));
  EXPECT_TRUE(looks_personal("+84912345678"));
  EXPECT_TRUE(looks_personal("011204001234"));
  EXPECT_FALSE(looks_personal("03127"));
  EXPECT_FALSE(looks_personal("03127-0000"));
  EXPECT_FALSE(looks_personal("1.234.567"));
  EXPECT_FALSE(looks_personal("103.062442"));
  EXPECT_FALSE(looks_personal("Bản Him Lam 1"));
}

// Whatever stands in a cell: a number read is finite, a count is whole, and writing it plainly and
// reading it again gives the same number.
TEST(Cell, FuzzNeverLies) {
  std::mt19937 random(11);
  const std::vector<std::string> pieces{"0",    "1", "7", "12",   "123", "000", ".",     ",",
                                        " ",    "%", "-", "−",    "e",   "E5",  "+",     "gần ",
                                        "hơn ", "x", "…", "\xff", "ă",   "'",   "\u00a0"};
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(700);
  std::size_t tried = 0, taken = 0;
  while (tried < 200000 && std::chrono::steady_clock::now() < until) {
    std::string text;
    for (std::size_t n = random() % 7 + 1; n > 0; --n) text += pieces[random() % pieces.size()];
    for (const auto quantity :
         {Quantity::count, Quantity::share, Quantity::measure, Quantity::degrees}) {
      for (const auto style :
           {NumberStyle::unknown, NumberStyle::vietnamese, NumberStyle::english}) {
        const auto n = read_number(text, quantity, style);
        ++tried;
        if (!n.taken()) continue;
        ++taken;
        ASSERT_TRUE(std::isfinite(n.value)) << text;
        if (quantity == Quantity::count) {
          ASSERT_EQ(n.value, std::floor(n.value)) << text;
        }
        const auto again = read_number(plain_number(n.value), quantity, NumberStyle::english);
        ASSERT_TRUE(again.taken()) << text << " -> " << plain_number(n.value);
        ASSERT_EQ(again.value, n.value) << text;
      }
    }
  }
  EXPECT_GT(taken, 1000u);
}

}  // namespace
}  // namespace data
