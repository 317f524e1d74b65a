#include "app/pool.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <span>

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

geo::Date last_date(const data::Dataset& dataset) {
  return dataset.dates.empty() ? geo::Date{} : dataset.dates.back();
}

/// Sorts in time linear in how many there are: rates of all dates are a few million, and nearly all
/// lie between 0 and 1.
void sort_rates(std::vector<double>& rates) {
  constexpr std::size_t few = 4096;
  if (rates.size() < few) {
    std::sort(rates.begin(), rates.end());
    return;
  }
  const auto [low, high] = std::minmax_element(rates.begin(), rates.end());
  const double from = *low, width = *high - *low;
  if (!(width > 0)) return;
  const std::size_t buckets = rates.size() / 8;
  const auto bucket_of = [&](double rate) {
    return std::min(buckets - 1,
                    static_cast<std::size_t>((rate - from) / width * static_cast<double>(buckets)));
  };
  std::vector<std::uint32_t> first(buckets + 1);
  for (const double rate : rates) ++first[bucket_of(rate) + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<double> sorted(rates.size());
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  for (const double rate : rates) sorted[next[bucket_of(rate)]++] = rate;
  for (std::size_t b = 0; b < buckets; ++b)
    std::sort(sorted.begin() + first[b], sorted.begin() + first[b + 1]);
  rates = std::move(sorted);
}

Pool::Of pool_of(const data::Dataset& dataset, data::Indicator indicator,
                 const geo::Progress& progress) {
  Pool::Of of;
  std::vector<double> shortfalls;
  const auto take = [&](std::span<const data::Gap> gaps) {
    for (const data::Gap& gap : gaps) {
      if (gap.rate && std::isfinite(gap.rate->value)) of.rates.push_back(gap.rate->value);
      if (gap.shortfall && gap.shortfall->value > 0) shortfalls.push_back(gap.shortfall->value);
    }
  };
  const std::size_t dates = dataset.dates.size();
  if (data::is_reported(indicator) && dates > 0) {
    of.rates.reserve(dates * dataset.communes.size());
    of.series.reserve(dates);
    data::every_date(dataset, indicator, {}, [&](std::size_t d, std::span<const data::Gap> gaps) {
      if (d % 16 == 0)
        progress.at(static_cast<double>(d) / static_cast<double>(dates),
                    geo::msg("app.doing_classes"));
      take(gaps);
      of.series.push_back(data::total(gaps));
    });
  } else {
    take(data::gaps(dataset, indicator, last_date(dataset)));
  }
  sort_rates(of.rates);
  of.people_per_circle = people_per_circle(std::move(shortfalls));
  return of;
}

Pool::Places places_of(const data::Dataset& dataset) {
  Pool::Places places;
  places.barriers = data::barriers(dataset);
  std::vector<std::uint32_t> no_grid, poor;
  for (const data::Barriers& b : places.barriers) {
    no_grid.push_back(b.no_grid);
    poor.push_back(b.weak_signal + b.no_signal);
  }
  places.hatch_from = pattern_from(std::move(no_grid));
  places.dots_from = pattern_from(std::move(poor));
  return places;
}

}  // namespace

/// Nine in ten stay within `largest_circle`, and the largest of all within half as much again, so
/// that one city does not shrink the rest to dots.
double people_per_circle(std::vector<double> shortfalls) {
  std::erase_if(shortfalls, [](double people) { return people <= 0; });
  if (shortfalls.empty()) return 0;
  const double largest = *std::max_element(shortfalls.begin(), shortfalls.end());
  const auto nine_in_ten =
      shortfalls.begin() + static_cast<std::ptrdiff_t>(shortfalls.size() * 9 / 10);
  std::nth_element(shortfalls.begin(), nine_in_ten, shortfalls.end());
  return std::max(*nine_in_ten, largest / (1.5 * 1.5));
}

bool same_target(double a, double b) { return std::abs(a - b) < 5e-4; }

Pool::Pool(std::shared_ptr<const data::Dataset> dataset) : dataset_(std::move(dataset)) {}

Pool::Pool(std::shared_ptr<const data::Dataset> dataset, const Pool& before)
    : Pool(std::move(dataset)) {
  const std::scoped_lock lock(before.known_, before.places_asked_, before.kept_asked_);
  of_ = before.of_;
  held_ = before.held_;
  places_ = before.places_;
  kept_ = before.kept_;
}

Pool::Pool(const data::Dataset& dataset)
    : dataset_(std::shared_ptr<const data::Dataset>(), &dataset) {}

const Pool::Of& Pool::of(data::Indicator indicator, const geo::Progress& progress) const {
  if (const auto there = known(indicator)) return *there;
  const auto i = static_cast<std::size_t>(indicator);
  const std::lock_guard one_at_a_time(working_[i]);
  if (const auto there = known(indicator)) return *there;
  auto made = std::make_shared<const Of>(pool_of(*dataset_, indicator, progress));
  const std::lock_guard lock(known_);
  of_[i] = std::move(made);
  return *of_[i];
}

std::shared_ptr<const Pool::Of> Pool::known(data::Indicator indicator) const {
  const std::lock_guard lock(known_);
  return of_[static_cast<std::size_t>(indicator)];
}

bool Pool::at_once(data::Indicator indicator) const {
  // A hundred thousand take about ten milliseconds (bench_derive).
  constexpr std::size_t few = 100'000;
  return !data::is_reported(indicator) ||
         dataset_->dates.size() * dataset_->communes.size() <= few || known(indicator) != nullptr;
}

Pool::Held Pool::held(data::Indicator indicator) const {
  const auto i = static_cast<std::size_t>(indicator);
  {
    const std::lock_guard lock(known_);
    if (held_[i]) return *held_[i];
  }
  const Gaps at_last = gaps(indicator, last_date(*dataset_));
  Held held{common_target(*at_last), false};
  held.own_targets = std::any_of(at_last->begin(), at_last->end(), [&](const data::Gap& gap) {
    return held.target && gap.target && !same_target(*gap.target, *held.target);
  });
  const std::lock_guard lock(known_);
  held_[i] = held;
  return held;
}

const Pool::Places& Pool::places() const {
  const std::lock_guard lock(places_asked_);
  if (!places_) places_ = places_of(*dataset_);
  return *places_;
}

Pool::Gaps Pool::gaps(data::Indicator indicator, geo::Date at) const {
  constexpr std::size_t most = 8;  // a view and those it is compared with, before and after
  const bool dated = data::is_reported(indicator) ||
                     std::any_of(dataset_->targets.begin(), dataset_->targets.end(),
                                 [&](const data::Target& target) {
                                   return target.indicator == data::id(indicator);
                                 });
  if (!dated) at = last_date(*dataset_);  // nothing differs from day to day
  const std::lock_guard lock(kept_asked_);
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.indicator == indicator && kept.at == at;
  });
  if (found != kept_.end()) {
    std::rotate(found, found + 1, kept_.end());
  } else {
    if (kept_.size() == most) kept_.erase(kept_.begin());
    kept_.push_back(
        {indicator, at,
         std::make_shared<const std::vector<data::Gap>>(data::gaps(*dataset_, indicator, at))});
  }
  return kept_.back().gaps;
}

}  // namespace app
