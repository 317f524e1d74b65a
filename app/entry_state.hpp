#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/entry_grid.hpp"
#include "app/pages/pages.hpp"
#include "data/operations.hpp"

namespace app {

/// What stands in the table and is not written, because it breaks rules.
struct EntryBroken {
  geo::Date week;
  EntryStep step;  ///< of one unit
  std::vector<data::RuleBreak> breaks;
};

/// Asked to close, the desk waits for what is being written, and tells what cannot be; asked again,
/// it closes.
enum class Leaving : std::uint8_t { no, waits, told };

/// Everything of entry mode: a value, changed by apply_entry() alone.
struct EntryDesk {
  std::filesystem::path of;              ///< the workspace that all of it is about
  std::map<geo::Date, EntryGrid> grids;  ///< weeks that were looked at, with their steps
  std::optional<geo::Date> week;         ///< the one shown; empty: none is known yet
  std::optional<geo::Date> asked;        ///< being read
  bool asked_newest = false;             ///< likewise, whichever the newest is
  std::vector<geo::Date> weeks;          ///< to choose from, newest first
  bool read_only = false;
  std::optional<geo::Message> wrong;  ///< why what is typed is no count
  std::vector<EntryBroken> broken;
  std::size_t writing = 0;           ///< steps on their way to the workspace
  bool wrote = false;                ///< the desk's other numbers are older than the workspace
  std::optional<EntryPaste> pasted;  ///< what the last one came to
  std::string reason;                ///< as typed, for letting the broken ones stand
  bool paste_wanted = false, copy_wanted = false;  ///< from and to the clipboard
  bool cut_after_copy = false;
  Leaving leaving = Leaving::no;
  std::chrono::steady_clock::time_point told_at;  ///< what is not saved
  Pages pages;
  std::optional<entry::AskPath> path_asked;

  const EntryGrid* grid() const;  ///< of the week shown
  const EntryBroken* broken_at(EntryCell cell) const;
};

}  // namespace app
