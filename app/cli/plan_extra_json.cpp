#include <nlohmann/json.hpp>

#include "app/cli/gap_json.hpp"
#include "app/cli/json_text.hpp"
#include "app/cli/plan_extra.hpp"
#include "app/plan_book.hpp"
#include "app/plan_reasons.hpp"
#include "app/solver_program.hpp"
#include "data/plan_review.hpp"

namespace app {
namespace {

using nlohmann::ordered_json;

template <class T>
ordered_json maybe(const std::optional<T>& value) {
  return value ? ordered_json(*value) : ordered_json();
}

const char* id_of(data::WhyNot::Reason reason) {
  using Reason = data::WhyNot::Reason;
  switch (reason) {
    case Reason::chosen:
      return "chosen";
    case Reason::no_numbers:
      return "no_numbers";
    case Reason::no_shortfall:
      return "no_shortfall";
    case Reason::only_away:
      return "only_away";
    case Reason::no_teams:
      return "no_teams";
    case Reason::out_of_reach:
      return "out_of_reach";
    case Reason::forbidden:
      return "forbidden";
    case Reason::not_worth_it:
      return "not_worth_it";
    case Reason::close_call:
      return "close_call";
    case Reason::outbid:
      break;
  }
  return "outbid";
}

}  // namespace

std::string why_not_json(const data::PlanAtHand& at, geo::UnitIndex commune, Language language,
                         const geo::Progress& progress) {
  const data::Dataset& dataset = *at.basis.dataset;
  const data::WhyNot why = data::why_not(at, commune, progress);
  ordered_json out;
  out["code"] = dataset.communes[commune.value].code.text;
  out["name"] = dataset.communes[commune.value].full_name;
  out["reason"] = id_of(why.reason);
  out["place"] = why.place;
  out["most_km"] = maybe(why.most_km);
  out["teams"] = maybe(why.teams);
  out["like"] =
      why.teams || why.fixed_here ? ordered_json(dataset.teams[why.like].id) : ordered_json();
  out["generators"] = maybe(why.generators);
  out["routers"] = maybe(why.routers);
  out["barriers"] = maybe(why.barriers);
  out["distance"] = maybe(why.distance);
  out["emphasis"] = maybe(why.emphasis);
  out["fixed_here"] = maybe(why.fixed_here);
  out["fixed_over_all"] = maybe(why.fixed_over_all);
  out["said"] = why_not_text(why, dataset, language);
  return dumped(out);
}

std::string limits_json(const data::PlanAtHand& at, Language language,
                        const geo::Progress& progress) {
  ordered_json out;
  out["uses"] = ordered_json::array();
  for (const data::PlanUse& use : data::plan_uses(at, true))
    out["uses"].push_back({{"name", use_name(use.what, language)},
                           {"used", use.used},
                           {"limit", use.limit},
                           {"one_more", maybe(use.one_more)}});
  out["curve"] = ordered_json::array();
  for (const data::CurvePoint& point : data::plan_curve(at))
    out["curve"].push_back({{"teams", point.teams}, {"people", point.people}});
  const auto met = data::target_met(at);
  out["target_met"] = met ? ordered_json(geo::iso(*met)) : ordered_json();
  out["out_of_reach"] = data::out_of_reach(at);
  out["conflicts"] = ordered_json::array();
  for (const data::PlanConflict& c : data::plan_conflicts(at, solver_if_there(), progress))
    out["conflicts"].push_back(
        {{"asked", c.asked},
         {"possible", c.possible},
         {"said", conflict_text(c, *at.basis.dataset, at.plan.wishes, language)}});
  return dumped(out);
}

std::string review_json(const data::Dataset& dataset, const data::Plan& plan, Language language) {
  const data::PlanReview review = data::review_of(dataset, plan);
  const data::TableOut table = review_table(dataset, plan, review, language);
  ordered_json out;
  out["rows"] = ordered_json::array();
  for (const auto& cells : table.rows) {
    ordered_json row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      ordered_json& cell = row[table.columns[i].title];
      if (const auto* text = std::get_if<std::string>(&cells[i]))
        cell = *text;
      else if (const auto* day = std::get_if<geo::Date>(&cells[i]))
        cell = geo::iso(*day);
      else if (const auto* value = std::get_if<double>(&cells[i]))
        cell = *value;
    }
    out["rows"].push_back(std::move(row));
  }
  out["notes"] = review_notes(review, language);
  return dumped(out);
}

}  // namespace app
