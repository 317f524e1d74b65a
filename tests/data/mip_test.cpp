// Programmes solved by phusong-solver: what is proven is true, and nothing that happens to the
// solver hangs, leaks or loses what was found.
#include "data/mip.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <set>
#include <string>
#include <thread>

#include "geo/error.hpp"
#include "tests/data/small_mips.hpp"
#include "tests/scratch.hpp"

namespace {

namespace fs = std::filesystem;
using data::Mip;
using data::MipAnswer;
using data::MipLimits;
using data::MipProgress;
using State = MipAnswer::State;

const fs::path solver = PHUSONG_SOLVER;

MipAnswer solved(const Mip& mip, const std::vector<double>& start = {},
                 const MipLimits& limits = {}) {
  return data::solve(mip, start, limits, solver);
}

/// The most that 7 a + 5 b can be with 3 a + 2 b <= 11.5 and a <= 3, in whole numbers: 27 at a = 1,
/// b = 4 (against 26 at a = 3, b = 1).
Mip knapsack() {
  Mip mip;
  mip.columns = {{7, 0, 3, true, "a"}, {5, 0, Mip::infinite, true, "b"}};
  mip.rows = {{-Mip::infinite, 11.5, {{0, 3}, {1, 2}}, "weight"}};
  return mip;
}

/// Market split: sums that must come out exactly, which branch and bound finds hard. Columns and
/// rows enough to keep the solver busy for minutes.
Mip hard() {
  std::mt19937 random(7);
  Mip mip;
  constexpr std::uint32_t columns = 60;
  for (std::uint32_t i = 0; i < columns; ++i) mip.columns.push_back({0, 0, 1, true, ""});
  for (int i = 0; i < 6; ++i) {
    // How far the sum is from half of all is two columns, both of them a loss.
    const auto over = static_cast<std::uint32_t>(mip.columns.size());
    mip.columns.push_back({-1, 0, Mip::infinite, false, ""});
    mip.columns.push_back({-1, 0, Mip::infinite, false, ""});
    Mip::Row row;
    double sum = 0;
    for (std::uint32_t j = 0; j < columns; ++j) {
      const double factor = small_mips::number(random, 1, 99);
      row.terms.emplace_back(j, factor);
      sum += factor;
    }
    row.terms.emplace_back(over, 1);
    row.terms.emplace_back(over + 1, -1);
    row.lower = row.upper = std::floor(sum / 2);
    mip.rows.push_back(std::move(row));
  }
  return mip;
}

/// x of hard() with all whole columns 0.
std::vector<double> start_of_hard(const Mip& mip) {
  std::vector<double> x(mip.columns.size());
  for (std::size_t i = 0; i < mip.rows.size(); ++i) x[60 + 2 * i] = mip.rows[i].upper;
  return x;
}

/// A program that is not the solver.
fs::path impostor(const std::string& name, const std::string& script) {
  fs::path file = scratch::folder() / name;
  std::ofstream(file) << "#!/bin/sh\n" << script << '\n';
  fs::permissions(file, fs::perms::owner_all);
  return file;
}

std::set<std::string> open_files() {
  std::set<std::string> files;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd"))
    files.insert(entry.path().filename().string());
  return files;
}

/// Processes whose parent we are, as the system knows them; zombies, too.
std::vector<pid_t> children() {
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::ifstream in(entry.path() / "stat");
    std::string text;
    if (!std::getline(in, text)) continue;
    const auto after = text.rfind(')');
    int parent = 0;
    if (after != std::string::npos && std::sscanf(text.c_str() + after, ") %*c %d", &parent) == 1 &&
        parent == getpid())
      found.push_back(std::atoi(text.c_str()));
  }
  return found;
}

