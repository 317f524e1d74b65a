#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "geo/sample_land.hpp"
#include "geo/vector_file.hpp"
#include "render/map_painter.hpp"
#include "render/offscreen.hpp"
#include "tests/render/square_land.hpp"

// The picture against an account of its own: which unit holds each pixel's centre, by the even-odd
// rule along its line.
namespace {

using Shapes = std::vector<geo::MapShape>;
constexpr std::uint32_t nobody = UINT32_MAX;

struct Owners {
  int width = 0, height = 0;
  std::vector<std::uint32_t> units;
  std::vector<bool> touched;  ///< by a border
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
  std::uint32_t at(int x, int y) const { return units[index(x, y)]; }
  /// Holds for a pixel or one of its neighbours.
  template <class Holds>
  bool near(int x, int y, Holds holds) const {
    for (int v = std::max(y - 1, 0); v <= std::min(y + 1, height - 1); ++v) {
      for (int u = std::max(x - 1, 0); u <= std::min(x + 1, width - 1); ++u) {
        if (holds(index(u, v))) return true;
      }
    }
    return false;
  }
  void touch(render::PixelPoint a, render::PixelPoint b) {
    const double steps = std::ceil(std::hypot(b.x - a.x, b.y - a.y) / 0.3) + 1;
    // A line from far away to far away has few steps in view.
    if (std::max(a.x, b.x) < 0 || std::min(a.x, b.x) > width || std::max(a.y, b.y) < 0 ||
        std::min(a.y, b.y) > height) {
      return;
    }
    for (double i = 0; i <= steps; ++i) {
      const double x = a.x + (b.x - a.x) * i / steps, y = a.y + (b.y - a.y) * i / steps;
      if (x >= 0 && y >= 0 && x < width && y < height)
        touched[index(static_cast<int>(x), static_cast<int>(y))] = true;
    }
  }
};

/// Far from each other, and no mixture of two is a third one's.
render::Colour colour_of(std::uint32_t unit) {
  return unit == nobody ? render::rgb(0xffffff) : render::rgb(((unit + 1) * 2654435761U) >> 8U);
}

Owners scanlines(const render::Camera& camera, const Shapes& shapes) {
  Owners owners{camera.width, camera.height, {}, {}};
  const auto width = static_cast<std::size_t>(camera.width);
  owners.units.assign(width * static_cast<std::size_t>(camera.height), nobody);
  owners.touched.assign(owners.units.size(), false);
  std::vector<std::vector<double>> crossings(static_cast<std::size_t>(camera.height));
  for (std::uint32_t unit = 0; unit < shapes.size(); ++unit) {
    for (auto& row : crossings) row.clear();
    const auto cross = [&](const geo::Ring<geo::MapPoint>& ring) {
      for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto a = camera.to_pixel(ring[i]), b = camera.to_pixel(ring[(i + 1) % ring.size()]);
        owners.touch(a, b);
        const double top = std::clamp(std::min(a.y, b.y) - 1, 0.0, camera.height + 0.0),
                     bottom = std::clamp(std::max(a.y, b.y) + 1, 0.0, camera.height + 0.0);
        for (int y = static_cast<int>(top); y < static_cast<int>(bottom); ++y) {
          const double at = y + 0.5;
          if ((a.y <= at) != (b.y <= at)) {
            crossings[static_cast<std::size_t>(y)].push_back(a.x + (at - a.y) / (b.y - a.y) *
                                                                       (b.x - a.x));
          }
        }
      }
    };
    for (const auto& polygon : shapes[unit]) {
      cross(polygon.outer);
      for (const auto& hole : polygon.holes) cross(hole);
    }
    for (std::size_t y = 0; y < crossings.size(); ++y) {
      std::vector<double>& row = crossings[y];
      std::sort(row.begin(), row.end());
      for (std::size_t i = 0; i + 1 < row.size(); i += 2) {
        const double from = std::clamp(std::ceil(row[i] - 0.5), 0.0, camera.width + 0.0);
        for (auto x = static_cast<std::size_t>(from);
             x < width && static_cast<double>(x) + 0.5 < row[i + 1]; ++x) {
          owners.units[y * width + x] = unit;
        }
      }
    }
  }
  return owners;
}

