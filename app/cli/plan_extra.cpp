#include "app/cli/plan_extra.hpp"

#include "app/cli/text_table.hpp"
#include "app/plan_book.hpp"
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
  for (const std::string& sentence : why_not_text(why, *basis.dataset, language))
    out += "• " + sentence + "\n";
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
