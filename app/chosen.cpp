#include <algorithm>
#include <set>

#include "app/derive_parts.hpp"

namespace app {
namespace {

void add(data::Barriers& sum, const data::Barriers& b) {
  sum.settlements += b.settlements;
  sum.no_grid += b.no_grid;
  sum.weak_signal += b.weak_signal;
  sum.no_signal += b.no_signal;
  sum.teams += b.teams;
  sum.no_grid_unknown += b.no_grid_unknown;
  sum.signal_unknown += b.signal_unknown;
  sum.residents += b.residents;
  sum.residents_no_grid += b.residents_no_grid;
  sum.residents_weak_signal += b.residents_weak_signal;
  sum.residents_no_signal += b.residents_no_signal;
}

/// Who the numbers are from, each once: a unit that was split stands behind several communes.
/// `all`: only how many; of everything nobody reads where each number comes from.
void trace(Chosen& chosen, const Loaded& loaded, geo::Date at, bool all) {
  const data::Dataset& dataset = *loaded.dataset;
  std::set<std::uint32_t> reporters;
  for (const geo::UnitIndex unit : chosen.units) {
    for (const data::Part& part : dataset.communes[unit.value].parts)
      reporters.insert(part.reporter);
  }
  chosen.sources = reporters.size();
  for (const std::uint32_t r : reporters) {
    const data::Reporter& reporter = dataset.reporters[r];
    const auto report = dataset.reports.latest_report(reporter.column, at);
    if (!report) continue;
    ++chosen.sources_reported;
    if (all) continue;
    const auto source =
        std::find_if(loaded.sources.begin(), loaded.sources.end(),
                     [&](const data::Source& s) { return s.id == report->trace.source; });
    chosen.traces.push_back({reporter.name, source == loaded.sources.end() ? "" : source->file,
                             report->date, report->trace.row});
  }
  std::stable_sort(chosen.traces.begin(), chosen.traces.end(),
                   [](const ReportTrace& a, const ReportTrace& b) { return a.date < b.date; });
  if (chosen.traces.size() > 4) chosen.traces.resize(4);
}

/// Whose target the chosen are held to, when all are held to one: the nearest unit that has one.
std::string target_of(const data::Dataset& dataset, const Figures& f,
                      const std::vector<geo::UnitIndex>& units) {
  using Scope = data::Target::Scope;
  const auto has = [&](Scope scope, std::int64_t index) {
    return std::any_of(dataset.targets.begin(), dataset.targets.end(), [&](const data::Target& t) {
      return t.scope == scope && static_cast<std::int64_t>(t.index) == index &&
             t.indicator == data::id(f.indicator);
    });
  };
  std::set<std::string> names;
  for (const geo::UnitIndex unit : units) {
    const data::Commune& commune = dataset.communes[unit.value];
    // Every part has its own nearest target; without parts (settlements) the commune itself.
    const auto nearest = [&](std::int64_t reporter, std::int32_t district) {
      if (reporter >= 0 && has(Scope::reporter, reporter)) {
        return dataset.reporters[static_cast<std::size_t>(reporter)].name;
      }
      if (has(Scope::commune, unit.value)) return commune.full_name;
      if (district >= 0 && has(Scope::district, district)) {
        return dataset.districts[static_cast<std::size_t>(district)].name;
      }
      if (commune.province >= 0 && has(Scope::province, commune.province)) {
        return dataset.provinces[static_cast<std::size_t>(commune.province)].name;
      }
      return std::string();
    };
    if (!f.gaps[unit.value].target) continue;
    if (!data::is_reported(f.indicator)) {
      names.insert(nearest(-1, commune.district));
      continue;
    }
    for (const data::Part& part : commune.parts) {
      names.insert(nearest(part.reporter, dataset.reporters[part.reporter].district));
    }
    if (names.size() > 1) break;
  }
  return names.size() == 1 ? *names.begin() : std::string();
}

}  // namespace

std::vector<data::Gap> series_of(const Pool& pool, const data::Dataset& dataset, const Figures& f,
                                 const std::vector<geo::UnitIndex>& units) {
  std::vector<data::Gap> out;
  if (!data::is_reported(f.indicator) || units.empty() || dataset.dates.empty()) return out;
  if (units.size() == dataset.communes.size() && units.size() > 1) {
    return f.early ? out : pool.of(f.indicator).series;
  }
  data::every_date(dataset, f.indicator, units, [&](std::size_t, std::span<const data::Gap> gaps) {
    out.push_back(gaps.size() == 1 ? gaps.front() : data::total(gaps));
  });
  return out;
}

Chosen choose(const Loaded& loaded, const Figures& figures,
              const std::vector<geo::UnitIndex>& units, bool all) {
  const data::Dataset& dataset = *loaded.dataset;
  Chosen out;
  out.units = units;
  if (units.empty()) return out;  // the filter leaves none
  out.gap = units.size() == 1 ? figures.gaps[units[0].value] : data::total(figures.gaps, units);
  out.split = data::total(figures.splits, units);
  if (out.gap.eligible && out.gap.reached && figures.indicator != data::Indicator::teams_per_1000) {
    out.interval = data::wilson(out.gap.reached->value, out.gap.eligible->value);
  }
  out.target_of = target_of(dataset, figures, units);
  std::optional<std::int32_t> district;
  for (const geo::UnitIndex unit : units) {
    add(out.barriers, figures.barriers[unit.value]);
    const std::int32_t d = dataset.communes[unit.value].district;
    district = !district || *district == d ? d : -1;
  }
  out.district = district.value_or(-1);
  trace(out, loaded, figures.at, all);
  return out;
}

}  // namespace app
