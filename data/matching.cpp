#include "data/matching.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "data/authority.hpp"
#include "data/names.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Severity;
using geo::UnitLevel;

constexpr std::array<std::pair<UnitLevel, std::string_view>, 4> levels{
    {{UnitLevel::country, "country"},
     {UnitLevel::province, "province"},
     {UnitLevel::district, "district"},
     {UnitLevel::commune, "commune"}}};

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// How far a name may be from another and still be offered as what was meant.
std::size_t tolerance(std::string_view folded) {
  return folded.size() < 4 ? 0 : folded.size() < 8 ? 1 : 2;
}

}  // namespace

bool KnownUnit::valid_at(geo::Date day) const {
  const auto text = geo::iso(day);
  return valid_from <= text && (!valid_to || text <= *valid_to);
}

std::string KnownUnit::label() const {
  return full_name.empty() || full_name == code.text ? code.text : code.text + ' ' + full_name;
}

std::vector<KnownUnit> known_units(Database& database) {
  auto row = database.prepare(
      "SELECT u.id, u.code, u.level, u.valid_from, u.valid_to, s.name, s.full_name, s.kind,"
      " s.parent_id, s.former_district_id FROM unit_span AS u JOIN unit_state AS s"
      " ON s.unit_id = u.id ORDER BY u.level, u.code, u.valid_from, u.id, s.source_id");
  std::vector<KnownUnit> out;
  const auto take = [&row](std::string& field, int column) {
    if (auto text = row.text(column); !text.empty()) field = std::move(text);
  };
  while (row.step()) {
    if (out.empty() || out.back().id != row.integer(0)) {
      KnownUnit u;
      u.id = row.integer(0);
      u.code = geo::UnitCode(row.text(1));
      for (const auto& [level, id] : levels) {
        if (row.text(2) == id) u.level = level;
      }
      u.valid_from = row.text(3);
      if (!row.is_null(4)) u.valid_to = row.text(4);
      // A district or province ends where another begins that bears its code.
      if (!out.empty() && out.back().level == u.level && out.back().code == u.code &&
          !out.back().valid_to) {
        if (const auto day = geo::parse_date(u.valid_from))
          out.back().valid_to = geo::iso(*day + -1);
      }
      out.push_back(std::move(u));
    }
    auto& u = out.back();  // per field, the latest import that says something
    take(u.name, 5);
    take(u.full_name, 6);
    take(u.kind, 7);
    if (!row.is_null(8)) u.province = row.integer(8);
    if (!row.is_null(9)) u.district = row.integer(9);
  }
  return out;
}

bool listed_under(const KnownUnit& commune, const UnitKey& of, std::int64_t id,
                  Authority& authority) {
  if (of.level == UnitLevel::district && commune.district != 0) return commune.district == id;
  return authority.over(commune.id).contains(id);
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > most) return most + 1;
  std::vector<std::size_t> before, last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1,
                         last[j - 1] + static_cast<std::size_t>(a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before = last;
    last = now;
  }
  return std::min(last[b.size()], most + 1);
}

std::string with_zeros(std::string_view code, UnitLevel level) {
  const std::size_t digits = level == UnitLevel::commune ? 5 : level == UnitLevel::district ? 3 : 2;
  if (!all_digits(code) || code.size() >= digits) return std::string(code);
  return std::string(digits - code.size(), '0') + std::string(code);
}

UnitBook::UnitBook(std::vector<KnownUnit> units) : units_(std::move(units)) {
  for (std::size_t i = 0; i < units_.size(); ++i) {
    by_id_.emplace(units_[i].id, i);
    by_code_.emplace(units_[i].code.text, i);
    by_name_.emplace(fold_name(units_[i].name), i);
    search_names_.push_back(fold_search(units_[i].name));
  }
}

const KnownUnit* UnitBook::by_id(std::int64_t id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &units_[found->second];
}

bool UnitBook::knows(UnitLevel level, std::optional<geo::Date> at) const {
  UnitQuery query;
  query.level = level;
  query.at = at;
  return std::any_of(units_.begin(), units_.end(),
                     [&](const KnownUnit& u) { return fits(u, query, false); });
}

bool UnitBook::fits(const KnownUnit& unit, const UnitQuery& query, bool inside) const {
  if (unit.level != query.level) return false;
  if (query.at ? !unit.valid_at(*query.at) : !unit.today()) return false;
  return !inside || query.within == 0 || unit.district == query.within ||
         unit.province == query.within;
}

std::vector<const KnownUnit*> UnitBook::with_code(const UnitQuery& query,
                                                  const std::string& code) const {
  std::vector<const KnownUnit*> out;
  for (auto [i, end] = by_code_.equal_range(code); i != end; ++i) {
    if (fits(units_[i->second], query, false)) out.push_back(&units_[i->second]);
  }
  return out;
}

