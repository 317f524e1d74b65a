#include "tests/render/square_land.hpp"

#include <atomic>

namespace test {

std::shared_ptr<const geo::Land> square_land(std::uint32_t columns, std::uint32_t rows) {
  static std::atomic<std::uint64_t> versions{1'000'000};
  constexpr double side = 1000;
  auto land = std::make_shared<geo::Land>();
  land->version = ++versions;
  land->crs = {9205, "VN-2000 / TM-3 103°00′"};
  land->origin = {500'000, 2'400'000};
  geo::LandLevel level;
  const auto at = [&](std::uint32_t column, std::uint32_t row) {
    return geo::MapPoint{land->origin.x + column * side, land->origin.y + row * side};
  };
  const auto local = [&](geo::MapPoint p) {
    return std::pair{static_cast<float>(p.x - land->origin.x),
                     static_cast<float>(p.y - land->origin.y)};
  };
  const auto unit = [&](std::uint32_t column, std::uint32_t row) {
    return column < columns && row < rows ? row * columns + column : UINT32_MAX;
  };
  for (std::uint32_t row = 0; row < rows; ++row) {
    for (std::uint32_t column = 0; column < columns; ++column) {
      const geo::Ring<geo::MapPoint> ring{at(column, row), at(column + 1, row),
                                          at(column + 1, row + 1), at(column, row + 1)};
      const auto first = static_cast<std::uint32_t>(level.vertices.size());
      geo::Box box;
      for (const geo::MapPoint p : ring) {
        const auto [x, y] = local(p);
        level.vertices.push_back({x, y, unit(column, row)});
        box.add(p);
      }
      for (const std::uint32_t i : {0U, 1U, 2U, 0U, 2U, 3U}) level.indices.push_back(first + i);
      land->shapes.push_back({{ring, {}}});
      land->boxes.push_back(box);
      land->labels.push_back({box.centre(), side / 2});
      land->bounds.add(box);
    }
  }
  const auto segment = [&](geo::MapPoint a, geo::MapPoint b, std::uint32_t left,
                           std::uint32_t right) {
    const auto [x0, y0] = local(a);
    const auto [x1, y1] = local(b);
    level.segments.push_back({x0, y0, x1, y1, left, right});
  };
  for (std::uint32_t row = 0; row <= rows; ++row) {
    for (std::uint32_t column = 0; column < columns; ++column) {
      segment(at(column, row), at(column + 1, row), unit(column, row), unit(column, row - 1));
    }
  }
  for (std::uint32_t column = 0; column <= columns; ++column) {
    for (std::uint32_t row = 0; row < rows; ++row) {
      segment(at(column, row), at(column, row + 1), unit(column - 1, row), unit(column, row));
    }
  }
  land->levels.push_back(std::move(level));
  return land;
}

render::Frame plain_frame(std::shared_ptr<const geo::Land> land, int width, int height,
                          render::Colour fill) {
  render::Frame frame;
  frame.camera = render::fit(land->bounds, width, height, 0);
  frame.areas.assign(land->shapes.size(), {});
  for (render::AreaStyle& a : frame.areas) a.fill = fill;
  frame.land = std::move(land);
  frame.show_borders = frame.show_scale_bar = false;
  return frame;
}

}  // namespace test
