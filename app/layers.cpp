#include "app/layers.hpp"

#include <algorithm>
#include <cmath>

#include "data/meeting.hpp"

namespace app {
namespace {

using Values = std::vector<std::optional<double>>;

/// The upper row of the 3×3 map begins at the target only where more than one rate in so many has
/// reached it: a row that is always empty says nothing of the others.
constexpr std::size_t one_row_in = 10;

/// A round step (1, 2 or 5 · 10ⁿ), so that about a third of the changes stay within one, lie
/// between one and two, and lie beyond; at least a tenth of a point.
double round_step(const Values& values) {
  std::vector<double> sizes;
  for (const auto& v : values) {
    if (v && *v != 0) sizes.push_back(std::abs(*v));
  }
  if (sizes.empty()) return 0.01;
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  const double wanted = std::max(*middle * 2 / 3, 0.001);
  const double power = std::pow(10, std::floor(std::log10(wanted)));
  double best = power;
  const auto off = [wanted](double step) { return std::abs(std::log(step / wanted)); };
  for (const double round : {2.0, 5.0, 10.0}) {
    if (off(round * power) < off(best)) best = round * power;
  }
  return best;
}

/// Two breaks that part the values into three; where ties leave fewer parts, at thirds of what they
/// can be (`fixed`).
std::vector<double> three_parts(std::span<const double> values, std::vector<double> fixed) {
  const data::Classes thirds = data::classify_by_quantiles(values, 3);
  if (thirds.count() == 3) return {thirds.breaks[1], thirds.breaks[2]};
  if (thirds.count() == 2) {
    // Many share the highest or the lowest value: they are a part of their own, the rest halved.
    std::vector<double> rest;
    const double top = thirds.breaks.back(), cut = thirds.breaks[1];
    const bool ties_above = cut >= top;
    for (const double v : values) {
      if (std::isfinite(v) && (ties_above ? v < cut : v >= cut)) rest.push_back(v);
    }
    const data::Classes halves = data::classify_by_quantiles(rest, 2);
    if (halves.count() == 2) {
      return ties_above ? std::vector<double>{halves.breaks[1], cut}
                        : std::vector<double>{cut, halves.breaks[1]};
    }
  }
  return fixed;
}

std::size_t part(const std::vector<double>& breaks, double value) {
  return static_cast<std::size_t>(value >= breaks[0]) +
         static_cast<std::size_t>(value >= breaks[1]);
}

}  // namespace

MapLayer layer_shown(MapLayer asked, data::Indicator indicator) {
  const bool over_time = asked == MapLayer::change || asked == MapLayer::silence;
  const bool share = indicator != data::Indicator::teams_per_1000;
  if (over_time && !data::is_reported(indicator)) return MapLayer::gap;
  // What stands in the way of activation says nothing of electricity or signal themselves.
  if (asked == MapLayer::two_way && !data::is_reported(indicator)) return MapLayer::gap;
  // Smoothing is for shares of people: there is nothing binomial about teams per 1,000.
  const bool smoothed = asked == MapLayer::performance || asked == MapLayer::clusters;
  if (smoothed && !share) return MapLayer::gap;
  return asked;
}

data::Indicator indicator_of(Across across) {
  switch (across) {
    case Across::signal:
      return data::Indicator::signal_good;
    case Across::electricity:
      return data::Indicator::electricity;
    case Across::teams:
      return data::Indicator::teams_per_1000;
  }
  return data::Indicator::signal_good;
}

void colour_by_class(Figures& f, const Pool& pool, bool smoothed) {
  const std::size_t count = f.classes.count();
  const auto first = f.classes.first_at_target;
  const bool own = f.target && first && pool.held(f.indicator).own_targets;
  if (own) {
    f.colours.push_back(render::rgb(0xf3dd72));  // at the common level, below its own: still warm
    f.colours.push_back(render::rgb(0x8fc1dc));  // below the common level, at its own: cool
  }
  for (std::size_t i = 0; i < f.gaps.size(); ++i) {
    const auto& rate = smoothed ? f.smoothed[i] : f.gaps[i].rate;
    if (!rate) continue;
    f.category[i] = f.classes.of(rate->value);
    const auto& target = f.gaps[i].target;
    if (!own || !f.category[i] || !target || same_target(*target, *f.target)) continue;
    const bool common = *f.category[i] >= *first, reached = rate->value >= *target;
    if (common && !reached) f.category[i] = count;
    if (!common && reached) f.category[i] = count + 1;
  }
  if (smoothed) return;
  for (std::size_t i = 0; i < f.gaps.size(); ++i) {
    f.uncertain[i] =
        f.intervals[i] && f.classes.of(f.intervals[i]->low) != f.classes.of(f.intervals[i]->high);
  }
}

void colour_two_way(Figures& f, const View& view, const Pool& pool) {
  f.across = view.across;
  f.colours = render::two_way_palette();
  const data::Indicator across = indicator_of(view.across);
  const Pool::Gaps kept = pool.gaps(across, f.at);
  const std::vector<data::Gap>& other = *kept;
  std::vector<double> values, rates;
  for (std::size_t i = 0; i < f.gaps.size(); ++i) {
    if (other[i].rate) values.push_back(other[i].rate->value);
    if (f.gaps[i].rate) rates.push_back(f.gaps[i].rate->value);
  }
  const bool teams = view.across == Across::teams;
  f.across_breaks = three_parts(
      values, teams ? std::vector<double>{0.5, 1.5} : std::vector<double>{1 / 3.0, 2 / 3.0});
  const std::vector<double>& pooled =
      view.choice.pooled && !f.early ? pool.of(f.indicator).rates : rates;
  std::vector<double> below;
  for (const double rate : pooled) {
    if (f.target && rate < *f.target) below.push_back(rate);
  }
  const std::size_t reached = f.target ? pooled.size() - below.size() : 0;
  if (view.choice.at_target && reached * one_row_in > pooled.size()) {
    // At the target, and below it where the communes short of it are halved.
    const data::Classes halves = data::classify_by_quantiles(below, 2);
    f.up_breaks = {halves.count() == 2 ? halves.breaks[1] : *f.target / 2, *f.target};
  } else {
    f.up_breaks = three_parts(pooled, {1 / 3.0, 2 / 3.0});
  }
  for (std::size_t i = 0; i < f.gaps.size(); ++i) {
    if (!f.gaps[i].rate || !other[i].rate) continue;
    f.category[i] =
        3 * part(f.up_breaks, f.gaps[i].rate->value) + part(f.across_breaks, other[i].rate->value);
  }
}

void colour_clusters(Figures& f, const FiguresFrom& from) {
  f.colours = {render::rgb(0xa63603), render::rgb(0xfdbe85), render::rgb(0x92c5de),
               render::rgb(0x2166ac), render::rgb(0xdfe2e6)};
  const Figures* was = from.before;
  if (was != nullptr && was->layer == f.layer && was->indicator == f.indicator && was->at == f.at) {
    f.moran = was->moran;
  } else {
    Values values(f.smoothed.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (f.smoothed[i]) values[i] = f.smoothed[i]->value;
    }
    if (from.neighbours != nullptr) f.moran = data::moran(values, *from.neighbours);
  }
  if (!f.moran) return;
  for (std::size_t i = 0; i < f.category.size(); ++i) {
    switch (f.moran->clusters[i]) {
      case data::Cluster::low_low:
        f.category[i] = cluster_low_low;
        break;
      case data::Cluster::low_high:
        f.category[i] = cluster_low_high;
        break;
      case data::Cluster::high_low:
        f.category[i] = cluster_high_low;
        break;
      case data::Cluster::high_high:
        f.category[i] = cluster_high_high;
        break;
      case data::Cluster::none:
        f.category[i] = cluster_none;
        break;
      case data::Cluster::left_out:
        break;
    }
  }
}

void colour_change(Figures& f, const data::Dataset& dataset, const View& view, const Pool& pool) {
  const auto& dates = dataset.dates;
  // The report date nearest to the last meeting, unless one was asked for.
  if (view.since && *view.since < f.at) {
    f.since = *view.since;
  } else {
    f.since = f.at + -data::days_between_meetings;
    const auto after = std::upper_bound(dates.begin(), dates.end(), f.since);
    if (after != dates.begin())
      f.since = *(after - 1);
    else if (!dates.empty() && dates.front() < f.at)
      f.since = dates.front();
  }
  const Pool::Gaps kept = pool.gaps(f.indicator, f.since);
  const std::vector<data::Gap>& before = *kept;
  f.changes = data::changes(before, f.gaps);
  Values values(f.changes.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = f.changes[i].rate;
  const double step = round_step(values);
  double most = 3 * step;
  for (const auto& v : values) most = std::max(most, v ? std::abs(*v) + step : 0.0);
  f.classes = {{-most, -2 * step, -step, 0, step, 2 * step, most}, {}};
  f.colours = render::palette("BrBG", 3, 3);
  f.colours.push_back(render::rgb(0xd3d7dd));  // no new report
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) continue;
    const bool no_news = f.gaps[i].as_of == before[i].as_of && *values[i] == 0;
    f.category[i] = no_news ? f.classes.count() : f.classes.of(*values[i]);
  }
}

void colour_silence(Figures& f) {
  f.colours = {render::rgb(0xdadaeb), render::rgb(0xbcbddc), render::rgb(0x9e9ac8),
               render::rgb(0x756bb1), render::rgb(0x54278f)};
  for (std::size_t i = 0; i < f.silent_days.size(); ++i) {
    if (!f.silent_days[i]) continue;
    const auto after = std::upper_bound(std::begin(silence_from), std::end(silence_from),
                                        std::max(0, *f.silent_days[i]));
    f.category[i] = static_cast<std::size_t>(after - std::begin(silence_from)) - 1;
  }
}

}  // namespace app
