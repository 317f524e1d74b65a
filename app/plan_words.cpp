#include "app/plan_words.hpp"

#include <chrono>
#include <cmath>
#include <set>

#include "app/reasons.hpp"

namespace app {

std::string holiday_name(std::string_view id, Language language) {
  if (id == "new_year") return say(language, "app.holiday_new_year");
  if (id == "tet") return say(language, "app.holiday_tet");
  if (id == "hung_kings") return say(language, "app.holiday_hung_kings");
  if (id == "reunification") return say(language, "app.holiday_reunification");
  if (id == "labour_day") return say(language, "app.holiday_labour_day");
  if (id == "national_day") return say(language, "app.holiday_national_day");
  return {};
}
namespace {

std::string teams_text(std::size_t count, Language language) {
  return count == 1 ? say(language, "app.handover_one_team")
                    : say(language, "app.handover_many_teams", count);
}

}  // namespace

std::string pack_name(data::Pack pack, Language language) {
  switch (pack) {
    case data::Pack::generator:
      return say(language, "app.pack_generator");
    case data::Pack::router:
      return say(language, "app.pack_router");
    case data::Pack::both:
      return say(language, "app.pack_both");
    case data::Pack::nothing:
      break;
  }
  return "–";
}

std::string level_name(geo::UnitLevel level, Language language) {
  switch (level) {
    case geo::UnitLevel::country:
      return say(language, "app.level_country");
    case geo::UnitLevel::province:
      return say(language, "app.level_province");
    case geo::UnitLevel::district:
      return say(language, "app.level_district");
    case geo::UnitLevel::commune:
      break;
  }
  return say(language, "app.level_commune");
}

std::string days_text(geo::Date first, std::uint32_t days, Language language) {
  const std::string begin = date(language, first);
  if (days <= 1) return begin;
  const geo::Date last = first + static_cast<int>(days - 1);
  const std::chrono::year_month_day a{first.day}, b{last.day};
  const std::string end = date(language, last);
  if (a.year() != b.year()) return begin + " – " + end;
  const auto day = std::to_string(static_cast<unsigned>(a.day()));
  if (a.month() == b.month()) return day + " – " + end;
  // "30/9 – 1/10/2023", "30 Sep – 1 Oct 2023": without the year and the sign before it.
  const auto year = std::to_string(static_cast<int>(a.year()));
  std::string shorter = begin.substr(0, begin.size() - year.size());
  shorter.resize(shorter.size() - (language == Language::vietnamese ? 1 : 2));
  return shorter + " – " + end;
}

std::string campaign_text(const data::Plan& plan, Language language) {
  if (plan.weekends.empty()) return {};
  const data::PlanWeekend &first = plan.weekends.front(), &last = plan.weekends.back();
  const int days = last.first - first.first + static_cast<int>(last.days);
  return days_text(first.first, static_cast<std::uint32_t>(days), language);
}

std::string weekend_name(const data::Plan& plan, std::size_t weekend, Language language) {
  const data::PlanWeekend& w = plan.weekends[weekend];
  return say(language, "app.handover_weekend_of", weekend + 1,
             days_text(w.first, w.days, language));
}

std::string district_name(const data::Dataset& dataset, geo::UnitIndex commune) {
  if (!commune.valid()) return "–";
  const std::int32_t district = dataset.communes[commune.value].district;
  return district < 0 ? "–" : dataset.districts[static_cast<std::size_t>(district)].name;
}

std::string team_name(const data::Dataset& dataset, const data::Team& team, Language language) {
  if (!team.name.empty()) return std::string(team.name);
  if (!team.id.empty()) return std::string(team.id);
  return say(language, "app.handover_team_of",
             team.home.valid() ? dataset.communes[team.home.value].full_name : "–");
}

std::string goer_name(const data::Dataset& dataset, Goer goer, Language language) {
  const std::string name = team_name(dataset, dataset.teams[goer.team], language);
  return goer.copy == 0 ? name : say(language, "app.handover_team_added", name, goer.copy);
}

std::string vehicle_name(std::string_view word, Language language) {
  // Only the words that imports know: what else somebody has written says more than "motorbike".
  const data::Vehicle vehicle = data::vehicle_of(word);
  if (vehicle == data::Vehicle::car) return say(language, "app.vehicle_car");
  if (vehicle == data::Vehicle::foot) return say(language, "app.vehicle_foot");
  if (word == "motorbike" || word == "motorcycle" || word == "xe máy")
    return say(language, "app.vehicle_motorbike");
  return std::string(word);
}

std::string gap_text(double gap, Language language) {
  return percent(language, std::ceil(gap * 1000 - 1e-9) / 1000);
}

std::string bound_text(const data::Plan& plan, Language language) {
  const double gap = plan.gap();
  if (!std::isfinite(gap)) return say(language, "app.handover_no_bound");
  return say(language, "app.handover_within", gap_text(gap, language));
}

std::string plan_headline(const data::PlanBasis& basis, const data::Plan& plan, Language language) {
  const auto people = [&](double count) { return number(language, count); };
  const std::size_t count = plan.weekends.size();
  const std::string weekends = count == 1 ? say(language, "app.handover_one_weekend")
                                          : say(language, "app.handover_many_weekends", count);
  if (plan.trips.empty()) return say(language, "app.handover_headline_none", weekends);
  std::set<Goer> teams;
  std::set<std::uint32_t> communes;
  for (const data::Trip& trip : plan.trips) {
    teams.insert(goer_of(trip));
    communes.insert(trip.commune.value);
  }
  std::string out =
      say(language, "app.handover_headline", weekends, teams_text(teams.size(), language),
          communes_text(communes.size(), language), people(plan.total), people(plan.low),
          people(plan.high));
  const data::Gap before = data::total(basis.gaps);
  if (before.eligible && before.reached && before.eligible->value > 0) {
    const double all = before.eligible->value;
    out += ' ' + say(language, "app.handover_headline_rate",
                     percent(language, before.reached->value / all),
                     percent(language, (before.reached->value + plan.total) / all));
  }
  return out;
}

}  // namespace app
