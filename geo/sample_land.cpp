#include "geo/sample_land.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "geo/error.hpp"
#include "geo/random.hpp"
#include "geo/sample_districts.hpp"
#include "geo/sample_lattice.hpp"
#include "geo/sample_outline.hpp"

namespace geo {
namespace {

using Cell = SampleLattice::Cell;
constexpr std::uint32_t cells_per_commune = 32;

std::int64_t squared_distance(const SampleLattice& lattice, Cell a, Cell b) {
  const std::int64_t dx = std::int64_t{lattice.column(a)} - lattice.column(b);
  const std::int64_t dy = (std::int64_t{lattice.row(a)} - lattice.row(b)) * 866 / 1000;
  return dx * dx + dy * dy;
}

/// One cell for each commune, denser towards the town, in Hilbert order.
std::vector<Cell> place_communes(const SampleLattice& lattice, const SampleOutline& outline,
                                 std::uint32_t communes, Random& random) {
  const auto land = static_cast<std::int64_t>(outline.cells.size());
  const std::int64_t reach = land * 15 / 1000;  // square of 0.12 times the province's size
  std::vector<std::int64_t> sum;
  sum.reserve(outline.cells.size());
  std::int64_t total = 0;
  for (const Cell c : outline.cells) {
    const std::int64_t far = squared_distance(lattice, c, outline.town);
    total += 100 + 1400 * reach / (reach + far + 1) + lattice.noise(c, 25, 4);
    sum.push_back(total);
  }
  std::vector<Cell> seeds;
  std::int64_t last = -1;
  for (std::int64_t i = 0; i < communes; ++i) {
    const std::int64_t along =
        (total * (1000 * i + random.between(300, 700))) / (1000 * std::int64_t{communes});
    const std::int64_t at = std::upper_bound(sum.begin(), sum.end(), along) - sum.begin();
    last = std::clamp<std::int64_t>(at, last + 1, land - communes + i);  // all different
    seeds.push_back(outline.cells[static_cast<std::size_t>(last)]);
  }
  return seeds;
}

/// The cells of each territory, in order.
std::vector<std::vector<Cell>> members(std::span<const std::uint32_t> owner, std::size_t count) {
  std::vector<std::vector<Cell>> cells(count);
  for (Cell c = 0; c < owner.size(); ++c) {
    if (owner[c] != no_owner) cells[owner[c]].push_back(c);
  }
  return cells;
}

/// The territory's own cell nearest to its centre of mass.
Cell middle(const SampleLattice& lattice, std::span<const Cell> cells) {
  std::int64_t x = 0;
  std::int64_t y = 0;
  for (const Cell c : cells) {
    x += lattice.column(c);
    y += lattice.row(c);
  }
  const auto n = static_cast<std::int64_t>(cells.size());
  const Cell centre =
      lattice.at(static_cast<std::uint32_t>(x / n), static_cast<std::uint32_t>(y / n));
  return *std::min_element(cells.begin(), cells.end(), [&](Cell a, Cell b) {
    return squared_distance(lattice, a, centre) < squared_distance(lattice, b, centre);
  });
}

/// Which commune each cell belongs to.
std::vector<std::uint32_t> share_out(const SampleLattice& lattice, const SampleOutline& outline,
                                     std::vector<Cell> seeds) {
  // The nearest seed takes a cell, with the ground bent before distances are measured (in
  // sixteenths of a cell): ridges and rivers make borders, straight lines do not.
  const auto bent = [&](Cell c) {
    const auto bend = [&](std::uint32_t layer) {
      return std::int64_t{lattice.noise(c, 4, layer)} / 8 + lattice.noise(c, 11, layer + 1) / 4 +
             lattice.speckle(c, layer + 2) / 12;
    };
    return GridPoint{std::int64_t{lattice.column(c)} * 16 + (lattice.row(c) & 1U) * 8 + bend(10),
                     std::int64_t{lattice.row(c)} * 16 * 866 / 1000 + bend(20)};
  };
  std::vector<GridPoint> at;
  const auto nearest = [&](std::uint64_t, std::uint32_t source, Cell c) -> std::uint64_t {
    if (outline.land[c] == 0) return never;
    const GridPoint p = bent(c);
    const std::int64_t dx = p.x - at[source].x;
    const std::int64_t dy = p.y - at[source].y;
    return static_cast<std::uint64_t>(dx * dx + dy * dy) + 1;  // after every seed
  };
  std::vector<std::uint32_t> owner;
  for (int round = 0; round < 3; ++round) {
    at.clear();
    for (const Cell seed : seeds) at.push_back(bent(seed));
    owner = grow(lattice, seeds, nearest, SIZE_MAX);
    if (round == 2) break;
    const auto cells = members(owner, seeds.size());
    for (std::size_t i = 0; i < seeds.size(); ++i) seeds[i] = middle(lattice, cells[i]);
  }
  return owner;
}

/// Walks the borders of a territory with its land on the left: the outer ring, and a hole around
/// every territory inside it.
class Tracer {
 public:
  Tracer(const SampleLattice& lattice, std::span<const std::uint32_t> owner)
      : lattice_(lattice), owner_(owner), walked_(owner.size(), 0) {}

