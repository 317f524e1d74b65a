#pragma once
#include "app/apply.hpp"
#include "app/state.hpp"

namespace desk_test {

/// Four square communes in a row of two by two, two former districts, three report dates.
///
///     02 Bản Đông | 03 Điện Xa      district "Huyện Bắc" (0)
///     ------------+-----------
///     00 Mường Na | 01 Núa Lang     district "Huyện Nam" (1)
///
/// Mường Na: 1,000 eligible, 100 → 200 → 300; Núa Lang: 500, 400 at the last date only;
/// Bản Đông: 800, silent since the first date; Điện Xa: never reported. Target 60%.
std::shared_ptr<const app::Loaded> small_loaded(std::uint64_t version = 1);
std::vector<geo::GeoShape> small_shapes();
app::AppState small_desk();  ///< with a map of 800 × 600 pixels

/// The map pixel over the middle of a commune.
render::PixelPoint middle_of(const app::AppState& state, std::uint32_t unit);

}  // namespace desk_test
