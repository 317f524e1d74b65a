#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "data/backup.hpp"
#include "data/window_lock.hpp"
#include "geo/error.hpp"
#include "geo/progress.hpp"

namespace app {
struct AppState;
}

/// Backups, the way back, and who else has the workspace.
namespace app::safety_page {

struct KeptBackup {
  data::Backup backup;
  std::uintmax_t bytes = 0;
  std::string time;                        ///< of writing, "14:05", on this computer's clock
  bool of_week = false;                    ///< older than the daily ones: the only one of its week
  std::optional<data::BackupHolds> holds;  ///< empty: it cannot be read
};
struct Overview {
  std::vector<KeptBackup> kept;  ///< newest first
  std::filesystem::path folder;
  bool read_only = false;
};
struct RestoreAsk {
  KeptBackup of;
  data::LostByRestore lost;
};

struct State {
  bool asked = false;  ///< being read
  std::optional<Overview> overview;
  bool comparing = false;
  std::optional<RestoreAsk> ask;  ///< what would be lost is shown before anything is
  bool restoring = false;         ///< nothing is written meanwhile

  bool claiming = false, claimed = false;
  std::shared_ptr<const data::WindowLock> lock;  ///< goes with the workspace it is about
  std::optional<data::Holder> elsewhere;         ///< another window writes; this one reads
  bool network = false;
  std::optional<geo::Date> cared;    ///< the day whose backup was asked for, made or not
  std::optional<geo::Error> failed;  ///< why there is none of that day
};

// What is asked for, and what jobs answer. `file`: the workspace it is about.
struct Read {};
struct Known {
  std::filesystem::path file;
  Overview overview;
};
struct MakeNow {};
struct Made {
  std::filesystem::path file;
  data::Backup backup;
};
struct Cared {
  std::filesystem::path file;
  bool made = false;
  std::optional<geo::Error> failed;
};
struct AskRestore {
  std::size_t kept = 0;  ///< into Overview::kept
};
struct Compared {
  std::filesystem::path file;
  RestoreAsk ask;
};
struct DropRestore {};
struct ConfirmRestore {};
struct Restored {
  std::filesystem::path file;
  geo::Date day;  ///< of the backup that is there now
  data::Backup before;
};
struct TryAgain {};  ///< to be the window that writes
struct Claimed {
  std::filesystem::path file;
  data::WindowClaim claim;
  bool network = false;
};
using Command = std::variant<Read, Known, MakeNow, Made, Cared, AskRestore, Compared, DropRestore,
                             ConfirmRestore, Restored, TryAgain, Claimed>;

// On a job's thread.
struct ReadAll {
  std::filesystem::path workspace;
};
struct MakeOne {
  std::filesystem::path workspace;
};
struct Care {  ///< the day's first change is coming
  std::filesystem::path workspace;
  geo::Date day;
};
struct Compare {
  std::filesystem::path workspace;
  KeptBackup with;
};
struct Restore {
  std::filesystem::path workspace;
  data::Backup backup;
};
struct Claim {
  std::filesystem::path workspace;
};
using Job = std::variant<ReadAll, MakeOne, Care, Compare, Restore, Claim>;
/// Whether a job changes the workspace. One that restores has seen to the backup by itself.
inline bool writes(const Job&) { return false; }

void opened(AppState& state);
void failed(AppState& state);  ///< a job of it
void apply(AppState& state, const Command& command);
void step(AppState& state, bool back);  ///< undo, redo
void take_path(AppState& state, const std::string& what, const std::filesystem::path& file);
Command work_on(const Job& job, const geo::Progress& progress);

/// Looks through what is about to be started: the workspace is claimed for this window, the first
/// change of a day follows a backup, and what would write where another window does is refused.
void keep_safe(AppState& state, geo::Date today);

}  // namespace app::safety_page
