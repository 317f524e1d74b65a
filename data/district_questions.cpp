#include "data/district_questions.hpp"

#include <algorithm>

#include "data/operation_fields.hpp"
#include "data/operation_store.hpp"
#include "data/report_counts.hpp"
#include "data/report_rules.hpp"

namespace data {
namespace {

Question& add(UnitProgress& unit, Ask ask, geo::Date at, const std::string& more = {}) {
  Question question;
  question.ask = ask;
  question.at = at;
  question.key = std::string(id(ask)) + ':' + geo::iso(at) + (more.empty() ? "" : ':' + more);
  unit.questions.push_back(std::move(question));
  return unit.questions.back();
}

/// How long people at level 2 have stood at the number of the last report.
void ask_whether_stalled(UnitProgress& unit, std::span<const Report> reports, geo::Date week) {
  const bool met = unit.missing && unit.missing->value <= 0;
  const bool everybody = unit.rate && unit.rate->value >= 1;
  if (met || everybody) return;
  const auto now = reports.back().activated_l2;
  geo::Date since = week;
  for (std::size_t i = reports.size(); i-- > 0;) {
    if (!reports[i].activated_l2) continue;
    if (reports[i].activated_l2 != now) break;
    since = reports[i].date;
  }
  const int weeks = (week - since) / 7;
  if (weeks < asking::stalled_weeks) return;
  Question& q = add(unit, Ask::stalled, since, std::to_string(*now));
  q.number = now;
  q.weeks = weeks;
}

void ask_about_order(UnitProgress& unit, std::span<const Report> reports) {
  std::optional<std::int64_t> eligible;
  for (const Report& r : reports)
    if (r.eligible) eligible = r.eligible;
  // What counts most of one report, as the check does: one wrong number breaks several.
  const auto breaks = order_breaks(reports.back(), eligible);
  if (breaks.empty()) return;
  const OrderBreak& b = breaks.front();
  Question& q = add(unit, Ask::order, reports.back().date,
                    std::string(field_of(b.count)) + ':' + std::to_string(b.number) + ':' +
                        std::to_string(b.limit));
  q.count = b.count;
  q.limit_count = b.limit_count;
  q.number = b.number;
  q.limit = b.limit;
}

}  // namespace

void ask_about_numbers(UnitProgress& unit, std::span<const Report> reports, geo::Date week,
                       bool sessions_told) {
  if (!unit.reported) {
    if (!unit.last_at) {
      add(unit, Ask::never, week);
    } else {
      Question& q = add(unit, Ask::silent, *unit.last_at, geo::iso(week));
      q.weeks = unit.weeks_silent.value_or(0);
      if (unit.activated) q.number = static_cast<std::int64_t>(unit.activated->value);
    }
  }
  if (reports.empty()) return;
  ask_about_order(unit, reports);
  if (!unit.reported) return;  // one call, about the report that is missing
  const Report& now = reports.back();
  if (!now.activated_l2) {
    add(unit, Ask::incomplete, week);
  } else {
    ask_whether_stalled(unit, reports, week);
  }
  if (now.installed && now.activated_l2) {
    const auto waiting = *now.installed - *now.activated_l2;
    const auto people = static_cast<double>(waiting);
    if (people > asking::waiting_people &&
        people >= asking::waiting_share * static_cast<double>(*now.installed)) {
      Question& q = add(unit, Ask::waiting, week, std::to_string(waiting));
      q.number = waiting;
      q.limit = now.installed;
    }
  }
  if (sessions_told && !now.sessions) add(unit, Ask::sessions, week);
}

AskedOfWorkspace::AskedOfWorkspace(Workspace& workspace, const Dataset& dataset, geo::Date week,
                                   const geo::Progress& progress)
    : workspace_(workspace),
      dataset_(dataset),
      week_(week),
      operations_(holds_operations(workspace.database())),
      authority_(workspace.database()),
      findings_(check_quality(dataset, nullptr, progress)) {
  for (const Finding& finding : findings_) by_key_[finding.key] = &finding;
  for (const Reporter& reporter : dataset.reporters) reporters_[reporter.column] = &reporter;
  if (!operations_) return;
  for (Conflict& conflict : conflicts(workspace))
    if (const auto report = report_key(conflict.record); report && report->date <= week)
      conflicts_[report->unit].push_back(std::move(conflict));
}

void AskedOfWorkspace::of(UnitProgress& unit, std::optional<std::uint32_t> column) {
  if (column) findings_of(unit, *column);
  if (!operations_) return;
  conflicts_of(unit);
  let_stand(unit);
}

void AskedOfWorkspace::conflicts_of(UnitProgress& unit) {
  const auto mine = conflicts_.find(unit.unit);
  if (mine == conflicts_.end()) return;
  for (const Conflict& conflict : mine->second) {
    const auto count = count_of(conflict.field);
    if (!count) continue;
    Question& q = add(unit, Ask::conflict, report_key(conflict.record)->date, conflict.field);
    q.count = *count;
    for (const Operation& head : conflict.heads)
      q.sides.push_back({count_value(head.value), unit_name(workspace_, head.batch->author)});
  }
}

/// Of the newest report; what somebody has accepted is not asked again.
void AskedOfWorkspace::findings_of(UnitProgress& unit, std::uint32_t column) {
  const auto reporter = reporters_.find(column);
  if (reporter == reporters_.end() || !unit.as_of) return;
  const auto found = [&](Check check) -> const Finding* {
    const auto at = by_key_.find(std::string(id(check)) + ':' + reporter->second->code.text +
                                 (reporter->second->former ? "f:" : ":") + geo::iso(*unit.as_of));
    return at == by_key_.end() ? nullptr : at->second;
  };
  for (const auto& [check, ask] :
       {std::pair(Check::falling, Ask::fell), std::pair(Check::jump, Ask::jump)}) {
    const Finding* finding = found(check);
    if (finding != nullptr && !finding->accepted)
      add(unit, ask, *unit.as_of).said = finding->message;
  }
  const Finding* order = found(Check::counts_order);
  if (order != nullptr && order->accepted)
    std::erase_if(unit.questions, [](const Question& q) { return q.ask == Ask::order; });
}

void AskedOfWorkspace::let_stand(UnitProgress& unit) {
  if (!unit.as_of) return;
  const RecordKey record = report_record(unit.unit, *unit.as_of);
  const Operations held = operations_of(workspace_.database(), record);
  if (std::none_of(held.begin(), held.end(), [](const Operation& o) { return !o.reason.empty(); }))
    return;
  const RecordNow now = record_now(workspace_.database(), record, authority_);
  std::vector<FieldChange> changes;
  for (const auto& [field, state] : now.state.fields) {
    const Operation& shown = now.operations[state.heads.front()];
    if (!shown.reason.empty()) changes.push_back({record, field, shown.value, shown.reason, {}});
  }
  if (changes.empty()) return;
  // The rules themselves say what is broken by the values as they stand.
  for (RuleBreak& rule : broken_rules(workspace_, record, changes)) {
    const auto change = std::find_if(changes.begin(), changes.end(),
                                     [&](const FieldChange& c) { return c.field == rule.field; });
    if (change == changes.end()) continue;
    std::erase_if(unit.questions, [&](const Question& q) {
      const bool same_order =
          q.ask == Ask::order && rule.rule == id(Check::counts_order) &&
          (field_of(q.count) == rule.field || field_of(q.limit_count) == rule.field);
      return same_order || (q.ask == Ask::fell && q.said.id == rule.said.id);
    });
    Question& q = add(unit, Ask::let_stand, *unit.as_of, rule.rule + ':' + rule.field);
    if (const auto count = count_of(rule.field)) q.count = *count;
    q.said = std::move(rule.said);
    q.reason = change->reason;
  }
}

}  // namespace data
