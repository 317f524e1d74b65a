// Plans: the quick answer, and the bound that its prices prove.
#include <benchmark/benchmark.h>

#include "tests/data/made_up_plan.hpp"

namespace {

/// As many communes as the number says, two crews of two teams to each, eight weekends.
data::PlanProblem problem_of(benchmark::State& state) {
  const auto places = static_cast<std::uint32_t>(state.range(0));
  data::PlanProblem problem = made_up::problem(7, {2 * places, 2, places, 8, 2, 12});
  problem.musts.clear();
  return problem;
}

void quick_plan(benchmark::State& state) {
  const data::PlanProblem problem = problem_of(state);
  double gap = 0;
  for (auto _ : state) gap = data::gap_of(data::quick_plan(problem));
  state.counters["gap_percent"] = gap * 100;
  state.counters["ways"] = static_cast<double>(problem.ways.size());
}
BENCHMARK(quick_plan)->Arg(10)->Arg(45)->Arg(332)->Unit(benchmark::kMillisecond);

void prices(benchmark::State& state) {
  const data::PlanProblem problem = problem_of(state);
  const double known = data::quick_plan(problem).value;
  for (auto _ : state) benchmark::DoNotOptimize(data::plan_prices(problem, known, 150).bound);
}
BENCHMARK(prices)->Arg(10)->Arg(45)->Arg(332)->Unit(benchmark::kMillisecond);

}  // namespace
