#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/layers.hpp"
#include "data/clock.hpp"

namespace app {
namespace {

/// Quantiles at values that can be said: rounded to the coarsest step that keeps them apart.
data::Classes round_classes(std::span<const double> values, std::size_t count) {
  data::Classes classes = data::classify_by_quantiles(values, count);
  if (classes.count() < 2) return classes;
  const double spread = classes.breaks.back() - classes.breaks.front();
  for (double step = 0.1; step > 1e-6; step /= 10) {
    if (spread / step < 10) continue;
    std::vector<double> rounded;
    for (double b : classes.breaks) rounded.push_back(std::round(b / step) * step);
    rounded.front() = std::floor(classes.breaks.front() / step) * step;
    rounded.back() = std::ceil(classes.breaks.back() / step) * step;
    if (std::adjacent_find(rounded.begin(), rounded.end(), std::greater_equal<>()) ==
        rounded.end()) {
      classes.breaks = std::move(rounded);
      break;
    }
  }
  return classes;
}

data::Classes classes_of(std::span<const double> values, std::optional<double> target,
                         const ClassChoice& choice) {
  const std::size_t count = std::clamp<std::size_t>(choice.classes, 2, 9);
  if (choice.by == data::Classification::target) {
    return target ? data::classify_by_target(values, *target, count - 1)
                  : round_classes(values, count - 1);
  }
  // Of a country's weeks no legend tells rates apart that differ by a hundredth of a point, and
  // looking for the best borders among them all would take longer than a frame.
  constexpr std::size_t many = 10'000;
  std::vector<double> rounded;
  if (choice.by == data::Classification::fisher_jenks && values.size() > many) {
    for (const double v : values) rounded.push_back(std::round(v * 1e4) / 1e4);
    values = rounded;
  }
  return data::classify(
      values, {choice.by, count, choice.at_target ? target : std::nullopt, choice.inner_breaks});
}

std::vector<render::Colour> colours_of(const data::Classes& classes, const std::string& palette) {
  const std::size_t count = classes.count();
  const auto first = classes.first_at_target;
  if (!palette.empty()) {
    const std::size_t below = std::min(first.value_or(count / 2), count);
    auto colours = render::palette(palette, below, count - below);
    if (colours.size() == count) return colours;
  }
  const std::size_t below = std::min(first.value_or(count), count);
  return first ? render::target_palette(below, count - below) : render::sequential_palette(count);
}

double circles_of(std::span<const data::Gap> gaps) {
  std::vector<double> shortfalls;
  for (const data::Gap& gap : gaps) {
    if (gap.shortfall) shortfalls.push_back(gap.shortfall->value);
  }
  return people_per_circle(std::move(shortfalls));
}

/// Classes and their colours; those of before where nothing they follow from has changed.
void classify(Figures& f, const View& view, const Pool& pool, const Figures* was) {
  const Pool::Of* of = f.early ? nullptr : &pool.of(f.indicator);
  f.target = pool.held(f.indicator).target;
  f.people_per_circle_area = of != nullptr ? of->people_per_circle : circles_of(f.gaps);
  f.choice = view.choice;
  const bool pooled = f.choice.pooled && of != nullptr;
  const bool kept = was != nullptr && was->indicator == f.indicator && was->choice == f.choice &&
                    was->early == f.early && (pooled || was->at == f.at) &&
                    was->layer != MapLayer::change;
  if (kept) {
    f.classes = was->classes;
  } else if (pooled) {
    f.classes = classes_of(of->rates, f.target, f.choice);
  } else {
    std::vector<double> rates;
    for (const data::Gap& gap : f.gaps) {
      if (gap.rate) rates.push_back(gap.rate->value);
    }
    f.classes = classes_of(rates, f.target, f.choice);
  }
  f.colours = colours_of(f.classes, f.choice.palette);
}

/// What the indicator says at the date, whatever the layer.
void read_numbers(Figures& f, const data::Dataset& dataset, const Pool& pool, const Figures* was) {
  const Pool::Places& places = pool.places();
  f.barriers = places.barriers;
  f.hatch_from = places.hatch_from;
  f.dots_from = places.dots_from;
  if (was != nullptr && was->indicator == f.indicator && was->at == f.at) {
    f.gaps = was->gaps;
    f.splits = was->splits;
    f.intervals = was->intervals;
    f.silent_days = was->silent_days;
    f.smoothed = was->smoothed;
    return;
  }
  f.gaps = *pool.gaps(f.indicator, f.at);
  f.splits = data::split_shortfall(dataset, f.gaps);
  f.intervals.resize(f.gaps.size());
  f.silent_days.resize(f.gaps.size());
  const bool share = f.indicator != data::Indicator::teams_per_1000;
  for (std::size_t i = 0; i < f.gaps.size(); ++i) {
    const data::Gap& gap = f.gaps[i];
    if (share && gap.eligible && gap.reached) {
      f.intervals[i] = data::wilson(gap.reached->value, gap.eligible->value);
    }
    if (gap.as_of) f.silent_days[i] = f.at - *gap.as_of;
  }
}

/// Over the communes within.
void count(Figures& f) {
  f.class_counts.assign(f.colours.size(), 0);
  f.total = {};
  f.not_reported = f.other_targets = f.silent = f.incomplete = f.estimated = f.uncertain_count = 0;
  if (f.none) return;
  f.total = data::total(f.gaps, f.within);
  const std::size_t communes = f.within.empty() ? f.gaps.size() : f.within.size();
  for (std::size_t k = 0; k < communes; ++k) {
    const std::size_t i = f.within.empty() ? k : f.within[k].value;
    if (f.category[i]) {
      ++f.class_counts[*f.category[i]];
    } else {
      ++f.not_reported;
    }
    if (f.target && f.gaps[i].target && !same_target(*f.target, *f.gaps[i].target)) {
      ++f.other_targets;
    }
    if (f.gaps[i].parts_silent > 0) ++f.silent;
    if (is_incomplete(f.gaps[i])) ++f.incomplete;
    if (f.gaps[i].status == data::Status::estimated) ++f.estimated;
    if (f.uncertain[i]) ++f.uncertain_count;
  }
}

template <class T>
bool among(const std::vector<T>& list, const T& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

bool is_incomplete(const data::Gap& gap) {
  return gap.parts_reported > 0 && gap.parts_reported < gap.parts;
}

geo::Date date_shown(const data::Dataset& dataset, std::optional<geo::Date> at) {
  if (at) return *at;
  if (!dataset.dates.empty()) return dataset.dates.back();
  return data::local_today();
}

std::vector<geo::UnitIndex> filtered(const data::Dataset& dataset, const Figures& f,
                                     const Filter& filter) {
  std::vector<geo::UnitIndex> out;
  for (std::size_t i = 0; i < dataset.communes.size(); ++i) {
    const data::Commune& commune = dataset.communes[i];
    if (!among(filter.districts, commune.district) || !among(filter.kinds, commune.kind) ||
        !among(filter.categories, f.category[i].value_or(f.colours.size()))) {
      continue;
    }
    if (!filter.barriers.empty()) {
      const auto barrier = data::main_barrier(f.splits[i]);
      if (!barrier || !among(filter.barriers, *barrier)) continue;
    }
    out.emplace_back(i);
  }
  return out;
}

Figures figures(const data::Dataset& dataset, const View& view, const FiguresFrom& from) {
  std::optional<Pool> own;
  if (from.pool == nullptr) own.emplace(dataset);
  const Pool& pool = from.pool != nullptr ? *from.pool : *own;
  Figures f;
  f.indicator = view.indicator;
  f.layer = layer_shown(view.layer, view.indicator);
  f.at = date_shown(dataset, view.at);
  f.early = !from.all_dates;
  read_numbers(f, dataset, pool, from.before);
  f.category.resize(f.gaps.size());
  f.uncertain.resize(f.gaps.size());
  classify(f, view, pool, from.before);
  const bool smooth = f.layer == MapLayer::performance || f.layer == MapLayer::clusters;
  if (smooth && f.smoothed.empty()) f.smoothed = data::smoothed_rates(dataset, f.gaps);
  switch (f.layer) {
    case MapLayer::gap:
    case MapLayer::performance:
      colour_by_class(f, pool, f.layer == MapLayer::performance);
      break;
    case MapLayer::two_way:
      colour_two_way(f, view, pool);
      break;
    case MapLayer::clusters:
      colour_clusters(f, from);
      break;
    case MapLayer::change:
      colour_change(f, dataset, view, pool);
      break;
    case MapLayer::silence:
      colour_silence(f);
      break;
  }
  f.within = view.filter.empty() ? view.within : filtered(dataset, f, view.filter);
  f.none = !view.filter.empty() && f.within.empty();
  count(f);
  return f;
}

void look_within(Figures& f, std::vector<geo::UnitIndex> within) {
  f.within = std::move(within);
  f.none = false;
  count(f);
}

Figures figures(const data::Dataset& dataset, data::Indicator indicator,
                std::optional<geo::Date> at, std::span<const geo::UnitIndex> within,
                const Figures* before) {
  View view;
  view.indicator = indicator;
  view.at = at;
  view.within.assign(within.begin(), within.end());
  return figures(dataset, view, {nullptr, nullptr, before});
}

}  // namespace app
