#include "data/plan_store.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "data/author.hpp"
#include "data/snapshot_key.hpp"
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

std::uint32_t count(const ordered_json& of, const char* field, double most) {
  const double given = number(of, field);
  if (!(given >= 0 && given <= most) || given != std::floor(given))
    refuse(msg("plan.result_field", field), field, msg("plan.result_remedy"));
  return static_cast<std::uint32_t>(given);
}

std::string text_of(const ordered_json& of, const char* field) {
  const auto found = of.is_object() ? of.find(field) : of.end();
  if (found == of.end() || !found->is_string())
    refuse(msg("plan.result_field", field), field, msg("plan.result_remedy"));
  return found->get<std::string>();
}

PlanResult::Sent sent_of(const ordered_json& of) {
  PlanResult::Sent sent;
  sent.team = text_of(of, "team");
  sent.commune = geo::UnitCode(text_of(of, "commune"));
  sent.weekend = count(of, "weekend", 520);
  if (sent.weekend-- == 0)
    refuse(msg("plan.result_field", "weekend"), "weekend", msg("plan.result_remedy"));
  sent.days = count(of, "days", 5000);
  sent.pack = static_cast<Pack>(count(of, "pack", pack_count - 1));
  sent.phone = of.contains("phone");
  if (of.contains("copy")) sent.copy = count(of, "copy", 1e6);
  sent.km = number(of, "km");
  sent.hours = number(of, "hours");
  sent.people = number(of, "people");
  return sent;
}

ordered_json json_of(const PlanResult::Sent& sent) {
  ordered_json out{{"team", sent.team},
                   {"commune", sent.commune.text},
                   {"weekend", sent.weekend + 1},
                   {"days", sent.days},
                   {"pack", static_cast<int>(sent.pack)},
                   {"km", sent.km},
                   {"hours", sent.hours},
                   {"people", sent.people}};
  if (sent.phone) out["phone"] = true;
  if (sent.copy > 0) out["copy"] = sent.copy;
  return out;
}

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
  PlanResult out{plan.total, plan.low, plan.high, plan.gap(), plan.exact};
  out.value = plan.value;
  out.bound = plan.bound;
  out.missed_value = plan.missed_value;
  out.floors_missed = plan.floors_missed;
  out.musts_missed = plan.musts_missed;
  out.made_from = mark_of(basis);
  out.trips.emplace();
  for (const Trip& trip : plan.trips) {
    const bool way = !trip.phone && trip.leg.reachable();
    out.trips->push_back({std::string(basis.dataset->teams[trip.team].id),
                          basis.dataset->communes[trip.commune.value].code, trip.weekend, trip.days,
                          trip.pack, trip.phone, trip.copy, way ? double(trip.leg.km) : 0,
                          way ? double(trip.leg.hours) : 0, trip.people});
  }
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

std::optional<Plan> plan_of(const PlanBasis& basis, const PlanWishes& wishes,
                            const PlanResult& kept) {
  if (!kept.trips) return {};
  Plan plan;
  plan.wishes = wishes;
  plan.weekends = weekends_of(wishes);
  plan.people.assign(basis.dataset->communes.size(), 0);
  plan.total = kept.total;
  plan.low = kept.low;
  plan.high = kept.high;
  plan.value = kept.value;
  plan.bound = kept.bound;
  plan.missed_value = kept.missed_value;
  plan.floors_missed = kept.floors_missed;
  plan.musts_missed = kept.musts_missed;
  plan.exact = kept.exact;
  std::map<std::string_view, std::uint32_t> communes, teams;
  for (std::uint32_t i = 0; i < basis.dataset->communes.size(); ++i)
    communes.emplace(basis.dataset->communes[i].code.text, i);
  for (std::uint32_t i = 0; i < basis.dataset->teams.size(); ++i)
    teams.emplace(basis.dataset->teams[i].id, i);
  for (const PlanResult::Commune& c : kept.communes) {
    const auto at = communes.find(c.code.text);
    if (at == communes.end()) return {};
    plan.people[at->second] = c.people;
  }
  for (const PlanResult::Sent& sent : *kept.trips) {
    const auto team = teams.find(sent.team);
    const auto commune = communes.find(sent.commune.text);
    if (team == teams.end() || commune == communes.end() || sent.weekend >= plan.weekends.size())
      return {};
    plan.trips.push_back({team->second, sent.copy, geo::UnitIndex(commune->second), sent.weekend,
                          sent.days, sent.pack, sent.phone,
                          Leg{static_cast<float>(sent.km), static_cast<float>(sent.hours)},
                          sent.people});
  }
  return plan;
}

