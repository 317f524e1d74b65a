#include "data/load_units.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "data/unit_shape.hpp"
#include "data/wkb.hpp"

namespace data {
namespace {

using Links = std::vector<Link>;

/// Those units, and all that lies above them.
constexpr const char* above_some_units =
    " WHERE u.id IN (WITH RECURSIVE above (id) AS (SELECT id FROM temp.some_unit"
    " UNION SELECT s.parent_id FROM above AS a JOIN unit_state AS s ON s.unit_id = a.id"
    "  WHERE s.parent_id IS NOT NULL"
    " UNION SELECT s.former_district_id FROM above AS a JOIN unit_state AS s ON s.unit_id = a.id"
    "  WHERE s.former_district_id IS NOT NULL) SELECT id FROM above)";

std::unordered_map<std::int64_t, UnitFacts> read_facts(Database& database, bool some) {
  std::unordered_map<std::int64_t, UnitFacts> out;
  Statement row = database.prepare(
      "SELECT u.id, u.code, u.level, s.name, s.full_name, s.kind, s.parent_id,"
      " s.former_district_id, s.published_area_km2, s.published_population, s.source_id,"
      " s.source_row FROM unit AS u LEFT JOIN unit_state AS s ON s.unit_id = u.id" +
      std::string(some ? above_some_units : "") + " ORDER BY u.id, s.source_id");
  const auto take = [&](std::string& field, int column) {
    if (std::string text = row.text(column); !text.empty()) field = std::move(text);
  };
  while (row.step()) {
    UnitFacts& unit = out[row.integer(0)];
    take(unit.code, 1);
    take(unit.level, 2);
    take(unit.name, 3);
    take(unit.full_name, 4);
    take(unit.kind, 5);
    if (!row.is_null(6)) unit.parent = row.integer(6);
    if (!row.is_null(7)) unit.former_district = row.integer(7);
    if (!row.is_null(8)) unit.published_area_km2 = row.real(8);
    if (!row.is_null(9)) unit.published_population = row.integer(9);
    if (!row.is_null(10)) unit.trace = {row.integer(10), row.integer(11)};
  }
  for (auto& [id, unit] : out) {
    if (unit.name.empty()) unit.name = unit.code;
    if (unit.full_name.empty()) unit.full_name = unit.name;
  }
  return out;
}

/// The province above a unit, also through a district; 0: unknown.
std::int64_t province_of(const UnitPlaces& places, std::int64_t unit) {
  for (int steps = 0; steps < 4 && unit != 0; ++steps) {
    const auto found = places.facts.find(unit);
    if (found == places.facts.end()) return 0;
    if (found->second.level == "province") return unit;
    unit = found->second.parent;
  }
  return 0;
}

/// The former district of a commune: said outright, or its parent.
std::int64_t district_of(const UnitPlaces& places, const UnitFacts& unit) {
  if (unit.former_district != 0) return unit.former_district;
  const auto parent = places.facts.find(unit.parent);
  return parent != places.facts.end() && parent->second.level == "district" ? unit.parent : 0;
}

/// Unit ids in the order of their codes, which is how people look for them.
std::vector<std::int64_t> by_code(const UnitPlaces& places, const std::set<std::int64_t>& ids) {
  std::vector<std::int64_t> out(ids.begin(), ids.end());
  std::stable_sort(out.begin(), out.end(), [&](std::int64_t a, std::int64_t b) {
    return places.facts.at(a).code < places.facts.at(b).code;
  });
  return out;
}

std::int32_t place(const std::unordered_map<std::int64_t, std::uint32_t>& places, std::int64_t id) {
  const auto found = places.find(id);
  return found == places.end() ? -1 : static_cast<std::int32_t>(found->second);
}

std::vector<std::int64_t> read_communes(Database& database, UnitPlaces& places, Dataset& dataset,
                                        bool some, const geo::Progress& progress) {
  std::vector<std::int64_t> ids;
  const double total = std::max(1.0, static_cast<double>(places.facts.size()));
  Statement row = database.prepare(
      "SELECT c.id, s.area_m2, CASE WHEN s.area_m2 IS NULL THEN AsBinary(s.geom) END"
      " FROM commune_today AS c JOIN unit_state AS s ON s.id = c.state_id" +
      std::string(some ? " WHERE c.id IN temp.some_unit" : "") + " ORDER BY c.code");
  while (row.step()) {
    if (ids.size() % 16 == 0)
      progress.at(static_cast<double>(ids.size()) / total, geo::msg("data.loading_units"));
    const UnitFacts& unit = places.facts.at(row.integer(0));
    Commune commune;
    commune.code = geo::UnitCode(unit.code);
    commune.name = unit.name;
    commune.full_name = unit.full_name;
    commune.kind = unit.kind;
    commune.published_area_km2 = unit.published_area_km2;
    commune.published_population = unit.published_population;
    commune.trace = unit.trace;
    geo::GeoShape shape;
    if (!row.is_null(2)) shape = shape_from_wkb(row.blob(2));
    commune.area_m2 = row.is_null(1) ? geo::geodesic_area(shape) : row.real(1);
    places.communes.emplace(row.integer(0), static_cast<std::uint32_t>(ids.size()));
    ids.push_back(row.integer(0));
    dataset.communes.push_back(std::move(commune));
  }
  return ids;
}

/// Area in common with each heir, where the former unit's own boundary is known.
void measure_common_land(Database& database, std::span<Link> links) {
  Statement row = database.prepare(
      "SELECT Area(Intersection(f.geom, s.geom)) FROM unit_state AS f JOIN unit_state AS s"
      " WHERE f.unit_id = ?1 AND f.geom IS NOT NULL AND s.unit_id = ?2 AND s.geom IS NOT NULL"
      " ORDER BY f.source_id DESC, s.source_id DESC LIMIT 1");
  std::vector<double> common;
  for (const Link& link : links) {
    row.bind(1, link.former).bind(2, link.unit);
    // Square degrees: over one former unit they are as good as square metres to compare by.
    if (!row.step() || row.is_null(0)) return;
    common.push_back(row.real(0));
    row.reset();
  }
  for (std::size_t i = 0; i < links.size(); ++i) {
    links[i].area = common[i];
    links[i].common_land = true;
  }
}

std::vector<std::int64_t> heirs(const Links& links) {
  std::vector<std::int64_t> out;
  for (const Link& link : links) out.push_back(link.unit);
  return out;
}

/// The current crosswalk with its shares, by former unit.
std::map<std::int64_t, Links> read_crosswalk(Database& database, const UnitPlaces& places,
                                             const PlaceRecords& records, const Dataset& dataset,
                                             bool some) {
  std::map<std::int64_t, Links> out;
  {
    Statement row = database.prepare(
        "SELECT former_id, unit_id, part, share FROM current_crosswalk WHERE former_id <> unit_id" +
        std::string(some ? " AND former_id IN temp.some_unit" : "") +
        " ORDER BY former_id, unit_id");
    while (row.step())
      out[row.integer(0)].push_back({.former = row.integer(0),
                                     .unit = row.integer(1),
                                     .whole = row.text(2) == "whole",
                                     .given = row.maybe_real(3),
                                     .residents = {},
                                     .area = {}});
  }
  // What only split units need: where the residents of their settlements live today.
  std::map<std::pair<std::int64_t, std::int64_t>, double> residents;
  std::set<std::int64_t> settled, half_known;
  LandHolder land(database);
  for (const SettlementRecord& s : records.settlements) {
    const bool counted = s.residents != SettlementRecord::missing;
    const auto add = [&](std::int64_t former, std::int64_t unit) {
      settled.insert(unit);
      if (counted) residents[{former, unit}] += static_cast<double>(s.residents);
    };
    const auto of = [&](std::int64_t former) {
      const auto at = out.find(former);
      return at != out.end() && at->second.size() > 1 ? &at->second : nullptr;
    };
    // Its list is older than the decree: it lies where its place is.
    const std::int64_t split = s.unit != 0 ? s.unit : s.former_unit;
    if (const Links* links = of(split)) {
      const std::int64_t unit = land.among(heirs(*links), s.lon, s.lat);
      if (unit != 0) {
        add(split, unit);
      } else if (counted) {
        half_known.insert(split);
      }
    } else if (s.unit != 0) {
      settled.insert(settled.end(), s.unit);
      if (of(s.former_unit) != nullptr) add(s.former_unit, s.unit);
    }
  }
  for (auto& [former, links] : out) {
    if (links.size() > 1) {
      for (Link& link : links) {
        if (settled.contains(link.unit) && !half_known.contains(former)) {
          const auto found = residents.find({former, link.unit});
          link.residents = found == residents.end() ? 0 : found->second;
        }
        if (const auto at = places.communes.find(link.unit); at != places.communes.end())
          link.area = dataset.communes[at->second].area_m2;
      }
      measure_common_land(database, links);
    }
    apportion(links);
  }
  return out;
}

/// Walks from a unit of today back through all crosswalks.
class PartsBuilder {
 public:
  PartsBuilder(const UnitPlaces& places, const std::map<std::int64_t, Links>& crosswalk)
      : places_(places) {
    for (const auto& [former, links] : crosswalk)
      for (const Link& link : links) came_from_.emplace(link.unit, link);
  }
  std::vector<Part> parts(std::int64_t commune) {
    parts_.clear();
    add(commune, 1, false, -1, 0);
    return std::move(parts_);
  }
  /// Every unit that became part of a unit of today.
  void predecessors(std::int64_t unit, std::set<std::int64_t>& out) const {
    const auto [first, last] = came_from_.equal_range(unit);
    for (auto it = first; it != last; ++it)
      if (out.insert(it->second.former).second) predecessors(it->second.former, out);
  }

