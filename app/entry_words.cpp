#include "app/entry_words.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <utility>

#include "app/panels/import_words.hpp"
#include "data/operation_fields.hpp"

namespace app {
namespace {

constexpr int vietnam_is_ahead = 7;  // hours, without summer time

std::string utc_text(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02dZ",
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return geo::iso(geo::Date{day}) + text.data();
}

/// Of a word that a field may hold; empty: it has no words of its own.
std::string word_words(Language l, const std::string& field, const std::string& word) {
  const std::array words{
      std::pair("electricity/grid", geo::msg("view.electricity_grid")),
      std::pair("electricity/offgrid", geo::msg("view.electricity_offgrid")),
      std::pair("electricity/none", geo::msg("view.electricity_none")),
      std::pair("signal/good", geo::msg("exchange.signal_good")),
      std::pair("signal/weak", geo::msg("exchange.signal_weak")),
      std::pair("signal/none", geo::msg("exchange.signal_none")),
      std::pair("level/province", geo::msg("exchange.level_province")),
      std::pair("level/district", geo::msg("exchange.level_district")),
      std::pair("level/commune", geo::msg("exchange.level_commune")),
  };
  for (const auto& [id, said] : words)
    if (field + '/' + word == id) return say(l, said);
  return word;
}

std::optional<double> as_number(const std::string& text) {
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

}  // namespace

void look_up(data::Workspace& workspace, const data::RecordKey& record, const std::string& field,
             const std::optional<std::string>& value, UnitNames& names) {
  const data::RecordField* const known = data::find_field(record.kind, field);
  if (!value || known == nullptr || known->value != data::ValueKind::unit) return;
  if (const auto unit = data::unit_key(*value); unit && !names.contains(*value))
    names.emplace(*value, data::unit_name(workspace, *unit));
}

std::string record_words(Language l, const data::RecordKey& record, const std::string& name) {
  switch (record.kind) {
    case data::RecordKind::report:
      if (const auto report = data::report_key(record))
        return say(l, "exchange.record_report", name, date(l, report->date));
      break;
    case data::RecordKind::team:
      return say(l, "exchange.record_team", name);
    case data::RecordKind::settlement:
      return say(l, "exchange.record_settlement", name);
    case data::RecordKind::activity:
      return name.empty() ? say(l, "exchange.record_activity")
                          : say(l, "exchange.record_activity_of", name);
  }
  return record.key;
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

std::string value_words(Language l, data::RecordKind kind, const std::string& field,
                        const std::optional<std::string>& value, const UnitNames& names) {
  if (!value)
    return kind == data::RecordKind::report ? say(l, "exchange.not_reported")
                                            : say(l, "exchange.nothing");
  const data::RecordField* const known = data::find_field(kind, field);
  if (known == nullptr) return *value;
  switch (known->value) {
    case data::ValueKind::count:
      if (const auto n = as_number(*value)) return number(l, *n);
      break;
    case data::ValueKind::share:
      if (const auto n = as_number(*value)) return percent(l, *n);
      break;
    case data::ValueKind::day:
      if (const auto day = geo::parse_date(*value)) return date(l, *day);
      break;
    case data::ValueKind::word:
      return word_words(l, field, *value);
    case data::ValueKind::unit:
      if (const auto at = names.find(*value); at != names.end()) return at->second;
      break;
    case data::ValueKind::text:
    case data::ValueKind::code:
    case data::ValueKind::place:
      break;
  }
  return *value;
}

std::string time_words(Language l, const std::string& utc) {
  const auto day = geo::parse_date(std::string_view(utc).substr(0, 10));
  int h = 0, m = 0, s = 0;
  if (!day || utc.size() < 19 || std::sscanf(utc.c_str() + 10, "T%2d:%2d:%2d", &h, &m, &s) != 3)
    return utc;
  using namespace std::chrono;
  const sys_seconds here = sys_seconds(day->day) + hours(h + vietnam_is_ahead) + minutes(m);
  const auto there = floor<days>(here);
  const hh_mm_ss clock(here - there);
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), " %02d:%02d", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()));
  return date(l, geo::Date{there}) + text.data();
}

std::optional<std::string> utc_of(const std::string& typed, DayMeans means) {
  using namespace std::chrono;
  const std::size_t first = typed.find_first_not_of(' ');
  if (first == std::string::npos) return std::nullopt;
  const std::string text = typed.substr(first, typed.find_last_not_of(' ') + 1 - first);
  const std::size_t mark = text.find_first_of("T ");
  const auto day = geo::parse_date(text.substr(0, mark));
  if (!day) return std::nullopt;
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
      return std::nullopt;
    time += hours(h) + minutes(m) + seconds(s);
  }
  return utc_text(time - hours(ahead));
}

}  // namespace app