std::vector<const KnownUnit*> UnitBook::with_name(const UnitQuery& query) const {
  std::vector<const KnownUnit*> out;
  const auto add = [&](std::string_view name, std::string_view kind) {
    for (auto [i, end] = by_name_.equal_range(fold_name(name)); i != end; ++i) {
      const auto& unit = units_[i->second];
      if (fits(unit, query, true) && (kind.empty() || unit.kind.empty() || unit.kind == kind))
        out.push_back(&unit);
    }
  };
  const auto [kind, name] = split_kind(query.name);
  add(name, kind);
  // "TP" may belong to a name after all, and "Thị trấn" alone too.
  if (out.empty() && !kind.empty()) add(query.name, {});
  return out;
}

UnitMatch UnitBook::suggestion(const UnitQuery& query) const {
  UnitMatch out;
  out.severity = Severity::error;
  const auto bare = fold_search(split_kind(query.name).name);
  std::size_t best = tolerance(bare) + 1;
  for (std::size_t i = 0; i < units_.size() && !bare.empty(); ++i) {
    if (!fits(units_[i], query, true)) continue;
    const auto distance = edit_distance(bare, search_names_[i], tolerance(bare));
    if (distance < best) {
      best = distance;
      out.unit = &units_[i];
    }
  }
  if (out.unit == nullptr && query.within != 0 &&
      !bare.empty()) {  // the same name, under another heading
    UnitQuery anywhere = query;
    anywhere.within = 0;
    const auto others = with_name(anywhere);
    if (others.size() == 1) out.unit = others.front();
  }
  if (out.unit != nullptr) {
    out.how = Match::fuzzy;
    out.remark = msg("data.match_suggestion", query.name, out.unit->full_name, out.unit->code.text);
  } else {
    out.remark = msg("data.match_none", query.name.empty() ? query.code : query.name);
  }
  return out;
}

UnitMatch UnitBook::match(const UnitQuery& query) const {
  UnitMatch out;
  const auto refuse = [&](geo::Message why) {
    out = {};
    out.severity = Severity::error;
    out.remark = std::move(why);
    return out;
  };
  const auto named = query.name.empty() ? std::vector<const KnownUnit*>{} : with_name(query);
  const auto [kind, bare] = split_kind(query.name);

  std::vector<const KnownUnit*> coded;
  if (!query.code.empty()) {
    coded = with_code(query, query.code);
    if (coded.empty()) {
      const auto padded = with_zeros(query.code, query.level);
      if (padded != query.code) coded = with_code(query, padded);
      out.zeros_restored = !coded.empty();
    }
  }
  if (!coded.empty()) {
    const KnownUnit* unit = coded.front();
    out.how = Match::code;
    out.unit = unit;
    const bool same_name = query.name.empty() || fold_name(bare) == fold_name(unit->name) ||
                           fold_name(query.name) == fold_name(unit->full_name);
    if (same_name && (kind.empty() || unit->kind.empty() || kind == unit->kind)) {
      if (query.within != 0 && unit->district != query.within && unit->province != query.within)
        out.remark = msg("data.match_other_place", unit->full_name, unit->code.text);
      return out;
    }
    // The name says something else than the code. Another unit of that name: no one can tell.
    if (!named.empty() && named.front() != unit)
      return refuse(msg("data.match_conflict", query.code, unit->full_name, query.name,
                        named.front()->code.text));
    const auto a = fold_search(bare), b = fold_search(unit->name);
    if (same_name || edit_distance(a, b, tolerance(a)) <= tolerance(a)) {
      out.remark =
          msg("data.match_spelled_otherwise", query.name, unit->full_name, unit->code.text);
      return out;
    }
    return refuse(msg("data.match_conflict_unknown", query.code, unit->full_name, query.name));
  }
  if (named.size() == 1) {
    out.unit = named.front();
    out.how = kind.empty() ? Match::name : Match::name_and_kind;
    if (!query.code.empty())
      out.remark =
          msg("data.match_code_unknown", query.code, out.unit->full_name, out.unit->code.text);
    return out;
  }
  if (named.size() > 1) {
    std::string list;
    for (const auto* u : named) {
      const auto* place = by_id(u->district != 0 ? u->district : u->province);
      list += (list.empty() ? "" : "; ") + u->label();
      if (place != nullptr) list += " (" + place->full_name + ")";
    }
    return refuse(msg("data.match_ambiguous", query.name, list));
  }
  return suggestion(query);
}

}  // namespace data
