#include "data/briefing_store.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "data/author.hpp"
#include "data/statements.hpp"
#include "data/workspace.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;
using nlohmann::json;

[[noreturn]] void refuse(geo::Message what, std::string where, geo::Message remedy) {
  throw geo::Error(geo::ErrorKind::usage, std::move(what), std::move(where), std::move(remedy));
}

/// `column` holds what no scene has.
[[noreturn]] void refuse_field(const char* column) {
  refuse(msg("data.scene_field", column), column, msg("data.scene_field_remedy"));
}

bool blank(const std::string& text) { return text.find_first_not_of(" \t\n") == std::string::npos; }

bool can_stand(double seconds) { return seconds >= least_seconds && seconds <= most_seconds; }

bool is_window(const Scene::Window& window) {
  // Comparisons are false for NaN. Nothing is further across than the earth is around.
  return std::abs(window.centre.lon) <= 180 && std::abs(window.centre.lat) <= 90 &&
         window.metres >= 1 && window.metres <= 40.1e6;
}

/// What cannot be kept and what cannot be read are the same.
void check(const Scene& scene) {
  if (!indicator_by_id(scene.indicator)) refuse_field("indicator");
  if (scene.layer.empty()) refuse_field("layer");
  if (!scene.look.empty() && !json::parse(scene.look, nullptr, false).is_object())
    refuse_field("look");
  if (scene.window && !is_window(*scene.window)) refuse_field("metres");
  if (!scene.statement.empty() && !statement_by_id(scene.statement)) refuse_field("statement");
  if (!scene.barrier.empty() && !barrier_by_id(scene.barrier)) refuse_field("barrier");
  if (scene.seconds && !can_stand(*scene.seconds)) refuse_field("seconds");
}

std::string codes_text(const std::vector<geo::UnitCode>& codes) {
  json out = json::array();
  for (const geo::UnitCode& code : codes) out.push_back(code.text);
  // Replaces what is no UTF-8, which no code has.
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<geo::UnitCode> codes_of(const std::string& text, const char* column) {
  const json list = json::parse(text, nullptr, false);
  if (!list.is_array()) refuse_field(column);
  std::vector<geo::UnitCode> out;
  for (const json& code : list) {
    if (!code.is_string()) refuse_field(column);
    out.emplace_back(code.get<std::string>());
  }
  return out;
}

std::optional<std::string> iso_of(const std::optional<geo::Date>& date) {
  if (!date) return std::nullopt;
  return geo::iso(*date);
}

std::optional<geo::Date> date_of(const Statement& row, int column, const char* name) {
  if (row.is_null(column)) return std::nullopt;
  const auto date = geo::parse_date(row.text(column));
  if (!date) refuse_field(name);
  return date;
}

constexpr const char* columns =
    "indicator, layer, at, since, within, look, lon, lat, metres, highlighted, statement, barrier,"
    " plan_id, headline, written_for, note, seconds";

Scene read_scene(const Statement& row) {
  Scene scene;
  scene.indicator = row.text(0);
  scene.layer = row.text(1);
  scene.at = date_of(row, 2, "at");
  scene.since = date_of(row, 3, "since");
  scene.within = codes_of(row.text(4), "within");
  scene.look = row.text(5);
  const auto lon = row.maybe_real(6), lat = row.maybe_real(7), metres = row.maybe_real(8);
  if (lon.has_value() != metres.has_value() || lat.has_value() != metres.has_value())
    refuse_field("metres");  // also what was no number: SQLite keeps it as NULL
  if (metres) scene.window = Scene::Window{{*lon, *lat}, *metres};
  scene.highlighted = codes_of(row.text(9), "highlighted");
  scene.statement = row.text(10);
  scene.barrier = row.text(11);
  scene.plan = row.maybe_integer(12);
  scene.headline = row.text(13);
  scene.written_for = row.text(14);
  scene.note = row.text(15);
  scene.seconds = row.maybe_real(16);
  check(scene);
  return scene;
}

void tell(geo::Issues* issues, geo::Severity severity, geo::Message message) {
  if (issues == nullptr) return;
  geo::Issue issue;
  issue.severity = severity;
  issue.message = std::move(message);
  issues->push_back(std::move(issue));
}

void read_scenes(Database& database, Briefing& briefing, geo::Issues* issues) {
  Statement row = database.prepare("SELECT " + std::string(columns) +
                                   " FROM scene WHERE briefing_id = ? ORDER BY position");
  row.bind(1, briefing.id);
  for (std::int64_t number = 1; row.step(); ++number) {
    try {
      briefing.scenes.push_back(read_scene(row));
    } catch (const geo::Error& error) {
      tell(issues, geo::Severity::error,
           msg("data.scene_unreadable", number, briefing.name, error.where));
    }
  }
}

void write_scenes(Database& database, const Briefing& briefing) {
  database.prepare("DELETE FROM scene WHERE briefing_id = ?").bind(1, briefing.id).run();
  Statement row = database.prepare("INSERT INTO scene (" + std::string(columns) +
                                   ", briefing_id, position)"
                                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                                   " ?, ?)");
  for (std::size_t i = 0; i < briefing.scenes.size(); ++i) {
    const Scene& scene = briefing.scenes[i];
    // Bound texts must live until the row is written.
    const auto at = iso_of(scene.at), since = iso_of(scene.since);
    const std::string within = codes_text(scene.within), lit = codes_text(scene.highlighted);
    std::optional<double> lon, lat, metres;
    if (scene.window) {
      lon = scene.window->centre.lon;
      lat = scene.window->centre.lat;
      metres = scene.window->metres;
    }
    int n = 0;
    const auto put = [&](const auto& value) { row.bind(++n, value); };
    put(scene.indicator);
    put(scene.layer);
    put(at);
    put(since);
    put(within);
    put(scene.look);
    put(lon);
    put(lat);
    put(metres);
    put(lit);
    put(scene.statement);
    put(scene.barrier);
    put(scene.plan);
    put(scene.headline);
    put(scene.written_for);
    put(scene.note);
    put(scene.seconds);
    put(briefing.id);
    put(i);
    row.run();
  }
}

}  // namespace

