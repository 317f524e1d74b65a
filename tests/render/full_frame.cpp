#include "tests/render/full_frame.hpp"

#include "geo/sample_land.hpp"
#include "render/palette.hpp"
#include "tests/render/square_land.hpp"

namespace test {

std::shared_ptr<const geo::Land> made_up_land() {
  static const std::shared_ptr<const geo::Land> land = [] {
    const geo::SampleLand made = geo::make_sample_land(332, 1);
    std::vector<geo::Parents> parents;
    for (const std::uint32_t district : made.districts) parents.push_back({district, district / 6});
    const geo::MapCrs crs = geo::map_crs(9205);
    const auto borders =
        std::make_shared<const geo::Borders>(geo::build_borders(made.communes, parents));
    auto out = geo::land_of(borders, crs);
    for (const double side : {0.0, 50.0, 500.0})
      out = geo::with_mesh(*out, geo::build_level(*borders, crs, side));
    return out;
  }();
  return land;
}

render::Frame full_frame(int width, int height) {
  const auto land = made_up_land();
  render::Frame frame = plain_frame(land, width, height, {});
  frame.show_borders = frame.show_scale_bar = true;
  frame.watermark = "DỮ LIỆU MẪU";
  const auto palette = render::target_palette(4, 1);
  for (std::uint32_t i = 0; i < frame.areas.size(); ++i) {
    frame.areas[i].fill = palette[i % 5];
    if (i % 7 == 0) frame.areas[i].patterns = render::pattern_hatch;
    if (i % 40 == 0) frame.areas[i].patterns = render::pattern_dashed;
    frame.circles.push_back({land->labels[i].point, 2.0 + i % 9, i});
    frame.labels.push_back(
        {land->labels[i].point, "Xã " + std::to_string(i), i + 0.0, 12, true, i});
  }
  return frame;
}

}  // namespace test
