#include "data/wkb.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "geo/error.hpp"

namespace data {
namespace {

constexpr std::uint32_t wkb_line = 2;
constexpr std::uint32_t wkb_polygon = 3;
constexpr std::uint32_t wkb_multipolygon = 6;
// Marks of SpatiaLite's BLOB-Geometry, as its documentation has them.
constexpr std::uint8_t stored_start = 0x00, stored_mbr_end = 0x7c, stored_part = 0x69,
                       stored_end = 0xfe;

template <class T>
void put(std::vector<std::uint8_t>& out, T value) {
  std::uint8_t bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  if constexpr (std::endian::native == std::endian::big)
    out.insert(out.end(), std::rbegin(bytes), std::rend(bytes));
  else
    out.insert(out.end(), std::begin(bytes), std::end(bytes));
}

std::uint32_t size32(std::size_t n) { return static_cast<std::uint32_t>(n); }

void put_header(std::vector<std::uint8_t>& out, std::uint32_t type) {
  out.push_back(1);  // little-endian
  put(out, type);
}

void put_points(std::vector<std::uint8_t>& out, std::span<const geo::LonLat> ring) {
  if constexpr (std::endian::native == std::endian::little) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(ring.data());
    out.insert(out.end(), bytes, bytes + ring.size() * sizeof(geo::LonLat));
  } else {
    for (const geo::LonLat& p : ring) {
      put(out, p.lon);
      put(out, p.lat);
    }
  }
}

void put_ring(std::vector<std::uint8_t>& out, const geo::Ring<geo::LonLat>& ring) {
  put(out, size32(ring.empty() ? 0 : ring.size() + 1));
  put_points(out, ring);
  if (!ring.empty()) {
    put(out, ring.front().lon);
    put(out, ring.front().lat);
  }
}

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  geo::GeoShape shape() {
    const std::uint32_t type = header();
    if (type == wkb_polygon) return {polygon()};
    if (type != wkb_multipolygon) fail();
    geo::GeoShape shape(count(9));
    for (auto& part : shape) {
      if (header() != wkb_polygon) fail();
      part = polygon();
    }
    return shape;
  }

  std::vector<geo::LonLat> line() {
    if (header() != wkb_line) fail();
    return points();
  }

  /// What follows the MBR in SpatiaLite's form: parts begin with a mark and have no byte order.
  std::optional<geo::GeoShape> stored(bool swap) {
    swap_ = swap;
    if (number<std::uint32_t>() != wkb_multipolygon) return {};
    geo::GeoShape shape(count(9));
    for (auto& part : shape) {
      if (number<std::uint8_t>() != stored_part) fail();
      if (number<std::uint32_t>() != wkb_polygon) return {};  // compressed
      part = polygon();
    }
    if (number<std::uint8_t>() != stored_end) fail();
    return shape;
  }

 private:
  [[noreturn]] static void fail() {
    throw geo::Error(geo::ErrorKind::io, geo::msg("data.not_a_shape"), "",
                     geo::msg("data.damaged_remedy"));
  }
  std::uint32_t header() {
    if (rest_.empty() || rest_[0] > 1) fail();
    swap_ = (rest_[0] == 1) != (std::endian::native == std::endian::little);
    rest_ = rest_.subspan(1);
    return number<std::uint32_t>();
  }
  template <class T>
  T number() {
    if (rest_.size() < sizeof(T)) fail();
    std::uint8_t bytes[sizeof(T)];
    std::memcpy(bytes, rest_.data(), sizeof(T));
    if (swap_)
      for (std::size_t i = 0; i < sizeof(T) / 2; ++i) std::swap(bytes[i], bytes[sizeof(T) - 1 - i]);
    rest_ = rest_.subspan(sizeof(T));
    T value;
    std::memcpy(&value, bytes, sizeof(T));
    return value;
  }
  /// A count is believed only when that many things can still follow, so that a damaged one cannot
  /// ask for all the memory there is.
  std::size_t count(std::size_t least_bytes_each) {
    const std::size_t n = number<std::uint32_t>();
    if (n > rest_.size() / least_bytes_each) fail();
    return n;
  }
  std::vector<geo::LonLat> points() {
    std::vector<geo::LonLat> out(count(16));
    if (swap_) {
      for (geo::LonLat& p : out) {
        p.lon = number<double>();
        p.lat = number<double>();
      }
    } else if (!out.empty()) {  // as they lie in memory
      static_assert(sizeof(geo::LonLat) == 16);
      std::memcpy(out.data(), rest_.data(), out.size() * 16);
      rest_ = rest_.subspan(out.size() * 16);
    }
    return out;
  }
  geo::Polygon<geo::LonLat> polygon() {
    const std::size_t rings = count(4);
    geo::Polygon<geo::LonLat> out;
    for (std::size_t r = 0; r < rings; ++r) {
      geo::Ring<geo::LonLat> ring = points();
      if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
      if (r == 0)
        out.outer = std::move(ring);
      else
        out.holes.push_back(std::move(ring));
    }
    return out;
  }