/// Touched are then only those by a border with nobody beyond: an inlet may be narrower than a
/// pixel.
void touch_outer_borders(Owners& owners, const geo::LevelMesh& mesh, const render::Camera& camera) {
  owners.touched.assign(owners.units.size(), false);
  for (const geo::LevelMesh::Block& block : mesh.blocks) {
    for (const auto& run : mesh.runs.subspan(block.runs.first, block.runs.count)) {
      const geo::Sides sides = mesh.sides[run.arc];
      if (sides.left != nobody && sides.right != nobody) continue;
      const auto lines = mesh.lines.subspan(run.lines.first, run.lines.count);
      const auto pixel = [&](std::size_t i) {
        return camera.to_pixel({block.origin.x + static_cast<double>(lines[i].x),
                                block.origin.y + static_cast<double>(lines[i].y)});
      };
      for (std::size_t i = 0; i + 1 < lines.size(); ++i) owners.touch(pixel(i), pixel(i + 1));
    }
  }
}

struct Wrong {
  int pixels = 0, off_edges = 0;
  double share = 0;
};

class GlOracle : public ::testing::Test {
 protected:
  /// Every unit its own colour and no borders. A pixel is right when it has its owner's colour, or
  /// lies on an edge and mixes; it is wrong when it has the colour of a neighbour alone.
  Wrong compare(const std::shared_ptr<const geo::Land>& land, const render::Camera& camera,
                const Shapes& shapes) {
    render::Frame frame = test::plain_frame(land, camera.width, camera.height, {});
    frame.camera = camera;
    frame.background = colour_of(nobody);
    for (std::uint32_t i = 0; i < frame.areas.size(); ++i) frame.areas[i].fill = colour_of(i);
    const Owners owners = scanlines(camera, shapes);
    painter_.draw(frame);
    const render::Image image = painter_.read_back();
    Wrong wrong;
    for (int y = 0; y < camera.height; ++y) {
      for (int x = 0; x < camera.width; ++x) {
        const std::size_t i = owners.index(x, y) * 4;
        const render::Colour seen{image.rgba[i], image.rgba[i + 1], image.rgba[i + 2]};
        if (seen == colour_of(owners.at(x, y))) continue;
        const bool edge = owners.near(x, y, [&](std::size_t p) { return owners.touched[p]; });
        const bool neighbours =
            owners.near(x, y, [&](std::size_t p) { return seen == colour_of(owners.units[p]); });
        wrong.off_edges += edge ? 0 : 1;
        wrong.pixels += !edge || neighbours ? 1 : 0;
      }
    }
    wrong.share = wrong.pixels / (static_cast<double>(camera.width) * camera.height);
    return wrong;
  }
  /// Pixels inside the land where the ground below it shows through: all units alike, no borders.
  int gaps(const std::shared_ptr<const geo::Land>& land, const render::Camera& camera,
           const Shapes& shapes) {
    render::Frame frame =
        test::plain_frame(land, camera.width, camera.height, render::rgb(0xffffff));
    frame.camera = camera;
    frame.background = render::rgb(0);
    painter_.draw(frame);
    const render::Image image = painter_.read_back();
    Owners owners = scanlines(camera, shapes);
    touch_outer_borders(owners, geo::mesh_for(*land, camera.metres_per_pixel), camera);
    int shown = 0;
    for (int y = 1; y + 1 < camera.height; ++y) {
      for (int x = 1; x + 1 < camera.width; ++x) {
        const bool inside = !owners.near(x, y, [&](std::size_t p) { return owners.touched[p]; }) &&
                            owners.at(x, y) != nobody;
        shown += inside && image.rgba[owners.index(x, y) * 4] != 255 ? 1 : 0;
      }
    }
    return shown;
  }
  /// Five zooms into the same place, from the whole land on.
  template <class Check>
  static void at_five_zooms(const geo::Land& land, geo::MapPoint place, Check check) {
    render::Camera camera = render::fit(land.bounds, 640, 480, 10);
    for (int zoom = 0; zoom < 5; ++zoom) {
      SCOPED_TRACE(camera.metres_per_pixel);
      check(camera);
      camera = render::zoom_at(camera, camera.to_pixel(place), 3);
    }
  }
  render::OffscreenContext context_;
  render::MapPainter painter_;
};

Shapes projected(const std::vector<geo::GeoShape>& shapes, const geo::MapCrs& crs) {
  const geo::Projection projection(crs);
  Shapes out;
  for (const geo::GeoShape& shape : shapes) out.push_back(projection.to_map(shape));
  return out;
}

