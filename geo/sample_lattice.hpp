#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "geo/point.hpp"

namespace geo {

/// A point on a grid of 10⁻⁷ degrees. The sample's land is worked out in whole numbers, so that it
/// is the same on every computer.
struct GridPoint {
  std::int64_t x = 0, y = 0;  ///< east, north
  LonLat lonlat() const { return {static_cast<double>(x) / 1e7, static_cast<double>(y) / 1e7}; }
};

/// A border can be drawn wrongly on purpose, for the checks to find.
enum class BorderFlaw : std::uint8_t { none, overlap_and_gap };

/// Small cells in rows, every other row shifted by half a cell, with jittered centres. Six
/// neighbours each, directions counter-clockwise from east. Three cells meet in each corner, so
/// that a connected group of cells never touches itself in a point.
///
/// Why borders cannot cross: the centres form triangles; a corner lies inside its triangle, and the
/// border between two cells stays inside the quadrilateral of their two centres and the border's
/// two corners. These quadrilaterals do not overlap, and each is cut into two that do not overlap
/// either when a point is put on its diagonal.
class SampleLattice {
 public:
  using Cell = std::uint32_t;
  using Owners = std::span<const std::uint32_t>;

  /// Columns and rows at least 4; distances in grid units.
  SampleLattice(std::uint32_t columns, std::uint32_t rows, GridPoint middle,
                std::int64_t column_step, std::int64_t row_step, std::uint64_t seed);

  std::uint32_t size() const { return columns_ * rows_; }
  std::uint32_t columns() const { return columns_; }
  std::uint32_t rows() const { return rows_; }
  Cell at(std::uint32_t column, std::uint32_t row) const { return row * columns_ + column; }
  std::uint32_t column(Cell c) const { return c % columns_; }
  std::uint32_t row(Cell c) const { return c / columns_; }

  bool at_rim(Cell c) const;                         ///< has no neighbours on some side
  Cell neighbour(Cell c, unsigned direction) const;  ///< not for cells at the rim
  GridPoint centre(Cell c) const;
  /// Where c meets its neighbours in `direction` and the next direction. `owner` by cell: a border
  /// that passes between two owners is drawn straighter than the cells are.
  GridPoint corner(Cell c, unsigned direction, Owners owner) const;
  /// Appends the border towards a neighbour, counter-clockwise around c, without its last point.
  /// The neighbour gets the same points in reverse, unless one of them is given a flaw.
  void append_border(Cell c, unsigned direction, Owners owner, BorderFlaw flaw,
                     std::vector<GridPoint>& out) const;
  static constexpr std::size_t points_per_border = 8;
  /// A point strictly inside the cell: `pick` chooses which, of 2⁶⁴.
  GridPoint inside(Cell c, std::uint64_t pick, Owners owner) const;

  /// Smooth noise, 0…255, with bumps about `period` cells wide. Not the same for another `layer`.
  std::uint32_t noise(Cell c, std::uint32_t period, std::uint64_t layer) const;
  /// 0…255, unlike from cell to cell.
  std::uint32_t speckle(Cell c, std::uint64_t layer) const;

 private:
  std::uint32_t columns_, rows_;
  GridPoint first_;
  std::int64_t column_step_, row_step_;
  std::uint64_t seed_;
};

inline constexpr std::uint32_t no_owner = UINT32_MAX;

/// Where growing from a source into a cell comes in the order of all such steps: `so_far` is the
/// answer for the cell it comes from, 0 for the source itself. `never` forbids the cell.
using GrowthOrder = std::function<std::uint64_t(std::uint64_t so_far, std::uint32_t source,
                                                SampleLattice::Cell into)>;
inline constexpr std::uint64_t never = UINT64_MAX;

/// Grows territories from their sources, cell by cell, until `limit` cells are taken. Gives the
/// owner (index of the source) of each cell. Every territory is connected.
std::vector<std::uint32_t> grow(const SampleLattice& lattice,
                                std::span<const SampleLattice::Cell> sources,
                                const GrowthOrder& order, std::size_t limit);

}  // namespace geo
