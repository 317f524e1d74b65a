#include <benchmark/benchmark.h>

#include <filesystem>
#include <map>
#include <memory>

#include "app/apply.hpp"
#include "app/jobs.hpp"
#include "data/sample.hpp"

// What a person does at the desk with a sample as large as the whole country: 3,321 communes, 20
// weeks. All of it happens between two frames, on one core.
namespace {

using namespace app;

std::shared_ptr<const Loaded> national() {
  static const std::shared_ptr<const Loaded> loaded = [] {
    const auto file = std::filesystem::temp_directory_path() / "phusong_bench_desk.sqlite";
    std::filesystem::remove(file);
    data::write_sample(file, {3'321, 20, 1});
    auto out = load(file, {});
    std::filesystem::remove(file);
    return out;
  }();
  return loaded;
}

AppState desk() {
  AppState s;
  apply(s, command::ResizeMap{1920, 1080, 1});
  apply(s, command::WorkspaceLoaded{national()});
  return s;
}

/// Two commands in turn, so that nothing is what it was a moment ago.
void between(benchmark::State& state, AppState& s, const Command& a, const Command& b) {
  bool first = true;
  for (auto _ : state) {
    apply(s, first ? a : b);
    first = !first;
  }
  state.counters["communes"] = static_cast<double>(s.derived.shown.size());
}

void another_date(benchmark::State& state) {
  AppState s = desk();
  between(state, s, command::ChooseDate{18}, command::ChooseDate{7});
}
BENCHMARK(another_date)->Unit(benchmark::kMillisecond);

void another_indicator(benchmark::State& state) {
  AppState s = desk();
  between(state, s, command::ChooseIndicator{data::Indicator::installed},
          command::ChooseIndicator{data::Indicator::electricity});
}
BENCHMARK(another_indicator)->Unit(benchmark::kMillisecond);

void another_classification(benchmark::State& state) {
  AppState s = desk();
  const auto by = data::all_classifications[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(std::string(data::id(by)));
  ClassChoice five, seven;
  five.by = seven.by = by;
  five.classes = 5;
  seven.classes = 7;
  five.inner_breaks = {0.1, 0.2, 0.3};
  seven.inner_breaks = {0.15, 0.25, 0.35};
  between(state, s, command::ChooseClasses{five}, command::ChooseClasses{seven});
}
BENCHMARK(another_classification)->DenseRange(0, 7)->Unit(benchmark::kMillisecond);

void other_weights(benchmark::State& state) {
  AppState s = desk();
  apply(s, command::SortRanking{RankColumn::score});
  data::Weights one, two;
  one.of = {1, 2, 3, 1, 0, 1};
  two.of = {5, 1, 1, 0, 2, 1};
  between(state, s, command::ChooseWeights{one}, command::ChooseWeights{two});
}
BENCHMARK(other_weights)->Unit(benchmark::kMillisecond);

void stability(benchmark::State& state) {
  const AppState s = desk();
  for (auto _ : state) {
    benchmark::DoNotOptimize(data::stability(s.derived.scores, s.weights, 10));
  }
}
BENCHMARK(stability)->Unit(benchmark::kMillisecond);

void another_filter(benchmark::State& state) {
  AppState s = desk();
  Filter one, two;
  one.districts = {1, 2, 3};
  two.barriers = {data::Barrier::no_grid};
  between(state, s, command::ChooseFilter{one}, command::ChooseFilter{two});
}
BENCHMARK(another_filter)->Unit(benchmark::kMillisecond);

void another_selection(benchmark::State& state) {
  AppState s = desk();
  std::vector<geo::UnitIndex> half;
  for (std::uint32_t i = 0; i < 3'321; i += 2) half.emplace_back(i);
  between(state, s, command::Select{half}, command::Select{{geo::UnitIndex(5U)}});
}
BENCHMARK(another_selection)->Unit(benchmark::kMillisecond);

void another_layer(benchmark::State& state) {
  AppState s = desk();
  const MapLayer layer = all_layers[static_cast<std::size_t>(state.range(0))];
  constexpr const char* names[] = {"gap",      "two_way", "performance",
                                   "clusters", "change",  "silence"};
  state.SetLabel(names[state.range(0)]);
  between(state, s, command::ChooseLayer{layer},
          command::ChooseLayer{layer == MapLayer::gap ? MapLayer::silence : MapLayer::gap});
}
BENCHMARK(another_layer)->DenseRange(0, 5)->Unit(benchmark::kMillisecond);

/// Every step of the time line looks for them anew.
void clusters_of_another_date(benchmark::State& state) {
  AppState s = desk();
  apply(s, command::ChooseLayer{MapLayer::clusters});
  between(state, s, command::ChooseDate{18}, command::ChooseDate{12});
}
BENCHMARK(clusters_of_another_date)->Unit(benchmark::kMillisecond);

void frame(benchmark::State& state) {
  const AppState s = desk();
  for (auto _ : state) {
    benchmark::DoNotOptimize(make_frame(*s.dataset(), s.loaded->land, *s.derived.figures, s.view));
  }
}
BENCHMARK(frame)->Unit(benchmark::kMillisecond);

void pool(benchmark::State& state) {
  const auto loaded = national();
  for (auto _ : state) {
    const Pool pool(loaded->dataset);
    for (const data::Indicator indicator : data::all_indicators)
      benchmark::DoNotOptimize(pool.of(indicator).rates.size());
  }
}
BENCHMARK(pool)->Unit(benchmark::kMillisecond);

/// Ten years of weeks: what a person sees first of an indicator whose classes, of all dates, nobody
/// has worked out yet. On the window's thread; a job does the rest.
std::shared_ptr<const Loaded> ten_years(std::int64_t communes) {
  static std::map<std::int64_t, std::shared_ptr<const Loaded>> made;
  auto& loaded = made[communes];
  if (loaded) return loaded;
  const auto file = std::filesystem::temp_directory_path() / "phusong_bench_years.sqlite";
  std::filesystem::remove(file);
  data::write_sample(file, {static_cast<std::uint32_t>(communes), 520, 1});
  loaded = load(file, {});
  std::filesystem::remove(file);
  return loaded;
}

void first_look_at_an_indicator(benchmark::State& state) {
  const auto loaded = ten_years(state.range(0));
  for (auto _ : state) {
    state.PauseTiming();
    auto fresh = std::make_shared<Loaded>(*loaded);
    fresh->pool = std::make_shared<const Pool>(loaded->dataset);
    fresh->pool->of(View{}.indicator);
    AppState s;
    apply(s, command::ResizeMap{1920, 1080, 1});
    apply(s, command::WorkspaceLoaded{fresh});
    state.ResumeTiming();
    apply(s, command::ChooseIndicator{data::Indicator::installed});
    state.PauseTiming();
    s = {};
    state.ResumeTiming();
  }
}
BENCHMARK(first_look_at_an_indicator)->Arg(332)->Arg(3'321)->Unit(benchmark::kMillisecond);

/// The classes of all dates have come.
void classes_of_ten_years(benchmark::State& state) {
  const auto loaded = ten_years(state.range(0));
  loaded->pool->of(data::Indicator::installed);
  AppState s;
  apply(s, command::ResizeMap{1920, 1080, 1});
  apply(s, command::WorkspaceLoaded{loaded});
  between(state, s, command::ChooseIndicator{data::Indicator::installed},
          command::ChooseIndicator{data::Indicator::activation_l2});
}
BENCHMARK(classes_of_ten_years)->Arg(332)->Arg(3'321)->Unit(benchmark::kMillisecond);

/// Their series is of all dates too.
void many_selected_of_ten_years(benchmark::State& state) {
  const auto loaded = ten_years(state.range(0));
  AppState s;
  apply(s, command::ResizeMap{1920, 1080, 1});
  apply(s, command::WorkspaceLoaded{loaded});
  std::vector<geo::UnitIndex> half;
  for (std::uint32_t i = 0; i < state.range(0); i += 2) half.emplace_back(i);
  between(state, s, command::Select{half}, command::Select{{geo::UnitIndex(5U)}});
}
BENCHMARK(many_selected_of_ten_years)->Arg(332)->Arg(3'321)->Unit(benchmark::kMillisecond);

}  // namespace