std::string mark_of(const PlanBasis& basis) {
  std::string all;
  const auto add = [&all](std::string_view word) { all.append(word).push_back('\n'); };
  for (std::size_t i = 0; i < basis.gaps.size(); ++i) {
    const auto& shortfall = basis.gaps[i].shortfall;
    add(basis.dataset->communes[i].code.text);
    // To the hundredth: sums of another order are the same numbers.
    add(shortfall ? std::to_string(std::llround(shortfall->value * 100)) : "-");
  }
  for (const Team& team : basis.dataset->teams) {
    add(team.id);
    add(team.home.valid() ? basis.dataset->communes[team.home.value].code.text : "-");
    add(std::to_string(team.members) + (team.generator ? "g" : "") +
        (team.mobile_router ? "r" : ""));
  }
  const std::uint64_t sum = snapshot_sum(0, std::as_bytes(std::span(all)));
  constexpr std::string_view digits = "0123456789abcdef";
  std::string mark;
  for (int shift = 60; shift >= 0; shift -= 4) mark += digits[sum >> shift & 15U];
  return mark;
}

std::string json_of(const PlanResult& result) {
  ordered_json out{{"total", result.total}, {"low", result.low},     {"high", result.high},
                   {"gap", result.gap},     {"exact", result.exact}, {"communes", {}}};
  out["communes"] = ordered_json::array();
  for (const PlanResult::Commune& c : result.communes) {
    out["communes"].push_back(
        {{"code", c.code.text}, {"people", c.people}, {"team_days", c.team_days}});
  }
  if (result.trips) {
    out["trips"] = ordered_json::array();
    for (const PlanResult::Sent& sent : *result.trips) out["trips"].push_back(json_of(sent));
    out["value"] = result.value;
    // Infinite without one, which JSON has no word for.
    if (std::isfinite(result.bound)) out["bound"] = result.bound;
    out["missed_value"] = result.missed_value;
    out["floors_missed"] = result.floors_missed;
    out["musts_missed"] = result.musts_missed;
    out["made_from"] = result.made_from;
  }
  return out.dump();
}

PlanResult plan_result_of(const std::string& json) {
  const ordered_json text = ordered_json::parse(json, nullptr, false);
  if (!text.is_object()) refuse(msg("plan.result_no_json"), "result", msg("plan.result_remedy"));
  PlanResult out{number(text, "total"), number(text, "low"), number(text, "high"),
                 number(text, "gap"), false};
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
  const auto trips = text.find("trips");
  if (trips == text.end()) return out;
  if (!trips->is_array())
    refuse(msg("plan.result_field", "trips"), "trips", msg("plan.result_remedy"));
  out.trips.emplace();
  for (const ordered_json& trip : *trips) out.trips->push_back(sent_of(trip));
  out.value = number(text, "value");
  out.bound =
      text.contains("bound") ? number(text, "bound") : std::numeric_limits<double>::infinity();
  out.missed_value = number(text, "missed_value");
  out.floors_missed = number(text, "floors_missed");
  out.musts_missed = count(text, "musts_missed", 1e9);
  out.made_from = text_of(text, "made_from");
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
