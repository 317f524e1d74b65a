// Rasters of heights: opened as carefully as boundaries are, and cut down while they are read.
#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal_alg.h>
#include <gdal_priv.h>
#include <gdal_utils.h>
#include <gdalwarper.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <string_view>

#include "geo/elevation.hpp"
#include "geo/error.hpp"
#include "geo/gdal_handle.hpp"
#include "geo/path_text.hpp"
#include "geo/vector_file.hpp"

// Only these two of GDAL's raster drivers, and the one that keeps the result in memory.
CPL_C_START
void CPL_DLL GDALRegister_GTiff(void);
void CPL_DLL GDALRegister_AAIGrid(void);
void CPL_DLL GDALRegister_SRTMHGT(void);
void CPL_DLL GDALRegister_MEM(void);
CPL_C_END

namespace geo {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_bytes = 16ULL << 30;
/// Việt Nam at 10 m is 160,000 × 170,000.
constexpr double most_pixels = 4e10;
constexpr int most_bands = 16;
/// The lowest shore and the highest mountain, with a margin.
constexpr int lowest = -500, highest = 9000;

struct Format {
  std::string_view extension;
  const char* driver;
};
constexpr std::array formats{Format{".tif", "GTiff"}, Format{".tiff", "GTiff"},
                             Format{".asc", "AAIGrid"}, Format{".hgt", "SRTMHGT"}};

void register_drivers() {
  static std::once_flag once;
  std::call_once(once, [] {
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    GDALRegister_GTiff();
    GDALRegister_AAIGrid();
    GDALRegister_SRTMHGT();
    GDALRegister_MEM();
  });
}

const char* driver_for(const fs::path& file) {
  std::string extension = utf8(file.extension());
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const Format& f : formats)
    if (f.extension == extension) return f.driver;
  throw Error(ErrorKind::io, msg("geo.elevation_format", extension), utf8(file),
              msg("geo.elevation_format_remedy"));
}

DatasetHandle open_raster(const fs::path& file, const GdalMessages& messages) {
  const std::array<const char*, 2> drivers{driver_for(file), nullptr};
  DatasetHandle out(GDALDataset::Open(utf8(fs::absolute(file)).c_str(),
                                      GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                      drivers.data(), nullptr, nullptr));
  if (!out)
    throw Error(ErrorKind::io,
                msg("geo.cannot_open", std::string(drivers[0]), messages.first_failure()),
                utf8(file), msg("geo.cannot_open_remedy"));
  return out;
}

/// The CRS it declares; degrees where it declares none and its numbers look like them.
std::string crs_of(GDALDataset& raster, const fs::path& file, ElevationFile& out) {
  const OGRSpatialReference* declared = raster.GetSpatialRef();
  if (declared != nullptr && !declared->IsEmpty()) {
    char* wkt = nullptr;
    declared->exportToWkt(&wkt);
    std::string text = wkt != nullptr ? wkt : "";
    CPLFree(wkt);
    const char* name = declared->GetName();
    out.crs = name != nullptr ? name : "";
    return text;
  }
  double t[6];
  const bool placed = raster.GetGeoTransform(t) == CE_None;
  const double x = t[0] + raster.GetRasterXSize() * t[1], y = t[3] + raster.GetRasterYSize() * t[5];
  if (!placed || std::abs(t[0]) > 180 || std::abs(x) > 180 || std::abs(t[3]) > 90 ||
      std::abs(y) > 90)
    throw Error(ErrorKind::io, msg("geo.elevation_no_crs"), utf8(file),
                msg("geo.elevation_no_crs_remedy"));
  out.crs = "EPSG:4326 WGS 84";
  out.issues.push_back(
      {Severity::warning, msg("geo.crs_assumed", out.crs), out.file, {}, {}, {}, {}, {}});
  return "EPSG:4326";
}

struct WarpEnd {
  void operator()(GDALWarpAppOptions* o) const { GDALWarpAppOptionsFree(o); }
};

int tell(double share, const char* /*text*/, void* progress) {
  try {
    static_cast<const Progress*>(progress)->at(share, msg("geo.reading_elevation"));
    return TRUE;
  } catch (const Cancelled&) {
    return FALSE;
  }
}

/// Box and size of what is read: the raster's own cells in degrees, as many as may be.
void plan_grid(GDALDataset& raster, const std::string& crs, LonLat min, LonLat max,
               std::size_t most_cells, const fs::path& file, ElevationGrid& grid, bool& shrinks) {
  const DatasetHandle turned(GDALDataset::FromHandle(
      GDALAutoCreateWarpedVRT(GDALDataset::ToHandle(&raster), crs.c_str(), SRS_WKT_WGS84_LAT_LONG,
                              GRA_NearestNeighbour, 0, nullptr)));
  double t[6] = {};
  if (!turned || turned->GetGeoTransform(t) != CE_None || !(t[1] > 0) || !(t[5] < 0))
    throw Error(ErrorKind::io, msg("geo.elevation_unplaced"), utf8(file),
                msg("geo.elevation_no_crs_remedy"));
  grid.min = {std::max(min.lon, t[0]), std::max(min.lat, t[3] + t[5] * turned->GetRasterYSize())};
  grid.max = {std::min(max.lon, t[0] + t[1] * turned->GetRasterXSize()), std::min(max.lat, t[3])};
  const double width = grid.max.lon - grid.min.lon, height = grid.max.lat - grid.min.lat;
  if (!(width > 0 && height > 0))
    throw Error(ErrorKind::io, msg("geo.elevation_elsewhere"), utf8(file),
                msg("geo.elevation_elsewhere_remedy"));
  double columns = std::ceil(width / t[1]), rows = std::ceil(height / -t[5]);
  const double shrink = std::sqrt(columns * rows / static_cast<double>(most_cells));
  shrinks = shrink > 1;
  if (shrinks) {
    columns = std::floor(columns / shrink);
    rows = std::floor(rows / shrink);
  }
  const auto most = static_cast<double>(most_cells);
  grid.columns = static_cast<std::size_t>(std::clamp(columns, 1.0, most));
  grid.rows = static_cast<std::size_t>(
      std::clamp(rows, 1.0, std::max(1.0, std::floor(most / static_cast<double>(grid.columns)))));
}

