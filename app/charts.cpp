#include <algorithm>
#include <cmath>

#include "app/derive_parts.hpp"

namespace app {

std::vector<std::optional<double>> classed_values(const Figures& f) {
  std::vector<std::optional<double>> out(f.gaps.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (f.layer == MapLayer::change) {
      out[i] = f.changes[i].rate;
    } else if (f.layer == MapLayer::performance) {
      if (f.smoothed[i]) out[i] = f.smoothed[i]->value;
    } else if (f.gaps[i].rate) {
      out[i] = f.gaps[i].rate->value;
    }
  }
  return out;
}

Histogram histogram(const Figures& f, const Pool& pool, const std::vector<geo::UnitIndex>& shown,
                    const std::vector<geo::UnitIndex>& selected) {
  constexpr std::size_t bars = 30;
  Histogram out;
  const auto values = classed_values(f);
  // From the least to the most of all dates and classes, so that it stands still along the time
  // line and every break lies on it.
  double low = INFINITY, high = -INFINITY;
  const auto widen = [&](double v) {
    if (!std::isfinite(v)) return;
    low = std::min(low, v);
    high = std::max(high, v);
  };
  if (f.layer != MapLayer::change && !f.early) {
    const auto& rates = pool.of(f.indicator).rates;
    if (!rates.empty()) {
      widen(rates.front());
      widen(rates.back());
    }
  }
  for (std::size_t i = 1; i + 1 < f.classes.breaks.size(); ++i) widen(f.classes.breaks[i]);
  for (const auto& v : values) {
    if (v) widen(*v);
  }
  if (!(low <= high)) return out;
  if (low == high) high = low + (low == 0 ? 0.01 : std::abs(low) * 0.1);
  out.low = low;
  out.high = high;
  out.all.assign(bars, 0);
  out.chosen.assign(bars, 0);
  out.units.assign(bars, {});
  for (const geo::UnitIndex unit : shown) {
    const auto& v = values[unit.value];
    if (!v || !std::isfinite(*v)) continue;
    const double at = (*v - low) / (high - low) * static_cast<double>(bars);
    const auto bar = static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(bars - 1)));
    ++out.all[bar];
    out.units[bar].push_back(unit);
    if (std::binary_search(selected.begin(), selected.end(), unit)) ++out.chosen[bar];
  }
  return out;
}

Scatter scatter(const Pool& pool, geo::Date at, data::Indicator x, data::Indicator y,
                const std::vector<geo::UnitIndex>& shown,
                const std::vector<geo::UnitIndex>& selected) {
  Scatter out;
  const Pool::Gaps across = pool.gaps(x, at), up = pool.gaps(y, at);
  std::vector<double> xs, ys, chosen_xs, chosen_ys;
  for (const geo::UnitIndex unit : shown) {
    const auto &a = (*across)[unit.value].rate, &b = (*up)[unit.value].rate;
    if (!a || !b) continue;
    out.points.push_back({unit, a->value, b->value});
    xs.push_back(a->value);
    ys.push_back(b->value);
    if (!std::binary_search(selected.begin(), selected.end(), unit)) continue;
    chosen_xs.push_back(a->value);
    chosen_ys.push_back(b->value);
  }
  out.all = data::regression(xs, ys);
  if (chosen_xs.size() >= 3) out.chosen = data::regression(chosen_xs, chosen_ys);
  return out;
}

std::vector<TimeLine> time_lines(const data::Dataset& dataset, const Pool& pool, const Figures& f,
                                 const std::vector<geo::UnitIndex>& shown,
                                 const std::vector<geo::UnitIndex>& selected) {
  constexpr std::size_t most = 12;
  std::vector<TimeLine> out;
  auto all = series_of(pool, dataset, f, shown);
  if (all.empty()) return out;
  out.push_back({{}, std::move(all)});
  std::vector<geo::UnitIndex> units = selected;
  std::stable_sort(units.begin(), units.end(), [&](geo::UnitIndex a, geo::UnitIndex b) {
    const auto people = [&](geo::UnitIndex unit) {
      const auto& shortfall = f.gaps[unit.value].shortfall;
      return shortfall ? shortfall->value : -1;
    };
    return people(a) > people(b);
  });
  if (units.size() > most) units.resize(most);
  for (const geo::UnitIndex unit : units) {
    out.push_back({unit, series_of(pool, dataset, f, {unit})});
  }
  return out;
}

}  // namespace app
