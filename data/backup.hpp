#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "geo/date.hpp"
#include "geo/progress.hpp"

namespace data {

/// A copy of a workspace of one day, whole and closed: it opens as a workspace of its own.
struct Backup {
  std::filesystem::path file;
  geo::Date day;
  bool before_restore = false;  ///< what was there when another one was put back
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

/// Puts a backup in the place of what the workspace holds, in one transaction that other
/// connections see as any change; what was there is kept as a backup of its own first, and
/// answered. Error (io): the backup is no workspace, or something cannot be written; then the
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
