#include "data/record_book.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "data/authority.hpp"
#include "data/entries.hpp"
#include "data/matching.hpp"
#include "data/names.hpp"
#include "data/operation_fields.hpp"

namespace data {
namespace {

constexpr std::string_view team_cells[] = {"level", "members", "union_members", "closed_on",
                                           "place"};
constexpr std::string_view settlement_cells[] = {"residents", "electricity",  "electricity_as_of",
                                                 "signal",    "signal_as_of", "place"};
constexpr std::string_view activity_cells[] = {"date", "team", "sessions", "reached",
                                               "activations"};

// Key, name, unit, former unit, then the cells; a place is two columns.
constexpr const char* team_columns =
    "SELECT code, name, unit_id, former_unit_id, level, members, union_members, closed_on, lon, lat"
    " FROM current_team";
constexpr const char* settlement_columns =
    "SELECT code, name, unit_id, former_unit_id, residents, electricity, electricity_as_of, signal,"
    " signal_as_of, X(geom), Y(geom) FROM current_settlement";
constexpr const char* activity_columns =
    "SELECT a.uuid, coalesce((SELECT t.name FROM current_team AS t WHERE t.code = a.team), a.team),"
    " a.unit_id, NULL, a.date, a.team, a.sessions, a.reached, a.activations FROM activity AS a";

std::vector<RecordRow>& rows_of(RecordBook& book, RecordKind kind) {
  return kind == RecordKind::team         ? book.teams
         : kind == RecordKind::settlement ? book.settlements
                                          : book.activities;
}

/// Looks units up for rows, and whether they lie under the author.
class Units {
 public:
  Units(Database& database, const UnitKey& author)
      : authority_(database), author_(authority_.id_of(author)) {
    all_ = author.level == geo::UnitLevel::country;
    high_ = all_ || author.level == geo::UnitLevel::province;
    units_ = known_units(database);
    std::map<std::string, int> names;
    for (const KnownUnit& unit : units_) {
      by_id_[unit.id] = &unit;
      if (unit.level == geo::UnitLevel::commune && unit.today()) ++names[unit.full_name];
    }
    for (const KnownUnit& unit : units_)
      if (unit.level == geo::UnitLevel::commune && unit.today() && names[unit.full_name] > 1)
        shared_.insert(unit.full_name);
  }
  bool under(std::int64_t unit) {
    return all_ || (author_ && authority_.over(unit).contains(*author_));
  }
  void home(std::int64_t unit, RecordRow& row) {
    row.ours = unit == 0 ? high_ : under(unit);
    const auto found = by_id_.find(unit);
    if (found == by_id_.end()) return;
    row.home = UnitKey{found->second->level, found->second->code.text, found->second->valid_from};
    row.home_name = label(*found->second);
  }
  std::vector<RecordUnit> to_choose() {
    std::vector<RecordUnit> out;
    for (const KnownUnit& unit : units_)
      if (unit.level == geo::UnitLevel::commune && under(unit.id))
        out.push_back({{unit.level, unit.code.text, unit.valid_from},
                       label(unit),
                       unit.full_name,
                       !unit.today()});
    std::sort(out.begin(), out.end(), [](const RecordUnit& a, const RecordUnit& b) {
      return std::tuple(a.former, fold_search(a.label), a.unit) <
             std::tuple(b.former, fold_search(b.label), b.unit);
    });
    return out;
  }

 private:
  /// Former communes are told apart by their district as well: their names come again and again.
  std::string label(const KnownUnit& unit) const {
    std::string out = unit.full_name.empty() ? unit.code.text : unit.full_name;
    if (unit.today() && !shared_.contains(unit.full_name)) return out;
    const auto district = by_id_.find(unit.district);
    return out + " (" + (district == by_id_.end() ? unit.code.text : district->second->full_name) +
           ")";
  }

  Authority authority_;
  std::optional<std::int64_t> author_;
  bool all_ = false, high_ = false;
  std::vector<KnownUnit> units_;
  std::unordered_map<std::int64_t, const KnownUnit*> by_id_;
  std::set<std::string> shared_;
};

class Reader {
 public:
  Reader(Database& database, const UnitKey& author)
      : database_(database), units_(database, author) {}
  Units& units() { return units_; }

  std::vector<RecordRow> rows(RecordKind kind) {
    const char* const columns = kind == RecordKind::team         ? team_columns
                                : kind == RecordKind::settlement ? settlement_columns
                                                                 : activity_columns;
    Statement row = database_.prepare(columns);
    std::vector<RecordRow> out;
    while (row.step()) {
      RecordRow& r = out.emplace_back();
      r.record = {kind, row.text(0)};
      r.name = row.text(1);
      units_.home(row.is_null(2) ? row.integer(3) : row.integer(2), r);
      int column = 4;
      for (const std::string_view field : row_fields(kind)) {
        std::optional<std::string> value;
        if (field == "place") {
          if (!row.is_null(column) && !row.is_null(column + 1))
            value = place_text(row.real(column), row.real(column + 1));
        } else if (!row.is_null(column)) {
          value = row.text(column++);
          if (value->empty()) value.reset();
        } else {
          ++column;
        }
        r.cells.push_back(std::move(value));
      }
      r.search =
          fold_search(r.name) + ' ' + fold_search(r.record.key) + ' ' + fold_search(r.home_name);
    }
    return out;
  }

