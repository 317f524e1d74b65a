#include "data/plan_to_come.hpp"

#include <algorithm>

#include <map>

#include "data/plan_store.hpp"

namespace data {

bool is_coming(const PlanWeekend& weekend, geo::Date at) {
  return weekend.first + (static_cast<int>(weekend.days) - 1) > at;
}

std::optional<ToCome> to_come(const Dataset& dataset, const KeptPlan& plan, geo::Date at) {
  if (!plan.result) return std::nullopt;
  std::map<std::string_view, std::size_t> by_code;
  for (std::size_t c = 0; c < dataset.communes.size(); ++c)
    by_code.emplace(dataset.communes[c].code.text, c);
  ToCome out;
  out.communes.resize(dataset.communes.size());
  const auto commune = [&](const geo::UnitCode& code) -> ToCome::Commune* {
    const auto found = by_code.find(code.text);
    return found == by_code.end() ? nullptr : &out.communes[found->second];
  };
  const std::vector<PlanWeekend> weekends = weekends_of(plan.wishes);
  if (!plan.result->trips) {
    if (weekends.empty() || !is_coming(weekends.front(), at)) return std::nullopt;
    for (const PlanResult::Commune& c : plan.result->communes) {
      ToCome::Commune* to = commune(c.code);
      if (to == nullptr) return std::nullopt;
      to->planned = true;
      to->people += c.people;
      to->team_days += c.team_days;
    }
    return out;
  }
  for (const PlanResult::Sent& trip : *plan.result->trips) {
    ToCome::Commune* to = commune(trip.commune);
    if (to == nullptr || trip.weekend >= weekends.size()) return std::nullopt;
    if (!is_coming(weekends[trip.weekend], at)) continue;
    to->planned = true;
    to->people += trip.people;
    to->teams.emplace(trip.team, trip.copy);
    if (!trip.phone) to->team_days += trip.days;
  }
  return out;
}

const KeptPlan* coming_plan(std::span<const KeptPlan> plans, Indicator indicator, geo::Date at) {
  for (const KeptPlan& plan : plans) {
    if (!plan.result || plan.wishes.indicator != indicator) continue;
    const std::vector<PlanWeekend> weekends = weekends_of(plan.wishes);
    if (std::any_of(weekends.begin(), weekends.end(),
                    [at](const PlanWeekend& weekend) { return is_coming(weekend, at); }))
      return &plan;
  }
  return nullptr;
}

}  // namespace data
