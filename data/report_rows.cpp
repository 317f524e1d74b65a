// Weekly reports: rows of communes with cumulative counts, under headings of districts, over a
// total.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "data/names.hpp"
#include "data/report_counts.hpp"
#include "data/table_rows.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Severity;
using geo::UnitLevel;

using Counts = std::array<std::optional<std::int64_t>, report_counts>;

/// What the number columns add up to, and how many cells had no number.
struct Sum {
  std::array<std::int64_t, report_counts> value{}, missing{};
  void add(const Counts& counts) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i]) {
        value[i] += *counts[i];
      } else {
        ++missing[i];
      }
    }
  }
};

/// Digits after the last separator: how finely a rate is written.
int decimals(std::string_view text) {
  const auto at = text.find_last_of(".,");
  if (at == std::string_view::npos) return 0;
  int n = 0;
  for (auto i = at + 1; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) ++n;
  return n;
}

class ReportRows {
 public:
  explicit ReportRows(TableWork& work)
      : work_(work),
        rows_(work.table, work.reading, ImportKind::reports, work.preview),
        book_(known_units(work.workspace.database())) {
    auto row = work.workspace.database().prepare(
        "SELECT unit_id, date, eligible, installed, activated_l1, activated_l2, sessions, reached,"
        " cleared FROM report ORDER BY source_id");
    while (row.step()) {
      auto& current = current_[{row.integer(0), row.text(1)}];
      for (std::size_t i = 0; i < current.size(); ++i) {
        if (const auto n = row.maybe_integer(static_cast<int>(i) + 2)) current[i] = n;
        if ((row.integer(8) >> i & 1) != 0) current[i].reset();  // taken back since
      }
    }
  }

