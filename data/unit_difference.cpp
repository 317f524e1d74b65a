#include <map>
#include <set>

#include "data/import_records.hpp"
#include "data/matching.hpp"
#include "data/names.hpp"
#include "data/wkb.hpp"

namespace data {

UnitRecord named_unit(UnitKey key, const std::string& full_name, std::optional<UnitKey> province) {
  UnitRecord out;
  out.key = std::move(key);
  out.full_name = full_name;
  auto parts = split_kind(full_name);
  out.name = std::move(parts.name);
  out.kind = std::move(parts.kind);
  out.province = std::move(province);
  return out;
}

struct UnitDifference::State {
  struct Facts {
    std::string name, full_name, kind;
    std::optional<UnitKey> province, district;
    std::optional<double> area_km2;
    std::optional<std::int64_t> population;
    std::int64_t id = 0;
  };
  explicit State(Database& database)
      : shape(database.prepare("SELECT AsBinary(geom) FROM unit_state WHERE unit_id = ? AND geom"
                               " IS NOT NULL ORDER BY source_id DESC LIMIT 1")) {}
  std::map<UnitKey, Facts> known;
  std::set<UnitKey> looked_at;
  Statement shape;
};

UnitDifference::UnitDifference(Workspace& workspace)
    : state_(std::make_shared<State>(workspace.database())) {
  const auto units = known_units(workspace.database());
  std::map<std::int64_t, UnitKey> keys;
  for (const auto& u : units) keys.emplace(u.id, UnitKey{u.level, u.code.text, u.valid_from});
  std::map<std::int64_t, State::Facts*> by_id;
  for (const auto& u : units) {
    State::Facts f;
    f.name = u.name;
    f.full_name = u.full_name;
    f.kind = u.kind;
    f.id = u.id;
    if (const auto p = keys.find(u.province); p != keys.end()) f.province = p->second;
    if (const auto d = keys.find(u.district); d != keys.end()) f.district = d->second;
    by_id[u.id] = &(state_->known[keys.at(u.id)] = std::move(f));
  }
  auto row = workspace.database().prepare(
      "SELECT unit_id, published_area_km2, published_population FROM unit_state"
      " ORDER BY source_id");
  while (row.step()) {
    auto* facts = by_id[row.integer(0)];
    if (facts == nullptr) continue;
    if (!row.is_null(1)) facts->area_km2 = row.real(1);
    if (!row.is_null(2)) facts->population = row.integer(2);
  }
}

Change UnitDifference::add(std::vector<FromRow<UnitRecord>>& out, UnitRecord unit,
                           std::int64_t row) {
  if (!state_->looked_at.insert(unit.key).second) return Change::none;
  const auto found = state_->known.find(unit.key);
  if (found == state_->known.end()) {
    out.push_back({std::move(unit), row});
    return Change::added;
  }
  const auto& old = found->second;
  bool same = true;
  if (unit.key.level == geo::UnitLevel::commune) {
    // A file that says nothing of a field takes nothing back.
    same = unit.name == old.name && unit.full_name == old.full_name &&
           (unit.kind.empty() || unit.kind == old.kind) &&
           (!unit.province || unit.province == old.province) &&
           (!unit.district || unit.district == old.district) &&
           (!unit.area_km2 || unit.area_km2 == old.area_km2) &&
           (!unit.population || unit.population == old.population);
    if (same && !unit.shape.empty()) {
      state_->shape.bind(1, old.id);
      same = state_->shape.step() && state_->shape.blob(0) == to_wkb(unit.shape);
      state_->shape.reset();
    }
  } else {
    same = fold_name(unit.full_name) == fold_name(old.full_name) &&
           (!unit.province || old.province.has_value());
  }
  if (same) return Change::same;
  out.push_back({std::move(unit), row});
  return Change::changed;
}

}  // namespace data
