#include "data/operation_fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "data/cell.hpp"
#include "data/names.hpp"
#include "data/report_counts.hpp"

namespace data {
namespace {

using geo::msg;

constexpr std::int64_t largest_count = 1'000'000'000'000;
constexpr std::size_t longest_text = 500, longest_code = 200;

constexpr std::array<std::string_view, 3> levels{"province", "district", "commune"};
constexpr std::array<std::string_view, 3> electricity{"grid", "offgrid", "none"};
constexpr std::array<std::string_view, 3> signal{"good", "weak", "none"};

constexpr RecordField report_fields[] = {{count_fields[0]}, {count_fields[1]}, {count_fields[2]},
                                         {count_fields[3]}, {count_fields[4]}, {count_fields[5]}};
constexpr RecordField team_fields[] = {{"name", ValueKind::text},
                                       {"level", ValueKind::word, levels},
                                       {"kind", ValueKind::text},
                                       {"unit", ValueKind::unit},
                                       {"former_unit", ValueKind::unit},
                                       {"members"},
                                       {"union_members"},
                                       {"established_on", ValueKind::day},
                                       {"closed_on", ValueKind::day},
                                       {"generator"},
                                       {"mobile_router"},
                                       {"vehicle", ValueKind::text},
                                       {"place", ValueKind::place}};
constexpr RecordField settlement_fields[] = {{"name", ValueKind::text},
                                             {"kind", ValueKind::text},
                                             {"unit", ValueKind::unit},
                                             {"former_unit", ValueKind::unit},
                                             {"households"},
                                             {"residents"},
                                             {"eligible"},
                                             {"electricity", ValueKind::word, electricity},
                                             {"electricity_as_of", ValueKind::day},
                                             {"electricity_source", ValueKind::text},
                                             {"signal", ValueKind::word, signal},
                                             {"signal_as_of", ValueKind::day},
                                             {"signal_source", ValueKind::text},
                                             {"smartphone_share", ValueKind::share},
                                             {"own_sim_share", ValueKind::share},
                                             {"away_share", ValueKind::share},
                                             {"road", ValueKind::text},
                                             {"place", ValueKind::place}};
constexpr RecordField activity_fields[] = {{"team", ValueKind::code},
                                           {"date", ValueKind::day},
                                           {"unit", ValueKind::unit},
                                           {"sessions"},
                                           {"reached"},
                                           {"activations"}};

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number out{};
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, out);
  if (text.empty() || error != std::errc() || rest != end) return std::nullopt;
  return out;
}

std::optional<std::string> count(std::string_view text) {
  const auto n = number<std::int64_t>(text);
  if (!n || *n < 0 || *n > largest_count) return std::nullopt;
  return std::to_string(*n);
}

std::optional<std::string> share(std::string_view text) {
  const auto n = number<double>(text);
  if (!n || !(*n >= 0 && *n <= 1)) return std::nullopt;
  return plain_number(*n == 0 ? 0 : *n);  // no minus before a zero
}

}  // namespace

std::span<const RecordField> fields_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::report:
      return report_fields;
    case RecordKind::team:
      return team_fields;
    case RecordKind::settlement:
      return settlement_fields;
    case RecordKind::activity:
      break;
  }
  return activity_fields;
}

const RecordField* find_field(RecordKind kind, std::string_view name) {
  for (const RecordField& field : fields_of(kind))
    if (field.name == name) return &field;
  return nullptr;
}

std::optional<std::string> canonical(const RecordField& field, std::string_view typed) {
  if (typed.size() > longest_note) return std::nullopt;
  std::string text = tidy(typed);
  switch (field.value) {
    case ValueKind::count:
      return count(text);
    case ValueKind::share:
      return share(text);
    case ValueKind::text:
      if (text.empty() || text.size() > longest_text || !is_note(text)) return std::nullopt;
      return text;
    case ValueKind::code:
      if (!is_record({RecordKind::team, text}) || text.size() > longest_code) return std::nullopt;
      return text;
    case ValueKind::day: {
      const auto day = geo::parse_date(text);
      if (!day) return std::nullopt;
      return geo::iso(*day);
    }
    case ValueKind::word:
      if (std::find(field.words.begin(), field.words.end(), text) == field.words.end())
        return std::nullopt;
      return text;
    case ValueKind::unit:
      if (!unit_key(text)) return std::nullopt;
      return text;
    case ValueKind::place:
      break;
  }
  const auto place = place_value(text);
  if (!place) return std::nullopt;
  return place_text(place->lon, place->lat);
}

geo::Message not_a_value(const RecordField& field, std::string_view typed) {
  const std::string text = tidy(typed.substr(0, 60));
  switch (field.value) {
    case ValueKind::count:
      return msg("data.value_not_count", text);
    case ValueKind::share:
      return msg("data.value_not_share", text);
    case ValueKind::day:
      return msg("data.value_not_day", text);
    case ValueKind::place:
      return msg("data.value_not_place", text);
    default:
      return msg("data.value_not_taken", text);
  }
}

geo::Message value_wanted(const RecordField& field) {
  switch (field.value) {
    case ValueKind::count:
      return msg("data.value_count_wanted");
    case ValueKind::share:
      return msg("data.value_share_wanted");
    case ValueKind::day:
      return msg("data.value_day_wanted");
    case ValueKind::place:
      return msg("data.value_place_wanted");
    case ValueKind::unit:
      return msg("data.value_unit_wanted");
    case ValueKind::word: {
      std::string words;
      for (const std::string_view word : field.words)
        words += (words.empty() ? "" : ", ") + std::string(word);
      return msg("data.value_word_wanted", words);
    }
    default:
      return msg("data.value_text_wanted", longest_text);
  }
}

std::optional<std::int64_t> count_value(const std::optional<std::string>& text) {
  return text ? number<std::int64_t>(*text) : std::nullopt;
}

std::optional<PlaceValue> place_value(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto lon = number<double>(text.substr(0, space));
  const auto lat = number<double>(text.substr(space + 1));
  if (!lon || !lat || !(std::abs(*lon) <= 180) || !(std::abs(*lat) <= 90)) return std::nullopt;
  return PlaceValue{*lon, *lat};
}

std::string place_text(double lon, double lat) {
  // A ten-millionth of a degree is a centimetre; adding 0 takes the minus off a zero.
  const auto whole = [](double degrees) { return std::round(degrees * 1e7) / 1e7 + 0.0; };
  const auto digits = [&](double degrees) {
    char text[32];
    const auto end =
        std::to_chars(text, text + sizeof text, whole(degrees), std::chars_format::fixed, 7);
    return std::string(text, end.ptr);
  };
  return digits(lon) + ' ' + digits(lat);
}

bool is_note(std::string_view text) {
  if (text.size() > longest_note || !is_utf8(text) || tidy(text) != text) return false;
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace data
