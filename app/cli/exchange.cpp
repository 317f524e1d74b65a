#include "app/cli/exchange.hpp"

#include <array>
#include <chrono>
#include <cstdio>

#include "app/cli/command.hpp"
#include "app/cli/text_table.hpp"
#include "app/panels/import_words.hpp"

namespace app {
namespace {

constexpr int vietnam_is_ahead = 7;  // hours, without summer time
constexpr std::size_t most_listed = 30;

std::string utc_text(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02dZ",
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return geo::iso(geo::Date{day}) + text.data();
}

template <class List, class Row>
std::string listed(const List& all, TextTable table, Language language, const Row& row) {
  for (std::size_t i = 0; i < all.size() && i < most_listed; ++i) table.rows.push_back(row(all[i]));
  std::string out = to_text(table);
  if (all.size() > most_listed)
    out += say(language, "cli.exchange_more", all.size() - most_listed) + "\n";
  return out;
}

}  // namespace

std::string utc_option(const std::string& text, const char* option, DayMeans means) {
  using namespace std::chrono;
  const auto wrong = [&] {
    return geo::Error(geo::ErrorKind::usage, geo::msg("cli.not_a_time", text), option,
                      geo::msg("cli.not_a_time_remedy"));
  };
  const std::size_t mark = text.find('T');
  const auto day = geo::parse_date(text.substr(0, mark));
  if (!day) throw wrong();
  sys_seconds time = day->day;
  int ahead = vietnam_is_ahead;
  if (mark == std::string::npos) {
    if (means == DayMeans::last_second) time += hours(24) - seconds(1);
  } else {
    std::string clock = text.substr(mark + 1);
    if (clock.ends_with('Z')) {
      clock.pop_back();
      ahead = 0;
    }
    int h = 0, m = 0, s = 0, read = 0;
    const int found = std::sscanf(clock.c_str(), "%2d:%2d%n:%2d%n", &h, &m, &read, &s, &read);
    if (found < 2 || static_cast<std::size_t>(read) != clock.size() || h < 0 || h > 23 || m < 0 ||
        m > 59 || s < 0 || s > 59)
      throw wrong();
    time += hours(h) + minutes(m) + seconds(s);
  }
  return utc_text(time - hours(ahead));
}

std::string record_text(data::Workspace& workspace, const data::RecordKey& record,
                        Language language) {
  if (const auto report = data::report_key(record))
    return data::unit_name(workspace, report->unit) + ", " + date(language, report->date);
  if (record.kind == data::RecordKind::activity) return say(language, "cli.exchange_activity");
  const char* const table =
      record.kind == data::RecordKind::team ? "current_team" : "current_settlement";
  auto row =
      workspace.database().prepare("SELECT name FROM " + std::string(table) + " WHERE code = ?");
  row.bind(1, record.key);
  return row.step() ? row.text(0) + " (" + record.key + ")" : record.key;
}

std::string entry_field_text(Language language, const std::string& field) {
  const std::array names{
      std::pair("unit", geo::msg("cli.field_unit")),
      std::pair("former_unit", geo::msg("cli.field_former_unit")),
      std::pair("closed_on", geo::msg("cli.field_closed_on")),
      std::pair("place", geo::msg("cli.field_place")),
      std::pair("electricity_as_of", geo::msg("cli.field_electricity_as_of")),
      std::pair("electricity_source", geo::msg("cli.field_electricity_source")),
      std::pair("signal_as_of", geo::msg("cli.field_signal_as_of")),
      std::pair("signal_source", geo::msg("cli.field_signal_source")),
      std::pair("team", geo::msg("cli.field_team")),
      std::pair("activations", geo::msg("cli.field_activations")),
  };
  for (const auto& [id, name] : names)
    if (field == id) return say(language, name);
  return field_text(language, field);
}

std::string entry_value_text(data::Workspace& workspace, const std::optional<std::string>& value,
                             Language language) {
  if (!value) return say(language, "cli.exchange_not_reported");
  if (const auto unit = data::unit_key(*value)) return data::unit_name(workspace, *unit);
  return one_line(*value);
}

std::string conflicts_text(data::Workspace& workspace, const std::vector<data::Conflict>& conflicts,
                           Language language) {
  TextTable table;
  table.columns = {{say(language, "cli.head_record")},
                   {say(language, "cli.head_field")},
                   {say(language, "cli.head_before"), true},
                   {say(language, "cli.head_values")}};
  return listed(conflicts, table, language, [&](const data::Conflict& conflict) {
    std::string values;
    for (const data::Operation& head : conflict.heads)
      values += (values.empty() ? "" : " · ") + entry_value_text(workspace, head.value, language) +
                " (" + data::unit_name(workspace, head.batch->author) + ", " + head.batch->made_at +
                ")";
    return std::vector<std::string>{record_text(workspace, conflict.record, language),
                                    entry_field_text(language, conflict.field),
                                    entry_value_text(workspace, conflict.before, language),
                                    std::move(values)};
  });
}

std::string held_text(data::Workspace& workspace, const std::vector<data::HeldOperation>& held,
                      Language language) {
  TextTable table;
  table.columns = {{say(language, "cli.head_field")},
                   {say(language, "cli.head_value"), true},
                   {say(language, "cli.head_why")}};
  return listed(held, table, language, [&](const data::HeldOperation& h) {
    return std::vector<std::string>{
        entry_field_text(language, h.operation.field),
        entry_value_text(workspace, h.operation.value, language),
        one_line(say(language, data::said(h.standing, workspace, h.operation)))};
  });
}

}  // namespace app
