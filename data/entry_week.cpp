#include "data/entry_week.hpp"

#include <algorithm>
#include <unordered_map>

#include "data/authority.hpp"
#include "data/matching.hpp"
#include "data/target_choice.hpp"

namespace data {
namespace {

/// τ by the unit's place among the units of the dataset.
class Targets {
 public:
  Targets(const Dataset& dataset, geo::Date date)
      : dataset_(dataset), choice_(dataset, Indicator::activation_l2, date), sums_(dataset) {
    for (std::size_t i = 0; i < dataset.reporters.size(); ++i) {
      const Reporter& reporter = dataset.reporters[i];
      (reporter.former ? former_ : today_)[reporter.code.text] = static_cast<std::int32_t>(i);
    }
    for (std::size_t i = 0; i < dataset.communes.size(); ++i)
      communes_[dataset.communes[i].code.text] = static_cast<std::int32_t>(i);
  }
  std::optional<double> of(const std::string& code, bool former) const {
    Place place;
    const auto& reporters = former ? former_ : today_;
    if (const auto at = reporters.find(code); at != reporters.end()) {
      place.reporter = at->second;
      place.district = dataset_.reporters[static_cast<std::size_t>(at->second)].district;
    }
    if (const auto at = communes_.find(code); !former && at != communes_.end()) {
      const Commune& commune = dataset_.communes[static_cast<std::size_t>(at->second)];
      place.commune = at->second;
      place.district = commune.district;
      place.province = commune.province;
    }
    if (place.province < 0 && place.district >= 0)
      place.province = dataset_.districts[static_cast<std::size_t>(place.district)].province;
    return choice_.share(place, sums_);
  }

 private:
  const Dataset& dataset_;
  TargetChoice choice_;
  ScopeSums sums_;
  std::unordered_map<std::string, std::int32_t> former_, today_, communes_;
};

void add_counts(const Reports& reports, std::uint32_t column, geo::Date date, WeekRow& row) {
  const std::size_t before = reports.until(date + -1), until = reports.until(date);
  for (std::size_t c = 0; c < report_counts; ++c) {
    if (until > before) row.now[c] = reports.number(before, all_counts[c], column);
    if (const auto at = reports.latest(all_counts[c], column, before))
      row.last[c] = reports.number(*at, all_counts[c], column);
  }
  for (std::size_t d = before; d-- > 0 && !row.last_at;)
    if (reports.has(d, column)) row.last_at = reports.dates()[d];
}

}  // namespace

Week week_of(Workspace& workspace, const Dataset& dataset, geo::Date date) {
  Database& database = workspace.database();
  const OneMoment moment(database);
  Week week;
  week.date = date;
  week.author = author_unit(workspace);
  week.author_name = unit_name(workspace, week.author);
  Authority authority(database);
  const auto author = authority.id_of(week.author);
  const bool all = week.author.level == geo::UnitLevel::country;
  std::unordered_map<std::int64_t, std::uint32_t> columns;
  for (std::size_t i = 0; i < dataset.reports.units().size(); ++i)
    columns[dataset.reports.units()[i]] = static_cast<std::uint32_t>(i);
  const Targets targets(dataset, date);
  const std::vector<KnownUnit> units = known_units(database);
  std::unordered_map<std::int64_t, const KnownUnit*> by_id;
  for (const KnownUnit& unit : units) by_id[unit.id] = &unit;
  for (const KnownUnit& unit : units) {
    if (unit.level != geo::UnitLevel::commune || !unit.valid_at(date)) continue;
    if (!all && !(author && listed_under(unit, week.author, *author, authority))) continue;
    WeekRow row;
    row.unit = {unit.level, unit.code.text, unit.valid_from};
    row.name = unit.full_name.empty() ? unit.code.text : unit.full_name;
    if (const auto at = by_id.find(unit.district); at != by_id.end())
      row.district = at->second->full_name;
    if (const auto at = columns.find(unit.id); at != columns.end())
      add_counts(dataset.reports, at->second, date, row);
    row.target = targets.of(unit.code.text, !unit.today());
    week.rows.push_back(std::move(row));
  }
  std::sort(week.rows.begin(), week.rows.end(),
            [](const WeekRow& a, const WeekRow& b) { return a.unit.code < b.unit.code; });
  return week;
}

std::vector<geo::Date> weeks_of(const Dataset& dataset, geo::Date today) {
  std::vector<geo::Date> out(dataset.dates.rbegin(), dataset.dates.rend());
  // Reports end on Sundays, where nothing says otherwise.
  const unsigned weekday = std::chrono::weekday(today.day).c_encoding();
  geo::Date newest = today + -static_cast<int>(weekday);
  if (!out.empty()) {
    const int since = today - out.front();
    const geo::Date next = out.front() + 7, latest = out.front() + (since > 0 ? since / 7 * 7 : 0);
    if (next < latest) out.insert(out.begin(), next);
    newest = std::max(next, latest);
  }
  if (out.empty() || out.front() < newest) out.insert(out.begin(), newest);
  return out;
}

}  // namespace data
