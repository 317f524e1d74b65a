#include "data/record_typed.hpp"

#include <algorithm>

#include "data/cell.hpp"
#include "data/names.hpp"

namespace data {
namespace {

using geo::msg;

std::string team_label(const RecordRow& team) {
  return team.name.empty() || team.name == team.record.key
             ? team.record.key
             : team.name + " (" + team.record.key + ")";
}

/// A number in the C locale, as canonical() reads it; the text itself where it is none.
std::string plain(std::string_view typed, Quantity quantity) {
  const CellNumber n = read_number(typed, quantity, NumberStyle::unknown);
  const bool whole_text = n.qualifier == CellNumber::Qualifier::exact;
  return n.taken() && whole_text ? plain_number(n.value) : std::string(typed);
}

/// Two numbers, apart by a blank, a comma or a semicolon: "103,02 21,38", "103.02, 21.38".
std::string degrees(const std::string& text) {
  std::size_t gap = text.find_first_of(" ;");
  if (gap == std::string::npos && std::count(text.begin(), text.end(), ',') == 1)
    gap = text.find(',');
  if (gap == std::string::npos) return text;
  std::string lon = text.substr(0, gap), lat = tidy(text.substr(gap + 1));
  while (!lon.empty() && (lon.back() == ',' || lon.back() == ';')) lon.pop_back();
  return plain(lon, Quantity::degrees) + ' ' + plain(lat, Quantity::degrees);
}

/// How many units are meant, and the last of them. The label is of one alone; a name or code may be
/// of several.
std::pair<const RecordUnit*, std::size_t> units_like(const RecordBook& book, bool former,
                                                     const std::string& text) {
  const std::string name = fold_name(text), words = fold_search(text);
  for (const bool exact : {true, false}) {
    const RecordUnit* found = nullptr;
    std::size_t times = 0;
    for (const RecordUnit& unit : book.units) {
      if (unit.former != former) continue;
      const auto fold = [&](const std::string& t) { return exact ? fold_name(t) : fold_search(t); };
      const std::string& wanted = exact ? name : words;
      if (fold(unit.label) != wanted && fold(unit.name) != wanted &&
          fold(split_kind(unit.name).name) != wanted && unit.unit.code != text)
        continue;
      found = &unit;
      ++times;
    }
    if (times > 0) return {found, times};
  }
  return {};
}

TypedValue unit_of(const RecordBook& book, const RecordField& field, const std::string& text) {
  const bool former = field.name == "former_unit";
  if (unit_key(text)) return {text, {}, {}};
  const auto [found, times] = units_like(book, former, text);
  if (times == 1) return {unit_text(found->unit), {}, {}};
  if (times > 1) return {{}, msg("data.typed_units_alike", text, times), msg("data.typed_choose")};
  const bool once = !former && units_like(book, true, text).second > 0;
  return {{},
          once ? msg("data.typed_former_unit", text)
               : msg("data.typed_no_unit", text, book.author_name),
          msg("data.typed_choose")};
}

TypedValue team_of(const RecordBook& book, const RecordField& field, const std::string& text) {
  const RecordRow* found = nullptr;
  std::size_t times = 0;
  const std::string name = fold_name(text);
  for (const RecordRow& team : book.teams) {
    if (team.record.key == text || team_label(team) == text) return {team.record.key, {}, {}};
    if (fold_name(team.name) != name) continue;
    found = &team;
    ++times;
  }
  if (times == 1) return {found->record.key, {}, {}};
  if (times > 1) return {{}, msg("data.typed_teams_alike", text, times), msg("data.typed_choose")};
  if (!canonical(field, text)) return {{}, not_a_value(field, text), value_wanted(field)};
  return {{}, msg("data.typed_no_team", text), msg("data.typed_choose")};
}

}  // namespace

TypedValue typed_value(const RecordBook& book, const RecordField& field, std::string_view typed) {
  std::string text = tidy(typed);
  if (text.empty()) return {};
  switch (field.value) {
    case ValueKind::unit:
      return unit_of(book, field, text);
    case ValueKind::code:
      return team_of(book, field, text);
    case ValueKind::count:
      text = plain(text, Quantity::count);
      break;
    case ValueKind::share:
      text = plain(text, Quantity::degrees);  // 0,350 has decimals, never thousands
      break;
    case ValueKind::place:
      text = degrees(text);
      break;
    case ValueKind::text:
    case ValueKind::day:
    case ValueKind::word:
      break;
  }
  TypedValue out{canonical(field, text), {}, {}};
  if (out.value) return out;
  out.wrong = not_a_value(field, typed);
  out.way_out = value_wanted(field);
  return out;
}

std::string form_text(const RecordBook& book, const RecordField& field, const std::string& value) {
  if (field.value == ValueKind::unit) {
    const auto key = unit_key(value);
    for (const RecordUnit& unit : book.units)
      if (key == unit.unit) return unit.label;
  }
  if (field.value == ValueKind::code)
    for (const RecordRow& team : book.teams)
      if (team.record.key == value) return team_label(team);
  if (field.value == ValueKind::share) {
    const double share = read_number(value, Quantity::degrees, NumberStyle::english).value;
    return plain_number(hundredths(share * 1e4)) + '%';
  }
  if (field.value == ValueKind::place) {
    std::string out = value;  // "103.0215000 21.3862000": noughts say nothing
    for (std::size_t end : {out.size(), out.find(' ')}) {
      while (end > 2 && out[end - 1] == '0' && out[end - 2] != '.') out.erase(--end, 1);
    }
    return out;
  }
  return value;
}

std::vector<std::string> suggestions(const RecordBook& book, const RecordField& field,
                                     std::string_view typed, std::size_t most) {
  const std::string words = fold_search(typed);
  std::vector<std::string> begin, within;
  const auto offer = [&](const std::string& label, const std::string& name) {
    const std::string all = fold_search(label);
    if (words.empty() || fold_search(name).starts_with(words) || all.starts_with(words))
      begin.push_back(label);
    else if (all.find(words) != std::string::npos)
      within.push_back(label);
  };
  if (field.value == ValueKind::unit) {
    const bool former = field.name == "former_unit";
    for (const RecordUnit& unit : book.units)
      if (unit.former == former) offer(unit.label, split_kind(unit.name).name);
  } else if (field.value == ValueKind::code) {
    for (const RecordRow& team : book.teams)
      if (team.ours) offer(team_label(team), team.name);
  }
  begin.insert(begin.end(), within.begin(), within.end());
  if (begin.size() > most) begin.resize(most);
  return begin;
}

}  // namespace data
