// The briefing screen as at a meeting: keys come through the X server, nobody touches a mouse.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "app/show.hpp"
#include "render/image.hpp"
#include "tests/app/program.hpp"
#include "tests/app/screen.hpp"

namespace {

namespace fs = std::filesystem;
using screen::answer;
using screen::wait;

/// A sample with a briefing kept in it.
class Meeting {
 public:
  Meeting() : workspace_(folder_ / "m.sqlite") {
    must({"sample", workspace_, "--communes", "12", "--weeks", "8"});
    must({"brief", "-w", workspace_, "--draft", "--name", "Họp"});
  }
  const std::string& workspace() const { return workspace_; }
  std::string operator/(const std::string& name) const { return folder_ / name; }
  std::shared_ptr<const app::Show> show() const {
    return app::read_show({workspace_, {}, {}, app::Language::vietnamese, 960});
  }
  static void must(const std::vector<std::string>& arguments) {
    const program::Ran ran = program::run(arguments);
    ASSERT_EQ(ran.status, 0) << ran.err;
  }

 private:
  program::Folder folder_;
  std::string workspace_;
};

/// `phusong brief`, shown until the test ends.
class Room : public screen::Shown {
 public:
  /// `options`: of the command line, with a window's size or none.
  Room(const Meeting& meeting, const std::string& options)
      : Shown("brief -w '" + meeting.workspace() + "' " + options, "phusong-brief", meeting / "") {}

  /// Whether the title comes to begin with it.
  bool stands_at(const std::string& place, int seconds = 20) const {
    for (int i = 0; i < seconds * 10; ++i) {
      if (title().rfind(place, 0) == 0) return true;
      wait(100);
    }
    return false;
  }
  /// "WIDTHxHEIGHT" of what the window shows, and its mean light from 0 to 1.
  std::string size() const {
    return answer("import -window " + id() + " png:- | identify -format '%wx%h' png:-");
  }
  double light() const {
    const std::string mean =
        answer("import -window " + id() + " png:- | convert png:- -format '%[fx:mean]' info:-");
    return mean.empty() ? -1 : std::stod(mean);
  }
  bool light_becomes(double least, double most) const {
    for (int i = 0; i < 60; ++i) {
      const double now = light();
      if (now >= least && now <= most) return true;
      wait(100);
    }
    return false;
  }
  double resident_megabytes() const {
    std::ifstream in("/proc/" + pid() + "/statm");
    double all = 0, resident = 0;
    in >> all >> resident;
    return resident * 4096 / 1e6;
  }
};

std::string place(std::size_t scene, std::size_t scenes) {
  return std::to_string(scene) + " / " + std::to_string(scenes) + " ";
}

}  // namespace

TEST(E2eBriefWindow, KeysAndARemoteLeadTheWholeShow) {
  NEEDS_A_SCREEN();
  const Meeting meeting;
  const std::size_t n = meeting.show()->scenes.size();
  ASSERT_GE(n, 4U);
  const Room room(meeting, "--window 960x540 --no-fade");
  ASSERT_TRUE(room.open()) << room.log();
  ASSERT_TRUE(room.stands_at(place(1, n), 60)) << room.title();
  EXPECT_NE(room.title().find(meeting.show()->scenes[0].headline), std::string::npos)
      << room.title();

  const auto leads_to = [&](const char* key, std::size_t scene) {
    room.key(key);
    EXPECT_TRUE(room.stands_at(place(scene, n))) << key << ": " << room.title();
  };
  leads_to("Next", 2);  // a remote's two keys
  leads_to("Prior", 1);
  leads_to("Prior", 1);  // nothing is before the first
  leads_to("Right", 2);
  leads_to("space", 3);
  leads_to("Left", 2);
  leads_to("End", n);
  leads_to("Next", n);
  leads_to("Home", 1);
  leads_to("4", 4);
  leads_to("Home", 1);

  // A remote blanks with a point, people with B; any step brings the scene back where it was.
  const double scene = room.light();
  EXPECT_GT(scene, 0.4);
  for (const char* key : {"b", "period"}) {
    room.key(key);
    EXPECT_TRUE(room.light_becomes(0, 0.001)) << key << room.light();
    room.key("Next");
    EXPECT_TRUE(room.light_becomes(scene - 0.02, scene + 0.02)) << key << room.light();
    EXPECT_TRUE(room.stands_at(place(1, n)));
  }
  room.key("Escape");
  EXPECT_EQ(room.status(), 0) << room.log();
}

