// Targets and published figures: a value for a unit of any level.
#include <map>
#include <tuple>

#include "data/indicator.hpp"
#include "data/names.hpp"
#include "data/table_rows.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Severity;
using geo::UnitLevel;
using Word = TableRows::Word;

constexpr Word level_words[] = {
    {"country", "country"},
    {"cả nước", "country"},
    {"quốc gia", "country"},
    {"trung ương", "country"},
    {"toàn quốc", "country"},
    {"province", "province"},
    {"tỉnh", "province"},
    {"cấp tỉnh", "province"},
    {"thành phố trực thuộc trung ương", "province"},
    {"district", "district"},
    {"huyện", "district"},
    {"cấp huyện", "district"},
    {"thị xã", "district"},
    {"quận", "district"},
    {"commune", "commune"},
    {"xã", "commune"},
    {"cấp xã", "commune"},
    {"phường", "commune"},
    {"thị trấn", "commune"},
    {"đặc khu", "commune"},
};
constexpr Word qualifier_words[] = {
    {"exact", "exact"},   {"chính xác", "exact"}, {"đúng", "exact"},     {"nearly", "nearly"},
    {"gần", "nearly"},    {"khoảng", "nearly"},   {"approx", "nearly"},  {"more_than", "more_than"},
    {"hơn", "more_than"}, {"trên", "more_than"},  {"over", "more_than"},
};

UnitLevel level_by_id(const std::string& id) {
  return id == "country"    ? UnitLevel::country
         : id == "province" ? UnitLevel::province
         : id == "district" ? UnitLevel::district
                            : UnitLevel::commune;
}

/// What a name says of its own level: Huyện … is a district; "Thành phố Điện Biên Phủ" was one,
/// "Thành phố Hà Nội" is a province.
std::vector<UnitLevel> levels_of(const std::string& name) {
  const auto kind = split_kind(name).kind;
  if (kind == "tỉnh") return {UnitLevel::province};
  if (kind == "huyện" || kind == "thị xã" || kind == "quận") return {UnitLevel::district};
  if (kind == "thành phố") return {UnitLevel::province, UnitLevel::district};
  if (!kind.empty()) return {UnitLevel::commune};
  return {UnitLevel::province, UnitLevel::district, UnitLevel::commune};
}

bool is_country(const std::string& name) {
  const auto folded = fold_search(name);
  return folded == "viet nam" || folded == "ca nuoc" || folded == "toan quoc" ||
         folded == "vietnam";
}

/// A unit valid on the day, else the one of today, else whatever bears the name.
UnitMatch find(const UnitBook& book, UnitQuery query, std::optional<geo::Date> at) {
  query.at = at;
  auto m = book.match(query);
  if (m.applied() || !at) return m;
  // Provinces and districts are known since no exact day; communes of today did not exist before.
  query.at.reset();
  const auto today = book.match(query);
  return today.applied() ? today : m;
}

class TargetRows {
 public:
  explicit TargetRows(TableWork& work)
      : work_(work),
        rows_(work.table, work.reading, ImportKind::targets, work.preview),
        book_(known_units(work.workspace.database())) {
    auto row = work.workspace.database().prepare(
        "SELECT t.unit_id, u.level, t.indicator, t.due, t.share, t.count FROM current_target AS t"
        " JOIN unit AS u ON u.id = t.unit_id");
    while (row.step()) {
      TargetRecord t;
      if (row.text(1) != "country") t.unit = row.integer(0);
      t.indicator = row.text(2);
      t.due = row.text(3);
      t.share = row.maybe_real(4);
      t.count = row.maybe_integer(5);
      current_[key(t)] = t;
    }
  }

