// The sources are as clang-format 14 writes them. Other versions differ in details, so only that
// one is asked.
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

#include "tests/house/sources.hpp"

namespace {

std::string clang_format_14() {
  for (const char* name : {"clang-format-14", "clang-format"}) {
    const house::Ran ran = house::shell(std::string(name) + " --version");
    if (ran.status == 0 && ran.output.find("version 14.") != std::string::npos) return name;
  }
  return {};
}

TEST(HouseFormat, SourcesAreAsClangFormatWritesThem) {
  const std::string program = clang_format_14();
  if (program.empty()) GTEST_SKIP() << "clang-format 14 is not installed";
  std::string command =
      "cd '" PHUSONG_SOURCE_DIR "' && " + program + " --style=file --dry-run -Werror";
  for (const house::Source& file :
       house::sources({"assets", "geo", "data", "render", "app", "tests"})) {
    command += " '" + file.path + "'";
  }
  const house::Ran ran = house::shell(command);
  std::set<std::string> files;
  std::istringstream lines(ran.output);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(": error:") != std::string::npos) files.insert(line.substr(0, line.find(':')));
  }
  for (const std::string& file : files) ADD_FAILURE() << "not formatted: " << file;
  EXPECT_EQ(ran.status, 0) << ran.output.substr(0, 2000);
}

}  // namespace
