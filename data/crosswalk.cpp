// Former communes and what became of them.
#include <algorithm>
#include <map>
#include <set>

#include "data/names.hpp"
#include "data/table_rows.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Severity;
using geo::UnitLevel;
using Word = TableRows::Word;

constexpr Word part_words[] = {
    {"whole", "whole"}, {"toàn bộ", "whole"}, {"nguyên vẹn", "whole"}, {"cả", "whole"},
    {"part", "part"},   {"một phần", "part"}, {"phần", "part"},        {"phần còn lại", "part"},
};

/// What a row says, before it is known whether rows contradict each other.
struct Line {
  std::size_t preview_row = 0;
  std::int64_t row = 0;
  std::string code, name;
  std::string label() const { return code + ' ' + name; }
  const KnownUnit* heir = nullptr;
  bool whole = true;
  bool doubtful = false;  ///< the file itself says that the former unit may be another
  std::optional<double> share;
};

class CrosswalkRows {
 public:
  explicit CrosswalkRows(TableWork& work)
      : work_(work),
        rows_(work.table, work.reading, ImportKind::crosswalk, work.preview),
        book_(known_units(work.workspace.database())),
        difference_(work.workspace),
        changed_on_(work.options.valid_from ? geo::iso(*work.options.valid_from) : "2025-07-01") {
    auto row = work.workspace.database().prepare(
        "SELECT f.code, f.valid_from, c.unit_id, c.part, c.share, c.changed_on"
        " FROM current_crosswalk AS c JOIN unit AS f ON f.id = c.former_id");
    while (row.step())
      current_[{UnitLevel::commune, row.text(0), row.text(1)}].insert(
          {row.integer(2), row.text(3) == "whole", row.maybe_real(4), row.text(5)});
  }

