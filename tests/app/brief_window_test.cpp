// A briefing shown as at a meeting: keys come through the X server, nobody touches a mouse.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

#include "render/image.hpp"
#include "tests/app/program.hpp"

namespace {

std::string answer(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return out;
  char part[512];
  while (std::fgets(part, sizeof part, pipe)) out += part;
  pclose(pipe);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

bool there(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

void wait(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

template <class Done>
bool soon(Done done, int seconds = 60) {
  for (int i = 0; i < seconds * 10; ++i) {
    if (done()) return true;
    wait(100);
  }
  return false;
}

/// A sample province with a briefing drafted from it.
class Meeting {
 public:
  Meeting() {
    EXPECT_EQ(program::run({"sample", workspace(), "--communes", "40", "--weeks", "8"}).status, 0);
    const auto drafted =
        program::run({"brief", "-w", workspace(), "--draft", "--name", "Giao ban"});
    EXPECT_EQ(drafted.status, 0) << drafted.err;
  }
  std::string workspace() const { return folder_ / "w.sqlite"; }
  const program::Folder& folder() const { return folder_; }

 private:
  program::Folder folder_;
};

class Shown {
 public:
  Shown(const Meeting& meeting, const std::string& options) : folder_(meeting.folder()) {
    // What graphics drivers keep is no leak of ours.
    const std::string command = "LSAN_OPTIONS='suppressions=" PHUSONG_SOURCE_DIR
                                "/tests/leaks_with_drivers.txt:use_tls=0:print_suppressions=0' "
                                "PHUSONG_CACHE='" +
                                (folder_ / "cache") + "' " PHUSONG_PROGRAM " brief -w '" +
                                meeting.workspace() + "' --lang vi " + options + " >'" +
                                (folder_ / "log") + "' 2>&1; echo $? >'" + (folder_ / "rc") + "'";
    std::ofstream(folder_ / "run.sh") << command << '\n';
    static_cast<void>(answer("sh '" + (folder_ / "run.sh") + "' >/dev/null 2>&1 & echo $!"));
    soon([this] {
      id_ = answer("xdotool search --onlyvisible --classname phusong-brief 2>/dev/null | head -1");
      return !id_.empty();
    });
    pid_ = answer("xdotool getwindowpid " + id_);
  }
  ~Shown() {
    if (!pid_.empty()) static_cast<void>(std::system(("kill " + pid_ + " 2>/dev/null").c_str()));
    soon([this] { return status().has_value(); }, 20);
  }
  bool open() const { return !id_.empty(); }
  std::string title() const { return answer("xdotool getwindowname " + id_); }
  bool says(const std::string& words, int seconds = 60) const {
    return soon([&] { return title().find(words) != std::string::npos; }, seconds);
  }
  void key(const std::string& name) const {
    static_cast<void>(std::system(("xdotool windowfocus --sync " + id_ + " key " + name).c_str()));
  }
  void act(const std::string& what) const {
    static_cast<void>(std::system(("xdotool " + what).c_str()));
  }
  render::Image picture() const {
    const std::string file = folder_ / "screen.png";
    static_cast<void>(std::system(("import -window " + id_ + " png32:'" + file + "'").c_str()));
    return render::read_png(file);
  }
  /// Once nothing moves in it any more.
  render::Image settled() const {
    render::Image last = picture();
    for (int i = 0; i < 100; ++i) {
      wait(400);
      render::Image now = picture();
      if (render::difference(last, now, 0) == 0) return now;
      last = std::move(now);
    }
    return last;
  }
  std::optional<int> status() const {
    std::ifstream in(folder_ / "rc");
    int status = 0;
    if (in >> status) return status;
    return std::nullopt;
  }
  double megabytes() const {
    std::ifstream in("/proc/" + pid_ + "/statm");
    double pages = 0;
    in >> pages >> pages;
    return pages * 4096 / 1e6;
  }
  std::string log() const { return program::slurp(folder_ / "log"); }
  const std::string& id() const { return id_; }

 private:
  const program::Folder& folder_;
  std::string id_, pid_;
};

bool all_black(const render::Image& image) {
  for (std::size_t i = 0; i < image.rgba.size(); i += 4)
    if (image.rgba[i] + image.rgba[i + 1] + image.rgba[i + 2] > 0) return false;
  return !image.rgba.empty();
}

class E2eBrief : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* wanted : {"xdotool", "import"})
      if (!there(wanted)) GTEST_SKIP() << "needs " << wanted;
    if (std::getenv("DISPLAY") == nullptr) GTEST_SKIP() << "needs an X server";
  }
};

TEST_F(E2eBrief, IsLedWithKeysOnly) {
  const Meeting meeting;
  const std::string before = program::slurp(meeting.workspace());
  Shown shown(meeting, "--window 960x540 --no-fade");
  ASSERT_TRUE(shown.open()) << shown.log();
  ASSERT_TRUE(shown.says("1 / ")) << shown.title();
  const render::Image first = shown.settled();
  shown.key("Right");
  EXPECT_TRUE(shown.says("2 / ")) << shown.title();
  EXPECT_GT(render::difference(first, shown.settled(), 8), 0.02) << "another scene";
  shown.key("Next");  // a remote
  EXPECT_TRUE(shown.says("3 / ")) << shown.title();
  shown.key("Prior");
  EXPECT_TRUE(shown.says("2 / ")) << shown.title();
  shown.key("space");
  EXPECT_TRUE(shown.says("3 / ")) << shown.title();
  shown.key("Home");
  EXPECT_TRUE(shown.says("1 / ")) << shown.title();
  EXPECT_EQ(render::difference(first, shown.settled(), 2), 0) << "the first, as it was";
  shown.key("3");
  EXPECT_TRUE(shown.says("3 / ")) << shown.title();
  shown.key("b");
  EXPECT_TRUE(soon([&] { return all_black(shown.picture()); }));
  shown.key("period");  // a remote's blank: back again
  EXPECT_FALSE(all_black(shown.settled()));
  shown.key("n");
  EXPECT_TRUE(soon([] {
    return !answer("xdotool search --onlyvisible --name 'cửa sổ người nói' 2>/dev/null").empty();
  })) << "the speaker's window";
  shown.key("n");
  EXPECT_TRUE(soon([] {
    return answer("xdotool search --onlyvisible --name 'cửa sổ người nói' 2>/dev/null").empty();
  }));
  shown.key("b");
  shown.key("Escape");
  EXPECT_TRUE(soon([&] { return shown.status().has_value(); })) << "Escape always leaves";
  EXPECT_EQ(shown.status(), 0) << shown.log();
  EXPECT_EQ(program::slurp(meeting.workspace()), before) << "it is only read";
}

TEST_F(E2eBrief, AScreenOfAnotherSizeShowsTheSameAsTheHandout) {
  const Meeting meeting;
  Shown shown(meeting, "--window 800x600 --no-fade");
  ASSERT_TRUE(shown.open()) << shown.log();
  ASSERT_TRUE(shown.says("1 / "));
  // As when the screen it was on is unplugged: another place, another size.
  shown.act("windowmove " + shown.id() + " 40 30 windowsize " + shown.id() + " 1280 720");
  const render::Image seen = shown.settled();
  const auto handed = program::run({"brief", "-w", meeting.workspace(), "--export",
                                    meeting.folder() / "out", "--size", "1280x720"});
  ASSERT_EQ(handed.status, 0) << handed.err;
  const render::Image paper = render::read_png(meeting.folder() / "out/01.png");
  ASSERT_EQ(seen.width, paper.width);
  ASSERT_EQ(seen.height, paper.height);
  EXPECT_LT(render::difference(seen, paper, 8), 0.001);
}

TEST_F(E2eBrief, TheWholeScreenIsTaken) {
  const Meeting meeting;
  Shown shown(meeting, "--no-fade");
  ASSERT_TRUE(shown.open()) << shown.log();
  ASSERT_TRUE(shown.says("1 / "));
  const std::string root = answer("xdotool getdisplaygeometry");
  EXPECT_TRUE(soon([&] {
    const render::Image image = shown.picture();
    return std::to_string(image.width) + " " + std::to_string(image.height) == root;
  })) << root;
  shown.key("Escape");
  EXPECT_TRUE(soon([&] { return shown.status() == 0; })) << shown.log();
}

TEST_F(E2eBrief, FollowsReportsThatArriveMeanwhile) {
  const Meeting meeting;
  Shown shown(meeting, "--window 960x540");
  ASSERT_TRUE(shown.open()) << shown.log();
  ASSERT_TRUE(shown.says("1 / "));
  const std::string before = shown.title();
  // Every commune reports again, a week later and twice as much.
  const auto listed = program::run({"rank", "-w", meeting.workspace(), "--json"});
  ASSERT_EQ(listed.status, 0);
  std::string csv = "commune_code,report_date,eligible,activated_l2\n";
  for (std::size_t at = 0; (at = listed.out.find("\"code\": \"", at)) != std::string::npos;) {
    at += 9;
    csv += listed.out.substr(at, listed.out.find('"', at) - at) + ",2030-01-06,1000,900\n";
  }
  program::spit(meeting.folder() / "more.csv", csv);
  const auto imported = program::run({"import", "table", meeting.folder() / "more.csv", "-w",
                                      meeting.workspace(), "--as", "reports"});
  ASSERT_LE(imported.status, 1) << imported.err;
  EXPECT_TRUE(soon([&] { return shown.title() != before; })) << before;
  EXPECT_NE(shown.title().find("90"), std::string::npos) << shown.title();
  EXPECT_FALSE(shown.status().has_value()) << shown.log();
}

TEST_F(E2eBrief, ALoopDoesNotGrow) {
  const Meeting meeting;
  Shown shown(meeting, "--window 480x270 --loop");
  ASSERT_TRUE(shown.open()) << shown.log();
  ASSERT_TRUE(shown.says("1 / "));
  const auto round = [&](int scenes) {
    shown.act("windowfocus --sync " + shown.id() + " key --delay 60 --repeat " +
              std::to_string(scenes) + " Right");
    wait(500);
  };
  round(60);
  const double warm = shown.megabytes();
  round(240);
  EXPECT_LT(shown.megabytes(), warm + 24);
  EXPECT_FALSE(shown.status().has_value()) << shown.log();
}

TEST_F(E2eBrief, SaysWhatIsWrongAndHowToGoOn) {
  const Meeting meeting;
  const auto none = program::run({"brief", "-w", meeting.workspace(), "--name", "khác"});
  EXPECT_EQ(none.status, 2);
  EXPECT_NE(none.err.find("Giao ban"), std::string::npos) << none.err;
  const auto screen = program::run({"brief", "-w", meeting.workspace(), "--screen", "9"});
  EXPECT_EQ(screen.status, 2) << screen.err;
  const auto kind = program::run({"brief", "-w", meeting.workspace(), "--export", "x.doc"});
  EXPECT_EQ(kind.status, 2) << kind.err;
  const auto again =
      program::run({"brief", "-w", meeting.workspace(), "--draft", "--name", "Giao ban"});
  EXPECT_EQ(again.status, 2) << "a briefing of that name is kept already";
  const auto days = program::run({"brief", "-w", meeting.workspace(), "--draft", "--since",
                                  "2025-01-02", "--at", "2025-01-01"});
  EXPECT_EQ(days.status, 2) << days.err;
}

}  // namespace
