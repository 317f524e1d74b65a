#include "app/jobs.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "app/settings.hpp"
#include "tests/app/small_desk.hpp"
#include "tests/app/whole.hpp"
#include "tests/scratch.hpp"

using namespace app;

namespace {
Commands until_ended(Jobs& jobs) {
  Commands all;
  for (int i = 0; i < 6000; ++i) {
    for (Command& c : jobs.take()) {
      const bool ended = std::holds_alternative<command::JobEnded>(c);
      all.push_back(std::move(c));
      if (ended) return all;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ADD_FAILURE() << "the job did not end in a minute";
  return all;
}

std::filesystem::path fresh(const std::string& name) {
  const std::filesystem::path folder = scratch::folder() / "jobs";
  std::filesystem::create_directories(folder);
  std::filesystem::remove(folder / name);
  return folder / name;
}

template <class What>
const What* found(const Commands& commands) {
  for (const Command& c : commands) {
    if (const auto* what = std::get_if<What>(&c)) return what;
  }
  return nullptr;
}
}  // namespace

TEST(DbJobs, AFileThatIsNotThereEndsInAnErrorThatIsShown) {
  std::atomic<int> woken{0};
  Jobs jobs([&woken] { ++woken; });
  jobs.start(LoadWorkspace{"/nowhere/at/all.sqlite"});
  const Commands answers = until_ended(jobs);
  EXPECT_TRUE(found<command::JobFailed>(answers));
  EXPECT_GT(woken, 0);
}

TEST(DbJobs, TheSampleIsWrittenOnceAndLoaded) {
  const auto file = fresh("sample.sqlite");
  Jobs jobs([] {});
  jobs.start(OpenSample{file});
  const Commands answers = until_ended(jobs);
  const auto* failed = found<command::JobFailed>(answers);
  const auto* loaded = found<command::WorkspaceLoaded>(answers);
  ASSERT_TRUE(loaded) << (failed ? failed->error.what() : "");
  EXPECT_EQ(loaded->loaded->dataset->communes.size(), 45U);
  EXPECT_TRUE(loaded->loaded->dataset->made_up);
  const auto written = std::filesystem::last_write_time(file);
  jobs.start(OpenSample{file});
  EXPECT_TRUE(found<command::WorkspaceLoaded>(until_ended(jobs)));
  EXPECT_EQ(std::filesystem::last_write_time(file), written);
}

TEST(DbJobs, CancellingLeavesNoHalfSampleBehind) {
  const auto file = fresh("cancelled.sqlite");
  Jobs jobs([] {});
  jobs.start(OpenSample{file});
  for (int i = 0; i < 1000 && !jobs.busy(); ++i) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  jobs.cancel();
  const Commands answers = until_ended(jobs);
  if (found<command::WorkspaceLoaded>(answers))
    GTEST_SKIP() << "it was done before it was cancelled";
  EXPECT_FALSE(found<command::JobFailed>(answers)) << "to cancel is no failure";
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(DbJobs, AJudgementIsWrittenAndReadAgainOnTheSameLand) {
  const auto file = fresh("judged.sqlite");
  const Command opened = work(OpenSample{file}, {});
  const auto before = desk_test::whole(std::get<command::WorkspaceLoaded>(opened).loaded);
  ASSERT_FALSE(before->findings->empty());
  const std::string key = before->findings->front().key;
  const auto again = [&](auto judgement) {
    const Command answer = work(KeepJudgement{before, judgement}, {});
    return std::get<command::JudgementKept>(answer).loaded;
  };
  const auto accepted = [&](const Loaded& loaded) {
    for (const data::Finding& finding : *loaded.findings) {
      if (finding.key == key) return finding.accepted.has_value();
    }
    ADD_FAILURE() << key << " is gone";
    return false;
  };
  EXPECT_FALSE(accepted(*before));
  const auto kept = again(LetFindingStand{key, "đã hỏi xã"});
  EXPECT_TRUE(accepted(*kept));
  EXPECT_EQ(kept->land, before->land) << "no judgement moves the land";
  EXPECT_NE(kept->dataset->version, before->dataset->version);
  EXPECT_FALSE(accepted(*again(FindingCounts{key})));
  data::BarrierRule rule;
  rule.weak_signal = 0.25;
  EXPECT_EQ(again(rule)->dataset->barrier_rule, rule);
}

// What completes a workspace goes on beside what a person waits for.

namespace {
/// A job that goes on until it is cancelled, and says when it has begun and ended.
struct Endless {
  std::atomic<int> begun{0}, ended{0};
  Command operator()(const JobRequest& request, const geo::Progress& progress) {
    if (!in_background(request)) return command::TableExported{"done"};
    ++begun;
    try {
      while (true) {
        progress.at(0.5, geo::msg("app.doing_open"));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    } catch (const geo::Cancelled&) {
      ++ended;
      throw;
    }
  }
};

bool comes(const std::function<bool()>& what) {
  for (int i = 0; i < 6000; ++i) {
    if (what()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

Complete part(Missing what) { return {desk_test::small_loaded(), what}; }
}  // namespace

TEST(Jobs, WhatAPersonWaitsForDoesNotWaitForTheBackground) {
  Endless work;
  Jobs jobs([] {}, std::ref(work));
  jobs.start(part(Missing::land));
  ASSERT_TRUE(comes([&] { return work.begun == 1; }));
  EXPECT_FALSE(jobs.busy()) << "nothing that a person waits for";
  jobs.start(LoadWorkspace{"any"});
  EXPECT_TRUE(found<command::TableExported>(until_ended(jobs)));
  EXPECT_EQ(work.ended, 0) << "the background goes on";
  jobs.cancel();
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_EQ(work.ended, 0) << "cancelling a job is not about the background";
  jobs.cancel_background();
  EXPECT_TRUE(comes([&] { return work.ended == 1; }));
}

TEST(Jobs, ClosingEndsTheBackgroundAtOnce) {
  Endless work;
  auto jobs = std::make_unique<Jobs>([] {}, std::ref(work));
  jobs->start(part(Missing::land));
  ASSERT_TRUE(comes([&] { return work.begun == 1; }));
  const auto before = std::chrono::steady_clock::now();
  jobs.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(2));
  EXPECT_EQ(work.ended, 1);
}

TEST(Jobs, OfTheBackgroundOnlyTheNewestIsWanted) {
  Endless work;
  Jobs jobs([] {}, std::ref(work));
  jobs.start(part(Missing::land));
  ASSERT_TRUE(comes([&] { return work.begun == 1; }));
  jobs.start(part(Missing::findings));
  EXPECT_TRUE(comes([&] { return work.begun == 2; }));
  EXPECT_EQ(work.ended, 1);
  bool ended = false, answered = false;
  EXPECT_TRUE(comes([&] {
    for (const Command& c : jobs.take()) {
      ended = ended || std::holds_alternative<command::BackgroundEnded>(c);
      answered = answered || std::holds_alternative<command::Completed>(c);
    }
    return ended;
  }));
  EXPECT_FALSE(answered) << "a job that was ended has found nothing";
}

TEST(Jobs, TheBackgroundTellsWhatWentWrongAndOfWhat) {
  Jobs jobs([] {},
            [](const JobRequest&, const geo::Progress&) -> Command {
              throw geo::Error(geo::ErrorKind::io, geo::msg("data.disk_full"), "/cache",
                               geo::msg("data.disk_full_remedy"));
            });
  const Complete asked = part(Missing::land);
  jobs.start(asked);
  std::optional<command::CompletingFailed> failed;
  ASSERT_TRUE(comes([&] {
    for (const Command& c : jobs.take()) {
      if (const auto* f = std::get_if<command::CompletingFailed>(&c)) failed = *f;
    }
    return failed.has_value();
  }));
  EXPECT_EQ(failed->what, Missing::land);
  EXPECT_EQ(failed->of, asked.loaded);
}