TEST(E2eBriefWindow, TakesTheWholeScreenAndFollowsItsWindowToAnother) {
  NEEDS_A_SCREEN();
  const Meeting meeting;
  {
    const Room room(meeting, "--no-fade");
    ASSERT_TRUE(room.open()) << room.log();
    ASSERT_TRUE(room.stands_at("1 / ", 60)) << room.title();
    std::string whole = answer("xdotool getdisplaygeometry");
    whole.replace(whole.find(' '), 1, "x");
    EXPECT_EQ(room.size(), whole);
    room.key("Escape");
    EXPECT_EQ(room.status(), 0) << room.log();
  }
  // A window manager puts a window whose screen is gone onto another, of another shape.
  const Room room(meeting, "--window 960x540");
  ASSERT_TRUE(room.open()) << room.log();
  ASSERT_TRUE(room.stands_at("1 / ", 60)) << room.title();
  const double wide = room.light();
  for (const char* shape : {"1024 768", "640 360", "1280 720"}) {
    screen::act("windowmove " + room.id() + " 300 200 windowsize " + room.id() + " " + shape, 100);
    room.key("Next");
    room.key("Prior");
    EXPECT_TRUE(room.light_becomes(wide - 0.12, wide + 0.12)) << shape << ": " << room.light();
    std::string wanted = shape;
    wanted.replace(wanted.find(' '), 1, "x");
    EXPECT_EQ(room.size(), wanted);
    EXPECT_TRUE(room.stands_at("1 / ")) << room.title();
  }
  room.key("Escape");
  EXPECT_EQ(room.status(), 0) << room.log();
}

TEST(E2eBriefWindow, FollowsReportsThatArriveMeanwhile) {
  NEEDS_A_SCREEN();
  const Meeting meeting;
  const auto before = meeting.show();
  const Room room(meeting, "--window 960x540");
  ASSERT_TRUE(room.open()) << room.log();
  ASSERT_TRUE(room.stands_at("1 / ", 60)) << room.title();
  room.key("Next");
  ASSERT_TRUE(room.stands_at("2 / ")) << room.title();

  // A week later everybody has an account.
  const data::Dataset& dataset = *before->loaded->dataset;
  std::string rows = "commune_code,week_ending,eligible,activated_l2\n";
  for (const data::Commune& commune : dataset.communes)
    rows += commune.code.text + "," + geo::iso(dataset.dates.back() + 7) + ",5000,5000\n";
  program::spit(meeting / "later.csv", rows);
  Meeting::must(
      {"import", "table", meeting / "later.csv", "--as", "reports", "-w", meeting.workspace()});
  const auto after = meeting.show();
  ASSERT_EQ(after->scenes.size(), before->scenes.size());
  ASSERT_NE(after->scenes[1].headline, before->scenes[1].headline);
  EXPECT_TRUE(room.stands_at(
      "2 / " + std::to_string(after->scenes.size()) + " · " + after->scenes[1].headline, 60))
      << room.title();
  room.key("Escape");
  EXPECT_EQ(room.status(), 0) << room.log();
}

TEST(E2eBriefWindow, ManyScenesLaterItTakesNoMoreMemory) {
  NEEDS_A_SCREEN();
  const Meeting meeting;
  const std::size_t n = meeting.show()->scenes.size();
  const Room room(meeting, "--window 480x270 --loop --no-fade");
  ASSERT_TRUE(room.open()) << room.log();
  ASSERT_TRUE(room.stands_at(place(1, n), 60)) << room.title();
  const auto go_round = [&](std::size_t times) {
    for (std::size_t i = 0; i < times; ++i)
      screen::act("key --delay 60 --repeat " + std::to_string(n) + " Next", 200);
  };
  go_round(12);
  const double before = room.resident_megabytes();
  go_round(40);
  EXPECT_TRUE(room.stands_at(place(1, n))) << "whole rounds end where they began: " << room.title();
  // Every scene kept would be half a megabyte each.
  EXPECT_LT(room.resident_megabytes(), before + 12);
  room.key("Escape");
  EXPECT_EQ(room.status(), 0) << room.log();
}

TEST(E2eBriefWindow, SaysWhatIsWrongInsteadOfShowingNothing) {
  NEEDS_A_SCREEN();
  const Meeting meeting;
  {
    const Room room(meeting, "--screen 9");
    EXPECT_EQ(room.status(), 2);
    EXPECT_NE(room.log().find("--screen"), std::string::npos) << room.log();
  }
  const Room room(meeting, "--name 'Không có'");
  EXPECT_EQ(room.status(), 2);
  EXPECT_NE(room.log().find("Không có"), std::string::npos) << room.log();
}
