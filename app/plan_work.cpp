#include "app/plan_work.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "app/plan_export.hpp"
#include "app/plan_picture.hpp"
#include "app/plan_words.hpp"
#include "app/solver_program.hpp"
#include "data/plan_exact.hpp"
#include "data/prepared_land.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

using geo::msg;

PlanRow row_of(const data::Trip& trip, geo::UnitIndex home) {
  PlanRow row;
  row.home = home;
  row.commune = trip.commune;
  row.phone = trip.phone;
  row.km = trip.leg.km;
  row.hours = trip.leg.hours;
  return row;
}

/// Trips from one home to one commune together, most people first.
std::vector<PlanRow> rows_of(const data::PlanBasis& basis, const data::Plan& plan,
                             std::optional<std::size_t> weekend) {
  std::map<std::tuple<std::uint32_t, std::uint32_t, bool>, PlanRow> by_way;
  std::map<std::tuple<std::uint32_t, std::uint32_t, bool>, std::set<Goer>> teams;
  for (std::size_t i = 0; i < plan.trips.size(); ++i) {
    const data::Trip& trip = plan.trips[i];
    if (weekend && trip.weekend != *weekend) continue;
    const geo::UnitIndex home = basis.dataset->teams[trip.team].home;
    const std::tuple key(home.value, trip.commune.value, trip.phone);
    PlanRow& row = by_way.emplace(key, row_of(trip, home)).first->second;
    row.team_days += trip.days;
    row.people += trip.people;
    row.generators += data::has_generator(static_cast<std::size_t>(trip.pack)) ? 1U : 0U;
    row.routers += data::has_router(static_cast<std::size_t>(trip.pack)) ? 1U : 0U;
    row.trips.push_back(static_cast<std::uint32_t>(i));
    teams[key].insert(goer_of(trip));
  }
  std::vector<PlanRow> rows;
  for (auto& [key, row] : by_way) {
    row.teams = static_cast<std::uint32_t>(teams[key].size());
    rows.push_back(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const PlanRow& a, const PlanRow& b) { return a.people > b.people; });
  return rows;
}

PlanForces forces_of(const data::Dataset& dataset, const data::PlanWishes& wishes) {
  PlanForces out;
  for (const geo::UnitLevel level :
       {geo::UnitLevel::province, geo::UnitLevel::district, geo::UnitLevel::commune}) {
    PlanForce force{level, 0, 0, 0};
    for (const data::Team& team : dataset.teams) {
      if (team.level != level) continue;
      ++force.of;
      if (!data::takes_part(wishes, team)) continue;
      std::size_t like_it = 1;
      for (const data::PlanExtra& extra : wishes.extra)
        if (extra.team == team.id) like_it += extra.teams;
      force.teams += like_it;
      force.people += team.members * static_cast<std::int64_t>(like_it);
      out.generators += team.generator ? 1U : 0U;
      out.routers += team.mobile_router ? 1U : 0U;
    }
    if (force.of > 0) out.levels.push_back(force);
  }
  return out;
}

PlanRates rates_of(const data::PlanBasis& basis, const data::Plan& plan) {
  PlanRates out;
  for (const data::Gap& gap : basis.gaps) {
    if (!gap.eligible || !gap.reached) continue;
    out.eligible += gap.eligible->value;
    out.before += gap.reached->value;
    if (gap.target) out.target += *gap.target * gap.eligible->value;
  }
  out.after = out.before + plan.total;
  return out;
}

std::vector<geo::UnitIndex> homes_of(const data::Dataset& dataset, const data::PlanWishes& wishes) {
  std::set<geo::UnitIndex> homes;
  for (const data::Team& team : dataset.teams) {
    if (team.home.valid() && data::takes_part(wishes, team)) homes.insert(team.home);
  }
  return {homes.begin(), homes.end()};
}

}  // namespace

