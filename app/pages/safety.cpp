#include "app/pages/safety.hpp"

#include <algorithm>
#include <chrono>

#include "app/apply.hpp"
#include "app/pages/page_command.hpp"
#include "data/clock.hpp"

namespace app::safety_page {
namespace {

namespace fs = std::filesystem;
using geo::msg;

constexpr auto told_for = std::chrono::seconds(12);

void tell(AppState& s, geo::Message message) {
  s.toast = Toast{std::move(message), false, s.now + told_for, false};
}

void ask(AppState& s, Job job, bool waited_for = false) {
  s.requests.emplace_back(EntryJob(page_work(std::move(job), waited_for)));
}

std::string written_at(const fs::path& file) {
  std::error_code none;
  const auto at = fs::last_write_time(file, none);
  if (none) return {};
  const auto when = std::chrono::time_point_cast<std::chrono::system_clock::duration>(
      std::chrono::file_clock::to_sys(at));
  return data::local_moment(when).time;
}

/// What was read before the workspace became what it was.
void forget_entries(AppState& s) {
  EntryDesk& e = s.entry;
  EntryDesk fresh;
  fresh.of = e.of;
  fresh.pages.shown = e.pages.shown;
  fresh.pages.safety = e.pages.safety;
  e = std::move(fresh);
  s.history = {};
}

struct Applying {
  AppState& s;

  bool about(const fs::path& file) const { return s.loaded && s.loaded->file == file; }
  const State& page() const {
    static const State none;
    return s.entry.pages.safety ? *s.entry.pages.safety : none;
  }
  template <class How>
  void become(How how) const {
    change(s.entry.pages.safety, how);
  }

  void operator()(const Read&) const {
    if (!s.loaded) return;
    become([](State& p) { p.asked = true; });
    ask(s, ReadAll{s.loaded->file});
  }
  void operator()(const Known& c) const {
    if (!about(c.file)) return;
    become([&](State& p) {
      p.asked = false;
      p.overview = c.overview;
    });
  }
  void operator()(const MakeNow&) const {
    if (s.loaded && !s.job) ask(s, MakeOne{s.loaded->file}, true);
  }
  void operator()(const Made& c) const {
    if (!about(c.file)) return;
    become([](State& p) { p.failed.reset(); });
    tell(s, msg("safety.made", c.backup.file.filename().string()));
    if (s.entry.pages.shown == EntryPage::safety) (*this)(Read{});
  }
  void operator()(const Cared& c) const {
    if (!about(c.file)) return;
    become([&](State& p) { p.failed = c.failed; });
    // Entering goes on: nobody is to lose a number because a backup has no room.
    if (c.failed) tell(s, msg("safety.day_failed", say(s.view.language, c.failed->message)));
    if (c.made && s.entry.pages.shown == EntryPage::safety && s.mode == Mode::entry)
      (*this)(Read{});
  }
  void operator()(const AskRestore& c) const {
    if (!s.loaded || !page().overview || c.kept >= page().overview->kept.size()) return;
    if (page().comparing || page().elsewhere) return;
    ask(s, Compare{s.loaded->file, page().overview->kept[c.kept]});
    become([](State& p) {
      p.ask.reset();
      p.comparing = true;
    });
  }
  void operator()(const Compared& c) const {
    if (!about(c.file) || !page().comparing) return;
    become([&](State& p) {
      p.comparing = false;
      p.ask = c.ask;
    });
  }
  void operator()(const DropRestore&) const {
    become([](State& p) { p.ask.reset(); });
  }
  void operator()(const ConfirmRestore&) const {
    // What is still being written would come after what is put back.
    if (!s.loaded || !page().ask || page().elsewhere || s.entry.writing > 0 || s.job) return;
    if (tell_unsaved(s)) return;  // it would go without a word
    ask(s, Restore{s.loaded->file, page().ask->of.backup}, true);
    become([](State& p) {
      p.ask.reset();
      p.restoring = true;
    });
  }
  void operator()(const Restored& c) const {
    if (!about(c.file)) return;
    forget_entries(s);
    become([](State& p) { p.restoring = false; });
    tell(s,
         msg("safety.restored", date(s.view.language, c.day), c.before.file.filename().string()));
    s.requests.emplace_back(LoadWorkspace{c.file});
  }
  void operator()(const TryAgain&) const {
    if (!s.loaded || page().claiming) return;
    become([](State& p) { p.claiming = true; });
    ask(s, Claim{s.loaded->file});
  }
  void operator()(const Claimed& c) const {
    if (!about(c.file)) return;
    const bool read_only_before = page().elsewhere.has_value();
    become([&](State& p) {
      p.claiming = false;
      p.claimed = true;
      p.lock = c.claim.lock;
      p.elsewhere = c.claim.elsewhere;
      p.network = c.network;
    });
    if (c.claim.elsewhere) {
      tell(s, msg(read_only_before ? "safety.still_elsewhere" : "safety.elsewhere_toast"));
    } else if (read_only_before) {
      // The other window may have written since this one read.
      forget_entries(s);
      tell(s, msg("safety.ours_now"));
      s.requests.emplace_back(LoadWorkspace{c.file});
    } else if (c.network) {
      tell(s, msg("safety.network_toast"));
    }
  }
};

struct Work {
  const geo::Progress& progress;

