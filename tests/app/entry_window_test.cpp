// Entry mode as a secretary uses it: keys and the clipboard come through the X server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <random>

#include "app/settings.hpp"
#include "data/entry_week.hpp"
#include "tests/app/program.hpp"
#include "tests/app/screen.hpp"

namespace {

using screen::answer;
using screen::wait;
using Counts = data::ReportCounts;

/// A sample of some sixty communes of today, whose last week is of more than 130 former ones.
class Laptop {
 public:
  Laptop() {
    const auto ran =
        program::run({"sample", file(), "--communes", "60", "--weeks", "6", "--clean"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    // A fixed size, and nobody else's settings.
    std::filesystem::create_directories(folder_ / "config/phusong");
    program::spit(folder_ / "config/phusong/desk.json",
                  R"({"width": 1280, "height": 800, "language": "vi"})");
    setenv("XDG_CONFIG_HOME", (folder_ / "config").c_str(), 1);
  }
  ~Laptop() { unsetenv("XDG_CONFIG_HOME"); }
  Laptop(const Laptop&) = delete;
  Laptop& operator=(const Laptop&) = delete;

  std::string file() const { return folder_ / "w.sqlite"; }
  std::string operator/(const std::string& name) const { return folder_ / name; }
  data::Week week() const {
    auto workspace = data::Workspace::open_for_reading(file());
    const auto dataset = workspace.load();
    return data::week_of(workspace, *dataset, dataset->dates.back());
  }
  /// Waits until the file's newest week is as it should be.
  bool becomes(const std::function<bool(const data::Week&)>& wanted, int seconds = 30) const {
    for (int i = 0; i < seconds * 2; ++i) {
      if (wanted(week())) return true;
      wait(500);
    }
    return false;
  }
  /// What a spreadsheet offers to others.
  void put_on_clipboard(const std::string& text) const {
    program::spit(folder_ / "clipboard", text);
    static_cast<void>(answer("xclip -selection clipboard -t UTF8_STRING -i '" +
                             (folder_ / "clipboard") + "' >/dev/null 2>&1"));
  }
  std::string clipboard() const {
    return answer("timeout 5 xclip -selection clipboard -t UTF8_STRING -o 2>/dev/null");
  }

 private:
  program::Folder folder_;
};

/// What a unit might report next: more than before, in the order the rules ask for.
Counts next(const data::WeekRow& row) {
  const auto before = [&](std::size_t c) {
    return row.now[c] ? *row.now[c] : row.last[c].value_or(0);
  };
  Counts counts;
  counts[3] = before(3) + 5;
  counts[2] = std::max(before(2) + 5, *counts[3]);
  counts[1] = std::max(before(1) + 5, *counts[2]);
  counts[0] = std::max(before(0), *counts[1]);
  return counts;
}

/// 1234567 as a Vietnamese spreadsheet shows it: 1.234.567
std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ".");
  return text;
}

bool same_cumulative(const Counts& a, const Counts& b) {
  return std::equal(a.begin(), a.begin() + 4, b.begin());
}

#define NEEDS_A_CLIPBOARD() \
  if (!screen::there("xclip")) GTEST_SKIP() << "needs xclip"

}  // namespace

