#include "app/report_parts.hpp"

#include <map>

#include "app/statement_place.hpp"

namespace app {
namespace {

using Units = std::vector<geo::UnitIndex>;
using Kind = ReportPart::Kind;
using Member = std::int32_t data::Commune::*;

/// Communes by a unit that they belong to, in its order; those that belong to none come last.
std::vector<std::pair<std::int32_t, Units>> by(const data::Dataset& dataset, const Units& units,
                                               Member member) {
  std::map<std::int32_t, Units> found;
  for (const geo::UnitIndex unit : units)
    found[dataset.communes[unit.value].*member].push_back(unit);
  std::vector<std::pair<std::int32_t, Units>> out;
  for (auto& [index, those] : found)
    if (index >= 0) out.emplace_back(index, std::move(those));
  if (const auto none = found.find(-1); none != found.end())
    out.emplace_back(-1, std::move(none->second));
  return out;
}

void add_communes(std::vector<ReportPart>& out, const Units& units, int level) {
  for (const geo::UnitIndex unit : units) out.push_back({Kind::commune, -1, level, {unit}});
}

/// Former districts, each with its communes below it.
void add_districts(std::vector<ReportPart>& out, const data::Dataset& dataset, const Units& units,
                   bool atlas) {
  for (auto& [district, those] : by(dataset, units, &data::Commune::district)) {
    if (district >= 0) out.push_back({Kind::district, district, 1, those});
    if (atlas) add_communes(out, those, district >= 0 ? 2 : 1);
  }
}

}  // namespace

std::vector<ReportPart> report_parts(const data::Dataset& dataset, const Units& within,
                                     bool atlas) {
  Units units = within;
  if (units.empty())
    for (std::size_t i = 0; i < dataset.communes.size(); ++i) units.emplace_back(i);
  const bool one = units.size() == 1;
  std::vector<ReportPart> out;
  if (one) {
    add_communes(out, units, 0);
  } else {
    out.push_back({Kind::summary, -1, 0, units});
    const auto provinces = by(dataset, units, &data::Commune::province);
    if (provinces.size() > 1) {
      for (const auto& [province, those] : provinces) {
        if (province >= 0) out.push_back({Kind::province, province, 0, those});
        add_districts(out, dataset, those, atlas);
      }
    } else if (by(dataset, units, &data::Commune::district).size() > 1) {
      add_districts(out, dataset, units, atlas);
    } else if (atlas) {  // the summary is that of the only former district
      add_communes(out, units, 1);
    }
  }
  if (!one) out.push_back({Kind::ranking, -1, 0, units});
  out.push_back({Kind::findings, -1, 0, std::move(units)});
  return out;
}

std::string place_name(const data::Dataset& dataset, const ReportPart& part) {
  const auto province = [&](std::int32_t i) {
    return dataset.provinces[static_cast<std::size_t>(i)].name;
  };
  const auto district = [&](std::int32_t i) {
    return dataset.districts[static_cast<std::size_t>(i)].name;
  };
  if (part.kind == Kind::province) return province(part.index);
  if (part.kind == Kind::district) return district(part.index);
  if (part.units.size() == 1) return dataset.communes[part.units.front().value].full_name;
  if (part.units.size() == dataset.communes.size()) return dataset.title;
  if (const auto d = whole_unit(dataset, part.units, &data::Commune::district); d >= 0)
    return district(d);
  if (const auto p = whole_unit(dataset, part.units, &data::Commune::province); p >= 0)
    return province(p);
  return dataset.title;
}

std::vector<UnitGroup> groups_in(const data::Dataset& dataset, const Units& units) {
  auto groups = by(dataset, units, &data::Commune::province);
  const bool of_provinces = groups.size() > 1;
  if (!of_provinces) groups = by(dataset, units, &data::Commune::district);
  if (groups.size() < 2) return {};
  std::vector<UnitGroup> out;
  for (auto& [index, those] : groups) {
    const auto i = static_cast<std::size_t>(index);
    out.push_back({index < 0      ? std::string()
                   : of_provinces ? dataset.provinces[i].name
                                  : dataset.districts[i].name,
                   std::move(those)});
  }
  return out;
}

}  // namespace app
