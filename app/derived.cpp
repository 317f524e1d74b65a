#include "app/derived.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "data/names.hpp"

namespace app {
namespace {

std::vector<geo::UnitIndex> all_units(const data::Dataset& dataset) {
  std::vector<geo::UnitIndex> units;
  units.reserve(dataset.communes.size());
  for (std::size_t i = 0; i < dataset.communes.size(); ++i) units.emplace_back(i);
  return units;
}

/// Numbers first, in the order asked for; communes without a number always last.
template <class Number>
void order_by(std::vector<data::RankRow>& rows, bool ascending, Number number) {
  std::stable_sort(rows.begin(), rows.end(), [&](const data::RankRow& a, const data::RankRow& b) {
    const std::optional<double> x = number(a), y = number(b);
    if (!x || !y) return x.has_value() && !y.has_value();
    return ascending ? *x < *y : *x > *y;
  });
}

std::vector<data::RankRow> ranking(const data::Dataset& dataset, const Figures& figures,
                                   const std::vector<geo::UnitIndex>& units, RankColumn column,
                                   bool ascending) {
  auto rows = data::rank(dataset, figures.gaps, figures.barriers, data::RankBy::shortfall, units);
  switch (column) {
    case RankColumn::barrier:
    case RankColumn::score:
      break;
    case RankColumn::name:
      std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
        const std::string x = data::fold_search(dataset.communes[a.unit.value].name);
        const std::string y = data::fold_search(dataset.communes[b.unit.value].name);
        return ascending ? x < y : x > y;
      });
      break;
    case RankColumn::rate:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        return r.gap.rate ? std::optional(r.gap.rate->value) : std::nullopt;
      });
      break;
    case RankColumn::achievement:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        return r.gap.achievement ? std::optional(r.gap.achievement->value) : std::nullopt;
      });
      break;
    case RankColumn::shortfall:
      if (ascending) {
        order_by(rows, true, [](const data::RankRow& r) -> std::optional<double> {
          return r.gap.shortfall ? std::optional(r.gap.shortfall->value) : std::nullopt;
        });
      }
      break;
    case RankColumn::teams:
      order_by(rows, ascending,
               [](const data::RankRow& r) -> std::optional<double> { return r.barriers.teams; });
      break;
    case RankColumn::district:
      order_by(rows, ascending, [&](const data::RankRow& r) -> std::optional<double> {
        const std::int32_t district = dataset.communes[r.unit.value].district;
        return district < 0 ? std::nullopt : std::optional<double>(district);
      });
      break;
    case RankColumn::eligible:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        return r.gap.eligible ? std::optional(r.gap.eligible->value) : std::nullopt;
      });
      break;
    case RankColumn::unreached:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        return r.gap.unreached ? std::optional(r.gap.unreached->value) : std::nullopt;
      });
      break;
    case RankColumn::no_grid:
      order_by(rows, ascending,
               [](const data::RankRow& r) -> std::optional<double> { return r.barriers.no_grid; });
      break;
    case RankColumn::poor_signal:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        return r.barriers.weak_signal + r.barriers.no_signal;
      });
      break;
    case RankColumn::as_of:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        return r.gap.as_of ? std::optional<double>(r.gap.as_of->day.time_since_epoch().count())
                           : std::nullopt;
      });
      break;
  }
  return rows;
}

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

/// Eligible people behind each barrier, as the settlements table states its shares. One person can
/// stand behind several, so these do not add up to the shortfall.
std::vector<NeedCount> needs(const data::Dataset& dataset, const std::vector<bool>& chosen) {
  std::vector<NeedCount> counts;
  for (const Need need :
       {Need::own_sim, Need::smartphone, Need::away, Need::signal, Need::electricity}) {
    counts.push_back({need, 0, 0});
  }
  const auto count = [&counts](Need need, double people) {
    counts[static_cast<std::size_t>(need)].people += people;
    counts[static_cast<std::size_t>(need)].settlements += 1;
  };
  for (const data::Settlement& s : dataset.settlements) {
    if (!s.commune.valid() || !chosen[s.commune.value] || !s.eligible) continue;
    const double people = static_cast<double>(*s.eligible);
    if (s.own_sim_share) count(Need::own_sim, people * (1 - *s.own_sim_share));
    if (s.smartphone_share) count(Need::smartphone, people * (1 - *s.smartphone_share));
    if (s.away_share) count(Need::away, people * *s.away_share);
    if (s.signal == data::Signal::weak || s.signal == data::Signal::none) {
      count(Need::signal, people);
    }
    if (s.electricity == data::Electricity::none) count(Need::electricity, people);
  }
  std::erase_if(counts, [](const NeedCount& c) { return c.people < 0.5; });
  std::stable_sort(counts.begin(), counts.end(),
                   [](const NeedCount& a, const NeedCount& b) { return a.people > b.people; });
  return counts;
}