  Command operator()(const ReadAll& r) const {
    Overview out;
    std::error_code stays;
    out.folder = fs::absolute(data::backup_folder(r.workspace), stays);
    out.read_only = is_read_only(r.workspace);
    constexpr std::size_t daily = 7;
    std::size_t days = 0;
    for (data::Backup& backup : data::backups(r.workspace)) {
      KeptBackup kept;
      std::error_code ignored;
      kept.bytes = fs::file_size(backup.file, ignored);
      kept.time = written_at(backup.file);
      kept.of_week = !backup.by_hand && !backup.before_restore && ++days > daily;
      try {
        kept.holds = data::held_in(backup.file);
      } catch (const geo::Error&) {  // said where it stands
      }
      kept.backup = std::move(backup);
      out.kept.push_back(std::move(kept));
    }
    // Of one day by the hour: the names of several say nothing about it.
    std::stable_sort(
        out.kept.begin(), out.kept.end(), [](const KeptBackup& x, const KeptBackup& y) {
          return x.backup.day != y.backup.day ? x.backup.day > y.backup.day : x.time > y.time;
        });
    return Known{r.workspace, std::move(out)};
  }
  Command operator()(const MakeOne& r) const {
    return Made{r.workspace, data::back_up_by_hand(r.workspace, data::local_today(), progress)};
  }
  Command operator()(const Care& r) const {
    try {  // it cannot be stopped: what it is made for goes on behind it
      return Cared{r.workspace, data::back_up(r.workspace, r.day, {}).has_value(), {}};
    } catch (const geo::Error& error) {
      return Cared{r.workspace, false, error};
    }
  }
  Command operator()(const Compare& r) const {
    return Compared{r.workspace, {r.with, data::lost_by_restore(r.workspace, r.with.backup.file)}};
  }
  Command operator()(const Restore& r) const {
    return Restored{r.workspace, r.backup.day,
                    data::restore(r.workspace, r.backup.file, data::local_today(), progress)};
  }
  Command operator()(const Claim& r) const {
    return Claimed{r.workspace, data::claim_window(r.workspace), data::on_network(r.workspace)};
  }
};

bool changes(const JobRequest& request) {
  if (const auto* of = std::get_if<EntryJob>(&request)) {
    const auto* page = std::get_if<PageWork>(of);
    return page != nullptr ? page_writes(*page) : std::holds_alternative<WriteWeek>(*of);
  }
  if (const auto* of = std::get_if<BriefingJob>(&request))
    return !std::holds_alternative<ReadBriefings>(*of);
  return std::holds_alternative<WriteImport>(request) ||
         std::holds_alternative<app::TakeBackImport>(request) ||
         std::holds_alternative<KeepJudgement>(request) ||
         std::holds_alternative<ChangeKeptPlan>(request);
}

void refuse(AppState& s, const JobRequest& request) {
  const bool restoring = s.entry.pages.safety->restoring;
  const geo::Error error(geo::ErrorKind::io,
                         msg(restoring ? "safety.restoring_error" : "safety.elsewhere_error"),
                         s.loaded->file.string(),
                         msg(restoring ? "safety.restoring_remedy" : "safety.elsewhere_remedy"));
  if (const auto* of = std::get_if<EntryJob>(&request))
    return app::apply(s, command::OfEntry{failure(*of, error)});
  if (const auto* of = std::get_if<BriefingJob>(&request))
    return app::apply(s, command::OfBriefing{failure(*of, error)});
  s.error = error;
}

}  // namespace

void keep_safe(AppState& s, geo::Date today) {
  if (!s.loaded || s.loaded->file.empty() || s.entry.of != s.loaded->file) return;
  const auto page = [&s] { return s.entry.pages.safety; };
  const bool known = page() && (page()->claimed || page()->claiming);
  std::error_code gone;
  if (!known && !fs::exists(s.loaded->file, gone)) return;  // taken away since it was read
  std::vector<JobRequest> wanted = std::exchange(s.requests, {});
  if (!known) Applying{s}(TryAgain{});
  for (JobRequest& request : wanted) {
    if (changes(request)) {
      if (page()->elsewhere || page()->restoring) {
        refuse(s, request);
        continue;
      }
      if (page()->cared != today) {
        change(s.entry.pages.safety, [&](State& p) { p.cared = today; });
        // On the same thread, so that it comes first.
        ask(s, Care{s.loaded->file, today}, lane_of(request) == JobLane::foreground);
      }
    }
    s.requests.push_back(std::move(request));
  }
}

void opened(AppState& s) { apply(s, Read{}); }
void failed(AppState& s) {
  change(s.entry.pages.safety, [](State& page) {
    page.asked = page.comparing = page.claiming = page.restoring = false;
    page.claimed = true;  // where that fails, nobody is kept out
  });
}
void apply(AppState& s, const Command& command) { std::visit(Applying{s}, command); }
void step(AppState&, bool) {}
void take_path(AppState&, const std::string&, const std::filesystem::path&) {}
Command work_on(const Job& job, const geo::Progress& progress) {
  return std::visit(Work{progress}, job);
}

}  // namespace app::safety_page
