#pragma once
#include <filesystem>

#include "app/figures.hpp"
#include "data/score.hpp"
#include "data/table_out.hpp"

namespace app {

/// What is on screen, on its way into a file of another program: the communes that the filter
/// leaves with every number about them, the colours of the map, and notes that say what was
/// filtered, of which day it is and where it comes from.
struct Export {
  data::TableOut table;
  data::MapOut map;                   ///< without shapes: those are read when they are written
  std::filesystem::path workspace;    ///< that the boundaries are read from
  std::size_t communes = 0;           ///< in it
  std::vector<geo::UnitIndex> units;  ///< by row
};
Export make_export(const data::Dataset& dataset, const Figures& figures, const View& view,
                   const data::Weights& weights, const std::filesystem::path& workspace);

/// By the extension: .csv, .xlsx or .gpkg. Error (usage) for any other, which require_exportable
/// says before any work is done; Error (io) when it cannot be written.
void export_file(Export out, const std::filesystem::path& file, const geo::Progress& progress = {});
void require_exportable(const std::filesystem::path& file);

}  // namespace app
