#include <benchmark/benchmark.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "app/figures.hpp"
#include "data/prepared_land.hpp"
#include "data/workspace.hpp"
#include "geo/sample_land.hpp"
#include "render/map_painter.hpp"
#include "render/offscreen.hpp"
#include "render/palette.hpp"
#include "tests/allocations.hpp"

// Whole frames of 1920 × 1080 pixels, read back: of made-up lands (a number is how many communes),
// and of the workspace that PHUSONG_BENCH_WORKSPACE names. A frame's draws, uploads and allocations
// are counted beside its time.

namespace {

constexpr int width = 1920, height = 1080;

/// Two drawings of one land, two places to look at, and what draws them.
struct Desk {
  std::shared_ptr<const geo::Land> land;
  render::Frame frame, other;  ///< another indicator
  render::Camera whole, part;
  render::OffscreenContext context;
  render::MapPainter painter;

  void ready(const geo::Box& part_of) {
    whole = render::fit(land->bounds, width, height, 10);
    part = render::fit(part_of, width, height, 10);
    frame.camera = other.camera = whole;
  }
};

std::unique_ptr<Desk> made_up(std::uint32_t communes) {
  const geo::SampleLand made = geo::make_sample_land(communes, 1);
  std::vector<geo::Parents> parents;
  for (const std::uint32_t district : made.districts) parents.push_back({district, district / 10});
  auto desk = std::make_unique<Desk>();
  desk->land = geo::build_land(made.communes, geo::map_crs(communes > 1000 ? 3405 : 9205), parents);
  const auto palette = render::target_palette(4, 1);
  for (render::Frame* frame : {&desk->frame, &desk->other}) {
    frame->land = desk->land;
    frame->areas.resize(made.communes.size());
    for (std::size_t i = 0; i < frame->areas.size(); ++i) {
      render::AreaStyle& area = frame->areas[i];
      area.fill = palette[(frame == &desk->frame ? i : i / 3) % palette.size()];
      if (i % 9 == 0) area.patterns = render::pattern_hatch;
      if (i % 50 == 0) area.patterns = render::pattern_dashed;
    }
  }
  const geo::Box& all = desk->land->bounds;
  const geo::MapPoint c = all.centre();
  desk->ready({{c.x - all.width() / 9, c.y - all.height() / 9},
               {c.x + all.width() / 9, c.y + all.height() / 9}});
  return desk;
}

/// As the window shows it. The part is Điện Biên, or a twentieth of the land.
std::unique_ptr<Desk> of_workspace(const char* file) {
  data::Workspace workspace = data::Workspace::open_for_reading(file);
  const auto dataset = workspace.load();
  auto desk = std::make_unique<Desk>();
  desk->land = data::complete_land(workspace, data::load_land(workspace));
  app::View view;
  desk->frame = app::make_frame(*dataset, desk->land, app::figures(*dataset, view), view);
  view.indicator = data::Indicator::activation_l1;
  desk->other = app::make_frame(*dataset, desk->land, app::figures(*dataset, view), view);
  geo::Box part;
  for (std::size_t i = 0; i < dataset->communes.size(); ++i) {
    const std::int32_t province = dataset->communes[i].province;
    if (province >= 0 &&
        dataset->provinces[static_cast<std::size_t>(province)].code == geo::UnitCode("11")) {
      part.add(desk->land->boxes[i]);
    }
  }
  if (part.empty()) {
    const geo::Box& all = desk->land->bounds;
    const geo::MapPoint c = all.centre();
    part = {{c.x - all.width() / 9, c.y - all.height() / 9},
            {c.x + all.width() / 9, c.y + all.height() / 9}};
  }
  desk->ready(part);
  return desk;
}

/// One desk at a time: the lands of all sizes would not fit beside each other.
Desk& desk_of(std::int64_t communes) {
  static std::unique_ptr<Desk> desk;
  static std::int64_t of = -1;
  if (of != communes) {
    desk.reset();
    const char* file = std::getenv("PHUSONG_BENCH_WORKSPACE");
    desk = communes == 0 ? of_workspace(file) : made_up(static_cast<std::uint32_t>(communes));
    of = communes;
  }
  return *desk;
}

using Change = std::function<void(Desk&, render::Frame&, std::int64_t step)>;

/// Frames that `change` makes out of the last one, drawn and read back.
void frames(benchmark::State& state, const Change& change, std::int64_t communes) {
  Desk& desk = desk_of(communes);
  render::Frame frame = desk.frame, *now = &frame;
  frame.camera = desk.whole;
  std::int64_t step = 0;
  for (; step < 3; ++step) {  // what is uploaded once
    change(desk, *now, step);
    desk.painter.draw(*now);
  }
  const auto before = desk.painter.counts();
  std::uint64_t allocated = 0;
  render::Image image;
  for (auto _ : state) {
    change(desk, *now, ++step);
    const std::uint64_t allocated_before = test::allocations();
    desk.painter.draw(*now);
    allocated += test::allocations() - allocated_before;
    desk.painter.read_back(image);
    benchmark::DoNotOptimize(image.rgba.data());
  }
  const auto after = desk.painter.counts();
  const auto a_frame = [&](std::uint64_t from, std::uint64_t to) {
    return static_cast<double>(to - from) / static_cast<double>(state.iterations());
  };
  state.counters["draws"] = a_frame(before.draws, after.draws);
  state.counters["geometry_bytes"] = a_frame(before.geometry_bytes, after.geometry_bytes);
  state.counters["style_bytes"] = a_frame(before.style_bytes, after.style_bytes);
  state.counters["mark_bytes"] = a_frame(before.mark_bytes, after.mark_bytes);
  state.counters["allocations"] = a_frame(0, allocated);
}

void restyle(Desk& desk, render::Frame& frame, std::int64_t step) {
  const render::Frame& next = step % 2 == 0 ? desk.frame : desk.other;
  frame.areas = next.areas;
  frame.circles = next.circles;
  frame.labels = next.labels;
}
void still(Desk&, render::Frame&, std::int64_t) {}
void hover(Desk&, render::Frame& frame, std::int64_t step) {
  for (render::AreaStyle& area : frame.areas) area.hovered = false;
  frame.areas[static_cast<std::size_t>(step) % frame.areas.size()].hovered = true;
}
void select(Desk&, render::Frame& frame, std::int64_t step) {
  for (render::AreaStyle& area : frame.areas) area.selected = false;
  frame.areas[static_cast<std::size_t>(step) % frame.areas.size()].selected = true;
}
/// To the east by 40 pixels a frame, and back.
Change pan(render::Camera Desk::*from) {
  return [from](Desk& desk, render::Frame& frame, std::int64_t step) {
    frame.camera = render::pan(desk.*from, static_cast<double>(-40 * (step % 6)), 0);
  };
}
/// A little nearer with every frame, and back.
Change zoom(render::Camera Desk::*from) {
  return [from](Desk& desk, render::Frame& frame, std::int64_t step) {
    frame.camera = render::zoom_at(desk.*from, {width / 2.0, height / 2.0},
                                   1 + 0.03 * static_cast<double>(step % 6));
  };
}

/// Places all over the land, one after the other.
void unit_under_the_cursor(benchmark::State& state, std::int64_t communes) {
  const geo::Land& land = *desk_of(communes).land;
  std::size_t i = 0;
  for (auto _ : state) {
    const geo::MapPoint c = land.boxes[++i * 7 % land.boxes.size()].centre();
    benchmark::DoNotOptimize(geo::unit_at(land, c));
  }
}

/// A context and a painter with all its programs, and nothing drawn yet.
void painter_ready(benchmark::State& state) {
  for (auto _ : state) {
    const render::OffscreenContext context;
    const render::MapPainter painter;
    benchmark::DoNotOptimize(&painter);
  }
}
BENCHMARK(painter_ready)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

void register_frames(const std::string& prefix, std::int64_t communes) {
  const std::pair<const char*, Change> all[] = {{"still", still},
                                                {"restyle", restyle},
                                                {"hovered", hover},
                                                {"selected", select},
                                                {"pan", pan(&Desk::whole)},
                                                {"zoom", zoom(&Desk::whole)},
                                                {"part_pan", pan(&Desk::part)},
                                                {"part_zoom", zoom(&Desk::part)}};
  const std::string size = communes == 0 ? "" : "/" + std::to_string(communes);
  for (const auto& [name, change] : all) {
    benchmark::RegisterBenchmark(
        (prefix + name + size).c_str(),
        [change = change, communes](benchmark::State& s) { frames(s, change, communes); })
        ->Unit(benchmark::kMillisecond)
        ->MeasureProcessCPUTime()
        ->UseRealTime();
  }
  benchmark::RegisterBenchmark((prefix + "hover" + size).c_str(), [communes](benchmark::State& s) {
    unit_under_the_cursor(s, communes);
  })->Unit(benchmark::kMicrosecond);
}

const bool registered = [] {
  for (const std::int64_t communes : {45, 332, 3'321, 20'000}) register_frames("", communes);
  if (std::getenv("PHUSONG_BENCH_WORKSPACE") != nullptr) register_frames("workspace_", 0);
  return true;
}();

}  // namespace