void trace(Chosen& chosen, const Loaded& loaded, geo::Date at) {
  const data::Dataset& dataset = *loaded.dataset;
  std::set<std::uint32_t> reporters;
  for (const geo::UnitIndex unit : chosen.units) {
    for (const data::Part& part : dataset.communes[unit.value].parts)
      reporters.insert(part.reporter);
  }
  chosen.sources = reporters.size();
  for (const std::uint32_t r : reporters) {
    const data::Reporter& reporter = dataset.reporters[r];
    const auto after =
        std::upper_bound(reporter.reports.begin(), reporter.reports.end(), at,
                         [](geo::Date d, const data::Report& report) { return d < report.date; });
    if (after == reporter.reports.begin()) continue;
    const data::Report& report = *(after - 1);
    const auto source =
        std::find_if(loaded.sources.begin(), loaded.sources.end(),
                     [&](const data::Source& s) { return s.id == report.trace.source; });
    chosen.traces.push_back({reporter.name, source == loaded.sources.end() ? "" : source->file,
                             report.date, report.trace.row});
  }
  std::stable_sort(chosen.traces.begin(), chosen.traces.end(),
                   [](const ReportTrace& a, const ReportTrace& b) { return a.date < b.date; });
  if (chosen.traces.size() > 4) chosen.traces.resize(4);
}

/// `series`: that of these units, where it is known already.
Chosen choose(const Loaded& loaded, const Figures& figures,
              const std::vector<geo::UnitIndex>& units, bool all, std::vector<data::Gap> series) {
  const data::Dataset& dataset = *loaded.dataset;
  Chosen out;
  out.units = units;
  out.gap = data::total(figures.gaps, units);
  if (units.size() == 1) out.gap = figures.gaps[units[0].value];
  std::vector<bool> in(dataset.communes.size());
  std::optional<std::int32_t> district;
  for (const geo::UnitIndex unit : units) {
    in[unit.value] = true;
    add(out.barriers, figures.barriers[unit.value]);
    const std::int32_t d = dataset.communes[unit.value].district;
    district = !district || *district == d ? d : -1;
  }
  out.district = district.value_or(-1);
  out.needs = needs(dataset, in);
  if (!all) trace(out, loaded, figures.at);
  if (!data::is_reported(figures.indicator) || units.empty()) return out;
  if (!series.empty()) {
    out.series = std::move(series);
  } else if (units.size() == 1) {
    out.series = data::series(dataset, figures.indicator, units[0]);
  } else {
    for (const geo::Date date : dataset.dates) {
      out.series.push_back(data::total(data::gaps(dataset, figures.indicator, date), units));
    }
  }
  return out;
}

}  // namespace

void derive(Derived& derived, const DeriveKey& key, const Loaded& loaded) {
  if (derived.key == key) return;
  const data::Dataset& dataset = *loaded.dataset;
  const std::optional<DeriveKey> was = derived.key;
  const bool figures_stand = was && was->dataset == key.dataset &&
                             was->indicator == key.indicator && was->at == key.at &&
                             was->within == key.within;
  if (!figures_stand) {
    const bool same_land = was && was->dataset == key.dataset;
    derived.figures = std::make_shared<const Figures>(figures(
        dataset, key.indicator, key.at, key.within, same_land ? derived.figures.get() : nullptr));
    derived.shown = key.within.empty() ? all_units(dataset) : key.within;
    const auto found =
        std::lower_bound(dataset.dates.begin(), dataset.dates.end(), derived.figures->at);
    derived.date_index.reset();
    if (found != dataset.dates.end() && *found == derived.figures->at) {
      derived.date_index = static_cast<std::size_t>(found - dataset.dates.begin());
    }
    derived.attention = attention(loaded, *derived.figures, key.within);
  }
  if (!figures_stand || was->language != key.language) {
    derived.legend = legend(*derived.figures, dataset, key.language);
  }
  if (!figures_stand || was->column != key.column || was->ascending != key.ascending) {
    derived.ranking = ranking(dataset, *derived.figures, derived.shown, key.column, key.ascending);
    derived.most_short = 0;
    for (const data::RankRow& row : derived.ranking) {
      if (row.gap.shortfall)
        derived.most_short = std::max(derived.most_short, row.gap.shortfall->value);
    }
  }
  if (!figures_stand || was->selected != key.selected) {
    const bool none = key.selected.empty();
    const auto& units = none ? derived.shown : key.selected;
    // The series is over all dates: moving along the time line leaves it as it is.
    std::vector<data::Gap> series;
    if (was && was->dataset == key.dataset && was->indicator == key.indicator &&
        derived.chosen.units == units)
      series = std::move(derived.chosen.series);
    derived.chosen = choose(loaded, *derived.figures, units, none, std::move(series));
  }
  derived.key = key;
}

}  // namespace app
