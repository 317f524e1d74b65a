#include "app/settings.hpp"
#include "tests/scratch.hpp"

#include <gtest/gtest.h>

#include <fstream>

using app::Settings;

namespace {
std::filesystem::path fresh(const std::string& name) {
  const std::filesystem::path folder = scratch::folder() / "settings";
  std::filesystem::create_directories(folder);
  std::filesystem::remove(folder / name);
  return folder / name;
}
}  // namespace

TEST(Settings, AreReadBackAsWritten) {
  Settings s;
  s.workspace = "/tmp/một tệp.sqlite";
  s.language = app::Language::english;
  s.width = 1234;
  s.panels.side = 500;
  s.panels.rail_open = false;
  s.points = app::PointsShown::always;
  const auto file = fresh("written.json");
  ASSERT_TRUE(app::write_settings(s, file));
  EXPECT_EQ(app::read_settings(file), s);
}

TEST(Settings, AMissingOrBrokenFileGivesTheDefaults) {
  EXPECT_EQ(app::read_settings(fresh("none.json")), Settings());
  for (const char* text : {"", "{", "[1]", R"({"width": "wide"})"}) {
    const auto file = fresh("broken.json");
    std::ofstream(file) << text;
    EXPECT_EQ(app::read_settings(file), Settings()) << text;
  }
}

TEST(Settings, SizesOutOfReasonAreHeldBack) {
  const auto file = fresh("huge.json");
  std::ofstream(file) << R"({"width": 10, "rail": 1e9})";
  EXPECT_EQ(app::read_settings(file).width, 640);
  EXPECT_EQ(app::read_settings(file).panels.rail, 720);
}