  void read() {
    const auto& table = work_.table;
    find_changed_provinces();
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      if (i % 256 == 0)
        work_.progress.at(static_cast<double>(i) / static_cast<double>(table.rows.size()),
                          msg("data.doing_compare"));
      rows_.begin(i);
      rows_.row().role = role_of(table, work_.reading, ImportKind::crosswalk, i);
      if (rows_.row().role == RowRole::data) {
        line(i);
      } else {
        rows_.row().label = quotable(first_words(table.rows[i]));
      }
    }
    rows_.finish();
    for (auto& [code, lines] : lines_) settle(lines);
    if (elsewhere_ > 0) tell_all(Severity::info, msg("data.crosswalk_elsewhere", elsewhere_));
    if (work_.preview.rows.size() > 0 && lines_.empty())
      tell_all(Severity::error, msg("data.crosswalk_nothing_here"));
  }

 private:
  struct Link {
    std::int64_t unit;
    bool whole;
    std::optional<double> share;
    std::string changed_on;
    auto operator<=>(const Link&) const = default;
  };

  void tell_all(Severity severity, geo::Message message) {
    work_.preview.issues.push_back(
        {severity, std::move(message), work_.table.file, work_.table.sheet, {}, {}, {}, {}});
  }

  const std::string& cell(std::size_t row, std::string_view field) const {
    static const std::string none;
    for (const auto& f : work_.reading.fields) {
      if (f.field == field && f.column) return work_.table.rows[row].cells[*f.column];
    }
    return none;
  }

  /// A province all of whose communes stayed in it, with none from elsewhere, is the same province
  /// before and after; the others were other units before.
  void find_changed_provinces() {
    for (auto i = work_.reading.heading_end; i < work_.table.rows.size(); ++i) {
      const auto old_code = with_zeros(cell(i, "old_province_code"), UnitLevel::province);
      const auto new_code = with_zeros(cell(i, "new_province_code"), UnitLevel::province);
      if (old_code.empty() || new_code.empty() || old_code == new_code) continue;
      changed_.insert(old_code);
      changed_.insert(new_code);
    }
  }

  void line(std::size_t i) {
    auto& row = rows_.row();
    row.label = quotable(rows_.text("old_name"));
    UnitQuery query;
    query.code = rows_.raw("new_code");
    const auto heir = book_.match(query);
    if (!heir.applied()) {
      ++elsewhere_;
      return;
    }
    row.match = heir.how;
    row.unit_code = heir.unit->code.text;
    row.unit_name = heir.unit->full_name;
    const auto& new_name = rows_.raw("new_name");
    if (!new_name.empty() && fold_name(split_kind(new_name).name) != fold_name(heir.unit->name))
      rows_.tell(Severity::warning,
                 msg("data.crosswalk_other_name", quotable(new_name), heir.unit->full_name,
                     heir.unit->code.text),
                 "new_name", heir.unit->label());

    const auto& old_code = rows_.raw("old_code");
    const auto status = fold_search(rows_.raw("status"));
    if (old_code.empty() || row.label.empty()) {
      rows_.tell(Severity::warning,
                 msg("data.crosswalk_without_code", row.label, heir.unit->full_name), "old_code",
                 heir.unit->label());
      return rows_.refuse();
    }
    if (status == "fuzzy" || status == "ambiguous")
      rows_.tell(Severity::warning,
                 status == "fuzzy"
                     ? msg("data.crosswalk_fuzzy", row.label, old_code, heir.unit->full_name)
                     : msg("data.crosswalk_ambiguous", row.label, old_code, heir.unit->full_name),
                 "status", heir.unit->label());
    Line l;
    l.preview_row = work_.preview.rows.size() - 1;
    l.row = row.row;
    l.code = with_zeros(old_code, UnitLevel::commune);
    l.name = row.label;
    l.heir = heir.unit;
    l.doubtful = status == "ambiguous";
    const auto whole = said_whole(rows_);
    l.share = rows_.share("share");
    l.whole = whole ? *whole : !(l.share && *l.share < 1);
    rows_.understood("old_code", l.code);
    rows_.understood("part", l.whole ? "whole" : "part");
    unit(i, l);
    lines_[l.code].push_back(std::move(l));
  }

  /// The former commune, its district and province.
  void unit(std::size_t i, const Line& l) {
    std::optional<UnitKey> province;
    if (const auto* today = book_.by_id(l.heir->province))
      province = UnitKey{UnitLevel::province, today->code.text, today->valid_from};
    auto former_province = province;
    const auto province_code = with_zeros(cell(i, "old_province_code"), UnitLevel::province);
    if (!province_code.empty() && changed_.contains(province_code) &&
        !cell(i, "old_province").empty()) {
      former_province =
          named({UnitLevel::province, province_code, ""}, cell(i, "old_province"), {}, i);
    }
    std::optional<UnitKey> district;
    const auto district_code = with_zeros(cell(i, "old_district_code"), UnitLevel::district);
    if (!district_code.empty() && !cell(i, "old_district").empty())
      district =
          named({UnitLevel::district, district_code, ""}, cell(i, "old_district"), province, i);
    UnitRecord u = named_unit({UnitLevel::commune, l.code, ""}, l.name, former_province);
    u.district = district;
    records_[l.code] = {std::move(u), work_.table.rows[i].row};
  }

  UnitKey named(UnitKey key, const std::string& full_name, std::optional<UnitKey> province,
                std::size_t i) {
    difference_.add(work_.records.units, named_unit(key, full_name, std::move(province)),
                    work_.table.rows[i].row);
    return key;
  }

  void refuse_all(const std::vector<Line>& lines, const geo::Message& why) {
    for (const auto& l : lines) {
      work_.preview.rows[l.preview_row].change = Change::refused;
      work_.preview.issues.push_back(
          {Severity::error, why, work_.table.file, work_.table.sheet, l.row, {}, l.label(), {}});
    }
  }

  /// A former commune that went whole into several of today cannot be. Where the file doubts some
  /// of the rows itself, the others are right; else it was split, in shares that no one has told.
  void resolve_wholes(std::vector<Line>& lines) {
    const auto wholes = [&] {
      return std::count_if(lines.begin(), lines.end(), [](const Line& l) { return l.whole; });
    };
    if (lines.size() < 2 || wholes() == 0) return;
    const auto doubted = std::stable_partition(lines.begin(), lines.end(),
                                               [](const Line& l) { return !l.doubtful; });
    if (doubted != lines.begin() && doubted != lines.end()) {
      const auto& right = lines.front();
      refuse_all({doubted, lines.end()},
                 msg("data.crosswalk_doubtful", right.name, right.code, right.heir->full_name));
      lines.erase(doubted, lines.end());
    }
    if (lines.size() < 2 || wholes() == 0) return;
    std::string heirs;
    for (auto& l : lines) {
      heirs += (heirs.empty() ? "" : ", ") + l.heir->full_name;
      l.whole = false;
    }
    warn(lines.front(),
         msg("data.crosswalk_whole_twice", lines.front().name, lines.front().code, heirs));
  }

  /// All rows of one former commune together: they stand or fall together.
  void settle(std::vector<Line>& lines) {
    const auto first = lines.front();
    std::set<std::int64_t> heirs;
    for (const auto& l : lines) {
      heirs.insert(l.heir->id);
      if (fold_name(l.name) != fold_name(first.name))
        return refuse_all(lines, msg("data.crosswalk_two_names", first.code, first.name, l.name));
    }
    if (heirs.size() < lines.size())
      return refuse_all(lines, msg("data.crosswalk_row_twice", first.name, first.code));
    resolve_wholes(lines);
    double shares = 0;
    std::size_t given = 0;
    for (const auto& l : lines) {
      given += l.share.has_value();
      shares += l.share.value_or(0);
    }
    if (shares > 1 + 1e-6)
      return refuse_all(lines, msg("data.crosswalk_shares", first.name, first.code, shares));
    if (given == lines.size() && shares < 1 - 1e-6)
      warn(first, msg("data.crosswalk_shares_short", first.name, first.code, shares));
    if (given == 0 && lines.size() == 1 && !lines.front().whole)
      warn(first, msg("data.crosswalk_rest_elsewhere", first.name, first.code));

    std::set<Link> links;
    for (const auto& l : lines) links.insert({l.heir->id, l.whole, l.share, changed_on_});
    const UnitKey key{UnitLevel::commune, first.code, ""};
    const auto unit = difference_.add(work_.records.units, records_.at(first.code).value,
                                      records_.at(first.code).row);
    const auto known = current_.find(key);
    const bool same = known != current_.end() && known->second == links;
    const auto change = known == current_.end()        ? Change::added
                        : same && unit == Change::same ? Change::same
                                                       : Change::changed;
    for (const auto& l : lines) {
      work_.preview.rows[l.preview_row].change = change;
      if (!same)
        work_.records.crosswalk.push_back(
            {{key, l.heir->id, l.whole, l.share, changed_on_}, l.row});
    }
  }

  void warn(const Line& l, geo::Message message) {
    work_.preview.issues.push_back({Severity::warning,
                                    std::move(message),
                                    work_.table.file,
                                    work_.table.sheet,
                                    l.row,
                                    {},
                                    l.label(),
                                    {}});
  }

  TableWork& work_;
  TableRows rows_;
  UnitBook book_;
  UnitDifference difference_;
  std::string changed_on_;
  std::set<std::string> changed_;  // codes of provinces that merged
  std::map<std::string, std::vector<Line>> lines_;
  std::map<std::string, FromRow<UnitRecord>> records_;
  std::map<UnitKey, std::set<Link>> current_;
  std::int64_t elsewhere_ = 0;
};

}  // namespace

std::optional<bool> said_whole(TableRows& rows) {
  const auto part = rows.word("part", part_words);
  if (!part) return {};
  return *part == "whole";
}

void read_crosswalk(TableWork& work) { CrosswalkRows(work).read(); }

}  // namespace data
