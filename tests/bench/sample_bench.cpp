#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>
#include <string>

#include "data/gaps.hpp"
#include "data/prepared_land.hpp"
#include "data/sample.hpp"
#include "data/workspace.hpp"
#include "geo/land.hpp"
#include "geo/sample_land.hpp"

// A sample as large as the whole country: 3,321 communes, 20 weeks.
namespace {

constexpr std::uint32_t national = 3'321;

std::filesystem::path scratch(const std::string& name) {
  return std::filesystem::temp_directory_path() / ("phusong_bench_" + name + ".sqlite");
}

/// Written once, removed at the end of the program.
class Sample {
 public:
  Sample() {
    std::filesystem::remove(file_);
    data::write_sample(file_, {national, 20, 1});
  }
  ~Sample() {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }
  Sample(const Sample&) = delete;
  Sample& operator=(const Sample&) = delete;

  static const Sample& once() {
    static const Sample sample;
    return sample;
  }
  std::vector<geo::GeoShape> shapes() const {
    auto workspace = data::Workspace::open(file_, data::OpenMode::read_only);
    return data::read_shapes(workspace.database());
  }
  std::shared_ptr<const data::Dataset> load() const {
    return data::Workspace::open(file_, data::OpenMode::read_only).load();
  }

 private:
  std::filesystem::path file_ = scratch("national");
};

void make_land(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(geo::make_sample_land(static_cast<std::uint32_t>(state.range(0)), 1));
  }
}
BENCHMARK(make_land)->Arg(45)->Arg(national)->Arg(20'000)->Unit(benchmark::kMillisecond);

void write_sample(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    const auto file = scratch("written");
    std::filesystem::remove(file);
    state.ResumeTiming();
    data::write_sample(file, {static_cast<std::uint32_t>(state.range(0)), 20, 1});
  }
  std::filesystem::remove(scratch("written"));
}
BENCHMARK(write_sample)->Arg(45)->Arg(national)->Unit(benchmark::kMillisecond)->Iterations(1);

void load(benchmark::State& state) {
  const Sample& sample = Sample::once();
  for (auto _ : state) benchmark::DoNotOptimize(sample.load());
}
BENCHMARK(load)->Unit(benchmark::kMillisecond);

void gaps(benchmark::State& state) {
  const auto dataset = Sample::once().load();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        data::gaps(*dataset, data::Indicator::activation_l2, dataset->dates.back()));
  }
}
BENCHMARK(gaps)->Unit(benchmark::kMillisecond);

void build_land(benchmark::State& state) {
  const auto dataset = Sample::once().load();
  const auto shapes = Sample::once().shapes();
  for (auto _ : state) benchmark::DoNotOptimize(geo::build_land(shapes, dataset->crs));
}
BENCHMARK(build_land)->Unit(benchmark::kMillisecond);

}  // namespace
