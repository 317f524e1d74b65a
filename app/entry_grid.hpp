#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/entry_week.hpp"
#include "geo/message.hpp"

namespace app {

inline constexpr std::size_t entry_columns = data::report_counts;

struct EntryCell {
  std::size_t row = 0, column = 0;
  bool operator==(const EntryCell&) const = default;
};
/// A cell from one value to another; empty is "not reported", which is not zero.
struct EntryEdit {
  EntryCell at;
  std::optional<std::int64_t> before, after;
  bool operator==(const EntryEdit&) const = default;
};
/// What one command changed, to be written and undone together.
using EntryStep = std::vector<EntryEdit>;

/// A week's table as a spreadsheet has it: a value that only the functions below change.
struct EntryGrid {
  data::Week week;                    ///< its rows with what was put in since
  EntryCell cursor;                   ///< where typing goes; inside what is chosen
  EntryCell anchor, reach;            ///< two corners of what is chosen
  std::optional<std::string> typing;  ///< in the cell at the cursor; empty: nothing is being typed
  std::size_t tab_from = 0;           ///< column that Enter goes back to after several Tabs
  std::vector<EntryStep> done, undone;
};

/// The rectangle chosen: first and last cell of it.
struct EntryRange {
  EntryCell first, last;
  bool contains(EntryCell cell) const;
};
EntryRange chosen(const EntryGrid& grid);

/// Where a key leads; `extend`: the chosen rectangle grows instead; `most`: to the edge of what is
/// filled, as Ctrl does.
enum class EntryMove : std::uint8_t { left, right, up, down, home, end, top, bottom };
void move(EntryGrid& grid, EntryMove where, bool extend, bool most = false, std::size_t page = 1);
void choose(EntryGrid& grid, EntryCell cell, bool extend);
void choose_all(EntryGrid& grid);

/// What one cell's text means: a whole number that is not negative, or nothing ("", "-").
struct EntryRead {
  std::optional<std::int64_t> value;
  std::optional<geo::Message> wrong;  ///< why it is no such number
};
EntryRead read_entry(std::string_view text);

// Each answers what is to be written; empty where nothing changed.

/// What is being typed goes into its cell; stays where it is no number, which `wrong` tells.
EntryStep commit_typing(EntryGrid& grid, std::optional<geo::Message>& wrong);
/// Tab and Enter as spreadsheets have them: a run of Tabs, then Enter to below its first cell.
void next_cell(EntryGrid& grid, bool by_tab, bool back);
EntryStep clear_chosen(EntryGrid& grid);
/// The first row of what is chosen into all below it; of one row alone, what stands above it.
EntryStep fill_down(EntryGrid& grid);

/// A block from a spreadsheet (cells apart by tabs, rows by line ends; "…" with both in it).
struct EntryPaste {
  EntryStep step;
  std::size_t cells = 0, empty = 0;  ///< put in; left as they were, because nothing stood there
  std::vector<std::string> unknown_names;  ///< rows that begin with the name of no unit here
  struct Wrong {
    std::size_t row = 0;  ///< of the block, from 1
    std::string text;
    geo::Message why;
  };
  std::vector<Wrong> wrong;  ///< no numbers
  std::size_t outside = 0;   ///< cells that lie beyond the table
  std::size_t by_name = 0;   ///< rows that were found by the name or code before their numbers
  bool headings_skipped = false;
};
/// From the cursor on. A block whose rows begin with names (or codes) of units goes to those units,
/// whatever their order. Nothing is changed where a cell is no number: all of it, or none.
EntryPaste paste(EntryGrid& grid, std::string_view block);
/// What is chosen, for a spreadsheet.
std::string copied(const EntryGrid& grid);

EntryStep undo(EntryGrid& grid);
EntryStep redo(EntryGrid& grid);

/// Of the week, or where it has no number of its own the latest before.
std::optional<std::int64_t> known(const data::WeekRow& row, std::size_t column);

}  // namespace app
