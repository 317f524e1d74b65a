#include "app/jobs.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "app/settings.hpp"
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
  const auto before = std::get<command::WorkspaceLoaded>(opened).loaded;
  ASSERT_FALSE(before->findings.empty());
  const std::string key = before->findings[0].key;
  const auto again = [&](auto judgement) {
    const Command answer = work(KeepJudgement{before, judgement}, {});
    return std::get<command::JudgementKept>(answer).loaded;
  };
  const auto accepted = [&](const Loaded& loaded) {
    for (const data::Finding& finding : loaded.findings) {
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
