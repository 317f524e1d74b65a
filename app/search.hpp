#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.hpp"
#include "geo/point.hpp"
#include "geo/unit.hpp"

namespace app {

enum class FoundKind : std::uint8_t { commune, district, settlement, team };

/// One thing that can be searched for. Its names are looked up in the dataset when they are shown.
struct SearchEntry {
  std::string folded;  ///< without accents, case and spaces
  FoundKind kind = FoundKind::commune;
  std::uint32_t index = 0;  ///< into the dataset's communes, districts, settlements or teams
};
using SearchIndex = std::vector<SearchEntry>;

SearchIndex build_search(const data::Dataset& dataset);

/// What a search shows and where it leads.
struct Found {
  FoundKind kind = FoundKind::commune;
  std::string name, detail;           ///< "Bản Huổi Púng", "Si Pa Phìn"
  std::vector<geo::UnitIndex> units;  ///< communes to select
  std::optional<geo::LonLat> at;      ///< of a settlement
};

/// At most `most` hits: communes first, then former districts, settlements, teams; within a kind
/// names that begin with the words come first. Accents, case and spaces do not matter.
std::vector<Found> search(const data::Dataset& dataset, const SearchIndex& index,
                          std::string_view words, std::size_t most);

}  // namespace app
