#include "data/plan_store.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "data/author.hpp"
#include "data/workspace.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;
using nlohmann::ordered_json;

[[noreturn]] void refuse(geo::Message what, std::string where, geo::Message remedy) {
  throw geo::Error(geo::ErrorKind::usage, std::move(what), std::move(where), std::move(remedy));
}

double number(const ordered_json& of, const char* field) {
  const auto found = of.find(field);
  if (found == of.end() || !found->is_number())
    refuse(msg("plan.result_field", field), field, msg("plan.result_remedy"));
  return found->get<double>();
}

bool blank(const std::string& text) { return text.find_first_not_of(" \t\n") == std::string::npos; }

KeptPlan read(Statement& row) {
  KeptPlan plan;
  plan.id = row.integer(0);
  plan.name = row.text(1);
  plan.wishes = plan_wishes_of(row.text(2));
  if (!row.is_null(3)) plan.result = plan_result_of(row.text(3));
  plan.note = row.text(4);
  plan.made_at = row.text(5);
  plan.changed_at = row.text(6);
  return plan;
}

}  // namespace

PlanResult result_of(const PlanBasis& basis, const Plan& plan) {
  PlanResult out{plan.total, plan.low, plan.high, plan.gap(), plan.exact, {}};
  std::vector<std::uint32_t> days(plan.people.size());
  for (const Trip& trip : plan.trips) {
    if (!trip.phone) days[trip.commune.value] += trip.days;
  }
  for (std::size_t i = 0; i < plan.people.size(); ++i) {
    if (plan.people[i] > 0 || days[i] > 0)
      out.communes.push_back({basis.dataset->communes[i].code, plan.people[i], days[i]});
  }
  return out;
}

std::string json_of(const PlanResult& result) {
  ordered_json out{{"total", result.total}, {"low", result.low},     {"high", result.high},
                   {"gap", result.gap},     {"exact", result.exact}, {"communes", {}}};
  out["communes"] = ordered_json::array();
  for (const PlanResult::Commune& c : result.communes) {
    out["communes"].push_back(
        {{"code", c.code.text}, {"people", c.people}, {"team_days", c.team_days}});
  }
  return out.dump();
}

PlanResult plan_result_of(const std::string& json) {
  const ordered_json text = ordered_json::parse(json, nullptr, false);
  if (!text.is_object()) refuse(msg("plan.result_no_json"), "result", msg("plan.result_remedy"));
  PlanResult out{number(text, "total"),
                 number(text, "low"),
                 number(text, "high"),
                 number(text, "gap"),
                 false,
                 {}};
  const auto exact = text.find("exact");
  out.exact = exact != text.end() && *exact == true;
  const auto communes = text.find("communes");
  if (communes == text.end() || !communes->is_array())
    refuse(msg("plan.result_field", "communes"), "communes", msg("plan.result_remedy"));
  for (const ordered_json& c : *communes) {
    const auto code = c.is_object() ? c.find("code") : c.end();
    if (code == c.end() || !code->is_string())
      refuse(msg("plan.result_field", "code"), "communes", msg("plan.result_remedy"));
    out.communes.push_back({geo::UnitCode(code->get<std::string>()), number(c, "people"),
                            static_cast<std::uint32_t>(std::max(0.0, number(c, "team_days")))});
  }
  return out;
}

std::vector<KeptPlan> kept_plans(Workspace& workspace, geo::Issues* issues) {
  std::vector<KeptPlan> out;
  Statement row = workspace.database().prepare(
      "SELECT id, name, wishes, result, note, made_at, changed_at FROM plan"
      " ORDER BY changed_at DESC, id DESC");
  while (row.step()) {
    try {
      out.push_back(read(row));
    } catch (const geo::Error& error) {
      if (issues == nullptr) continue;
      geo::Issue issue;
      issue.severity = geo::Severity::error;
      issue.message = msg("plan.kept_unreadable", row.text(1), error.where);
      issues->push_back(std::move(issue));
    }
  }
  return out;
}

KeptPlan keep_plan(Workspace& workspace, KeptPlan plan) {
  if (blank(plan.name)) refuse(msg("plan.kept_without_name"), "name", msg("plan.kept_name_remedy"));
  Transaction transaction(workspace.database());
  Statement twin = workspace.database().prepare("SELECT 1 FROM plan WHERE name = ? AND id <> ?");
  if (twin.bind(1, plan.name).bind(2, plan.id).step())
    refuse(msg("plan.kept_twice", plan.name), "name", msg("plan.kept_name_remedy"));
  plan.changed_at = utc_now();
  if (plan.made_at.empty()) plan.made_at = plan.changed_at;
  const std::string wishes = json_of(plan.wishes);
  Statement row = workspace.database().prepare(
      "INSERT INTO plan (id, name, wishes, result, note, made_at, changed_at)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (id) DO UPDATE SET name = excluded.name, wishes = excluded.wishes,"
      " result = excluded.result, note = excluded.note, changed_at = excluded.changed_at");
  if (plan.id == 0) {
    row.bind_null(1);
  } else {
    row.bind(1, plan.id);
  }
  row.bind(2, plan.name).bind(3, wishes);
  std::string result;
  if (plan.result) {
    result = json_of(*plan.result);
    row.bind(4, result);
  } else {
    row.bind_null(4);
  }
  row.bind(5, plan.note).bind(6, plan.made_at).bind(7, plan.changed_at).run();
  if (plan.id == 0) plan.id = workspace.database().last_insert_id();
  transaction.commit();
  return plan;
}

void delete_plan(Workspace& workspace, std::int64_t id) {
  workspace.database().prepare("DELETE FROM plan WHERE id = ?").bind(1, id).run();
}

}  // namespace data
