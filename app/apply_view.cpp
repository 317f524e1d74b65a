#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "app/apply.hpp"

namespace app {

render::Camera fitted(const AppState& state, bool selected) {
  render::Camera camera = state.camera;
  if (!state.loaded || !state.loaded->land || camera.width <= 0 || camera.height <= 0)
    return camera;
  const geo::Land& land = *state.loaded->land;
  geo::Box box;
  for (const geo::UnitIndex unit : selected ? state.view.selected : state.view.within) {
    box.add(land.boxes[unit.value]);
  }
  if (box.empty()) box = land.bounds;
  if (box.empty()) return camera;
  const double smallest = std::min(camera.width, camera.height);
  const double margin = std::min((selected ? 120 : 44) * state.pixel_ratio, smallest / 4);
  return render::fit(box, camera.width, camera.height, margin);
}

namespace {

using namespace command;
using Units = std::vector<geo::UnitIndex>;

constexpr auto play_step = std::chrono::milliseconds(700);
constexpr double narrowest = 180, widest = 720;  // of a panel, logical pixels

bool near(const render::Camera& a, const render::Camera& b) {
  return std::abs(a.metres_per_pixel / b.metres_per_pixel - 1) < 1e-9 &&
         std::abs(a.centre.x - b.centre.x) < a.metres_per_pixel / 100 &&
         std::abs(a.centre.y - b.centre.y) < a.metres_per_pixel / 100;
}

/// Is the worst (or the first of the alphabet) the least?
bool least_first(RankColumn column) {
  switch (column) {
    case RankColumn::name:
    case RankColumn::district:
    case RankColumn::rate:
    case RankColumn::achievement:
    case RankColumn::teams:
    case RankColumn::as_of:
      return true;
    case RankColumn::shortfall:
    case RankColumn::barrier:
    case RankColumn::score:
    case RankColumn::eligible:
    case RankColumn::unreached:
    case RankColumn::no_grid:
    case RankColumn::poor_signal:
      return false;
  }
  return true;
}

struct Viewing {
  AppState& s;

  const data::Dataset* dataset() const { return s.dataset(); }
  const geo::Land* land() const { return s.loaded ? s.loaded->land.get() : nullptr; }

  geo::UnitIndex unit_under(render::PixelPoint p) const {
    if (!land() || s.camera.width <= 0) return {};
    return geo::unit_at(*land(), s.camera.to_map(p));
  }
  std::size_t date_index() const {
    return s.derived.date_index.value_or(dataset()->dates.empty() ? 0
                                                                  : dataset()->dates.size() - 1);
  }
  void go_to_date(std::size_t index) {
    if (index < dataset()->dates.size()) s.view.at = dataset()->dates[index];
  }
  void select(Units units, How how) {
    s.view.selected = combined(s.view.selected, std::move(units), how);
  }