std::optional<std::uint32_t> team_to_spare(const PlanShown& shown, geo::UnitIndex home,
                                           std::optional<std::uint32_t> weekend) {
  const data::Plan& plan = shown.plan;
  const auto& teams = shown.ground->basis->dataset->teams;
  std::vector<double> people(teams.size());
  for (const data::Trip& trip : plan.trips) {
    if (!weekend || trip.weekend == *weekend) people[trip.team] += trip.people;
  }
  std::optional<std::uint32_t> best;
  for (std::uint32_t i = 0; i < teams.size(); ++i) {
    if (teams[i].home != home || teams[i].members <= 0 || !data::takes_part(plan.wishes, teams[i]))
      continue;
    const bool sent = std::any_of(
        plan.wishes.pairs.begin(), plan.wishes.pairs.end(), [&](const data::PlanPair& pair) {
          return pair.team == teams[i].id && pair.days > 0 && pair.weekend == weekend;
        });
    if (!sent && (!best || people[i] < people[*best])) best = i;
  }
  return best;
}

data::PlanWishes first_wishes(const data::Dataset& dataset, data::Indicator indicator) {
  data::PlanWishes wishes;
  const geo::Date last = date_shown(dataset, {});
  wishes.from = last + 1;
  wishes.indicator = indicator;
  wishes.rule = data::usual_rule(dataset, last);
  const auto weekends = data::weekends_of(wishes);
  if (!weekends.empty()) wishes.from = weekends.front().first;
  return wishes;
}

std::shared_ptr<PlanShown> show_plan(std::shared_ptr<const PlanGround> ground,
                                     data::PlanProblems problems, data::Plan plan,
                                     std::vector<data::PlanAnswer> answers) {
  auto shown = std::make_shared<PlanShown>();
  const data::PlanBasis& basis = *ground->basis;
  const data::PlanWishes& wishes = plan.wishes;
  shown->ground = std::move(ground);
  shown->homes = homes_of(*basis.dataset, wishes);
  shown->forces = forces_of(*basis.dataset, wishes);
  shown->problems = std::move(problems);
  shown->plan = std::move(plan);
  shown->answers = std::move(answers);
  for (std::size_t w = 0; w < shown->plan.weekends.size(); ++w)
    shown->rows.push_back(rows_of(basis, shown->plan, w));
  shown->all_rows = rows_of(basis, shown->plan, {});
  shown->uses = data::plan_uses(at_hand(*shown), false);
  shown->rates = rates_of(basis, shown->plan);
  shown->target_met = data::target_met(at_hand(*shown));
  return shown;
}

std::shared_ptr<const PlanGround> plan_ground(const Loaded& loaded, PlanBasisKey key,
                                              const data::PlanWishes& wishes,
                                              const data::TravelRule& travel,
                                              const WaysFrom& ways) {
  auto ground = std::make_shared<PlanGround>();
  key.travel = travel;
  ground->key = key;
  ground->travel = travel;
  data::PlanBasis basis = data::plan_basis(loaded.dataset, wishes);
  // All teams of the levels, also those that stay at home now.
  data::PlanWishes all = wishes;
  all.absent.clear();
  basis.travel = ways(data::starts_of(*loaded.dataset, all));
  ground->learned = data::learn_productivity(*loaded.dataset, basis.at);
  ground->usual = data::usual_rule(*loaded.dataset, basis.at);
  ground->basis = std::make_shared<const data::PlanBasis>(std::move(basis));
  return ground;
}

std::shared_ptr<const PlanGround> make_plan_ground(const MakePlanGround& r,
                                                   const geo::Progress& progress) {
  progress.at(0, msg("plan.doing_ways"));
  data::Workspace workspace = data::Workspace::open_for_reading(r.loaded->file);
  if (r.key.travel && data::travel_rule(workspace) != *r.key.travel) {
    workspace = data::Workspace::open(r.loaded->file);
    data::keep_travel_rule(workspace, *r.key.travel);
  }
  const auto ways = [&](const std::vector<data::Start>& starts) {
    return data::travel_of(workspace, *r.loaded->dataset, *r.loaded->land, starts, progress);
  };
  return plan_ground(*r.loaded, r.key, r.wishes, data::travel_rule(workspace), ways);
}

