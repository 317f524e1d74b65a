#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/figures.hpp"
#include "data/dataset.hpp"
#include "data/workspace.hpp"
#include "geo/crs.hpp"
#include "geo/issue.hpp"
#include "render/points.hpp"

namespace app {

/// The settlements of a dataset as points of its map, worked out once and shared: immutable.
struct Points {
  std::shared_ptr<const render::PointCloud> cloud;  ///< its source: Dataset::settlements
  /// Metres per logical pixel up to which they are drawn by themselves: as far as settlements lie
  /// twice a symbol apart on average, so that the colours below can still be read.
  double near = 0;
  /// Into Dataset::settlements, in order: those whose coordinates the map system does not reach.
  std::vector<std::uint32_t> beyond;
};

/// Where it lies in the map system; nowhere, where that does not reach.
std::optional<geo::MapPoint> place_on(const geo::Projection& projection, geo::LonLat at);

/// What of them is in view; follows from the rest of the state.
struct PointsNow {
  std::shared_ptr<const Points> of;
  std::shared_ptr<const Figures> figures;
  PointsShown shown = PointsShown::near;
  render::Camera camera;
  double pixel_ratio = 1;
  render::PointLayer layer;
  bool drawn = false;
  render::PointsInView in_view;  ///< counted where they are drawn
};
void bring_up_to_date(PointsNow& now, std::shared_ptr<const Points> points,
                      const data::Dataset& dataset, std::shared_ptr<const Figures> figures,
                      const View& view, const render::Camera& camera, double pixel_ratio);

/// Those with a place, in the map system. Any thread.
std::shared_ptr<const Points> make_points(const data::Dataset& dataset, const geo::MapCrs& crs);
/// Says by name, file and row which of them are left out; of very many the first.
geo::Issues issues_of(const Points& points, const data::Dataset& dataset,
                      const std::vector<data::Source>& sources);

/// May a picture of the box, in logical pixels, be near enough to draw them?
bool points_fit(const data::Dataset& dataset, const geo::Box& box, double width, double height);

/// What a settlement's symbol says.
std::uint32_t point_state(data::Electricity electricity, data::Signal signal);
render::PointStyle point_style(data::Electricity electricity, data::Signal signal);
/// "chưa có điện lưới", "sóng yếu, lõm sóng"
std::string electricity_name(data::Electricity electricity, Language language);
std::string signal_name(data::Signal signal, Language language);

/// The points of a view's drawing; empty when they are not wanted or not there yet.
render::PointLayer point_layer(const Points* points, const data::Dataset& dataset,
                               const Figures& figures, const View& view);
/// A row for every state there is in the communes shown, with its settlements; then those that
/// have no place on the map. `points`: of the dataset, where they are there yet.
std::vector<render::LegendEntry> points_legend(const Points* points, const data::Dataset& dataset,
                                               const Figures& figures, Language language);
/// The same with how many of them are drawn, where that is not all.
std::vector<render::LegendEntry> points_legend(const Points* points, const data::Dataset& dataset,
                                               const Figures& figures,
                                               const render::PointsInView& in_view,
                                               Language language);
/// "Vẽ 312 trong 1.403 điểm …": empty where all are drawn.
std::string thinned_text(const render::PointsInView& points, Language language);

/// The settlement under the mouse, in words.
struct PointWords {
  std::string name, place;  ///< "Bản Huổi Púng", "bản · Xã Si Pa Phìn"
  std::vector<std::string> lines;
  std::string source;  ///< "settlements.csv, dòng 12"
};
PointWords point_words(const data::Dataset& dataset, const std::vector<data::Source>& sources,
                       std::uint32_t settlement, Language language);

}  // namespace app