std::vector<Briefing> briefings(Workspace& workspace, geo::Issues* issues) {
  Database& database = workspace.database();
  const OneMoment moment(database);  // never the scenes of before under a name of after
  std::vector<Briefing> out;
  Statement row = database.prepare(
      "SELECT id, name, seconds, made_at, changed_at FROM briefing"
      " ORDER BY changed_at DESC, id DESC");
  while (row.step()) {
    Briefing briefing;
    briefing.id = row.integer(0);
    briefing.name = row.text(1);
    if (can_stand(row.real(2))) {
      briefing.seconds = row.real(2);
    } else {
      tell(issues, geo::Severity::warning,
           msg("data.briefing_seconds_unreadable", briefing.name, briefing.seconds));
    }
    briefing.made_at = row.text(3);
    briefing.changed_at = row.text(4);
    read_scenes(database, briefing, issues);
    out.push_back(std::move(briefing));
  }
  return out;
}

Briefing put_briefing(Workspace& workspace, Briefing briefing) {
  if (blank(briefing.name))
    refuse(msg("data.briefing_without_name"), "name", msg("data.briefing_name_remedy"));
  if (!can_stand(briefing.seconds)) refuse_field("seconds");
  for (const Scene& scene : briefing.scenes) check(scene);
  Database& database = workspace.database();
  Statement twin = database.prepare("SELECT 1 FROM briefing WHERE name = ? AND id <> ?");
  if (twin.bind(1, briefing.name).bind(2, briefing.id).step())
    refuse(msg("data.briefing_twice", briefing.name), "name", msg("data.briefing_name_remedy"));
  // Written whole, scenes that could not be read would be gone.
  Briefing there;
  there.id = briefing.id;
  geo::Issues unreadable;
  read_scenes(database, there, &unreadable);
  if (!unreadable.empty())
    refuse(msg("data.briefing_unreadable", briefing.name, unreadable.size()), "scene",
           msg("data.briefing_unreadable_remedy"));
  briefing.changed_at = utc_now();
  Statement old = database.prepare("SELECT made_at FROM briefing WHERE id = ?");
  if (old.bind(1, briefing.id).step()) briefing.made_at = old.text(0);
  old.reset();
  if (briefing.made_at.empty()) briefing.made_at = briefing.changed_at;
  Statement row = database.prepare(
      "INSERT INTO briefing (id, name, seconds, made_at, changed_at) VALUES (?, ?, ?, ?, ?)"
      " ON CONFLICT (id) DO UPDATE SET name = excluded.name, seconds = excluded.seconds,"
      " changed_at = excluded.changed_at");
  if (briefing.id == 0) {
    row.bind_null(1);
  } else {
    row.bind(1, briefing.id);
  }
  row.bind(2, briefing.name).bind(3, briefing.seconds);
  row.bind(4, briefing.made_at).bind(5, briefing.changed_at).run();
  if (briefing.id == 0) briefing.id = database.last_insert_id();
  write_scenes(database, briefing);
  return briefing;
}

Briefing keep_briefing(Workspace& workspace, Briefing briefing) {
  Transaction transaction(workspace.database());
  briefing = put_briefing(workspace, std::move(briefing));
  transaction.commit();
  return briefing;
}

void delete_briefing(Workspace& workspace, std::int64_t id) {
  workspace.database().prepare("DELETE FROM briefing WHERE id = ?").bind(1, id).run();
}

}  // namespace data
