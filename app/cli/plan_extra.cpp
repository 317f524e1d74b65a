#include "app/cli/plan_extra.hpp"

#include "app/cli/text_table.hpp"
#include "app/plan_book.hpp"
#include "app/plan_reasons.hpp"
#include "app/plan_words.hpp"
#include "app/solver_program.hpp"
#include "data/plan_explain.hpp"
#include "data/plan_review.hpp"

namespace app {

std::string why_not_lines(const data::PlanAtHand& at, geo::UnitIndex commune, Language language,
                          const geo::Progress& progress) {
  const data::WhyNot why = data::why_not(at, commune, progress);
  const std::string& name = at.basis.dataset->communes[commune.value].full_name;
  std::string out =
      (why.reason == data::WhyNot::Reason::chosen ? say(language, "cli.plan_why_chosen", name)
                                                  : say(language, "cli.plan_why_head", name)) +
      "\n";
  for (const std::string& sentence : why_not_text(why, *at.basis.dataset, language))
    out += "• " + sentence + "\n";
  return out;
}

std::string limits_text(const data::PlanAtHand& at, Language language,
                        const geo::Progress& progress) {
  std::string out = say(language, "cli.plan_limits_head") + "\n\n";
  TextTable uses;
  uses.columns = {{say(language, "cli.head_limit")},
                  {say(language, "cli.head_used"), true},
                  {say(language, "cli.head_there_is"), true},
                  {"%", true},
                  {say(language, "cli.head_one_more")}};
  for (const data::PlanUse& use : data::plan_uses(at, true))
    uses.rows.push_back({use_name(use.what, language), number(language, use.used),
                         number(language, use.limit),
                         use.limit > 0 ? percent(language, use.used / use.limit, 0) : "–",
                         use_detail(use, language)});
  out += to_text(uses) + "\n" + say(language, "cli.plan_curve_head") + "\n\n";
  TextTable curve;
  curve.columns = {{say(language, "cli.head_team"), true},
                   {say(language, "cli.head_expected"), true}};
  for (const data::CurvePoint& point : data::plan_curve(at))
    curve.rows.push_back({number(language, point.teams), "+" + number(language, point.people)});
  out += to_text(curve) + "\n";
  const auto met = data::target_met(at);
  out += (met ? say(language, "cli.plan_met", date(language, *met))
              : say(language, "cli.plan_never_met")) +
         "\n";
  if (const double beyond = data::out_of_reach(at); beyond >= 0.5)
    out += say(language, "plan.out_of_reach", number(language, beyond)) + "\n";
  for (const data::PlanConflict& conflict : data::plan_conflicts(at, solver_if_there(), progress))
    out += "• " + conflict_text(conflict, *at.basis.dataset, at.plan.wishes, language) + "\n";
  return out;
}

std::string review_text(const data::Dataset& dataset, const data::Plan& plan, Language language) {
  using Kind = data::TableOut::Kind;
  const data::PlanReview review = data::review_of(dataset, plan);
  const data::TableOut rows = review_table(dataset, plan, review, language);
  TextTable table;
  for (const auto& column : rows.columns)
    table.columns.push_back({column.title, column.kind != Kind::text && column.kind != Kind::date});
  for (const auto& row : rows.rows) {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (const auto* text = std::get_if<std::string>(&row[i])) {
        cells.push_back(*text);
      } else if (const auto* day = std::get_if<geo::Date>(&row[i])) {
        cells.push_back(date(language, *day));
      } else if (const auto* value = std::get_if<double>(&row[i])) {
        cells.push_back(rows.columns[i].kind == Kind::share    ? percent(language, *value)
                        : rows.columns[i].kind == Kind::tenths ? number(language, *value, 1)
                                                               : number(language, *value));
      } else {
        cells.push_back("–");
      }
    }
    table.rows.push_back(std::move(cells));
  }
  std::string out = to_text(table) + "\n";
  for (const std::string& note : review_notes(review, language)) out += note + "\n";
  return out;
}

}  // namespace app