 private:
  void add(std::int64_t unit, double share, bool estimated, std::int32_t successor, int depth) {
    // A crosswalk that runs in a circle, which only a damaged workspace has.
    if (depth > 16 || parts_.size() > 10'000) return;
    if (const auto at = places_.reporters.find(unit); at != places_.reporters.end()) {
      parts_.push_back({at->second, share, estimated, successor});
      successor = static_cast<std::int32_t>(parts_.size()) - 1;
    }
    const auto [first, last] = came_from_.equal_range(unit);
    for (auto it = first; it != last; ++it)
      add(it->second.former, share * it->second.share, estimated || it->second.estimated, successor,
          depth + 1);
  }
  const UnitPlaces& places_;
  std::multimap<std::int64_t, Link> came_from_;
  std::vector<Part> parts_;
};

void read_provinces_and_districts(UnitPlaces& places, Dataset& dataset,
                                  const std::vector<std::int64_t>& communes,
                                  const std::set<std::int64_t>& reporters) {
  std::set<std::int64_t> provinces, districts;
  std::map<std::int64_t, std::int64_t> district_province;  // as its communes of today have it
  for (const std::int64_t id : communes) {
    const std::int64_t province = province_of(places, id);
    if (province != 0) provinces.insert(province);
    if (const std::int64_t district = district_of(places, places.facts.at(id)); district != 0) {
      districts.insert(district);
      if (province != 0) district_province.emplace(district, province);
    }
  }
  for (const std::int64_t id : reporters)
    if (const std::int64_t district = district_of(places, places.facts.at(id)); district != 0)
      districts.insert(district);

  for (const std::int64_t id : by_code(places, provinces)) {
    places.provinces.emplace(id, static_cast<std::uint32_t>(dataset.provinces.size()));
    const UnitFacts& unit = places.facts.at(id);
    dataset.provinces.push_back({geo::UnitCode(unit.code), unit.full_name});
  }
  for (const std::int64_t id : by_code(places, districts)) {
    places.districts.emplace(id, static_cast<std::uint32_t>(dataset.districts.size()));
    const UnitFacts& unit = places.facts.at(id);
    // Its own province may have merged into another since.
    std::int32_t province = place(places.provinces, province_of(places, id));
    if (const auto found = district_province.find(id);
        province < 0 && found != district_province.end())
      province = place(places.provinces, found->second);
    dataset.districts.push_back({geo::UnitCode(unit.code), unit.full_name, province});
  }
}

/// Through every decree since, as long as each tells of one unit alone, or `choose` does: which of
/// several links (0: none). An invalid place: it is not known.
template <class Choose>
geo::UnitIndex follow(const UnitPlaces& places, std::int64_t unit, const Choose& choose) {
  for (int steps = 0; steps < 16; ++steps) {
    if (const auto found = places.communes.find(unit); found != places.communes.end())
      return geo::UnitIndex(found->second);
    const auto [first, last] = places.became.equal_range(unit);
    if (first == last) break;
    const bool whole = std::next(first) == last && !first->second.estimated;
    unit = whole ? first->second.unit : choose(first, last);
    if (unit == 0) break;
  }
  return {};
}

}  // namespace

geo::UnitIndex UnitPlaces::commune(std::int64_t unit, std::int64_t former_unit) const {
  const auto none = [](auto, auto) { return std::int64_t{0}; };
  const auto here = follow(*this, unit, none);
  return here.valid() ? here : follow(*this, former_unit, none);
}

PlaceOfToday place_of_today(const UnitPlaces& places, LandHolder& land, std::int64_t unit,
                            std::int64_t former_unit, double lon, double lat) {
  if (const auto said = places.commune(unit, former_unit); said.valid()) return {said};
  for (const std::int64_t id : {unit, former_unit}) {
    const auto found = follow(places, id, [&](auto first, auto last) {
      std::vector<std::int64_t> units;
      for (auto link = first; link != last; ++link) units.push_back(link->second.unit);
      return land.among(units, lon, lat);
    });
    if (found.valid()) return {found, true};
  }
  return {};
}

std::int64_t LandHolder::among(std::span<const std::int64_t> units, double lon, double lat) {
  if (std::isnan(lon) || std::isnan(lat)) return 0;
  std::int64_t holder = 0;
  for (const std::int64_t unit : units) {
    const auto [at, is_new] = shapes_.try_emplace(unit);
    if (is_new) at->second = unit_shape(*database_, unit);
    // A unit without a boundary holds nothing that is known.
    if (at->second.empty() || metres_outside(at->second, {lon, lat}) > 0) continue;
    if (holder != 0) return 0;
    holder = unit;
  }
  return holder;
}

UnitPlaces load_units(Database& database, Dataset& dataset, const PlaceRecords& records, bool some,
                      const geo::Progress& progress) {
  UnitPlaces places;
  places.facts = read_facts(database, some);
  const std::vector<std::int64_t> communes =
      read_communes(database, places, dataset, some, progress);
  const auto crosswalk = read_crosswalk(database, places, records, dataset, some);
  for (const auto& [former, links] : crosswalk)
    for (const Link& link : links) places.became.emplace(former, link);

  PartsBuilder builder(places, crosswalk);
  std::set<std::int64_t> reporters;
  for (const std::int64_t id : communes) builder.predecessors(id, reporters);
  const std::set<std::int64_t> former = reporters;
  for (const std::int64_t id : dataset.reports.units())
    if (places.communes.contains(id)) reporters.insert(id);

  read_provinces_and_districts(places, dataset, communes, reporters);
  for (const std::int64_t id : by_code(places, reporters)) {
    const UnitFacts& unit = places.facts.at(id);
    Reporter reporter;
    reporter.code = geo::UnitCode(unit.code);
    reporter.name = unit.full_name;
    reporter.district = place(places.districts, district_of(places, unit));
    reporter.former = former.contains(id);
    places.reporters.emplace(id, static_cast<std::uint32_t>(dataset.reporters.size()));
    dataset.reporters.push_back(std::move(reporter));
  }
  for (std::size_t i = 0; i < communes.size(); ++i) {
    Commune& commune = dataset.communes[i];
    commune.parts = builder.parts(communes[i]);
    commune.province = place(places.provinces, province_of(places, communes[i]));
    commune.district = place(places.districts, district_of(places, places.facts.at(communes[i])));
  }
  return places;
}

}  // namespace data
