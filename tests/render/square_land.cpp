#include "tests/render/square_land.hpp"

#include <atomic>
#include <utility>

namespace test {
namespace {

constexpr double side = 1000;
constexpr geo::MapPoint corner{500'000, 2'400'000};

geo::MapPoint at(std::uint32_t column, std::uint32_t row) {
  return {corner.x + column * side, corner.y + row * side};
}
std::pair<float, float> local(geo::MapPoint p) {
  return {static_cast<float>(p.x - corner.x), static_cast<float>(p.y - corner.y)};
}
geo::LevelMesh::Range range(std::size_t first, std::size_t last) {
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last - first)};
}

}  // namespace

std::vector<geo::MapShape> square_shapes(std::uint32_t columns, std::uint32_t rows) {
  std::vector<geo::MapShape> shapes;
  for (std::uint32_t row = 0; row < rows; ++row) {
    for (std::uint32_t column = 0; column < columns; ++column) {
      shapes.push_back(
          {{{at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)},
            {}}});
    }
  }
  return shapes;
}

std::shared_ptr<const geo::Land> square_land(std::uint32_t columns, std::uint32_t rows,
                                             std::span<const geo::Parents> parents) {
  static std::atomic<std::uint64_t> versions{1'000'000};
  auto land = std::make_shared<geo::Land>();
  land->version = ++versions;
  land->crs = {9205, "VN-2000 / TM-3 103°00′"};
  geo::LevelArrays arrays;
  for (const geo::MapShape& shape : square_shapes(columns, rows)) {
    const auto unit = static_cast<std::uint32_t>(land->boxes.size());
    const auto first = static_cast<std::uint32_t>(arrays.vertices.size());
    const std::size_t first_index = arrays.indices.size();
    geo::Box box;
    for (const geo::MapPoint p : shape[0].outer) {
      const auto [x, y] = local(p);
      arrays.vertices.push_back({x, y, unit});
      box.add(p);
    }
    for (const std::uint32_t i : {0U, 1U, 2U, 0U, 2U, 3U}) arrays.indices.push_back(first + i);
    arrays.units.push_back({unit, range(first_index, arrays.indices.size())});
    land->boxes.push_back(box);
    land->labels.push_back({box.centre(), side / 2});
    land->bounds.add(box);
  }

  const auto unit = [&](std::uint32_t column, std::uint32_t row) {
    return column < columns && row < rows ? row * columns + column : UINT32_MAX;
  };
  struct Border {
    geo::MapPoint from, to;
    geo::Sides sides;
  };
  std::vector<Border> borders;
  for (std::uint32_t row = 0; row <= rows; ++row) {
    for (std::uint32_t column = 0; column < columns; ++column) {
      borders.push_back(
          {at(column, row), at(column + 1, row), {unit(column, row), unit(column, row - 1)}});
    }
  }
  for (std::uint32_t column = 0; column <= columns; ++column) {
    for (std::uint32_t row = 0; row < rows; ++row) {
      borders.push_back(
          {at(column, row), at(column, row + 1), {unit(column - 1, row), unit(column, row)}});
    }
  }
  geo::LevelMesh::Block block;
  for (std::size_t rank = 0; rank < geo::border_ranks; ++rank) {
    const std::size_t first = arrays.lines.size();
    for (const Border& b : borders) {
      if (static_cast<std::size_t>(geo::rank_between(parents, b.sides)) != rank) continue;
      const auto arc = static_cast<std::uint32_t>(arrays.sides.size());
      arrays.sides.push_back(b.sides);
      const std::size_t first_of_arc = arrays.lines.size();
      const auto [x0, y0] = local(b.from);
      const auto [x1, y1] = local(b.to);
      arrays.lines.push_back({x0, y0, 0, arc});
      arrays.lines.push_back({x1, y1, static_cast<float>(side), arc});
      arrays.runs.push_back({arc, range(first_of_arc, arrays.lines.size())});
    }
    block.lines[rank] = range(first, arrays.lines.size());
  }
  block.origin = corner;
  block.box = land->bounds;
  block.vertices = range(0, arrays.vertices.size());
  block.indices = range(0, arrays.indices.size());
  block.units = range(0, arrays.units.size());
  block.runs = range(0, arrays.runs.size());
  arrays.blocks.push_back(block);

  land->meshes.push_back(geo::mesh_of(std::move(arrays), 0));
  return land;
}

render::Frame plain_frame(std::shared_ptr<const geo::Land> land, int width, int height,
                          render::Colour fill) {
  render::Frame frame;
  frame.camera = render::fit(land->bounds, width, height, 0);
  frame.areas.assign(land->boxes.size(), {});
  for (render::AreaStyle& a : frame.areas) a.fill = fill;
  frame.land = std::move(land);
  frame.show_borders = frame.show_scale_bar = false;
  return frame;
}

}  // namespace test
