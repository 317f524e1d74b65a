#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "geo/progress.hpp"

namespace data {

/// A copy of a workspace of one day, whole and closed: it opens as a workspace of its own.
struct Backup {
  std::filesystem::path file;
  geo::Date day;
  bool before_restore = false;  ///< what was there when another one was put back
  bool by_hand = false;         ///< asked for: kept until somebody deletes it, as the one above
};

/// Beside the workspace, so that whoever copies the folder takes them along: "tinh.sqlite" keeps
/// them in "tinh.sqlite.backups".
std::filesystem::path backup_folder(const std::filesystem::path& workspace);
std::vector<Backup> backups(const std::filesystem::path& workspace);  ///< newest first

/// Copies the workspace through SQLite's backup interface, so that it may be written meanwhile,
/// where there is none of that day yet; then keeps the latest seven days and one of each of the
/// four weeks before them. Answers the new one. Error (io) where it cannot be written: what there
/// was stays.
std::optional<Backup> back_up(const std::filesystem::path& workspace, geo::Date day,
                              const geo::Progress& progress = {});

/// The same whether or not there is one of that day already.
Backup back_up_by_hand(const std::filesystem::path& workspace, geo::Date day,
                       const geo::Progress& progress = {});

/// What a backup holds.
struct BackupHolds {
  std::int64_t operations = 0;  ///< fields that people entered
  std::int64_t reports = 0;     ///< of a unit and a date each
  std::int64_t imports = 0;
  std::string newest;  ///< week with a report, ISO; empty: none
  bool operator==(const BackupHolds&) const = default;
};
/// Error (io) where it cannot be read.
BackupHolds held_in(const std::filesystem::path& backup);

/// What the workspace holds and the backup does not.
struct LostByRestore {
  std::int64_t operations = 0, imports = 0;
  std::string first, last;  ///< when they came here: UTC, ISO 8601; empty: none
  bool author = false;      ///< in whose name it is written was another then
  bool operator==(const LostByRestore&) const = default;
};
LostByRestore lost_by_restore(const std::filesystem::path& workspace,
                              const std::filesystem::path& backup);

/// Puts a backup in the place of what the workspace holds, in one transaction that other
/// connections see as any change; what was there is kept as a backup of its own first, and
/// answered; nothing that others commit comes between the two (on a network: hardly anything).
/// Error (io): the backup is no workspace, or something cannot be written; then the
/// workspace is as it was.
Backup restore(const std::filesystem::path& workspace, const std::filesystem::path& backup,
               geo::Date today, const geo::Progress& progress = {});

/// Which of these days to let go, oldest first, so that the latest `daily` stay and of the days
/// before them the newest of each of `weekly` weeks.
std::vector<geo::Date> days_to_drop(std::vector<geo::Date> days, std::size_t daily = 7,
                                    std::size_t weekly = 4);

/// Whether the file lies on another computer's disk, where SQLite's shared memory (WAL) is not
/// safe. False where that is not known.
bool on_network(const std::filesystem::path& file);

}  // namespace data
