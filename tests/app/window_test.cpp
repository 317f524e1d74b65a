// The real window, used as a person does: mouse and keys come through the X server.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "app/figures.hpp"
#include "app/jobs.hpp"
#include "data/rank.hpp"
#include "render/image.hpp"
#include "tests/app/screen.hpp"

namespace {

using screen::answer;
using screen::wait;

/// The program with its own settings, cache and sample, until the test ends.
class Window {
 public:
  /// `communes`: of a sample of that size, made first; 0: the program makes its own.
  explicit Window(const std::string& name, int communes = 0)
      : folder_(std::filesystem::path(PHUSONG_OUTPUT_DIR) / ("window_" + name)) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "config/phusong");
    // A fixed size, so that the test knows where the panels are.
    std::ofstream(folder_ / "config/phusong/desk.json")
        << R"({"width": 1280, "height": 800, "language": "vi"})";
    const std::string own = "XDG_CONFIG_HOME='" + (folder_ / "config").string() +
                            "' XDG_DATA_HOME='" + (folder_ / "data").string() +
                            "' PHUSONG_CACHE='" + (folder_ / "cache").string() +
                            "' " PHUSONG_PROGRAM " ";
    std::string workspace;
    if (communes > 0) {
      workspace = "'" + (folder_ / "big.sqlite").string() + "'";
      static_cast<void>(answer(own + "sample " + workspace + " --communes " +
                               std::to_string(communes) + " --weeks 4 2>&1"));
      std::filesystem::remove_all(folder_ / "cache");  // nothing is prepared
    }
    pid_ = answer(own + workspace + " >'" + (folder_ / "log").string() + "' 2>&1 & echo $!");
    for (int i = 0; i < 600 && id_.empty(); ++i) {
      wait(100);
      id_ = answer("xdotool search --onlyvisible --pid " + pid_ + " 2>/dev/null | head -1");
    }
  }
  ~Window() {
    if (!pid_.empty()) static_cast<void>(std::system(("kill " + pid_ + " 2>/dev/null").c_str()));
  }

  bool open() const { return !id_.empty(); }
  std::string log() const {
    std::ifstream in(folder_ / "log");
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::string title() const { return answer("xdotool getwindowname " + id_); }
  /// Waits until the title holds the words.
  bool title_says(const std::string& words, int seconds = 60) const {
    for (int i = 0; i < seconds * 10; ++i) {
      if (title().find(words) != std::string::npos) return true;
      wait(100);
    }
    return false;
  }
  bool title_becomes(const std::string& words) const {
    for (int i = 0; i < 100; ++i) {
      if (title() == words) return true;
      wait(100);
    }
    return false;
  }
  bool title_changes_from(const std::string& words, int seconds) const {
    for (int i = 0; i < seconds * 10; ++i) {
      if (title() != words) return true;
      wait(100);
    }
    return false;
  }
  void act(const std::string& what) const { screen::act(what); }
  void move(int x, int y) const {
    act("mousemove --window " + id_ + " " + std::to_string(x) + " " + std::to_string(y));
  }
  void focus() const { act("windowfocus " + id_); }
  /// The map without the panels.
  render::Image picture(const std::string& name) const {
    const auto file = folder_ / (name + ".png");
    static_cast<void>(std::system(
        ("import -window " + id_ + " -crop 540x620+285+70 +repage png32:'" + file.string() + "'")
            .c_str()));
    return render::read_png(file);
  }
  /// The picture once nothing moves in it any more.
  render::Image settled(const std::string& name) const {
    render::Image last = picture(name);
    for (int i = 0; i < 60; ++i) {
      wait(500);
      render::Image now = picture(name);
      if (render::difference(last, now, 0) == 0) return now;
      last = std::move(now);
    }
    return last;
  }
  /// Whether it ended by itself, with status 0 as far as settings were written.
  bool ended() const {
    for (int i = 0; i < 200; ++i) {
      if (std::system(("kill -0 " + pid_ + " 2>/dev/null").c_str()) != 0) return true;
      wait(100);
    }
    return false;
  }
  double processor_seconds() const {
    std::ifstream in("/proc/" + pid_ + "/stat");
    std::string word;
    double ticks = 0;
    for (int i = 1; i <= 15 && in >> word; ++i) {
      if (i == 14 || i == 15) ticks += std::stod(word);
    }
    return ticks / 100;
  }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::string pid_, id_;
};

}  // namespace

TEST(E2eWindow, OpensOnTheSampleZoomsSelectsAndSearches) {
  NEEDS_A_SCREEN();
  const Window window("use");
  ASSERT_TRUE(window.open()) << window.log();
  ASSERT_TRUE(window.title_says("sample.sqlite", 120)) << window.title() << '\n' << window.log();
  window.focus();
  window.move(640, 20);  // off the map: nothing is hovered
  const render::Image whole = window.settled("whole");

  // The wheel over the map zooms: the picture of the map changes.
  window.move(560, 400);
  window.act("click --repeat 3 --delay 120 4");
  const render::Image nearer = window.settled("nearer");
  EXPECT_GT(render::difference(whole, nearer, 24), 0.05);

  // A click selects the commune under it: the window's title says which.
  const std::string before = window.title();
  window.act("click 1");
  EXPECT_TRUE(window.title_says("Xã ", 10) || window.title_says("Phường ", 1)) << window.title();
  EXPECT_NE(window.title(), before);

  // Esc clears, 0 fits again.
  window.act("key Escape");
  EXPECT_TRUE(window.title_becomes(before)) << window.title();
  window.act("key 0");
  window.move(640, 20);
  EXPECT_LT(render::difference(whole, window.settled("fitted"), 24), 0.02);

  // Ctrl+F, a name without accents, Enter.
  const std::string wanted = "xa";
  window.act("key ctrl+f");
  window.act("type --delay 60 " + wanted);
  window.act("key Return");
  EXPECT_TRUE(window.title_says("Xã ", 10) || window.title_says("Phường ", 1))
      << "the first hit is selected, not " << window.title();

  window.act("key ctrl+q");
  EXPECT_TRUE(window.ended());
  std::ifstream settings(window.folder() / "config/phusong/desk.json");
  const std::string kept{std::istreambuf_iterator<char>(settings), {}};
  EXPECT_NE(kept.find("sample.sqlite"), std::string::npos) << kept;
}

