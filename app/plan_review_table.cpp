#include "app/plan_book.hpp"
#include "app/plan_words.hpp"

namespace app {

data::TableOut review_table(const data::Dataset& dataset, const data::Plan& plan,
                            const data::PlanReview& review, Language language) {
  using Kind = data::TableOut::Kind;
  using Cell = data::TableOut::Cell;
  data::TableOut table;
  table.title = say(language, "app.handover_sheet_review");
  table.notes_title = say(language, "app.out_notes");
  table.notes = review_notes(review, language);
  if (dataset.made_up) table.notes.insert(table.notes.begin(), say(language, "view.watermark"));
  table.columns = {{"weekends", say(language, "app.handover_weekend"), Kind::text},
                   {"code", say(language, "app.handover_code"), Kind::text},
                   {"commune", say(language, "app.handover_commune"), Kind::text},
                   {"expected", say(language, "app.handover_people"), Kind::people},
                   {"reported", say(language, "app.handover_reported"), Kind::people},
                   {"quotient", say(language, "app.handover_quotient"), Kind::share},
                   {"sessions", say(language, "app.handover_sessions"), Kind::people},
                   {"from", say(language, "app.handover_report_before"), Kind::date},
                   {"to", say(language, "app.handover_report_after"), Kind::date},
                   {"status", say(language, "app.out_status"), Kind::text}};
  for (const data::ReviewRow& row : review.rows) {
    std::string weekends = weekend_name(plan, row.first_weekend, language);
    if (row.last_weekend != row.first_weekend)
      weekends += " → " + weekend_name(plan, row.last_weekend, language);
    const data::Commune& commune = dataset.communes[row.commune.value];
    const bool both = row.reported && row.expected > 0;
    table.rows.push_back({weekends, commune.code.text, commune.full_name, row.expected,
                          row.reported ? Cell(*row.reported) : Cell(),
                          both ? Cell(*row.reported / row.expected) : Cell(),
                          row.sessions ? Cell(*row.sessions) : Cell(),
                          row.from ? Cell(*row.from) : Cell(), row.to ? Cell(*row.to) : Cell(),
                          row.reported ? say(language, "app.handover_was_reported")
                          : row.due    ? say(language, "app.handover_not_reported")
                                       : say(language, "app.handover_not_due")});
  }
  return table;
}

std::vector<std::string> review_notes(const data::PlanReview& review, Language language) {
  std::vector<std::string> notes;
  if (const auto quotient = review.quotient()) {
    notes.push_back(say(language, "app.handover_review", number(language, review.reported),
                        percent(language, *quotient), number(language, review.expected)));
    notes.push_back(say(language, "app.handover_review_remark"));
  }
  if (const auto each = review.per_session())
    notes.push_back(say(language, "app.handover_review_sessions", number(language, *each, 1),
                        number(language, review.sessions)));
  if (review.not_reported > 0)
    notes.push_back(say(language, "app.handover_review_missing", review.not_reported));
  if (review.not_due > 0)
    notes.push_back(say(language, "app.handover_review_early", review.not_due));
  return notes;
}

}  // namespace app
