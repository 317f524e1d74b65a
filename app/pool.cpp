#include "app/pool.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace app {
namespace {

/// From how many settlements on a pattern is drawn: the upper third of the communes with any, so
/// that the pattern sets some apart instead of covering the map.
std::uint32_t pattern_from(std::vector<std::uint32_t> counts) {
  std::erase(counts, 0U);
  if (counts.empty()) return 1;
  std::sort(counts.begin(), counts.end());
  return counts[counts.size() * 2 / 3];
}

/// The target that most eligible people are held to: districts may have their own, and a mean of
/// them would be nobody's.
std::optional<double> common_target(std::span<const data::Gap> gaps) {
  std::map<double, double> people;
  for (const data::Gap& gap : gaps) {
    if (!gap.target) continue;
    people[std::round(*gap.target * 1000) / 1000] += gap.eligible ? gap.eligible->value : 0;
  }
  const auto most =
      std::max_element(people.begin(), people.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == people.end() ? std::nullopt : std::optional(most->first);
}

/// The scale of the circles: nine in ten stay within `largest_circle`, and the largest of all
/// within half as much again, so that one city does not shrink the rest to dots.
double people_per_circle(std::vector<double> shortfalls) {
  std::erase_if(shortfalls, [](double people) { return people <= 0; });
  if (shortfalls.empty()) return 0;
  std::sort(shortfalls.begin(), shortfalls.end());
  return std::max(shortfalls[shortfalls.size() * 9 / 10], shortfalls.back() / (1.5 * 1.5));
}

bool has_dates(data::Indicator indicator, const data::Dataset& dataset) {
  return data::is_reported(indicator) && !dataset.dates.empty();
}

geo::Date last_date(const data::Dataset& dataset) {
  return dataset.dates.empty() ? geo::Date{} : dataset.dates.back();
}

Pool::Of pool_of(const data::Dataset& dataset, data::Indicator indicator,
                 const geo::Progress& progress) {
  Pool::Of of;
  if (has_dates(indicator, dataset)) {
    for (std::size_t i = 0; i < dataset.dates.size(); ++i) {
      progress.at(static_cast<double>(i) / static_cast<double>(dataset.dates.size()),
                  geo::msg("app.doing_open"));
      of.gaps.push_back(data::gaps(dataset, indicator, dataset.dates[i]));
    }
  } else {
    of.gaps.push_back(data::gaps(dataset, indicator, last_date(dataset)));
  }
  std::vector<double> shortfalls;
  for (const auto& gaps : of.gaps) {
    for (const data::Gap& gap : gaps) {
      if (gap.rate && std::isfinite(gap.rate->value)) of.rates.push_back(gap.rate->value);
      if (gap.shortfall) shortfalls.push_back(gap.shortfall->value);
    }
  }
  std::sort(of.rates.begin(), of.rates.end());
  of.people_per_circle = people_per_circle(std::move(shortfalls));
  of.target = common_target(of.gaps.back());
  of.own_targets = std::any_of(of.gaps.back().begin(), of.gaps.back().end(), [&](const auto& gap) {
    return of.target && gap.target && !same_target(*gap.target, *of.target);
  });
  return of;
}

}  // namespace

bool same_target(double a, double b) { return std::abs(a - b) < 5e-4; }

Pool make_pool(const data::Dataset& dataset, std::span<const data::Indicator> indicators,
               const geo::Progress& progress) {
  Pool pool;
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    const auto share = [&](std::size_t n) {
      return static_cast<double>(n) / static_cast<double>(indicators.size());
    };
    pool.by_indicator[static_cast<std::size_t>(indicators[i])] =
        pool_of(dataset, indicators[i], progress.part(share(i), share(i + 1)));
  }
  pool.barriers = data::barriers(dataset);
  std::vector<std::uint32_t> no_grid, poor;
  for (const data::Barriers& b : pool.barriers) {
    no_grid.push_back(b.no_grid);
    poor.push_back(b.weak_signal + b.no_signal);
  }
  pool.hatch_from = pattern_from(std::move(no_grid));
  pool.dots_from = pattern_from(std::move(poor));
  return pool;
}

std::vector<data::Gap> gaps_at(const Pool& pool, const data::Dataset& dataset,
                               data::Indicator indicator, geo::Date at) {
  const auto& of = pool.by_indicator[static_cast<std::size_t>(indicator)];
  if (!of) return data::gaps(dataset, indicator, at);
  if (has_dates(indicator, dataset)) {
    const auto found = std::lower_bound(dataset.dates.begin(), dataset.dates.end(), at);
    if (found != dataset.dates.end() && *found == at) {
      return of->gaps[static_cast<std::size_t>(found - dataset.dates.begin())];
    }
  } else if (at == last_date(dataset) ||
             std::none_of(dataset.targets.begin(), dataset.targets.end(), [&](const auto& target) {
               return target.indicator == data::id(indicator);
             })) {
    return of->gaps.front();  // only a target could differ from day to day
  }
  return data::gaps(dataset, indicator, at);
}

}  // namespace app
