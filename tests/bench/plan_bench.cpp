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

/// A slider is pulled: as many teams as the number says, 45 communes, eight weekends; from the
/// wishes to the plan. `of_100_ms` is the share of what a hand does not notice.
void follow_a_slider(benchmark::State& state) {
  const auto teams = static_cast<std::uint32_t>(state.range(0));
  const data::PlanBasis basis = made_up::basis(7, 45, teams);
  data::PlanWishes wishes;
  wishes.from = *geo::parse_date("2023-09-02");
  double total = 0;
  std::size_t stop = 0, ways = 0;
  for (auto _ : state) {
    wishes.barriers = 0.3 + 0.05 * double(stop++ % 8);
    const data::PlanProblems problems = data::plan_problems(basis, wishes);
    total = data::plan_of(basis, wishes, problems, data::quick_plans(problems)).total;
    ways = problems.parts.at(0).problem.ways.size();
  }
  benchmark::DoNotOptimize(total);
  state.counters["ways"] = static_cast<double>(ways);
  state.counters["of_100_ms"] = benchmark::Counter(
      0.1, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(follow_a_slider)->Arg(20)->Arg(158)->Unit(benchmark::kMillisecond)->UseRealTime();

void prices(benchmark::State& state) {
  const data::PlanProblem problem = problem_of(state);
  const double known = data::quick_plan(problem).value;
  for (auto _ : state) benchmark::DoNotOptimize(data::plan_prices(problem, known, 150).bound);
}
BENCHMARK(prices)->Arg(10)->Arg(45)->Arg(332)->Unit(benchmark::kMillisecond);

}  // namespace
