#include "data/plan_review.hpp"

#include <algorithm>
#include <map>

#include "data/gaps.hpp"

namespace data {
namespace {

/// What is known of a commune at one date of the reports.
struct State {
  std::optional<double> reached;
  geo::Date as_of;  ///< of its oldest part
  std::uint32_t parts = 0;
};

geo::Date last_day(const PlanWeekend& weekend) {
  return weekend.first + (static_cast<int>(std::max(1U, weekend.days)) - 1);
}

/// The first date at or after `day` at which the commune has reported since `day`.
std::optional<std::size_t> next_report(std::span<const geo::Date> dates,
                                       const std::vector<State>& states, geo::Date day) {
  for (std::size_t d = 0; d < dates.size(); ++d)
    if (dates[d] >= day && states[d].reached && states[d].as_of >= day) return d;
  return {};
}

/// Sessions that the commune's parts report after one date, up to another.
std::optional<double> sessions_of(const Dataset& dataset, const Commune& commune, geo::Date after,
                                  geo::Date until) {
  std::optional<double> sum;
  const auto dates = dataset.reports.dates();
  for (const Part& part : commune.parts) {
    const std::uint32_t column = dataset.reporters[part.reporter].column;
    if (column == Reporter::never_reported) continue;
    for (std::size_t d = 0; d < dates.size(); ++d) {
      if (dates[d] <= after || dates[d] > until) continue;
      if (const auto sessions = dataset.reports.number(d, Count::sessions, column))
        sum = sum.value_or(0) + part.share * static_cast<double>(*sessions);
    }
  }
  return sum;
}

/// Finds the reports around the row's weekends. `seen`: up to which date the commune's earlier rows
/// have counted.
void compare(const Dataset& dataset, const Plan& plan, std::span<const geo::Date> dates,
             const std::vector<State>& states, std::optional<geo::Date> seen, ReviewRow& row) {
  const PlanWeekend& first = plan.weekends[row.first_weekend];
  const auto to = next_report(dates, states, last_day(first));
  if (!to) return;
  row.to = dates[*to];
  std::optional<std::size_t> from;
  for (std::size_t d = 0; d < *to; ++d)
    if ((dates[d] < first.first || (seen && dates[d] <= *seen)) && states[d].reached) from = d;
  // Another number of parts: what one of them had long before would count as new.
  if (!from || states[*from].parts != states[*to].parts) return;
  row.from = states[*from].as_of;
  row.reported = *states[*to].reached - *states[*from].reached;
  row.sessions =
      sessions_of(dataset, dataset.communes[row.commune.value], dates[*from], dates[*to]);
}

}  // namespace

std::optional<double> PlanReview::quotient() const {
  return expected > 0 ? std::optional(reported / expected) : std::nullopt;
}
std::optional<double> PlanReview::per_session() const {
  return sessions > 0 ? std::optional(reported_in_sessions / sessions) : std::nullopt;
}

PlanReview review_of(const Dataset& dataset, const Plan& plan) {
  PlanReview out;
  std::map<std::uint32_t, std::map<std::uint32_t, double>> expected;  // commune, weekend
  for (const Trip& trip : plan.trips)
    if (trip.commune.value < dataset.communes.size())
      expected[trip.commune.value][trip.weekend] += trip.people;
  if (expected.empty() || !is_reported(plan.wishes.indicator)) return out;

  std::vector<geo::UnitIndex> units;
  for (const auto& [commune, weekends] : expected) units.emplace_back(commune);
  const std::vector<geo::Date>& dates = dataset.dates;
  std::vector<std::vector<State>> states(units.size(), std::vector<State>(dates.size()));
  every_date(dataset, plan.wishes.indicator, units,
             [&](std::size_t date, std::span<const Gap> gaps) {
               for (std::size_t u = 0; u < units.size(); ++u) {
                 if (!gaps[u].reached || !gaps[u].as_of) continue;
                 states[u][date] = {gaps[u].reached->value, *gaps[u].as_of, gaps[u].parts_reported};
               }
             });
  for (std::size_t u = 0; u < units.size(); ++u) {
    std::optional<geo::Date> seen;  // the last report that an earlier row has counted
    const std::size_t before = out.rows.size();
    for (const auto& [weekend, people] : expected[units[u].value]) {
      const geo::Date last = last_day(plan.weekends[weekend]);
      if (seen && *seen >= last && out.rows.size() > before) {
        out.rows.back().last_weekend = weekend;
        out.rows.back().expected += people;
        continue;
      }
      ReviewRow row;
      row.commune = units[u];
      row.first_weekend = row.last_weekend = weekend;
      row.expected = people;
      row.due = !dates.empty() && dates.back() >= last;
      compare(dataset, plan, dates, states[u], seen, row);
      if (row.to) seen = row.to;
      out.rows.push_back(row);
    }
  }
  std::stable_sort(out.rows.begin(), out.rows.end(), [](const ReviewRow& a, const ReviewRow& b) {
    if (a.first_weekend != b.first_weekend) return a.first_weekend < b.first_weekend;
    return a.expected > b.expected;
  });
  for (const ReviewRow& row : out.rows) {
    if (!row.reported) {
      ++(row.due ? out.not_reported : out.not_due);
      continue;
    }
    ++out.compared;
    out.expected += row.expected;
    out.reported += *row.reported;
    if (!row.sessions) continue;
    out.sessions += *row.sessions;
    out.reported_in_sessions += *row.reported;
  }
  return out;
}

}  // namespace data
