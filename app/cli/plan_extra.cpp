#include "app/cli/plan_extra.hpp"

#include "app/cli/text_table.hpp"
#include "app/plan_reasons.hpp"
#include "app/plan_words.hpp"
#include "data/plan_explain.hpp"
#include "data/plan_review.hpp"

namespace app {

std::string why_not_lines(const data::PlanBasis& basis, const data::PlanWishes& wishes,
                          geo::UnitIndex commune, Language language) {
  const data::WhyNot why = data::why_not(basis, wishes, commune);
  std::string out =
      say(language, "cli.plan_why_head", basis.dataset->communes[commune.value].full_name) + "\n";
  for (const std::string& sentence : why_not_text(why, language)) out += "• " + sentence + "\n";
  return out;
}

std::string limits_text(const data::PlanBasis& basis, const data::Plan& plan, Language language) {
  std::string out = say(language, "cli.plan_limits_head") + "\n\n";
  TextTable uses;
  uses.columns = {{say(language, "cli.head_limit")},
                  {say(language, "cli.head_used"), true},
                  {say(language, "cli.head_there_is"), true},
                  {"%", true},
                  {say(language, "cli.head_one_more")}};
  for (const data::PlanUse& use : data::plan_uses(basis, plan, true))
    uses.rows.push_back({use_name(use.what, language), number(language, use.used),
                         number(language, use.limit),
                         use.limit > 0 ? percent(language, use.used / use.limit, 0) : "–",
                         use_detail(use, language)});
  out += to_text(uses) + "\n" + say(language, "cli.plan_curve_head") + "\n\n";
  TextTable curve;
  curve.columns = {{say(language, "cli.head_team"), true},
                   {say(language, "cli.head_expected"), true}};
  for (const data::CurvePoint& point : data::plan_curve(basis, plan.wishes))
    curve.rows.push_back({number(language, point.teams), "+" + number(language, point.people)});
  out += to_text(curve) + "\n";
  const auto met = data::target_met(basis, plan);
  out += (met ? say(language, "cli.plan_met", date(language, *met))
              : say(language, "cli.plan_never_met")) +
         "\n";
  for (const data::PlanConflict& conflict : data::plan_conflicts(basis, plan))
    out += "• " + conflict_text(conflict, *basis.dataset, plan.wishes, language) + "\n";
  return out;
}

std::string review_text(const data::Dataset& dataset, const data::Plan& plan, Language language) {
  const data::PlanReview review = data::review_of(dataset, plan);
  TextTable table;
  table.columns = {{say(language, "cli.head_commune")},
                   {say(language, "cli.head_weekends")},
                   {say(language, "cli.head_expected"), true},
                   {say(language, "cli.head_reported"), true},
                   {say(language, "cli.head_sessions"), true}};
  for (const data::ReviewRow& row : review.rows) {
    const std::string weekends =
        row.first_weekend == row.last_weekend
            ? std::to_string(row.first_weekend + 1)
            : std::to_string(row.first_weekend + 1) + "–" + std::to_string(row.last_weekend + 1);
    table.rows.push_back({dataset.communes[row.commune.value].full_name, weekends,
                          number(language, row.expected),
                          row.reported ? number(language, *row.reported)
                                       : say(language, row.due ? geo::msg("cli.plan_not_reported")
                                                               : geo::msg("cli.plan_too_early")),
                          row.sessions ? number(language, *row.sessions) : "–"});
  }
  std::string out = to_text(table) + "\n";
  out += say(language, "cli.plan_compared", review.compared, number(language, review.expected),
             number(language, review.reported)) +
         "\n";
  out += say(language, "cli.plan_not_compared", review.not_reported, review.not_due) + "\n";
  if (const auto quotient = review.quotient())
    out += say(language, "cli.plan_quotient", percent(language, *quotient)) + "\n";
  if (const auto rate = review.per_session())
    out += say(language, "cli.plan_per_session", number(language, *rate, 1)) + "\n";
  return out;
}

}  // namespace app
