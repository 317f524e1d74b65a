// Programmes as files, read by the programs they are for.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <random>
#include <regex>
#include <set>
#include <sstream>

#include "data/mip.hpp"
#include "geo/error.hpp"
#include "tests/data/small_mips.hpp"
#include "tests/scratch.hpp"

namespace {

namespace fs = std::filesystem;
using data::Mip;

bool have(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null").c_str()) == 0;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string printed_by(const std::string& command) {
  const fs::path file = scratch::folder() / "printed.txt";
  if (std::system((command + " >'" + file.string() + "' 2>&1").c_str()) != 0) return {};
  return text_of(file);
}

/// The best objective as these programs tell it; none when they say that there is none.
std::optional<double> by_glpsol(const std::string& format, const fs::path& model) {
  const fs::path answer = scratch::folder() / "answer.txt";
  fs::remove(answer);
  const std::string printed =
      printed_by("glpsol " + format + " '" + model.string() + "' -o '" + answer.string() + "'");
  EXPECT_NE(printed, "") << model;
  EXPECT_EQ(printed.find("error"), std::string::npos) << printed;
  const std::string text = text_of(answer);
  std::smatch found;
  if (!std::regex_search(text, found, std::regex("Status: +(INTEGER )?OPTIMAL"))) return {};
  EXPECT_TRUE(std::regex_search(text, found, std::regex("Objective: .* = (\\S+) \\(M"))) << text;
  return std::stod(found[1]);
}

std::optional<double> by_cbc(const fs::path& model) {
  const fs::path answer = scratch::folder() / "answer.sol";
  const std::string printed = printed_by(
      "cbc '" + model.string() + "' -ratioGap 0 -solve -solution '" + answer.string() + "'");
  EXPECT_NE(printed, "") << model;
  EXPECT_EQ(printed.find("###"), std::string::npos) << printed;
  const std::string text = text_of(answer);
  std::smatch found;
  if (!std::regex_search(text, found, std::regex("^Optimal - objective value (\\S+)"))) return {};
  return std::stod(found[1]);
}

class MipFile : public testing::Test {
 protected:
  fs::path lp_ = scratch::folder() / "model.lp", mps_ = scratch::folder() / "model.mps";

