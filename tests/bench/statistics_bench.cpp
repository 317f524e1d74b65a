#include <benchmark/benchmark.h>

#include <cmath>
#include <optional>
#include <vector>

#include "data/classification.hpp"
#include "data/score.hpp"
#include "data/spatial_statistics.hpp"
#include "geo/contiguity.hpp"
#include "geo/random.hpp"
#include "geo/sample_land.hpp"

// As large as the whole country: 3,321 communes, 20 dates.
namespace {

constexpr std::uint32_t national = 3'321;

/// Rates that rise from week to week and differ from commune to commune; with decimals, so that
/// nearly all of them are distinct.
std::vector<double> pooled_rates(std::size_t dates) {
  geo::Random random(1);
  std::vector<double> out;
  for (std::uint32_t commune = 0; commune < national; ++commune) {
    const double reach = 0.15 + 0.8 * random.share() * random.share();
    for (std::size_t date = 1; date <= dates; ++date)
      out.push_back(reach * (1 - std::exp(-0.15 * static_cast<double>(date))) +
                    0.01 * random.share());
  }
  return out;
}

void classify(benchmark::State& state, data::Classification by) {
  const auto values = pooled_rates(20);
  for (auto _ : state)
    benchmark::DoNotOptimize(data::classify(values, {by, 6, 0.6, {0.1, 0.2, 0.4}}));
}
BENCHMARK_CAPTURE(classify, Target, data::Classification::target)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(classify, Quantiles, data::Classification::quantiles)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(classify, FisherJenks, data::Classification::fisher_jenks)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(classify, HeadTailBreaks, data::Classification::head_tail_breaks)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(classify, PrettyBreaks, data::Classification::pretty_breaks)
    ->Unit(benchmark::kMillisecond);

/// Rates that no round step tells apart well: every step down to 0.1% is tried.
void classify_crowded(benchmark::State& state) {
  auto values = pooled_rates(20);
  for (double& v : values) v = v < 0.3 ? 0.001 * v : v;
  for (auto _ : state)
    benchmark::DoNotOptimize(data::classify(values, {data::Classification::target, 6, 0.95, {}}));
}
BENCHMARK(classify_crowded)->Unit(benchmark::kMillisecond);

void contiguity(benchmark::State& state) {
  const auto land = geo::make_sample_land(national, 1);
  const auto borders = geo::build_borders(land.communes, {});
  for (auto _ : state) benchmark::DoNotOptimize(geo::queen_contiguity(borders));
}
BENCHMARK(contiguity)->Unit(benchmark::kMillisecond);

void moran(benchmark::State& state) {
  const auto land = geo::make_sample_land(national, 1);
  const auto neighbours = geo::queen_contiguity(geo::build_borders(land.communes, {}));
  const auto rates = pooled_rates(1);
  const std::vector<std::optional<double>> values(rates.begin(), rates.end());
  data::MoranOptions options;
  options.permutations = static_cast<std::uint32_t>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(data::moran(values, neighbours, options));
}
BENCHMARK(moran)->Arg(999)->Arg(9'999)->Unit(benchmark::kMillisecond);

/// The weights of a score redrawn 1,000 times, for the first k.
void stability(benchmark::State& state) {
  data::Scores scores;
  geo::Random random(7);
  for (std::uint32_t i = 0; i < national; ++i) {
    scores.units.emplace_back(i);
    auto& parts = scores.parts.emplace_back();
    for (double& part : parts) part = random.share();
    scores.score.push_back(parts[0]);
  }
  for (auto _ : state)
    benchmark::DoNotOptimize(data::stability(scores, {}, static_cast<std::size_t>(state.range(0))));
}
BENCHMARK(stability)->Arg(10)->Arg(100)->Unit(benchmark::kMillisecond);

}  // namespace
