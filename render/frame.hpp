#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/land.hpp"
#include "render/camera.hpp"
#include "render/colour.hpp"
#include "render/points.hpp"
#include "render/routes.hpp"

namespace render {

/// Lies over an area's colour, the same size on screen at any zoom; drawn white on dark fills and
/// dark on light ones. Several may lie over each other.
enum Pattern : std::uint32_t {
  pattern_none = 0,
  pattern_hatch = 1,   ///< diagonal lines: no grid electricity
  pattern_dots = 2,    ///< no or weak signal
  pattern_cross = 4,   ///< thin cross hatch: estimated (apportioned over a boundary change)
  pattern_dashed = 8,  ///< dashed outline: not reported (with fill house::not_reported)
  pattern_lines = 16,  ///< thin level lines: uncertain, the interval crosses a class break
};

struct AreaStyle {
  Colour fill;
  std::uint32_t patterns = pattern_none;
  bool selected = false, hovered = false;
};

/// Area proportional to a number of people; placed at a map point, sized in pixels.
struct Circle {
  geo::MapPoint at;
  double radius = 0;  ///< logical pixels; all shrink alike where they would cover the land
  std::uint32_t unit = UINT32_MAX;
};

/// A candidate; those that fit are placed, higher priority first, never overlapping. They then keep
/// their place on the ground while the zoom is the same.
struct Label {
  geo::MapPoint at;
  std::string text;  ///< NFC
  double priority = 0;
  double size = 12;  ///< logical pixels
  bool bold = false;
  std::uint32_t unit = UINT32_MAX;
  bool must = false;  ///< stands even where others have to go: of a selected commune
  double below = 0;   ///< logical pixels that it stands lower: under a pin
};

/// One row of a legend: a colour, a pattern, a circle or only text.
struct LegendEntry {
  enum class Swatch : std::uint8_t {
    heading,
    colour,
    hatch,
    dots,
    cross,
    lines,  ///< uncertain
    dashed,
    circle,
    point,  ///< a settlement's symbol
    bullet
  } swatch = Swatch::colour;
  Colour colour;
  std::string text;                          ///< "20 – 26%"
  std::string count;                         ///< "8 xã", right aligned
  std::optional<std::size_t> category = {};  ///< what a click on it chooses
  PointStyle point = {};
};
/// Nine colours as a square: row 0 at the bottom (the lowest rate), column 0 at the left.
struct LegendGrid {
  std::vector<Colour> cells;        ///< cell = 3·row + column, which is also its category
  std::vector<std::string> counts;  ///< communes in each
  std::string across, up;           ///< what grows to the right, and upwards
};
struct Legend {
  std::vector<LegendEntry> entries;
  std::optional<LegendGrid> grid = {};  ///< of a 3×3 map, above the entries
};

/// What stands beside the map of a briefing, to be read from the back of a room: one huge number,
/// a bar for each commune that the headline is about, and the legend below them.
struct Board {
  struct Bar {
    std::string name, value;  ///< "Mường Nhé", "7.223"
    double share = 0;         ///< of the longest, 0…1
  };
  std::string number, words;  ///< "161.954", "người còn thiếu so với chỉ tiêu"
  Colour number_colour = house::text, bar_colour = house::accent;
  std::vector<Bar> bars;
  std::string page;  ///< "3 / 7"; at the right of the footer
  std::string mark;  ///< what has to be known of the headline: its numbers are others by now
};

/// What a printed sheet has besides. Only render/page draws it: on a screen nobody asks where north
/// is, and a map can be moved to see what lies far off.
struct SheetFurniture {
  struct Inset {
    std::string name;
    geo::Box box;
  };
  std::string north;          ///< the letter beside an arrow to the north; empty: none
  std::vector<Inset> insets;  ///< far islands that the map's box leaves out, each in its own frame
  /// Where the map lies, shown on a small one of `locator_box` (empty: of the whole land).
  std::vector<std::uint32_t> located;  ///< these units stand out on it; empty: no such map
  geo::Box locator_box;
  std::size_t frames() const { return insets.size() + (located.empty() ? 0 : 1); }
};

/// Words around a picture that stands alone (`render` command, later the page). The window leaves
/// them empty: its panels say them.
struct Caption {
  std::string title, subtitle;      ///< above the map
  std::string footer;               ///< source and date, below it
  Legend legend;                    ///< beside the map when it has entries
  std::optional<Board> board = {};  ///< of a briefing: the legend stands below it
  SheetFurniture sheet = {};        ///< not beside a board
  /// What is said of the points where they are drawn, which only the page's size decides.
  std::function<std::vector<LegendEntry>(const PointsInView&)> points;
};

/// Everything one drawing needs and nothing of the app. The same Frame gives the same picture.
struct Frame {
  Camera camera;           ///< of the map's rectangle
  double pixel_ratio = 1;  ///< device pixels per logical pixel
  Colour background = house::ground;
  std::shared_ptr<const geo::Land> land;  ///< may be empty: nothing loaded yet
  std::vector<AreaStyle> areas;           ///< by UnitIndex, one per unit of `land`
  std::vector<Circle> circles;
  std::vector<Label> labels;
  PointLayer points;
  std::vector<Route> routes;  ///< later ones over earlier ones; under the pins
  std::vector<Pin> pins;
  bool show_borders = true;
  bool show_scale_bar = true;
  std::string crs_label;  ///< beside the scale bar, which measures and writes itself ("20 km")
  std::string
      watermark;  ///< "DỮ LIỆU MẪU – không phải số liệu thật" over the map's corner; empty: none
  Caption caption;
};

}  // namespace render
