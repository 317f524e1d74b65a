// A GeoPackage out, through GDAL.
#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <mutex>

#include "data/layer_style.hpp"
#include "data/table_out.hpp"
#include "data/unfinished_file.hpp"
#include "data/wkb.hpp"
#include "geo/gdal_handle.hpp"
#include "geo/path_text.hpp"

namespace data {
namespace {

constexpr const char* layer_name = "communes";
constexpr const char* class_field = "map_class";  ///< what the style goes by: 1 … n, 0: no number

void register_driver() {
  static std::once_flag once;
  std::call_once(once, [] { RegisterOGRGeoPackage(); });
}

/// GDAL answers a code where it could not do something, and says why on its own channel.
class Writer {
 public:
  explicit Writer(const UnfinishedFile& unfinished) : unfinished_(unfinished) {}
  void check(bool good) const {
    if (good && messages_.first_failure().empty()) return;
    // SQLite tells GDAL in words only.
    const std::string& said = messages_.first_failure();
    const auto says = [&](const char* words) { return said.find(words) != std::string::npos; };
    if (says("disk is full") || says("disk I/O error")) throw unfinished_.failed(ENOSPC);
    if (says("readonly")) throw unfinished_.failed(EROFS);
    throw unfinished_.failed(EIO, said);
  }
  void check(OGRErr error) const { check(error == OGRERR_NONE); }

 private:
  const UnfinishedFile& unfinished_;
  geo::GdalMessages messages_;
};

OGRFieldType type_of(TableOut::Kind kind) {
  if (kind == TableOut::Kind::text) return OFTString;
  return kind == TableOut::Kind::date ? OFTDate : OFTReal;
}

void set_cell(OGRFeature& feature, int field, const TableOut::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    feature.SetField(field, writable(*text).c_str());
  } else if (const auto* day = std::get_if<geo::Date>(&cell)) {
    const std::chrono::year_month_day ymd{day->day};
    feature.SetField(field, static_cast<int>(ymd.year()),
                     static_cast<int>(static_cast<unsigned>(ymd.month())),
                     static_cast<int>(static_cast<unsigned>(ymd.day())));
  } else if (const auto* number = std::get_if<double>(&cell);
             number != nullptr && std::isfinite(*number)) {
    feature.SetField(field, std::round(*number * 1e9) / 1e9);
  } else {
    feature.SetFieldNull(field);  // not reported is not 0
  }
}

void add_field(OGRLayer& layer, const Writer& writer, const std::string& name, OGRFieldType type,
               const std::string& title = {}) {
  OGRFieldDefn field(name.c_str(), type);
  if (!title.empty()) field.SetAlternativeName(writable(title).c_str());
  writer.check(layer.CreateField(&field));
}

void write_communes(GDALDataset& dataset, const Writer& writer, const TableOut& table,
                    const MapOut& map) {
  OGRSpatialReference wgs84;
  wgs84.importFromEPSG(4326);
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  std::string description;
  for (const std::string& note : table.notes)
    description += (description.empty() ? "" : "\n") + writable(note);
  CPLStringList options;
  options.SetNameValue("GEOMETRY_NAME", "geom");
  options.SetNameValue("FID", "fid");
  options.SetNameValue("IDENTIFIER", writable(table.title).c_str());
  options.SetNameValue("DESCRIPTION", description.c_str());
  OGRLayer* layer = dataset.CreateLayer(layer_name, &wgs84, wkbMultiPolygon, options.List());
  writer.check(layer != nullptr);
  for (const TableOut::Column& column : table.columns)
    add_field(*layer, writer, column.id, type_of(column.kind), column.title);
  add_field(*layer, writer, class_field, OFTInteger);

  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    OGRFeature feature(layer->GetLayerDefn());
    const auto& row = table.rows[r];
    for (std::size_t c = 0; c < row.size() && c < table.columns.size(); ++c)
      set_cell(feature, static_cast<int>(c), row[c]);
    const auto category = r < map.of_row.size() ? map.of_row[r] : std::nullopt;
    feature.SetField(static_cast<int>(table.columns.size()),
                     category ? static_cast<int>(*category) + 1 : 0);
    if (r < map.shapes.size() && !map.shapes[r].empty()) {
      const auto wkb = to_wkb(map.shapes[r]);
      OGRGeometry* geometry = nullptr;
      writer.check(OGRGeometryFactory::createFromWkb(wkb.data(), &wgs84, &geometry, wkb.size()));
      writer.check(feature.SetGeometryDirectly(geometry));
    }
    writer.check(layer->CreateFeature(&feature));
  }
}

