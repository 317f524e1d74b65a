#pragma once
#include <optional>
#include <string>

#include "geo/vector_file.hpp"

namespace geo {

/// Which column of a boundary layer holds what; indices into Layer::columns.
struct BoundaryColumns {
  std::optional<std::size_t> code, name, full_name, kind;
  std::optional<std::size_t> province_code, province;  ///< parent today
  std::optional<std::size_t> former_district_code, former_district;
  std::optional<std::size_t> area_km2, population;  ///< as published
};

/// Lower case, accents and everything but letters and digits taken out: "Mã xã" → "maxa".
std::string folded_heading(const std::string& text);

/// By column name (also cut to 10 characters, as in Shapefiles: province_c, former_d_1) and by
/// content (5-digit codes, names that begin with Xã/Phường…). Every guess is shown to the person.
BoundaryColumns guess_boundary_columns(const Layer& layer);

/// Overrides by the person: a column name, or empty for the guess. Throws Error (usage) listing the
/// columns when there is none of that name.
struct BoundaryColumnNames {
  std::string code, name, parent;
};
void override_columns(BoundaryColumns& columns, const Layer& layer,
                      const BoundaryColumnNames& names);

}  // namespace geo