  /// The border with `flawed` (no_owner: none) is drawn wrongly at one place.
  GeoShape shape(std::uint32_t territory, std::span<const Cell> cells, std::uint32_t flawed) {
    Polygon<LonLat> polygon;
    for (const Cell c : cells) {
      for (unsigned d = 0; d < 6; ++d) {
        if (owner_[lattice_.neighbour(c, d)] == territory || walked(c, d)) continue;
        auto [ring, outer] = walk(territory, c, d, flawed);
        if (outer) {
          polygon.outer = std::move(ring);
        } else {
          polygon.holes.push_back(std::move(ring));
        }
      }
    }
    return {std::move(polygon)};
  }

 private:
  bool walked(Cell c, unsigned d) const { return (walked_[c] & 1U << d) != 0; }

  std::pair<Ring<LonLat>, bool> walk(std::uint32_t territory, Cell cell, unsigned d,
                                     std::uint32_t& flawed) {
    std::vector<GridPoint> points;
    while (!walked(cell, d)) {
      walked_[cell] = static_cast<std::uint8_t>(walked_[cell] | 1U << d);
      const std::uint32_t beyond = owner_[lattice_.neighbour(cell, d)];
      const bool here = beyond == flawed && flawed != no_owner;
      if (here) flawed = no_owner;
      lattice_.append_border(cell, d, owner_, here ? BorderFlaw::overlap_and_gap : BorderFlaw::none,
                             points);
      const unsigned after = (d + 1) % 6;
      const Cell third = lattice_.neighbour(cell, after);
      if (owner_[third] == territory) {  // the border turns right, around the cell beyond
        cell = third;
        d = (d + 5) % 6;
      } else {
        d = after;
      }
    }
    std::int64_t twice_area = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const GridPoint a = points[i];
      const GridPoint b = points[(i + 1) % points.size()];
      const GridPoint o = points.front();
      twice_area += (a.x - o.x) * (b.y - o.y) - (b.x - o.x) * (a.y - o.y);
    }
    Ring<LonLat> ring;
    ring.reserve(points.size());
    for (const GridPoint p : points) ring.push_back(p.lonlat());
    return {std::move(ring), twice_area > 0};
  }

  const SampleLattice& lattice_;
  std::span<const std::uint32_t> owner_;
  std::vector<std::uint8_t> walked_;  ///< by cell, a bit per direction
};

std::vector<std::vector<std::uint32_t>> find_neighbours(const SampleLattice& lattice,
                                                        std::span<const std::uint32_t> owner,
                                                        std::span<const std::vector<Cell>> cells) {
  std::vector<std::vector<std::uint32_t>> result(cells.size());
  for (std::uint32_t i = 0; i < cells.size(); ++i) {
    auto& mine = result[i];
    for (const Cell c : cells[i]) {
      for (unsigned d = 0; d < 6; ++d) {
        const std::uint32_t o = owner[lattice.neighbour(c, d)];
        if (o != i && o != no_owner) mine.push_back(o);
      }
    }
    std::sort(mine.begin(), mine.end());
    mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
  }
  return result;
}

/// Places inside a territory, the first ones in different cells.
std::vector<LonLat> find_sites(const SampleLattice& lattice, SampleLattice::Owners owner,
                               std::vector<Cell> cells, Random random) {
  for (std::size_t i = cells.size(); i > 1; --i) {
    std::swap(cells[i - 1], cells[random.below(static_cast<std::uint32_t>(i))]);
  }
  std::vector<LonLat> sites;
  for (std::uint32_t i = 0; i < sample_sites; ++i) {
    sites.push_back(lattice.inside(cells[i % cells.size()], random.next(), owner).lonlat());
  }
  return sites;
}

}  // namespace