  void operator()(const ChooseIndicator& c) {
    // The classes of one indicator are not those of another.
    if (c.indicator != s.view.indicator) {
      s.view.filter.categories.clear();
      std::erase(s.given_up, Missing::all_dates);  // of another one it was stopped
    }
    s.view.indicator = c.indicator;
    refilter(s);
  }
  void operator()(const ChooseDate& c) {
    s.playing = false;
    if (dataset()) go_to_date(c.index);
  }
  void operator()(const StepDate& c) {
    if (!dataset() || dataset()->dates.empty()) return;
    s.playing = false;
    const auto last = static_cast<std::ptrdiff_t>(dataset()->dates.size()) - 1;
    go_to_date(static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(date_index()) + c.by, 0, last)));
  }
  void operator()(const Play& c) {
    s.playing = c.on && dataset() && dataset()->dates.size() > 1;
    s.next_step = s.now + play_step;
    if (s.playing && date_index() + 1 >= dataset()->dates.size()) go_to_date(0);
  }
  void operator()(const Tick& c) {
    s.now = c.now;
    if (!s.playing || c.now < s.next_step) return;
    s.next_step = c.now + play_step;
    go_to_date(date_index() + 1);
    if (date_index() + 2 >= dataset()->dates.size()) s.playing = false;
  }
  void operator()(const ChooseWithin& c) {
    s.view.filter.districts.clear();
    if (c.district >= 0) s.view.filter.districts.push_back(c.district);
    refilter(s);
    s.camera = fitted(s, false);
  }
  void operator()(const Select& c) {
    select(c.units, c.how);
    if (c.go_there && !s.view.selected.empty()) s.camera = fitted(s, true);
  }
  /// The settlement drawn under a pixel: a point of the cloud.
  std::optional<std::uint32_t> point_under(render::PixelPoint p) const {
    return render::point_at(s.points.layer, s.camera, s.pixel_ratio, p);
  }
  /// A settlement stands for its commune, also where it was put beyond the border.
  geo::UnitIndex meant_at(render::PixelPoint p, std::optional<std::uint32_t> point) const {
    const std::uint32_t unit = point ? s.points.layer.cloud->points[*point].unit : UINT32_MAX;
    return unit == UINT32_MAX ? unit_under(p) : geo::UnitIndex(unit);
  }
  void operator()(const SelectAt& c) {
    const geo::UnitIndex unit = meant_at(c.at, point_under(c.at));
    if (unit.valid()) {
      select({unit}, c.how);
    } else if (c.how == How::replace) {
      s.view.selected.clear();
    }
  }
  void operator()(const SelectBox& c) {
    if (!land()) return;
    geo::Box box;
    box.add(s.camera.to_map(c.a));
    box.add(s.camera.to_map(c.b));
    select(geo::units_in(*land(), box), c.how);
  }
  void operator()(const HoverAt& c) {
    s.view.hovered_point = c.at ? point_under(*c.at) : std::nullopt;
    s.view.hovered = c.at ? meant_at(*c.at, s.view.hovered_point) : geo::UnitIndex{};
  }
  void operator()(const Hover& c) {
    s.view.hovered = c.unit;
    s.view.hovered_point.reset();
  }
  void operator()(const ResizeMap& c) {
    const bool was_fitted = s.camera.width <= 0 || near(s.camera, fitted(s, false));
    s.camera.width = c.width;
    s.camera.height = c.height;
    s.pixel_ratio = c.pixel_ratio;
    if (was_fitted) s.camera = fitted(s, false);
  }
  void operator()(const PanBy& c) { s.camera = render::pan(s.camera, c.dx, c.dy); }
  void operator()(const ZoomAt& c) {
    const render::PixelPoint middle{s.camera.width / 2.0, s.camera.height / 2.0};
    // From a street to the whole country; farther there is nothing to see.
    const double least = 0.5, most = 5000;
    const double wanted = s.camera.metres_per_pixel / c.factor;
    const double factor = s.camera.metres_per_pixel / std::clamp(wanted, least, most);
    s.camera = render::zoom_at(s.camera, c.at.value_or(middle), factor);
  }
  void operator()(const Fit& c) { s.camera = fitted(s, c.selected); }
  void operator()(const ToggleBoxTool&) { s.box_tool = !s.box_tool; }
  void operator()(const ShowPoints& c) { s.view.points = c.when; }
  void operator()(const ToggleLayer& c) {
    if (c.which == ToggleLayer::points) {
      s.view.points = s.view.points == PointsShown::near     ? PointsShown::always
                      : s.view.points == PointsShown::always ? PointsShown::never
                                                             : PointsShown::near;
      return;
    }
    bool& layer = c.which == ToggleLayer::barriers  ? s.view.show_barriers
                  : c.which == ToggleLayer::circles ? s.view.show_circles
                  : c.which == ToggleLayer::labels  ? s.view.show_labels
                                                    : s.view.show_uncertain;
    layer = !layer;
  }
  void operator()(const SortRanking& c) {
    // The first click shows the worst first; names run from A.
    const bool same = s.rank_column == c.column;
    const bool first_ascending = least_first(c.column);
    s.rank_ascending = same ? !s.rank_ascending : first_ascending;
    s.rank_column = c.column;
  }
  void operator()(const StepRanking& c) {
    const auto& rows = s.derived.ranking;
    if (rows.empty()) return;
    auto at = std::find_if(rows.begin(), rows.end(), [this](const data::RankRow& row) {
      return s.view.selected.size() == 1 && row.unit == s.view.selected[0];
    });
    std::ptrdiff_t index = 0;
    if (at != rows.end()) {
      index = std::clamp<std::ptrdiff_t>(at - rows.begin() + c.by, 0,
                                         static_cast<std::ptrdiff_t>(rows.size()) - 1);
    }
    s.view.selected = {rows[static_cast<std::size_t>(index)].unit};
  }
  void operator()(const ChooseLanguage& c) { s.view.language = c.language; }
  void operator()(const ResizePanel& c) {
    (c.panel == Panel::rail ? s.panels.rail : s.panels.side) =
        std::clamp(c.width, narrowest, widest);
  }
  void operator()(const TogglePanel& c) {
    if (c.panel == Panel::map) return;
    bool& open = c.panel == Panel::rail   ? s.panels.rail_open
                 : c.panel == Panel::side ? s.panels.side_open
                                          : s.panels.time_line_open;
    open = !open;
    if (!open && s.focus == c.panel) s.focus = Panel::map;
  }
  void operator()(const FocusPanel& c) {
    s.focus = c.panel;
    s.focus_shown = false;
  }
  void operator()(const CyclePanels& c) {
    std::vector<Panel> open;
    if (s.panels.rail_open) open.push_back(Panel::rail);
    open.push_back(Panel::map);
    if (s.drawer != Drawer::none) open.push_back(Panel::drawer);
    if (s.panels.side_open) open.push_back(Panel::side);
    if (s.panels.time_line_open) open.push_back(Panel::time_line);
    const auto count = static_cast<std::ptrdiff_t>(open.size());
    const auto at = std::find(open.begin(), open.end(), s.focus);
    const std::ptrdiff_t from = at == open.end() ? 0 : at - open.begin();
    s.focus = open[static_cast<std::size_t>(((from + c.by) % count + count) % count)];
    s.focus_shown = true;
  }
  void operator()(const TypeSearch& c) {
    s.search = c.text;
    s.found_at = 0;
    find(s);
  }
  void operator()(const WantSearch& c) {
    s.search_wanted = c.wanted;
    s.dialog = Dialog::none;
  }
  void operator()(const StepFound& c) {
    if (s.found.empty()) return;
    const auto last = static_cast<std::ptrdiff_t>(s.found.size()) - 1;
    s.found_at = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(s.found_at) + c.by, 0, last));
  }
  void operator()(const GoToFound& c) {
    if (c.index >= s.found.size()) return;
    const Found found = s.found[c.index];
    s.search.clear();
    s.found.clear();
    s.found_at = 0;
    if (found.units.empty()) return;
    s.view.selected = combined({}, found.units, How::replace);
    s.camera = fitted(s, true);
    s.focus = Panel::map;
    if (found.at) look_at(s, *found.at);
  }
  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

void find(AppState& s) {
  s.found.clear();
  if (s.loaded && s.loaded->search) s.found = search(*s.dataset(), *s.loaded->search, s.search, 40);
}

void apply_view(AppState& state, const Command& command) { std::visit(Viewing{state}, command); }

}  // namespace app
