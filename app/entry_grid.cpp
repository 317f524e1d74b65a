#include "app/entry_grid.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "data/cell.hpp"
#include "data/names.hpp"

namespace app {
namespace {

using geo::msg;

/// Where nothing lies beyond, the cursor stays.
std::size_t stepped(std::size_t at, std::size_t count, bool back, std::size_t by) {
  if (count == 0) return 0;
  return back ? at - std::min(at, by) : std::min(at + by, count - 1);
}

/// As Ctrl with an arrow: to the last filled cell of a run, or to the next one filled.
template <class Filled>
std::size_t edge_of_run(std::size_t at, std::size_t count, bool back, Filled filled) {
  const auto beyond = [&](std::size_t i) { return back ? i == 0 : i + 1 >= count; };
  const auto next = [&](std::size_t i) { return back ? i - 1 : i + 1; };
  if (count == 0 || beyond(at)) return at;
  const bool inside = filled(at) && filled(next(at));
  at = next(at);
  while (!beyond(at) && (inside ? filled(next(at)) : !filled(at))) at = next(at);
  return at;
}

void stand_at(EntryGrid& grid, EntryCell at) {
  grid.cursor = grid.anchor = grid.reach = at;
  grid.tab_from = at.column;
}

/// Puts what the edits say, and keeps them as a step.
void take(EntryGrid& grid, const EntryStep& step) {
  if (step.empty()) return;
  for (const EntryEdit& edit : step) grid.week.rows[edit.at.row].now[edit.at.column] = edit.after;
  grid.done.push_back(step);
  grid.undone.clear();
}

void add(const EntryGrid& grid, EntryStep& step, EntryCell at, std::optional<std::int64_t> after) {
  const auto before = grid.week.rows[at.row].now[at.column];
  if (before != after) step.push_back({at, before, after});
}

using Block = std::vector<std::vector<std::string>>;

/// Excel and LibreOffice alike: a cell with a tab, a line end or a quote in it stands in quotes,
/// and a quote in it twice. The last line may or may not end.
Block cells_of(std::string_view text) {
  Block rows(1, {std::string()});
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    std::string& cell = rows.back().back();
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"' && cell.empty()) {
      quoted = true;
    } else if (c == '\t') {
      rows.back().emplace_back();
    } else if (c == '\n') {
      rows.push_back({std::string()});
    } else if (c != '\r' && c != '\0') {
      cell += c;
    }
  }
  if (rows.back().size() == 1 && rows.back().front().empty()) rows.pop_back();
  for (auto& row : rows)
    for (std::string& cell : row) cell = data::tidy(cell);
  return rows;
}

bool is_number(const std::string& cell) { return !cell.empty() && !read_entry(cell).wrong; }

/// Units by code, by name and by name with its kind; a name of two units stands for none.
class Names {
 public:
  explicit Names(const EntryGrid& grid) {
    for (std::size_t i = 0; i < grid.week.rows.size(); ++i) {
      const data::WeekRow& row = grid.week.rows[i];
      has_kind_.push_back(!data::split_kind(row.name).kind.empty());
      add(row.unit.code, i);
      add(data::fold_name(row.name), i);
      add(data::fold_name(data::split_kind(row.name).name), i);
    }
  }
  std::optional<std::size_t> find(const std::string& words) const {
    // "Xã Mường Tùng", "X. Mường Tùng" and "Mường Tùng"; a spreadsheet may have eaten a code's
    // zero.
    const auto [kind, name] = data::split_kind(words);
    std::string code = words;
    if (code.size() < 5 &&
        std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; }))
      code.insert(0, 5 - code.size(), '0');
    const auto found = [&](const std::string& key) {
      const auto at = key.empty() ? at_.end() : at_.find(key);
      return at == at_.end() ? std::nullopt : at->second;
    };
    if (const auto at = found(code)) return at;
    if (const auto at = found(data::fold_name(kind.empty() ? name : kind + " " + name))) return at;
    // "Phường X" is not "Xã X": a kind that was written counts wherever the table has one.
    const auto at = found(data::fold_name(name));
    return at && (kind.empty() || !has_kind_[*at]) ? at : std::nullopt;
  }
  /// A row by its code alone.
  bool is_code(const std::string& cell) const {
    return std::all_of(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
           find(cell).has_value();
  }

 private:
  void add(const std::string& key, std::size_t row) {
    const auto [at, fresh] = at_.emplace(key, row);
    if (!fresh && at->second != row) at->second.reset();
  }
  std::map<std::string, std::optional<std::size_t>> at_;
  std::vector<bool> has_kind_;
};