  void expect_optimum(const Mip& mip, std::optional<double> optimum) {
    write_lp(mip, lp_);
    write_mps(mip, mps_);
    const auto close = [&](std::optional<double> told, double sign, const char* what) {
      ASSERT_EQ(told.has_value(), optimum.has_value()) << what << '\n' << text_of(lp_);
      // They print few digits.
      if (!optimum) return;
      EXPECT_NEAR(sign * *told, *optimum, 1e-6 * (1 + std::abs(*optimum))) << what;
    };
    if (have("glpsol")) {
      close(by_glpsol("--lp", lp_), 1, "glpsol, LP");
      close(by_glpsol("--freemps", mps_), -1, "glpsol, MPS");
    }
    if (have("cbc")) {
      close(by_cbc(lp_), 1, "cbc, LP");
      close(by_cbc(mps_), -1, "cbc, MPS");
    }
  }
};

TEST_F(MipFile, OthersReachTheOptimumOfAProgrammeWithEverything) {
  if (!have("glpsol") && !have("cbc")) GTEST_SKIP() << "neither glpsol nor cbc is installed";
  // With x4 = 2 and x5 <= -1: x2 = 1 - x5 >= 2; x1 + x2 <= 10, best at x1 = 4, x2 = 6, x5 = -5;
  // x1 - x3 <= 5 gives x3 = -1. 3·4 + 2·6 + 1 + 2 - 0.5 = 26.5.
  Mip mip;
  mip.columns = {{3, 0, 4.5, true, "x_a"},
                 {2, -Mip::infinite, Mip::infinite, false, "e12"},
                 {-1, -3, Mip::infinite, true, "free"},
                 {1, 2, 2, false, "x_a"},
                 {0.1, -Mip::infinite, -1, false, "Xã Mường"},
                 {0, 0, Mip::infinite, true, "in no row"}};
  mip.rows = {{-Mip::infinite, 10, {{0, 1}, {1, 1}}, "end"},
              {1, 5, {{0, 1}, {2, -1}}, "both limits"},
              {3, 3, {{1, 1}, {3, 1}, {4, 1}}, ""},
              {-Mip::infinite, Mip::infinite, {{0, 1}}, "no limit"},
              {-Mip::infinite, 5, {}, "no term"}};
  expect_optimum(mip, 26.5);
}

TEST_F(MipFile, OthersReadProgrammesOfNothing) {
  if (!have("glpsol") && !have("cbc")) GTEST_SKIP() << "neither glpsol nor cbc is installed";
  expect_optimum({}, 0);
  Mip no_row;
  no_row.columns = {{1, 0, 3.5, true, "y"}, {-1, -2, 2, false, "z"}};
  expect_optimum(no_row, 5);
}

TEST_F(MipFile, OthersFindNothingWhereNothingIs) {
  if (!have("glpsol") && !have("cbc")) GTEST_SKIP() << "neither glpsol nor cbc is installed";
  Mip mip;
  mip.columns = {{1, 0, 10, true, "x"}};
  mip.rows = {{3, 3, {{0, 2}}, "odd"}};
  expect_optimum(mip, {});
}

TEST_F(MipFile, OthersAgreeWithBruteForce) {
  if (!have("glpsol") && !have("cbc")) GTEST_SKIP() << "neither glpsol nor cbc is installed";
  std::mt19937 random(5);
  for (int i = 0; i < 15; ++i) {
    const Mip mip = small_mips::any(random);
    expect_optimum(mip, small_mips::best(mip));
  }
}

// Whole and other columns together, where nothing can be tried out: GLPK tells the best.
TEST_F(MipFile, OurSolverAgreesWithGlpk) {
  if (!have("glpsol")) GTEST_SKIP() << "glpsol is not installed";
  std::mt19937 random(8);
  for (int i = 0; i < 40; ++i) {
    SCOPED_TRACE(i);
    Mip mip = small_mips::any(random);
    for (Mip::Column& column : mip.columns) column.whole = small_mips::number(random, 0, 2) != 0;
    write_lp(mip, lp_);
    const auto best = by_glpsol("--lp", lp_);
    const data::MipAnswer answer = data::solve(mip, {}, {}, PHUSONG_SOLVER);
    if (best) {
      ASSERT_EQ(answer.state, data::MipAnswer::State::optimal) << answer.said.id;
      EXPECT_NEAR(answer.objective, *best, 1e-6 * (1 + std::abs(*best)));
    } else {
      EXPECT_EQ(answer.state, data::MipAnswer::State::infeasible);
    }
  }
}

TEST_F(MipFile, TheSenseIsSaid) {
  Mip mip;
  mip.columns = {{2.5, 0, 1, false, "x_1"}};
  write_lp(mip, lp_);
  write_mps(mip, mps_);
  EXPECT_NE(text_of(lp_).find("Maximize\n objective: + 2.5 x_1"), std::string::npos);
  EXPECT_NE(text_of(mps_).find("MINIMISED"), std::string::npos);
  EXPECT_NE(text_of(mps_).find("x_1 minus_objective -2.5"), std::string::npos);
}

TEST_F(MipFile, NamesAreKeptOrKeptApart) {
  Mip mip;
  for (const char* name : {"x_k1_c00123", "a b", "a_b", "a-b", "", "", "1st", "x_4", "Xã"})
    mip.columns.push_back({1, 0, 1, true, name});
  write_lp(mip, lp_);
  const std::string text = text_of(lp_);
  const std::string list = text.substr(text.find("Generals\n") + 9);
  std::istringstream lines(list);
  std::set<std::string> names;
  std::string line;
  while (std::getline(lines, line) && line != "End") {
    EXPECT_TRUE(std::regex_match(line, std::regex(" [a-zA-Z][a-zA-Z0-9_]*"))) << line;
    EXPECT_TRUE(names.insert(line).second) << line;
  }
  EXPECT_EQ(names.size(), mip.columns.size());
  EXPECT_TRUE(names.contains(" x_k1_c00123"));
}

TEST_F(MipFile, AFolderThatIsNotThereIsAnError) {
  EXPECT_THROW(data::write_lp({}, scratch::folder() / "no" / "x.lp"), geo::Error);
  EXPECT_THROW(data::write_mps({}, scratch::folder() / "no" / "x.mps"), geo::Error);
}

}  // namespace