DatasetHandle warp(GDALDataset& raster, const std::string& crs, const ElevationGrid& grid,
                   bool shrinks, const Progress& progress) {
  CPLStringList args;
  const auto add = [&args](const std::string& word) { args.AddString(word.c_str()); };
  for (const char* word : {"-of", "MEM", "-ot", "Float32", "-dstnodata", "-99999"}) add(word);
  add("-s_srs");
  add(crs);
  add("-t_srs");
  add("EPSG:4326");
  add("-te");
  for (const double edge : {grid.min.lon, grid.min.lat, grid.max.lon, grid.max.lat})
    add(CPLSPrintf("%.17g", edge));
  add("-ts");
  add(std::to_string(grid.columns));
  add(std::to_string(grid.rows));
  add("-r");
  add(shrinks ? "average" : "bilinear");
  const std::unique_ptr<GDALWarpAppOptions, WarpEnd> options(
      GDALWarpAppOptionsNew(args.List(), nullptr));
  if (!options) return {};
  GDALWarpAppOptionsSetProgress(options.get(), tell, const_cast<Progress*>(&progress));
  GDALDatasetH from = GDALDataset::ToHandle(&raster);
  return DatasetHandle(
      GDALDataset::FromHandle(GDALWarp("", nullptr, 1, &from, options.get(), nullptr)));
}

}  // namespace

ElevationFile read_elevation(const fs::path& file, LonLat min, LonLat max, const Progress& progress,
                             std::size_t most_cells) {
  require_plain_file(file, most_bytes, 0);
  register_drivers();
  ElevationFile out;
  out.file = utf8(file);
  const GdalMessages messages;
  const DatasetHandle raster = open_raster(file, messages);
  const double pixels =
      static_cast<double>(raster->GetRasterXSize()) * static_cast<double>(raster->GetRasterYSize());
  if (raster->GetRasterCount() < 1 || raster->GetRasterCount() > most_bands || pixels < 1 ||
      pixels > most_pixels)
    throw Error(ErrorKind::io,
                msg("geo.elevation_size", raster->GetRasterXSize(), raster->GetRasterYSize()),
                out.file, msg("geo.elevation_size_remedy"));
  const std::string crs = crs_of(*raster, file, out);
  bool shrinks = false;
  plan_grid(*raster, crs, min, max, most_cells, file, out.grid, shrinks);
  const DatasetHandle heights = warp(*raster, crs, out.grid, shrinks, progress);
  progress.at(1, msg("geo.reading_elevation"));  // cancelled: says so
  std::vector<float> cells(out.grid.columns * out.grid.rows);
  const int columns = static_cast<int>(out.grid.columns), rows = static_cast<int>(out.grid.rows);
  if (!heights || heights->GetRasterXSize() != columns || heights->GetRasterYSize() != rows ||
      heights->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, columns, rows, cells.data(), columns, rows,
                                          GDT_Float32, 0, 0, nullptr) != CE_None ||
      !messages.first_failure().empty())
    throw Error(ErrorKind::io, msg("geo.cannot_read", messages.first_failure()), out.file,
                msg("geo.cannot_open_remedy"));
  std::int64_t wild = 0, unknown = 0;
  out.grid.cells.reserve(cells.size());
  for (const float cell : cells) {
    const bool known = std::isfinite(cell) && cell > -99998;
    const bool sane = known && cell >= lowest && cell <= highest;
    wild += known && !sane;
    unknown += !sane;
    out.grid.cells.push_back(sane ? static_cast<std::int16_t>(std::lround(cell))
                                  : ElevationGrid::unknown);
  }
  const auto all = static_cast<std::int64_t>(cells.size());
  const auto note = [&](Severity severity, Message message) {
    out.issues.push_back({severity, std::move(message), out.file, {}, {}, {}, {}, {}});
  };
  if (wild > 0) note(Severity::warning, msg("geo.elevation_wild", wild, lowest, highest));
  if (unknown == all)
    throw Error(ErrorKind::io, msg("geo.elevation_nothing"), out.file,
                msg("geo.elevation_elsewhere_remedy"));
  if (unknown > 0)
    note(Severity::info,
         msg("geo.elevation_holes", static_cast<double>(unknown) / static_cast<double>(all)));
  if (shrinks) note(Severity::info, msg("geo.elevation_reduced", columns, rows));
  return out;
}

}  // namespace geo
