#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "app/figures.hpp"
#include "app/pool.hpp"
#include "data/gaps.hpp"
#include "data/load.hpp"
#include "data/prepared_land.hpp"
#include "data/sample.hpp"
#include "data/snapshot.hpp"
#include "data/workspace.hpp"
#include "geo/cache_folder.hpp"

// What opening and showing numbers costs at 45, 332, 3,321 and 20,000 communes with 20 weeks, and
// how it grows: peers/write_performance.py fits the exponent.
namespace {

namespace fs = std::filesystem;

/// Samples written once and removed at the end, with a cache folder of their own.
class Samples {
 public:
  Samples() : folder_(fs::temp_directory_path() / "phusong_bench_numbers") {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    setenv("PHUSONG_CACHE", folder_.c_str(), 1);
  }
  ~Samples() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Samples(const Samples&) = delete;
  Samples& operator=(const Samples&) = delete;

  fs::path file(std::int64_t communes) {
    const fs::path file = folder_ / (std::to_string(communes) + ".sqlite");
    if (!fs::exists(file)) data::write_sample(file, {static_cast<std::uint32_t>(communes), 20, 1});
    return file;
  }
  data::SnapshotUse use() const {
    return {.cache = geo::cache_folder(), .may_keep = true, .least_rows = 1};
  }
  std::shared_ptr<const data::Dataset> dataset(std::int64_t communes) {
    auto& kept = datasets_[communes];
    if (!kept)
      kept = std::make_shared<const data::Dataset>(
          data::load_dataset(data::Workspace::open(file(communes)).database(), {}));
    return kept;
  }

 private:
  fs::path folder_;
  std::map<std::int64_t, std::shared_ptr<const data::Dataset>> datasets_;
};

Samples& samples() {
  static Samples all;
  return all;
}

void sizes(benchmark::internal::Benchmark* bench) {
  for (const int communes : {45, 332, 3'321, 20'000}) bench->Arg(communes);
  bench->Unit(benchmark::kMillisecond);
}

/// The whole dataset but the land, as opening does it: from snapshots once they are there.
void open_numbers(benchmark::State& state) {
  auto workspace = data::Workspace::open(samples().file(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(data::load_dataset(workspace.database(), {}));
}
BENCHMARK(open_numbers)->Apply(sizes);

/// What the first picture needs of the land: from the images that the workspace and the cache hold.
void open_land(benchmark::State& state) {
  auto workspace = data::Workspace::open(samples().file(state.range(0)));
  data::complete_land(workspace, data::load_land(workspace));
  for (auto _ : state) benchmark::DoNotOptimize(data::load_land(workspace));
}
BENCHMARK(open_land)->Apply(sizes);

/// All of it, looked through before it is used.
void open_whole_land(benchmark::State& state) {
  auto workspace = data::Workspace::open(samples().file(state.range(0)));
  for (auto _ : state)
    benchmark::DoNotOptimize(data::complete_land(workspace, data::load_land(workspace)));
}
BENCHMARK(open_whole_land)->Apply(sizes);

/// Reports with an empty cache: the table is read and kept.
void build_snapshot(benchmark::State& state) {
  auto workspace = data::Workspace::open(samples().file(state.range(0)));
  data::ReportsRead how;
  for (auto _ : state) {
    state.PauseTiming();
    fs::remove_all(samples().use().cache);
    state.ResumeTiming();
    benchmark::DoNotOptimize(
        data::read_reports(workspace.database(), samples().use(), {}, &how).dates().size());
  }
  state.counters["rows_read"] = static_cast<double>(how.rows);
}
BENCHMARK(build_snapshot)->Apply(sizes);

void open_snapshot(benchmark::State& state) {
  auto workspace = data::Workspace::open(samples().file(state.range(0)));
  data::read_reports(workspace.database(), samples().use());
  data::ReportsRead how;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        data::read_reports(workspace.database(), samples().use(), {}, &how).dates().size());
  state.counters["rows_read"] = static_cast<double>(how.rows);
}
BENCHMARK(open_snapshot)->Apply(sizes);

/// One import of one corrected report since: only its row is read, whatever the size.
void open_snapshot_and_one_source(benchmark::State& state) {
  const fs::path file = samples().file(state.range(0));
  fs::path copy = file;
  copy += ".corrected";
  fs::remove(copy);
  auto workspace = data::Workspace::open(file);
  workspace.database().execute("PRAGMA wal_checkpoint(TRUNCATE)");
  fs::copy_file(file, copy);
  auto corrected = data::Workspace::open(copy);
  auto use = samples().use();
  data::read_reports(corrected.database(), use);
  const auto source = data::begin_source(corrected, "reports", "correction.csv");
  corrected.database()
      .prepare(
          "INSERT INTO report (unit_id, date, activated_l2, source_id, source_row)"
          " SELECT unit_id, date, activated_l2 + 1, ?, 2 FROM report ORDER BY id DESC LIMIT 1")
      .bind(1, source)
      .run();
  use.least_rows = 1'000;
  data::ReportsRead how;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        data::read_reports(corrected.database(), use, {}, &how).dates().size());
  state.counters["rows_read"] = static_cast<double>(how.rows);
}
BENCHMARK(open_snapshot_and_one_source)->Apply(sizes);

void gaps_at_a_date(benchmark::State& state) {
  const auto dataset = samples().dataset(state.range(0));
  for (auto _ : state)
    benchmark::DoNotOptimize(
        data::gaps(*dataset, data::Indicator::activation_l2, dataset->dates[10]));
}
BENCHMARK(gaps_at_a_date)->Apply(sizes);

/// What the classes of an indicator are made of: the rates of all dates.
void all_dates(benchmark::State& state) {
  const auto dataset = samples().dataset(state.range(0));
  for (auto _ : state) {
    const app::Pool pool(dataset);
    benchmark::DoNotOptimize(pool.of(data::Indicator::activation_l2).rates.size());
  }
}
BENCHMARK(all_dates)->Apply(sizes);

/// Another date: everything that colours, legend and card show, with the classes there already.
void restyle(benchmark::State& state) {
  const auto dataset = samples().dataset(state.range(0));
  const app::Pool pool(dataset);
  app::View view;
  app::Figures last;
  std::size_t date = 0;
  for (auto _ : state) {
    view.at = dataset->dates[date++ % dataset->dates.size()];
    last = app::figures(*dataset, view, {&pool, nullptr, &last});
  }
  state.counters["communes_per_second"] = benchmark::Counter(
      static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(restyle)->Apply(sizes);

}  // namespace