  void read() {
    const auto& table = work_.table;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      rows_.begin(i);
      auto& row = rows_.row();
      row.role = role_of(table, work_.reading, ImportKind::targets, i);
      row.label =
          quotable(rows_.raw("scope").empty() ? first_words(table.rows[i]) : rows_.raw("scope"));
      if (row.role == RowRole::data) data();
    }
    rows_.finish();
    if (assumed_indicator_ > 0)
      work_.preview.issues.push_back({Severity::info,
                                      msg("data.target_indicator_assumed", assumed_indicator_),
                                      table.file,
                                      table.sheet,
                                      {},
                                      {},
                                      {},
                                      {}});
  }

 private:
  using Key = std::tuple<std::optional<std::int64_t>, std::string, std::string>;
  static Key key(const TargetRecord& t) { return {t.unit, t.indicator, t.due}; }

  void data() {
    auto& row = rows_.row();
    TargetRecord t;
    auto due = rows_.date("due");
    if (!due && rows_.raw("due").empty()) due = work_.preview.date;
    t.share = rows_.share("share");
    t.count = rows_.count("count");
    const auto& indicator = rows_.raw("indicator");
    if (indicator.empty()) {
      t.indicator = id(Indicator::activation_l2);
      ++assumed_indicator_;
    } else if (const auto known = indicator_by_id(indicator)) {
      t.indicator = id(*known);
    } else {
      rows_.tell(Severity::error, msg("data.unknown_indicator", quotable(indicator)), "indicator",
                 row.label);
      return rows_.refuse();
    }
    rows_.understood("indicator", t.indicator);
    if (!due) {
      rows_.tell(Severity::error, msg("data.target_without_date"), "due", row.label);
      return rows_.refuse();
    }
    t.due = geo::iso(*due);
    if (t.share && *t.share == 0) t.share.reset();
    if (t.share.has_value() == t.count.has_value()) {
      rows_.tell(Severity::error,
                 t.share ? msg("data.target_share_and_count") : msg("data.target_without_value"),
                 "share", row.label);
      return rows_.refuse();
    }
    if (!scope(t, *due)) return rows_.refuse();
    const auto [first, is_new] = seen_.emplace(key(t), row.row);
    if (!is_new) {
      rows_.tell(Severity::error, msg("data.unit_twice", row.unit_name, first->second), "scope",
                 row.label);
      return rows_.refuse();
    }
    const auto known = current_.find(key(t));
    row.change = known == current_.end() ? Change::added
                 : known->second == t    ? Change::same
                                         : Change::changed;
    if (row.change != Change::same) work_.records.targets.push_back({t, row.row});
  }

  bool scope(TargetRecord& t, geo::Date due) {
    auto& row = rows_.row();
    const auto& name = rows_.raw("scope");
    const auto& code = rows_.raw("code");
    const auto said = rows_.word("scope_level", level_words);
    if (is_country(name) || (said && *said == "country")) {
      row.match = Match::name;
      row.unit_code = "VN";
      row.unit_name = "Việt Nam";
      return true;
    }
    if (name.empty() && code.empty()) {
      rows_.tell(Severity::error, msg("data.row_without_unit"), "scope");
      return false;
    }
    UnitQuery query;
    query.code = code;
    query.name = name;
    UnitMatch m;
    for (const auto level : said ? std::vector<UnitLevel>{level_by_id(*said)} : levels_of(name)) {
      query.level = level;
      const auto at = level == UnitLevel::commune && !book_.knows(level, due) ? std::nullopt
                                                                              : std::optional(due);
      auto next = find(book_, query, at);
      if (next.applied() || m.unit == nullptr) m = std::move(next);
      if (m.applied()) break;
    }
    row.match = m.how;
    if (m.unit != nullptr) {
      row.unit_code = m.unit->code.text;
      row.unit_name = m.unit->full_name;
    }
    if (m.remark)
      rows_.tell(m.severity, *m.remark, "scope", m.applied() ? m.unit->label() : row.label);
    if (!m.applied()) return false;
    t.unit = m.unit->id;
    return true;
  }

  TableWork& work_;
  TableRows rows_;
  UnitBook book_;
  std::map<Key, TargetRecord> current_;
  std::map<Key, std::int64_t> seen_;
  std::int64_t assumed_indicator_ = 0;
};

}  // namespace