TEST_F(GlOracle, FillsWhatAScanlineFills) {
  const auto land = test::square_land(9, 7);
  render::Camera camera = render::fit(land->bounds, 331, 257, 0);
  camera = render::pan(render::zoom_at(camera, {100, 90}, 0.83), 3.3, -2.7);
  const Wrong wrong = compare(land, camera, test::square_shapes(9, 7));
  EXPECT_EQ(wrong.pixels, 0);
  EXPECT_EQ(wrong.off_edges, 0);
}

/// A land of a file's units and its levels, against the shapes of the level that is drawn.
struct RealLand {
  std::shared_ptr<const geo::Borders> borders;
  std::shared_ptr<const geo::Land> land;
  std::vector<double> sides;  ///< by mesh

  RealLand(const std::vector<geo::GeoShape>& units, int epsg, std::vector<double> level_sides)
      : sides(std::move(level_sides)) {
    const geo::MapCrs crs = geo::map_crs(epsg);
    borders = std::make_shared<const geo::Borders>(geo::build_borders(units, {}));
    land = geo::land_of(borders, crs);
    for (const double side : sides)
      land = geo::with_mesh(*land, geo::build_level(*borders, crs, side));
  }
  Shapes drawn(const render::Camera& camera) const {
    const auto level = static_cast<std::size_t>(&geo::mesh_for(*land, camera.metres_per_pixel) -
                                                land->meshes.data());
    std::vector<geo::GeoShape> shapes;
    for (std::uint32_t u = 0; u < borders->units(); ++u)
      shapes.push_back(geo::shape_of(*borders, u, sides[level] * sides[level]));
    return projected(shapes, land->crs);
  }
};

std::vector<geo::GeoShape> units_of(const std::string& name) {
  const std::filesystem::path file =
      std::filesystem::path(PHUSONG_SHARED_DATA) / "boundaries" / name;
  std::vector<geo::GeoShape> shapes;
  if (!std::filesystem::exists(file)) return shapes;
  for (const geo::Feature& f : geo::read_layer(file, {}).features) shapes.push_back(f.shape);
  return shapes;
}

TEST_F(GlOracle, FillsAMadeUpProvinceAsAScanlineDoes) {
  const RealLand real(geo::make_sample_land(45, 1).communes, 9205, {0, 15, 150});
  at_five_zooms(*real.land, real.land->labels[7].point, [&](const render::Camera& camera) {
    const Wrong wrong = compare(real.land, camera, real.drawn(camera));
    EXPECT_LE(wrong.share, 0.001);
    EXPECT_EQ(wrong.off_edges, 0);
    EXPECT_EQ(gaps(real.land, camera, real.drawn(camera)), 0);
  });
}

TEST_F(GlOracle, FillsDienBienAsAScanlineDoes) {
  const auto units = units_of("dien_bien.gpkg");
  if (units.empty()) GTEST_SKIP() << "the shared boundaries are not on this computer";
  const RealLand real(units, 9205, {0, 4, 15, 50, 150});
  const Shapes full = projected(units, real.land->crs);
  at_five_zooms(*real.land, real.land->labels[7].point, [&](const render::Camera& camera) {
    const Wrong wrong = compare(real.land, camera, real.drawn(camera));
    EXPECT_LE(wrong.share, 0.001);
    EXPECT_EQ(wrong.off_edges, 0);
    // A level is off by less than half a pixel, so that its pictures are those of full detail.
    const Wrong from_full = compare(real.land, camera, full);
    EXPECT_LE(from_full.share, 0.001);
    EXPECT_EQ(from_full.off_edges, 0);
  });
}

TEST_F(GlOracle, FillsTheNationAsAScanlineDoes) {
  const auto units = units_of("vietnam_30m.gpkg");
  if (units.empty()) GTEST_SKIP() << "the shared boundaries are not on this computer";
  const RealLand real(units, 3405, {50, 150, 500});
  at_five_zooms(*real.land, real.land->labels[100].point, [&](const render::Camera& camera) {
    const Wrong wrong = compare(real.land, camera, real.drawn(camera));
    EXPECT_LE(wrong.share, 0.001);
    EXPECT_EQ(wrong.off_edges, 0);
    EXPECT_LE(gaps(real.land, camera, real.drawn(camera)), 0);
  });
}

}  // namespace
