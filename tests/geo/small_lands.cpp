#include "tests/geo/small_lands.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "geo/vector_file.hpp"

namespace lands {

using geo::GeoShape;
using geo::LonLat;
using geo::Ring;

Ring<LonLat> wavy(LonLat a, LonLat b, unsigned seed, int points) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> off(-8e-5, 8e-5);
  Ring<LonLat> line{a};
  for (int i = 1; i < points; ++i) {
    const double t = static_cast<double>(i) / points;
    line.push_back(
        {a.lon + t * (b.lon - a.lon) + off(random), a.lat + t * (b.lat - a.lat) + off(random)});
  }
  line.push_back(b);
  return line;
}

void append(Ring<LonLat>& ring, Ring<LonLat> line, bool backwards) {
  if (backwards) std::reverse(line.begin(), line.end());
  ring.insert(ring.end(), line.begin(), line.end() - 1);
}

Ring<LonLat> circle(LonLat centre, double radius, int points, double bumpy) {
  Ring<LonLat> ring;
  for (int i = 0; i < points; ++i) {
    const double a = i * 2 * std::numbers::pi / points, r = radius * (1 + bumpy * (i % 3));
    ring.push_back({centre.lon + r * std::cos(a), centre.lat + r * std::sin(a)});
  }
  return ring;
}

std::vector<GeoShape> four_cells_and_a_lake() {
  const auto at = [](int i, int j) { return LonLat{103 + i * 0.01, 21 + j * 0.01}; };
  const auto horizontal = [&](int i, int j) {
    return wavy(at(i, j), at(i + 1, j), static_cast<unsigned>(10 + i * 7 + j));
  };
  const auto vertical = [&](int i, int j) {
    return wavy(at(i, j), at(i, j + 1), static_cast<unsigned>(100 + i * 7 + j));
  };
  std::vector<GeoShape> units;
  for (int j = 0; j < 2; ++j) {
    for (int i = 0; i < 2; ++i) {
      Ring<LonLat> ring;
      append(ring, horizontal(i, j), false);
      append(ring, vertical(i + 1, j), false);
      append(ring, horizontal(i, j + 1), true);
      append(ring, vertical(i, j), true);
      units.push_back({{std::move(ring), {}}});
    }
  }
  Ring<LonLat> lake = circle({103.005, 21.005}, 0.002, 50, 0.01);
  units.push_back({{lake, {}}});
  std::reverse(lake.begin(), lake.end());
  units[0][0].holes.push_back(lake);
  return units;
}

GeoShape from_least(GeoShape shape) {
  const auto turn = [](Ring<LonLat>& ring) {
    std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end()), ring.end());
  };
  for (auto& polygon : shape) {
    turn(polygon.outer);
    for (auto& hole : polygon.holes) turn(hole);
  }
  return shape;
}

std::vector<GeoShape> real(const std::string& file) {
  const auto path = std::filesystem::path(PHUSONG_SHARED_DATA) / "boundaries" / file;
  std::vector<GeoShape> shapes;
  if (!std::filesystem::exists(path)) return shapes;
  for (auto& f : geo::read_layer(path, {}).features) shapes.push_back(std::move(f.shape));
  return shapes;
}

}  // namespace lands