  /// What only the operations tell.
  void marks(RecordRow& row, Authority& authority) {
    const RecordNow now = record_now(database_, row.record, authority);
    row.conflict = row.let_stand = false;
    for (const auto& [name, field] : now.state.fields) {
      row.conflict = row.conflict || field.conflict;
      row.let_stand = row.let_stand || !now.operations[field.heads.front()].reason.empty();
    }
  }

 private:
  Database& database_;
  Units units_;
};

void sort(RecordBook& book, RecordKind kind, geo::Date today) {
  auto& rows = rows_of(book, kind);
  if (kind == RecordKind::activity) {
    std::sort(rows.begin(), rows.end(), [](const RecordRow& a, const RecordRow& b) {
      return std::tuple(b.cell("date"), a.name, a.record.key) <
             std::tuple(a.cell("date"), b.name, b.record.key);
    });
    return;
  }
  const bool teams = kind == RecordKind::team;
  std::sort(rows.begin(), rows.end(), [&](const RecordRow& a, const RecordRow& b) {
    const bool a_closed = teams && closed(a, today), b_closed = teams && closed(b, today);
    return std::tie(a_closed, a.home, a.record.key) < std::tie(b_closed, b.home, b.record.key);
  });
}

}  // namespace

const std::optional<std::string>& RecordRow::cell(std::string_view field) const {
  static const std::optional<std::string> none;
  const auto fields = row_fields(record.kind);
  const auto at =
      static_cast<std::size_t>(std::find(fields.begin(), fields.end(), field) - fields.begin());
  return at < cells.size() ? cells[at] : none;
}

std::span<const std::string_view> row_fields(RecordKind kind) {
  if (kind == RecordKind::team) return team_cells;
  if (kind == RecordKind::settlement) return settlement_cells;
  return activity_cells;
}

bool closed(const RecordRow& team, geo::Date by) {
  const auto& text = team.cell("closed_on");
  const auto day = text ? geo::parse_date(*text) : std::nullopt;
  return day && *day <= by;
}

const std::vector<RecordRow>& RecordBook::rows(RecordKind kind) const {
  return kind == RecordKind::team         ? teams
         : kind == RecordKind::settlement ? settlements
                                          : activities;
}

const RecordRow* RecordBook::find(const RecordKey& record) const {
  const auto& all = rows(record.kind);
  const auto at = std::find_if(all.begin(), all.end(),
                               [&](const RecordRow& row) { return row.record == record; });
  return at == all.end() ? nullptr : &*at;
}

RecordBook record_book(Workspace& workspace, geo::Date today) {
  Database& database = workspace.database();
  const OneMoment moment(database);
  RecordBook book;
  book.author = author_unit(workspace);
  book.author_name = unit_name(workspace, book.author);
  Reader reader(database, book.author);
  book.units = reader.units().to_choose();
  constexpr RecordKind kinds[] = {RecordKind::team, RecordKind::settlement, RecordKind::activity};
  for (const RecordKind kind : kinds) rows_of(book, kind) = reader.rows(kind);
  std::map<RecordKey, RecordRow*> by_key;
  for (const RecordKind kind : kinds)
    for (RecordRow& row : rows_of(book, kind)) by_key[row.record] = &row;
  Authority authority(database);
  for (const RecordKey& record : records_with_operations(database))
    if (const auto found = by_key.find(record); found != by_key.end())
      reader.marks(*found->second, authority);
  for (const RecordKind kind : kinds) sort(book, kind, today);
  return book;
}

std::vector<std::uint32_t> rows_like(const RecordBook& book, RecordKind kind,
                                     std::string_view typed, bool others) {
  std::vector<std::string> words;
  const std::string all = tidy(typed);
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find(' ', at), all.size());
    words.push_back(fold_search(std::string_view(all).substr(at, end - at)));
    at = end + 1;
  }
  const auto& rows = book.rows(kind);
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    if (!others && !rows[i].ours) continue;
    if (std::all_of(words.begin(), words.end(), [&](const std::string& word) {
          return rows[i].search.find(word) != std::string::npos;
        }))
      out.push_back(i);
  }
  return out;
}

std::string proposed_code(const RecordBook& book, RecordKind kind) {
  const std::string first = book.author.code + (kind == RecordKind::team ? "-T" : "-B");  // tổ, bản
  std::set<std::string, std::less<>> taken;
  for (const RecordRow& row : book.rows(kind))
    if (row.record.key.starts_with(first)) taken.insert(row.record.key);
  for (int n = 1;; ++n) {
    std::string code = first + (n < 10 ? "0" : "") + std::to_string(n);
    if (!taken.contains(code)) return code;
  }
}

}  // namespace data
