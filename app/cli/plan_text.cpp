#include "app/cli/plan_text.hpp"

#include <algorithm>
#include <set>

#include "app/cli/text_table.hpp"
#include "app/figures.hpp"
#include "app/plan_words.hpp"

namespace app {
std::string plan_text(const data::PlanBasis& basis, const data::PlanProblems& problems,
                      const data::Plan& plan, std::size_t weekend, Language language) {
  const data::Dataset& dataset = *basis.dataset;
  std::string out = dataset.title + " · " + indicator_name(plan.wishes.indicator, language) +
                    " · " + say(language, "view.as_of", date(language, basis.at)) + "\n";
  std::set<std::uint32_t> teams;
  double days = 0;
  for (const data::Trip& trip : plan.trips) {
    teams.insert(trip.team);
    days += trip.days;
  }
  out += say(language, "cli.plan_total", number(language, plan.total), number(language, plan.low),
             number(language, plan.high)) +
         "\n";
  out +=
      say(language, "cli.plan_force", teams.size(), number(language, days), plan.weekends.size()) +
      "\n";
  const data::Gap before = data::total(basis.gaps);
  if (before.rate && before.eligible && before.reached)
    out += say(language, "cli.plan_rate", percent(language, before.rate->value),
               percent(language, (before.reached->value + plan.total) / before.eligible->value)) +
           "\n";
  out += say(language, "cli.plan_bound", percent(language, plan.gap())) + "\n";
  out += say(language,
             plan.wishes.rule.learned ? "cli.plan_productivity_learned"
                                      : "cli.plan_productivity_published",
             number(language, plan.wishes.rule.activations_per_session, 1)) +
         "\n";
  if (plan.floors_missed > 0.5)
    out += say(language, "cli.plan_floors_missed", number(language, plan.floors_missed)) + "\n";
  if (plan.musts_missed > 0)
    out += say(language, "cli.plan_musts_missed", plan.musts_missed) + "\n";
  if (!problems.left_out.empty())
    out += say(language, "cli.plan_left_out", problems.left_out.size()) + "\n";
  for (const geo::Issue& issue : problems.issues) out += say(language, issue.message) + "\n";
  if (weekend >= plan.weekends.size()) return out;

  const data::PlanWeekend& shown = plan.weekends[weekend];
  out += "\n" + say(language, "cli.plan_weekend_head", weekend + 1, plan.weekends.size(),
                    date(language, shown.first));
  if (!shown.holiday.empty()) out += " · " + holiday_name(shown.holiday, language);
  out += "\n\n";
  TextTable table;
  table.columns = {
      {say(language, "cli.head_team")},          {say(language, "cli.head_home")},
      {say(language, "cli.head_commune")},       {say(language, "cli.head_days"), true},
      {say(language, "cli.head_km"), true},      {say(language, "cli.head_kit")},
      {say(language, "cli.head_expected"), true}};
  double people = 0, day_sum = 0;
  for (const data::Trip& trip : plan.trips) {
    if (trip.weekend != weekend) continue;
    const data::Team& team = dataset.teams[trip.team];
    const std::string& to = dataset.communes[trip.commune.value].full_name;
    table.rows.push_back({std::string(team.id), dataset.communes[team.home.value].full_name,
                          trip.phone ? say(language, "cli.plan_by_phone", to) : to,
                          std::to_string(trip.days),
                          trip.phone ? "–" : number(language, double(trip.leg.km)),
                          pack_name(trip.pack, language), "+" + number(language, trip.people)});
    people += trip.people;
    day_sum += trip.days;
  }
  table.rows.push_back({say(language, "cli.plan_sum"), "", "", number(language, day_sum), "", "",
                        "+" + number(language, people)});
  table.last_is_total = true;
  return out + to_text(table);
}

}  // namespace app