/// How many cells of each row name the unit rather than count something: the columns before the
/// first that holds numbers only.
std::size_t columns_of_names(const Block& block, const Names& names) {
  std::size_t named = 0;
  // Codes look like counts: they are codes where each line has one, of a unit of its own.
  std::set<std::size_t> units;
  std::size_t coded = 0, lines = 0;
  for (const auto& row : block) {
    if (row.empty() || row[0].empty()) continue;
    const bool text = !is_number(row[0]);
    if (!text) ++lines;
    if (row.size() > 1 && names.is_code(row[0])) {
      ++coded;
      units.insert(*names.find(row[0]));
    }
    if (text) ++named;
  }
  const bool few = lines == 1 && block.back().front().size() < 5;  // 3127: a code, or a count?
  if (coded > 0 && coded == lines && units.size() == coded && !few) named += coded;
  if (2 * named < block.size()) return 0;
  std::size_t count = 1;
  for (; count < 4; ++count) {
    const auto words = std::count_if(block.begin(), block.end(), [&](const auto& row) {
      return row.size() > count && !row[count].empty() && !is_number(row[count]);
    });
    if (2 * static_cast<std::size_t>(words) < block.size()) break;
  }
  return count;
}

}  // namespace

bool EntryRange::contains(EntryCell cell) const {
  return cell.row >= first.row && cell.row <= last.row && cell.column >= first.column &&
         cell.column <= last.column;
}

EntryRange chosen(const EntryGrid& grid) {
  const auto [top, bottom] = std::minmax(grid.anchor.row, grid.reach.row);
  const auto [left, right] = std::minmax(grid.anchor.column, grid.reach.column);
  return {{top, left}, {bottom, right}};
}

void move(EntryGrid& grid, EntryMove where, bool extend, bool most, std::size_t page) {
  if (grid.week.rows.empty()) return;
  EntryCell& at = extend ? grid.reach : grid.cursor;
  const auto filled_in_row = [&](std::size_t column) {
    return grid.week.rows[at.row].now[column].has_value();
  };
  const auto filled_in_column = [&](std::size_t row) {
    return grid.week.rows[row].now[at.column].has_value();
  };
  const bool back = where == EntryMove::left || where == EntryMove::up ||
                    where == EntryMove::home || where == EntryMove::top;
  switch (where) {
    case EntryMove::left:
    case EntryMove::right:
      at.column = most ? edge_of_run(at.column, entry_columns, back, filled_in_row)
                       : stepped(at.column, entry_columns, back, page);
      break;
    case EntryMove::up:
    case EntryMove::down:
      at.row = most ? edge_of_run(at.row, grid.week.rows.size(), back, filled_in_column)
                    : stepped(at.row, grid.week.rows.size(), back, page);
      break;
    case EntryMove::home:
      at.column = 0;
      break;
    case EntryMove::end:
      at.column = entry_columns - 1;
      break;
    case EntryMove::top:
      at = {0, 0};
      break;
    case EntryMove::bottom:
      at = {grid.week.rows.size() - 1, entry_columns - 1};
      break;
  }
  if (extend) return;
  stand_at(grid, at);
}

void choose(EntryGrid& grid, EntryCell cell, bool extend) {
  if (grid.week.rows.empty()) return;
  cell = {std::min(cell.row, grid.week.rows.size() - 1), std::min(cell.column, entry_columns - 1)};
  if (extend) {
    grid.reach = cell;
  } else {
    stand_at(grid, cell);
  }
}

void choose_all(EntryGrid& grid) {
  if (grid.week.rows.empty()) return;
  grid.anchor = grid.cursor = {0, 0};
  grid.reach = {grid.week.rows.size() - 1, entry_columns - 1};
}