double seconds_of(const std::function<void()>& work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

TEST(Mip, TheBestOfASmallProgramme) {
  const MipAnswer answer = solved(knapsack());
  ASSERT_EQ(answer.state, State::optimal) << answer.said.id;
  EXPECT_EQ(answer.x, (std::vector<double>{1, 4}));
  EXPECT_EQ(answer.objective, 27);
  EXPECT_NEAR(answer.bound, 27, 1e-4);
  EXPECT_GE(answer.bound, answer.objective);
  EXPECT_TRUE(answer.row_price.empty()) << "prices are those of programmes without whole columns";
}

TEST(Mip, TwoHundredProgrammesAgainstBruteForce) {
  std::mt19937 random(1);
  int infeasible = 0;
  for (int i = 0; i < 200; ++i) {
    SCOPED_TRACE(i);
    const Mip mip = small_mips::any(random);
    const auto best = small_mips::best(mip);
    const MipAnswer answer = solved(mip);
    if (!best) {
      ++infeasible;
      EXPECT_EQ(answer.state, State::infeasible) << answer.said.id;
      EXPECT_TRUE(answer.x.empty());
      continue;
    }
    ASSERT_EQ(answer.state, State::optimal) << answer.said.id;
    EXPECT_TRUE(small_mips::keeps(mip, answer.x));
    EXPECT_NEAR(answer.objective, *best, 1e-6);
    EXPECT_EQ(answer.objective, small_mips::objective(mip, answer.x));
    EXPECT_GE(answer.bound, answer.objective);
  }
  EXPECT_GT(infeasible, 10) << "the programmes are too easy to test this";
  EXPECT_LT(infeasible, 120);
}

// CBC 2.10.8 by itself fails an assertion on the first two and calls 137,500 the best of the third.
TEST(Mip, ProgrammesThatCbcStumblesOver) {
  Mip mip;
  mip.columns = {{-125, -2, 2, true, ""}, {1250, -2, 0, true, ""}};
  mip.rows = {{-Mip::infinite, 0, {{1, 2}}, "one column"},
              {-Mip::infinite, -2.5, {{0, -0.5}, {1, 2}}, ""}};
  EXPECT_EQ(solved(mip).objective, -1375);
  mip.columns = {{0.01625, 1, 6, true, ""}, {0.02, 2, 6, true, ""}};
  mip.rows = {{-1, 3, {}, "of nothing"}, {-Mip::infinite, 11, {{0, 0.75}, {1, 1.75}}, ""}};
  EXPECT_NEAR(solved(mip).objective, 0.16125, 1e-12);
  mip.columns = {{40'000, 2, 5, true, ""},
                 {2'500, -3, 1, true, ""},
                 {-5'000, -3, -1, true, ""},
                 {10'000, -1, 4, true, ""},
                 {27'500, -3, -3, true, ""}};
  const double third = 1.0 / 3;
  mip.rows = {{-Mip::infinite,
               4,
               {{0, 1.25 + third},
                {1, 0.75 + third},
                {2, third - 0.75},
                {3, 1.25 + third},
                {4, 1.25 + third}},
               ""}};
  EXPECT_EQ(solved(mip).objective, 140'000);
}

TEST(Mip, WithAGapTheBoundHoldsTheBest) {
  std::mt19937 random(2);
  for (int i = 0; i < 40; ++i) {
    const Mip mip = small_mips::any(random);
    const auto best = small_mips::best(mip);
    if (!best) continue;
    MipLimits limits;
    limits.gap = 0.2;
    const MipAnswer answer = solved(mip, {}, limits);
    ASSERT_EQ(answer.state, State::optimal) << answer.said.id;
    EXPECT_LE(answer.objective, *best + 1e-6);
    EXPECT_GE(answer.bound, *best - 1e-6);
    EXPECT_LE(answer.bound - answer.objective,
              0.2002 * std::max(std::abs(answer.bound), std::abs(answer.objective)) + 1e-6);
  }
}

TEST(Mip, NothingKeepsToTheRows) {
  Mip mip = knapsack();
  mip.rows.push_back({10, Mip::infinite, {{0, 2}}, "too much"});
  EXPECT_EQ(solved(mip).state, State::infeasible);
  // Only whole numbers do not; and only two rows together do not.
  mip.rows.back() = {3, 3, {{0, 2}}, "odd"};
  EXPECT_EQ(solved(mip).state, State::infeasible);
  for (auto& column : mip.columns) column.whole = false;
  EXPECT_EQ(solved(mip).state, State::optimal);
  mip.rows.push_back({8, Mip::infinite, {{1, 2}}, "no room"});
  EXPECT_EQ(solved(mip).state, State::infeasible);
  // Limits that cross.
  mip = knapsack();
  mip.columns[0].lower = 4;
  EXPECT_EQ(solved(mip).state, State::infeasible);
  mip.columns[0] = {1, 0.2, 0.8, true, "no whole number"};
  EXPECT_EQ(solved(mip).state, State::infeasible);
}

TEST(Mip, WithoutEnd) {
  Mip mip;
  mip.columns = {{1, 0, Mip::infinite, true, "up"}, {0, 0, 4, true, "b"}};
  mip.rows = {{0, Mip::infinite, {{0, 1}, {1, -1}}, "from below"}};
  EXPECT_EQ(solved(mip).state, State::unbounded);
  EXPECT_EQ(solved(mip, {1, 1}).state, State::unbounded);
  mip.columns[0].whole = mip.columns[1].whole = false;
  const MipAnswer answer = solved(mip);
  EXPECT_EQ(answer.state, State::unbounded);
  EXPECT_TRUE(answer.x.empty());
  EXPECT_EQ(answer.bound, Mip::infinite);
}

TEST(Mip, NoColumnsAndNoRows) {
  Mip mip;
  EXPECT_EQ(solved(mip).state, State::optimal);
  EXPECT_EQ(solved(mip).objective, 0);
  mip.rows = {{1, 2, {}, "0 is not in here"}};
  EXPECT_EQ(solved(mip).state, State::infeasible);
  mip.rows.clear();
  mip.columns = {{1, -5, 3.5, true, ""}, {-2, -4, 8, false, ""}, {0, 1, 2, true, ""}};
  const MipAnswer answer = solved(mip);
  ASSERT_EQ(answer.state, State::optimal) << answer.said.id;
  EXPECT_EQ(answer.objective, 11);
  for (auto& column : mip.columns) column.whole = false;
  EXPECT_EQ(solved(mip).objective, 11.5);
}

TEST(Mip, FreeColumnsAndEquations) {
  // y = 3 x - 7 in whole numbers, x + y <= 6: x = 3, y = 2; minimised, with x >= -4: y = -19.
  Mip mip;
  mip.columns = {{1, -4, Mip::infinite, true, "x"}, {2, -Mip::infinite, Mip::infinite, true, "y"}};
  mip.rows = {{-7, -7, {{0, -3}, {1, 1}}, "y"}, {-Mip::infinite, 6, {{0, 1}, {1, 1}}, "sum"}};
  EXPECT_EQ(solved(mip).x, (std::vector<double>{3, 2}));
  mip.columns[1].objective = -1;
  EXPECT_EQ(solved(mip).x, (std::vector<double>{-4, -19}));
}

TEST(Mip, PricesOfALinearProgramme) {
  // 3 a + 5 b with a <= 4, 2 b <= 12, 3 a + 2 b <= 18: best 36 at (2, 6); prices 0, 1.5, 1.
  Mip mip;
  mip.columns = {{3, 0, Mip::infinite, false, "a"}, {5, 0, Mip::infinite, false, "b"}};
  mip.rows = {{-Mip::infinite, 4, {{0, 1}}, ""},
              {-Mip::infinite, 12, {{1, 2}}, ""},
              {-Mip::infinite, 18, {{0, 3}, {1, 2}}, ""}};
  const MipAnswer answer = solved(mip);
  ASSERT_EQ(answer.state, State::optimal) << answer.said.id;
  EXPECT_NEAR(answer.objective, 36, 1e-9);
  ASSERT_EQ(answer.row_price.size(), 3U);
  EXPECT_NEAR(answer.row_price[0], 0, 1e-9);
  EXPECT_NEAR(answer.row_price[1], 1.5, 1e-9);
  EXPECT_NEAR(answer.row_price[2], 1, 1e-9);
  // One more unit of a floor costs: its price is below 0.
  mip.rows[0] = {3, Mip::infinite, {{0, 1}}, "floor"};
  EXPECT_LT(solved(mip).row_price[0], -0.1);
}

TEST(Mip, TheSameInputTheSameAnswer) {
  std::mt19937 random(3);
  Mip mip;  // as many ties as can be
  for (int i = 0; i < 40; ++i) mip.columns.push_back({1, 0, 1, true, ""});
  for (int i = 0; i < 25; ++i) {
    Mip::Row row;
    for (std::uint32_t j = 0; j < 40; ++j) {
      if (small_mips::number(random, 0, 3) == 0) row.terms.emplace_back(j, 1);
    }
    row.upper = 2;
    mip.rows.push_back(std::move(row));
  }
  const MipAnswer first = solved(mip);
  ASSERT_EQ(first.state, State::optimal);
  for (int i = 0; i < 3; ++i) {
    const MipAnswer again = solved(mip);
    EXPECT_EQ(again.x, first.x);
    EXPECT_EQ(again.bound, first.bound);
  }
}

TEST(Mip, AStartIsKeptOrBettered) {
  const Mip mip = hard();
  const auto start = start_of_hard(mip);
  ASSERT_TRUE(small_mips::keeps(mip, start));
  MipLimits limits;
  limits.seconds = 0.0;  // no time to find anything
  const MipAnswer kept = solved(mip, start, limits);
  EXPECT_EQ(kept.state, State::time_limit) << kept.said.id;
  EXPECT_GE(kept.objective, small_mips::objective(mip, start));
  EXPECT_TRUE(small_mips::keeps(mip, kept.x));
  // One that does not keep to the rows is no start.
  const MipAnswer answer = solved(knapsack(), {3, 3});
  EXPECT_EQ(answer.state, State::optimal);
  EXPECT_EQ(answer.objective, 27);
}

TEST(Mip, TheTimeLimitHoldsAndTheBestSurvives) {
  const Mip mip = hard();
  MipLimits limits;
  limits.seconds = 2;
  MipAnswer answer;
  std::vector<MipProgress> told;
  const double took = seconds_of([&] {
    answer = data::solve(mip, {}, limits, solver, [&](const MipProgress& progress) {
      told.push_back(progress);
      return true;
    });
  });
  EXPECT_LT(took, 4);
  ASSERT_EQ(answer.state, State::time_limit) << answer.said.id;
  EXPECT_TRUE(small_mips::keeps(mip, answer.x));
  EXPECT_GE(answer.bound, answer.objective);
  EXPECT_LE(answer.bound, 1e-6) << "the relaxation has 0";
  ASSERT_GT(told.size(), 20U) << "asked every 50 ms";
  EXPECT_TRUE(told.back().best.has_value());
  EXPECT_TRUE(told.back().bound.has_value());
  for (std::size_t i = 1; i < told.size(); ++i) {
    EXPECT_GE(told[i].best.value_or(-1e300), told[i - 1].best.value_or(-1e300));
    EXPECT_LE(told[i].bound.value_or(1e300), told[i - 1].bound.value_or(1e300));
  }
}

TEST(Mip, CancelledAtOnce) {
  const Mip mip = hard();
  const auto start = start_of_hard(mip);
  for (const double after : {0.0, 0.02, 0.3, 1.0}) {
    double asked_at = 0;
    MipAnswer answer;
    const double took = seconds_of([&] {
      answer = data::solve(mip, start, {}, solver, [&](const MipProgress& progress) {
        asked_at = progress.seconds;
        return progress.seconds < after;
      });
    });
    EXPECT_EQ(answer.state, State::cancelled);
    EXPECT_TRUE(small_mips::keeps(mip, answer.x)) << "the best so far, at least the start";
    EXPECT_LT(took - asked_at, 0.1) << after;
    EXPECT_LT(asked_at, after + 0.1) << after;
    EXPECT_TRUE(children().empty());
  }
}

struct Stop {};

TEST(Mip, AnExceptionOfTheReportLeavesNothingBehind) {
  const auto before = open_files();
  EXPECT_THROW(
      data::solve(hard(), {}, {}, solver, [](const MipProgress&) -> bool { throw Stop{}; }), Stop);
  EXPECT_TRUE(children().empty());
  EXPECT_EQ(open_files(), before);
}

TEST(Mip, KilledFromOutsideTheBestSurvives) {
  const Mip mip = hard();
  const auto start = start_of_hard(mip);
  const MipAnswer answer = data::solve(mip, start, {}, solver, [&](const MipProgress& progress) {
    if (progress.seconds > 0.7)
      for (const pid_t child : children()) kill(child, SIGKILL);
    return true;
  });
  ASSERT_EQ(answer.state, State::failed);
  EXPECT_EQ(answer.said.id, "data.mip_died");
  ASSERT_EQ(answer.said.args.size(), 1U);
  EXPECT_NE(std::get<std::string>(answer.said.args[0]).find("signal 9"), std::string::npos);
  EXPECT_TRUE(small_mips::keeps(mip, answer.x));
  EXPECT_GT(answer.objective, small_mips::objective(mip, start)) << "found on the way";
  EXPECT_TRUE(children().empty());
}

TEST(Mip, NoSolverAtAll) {
  const auto before = open_files();
  for (const fs::path& program : {scratch::folder() / "no-such-program", scratch::folder(),
                                  fs::path(PHUSONG_SOURCE_DIR "/README.md")}) {
    const MipAnswer answer = data::solve(knapsack(), std::vector<double>{1, 1}, {}, program);
    EXPECT_EQ(answer.state, State::failed) << program;
    EXPECT_EQ(answer.said.id, "data.mip_not_started") << program;
    EXPECT_EQ(answer.x, (std::vector<double>{1, 1}));
    EXPECT_EQ(answer.bound, Mip::infinite);
  }
  EXPECT_EQ(open_files(), before);
}

TEST(Mip, AnImpostorIsFoundOut) {
  const struct {
    std::string name, script, id;
  } cases[] = {
      {"gone", "exit 3", "data.mip_died"},
      {"deaf", "exec 0<&-; exit 0", "data.mip_died"},
      {"crashes", "kill -SEGV $$", "data.mip_died"},
      {"silent", "exec 1>&-; sleep 0.1", "data.mip_died"},
      {"rubbish", "cat /dev/zero", "data.mip_rubbish"},
      {"chatters", "yes 'I have an answer!'", "data.mip_rubbish"},
      {"echo", "cat", "data.mip_rubbish"},  // the request is no reply
      {"cut", "head -c 20 >/dev/null; printf phu", "data.mip_died"},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.name);
    MipAnswer answer;
    const double took = seconds_of([&] {
      answer = data::solve(hard(), start_of_hard(hard()), {}, impostor(one.name, one.script));
    });
    EXPECT_LT(took, 5);
    EXPECT_EQ(answer.state, State::failed);
    EXPECT_EQ(answer.said.id, one.id);
    EXPECT_FALSE(answer.x.empty()) << "the start is kept";
    EXPECT_TRUE(children().empty());
  }
}

// It neither reads what it is sent (more than a pipe holds) nor answers.
TEST(Mip, ASleeperIsKilledAtTheLimit) {
  Mip mip;
  for (int i = 0; i < 100'000; ++i) mip.columns.push_back({1, 0, 1, true, ""});
  MipLimits limits;
  limits.seconds = 0.3;
  MipAnswer answer;
  const fs::path sleeper = impostor("sleeper", "exec sleep 1000");
  const double took = seconds_of(
      [&] { answer = data::solve(mip, std::vector<double>(mip.columns.size()), limits, sleeper); });
  EXPECT_LT(took, 3);
  EXPECT_EQ(answer.state, State::time_limit);
  EXPECT_EQ(answer.objective, 0);
  EXPECT_TRUE(children().empty());
}

TEST(Mip, SeveralAtTheSameTime) {
  const auto before = open_files();
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (unsigned thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&right, thread] {
      std::mt19937 random(100 + thread);
      for (int i = 0; i < 10; ++i) {
        const Mip mip = small_mips::any(random);
        const auto best = small_mips::best(mip);
        const MipAnswer answer = solved(mip);
        if (best ? answer.state == State::optimal && std::abs(answer.objective - *best) < 1e-6
                 : answer.state == State::infeasible)
          ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 40);
  EXPECT_TRUE(children().empty());
  EXPECT_EQ(open_files(), before);
}

// The program that asked is killed: nobody is left to kill the solver.
TEST(Mip, TheSolverEndsWithItsParent) {
  int told[2];
  ASSERT_EQ(pipe(told), 0);
  const pid_t parent = fork();
  if (parent == 0) {
    // Tells the number of the solver, works on.
    data::solve(hard(), {}, {}, solver, [&](const MipProgress& progress) {
      const auto found = children();
      if (progress.seconds > 0.3 && !found.empty()) {
        [[maybe_unused]] const auto written = write(told[1], &found[0], sizeof found[0]);
      }
      return true;
    });
    _exit(0);
  }
  ASSERT_GT(parent, 0);
  pid_t child = 0;
  ASSERT_EQ(read(told[0], &child, sizeof child), static_cast<ssize_t>(sizeof child));
  ASSERT_EQ(kill(child, 0), 0) << "it works";
  kill(parent, SIGKILL);
  waitpid(parent, nullptr, 0);
  close(told[0]);
  close(told[1]);
  const auto runs = [&] {  // a zombie, which init has not asked for yet, does not
    std::ifstream in("/proc/" + std::to_string(child) + "/stat");
    std::string text;
    return std::getline(in, text) && text.find(") Z") == std::string::npos;
  };
  const double took = seconds_of([&] {
    for (int i = 0; i < 500 && runs(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  });
  EXPECT_LT(took, 2);
}

TEST(Mip, AProgrammeThatContradictsItselfIsAnError) {
  const double nan = std::nan("");
  const auto refused = [](const std::function<void(Mip&)>& spoil, std::vector<double> start = {}) {
    Mip mip = knapsack();
    spoil(mip);
    EXPECT_THROW(solved(mip, start), geo::Error);
  };
  refused([](Mip& mip) { mip.rows[0].terms.emplace_back(2, 1); });
  refused([](Mip& mip) { mip.rows[0].terms.emplace_back(0, 1); });
  refused([&](Mip& mip) { mip.rows[0].terms[0].second = nan; });
  refused([&](Mip& mip) { mip.rows[0].upper = nan; });
  refused([&](Mip& mip) { mip.columns[0].lower = nan; });
  refused([&](Mip& mip) { mip.columns[0].objective = Mip::infinite; });
  refused([](Mip&) {}, {1});
}

}  // namespace