std::shared_ptr<const PlanShown> make_plan(const MakePlan& r) {
  data::PlanProblems problems = data::plan_problems(*r.ground->basis, r.wishes);
  if (r.kept && r.kept->result) {
    if (auto plan = data::plan_of(*r.ground->basis, r.wishes, *r.kept->result)) {
      auto shown = show_plan(r.ground, std::move(problems), std::move(*plan), {});
      shown->kept = r.kept->id;
      return shown;
    }
  }
  std::vector<data::PlanPrices> prices;
  auto answers = data::quick_plans(problems, &prices);
  data::Plan plan = data::plan_of(*r.ground->basis, r.wishes, problems, answers);
  auto shown = show_plan(r.ground, std::move(problems), std::move(plan), std::move(answers));
  shown->prices = std::move(prices);
  if (r.kept) shown->said = msg("plan.kept_made_anew", r.kept->name);
  return shown;
}

std::shared_ptr<const PlanExplained> explain_plan(const ExplainPlan& r,
                                                  const geo::Progress& progress) {
  const data::PlanAtHand at = at_hand(*r.shown);
  auto out = std::make_shared<PlanExplained>();
  out->curve = data::plan_curve(at);
  progress.at(0.3, msg("plan.doing_explain"));
  out->uses = data::plan_uses(at, true);
  progress.at(0.5, msg("plan.doing_explain"));
  out->conflicts = data::plan_conflicts(at, solver_if_there(), progress.part(0.5, 1));
  return out;
}

std::shared_ptr<const PlanShown> solve_plan(const SolvePlan& r, const geo::Progress& progress) {
  const PlanShown& quick = *r.shown;
  const data::PlanProblems& problems = quick.problems;
  const auto told = [&](const data::ExactProgress& now) {
    if (!progress.report) return true;
    const double share =
        static_cast<double>(now.done) / static_cast<double>(std::max<std::size_t>(1, now.parts));
    return progress.report(share, msg("plan.doing_solve", std::ceil(now.gap() * 1000) / 10));
  };
  std::vector<data::PlanAnswer> answers = quick.answers;
  std::vector<data::PlanPrices> prices = quick.prices;
  if (answers.empty()) answers = data::quick_plans(problems, &prices);  // as it was kept
  const data::ExactAnswer exact =
      data::exact_plans(problems, answers, prices, {}, solver_program(), told);
  data::Plan plan = data::plan_of(*quick.ground->basis, quick.plan.wishes, problems, exact.answers);
  auto shown = show_plan(quick.ground, problems, std::move(plan), exact.answers);
  shown->prices = std::move(prices);
  // Stopped before it found anything, it is still the quick answer.
  const double quick_value = quick.answers.empty() ? -HUGE_VAL : quick.plan.value;
  shown->plan.exact = exact.said.id.empty() && (!exact.stopped || shown->plan.value > quick_value);
  shown->said = exact.said;
  return shown;
}

void write_plan(const ExportPlan& r, const geo::Progress& progress) {
  const bool picture = r.file.extension() == ".png";
  if (!picture) require_plan_exportable(r.file);
  // The map is of the plan's numbers, whatever else is looked at.
  View view = r.view;
  view.indicator = r.shown->plan.wishes.indicator;
  view.at = r.shown->ground->basis->at;
  const auto whole_land = [&] {
    auto workspace = data::Workspace::open_for_reading(r.loaded->file);
    return data::complete_land(workspace, r.loaded->land, 0);
  };
  if (picture) {
    progress.at(0, msg("app.handover_exporting"));
    render::write_png(draw_plan_alone(*r.loaded->dataset, whole_land(), r.loaded->pool.get(),
                                      r.shown, view, 2400, 1600),
                      r.file);
    return;
  }
  const PlanMap map = [&](int width, int height, double pixel_ratio) {
    return draw_plan(*r.loaded->dataset, whole_land(), r.loaded->pool.get(), r.shown, view, width,
                     height, pixel_ratio);
  };
  export_plan(*r.shown->ground->basis, r.shown->plan, r.file, r.view.language, map, progress);
}