void read_targets(TableWork& work) { TargetRows(work).read(); }

void read_figures(TableWork& work) {
  using Key = std::tuple<std::string, std::string, std::string, std::string, std::string>;
  const auto key = [](const FigureRecord& f) {
    return Key{f.document, f.scope_level, f.scope, f.indicator, f.as_of};
  };
  std::map<Key, FigureRecord> current;
  {
    auto row = work.workspace.database().prepare(
        "SELECT scope_level, scope, indicator, value, qualifier, measure, as_of, kind, document,"
        " note, unit_id FROM current_figure");
    while (row.step()) {
      FigureRecord f{row.text(0), row.text(1), row.text(2),          row.real(3),
                     row.text(4), row.text(5), row.text(6),          row.text(7),
                     row.text(8), row.text(9), row.maybe_integer(10)};
      current[key(f)] = std::move(f);
    }
  }
  TableRows rows(work.table, work.reading, ImportKind::figures, work.preview);
  const UnitBook book(known_units(work.workspace.database()));
  std::map<Key, std::int64_t> seen;
  std::int64_t elsewhere = 0;
  for (std::size_t i = 0; i < work.table.rows.size(); ++i) {
    rows.begin(i);
    auto& row = rows.row();
    row.role = role_of(work.table, work.reading, ImportKind::figures, i);
    if (row.role != RowRole::data) {
      row.label = quotable(first_words(work.table.rows[i]));
      continue;
    }
    FigureRecord f;
    f.scope = rows.text("scope");
    row.label = f.scope;
    f.indicator = rows.text("indicator");
    f.document = rows.text("document");
    f.measure = rows.text("measure");
    f.as_of = rows.text("as_of");
    f.kind = rows.text("kind");
    f.note = rows.text("note");
    const auto level = rows.word("scope_level", level_words);
    f.scope_level = level.value_or("");
    const auto value = rows.measure("value");
    if (f.scope.empty() || f.indicator.empty() || !value.taken()) {
      if (f.scope.empty() || f.indicator.empty())
        rows.tell(Severity::error, msg("data.figure_incomplete"),
                  f.scope.empty() ? "scope" : "indicator");
      rows.refuse();
      continue;
    }
    f.value = value.value;
    f.qualifier = value.qualifier == CellNumber::Qualifier::nearly      ? "nearly"
                  : value.qualifier == CellNumber::Qualifier::more_than ? "more_than"
                                                                        : "exact";
    if (const auto said = rows.word("qualifier", qualifier_words)) f.qualifier = *said;
    rows.understood("qualifier", f.qualifier);
    // Figures are kept for places that are not in the workspace too: they are for comparing.
    if (level && *level != "country") {
      UnitQuery query;
      query.level = level_by_id(*level);
      query.name = f.scope;
      const auto m = find(book, query, {});
      if (m.applied()) {
        row.match = m.how;
        row.unit_code = m.unit->code.text;
        row.unit_name = m.unit->full_name;
        f.unit = m.unit->id;
      } else {
        ++elsewhere;
      }
    }
    const auto [first, is_new] = seen.emplace(key(f), row.row);
    if (!is_new) {
      rows.tell(Severity::error, msg("data.figure_twice", first->second), "indicator", f.scope);
      rows.refuse();
      continue;
    }
    const auto known = current.find(key(f));
    row.change = known == current.end() ? Change::added
                 : known->second == f   ? Change::same
                                        : Change::changed;
    if (row.change != Change::same) work.records.figures.push_back({std::move(f), row.row});
  }
  if (elsewhere > 0)
    work.preview.issues.push_back({Severity::info,
                                   msg("data.figures_elsewhere", elsewhere),
                                   work.table.file,
                                   work.table.sheet,
                                   {},
                                   {},
                                   {},
                                   {}});
}

}  // namespace data
