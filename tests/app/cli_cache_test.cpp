// The cache folder only saves time: whatever it is like, the same picture comes out.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/app/program.hpp"

using program::Folder;
using program::Ran;
namespace fs = std::filesystem;

namespace {

class E2eCache : public testing::Test {
 protected:
  void SetUp() override {
    const Ran made = program::run({"sample", workspace_, "--communes", "60", "--weeks", "3"},
                                  {"export PHUSONG_CACHE='" + (folder_ / "other") + "';"});
    ASSERT_EQ(made.status, 0) << made.err;
  }
  /// A picture near enough to need a finer level than the workspace holds.
  std::string picture(const std::string& cache, const std::string& before = "") const {
    const std::string png = folder_ / "map.png";
    fs::remove(png);
    const Ran ran = program::run({"render", "-w", workspace_, png, "--size", "3000x2000"},
                                 {"export PHUSONG_CACHE='" + cache + "';" + before});
    EXPECT_EQ(ran.status, 0) << ran.err;
    return program::slurp(png);
  }
  static std::size_t files_in(const fs::path& folder) {
    std::error_code none;
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder, none))
      files += entry.is_regular_file() ? 1U : 0U;
    return files;
  }

  Folder folder_;
  std::string workspace_ = folder_ / "sample.sqlite";
};

}  // namespace

TEST_F(E2eCache, EmptyOrFilledThePictureIsTheSame) {
  const std::string cache = folder_ / "cache";
  const std::string empty = picture(cache);
  ASSERT_GT(empty.size(), 10'000U);
  const std::size_t files = files_in(cache);
  EXPECT_GT(files, 0U) << "what was worked out is kept";
  EXPECT_TRUE(picture(cache) == empty) << "from what was kept";
  EXPECT_EQ(files_in(cache), files) << "nothing was worked out twice";
}

TEST_F(E2eCache, APlaceThatCannotBeWrittenToIsNoError) {
  const std::string with = picture(folder_ / "cache");
  program::spit(folder_ / "a file", "not a folder");
  EXPECT_TRUE(picture(folder_ / "a file") == with) << "a file where the folder should be";
  EXPECT_TRUE(picture("/proc/nowhere") == with) << "a place where nobody may write";
}

TEST_F(E2eCache, AFullDiskIsNoError) {
  const std::string with = picture(folder_ / "cache");
  // A limit on the size of files stands in for a full disk; the picture itself has to fit.
  const auto blocks = std::to_string(with.size() / 512 + 8);
  const std::string full = picture(folder_ / "full", "trap '' XFSZ; ulimit -f " + blocks + ";");
  EXPECT_TRUE(full == with);
}

TEST_F(E2eCache, DamagedFilesAreMadeAgain) {
  const std::string cache = folder_ / "cache";
  const std::string good = picture(cache);
  for (const auto& entry : fs::recursive_directory_iterator(cache)) {
    if (!entry.is_regular_file()) continue;
    std::string bytes = program::slurp(entry.path());
    for (std::size_t i = 0; i < bytes.size(); i += 97) bytes[i] = static_cast<char>(~bytes[i]);
    program::spit(entry.path(), bytes);
  }
  EXPECT_TRUE(picture(cache) == good);
}