EntryRead read_entry(std::string_view text) {
  using State = data::CellNumber::State;
  const data::CellNumber read =
      data::read_number(data::tidy(text), data::Quantity::count, data::NumberStyle::unknown);
  constexpr double most = 1e9;  // more than live in any country
  EntryRead out;
  if (read.state == State::empty || read.state == State::not_reported) return out;
  if (!read.taken() || read.percent || read.value != std::floor(read.value)) {
    out.wrong = msg("entry.not_whole", std::string(text));
  } else if (read.qualifier != data::CellNumber::Qualifier::exact) {
    out.wrong = msg("entry.not_exact", std::string(text));
  } else if (read.value < 0) {
    out.wrong = msg("entry.negative", std::string(text));
  } else if (read.value > most) {
    out.wrong = msg("entry.too_large", std::string(text));
  } else {
    out.value = static_cast<std::int64_t>(read.value);
  }
  return out;
}

EntryStep commit_typing(EntryGrid& grid, std::optional<geo::Message>& wrong) {
  wrong.reset();
  EntryStep step;
  if (!grid.typing || grid.week.rows.empty()) return step;
  EntryRead read = read_entry(*grid.typing);
  if (read.wrong) {
    wrong = std::move(read.wrong);
    return step;
  }
  add(grid, step, grid.cursor, read.value);
  grid.typing.reset();
  take(grid, step);
  return step;
}

void next_cell(EntryGrid& grid, bool by_tab, bool back) {
  if (grid.week.rows.empty()) return;
  const auto [first, last] = chosen(grid);
  if (!(first == last)) {  // round inside what is chosen
    const std::size_t width = last.column - first.column + 1, height = last.row - first.row + 1,
                      cells = width * height;
    const std::size_t row = grid.cursor.row - first.row, column = grid.cursor.column - first.column;
    const std::size_t number = by_tab ? row * width + column : column * height + row;
    const std::size_t to = (number + (back ? cells - 1 : 1)) % cells;
    grid.cursor = by_tab ? EntryCell{first.row + to / width, first.column + to % width}
                         : EntryCell{first.row + to % height, first.column + to / height};
    return;
  }
  const EntryCell at = grid.cursor;
  if (!by_tab) {
    stand_at(grid,
             {stepped(at.row, grid.week.rows.size(), back, 1), back ? at.column : grid.tab_from});
    return;
  }
  const std::size_t number = at.row * entry_columns + at.column, from = grid.tab_from;
  const std::size_t to = stepped(number, grid.week.rows.size() * entry_columns, back, 1);
  stand_at(grid, {to / entry_columns, to % entry_columns});
  if (grid.cursor.row == at.row) grid.tab_from = from;
}

EntryStep clear_chosen(EntryGrid& grid) {
  EntryStep step;
  if (grid.week.rows.empty()) return step;
  const EntryRange range = chosen(grid);
  for (std::size_t r = range.first.row; r <= range.last.row; ++r)
    for (std::size_t c = range.first.column; c <= range.last.column; ++c)
      add(grid, step, {r, c}, std::nullopt);
  take(grid, step);
  return step;
}

EntryStep fill_down(EntryGrid& grid) {
  EntryStep step;
  if (grid.week.rows.empty()) return step;
  EntryRange range = chosen(grid);
  if (range.first.row == range.last.row) {
    if (range.first.row == 0) return step;
    --range.first.row;
  }
  for (std::size_t c = range.first.column; c <= range.last.column; ++c)
    for (std::size_t r = range.first.row + 1; r <= range.last.row; ++r)
      add(grid, step, {r, c}, grid.week.rows[range.first.row].now[c]);
  take(grid, step);
  return step;
}

