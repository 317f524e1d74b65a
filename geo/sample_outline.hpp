#pragma once
#include <cstdint>
#include <vector>

#include "geo/random.hpp"
#include "geo/sample_lattice.hpp"

namespace geo {

/// The province: which cells are land, and where its town lies.
struct SampleOutline {
  std::vector<std::uint8_t> land;          ///< by cell
  std::vector<SampleLattice::Cell> cells;  ///< of land, along a Hilbert curve
  SampleLattice::Cell town = 0;
};

/// Grown from a bent spine over uneven ground, so that it comes out long, lobed and lined with
/// small bays; one bay reaches deep.
SampleOutline make_sample_outline(const SampleLattice& lattice, std::uint32_t cells,
                                  Random& random);

}  // namespace geo
