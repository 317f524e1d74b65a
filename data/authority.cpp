#include "data/authority.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "data/matching.hpp"
#include "data/names.hpp"
#include "data/workspace.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;

constexpr const char* setting_key = "author_unit";
const UnitKey country{geo::UnitLevel::country, "VN", ""};

geo::Error no_such_unit(const std::string& typed) {
  return {geo::ErrorKind::usage, msg("data.unit_not_here", typed), typed,
          msg("data.unit_not_here_remedy")};
}

}  // namespace

Authority::Authority(Database& database) : database_(database) {}

std::optional<std::int64_t> Authority::id_of(const UnitKey& unit) {
  const auto [found, is_new] = ids_.try_emplace(unit);
  if (is_new) {
    Statement row =
        database_.prepare("SELECT id FROM unit WHERE code = ? AND level = ? AND valid_from = ?");
    row.bind(1, unit.code).bind(2, level_word(unit.level)).bind(3, unit.valid_from);
    if (row.step()) found->second = row.integer(0);
  }
  return found->second;
}

UnitKey Authority::key_of(std::int64_t id) {
  const auto [found, is_new] = keys_.try_emplace(id);
  if (is_new) {
    Statement row = database_.prepare("SELECT level, code, valid_from FROM unit WHERE id = ?");
    row.bind(1, id);
    if (row.step())
      found->second = {unit_level_by_word(row.text(0)).value_or(geo::UnitLevel::commune),
                       row.text(1), row.text(2)};
  }
  return found->second;
}

bool Authority::knows(const UnitKey& unit) { return unit == country || id_of(unit).has_value(); }

bool Authority::above(const UnitKey& author, const UnitKey& unit) {
  if (author == country || author == unit) return true;
  const auto upper = id_of(author), lower = id_of(unit);
  return upper && lower && over(*lower).contains(*upper);
}

const std::set<std::int64_t>& Authority::over(std::int64_t id) {
  const auto [found, is_new] = over_.try_emplace(id);
  if (!is_new) return found->second;
  // Per field the latest import that has something counts; a unit that ended lies under its heirs.
  Statement row = database_.prepare(
      "SELECT (SELECT parent_id FROM unit_state WHERE unit_id = ?1 AND parent_id IS NOT NULL"
      "        ORDER BY source_id DESC LIMIT 1)"
      " UNION SELECT (SELECT former_district_id FROM unit_state WHERE unit_id = ?1"
      "               AND former_district_id IS NOT NULL ORDER BY source_id DESC LIMIT 1)"
      " UNION SELECT unit_id FROM current_crosswalk WHERE former_id = ?1");
  std::set<std::int64_t>& out = found->second;
  std::vector<std::int64_t> open{id};
  while (!open.empty()) {  // a circle, which only a damaged workspace has, ends too
    const std::int64_t unit = open.back();
    open.pop_back();
    if (!out.insert(unit).second) continue;
    row.bind(1, unit);
    while (row.step())
      if (!row.is_null(0)) open.push_back(row.integer(0));
    row.reset();
  }
  return out;
}

bool has_author_unit(Workspace& workspace) { return workspace.setting(setting_key).has_value(); }

namespace {

/// What nearly every workspace comes to, without looking at all of its units: this is asked for
/// each number that is typed.
std::optional<UnitKey> usual_author(Database& database) {
  Statement numbers =
      database.prepare("SELECT count(DISTINCT province) FROM commune_number WHERE province <> ''");
  numbers.step();
  if (numbers.integer(0) > 1) return country;
  if (numbers.integer(0) == 0) return std::nullopt;
  Statement row =
      database.prepare("SELECT code, valid_from FROM unit WHERE level = 'province' LIMIT 2");
  if (!row.step()) return std::nullopt;
  const UnitKey province{geo::UnitLevel::province, row.text(0), row.text(1)};
  return row.step() ? std::nullopt : std::optional(province);
}

}  // namespace

UnitKey author_unit(Workspace& workspace) {
  if (const auto set = workspace.setting(setting_key))
    if (const auto unit = unit_key(*set)) return *unit;
  if (const auto known = usual_author(workspace.database())) return *known;
  std::set<std::int64_t> provinces;
  const auto units = known_units(workspace.database());
  for (const KnownUnit& unit : units)
    if (unit.level == geo::UnitLevel::commune && unit.today() && unit.province != 0)
      provinces.insert(unit.province);
  if (provinces.size() != 1) return country;
  for (const KnownUnit& unit : units)
    if (unit.id == *provinces.begin()) return {unit.level, unit.code.text, unit.valid_from};
  return country;
}

void set_author_unit(Workspace& workspace, const UnitKey& unit) {
  if (!Authority(workspace.database()).knows(unit)) throw no_such_unit(unit_text(unit));
  workspace.set_setting(setting_key, unit_text(unit));
}

UnitKey find_unit(Workspace& workspace, const std::string& typed) {
  if (const auto exact = unit_key(typed))
    if (Authority(workspace.database()).knows(*exact)) return *exact;
  const auto units = known_units(workspace.database());
  const std::string name = fold_name(typed), words = fold_search(typed);
  // How well each is meant, the best first; the same twice is a question to the person.
  std::vector<std::tuple<int, bool, geo::UnitLevel, const KnownUnit*>> found;
  for (const KnownUnit& unit : units) {
    const int how = unit.code.text == typed || with_zeros(typed, unit.level) == unit.code.text ? 0
                    : fold_name(unit.full_name) == name || fold_name(unit.name) == name        ? 1
                    : fold_search(unit.full_name) == words || fold_search(unit.name) == words  ? 2
                                                                                               : 3;
    if (how < 3) found.emplace_back(how, !unit.today(), unit.level, &unit);
  }
  if (found.empty()) throw no_such_unit(typed);
  std::sort(found.begin(), found.end());
  const auto same = [&](std::size_t i) {
    return std::get<0>(found[i]) == std::get<0>(found[0]) &&
           std::get<1>(found[i]) == std::get<1>(found[0]) &&
           std::get<2>(found[i]) == std::get<2>(found[0]);
  };
  if (found.size() > 1 && same(1)) {
    std::string all;
    for (std::size_t i = 0; i < found.size() && same(i) && i < 8; ++i) {
      const KnownUnit& unit = *std::get<3>(found[i]);
      all += (all.empty() ? "" : ", ") + unit.full_name + " (" +
             unit_text({unit.level, unit.code.text, unit.valid_from}) + ")";
    }
    throw geo::Error(geo::ErrorKind::usage, msg("data.units_alike", typed, all), typed,
                     msg("data.units_alike_remedy"));
  }
  const KnownUnit& unit = *std::get<3>(found[0]);
  return {unit.level, unit.code.text, unit.valid_from};
}

std::string unit_name(Workspace& workspace, const UnitKey& unit) {
  Statement row = workspace.database().prepare(
      "SELECT s.full_name FROM unit_state AS s JOIN unit AS u ON u.id = s.unit_id"
      " WHERE u.code = ? AND u.level = ? AND u.valid_from = ? AND s.full_name <> ''"
      " ORDER BY s.source_id DESC LIMIT 1");
  row.bind(1, unit.code).bind(2, level_word(unit.level)).bind(3, unit.valid_from);
  return row.step() ? row.text(0) : unit.code;
}

}  // namespace data
