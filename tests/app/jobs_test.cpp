#include "app/jobs.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
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

TEST(Jobs, WhileAPlanIsBeingMadeOnlyTheNewestWishesWait) {
  std::mutex mutex;
  std::vector<std::uint64_t> made;
  std::atomic<bool> begun{false}, go_on{false};
  Jobs jobs([] {},
            [&](const JobRequest& request, const geo::Progress&) -> Command {
              const std::uint64_t asked = std::get<MakePlan>(request).asked;
              begun = true;
              while (!go_on) std::this_thread::sleep_for(std::chrono::milliseconds(1));
              const std::scoped_lock lock(mutex);
              made.push_back(asked);
              return command::OfPlan{plan::Made{asked, nullptr}};
            });
  jobs.start(MakePlan{1, {}, {}, {}});
  while (!begun) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  for (std::uint64_t asked = 2; asked <= 20; ++asked) jobs.start(MakePlan{asked, {}, {}, {}});
  go_on = true;
  std::size_t answers = 0;
  for (int i = 0; i < 6000 && answers < 2; ++i) {
    answers += jobs.take().size();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  const std::scoped_lock lock(mutex);
  EXPECT_EQ(made, (std::vector<std::uint64_t>{1, 20}));
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
  const Ticket sample = jobs.start(OpenSample{file});
  for (int i = 0; i < 1000 && !jobs.busy(); ++i) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  jobs.cancel(sample);
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

TEST(DbJobs, FindingsAreNeverOfAMapWhoseBordersAreMissing) {
  const auto file = fresh("unsharp.sqlite");
  const Command opened = work(OpenSample{file}, {});
  const auto first = std::get<command::WorkspaceLoaded>(opened).loaded;
  auto early = std::make_shared<Loaded>(*first);  // as it is shown from prepared levels
  auto land = std::make_shared<geo::Land>(*first->land);
  land->hits.reset();
  early->land = land;
  data::BarrierRule rule;
  rule.weak_signal = 0.25;
  const Command answer = work(KeepJudgement{early, rule}, {});
  const auto kept = std::get<command::JudgementKept>(answer).loaded;
  EXPECT_FALSE(kept->findings) << "nobody looked where the settlements lie";
  const std::vector<Missing> others = {Missing::points, Missing::search};
  EXPECT_EQ(first_missing(*kept, others), Missing::land);
  const auto all = desk_test::whole(kept), straight = desk_test::whole(first);
  ASSERT_TRUE(all->findings);
  const auto outside = std::count_if(
      all->findings->begin(), all->findings->end(),
      [](const data::Finding& f) { return f.check == data::Check::settlement_outside; });
  EXPECT_GT(outside, 0) << "the sample has some";
  EXPECT_EQ(all->findings->size(), straight->findings->size());
}

TEST(DbJobs, AWorkspaceWithoutCommunesIsCheckedToo) {
  const auto file = fresh("empty.sqlite");
  static_cast<void>(work(CreateWorkspace{file}, {}));
  const Command opened = work(LoadWorkspace{file}, {});
  const auto all = desk_test::whole(std::get<command::WorkspaceLoaded>(opened).loaded);
  EXPECT_TRUE(all->findings);
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
  const Ticket opening = jobs.start(LoadWorkspace{"any"});
  EXPECT_TRUE(found<command::TableExported>(until_ended(jobs)));
  EXPECT_EQ(work.ended, 0) << "the background goes on";
  jobs.cancel(opening);
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_EQ(work.ended, 0) << "cancelling a job is not about the background";
  jobs.cancel_background();
  EXPECT_TRUE(comes([&] { return work.ended == 1; }));
}

// Cancelling is about one job.

namespace {
/// Foreground jobs that go on until they are let through or cancelled, told apart by their file.
struct Gate {
  std::mutex mutex;
  std::set<std::string> begun, ended, cancelled;
  std::atomic<bool> open{false};

  Command operator()(const JobRequest& request, const geo::Progress& progress) {
    const std::string name = name_of(request);
    note(begun, name);
    try {
      while (!open) {
        progress.at(0.5, geo::msg("app.doing_open"));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    } catch (const geo::Cancelled&) {
      note(cancelled, name);
      throw;
    }
    note(ended, name);
    return command::TableExported{name};
  }
  static std::string name_of(const JobRequest& request) {
    if (const auto* load = std::get_if<LoadWorkspace>(&request)) return load->file.string();
    if (const auto* import = std::get_if<PrepareImport>(&request)) return import->file.string();
    return "other";
  }
  void note(std::set<std::string>& in, const std::string& name) {
    const std::scoped_lock lock(mutex);
    in.insert(name);
  }
  bool has(const std::set<std::string>& in, const std::string& name) {
    const std::scoped_lock lock(mutex);
    return in.contains(name);
  }
};
}  // namespace

TEST(Jobs, CancellingOneThatWaitsLeavesTheOneRunningAlone) {
  Gate gate;
  Jobs jobs([] {}, std::ref(gate));
  const Ticket first = jobs.start(LoadWorkspace{"first"});
  ASSERT_TRUE(comes([&] { return gate.has(gate.begun, "first"); }));
  const Ticket second = jobs.start(LoadWorkspace{"second"});
  const Ticket third = jobs.start(LoadWorkspace{"third"});
  EXPECT_NE(first, second);
  EXPECT_NE(second, third);
  jobs.cancel(second);
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_FALSE(gate.has(gate.cancelled, "first"));
  jobs.cancel(first);
  ASSERT_TRUE(comes([&] { return gate.has(gate.begun, "third"); }));
  EXPECT_TRUE(gate.has(gate.cancelled, "first"));
  jobs.cancel(first);  // it ended long ago
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_FALSE(gate.has(gate.cancelled, "third"));
  gate.open = true;
  EXPECT_TRUE(comes([&] { return gate.has(gate.ended, "third"); }));
  EXPECT_FALSE(gate.has(gate.begun, "second")) << "cancelled before it was picked up";
}

TEST(Jobs, ClosingAPreviewNeverStopsWhatReadsTheWorkspaceAgain) {
  Gate gate;
  Jobs jobs([] {}, std::ref(gate));
  AppState s = desk_test::small_desk();
  s.requests.clear();
  // An import was written: its numbers are read again.
  data::Source source;
  source.file = "reports.csv";
  apply(s, command::ImportWritten{source});
  hand_over(s, jobs);
  const std::string workspace = s.loaded->file.string();
  ASSERT_TRUE(comes([&] { return gate.has(gate.begun, workspace); }));
  apply(s, command::DropFile{"second.csv"});
  hand_over(s, jobs);
  apply(s, command::CloseDialog{});
  hand_over(s, jobs);
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_FALSE(gate.has(gate.cancelled, workspace)) << "the map would keep old numbers";
  gate.open = true;
  EXPECT_TRUE(comes([&] { return gate.has(gate.ended, workspace); }));
  EXPECT_TRUE(comes([&] {
    jobs.take();
    return !jobs.busy();
  }));
  EXPECT_FALSE(gate.has(gate.begun, "second.csv")) << "nobody wants it any more";
}

TEST(Jobs, ClosingAPreviewStopsTheReadingOfItsFile) {
  Gate gate;
  Jobs jobs([] {}, std::ref(gate));
  AppState s = desk_test::small_desk();
  s.requests.clear();
  apply(s, command::DropFile{"one.csv"});
  hand_over(s, jobs);
  ASSERT_TRUE(comes([&] { return gate.has(gate.begun, "one.csv"); }));
  apply(s, command::DropFile{"two.csv"});  // another file instead
  hand_over(s, jobs);
  EXPECT_TRUE(comes([&] { return gate.has(gate.cancelled, "one.csv"); }));
  ASSERT_TRUE(comes([&] { return gate.has(gate.begun, "two.csv"); }));
  apply(s, command::CloseDialog{});
  hand_over(s, jobs);
  EXPECT_TRUE(comes([&] { return gate.has(gate.cancelled, "two.csv"); }));
}

TEST(Jobs, TheButtonStopsTheJobThatIsShown) {
  Gate gate;
  Jobs jobs([] {}, std::ref(gate));
  AppState s = desk_test::small_desk();
  s.requests = {LoadWorkspace{"first"}, LoadWorkspace{"second"}};
  hand_over(s, jobs);
  ASSERT_TRUE(comes([&] {
    for (const Command& c : jobs.take()) apply(s, c);
    return s.job.has_value();
  }));
  apply(s, command::CancelJob{});
  EXPECT_TRUE(s.job->cancelling);
  apply(s, command::CancelJob{});  // pressed twice
  hand_over(s, jobs);
  EXPECT_TRUE(comes([&] { return gate.has(gate.begun, "second"); }));
  EXPECT_TRUE(gate.has(gate.cancelled, "first"));
  ASSERT_TRUE(comes([&] {
    for (const Command& c : jobs.take()) apply(s, c);
    return s.job && !s.job->cancelling;
  })) << "the next one is shown, and nobody stops it";
  gate.open = true;
  EXPECT_TRUE(comes([&] { return gate.has(gate.ended, "second"); }));
}

namespace {
/// Foreground jobs that go on until they are cancelled; what is written beside them is counted.
struct LongForeground {
  std::atomic<int> begun{0}, written{0};
  Command operator()(const JobRequest& request, const geo::Progress& progress) {
    if (std::holds_alternative<BriefingJob>(request)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      progress.at(0.5, geo::msg("app.doing_open"));
      ++written;
      return command::OfBriefing{briefing::Changed{}};
    }
    ++begun;
    while (true) {
      progress.at(0.5, geo::msg("app.doing_open"));
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
};
JobRequest change() { return BriefingJob(ChangeBriefing{"any", {}, {}, false, false}); }
}  // namespace

TEST(Jobs, ABriefingIsWrittenBesideALongExport) {
  LongForeground work;
  Jobs jobs([] {}, std::ref(work));
  jobs.start(ExportReport{});
  ASSERT_TRUE(comes([&] { return work.begun == 1; }));
  jobs.start(change());
  EXPECT_TRUE(comes([&] { return work.written == 1; }));
  EXPECT_TRUE(jobs.busy()) << "the export goes on";
}

TEST(Jobs, ClosingWritesWhatIsStillToBeWrittenAndEndsTheRest) {
  LongForeground work;
  {
    Jobs jobs([] {}, std::ref(work));
    jobs.start(ExportReport{});
    ASSERT_TRUE(comes([&] { return work.begun == 1; }));
    for (int i = 0; i < 20; ++i) jobs.start(change());
  }
  EXPECT_EQ(work.written, 20);
}

TEST(Jobs, ABriefingWaitsForAnImportThatKeepsTheWorkspace) {
  LongForeground work;
  {
    Jobs jobs([] {}, std::ref(work));
    const Ticket import = jobs.start(TakeBackImport{"any"});
    ASSERT_TRUE(comes([&] { return work.begun == 1; }));
    jobs.start(change());
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(work.written, 0) << "it would be refused: the workspace is locked";
    jobs.cancel(import);
    EXPECT_TRUE(comes([&] { return work.written == 1; }));
    jobs.start(TakeBackImport{"any"});
    ASSERT_TRUE(comes([&] { return work.begun == 2; }));
    jobs.start(change());
  }
  EXPECT_EQ(work.written, 2);
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