TEST(E2eEntryWindow, AHundredAndThirtyRowsArePastedAndTakenBackAndNumbersTyped) {
  NEEDS_A_SCREEN();
  NEEDS_A_CLIPBOARD();
  const Laptop laptop;
  const data::Week before = laptop.week();
  ASSERT_GE(before.rows.size(), 130U);
  // The rows of a spreadsheet stand in an order of their own, under headings.
  std::vector<std::size_t> order(before.rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::shuffle(order.begin(), order.end(), std::mt19937(7));
  std::string block = "Mã\tĐơn vị\tĐủ điều kiện\tCài đặt\tMức 1\tMức 2\n";
  for (const std::size_t i : order) {
    block += before.rows[i].unit.code + '\t' + before.rows[i].name;
    const Counts counts = next(before.rows[i]);
    for (std::size_t c = 0; c < 4; ++c) block += '\t' + grouped(*counts[c]);
    block += '\n';
  }
  laptop.put_on_clipboard(block);

  const screen::Shown desk("'" + laptop.file() + "'", "phusong", laptop / "");
  ASSERT_TRUE(desk.open()) << desk.log();
  const auto pasted = [&](const data::Week& week) {
    for (std::size_t i = 0; i < week.rows.size(); ++i)
      if (!same_cumulative(week.rows[i].now, next(before.rows[i]))) return false;
    return true;
  };
  // A slow machine may still be reading the week; the same block twice is the same numbers.
  bool arrived = false;
  for (int i = 0; i < 12 && !arrived; ++i) {
    desk.key("F7");
    wait(2000);
    desk.key("ctrl+v");
    arrived = laptop.becomes(pasted, 5);
  }
  ASSERT_TRUE(arrived) << desk.log();

  desk.key("ctrl+z");
  EXPECT_TRUE(laptop.becomes([&](const data::Week& week) {
    for (std::size_t i = 0; i < week.rows.size(); ++i)
      if (week.rows[i].now != before.rows[i].now) return false;
    return true;
  })) << "undo of a block";
  desk.key("ctrl+y");
  EXPECT_TRUE(laptop.becomes(pasted)) << "redo of a block";

  // Typed at the top left: installed and level 1 of the first unit, then below.
  const Counts first = next(before.rows[0]), second = next(before.rows[1]);
  desk.key("ctrl+Home");
  screen::act("type --delay 40 " + std::to_string(*first[0] + 30));
  desk.key("Tab");
  screen::act("type --delay 40 " + std::to_string(*first[1] + 3));
  desk.key("Return");
  screen::act("type --delay 40 " + std::to_string(*second[0] + 40));
  desk.key("Return");
  EXPECT_TRUE(laptop.becomes([&](const data::Week& week) {
    return week.rows[0].now[0] == *first[0] + 30 && week.rows[0].now[1] == *first[1] + 3 &&
           week.rows[1].now[0] == *second[0] + 40;
  }));
  desk.key("ctrl+q");
  EXPECT_EQ(desk.status(), 0) << desk.log();
}

TEST(E2eEntryWindow, NumbersAndTabsThatComeFasterThanFramesStayInTheirCells) {
  NEEDS_A_SCREEN();
  const Laptop laptop;
  const screen::Shown desk("'" + laptop.file() + "'", "phusong", laptop / "");
  ASSERT_TRUE(desk.open()) << desk.log();
  // Sessions and people met stand alone every week: no rule keeps them back. No digit twice in a
  // row: without a pause between, a keyboard sends that once.
  const auto spaced = [](std::int64_t number) {
    std::string keys;
    for (const char digit : std::to_string(number)) keys += std::string(1, digit) + ' ';
    return keys;
  };
  const auto sessions = [](std::size_t row) { return static_cast<std::int64_t>(1 + row % 5); };
  const auto met = [](std::size_t row) { return static_cast<std::int64_t>(34 + 11 * row); };
  bool arrived = false;
  for (int i = 0; i < 6 && !arrived; ++i) {
    desk.key("F7");
    wait(2000);
    desk.key("ctrl+Home");
    for (int k = 0; k < 4; ++k) desk.key("Right");
    wait(500);
    // After Tab, Return goes below where the first number was typed.
    for (std::size_t r = 0; r < 6; ++r)
      screen::act("key --delay 0 " + spaced(sessions(r)) + "Tab " + spaced(met(r)) + "Return");
    arrived = laptop.becomes(
        [&](const data::Week& week) {
          for (std::size_t r = 0; r < 6; ++r)
            if (week.rows[r].now[4] != sessions(r) || week.rows[r].now[5] != met(r)) return false;
          return true;
        },
        5);
    if (i > 0 && !arrived) break;  // the first time the week may not have been read yet
  }
  EXPECT_TRUE(arrived) << desk.log();
  desk.key("ctrl+q");
  EXPECT_EQ(desk.status(), 0) << desk.log();
}

TEST(E2eEntryWindow, TelexWritesVietnameseAndCanBeTurnedOff) {
  NEEDS_A_SCREEN();
  NEEDS_A_CLIPBOARD();
  const Laptop laptop;
  const screen::Shown desk("'" + laptop.file() + "'", "phusong", laptop / "");
  ASSERT_TRUE(desk.open()) << desk.log();
  const auto written = [&](const std::string& keys) {
    std::string text;
    for (int i = 0; i < 12 && text.empty(); ++i) {
      laptop.put_on_clipboard("");
      desk.key("ctrl+f");
      wait(500);
      desk.key("ctrl+a");
      screen::act("type --delay 60 '" + keys + "'");
      desk.key("ctrl+a");
      desk.key("ctrl+c");
      wait(500);
      text = laptop.clipboard();
    }
    desk.key("ctrl+a");
    desk.key("BackSpace");
    desk.key("Escape");
    return text;
  };
  desk.key("ctrl+shift+t");
  EXPECT_EQ(written("DDieenj Bieen"), "Điện Biên");
  EXPECT_EQ(written("Ddieejn Bieen"), "Điện Biên");
  desk.key("ctrl+shift+t");
  EXPECT_EQ(written("DDieenj Bieen"), "DDieenj Bieen") << "letters as they are";
  desk.key("ctrl+q");
  EXPECT_EQ(desk.status(), 0) << desk.log();
}
