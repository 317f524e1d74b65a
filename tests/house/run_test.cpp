// ./run as a newcomer has it on a machine without a screen. ./check builds the release beforehand,
// so this is also the second ./run, which must not build anything any more.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/house/sources.hpp"

namespace {
namespace fs = std::filesystem;

TEST(E2eRun, WithoutADisplayItDrawsTheSampleAndSaysWhere) {
  const fs::path root = PHUSONG_SOURCE_DIR;
  if (!fs::exists(root / "build/release/app/phusong")) {
    GTEST_SKIP() << "the release is not built here; ./check builds it first";
  }
  const fs::path picture = root / "out/sample.png";
  fs::remove(picture);
  // Sources that changed since ./check are built here, so that what follows is a second ./run.
  ASSERT_EQ(house::shell("'" + (root / "run").string() + "' --help").status, 0);

  const auto start = std::chrono::steady_clock::now();
  const house::Ran ran = house::shell("cd / && env -u DISPLAY -u WAYLAND_DISPLAY LC_ALL=C '" +
                                      (root / "run").string() + "'");
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;

  EXPECT_EQ(ran.status, 0) << ran.output;
  EXPECT_NE(ran.output.find(picture.string()), std::string::npos) << ran.output;
  EXPECT_EQ(ran.output.find("Building"), std::string::npos) << ran.output;
  ASSERT_TRUE(fs::exists(picture)) << ran.output;
  std::string head(24, '\0');
  std::ifstream(picture, std::ios::binary).read(head.data(), 24);
  EXPECT_EQ(head.substr(1, 3), "PNG");
  EXPECT_EQ(head.substr(16), std::string("\0\0\x06\x40\0\0\x03\xe8", 8)) << "not 1600 by 1000";
  EXPECT_GT(fs::file_size(picture), 50'000U) << "an empty map?";
  EXPECT_LT(took.count(), 30.0) << ran.output;  // seconds; measured 3 on two idle cores
}

TEST(E2eRun, PassesArgumentsOnFromAnyFolder) {
  const fs::path root = PHUSONG_SOURCE_DIR;
  if (!fs::exists(root / "build/release/app/phusong")) {
    GTEST_SKIP() << "the release is not built here; ./check builds it first";
  }
  const std::string run = "cd / && env -u DISPLAY '" + (root / "run").string() + "'";
  const house::Ran help = house::shell(run + " import --help");
  EXPECT_EQ(help.status, 0) << help.output;
  EXPECT_NE(help.output.find("boundaries"), std::string::npos) << help.output;
  EXPECT_EQ(house::shell(run + " no-such-command-or-file").status, 2);
}

}  // namespace