  void read() {
    const auto& table = work_.table;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      if (i % 256 == 0)
        work_.progress.at(static_cast<double>(i) / static_cast<double>(table.rows.size()),
                          msg("data.doing_compare"));
      rows_.begin(i);
      const auto role = role_of(table, work_.reading, ImportKind::reports, i);
      rows_.row().role = role;
      switch (role) {
        case RowRole::group:
          group(i);
          break;
        case RowRole::total:
          total(i);
          break;
        case RowRole::data:
          data(i);
          break;
        case RowRole::note:
        case RowRole::title:
        case RowRole::heading:
          rows_.row().label = quotable(first_words(table.rows[i]));
          break;
        case RowRole::blank:
          break;
      }
    }
    close_group();
    rows_.finish();
    if (undated_ > 0)
      work_.preview.issues.push_back({Severity::error,
                                      msg("data.report_without_date", undated_),
                                      table.file,
                                      table.sheet,
                                      {},
                                      {},
                                      {},
                                      {}});
    if (other_time_ > 0)
      work_.preview.issues.push_back({Severity::warning,
                                      msg("data.units_of_today_used", other_time_),
                                      table.file,
                                      table.sheet,
                                      {},
                                      {},
                                      {},
                                      {}});
    tell_units_without_row(work_, book_, with_row_, any_date_);
  }

 private:
  Counts counts(bool tell) {
    Counts out;
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = rows_.count(count_fields[i], tell && i < 4);
    return out;
  }

  /// The day whose units are meant: the row's, the file's; empty when units of that time are
  /// unknown.
  std::optional<geo::Date> day_for_units(geo::Date day) {
    const auto [found, is_new] = known_days_.emplace(day, false);
    if (is_new) found->second = book_.knows(UnitLevel::commune, day);
    if (!found->second) return {};
    return day;
  }

  void group(std::size_t i) {
    close_group();
    auto& row = rows_.row();
    const auto& name = rows_.raw("name");
    const auto& words = name.empty() ? first_words(work_.table.rows[i]) : name;
    row.label = quotable(words);
    district_ = 0;
    const auto kind = split_kind(words).kind;
    UnitQuery query;
    query.level = kind == "tỉnh" ? UnitLevel::province : UnitLevel::district;
    query.name = words;
    query.at = work_.preview.date;
    if (!book_.knows(query.level, query.at)) query.at.reset();
    const auto m = rows_.match(book_, query, "name");
    row.match = m.how;
    if (m.unit != nullptr) {
      row.unit_code = m.unit->code.text;
      row.unit_name = m.unit->full_name;
    }
    if (m.applied()) district_ = m.unit->id;
    group_.emplace();
    group_->counts = counts(false);
    group_->row = row.row;
    group_->label = row.label;
  }

  /// A heading may carry the district's own total.
  void close_group() {
    if (!group_) return;
    compare(group_->counts, group_->sum, group_->row, group_->label);
    group_.reset();
  }

  void compare(const Counts& said, const Sum& sum, std::int64_t row, const std::string& label) {
    for (std::size_t i = 0; i < said.size(); ++i) {
      if (!said[i] || *said[i] == sum.value[i]) continue;
      const auto& field = *std::find_if(work_.reading.fields.begin(), work_.reading.fields.end(),
                                        [&](const auto& f) { return f.field == count_fields[i]; });
      geo::Issue issue{
          Severity::warning,
          sum.missing[i] > 0
              ? msg("data.total_differs_missing", *said[i], sum.value[i], *said[i] - sum.value[i],
                    sum.missing[i])
              : msg("data.total_differs", *said[i], sum.value[i], *said[i] - sum.value[i]),
          work_.table.file,
          work_.table.sheet,
          row,
          column_letter(*field.column) + " " + field.heading,
          label,
          {}};
      work_.preview.issues.push_back(std::move(issue));
    }
  }

  void total(std::size_t i) {
    auto& row = rows_.row();
    row.label = quotable(first_words(work_.table.rows[i]));
    const auto said = counts(false);
    // Under a group, "Cộng" is the group's if its numbers are; else the whole table's.
    bool groups = group_.has_value();
    for (std::size_t k = 0; groups && k < said.size(); ++k)
      groups = !said[k] || *said[k] == group_->sum.value[k];
    if (groups) return;
    close_group();
    compare(said, all_, row.row, row.label);
  }

  void data(std::size_t i) {
    const auto& code = rows_.raw("code");
    const auto& name = rows_.raw("name");
    rows_.row().label = quotable(name.empty() ? code : name);
    auto date = rows_.date("date");
    if (!date && rows_.raw("date").empty()) date = work_.preview.date;
    const auto counted = counts(true);
    all_.add(counted);
    if (group_) group_->sum.add(counted);
    if (code.empty() && name.empty()) {
      rows_.tell(Severity::error, msg("data.row_without_unit"));
      return rows_.refuse();
    }
    if (!date) {
      ++undated_;
      return rows_.refuse();
    }
    any_date_ = any_date_ ? std::min(*any_date_, *date) : *date;
    const auto m = match(code, name, *date);
    auto& row = rows_.row();
    row.match = m.how;
    if (m.unit != nullptr) {
      row.unit_code = m.unit->code.text;
      row.unit_name = m.unit->full_name;
    }
    if (!m.applied()) return rows_.refuse();
    with_row_.insert(m.unit->id);
    check(counted, *m.unit);
    keep(i, *m.unit, *date, counted);
  }

  UnitMatch match(const std::string& code, const std::string& name, geo::Date date) {
    UnitQuery query;
    query.code = code;
    query.name = name;
    query.at = day_for_units(date);
    other_time_ += !query.at;
    const auto& district = rows_.raw("district");
    if (!district.empty()) {
      UnitQuery d;
      d.level = UnitLevel::district;
      d.name = district;
      const auto m = book_.match(d);
      if (m.applied()) query.within = m.unit->id;
    } else {
      query.within = district_;
    }
    return rows_.match(book_, query, name.empty() ? "code" : "name");
  }

  void check(const Counts& c, const KnownUnit& unit) {
    const auto& [eligible, installed, l1, l2, sessions, reached] = c;
    if (eligible && l2 && *l2 > *eligible)
      rows_.tell(Severity::warning, msg("data.more_activated_than_people", *l2, *eligible),
                 "activated_l2", unit.label());
    if (l1 && l2 && *l2 > *l1)
      rows_.tell(Severity::warning, msg("data.more_level2_than_level1", *l2, *l1), "activated_l2",
                 unit.label());
    if (rows_.raw("rate").empty()) return;
    const auto& text = rows_.raw("rate");
    const auto rate = rows_.share("rate");
    if (!rate) return;
    if (!l2) {
      rows_.tell(Severity::info, msg("data.rate_without_number", quotable(text)), "rate",
                 unit.label());
    } else if (eligible && *eligible > 0) {
      const double own = static_cast<double>(*l2) / static_cast<double>(*eligible);
      const double step = std::pow(10.0, -decimals(text)) / (rows_.in_hundredths("rate") ? 100 : 1);
      if (std::abs(own - *rate) > 0.5 * step + 1e-9)
        rows_.tell(Severity::warning,
                   msg("data.rate_differs", quotable(text), std::round(own * 1e4) / 100), "rate",
                   unit.label());
    }
  }

  void keep(std::size_t i, const KnownUnit& unit, geo::Date date, const Counts& counted) {
    auto& row = rows_.row();
    const auto key = std::pair(unit.id, geo::iso(date));
    const auto [seen, is_new] = seen_.emplace(key, i);
    if (!is_new) {
      rows_.tell(Severity::error,
                 msg("data.unit_twice", unit.full_name, work_.table.rows[seen->second].row), {},
                 unit.label());
      return rows_.refuse();
    }
    if (std::none_of(counted.begin(), counted.end(), [](const auto& n) { return n.has_value(); }))
      return;  // a row that reports nothing adds nothing
    const auto current = current_.find(key);
    bool same = current != current_.end();
    for (std::size_t k = 0; same && k < counted.size(); ++k)
      same = !counted[k] || counted[k] == current->second[k];
    row.change = same ? Change::same : current == current_.end() ? Change::added : Change::changed;
    if (!same) work_.records.reports.push_back({{unit.id, key.second, counted}, row.row});
  }

  struct Group {
    Counts counts;
    Sum sum;
    std::int64_t row = 0;
    std::string label;
  };

  TableWork& work_;
  TableRows rows_;
  UnitBook book_;
  std::map<std::pair<std::int64_t, std::string>, Counts> current_;
  std::map<std::pair<std::int64_t, std::string>, std::size_t> seen_;
  std::set<std::int64_t> with_row_;
  std::map<geo::Date, bool> known_days_;
  std::optional<geo::Date> any_date_;
  std::optional<Group> group_;
  Sum all_;
  std::int64_t district_ = 0, undated_ = 0, other_time_ = 0;
};

}  // namespace

void read_reports(TableWork& work) { ReportRows(work).read(); }

}  // namespace data