TEST(E2eWindow, NamesTheCommunesThatMostNeedAGenerator) {
  NEEDS_A_SCREEN();
  const Window window("generator");
  ASSERT_TRUE(window.open()) << window.log();
  ASSERT_TRUE(window.title_says("sample.sqlite", 120)) << window.title() << '\n' << window.log();
  window.focus();
  window.move(640, 20);
  static_cast<void>(window.settled("fresh"));

  // What the library says of the same file.
  const auto loaded = app::load(window.folder() / "data/phusong/sample.sqlite", {});
  const data::Dataset& dataset = *loaded->dataset;
  const app::Figures f = app::figures(dataset, app::View{});
  std::vector<geo::UnitIndex> all;
  for (std::size_t i = 0; i < dataset.communes.size(); ++i) all.emplace_back(i);
  const auto rows = data::rank(dataset, f.gaps, f.barriers, data::RankBy::barrier, all,
                               {f.splits, data::Barrier::no_grid, {}});
  ASSERT_GE(rows.size(), 3U);

  // The first reason of the whole province, "Không có điện lưới"; J goes down the ranking.
  window.move(1000, 304);
  window.act("click 1");
  for (std::size_t i = 0; i < 3; ++i) {
    window.act("key j");
    const std::string& wanted = dataset.communes[rows[i].unit.value].full_name;
    EXPECT_TRUE(window.title_says(wanted, 10)) << i + 1 << ": " << window.title();
  }
}

TEST(E2eWindow, PlansWhereTheTeamsGoAndBringsTheReviewBack) {
  NEEDS_A_SCREEN();
  const Window window("plan");
  ASSERT_TRUE(window.open()) << window.log();
  ASSERT_TRUE(window.title_says("sample.sqlite", 120)) << window.title() << '\n' << window.log();
  window.focus();
  window.move(640, 20);
  const render::Image review = window.settled("review");
  window.act("key F3");
  const render::Image plan = window.settled("plan");
  EXPECT_GT(render::difference(review, plan, 24), 0.05) << "ways over a paler map";

  // J chooses the first row of the schedule, and with it its commune; "." is the next weekend.
  window.act("key j");
  EXPECT_TRUE(window.title_says("Xã ", 10) || window.title_says("Phường ", 1)) << window.title();
  window.act("key period");
  window.act("key Escape");
  window.act("key F2");
  window.move(640, 20);
  EXPECT_LT(render::difference(review, window.settled("again"), 24), 0.02);
  window.act("key ctrl+q");
  EXPECT_TRUE(window.ended()) << "also while the solver is at work";
}

TEST(E2eWindow, IdleCostsNoProcessorTime) {
  NEEDS_A_SCREEN();
  const Window window("idle");
  ASSERT_TRUE(window.open()) << window.log();
  ASSERT_TRUE(window.title_says("sample.sqlite", 120)) << window.log();
  static_cast<void>(window.settled("idle"));
  // Points, search and checks come after the map; on a busy machine they take their time.
  for (int i = 0; i < 60; ++i) {
    const double second_ago = window.processor_seconds();
    wait(1000);
    if (window.processor_seconds() - second_ago < 0.02) break;
  }
  const double before = window.processor_seconds();
  wait(5000);
  EXPECT_LT(window.processor_seconds() - before, 0.15);
}

TEST(E2eWindow, AnswersWhileTheMapSharpensAndThenRests) {
  NEEDS_A_SCREEN();
  const Window window("sharpens", 600);
  ASSERT_TRUE(window.open()) << window.log();
  ASSERT_TRUE(window.title_says("big.sqlite", 240)) << window.title() << '\n' << window.log();
  window.focus();
  // The map is there, and the rest is being worked out: each key is answered soon.
  std::string before = window.title();
  for (int i = 0; i < 4; ++i) {
    window.act("key j");
    EXPECT_TRUE(window.title_changes_from(before, 5)) << "not answered: " << before;
    before = window.title();
  }
  window.act("key Escape");
  // Once all of it is there, nothing is done any more.
  double rested = 1;
  for (int i = 0; i < 60 && rested >= 0.15; ++i) {
    const double start = window.processor_seconds();
    wait(3000);
    rested = window.processor_seconds() - start;
  }
  EXPECT_LT(rested, 0.15);
}

TEST(E2eWindow, ClosesAtOnceWhileTheMapSharpens) {
  NEEDS_A_SCREEN();
  const Window window("closes", 600);
  ASSERT_TRUE(window.open()) << window.log();
  ASSERT_TRUE(window.title_says("big.sqlite", 240)) << window.title() << '\n' << window.log();
  window.focus();
  window.act("key ctrl+q");
  const auto asked = std::chrono::steady_clock::now();
  EXPECT_TRUE(window.ended());
  EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds(8));
}
