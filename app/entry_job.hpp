#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/entry_command.hpp"
#include "app/pages/pages.hpp"
#include "geo/error.hpp"
#include "geo/progress.hpp"

namespace app {

struct ReadWeek {
  std::filesystem::path workspace;
  std::optional<geo::Date> week;  ///< empty: the newest with reports
};
/// Units that break a rule are left out and told, unless there is a reason.
struct WriteWeek {
  std::filesystem::path workspace;
  geo::Date week;
  struct Unit {
    data::UnitKey unit;
    EntryStep step;
  };
  std::vector<Unit> units;
  std::string reason;
};
using EntryJob = std::variant<ReadWeek, WriteWeek, PageWork>;

/// No rule keeps it back: the file could not be written, and it can be tried again.
inline bool not_written(const EntryBroken& broken) {
  return !broken.breaks.empty() && broken.breaks.front().rule == "not_written";
}

/// On a job's thread. Writing cannot be stopped: the desk counts what it has asked to be written.
EntryCommand work_on(const EntryJob& job, const geo::Progress& progress);
/// What is told where it could not be done.
EntryCommand failure(const EntryJob& job, const geo::Error& error);

}  // namespace app