plan::KeptChanged change_kept_plan(const ChangeKeptPlan& r) {
  data::Workspace workspace = data::Workspace::open(r.workspace);
  std::optional<data::KeptPlan> after = r.after;
  if (after) {
    after = data::keep_plan(workspace, *after);
  } else if (r.before) {
    data::delete_plan(workspace, r.before->id);
  }
  return {data::kept_plans(workspace), r.before, after, r.step};
}

std::vector<std::int64_t> outdated_plans(const Loaded& loaded, const PlanGround& ground,
                                         const std::vector<data::KeptPlan>& kept) {
  std::vector<std::int64_t> out;
  // Most are of the same days.
  std::map<std::pair<geo::Date, data::Indicator>, std::string> marks;
  marks.emplace(std::pair(ground.key.from, ground.key.indicator), data::mark_of(*ground.basis));
  for (const data::KeptPlan& plan : kept) {
    if (!plan.result || !plan.result->trips) continue;
    const auto [mark, fresh] =
        marks.try_emplace({plan.wishes.from, plan.wishes.indicator}, std::string());
    if (fresh) mark->second = data::mark_of(data::plan_basis(loaded.dataset, plan.wishes));
    if (mark->second != plan.result->made_from) out.push_back(plan.id);
  }
  return out;
}

namespace {

/// Team-days at communes by who and when.
using Visits = std::map<std::tuple<std::string, std::string, std::uint32_t>, std::uint32_t>;
Visits visits_of(const data::PlanResult& result) {
  Visits out;
  if (!result.trips) return out;
  for (const auto& sent : *result.trips) {
    if (!sent.phone) out[{sent.commune.text, sent.team, sent.weekend}] += sent.days;
  }
  return out;
}

}  // namespace

PlanComparison compare_plans(std::shared_ptr<const PlanShown> shown, const data::KeptPlan& kept) {
  PlanComparison out;
  out.kept = kept.id;
  const data::PlanBasis& basis = *shown->ground->basis;
  const auto& communes = basis.dataset->communes;
  const data::PlanResult here = data::result_of(basis, shown->plan);
  std::map<std::string, PlanComparison::Row> by_code;
  for (const auto& c : here.communes) {
    PlanComparison::Row& row = by_code[c.code.text];
    row.here = c.people;
    row.days_here = c.team_days;
  }
  if (kept.result) {
    for (const auto& c : kept.result->communes) {
      PlanComparison::Row& row = by_code[c.code.text];
      row.there = c.people;
      row.days_there = c.team_days;
    }
    out.by_trips = kept.result->trips.has_value();
    const Visits there = visits_of(*kept.result);
    for (const auto& [visit, days] : visits_of(here)) {
      const auto same = there.find(visit);
      if (same != there.end())
        by_code[std::get<0>(visit)].same_days += std::min(days, same->second);
    }
  }
  for (std::size_t i = 0; i < communes.size(); ++i) {
    const auto found = by_code.find(communes[i].code.text);
    if (found == by_code.end()) continue;
    PlanComparison::Row row = found->second;
    row.commune = geo::UnitIndex(i);
    out.total.here += row.here;
    out.total.days_here += row.days_here;
    if (std::abs(row.here - row.there) >= 0.5 || row.days_here != row.days_there ||
        (out.by_trips && row.same_days != row.days_here))
      out.rows.push_back(row);
  }
  // Communes that are no more count in the kept total.
  for (const auto& [code, row] : by_code) {
    out.total.there += row.there;
    out.total.days_there += row.days_there;
    out.total.same_days += row.same_days;
  }
  std::stable_sort(out.rows.begin(), out.rows.end(), [](const auto& a, const auto& b) {
    return std::abs(a.here - a.there) > std::abs(b.here - b.there);
  });
  out.shown = std::move(shown);
  return out;
}

}  // namespace app