EntryPaste paste(EntryGrid& grid, std::string_view text) {
  EntryPaste out;
  Block block = cells_of(text);
  if (block.empty() || grid.week.rows.empty()) return out;
  const Names names(grid);
  const std::size_t named = columns_of_names(block, names);
  const auto any_number = [&](const std::vector<std::string>& row) {
    return std::any_of(row.begin() + static_cast<std::ptrdiff_t>(std::min(named, row.size())),
                       row.end(), is_number);
  };
  std::size_t first = 0;
  while (first + 1 < block.size() && !any_number(block[first]) &&
         std::any_of(block[first].begin(), block[first].end(),
                     [](const std::string& cell) { return !cell.empty(); }) &&
         (named == 0 || !names.find(block[first][0])))
    ++first;
  out.headings_skipped = first > 0;
  // Numbers beside names begin with the first count; others where the cursor is.
  const EntryCell corner = chosen(grid).first;
  const std::size_t left = named > 0 ? 0 : corner.column;
  std::map<std::pair<std::size_t, std::size_t>, std::optional<std::int64_t>> put;
  std::set<std::size_t> seen;  // units that had their line
  for (std::size_t i = first; i < block.size(); ++i) {
    const auto& row = block[i];
    std::size_t target = corner.row + (i - first);
    if (named > 0) {
      std::optional<std::size_t> found;
      for (std::size_t k = 0; k < std::min(named, row.size()) && !found; ++k)
        found = names.find(row[k]);
      if (!found) {
        if (any_number(row) || !row[0].empty()) out.unknown_names.push_back(row[0]);
        continue;
      }
      target = *found;
      if (!seen.insert(target).second) {
        out.wrong.push_back({i + 1, row[0], msg("entry.paste_twice", grid.week.rows[target].name)});
        continue;
      }
      ++out.by_name;
    }
    for (std::size_t k = named; k < row.size(); ++k) {
      const std::size_t column = left + (k - named);
      if (row[k].empty()) {
        ++out.empty;
        continue;
      }
      if (target >= grid.week.rows.size() || column >= entry_columns) {
        ++out.outside;
        continue;
      }
      EntryRead read = read_entry(row[k]);
      if (read.wrong) {
        out.wrong.push_back({i + 1, row[k], std::move(*read.wrong)});
        continue;
      }
      put[{target, column}] = read.value;
      ++out.cells;
    }
  }
  if (!out.wrong.empty()) return out;
  for (const auto& [at, value] : put) add(grid, out.step, {at.first, at.second}, value);
  take(grid, out.step);
  if (named == 0 && out.cells > 0) {
    std::size_t width = 0;
    for (const auto& row : block) width = std::max(width, row.size());
    grid.anchor = grid.cursor = corner;
    grid.reach = {std::min(corner.row + block.size() - first - 1, grid.week.rows.size() - 1),
                  std::min(corner.column + std::max<std::size_t>(width, 1) - 1, entry_columns - 1)};
  }
  return out;
}

std::string copied(const EntryGrid& grid) {
  std::string out;
  if (grid.week.rows.empty()) return out;
  const EntryRange range = chosen(grid);
  for (std::size_t r = range.first.row; r <= range.last.row; ++r) {
    for (std::size_t c = range.first.column; c <= range.last.column; ++c) {
      if (c > range.first.column) out += '\t';
      if (const auto& value = grid.week.rows[r].now[c]) out += std::to_string(*value);
    }
    out += '\n';
  }
  return out;
}

namespace {

/// A cell that has another number by now (merged, decided, written elsewhere) is left alone.
EntryStep set_back(EntryGrid& grid, const EntryStep& step, bool back) {
  EntryStep out;
  for (const EntryEdit& edit : step) {
    const auto &from = back ? edit.after : edit.before, &to = back ? edit.before : edit.after;
    auto& now = grid.week.rows[edit.at.row].now[edit.at.column];
    if (now != from) continue;
    now = to;
    out.push_back({edit.at, from, to});
  }
  stand_at(grid, step.front().at);
  return out;
}

}  // namespace

EntryStep undo(EntryGrid& grid) {
  if (grid.done.empty()) return {};
  grid.undone.push_back(std::move(grid.done.back()));
  grid.done.pop_back();
  return set_back(grid, grid.undone.back(), true);
}

EntryStep redo(EntryGrid& grid) {
  if (grid.undone.empty()) return {};
  grid.done.push_back(std::move(grid.undone.back()));
  grid.undone.pop_back();
  return set_back(grid, grid.done.back(), false);
}

std::optional<std::int64_t> known(const data::WeekRow& row, std::size_t column) {
  return row.now[column] ? row.now[column] : row.last[column];
}

}  // namespace app
