#pragma once
#include "app/picture.hpp"
#include "render/page/paper.hpp"

namespace app {

/// Units of a map that lie far from its others: islands in the open sea, for whose sake the land
/// would be drawn tiny.
struct FarIslands {
  geo::Box box;  ///< of the others
  std::vector<render::SheetFurniture::Inset> insets;
};
/// `units` empty: all. On a map of the nation none are far: it is drawn with its archipelagos in
/// their places.
FarIslands far_islands(const data::Dataset& dataset, const geo::Land& land,
                       std::span<const geo::UnitIndex> units);

/// What a map on paper has besides: an arrow to the north, where in its province or the land it
/// lies, and insets of far islands, for whose sake `box` is not wider. `within` empty: all.
void furnish_sheet(render::Frame& frame, geo::Box& box, const data::Dataset& dataset,
                   std::span<const geo::UnitIndex> within, Language language);

/// A map on a sheet of its own: title and numbers above it, legend beside it, sources and whether
/// the numbers are made up or estimated at the foot; then the numbers of its communes as a table.
/// `points` and `figures` must outlive it.
render::Paper map_sheet(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                        const Figures& figures, const View& view, const Points* points,
                        render::PaperSize size, bool table);

}  // namespace app
