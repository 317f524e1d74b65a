#include "data/plan_issues.hpp"

#include <algorithm>
#include <set>

namespace data {

using geo::msg;

bool level_asked(const PlanWishes& wishes, const Team& team) {
  switch (team.level) {
    case geo::UnitLevel::province:
    case geo::UnitLevel::country:
      return wishes.provincial;
    case geo::UnitLevel::district:
      return wishes.district;
    case geo::UnitLevel::commune:
      return wishes.commune;
  }
  return false;
}

bool takes_part(const PlanWishes& wishes, const Team& team) {
  return level_asked(wishes, team) &&
         std::find(wishes.absent.begin(), wishes.absent.end(), team.id) == wishes.absent.end();
}

namespace {

std::uint32_t commune_with(const Dataset& dataset, const geo::UnitCode& code) {
  const auto it = std::lower_bound(
      dataset.communes.begin(), dataset.communes.end(), code,
      [](const Commune& commune, const geo::UnitCode& wanted) { return commune.code < wanted; });
  return it != dataset.communes.end() && it->code == code
             ? static_cast<std::uint32_t>(it - dataset.communes.begin())
             : no_index;
}

/// Why a pair of a team and a commune that exist became no part of a problem.
geo::Message why_no_must(const PlanBasis& basis, const PlanWishes& wishes,
                         const PlanProblems& problems, const PlanPair& pair, const Named& named) {
  const Dataset& dataset = *basis.dataset;
  const Team& team = dataset.teams[named.team];
  const std::string name(team.name);
  const std::string& commune = dataset.communes[named.commune].full_name;
  if (!takes_part(wishes, team)) return msg("data.plan_pair_stays_home", name, commune);
  if (std::binary_search(problems.left_out.begin(), problems.left_out.end(), named.team))
    return msg("data.plan_pair_no_home", name, commune);
  if (pair.weekend && *pair.weekend >= wishes.weekends)
    return msg("data.plan_pair_weekend", name, commune, std::uint64_t{*pair.weekend} + 1,
               wishes.weekends);
  if (dataset.communes[team.home.value].province != dataset.communes[named.commune].province)
    return msg("data.plan_pair_province", name, commune);
  for (const PlanPart& part : problems.parts)
    for (const PlanPart::Spot& spot : part.spots)
      if (spot.commune.value == named.commune && !spot.phone && !spot.holiday)
        return msg("data.plan_pair_out_of_reach", name, commune);
  return msg("data.plan_pair_nobody_short", name, commune);
}

}  // namespace

Named named_by(const Dataset& dataset, const PlanPair& pair) {
  Named named;
  for (std::uint32_t t = 0; t < dataset.teams.size(); ++t)
    if (dataset.teams[t].id == pair.team) named.team = t;
  named.commune = commune_with(dataset, pair.commune);
  return named;
}

geo::Issues plan_issues(const PlanBasis& basis, const PlanWishes& wishes,
                        const PlanProblems& problems) {
  const Dataset& dataset = *basis.dataset;
  geo::Issues out;
  const auto add = [&](geo::Message message) {
    geo::Issue issue;
    issue.message = std::move(message);
    out.push_back(std::move(issue));
  };
  std::set<std::string_view> teams;
  for (const Team& team : dataset.teams) teams.insert(team.id);
  for (const std::string& team : wishes.absent)
    if (!teams.contains(team)) add(msg("data.plan_absent_nobody", team));
  for (const PlanExtra& extra : wishes.extra)
    if (!teams.contains(extra.team)) add(msg("data.plan_extra_nobody", extra.team));
  for (const PlanEmphasis& emphasis : wishes.emphasis)
    if (commune_with(dataset, emphasis.commune) == no_index)
      add(msg("data.plan_emphasis_nobody", emphasis.commune.text));
  std::set<std::size_t> placed;
  for (const PlanPart& part : problems.parts)
    placed.insert(part.must_pair.begin(), part.must_pair.end());
  for (std::size_t i = 0; i < wishes.pairs.size(); ++i) {
    const PlanPair& pair = wishes.pairs[i];
    const Named named = named_by(dataset, pair);
    if (named.team == no_index || named.commune == no_index)
      add(msg("data.plan_pair_of_nobody", pair.team, pair.commune.text));
    else if (pair.days > 0 && !placed.contains(i))
      add(why_no_must(basis, wishes, problems, pair, named));
  }
  // Sessions are counted, and their productivity published, for accounts of level 2 alone.
  if (wishes.indicator != Indicator::activation_l2 && wishes.indicator != Indicator::activation_l1)
    add(msg("data.plan_other_indicator"));
  return out;
}

}  // namespace data