SampleLand make_sample_land(std::uint32_t communes, std::uint64_t seed, std::uint32_t flaws) {
  if (communes < 1 || communes > 20'000) {
    throw Error(ErrorKind::usage, msg("geo.sample_communes", communes), "--communes",
                msg("geo.sample_communes_remedy"));
  }
  Random random(seed);
  const std::uint32_t cells = communes * cells_per_commune;
  const double km2 = std::min(200.0 * communes, 330'000.0);
  // A hexagon of width w has an area of w² · √3/2. Only +, −, ·, / and √: rounded alike everywhere.
  const double width_km = std::sqrt(km2 / cells / 0.8660254037844386);
  const auto column_step = static_cast<std::int64_t>(width_km / 103.9 * 1e7);
  const auto row_step = static_cast<std::int64_t>(width_km * 0.8660254037844386 / 110.7 * 1e7);
  const auto side = static_cast<std::uint32_t>(std::sqrt(static_cast<double>(cells)) * 2.8) + 16;
  const SampleLattice lattice(side, side * 10 / 9, {1'030'000'000, 214'000'000}, column_step,
                              row_step, random.next());

  const SampleOutline outline = make_sample_outline(lattice, cells, random);
  std::vector<std::uint32_t> owner =
      share_out(lattice, outline, place_communes(lattice, outline, communes, random));

  // Numbered along the Hilbert curve so far; now district by district.
  SampleLand land;
  {
    const auto cells_of = members(owner, communes);
    std::vector<GridPoint> centres;
    for (const auto& c : cells_of) centres.push_back(lattice.centre(middle(lattice, c)));
    const auto districts =
        form_districts(find_neighbours(lattice, owner, cells_of), centres, owner[outline.town]);
    std::vector<std::uint32_t> order(communes);
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return districts[a] < districts[b]; });
    std::vector<std::uint32_t> number(communes);
    for (std::uint32_t i = 0; i < communes; ++i) {
      number[order[i]] = i;
      land.districts.push_back(districts[order[i]]);
    }
    for (std::uint32_t& o : owner) {
      if (o != no_owner) o = number[o];
    }
  }
  land.district_count = land.districts.back() + 1;
  land.capital = owner[outline.town];

  const auto cells_of = members(owner, communes);
  land.neighbours = find_neighbours(lattice, owner, cells_of);
  std::vector<std::uint32_t> flawed(communes, no_owner);
  const auto can_be_flawed = [&](std::uint32_t i) {  // each border from its lower side only
    return flawed[i] == no_owner && !land.neighbours[i].empty() && land.neighbours[i].back() > i;
  };
  for (std::uint32_t k = 0; k < flaws; ++k) {
    const auto spread = (std::uint64_t{k} * 2 + 1) * communes / (2 * std::uint64_t{flaws});
    auto i = static_cast<std::uint32_t>(spread);
    while (i < communes && !can_be_flawed(i)) ++i;
    if (i == communes) continue;
    flawed[i] = land.neighbours[i].back();
    land.flawed.push_back(i);
  }
  Tracer tracer(lattice, owner);
  for (std::uint32_t i = 0; i < communes; ++i) {
    land.communes.push_back(tracer.shape(i, cells_of[i], flawed[i]));
    land.sites.push_back(
        find_sites(lattice, owner, cells_of[i], Random(seed ^ spread_bits(i + 1))));
  }
  return land;
}

}  // namespace geo