  std::span<const std::uint8_t> rest_;
  bool swap_ = false;
};

std::size_t most_bytes(const geo::GeoShape& shape) {
  std::size_t points = 0, rings = 0;
  for (const auto& polygon : shape) {
    points += polygon.outer.size() + 1;
    for (const auto& hole : polygon.holes) points += hole.size() + 1;
    rings += 1 + polygon.holes.size();
  }
  return points * 16 + rings * 4 + shape.size() * 9 + 64;
}

}  // namespace

std::vector<std::uint8_t> to_wkb(const geo::GeoShape& shape) {
  std::vector<std::uint8_t> out;
  out.reserve(most_bytes(shape));
  put_header(out, wkb_multipolygon);
  put(out, size32(shape.size()));
  for (const auto& polygon : shape) {
    put_header(out, wkb_polygon);
    put(out, size32(1 + polygon.holes.size()));
    put_ring(out, polygon.outer);
    for (const auto& hole : polygon.holes) put_ring(out, hole);
  }
  return out;
}

std::vector<std::uint8_t> to_stored(const geo::GeoShape& shape) {
  geo::LonLat min{HUGE_VAL, HUGE_VAL}, max{-HUGE_VAL, -HUGE_VAL};
  for (const auto& polygon : shape) {
    for (const geo::LonLat p : polygon.outer) {
      min = {std::min(min.lon, p.lon), std::min(min.lat, p.lat)};
      max = {std::max(max.lon, p.lon), std::max(max.lat, p.lat)};
    }
  }
  std::vector<std::uint8_t> out;
  out.reserve(most_bytes(shape));
  put(out, stored_start);
  out.push_back(1);  // little-endian
  put(out, std::uint32_t{4326});
  for (const double side : {min.lon, min.lat, max.lon, max.lat}) put(out, side);
  put(out, stored_mbr_end);
  put(out, wkb_multipolygon);
  put(out, size32(shape.size()));
  for (const auto& polygon : shape) {
    put(out, stored_part);
    put(out, wkb_polygon);
    put(out, size32(1 + polygon.holes.size()));
    put_ring(out, polygon.outer);
    for (const auto& hole : polygon.holes) put_ring(out, hole);
  }
  put(out, stored_end);
  return out;
}

std::vector<std::uint8_t> line_to_wkb(std::span<const geo::LonLat> line) {
  std::vector<std::uint8_t> out;
  out.reserve(9 + line.size() * 16);
  put_header(out, wkb_line);
  put(out, size32(line.size()));
  put_points(out, line);
  return out;
}

std::vector<geo::LonLat> line_from_wkb(std::span<const std::uint8_t> bytes) {
  return Reader(bytes).line();
}

geo::GeoShape shape_from_wkb(std::span<const std::uint8_t> bytes) { return Reader(bytes).shape(); }

std::optional<geo::GeoShape> shape_from_stored(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t head = 39;  // start, byte order, SRID, MBR, mark
  if (bytes.size() < head + 9 || bytes[0] != stored_start || bytes[1] > 1 ||
      bytes[head - 1] != stored_mbr_end) {
    return {};
  }
  const bool swap = (bytes[1] == 1) != (std::endian::native == std::endian::little);
  return Reader(bytes.subspan(head)).stored(swap);
}

}  // namespace data
