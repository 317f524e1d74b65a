#include "app/entry_words.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <utility>

#include "app/panels/import_words.hpp"
#include "data/clock.hpp"
#include "data/operation_fields.hpp"

namespace app {
namespace {

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
  const auto at = data::local_moment(utc);
  return at ? date(l, at->day) + ' ' + at->time : utc;
}

std::optional<std::string> utc_of(const std::string& typed, DayMeans means) {
  using namespace std::chrono;
  const std::size_t first = typed.find_first_not_of(' ');
  if (first == std::string::npos) return std::nullopt;
  const std::string text = typed.substr(first, typed.find_last_not_of(' ') + 1 - first);
  const std::size_t mark = text.find_first_of("T ");
  const auto day = geo::parse_date(text.substr(0, mark));
  if (!day) return std::nullopt;
  seconds time{};
  bool is_utc = false;
  if (mark == std::string::npos) {
    if (means == DayMeans::last_second) time = hours(24) - seconds(1);
  } else {
    std::string clock = text.substr(mark + 1);
    is_utc = clock.ends_with('Z');
    if (is_utc) clock.pop_back();
    int h = 0, m = 0, s = 0, read = 0;
    const int found = std::sscanf(clock.c_str(), "%2d:%2d%n:%2d%n", &h, &m, &read, &s, &read);
    if (found < 2 || static_cast<std::size_t>(read) != clock.size() || h < 0 || h > 23 || m < 0 ||
        m > 59 || s < 0 || s > 59)
      return std::nullopt;
    time = hours(h) + minutes(m) + seconds(s);
  }
  return is_utc ? data::utc_text(day->day + time) : data::utc_of_local(*day, time);
}

}  // namespace app