OGRLayer& plain_table(GDALDataset& dataset, const Writer& writer, const char* name,
                      const std::string& title) {
  CPLStringList options;
  options.SetNameValue("FID", "id");
  if (!title.empty()) options.SetNameValue("IDENTIFIER", writable(title).c_str());
  OGRLayer* layer = dataset.CreateLayer(name, nullptr, wkbNone, options.List());
  writer.check(layer != nullptr);
  return *layer;
}

void write_notes(GDALDataset& dataset, const Writer& writer, const TableOut& table) {
  OGRLayer& layer = plain_table(dataset, writer, "notes", table.notes_title);
  add_field(layer, writer, "note", OFTString);
  for (const std::string& note : table.notes) {
    OGRFeature feature(layer.GetLayerDefn());
    feature.SetField("note", writable(note).c_str());
    writer.check(layer.CreateFeature(&feature));
  }
}

/// The table in which QGIS keeps the styles of a GeoPackage's layers; it takes the default one on
/// opening.
void write_style(GDALDataset& dataset, const Writer& writer, const TableOut& table,
                 const MapOut& map) {
  OGRLayer& layer = plain_table(dataset, writer, "layer_styles", {});
  for (const char* name : {"f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column",
                           "styleName", "styleQML", "styleSLD"})
    add_field(layer, writer, name, OFTString);
  OGRFieldDefn is_default("useAsDefault", OFTInteger);
  is_default.SetSubType(OFSTBoolean);
  writer.check(layer.CreateField(&is_default));
  for (const char* name : {"description", "owner", "ui"}) add_field(layer, writer, name, OFTString);
  add_field(layer, writer, "update_time", OFTDateTime);

  OGRFeature feature(layer.GetLayerDefn());
  feature.SetField("f_table_catalog", "");
  feature.SetField("f_table_schema", "");
  feature.SetField("f_table_name", layer_name);
  feature.SetField("f_geometry_column", "geom");
  feature.SetField("styleName", layer_name);
  feature.SetField("styleQML", layer_style(table, map, class_field).c_str());
  feature.SetField("styleSLD", "");
  feature.SetField("useAsDefault", 1);
  feature.SetField("description", writable(table.title).c_str());
  feature.SetField("owner", "");
  const auto now = std::chrono::system_clock::now();
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day ymd{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(now - day)};
  constexpr int utc = 100;
  feature.SetField("update_time", static_cast<int>(ymd.year()),
                   static_cast<int>(static_cast<unsigned>(ymd.month())),
                   static_cast<int>(static_cast<unsigned>(ymd.day())),
                   static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                   static_cast<float>(time.seconds().count()), utc);
  writer.check(layer.CreateFeature(&feature));
}

}  // namespace

void write_geopackage(const TableOut& table, const MapOut& map, const std::filesystem::path& file) {
  register_driver();
  UnfinishedFile unfinished(file);
  // The driver makes a file of its own and minds one that is there.
  std::error_code ignored;
  std::filesystem::remove(unfinished.path(), ignored);
  const Writer writer(unfinished);
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
  writer.check(driver != nullptr);
  geo::DatasetHandle dataset(
      driver->Create(geo::utf8(unfinished.path()).c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  writer.check(dataset != nullptr);
  writer.check(dataset->StartTransaction());
  write_communes(*dataset, writer, table, map);
  write_notes(*dataset, writer, table);
  write_style(*dataset, writer, table, map);
  writer.check(dataset->CommitTransaction());
  dataset.reset();
  writer.check(true);  // what was said on closing
  unfinished.finish();
}

}  // namespace data
