#include "app/plan_reasons.hpp"

#include <algorithm>
#include <cmath>

#include "app/plan_words.hpp"

namespace app {
std::vector<std::string> why_not_text(const data::WhyNot& why, const data::Dataset& dataset,
                                      Language l) {
  using Reason = data::WhyNot::Reason;
  std::vector<std::string> out;
  switch (why.reason) {
    case Reason::chosen:
      return {say(l, "plan.why_chosen")};
    case Reason::no_numbers:
      return {say(l, "plan.why_no_numbers")};
    case Reason::no_shortfall:
      return {say(l, "plan.why_no_shortfall")};
    case Reason::only_away:
      return {say(l, "plan.why_only_away")};
    case Reason::no_teams:
      return {say(l, "plan.why_no_teams")};
    case Reason::out_of_reach:
      out.push_back(say(l, "plan.why_out_of_reach"));
      break;
    case Reason::forbidden:
      out.push_back(say(l, "plan.why_forbidden"));
      break;
    case Reason::not_worth_it:
      out.push_back(say(l, "plan.why_not_worth_it"));
      break;
    case Reason::close_call:
      out.push_back(say(l, "plan.why_close_call"));
      break;
    case Reason::outbid:
      out.push_back(say(l, "plan.why_outbid"));
      break;
  }
  if (why.most_km) out.push_back(say(l, "plan.why_most_km", number(l, std::ceil(*why.most_km))));
  if (why.teams && why.like < dataset.teams.size()) {
    const data::Team& team = dataset.teams[why.like];
    out.push_back(say(l, "plan.why_teams", *why.teams, team_name(dataset, team, l)));
  }
  if (why.generators) out.push_back(say(l, "plan.why_generators", *why.generators));
  if (why.routers) out.push_back(say(l, "plan.why_routers", *why.routers));
  if (why.barriers) out.push_back(say(l, "plan.why_barriers", number(l, *why.barriers, 2)));
  if (why.distance) out.push_back(say(l, "plan.why_distance", number(l, *why.distance, 2)));
  if (why.emphasis) out.push_back(say(l, "plan.why_weight", number(l, *why.emphasis, 2)));
  if (why.fixed_here && why.fixed_over_all) {
    const double all = *why.fixed_over_all;
    const std::string sign = all < 0 ? "−" : "+";
    out.push_back(
        say(l, "plan.why_fixed", number(l, *why.fixed_here), sign + number(l, std::abs(all)),
            why.like < dataset.teams.size() ? team_name(dataset, dataset.teams[why.like], l) : ""));
  }
  if (out.size() == 1 && why.reason != Reason::close_call)
    out.push_back(say(l, "plan.why_nothing_found"));
  if (why.place > 0) out.push_back(say(l, "plan.why_place", why.place));
  return out;
}

std::string use_name(data::PlanUse::What what, Language l) {
  using What = data::PlanUse::What;
  switch (what) {
    case What::generators:
      return say(l, "plan.use_generators");
    case What::routers:
      return say(l, "plan.use_routers");
    case What::provincial:
      return say(l, "plan.use_provincial");
    case What::district:
      return say(l, "plan.use_district");
    case What::commune:
      return say(l, "plan.use_commune");
    case What::way:
      return say(l, "plan.use_way");
    case What::a_weekend:
      return say(l, "plan.use_a_weekend");
    case What::in_all:
      break;
  }
  return say(l, "plan.use_in_all");
}

std::string use_detail(const data::PlanUse& use, Language l) {
  using What = data::PlanUse::What;
  const std::string used = number(l, use.used), limit = number(l, use.limit);
  std::string out = use.what == What::way ? say(l, "plan.used_km", used, limit)
                    : use.what == What::generators || use.what == What::routers
                        ? say(l, "plan.used_kit", used, limit)
                        : say(l, "plan.used_days", used, limit);
  if (!use.one_more) return out;
  const std::string more = number(l, *use.one_more);
  switch (use.what) {
    case What::generators:
    case What::routers:
      return out + "\n" + say(l, "plan.one_more_kit", more);
    case What::way:
      return out + "\n" + say(l, "plan.one_more_km", more);
    case What::provincial:
    case What::district:
    case What::commune:
      return out + "\n" + say(l, "plan.one_more_team", more);
    case What::a_weekend:
    case What::in_all:
      break;
  }
  return out + "\n" + say(l, "plan.one_more_day", more);
}

std::string conflict_text(const data::PlanConflict& c, const data::Dataset& dataset,
                          const data::PlanWishes& wishes, Language l) {
  using Kind = data::PlanConflict::Kind;
  const std::string asked = number(l, c.asked), possible = number(l, c.possible);
  std::string team, commune;
  if (c.pair < wishes.pairs.size()) {
    const data::PlanPair& pair = wishes.pairs[c.pair];
    team = pair.team;
    commune = pair.commune.text;
    for (const data::Team& t : dataset.teams)
      if (t.id == pair.team) team = team_name(dataset, t, l);
    for (const data::Commune& one : dataset.communes)
      if (one.code == pair.commune) commune = one.name;
  }
  switch (c.kind) {
    case Kind::floor:
      return say(
          l, "plan.conflict_floor",
          c.district >= 0 ? dataset.districts[static_cast<std::size_t>(c.district)].name : "–",
          asked, possible);
    case Kind::must:
      return say(l, "plan.conflict_must", team, commune, asked, possible);
    case Kind::fairness:
      return say(l, "plan.conflict_fairness", number(l, c.asked, 2), number(l, c.possible, 2));
    case Kind::day_hours:
      return say(l, "plan.conflict_day_hours", number(l, c.asked, 1), number(l, c.possible, 1));
    case Kind::stays_home:
      return say(l, "plan.conflict_stays_home", team);
    case Kind::way:
      return say(l, "plan.conflict_way", asked, possible);
    case Kind::forbidden:
      return say(l, "plan.conflict_forbidden", team, commune);
    case Kind::a_weekend:
      return say(l, "plan.conflict_a_weekend", asked, possible);
    case Kind::in_all:
      return say(l, "plan.conflict_in_all", asked, possible);
    case Kind::generators:
      return say(l, "plan.conflict_generators", asked, possible);
    case Kind::routers:
      break;
  }
  return say(l, "plan.conflict_routers", asked, possible);
}

}  // namespace app
