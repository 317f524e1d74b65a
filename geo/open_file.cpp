// What may be opened, and how: everything before the first feature is read.
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>

#include "geo/gdal_handle.hpp"
#include "geo/path_text.hpp"
#include "geo/vector_file.hpp"

namespace geo {
namespace {

namespace fs = std::filesystem;

/// Boundaries of a country at full detail are 115 MB; nothing honest comes near these.
constexpr std::uintmax_t max_boundary_bytes = 4ULL << 30;
constexpr std::uintmax_t max_boundary_unpacked = 4ULL << 30;
constexpr int max_zip_entries = 10'000;

struct Format {
  const char* extension;
  const char* driver;
};
constexpr std::array formats{Format{".gpkg", "GPKG"},        Format{".geojson", "GeoJSON"},
                             Format{".json", "GeoJSON"},     Format{".shp", "ESRI Shapefile"},
                             Format{".tab", "MapInfo File"}, Format{".mif", "MapInfo File"},
                             Format{".fgb", "FlatGeobuf"},   Format{".kml", "LIBKML"},
                             Format{".sqlite", "SQLite"},    Format{".db", "SQLite"}};

const char* driver_for(const std::string& extension) {
  for (const Format& f : formats) {
    if (extension == f.extension) return f.driver;
  }
  return nullptr;
}

/// Exactly the supported drivers: GDAL opens by content, and a VRT in disguise may name any file.
void register_drivers() {
  static std::once_flag once;
  std::call_once(once, [] {
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");  // no .aux.xml beside the person's files
    RegisterOGRGeoPackage();
    RegisterOGRGeoJSON();
    RegisterOGRShape();
    RegisterOGRTAB();
    RegisterOGRFlatGeobuf();
    RegisterOGRLIBKML();
    RegisterOGRSQLite();
  });
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

Error refused(Message what, const fs::path& file, Message remedy) {
  return Error(ErrorKind::io, std::move(what), utf8(file), std::move(remedy));
}

std::string zip_path(const fs::path& file) { return "/vsizip/{" + utf8(fs::absolute(file)) + "}"; }

/// Names inside a zip, folders left out. Throws Error on a broken or hostile one.
std::vector<std::string> zip_entries(const fs::path& file) {
  const GdalMessages messages;
  char** list = VSIReadDirRecursive(zip_path(file).c_str());
  std::vector<std::string> names;
  for (char** p = list; p != nullptr && *p != nullptr; ++p) names.emplace_back(*p);
  CSLDestroy(list);
  if (names.empty()) {
    throw refused(msg("geo.zip_broken"), file, msg("geo.zip_broken_remedy"));
  }
  if (names.size() > max_zip_entries) {
    throw refused(msg("geo.zip_too_many", names.size()), file, msg("geo.zip_too_many_remedy"));
  }
  std::erase_if(names, [](const std::string& n) { return n.empty() || n.back() == '/'; });
  for (const std::string& name : names) {
    const fs::path inside(name);
    const bool climbs = std::find(inside.begin(), inside.end(), "..") != inside.end();
    if (climbs || inside.is_absolute() || name.find('\\') != std::string::npos) {
      throw refused(msg("geo.zip_slip", name), file, msg("geo.zip_slip_remedy"));
    }
  }
  return names;
}

struct VsiFileCloser {
  void operator()(VSILFILE* f) const { VSIFCloseL(f); }
};

/// Unpacks and counts, because the sizes that a zip declares may be lies; stops at the limit.
std::uintmax_t unpacked_size(const std::string& path, std::uintmax_t limit, bool& broken) {
  const std::unique_ptr<VSILFILE, VsiFileCloser> in(VSIFOpenL(path.c_str(), "rb"));
  broken = in == nullptr;
  std::uintmax_t size = 0;
  std::vector<char> buffer(1 << 18);
  while (in && size <= limit) {
    const std::size_t n = VSIFReadL(buffer.data(), 1, buffer.size(), in.get());
    size += n;
    if (n < buffer.size()) break;
  }
  return size;
}

void require_sane_zip(const fs::path& file, std::uintmax_t max_unpacked) {
  const auto too_big = [&] {
    return refused(msg("geo.zip_bomb", max_unpacked >> 20), file, msg("geo.zip_bomb_remedy"));
  };
  const std::vector<std::string> names = zip_entries(file);
  const GdalMessages messages;
  std::vector<std::uintmax_t> declared;
  std::uintmax_t sum = 0;
  for (const std::string& name : names) {
    VSIStatBufL stat;
    const bool known = VSIStatL((zip_path(file) + "/" + name).c_str(), &stat) == 0;
    declared.push_back(known && stat.st_size > 0 ? static_cast<std::uintmax_t>(stat.st_size) : 0);
    if (declared.back() > max_unpacked || (sum += declared.back()) > max_unpacked) throw too_big();
  }
  std::uintmax_t counted = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    bool broken = false;
    const auto size =
        unpacked_size(zip_path(file) + "/" + names[i], max_unpacked - counted, broken);
    counted += size;
    if (counted > max_unpacked) throw too_big();
    if (broken || size < declared[i] || !messages.first_failure().empty()) {
      throw refused(msg("geo.zip_broken"), file, msg("geo.zip_broken_remedy"));
    }
  }
}

/// MapInfo and Shapefile jump about in their files, and every jump back in a compressed one starts
/// over: 2 s for 129 communes. `folder` becomes where the files are. Null when they are too large.
std::shared_ptr<const void> unpack_into_memory(const std::vector<std::string>& names,
                                               std::string& folder) {
  constexpr std::uintmax_t most = 512 << 20;
  std::uintmax_t sum = 0;
  for (const std::string& name : names) {
    VSIStatBufL stat;
    if (VSIStatL((folder + "/" + name).c_str(), &stat) == 0 && stat.st_size > 0) {
      sum += static_cast<std::uintmax_t>(stat.st_size);
    }
  }
  if (sum > most) return nullptr;
  static std::atomic<unsigned> last{0};
  const std::string memory = "/vsimem/phusong/" + std::to_string(++last);
  std::shared_ptr<const void> keep(new std::string(memory), [](const std::string* path) {
    VSIRmdirRecursive(path->c_str());
    delete path;
  });
  for (const std::string& name : names) {
    if (CPLCopyFile((memory + "/" + name).c_str(), (folder + "/" + name).c_str()) != 0) {
      return nullptr;
    }
  }
  folder = memory;
  return keep;
}

bool is_zip(const std::string& extension) {
  return extension == ".zip" || extension == ".xlsx" || extension == ".ods" || extension == ".kmz";
}

/// Text without a declared encoding is handed over as bytes; see text_of in vector_file.cpp.
bool encoding_declared(const VectorSource& source) {
  VSIStatBufL stat;
  const std::string base = source.path.substr(0, source.path.size() - source.format.size());
  for (const char* extension : {".cpg", ".CPG", ".cst", ".CST"}) {
    if (VSIStatL((base + extension).c_str(), &stat) == 0) return true;
  }
  return false;
}

}  // namespace

void DatasetDeleter::operator()(GDALDataset* dataset) const {
  GDALClose(GDALDataset::ToHandle(dataset));
}

GdalMessages::GdalMessages() {
  CPLPushErrorHandlerEx([](CPLErr severity, CPLErrorNum number,
                           const char* text) { heard(static_cast<int>(severity), number, text); },
                        this);
}
GdalMessages::~GdalMessages() { CPLPopErrorHandler(); }
void GdalMessages::heard(int severity, int /*number*/, const char* text) {
  auto* self = static_cast<GdalMessages*>(CPLGetErrorHandlerUserData());
  if (self != nullptr && severity >= CE_Failure && self->failure_.empty() && text != nullptr) {
    self->failure_ = std::string(text).substr(0, 300);
  }
}

void require_plain_file(const fs::path& file, std::uintmax_t max_bytes,
                        std::uintmax_t max_unpacked) {
  const std::string name = utf8(file);
  if (name.rfind("/vsi", 0) == 0 || name.find("://") != std::string::npos ||
      name.find('\0') != std::string::npos) {
    throw refused(msg("geo.not_on_this_computer"), file, msg("geo.not_on_this_computer_remedy"));
  }
  std::error_code trouble;
  const fs::file_status status = fs::status(file, trouble);
  if (!fs::exists(status)) {
    throw refused(msg("geo.file_missing"), file, msg("geo.file_missing_remedy"));
  }
  if (!fs::is_regular_file(status)) {
    throw refused(msg("geo.not_a_file"), file, msg("geo.not_a_file_remedy"));
  }
  const std::uintmax_t size = fs::file_size(file, trouble);
  if (trouble || size == 0) {
    throw refused(msg("geo.file_empty"), file, msg("geo.file_empty_remedy"));
  }
  if (size > max_bytes) {
    throw refused(msg("geo.file_too_big", size >> 20, max_bytes >> 20), file,
                  msg("geo.file_too_big_remedy"));
  }
  if (is_zip(lower(utf8(file.extension())))) require_sane_zip(file, max_unpacked);
}

VectorSources vector_sources(const fs::path& file) {
  const std::string extension = lower(utf8(file.extension()));
  const std::string supported = "GeoPackage, GeoJSON, Shapefile, MapInfo TAB/MIF, FlatGeobuf, KML";
  const auto unsupported = [&] {
    return refused(msg("geo.format_unknown", extension), file,
                   msg("geo.format_unknown_remedy", supported));
  };
  require_plain_file(file, max_boundary_bytes, max_boundary_unpacked);
  register_drivers();
  if (extension != ".zip") {
    if (driver_for(extension) == nullptr) throw unsupported();
    return {nullptr, {{utf8(fs::absolute(file)), utf8(file.stem()), extension}}};
  }
  VectorSources sources;
  const std::vector<std::string> names = zip_entries(file);
  std::string folder = zip_path(file);
  sources.unpacked = unpack_into_memory(names, folder);
  for (const std::string& name : names) {
    const fs::path inside(name);
    const std::string inner = lower(utf8(inside.extension()));
    const bool mac_copy = name.rfind("__MACOSX/", 0) == 0 || name.find("/._") != std::string::npos;
    const bool readable = driver_for(inner) != nullptr && inner != ".sqlite" && inner != ".db";
    if (readable && !mac_copy) {
      sources.list.push_back({folder + "/" + name, utf8(inside.stem()), inner});
    }
  }
  if (sources.list.empty()) {
    throw refused(msg("geo.zip_without_boundaries"), file,
                  msg("geo.zip_without_boundaries_remedy", supported));
  }
  return sources;
}

DatasetHandle open_source(const VectorSource& source, const std::string& shown_name) {
  register_drivers();
  const char* driver = driver_for(source.format);
  const std::array<const char*, 2> drivers{driver, nullptr};
  CPLStringList options;
  const bool sqlite =
      source.format == ".gpkg" || source.format == ".sqlite" || source.format == ".db";
  VSIStatBufL stat;
  // Immutable: SQLite leaves no -wal or -shm beside the file. Not while another program writes it.
  if (sqlite && VSIStatL((source.path + "-wal").c_str(), &stat) != 0) {
    options.SetNameValue("IMMUTABLE", "YES");
  }
  if (source.format == ".shp" && !encoding_declared(source)) options.SetNameValue("ENCODING", "");

  const GdalMessages messages;
  DatasetHandle dataset(GDALDataset::Open(source.path.c_str(),
                                          GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                          drivers.data(), options.List(), nullptr));
  if (!dataset) {
    throw Error(ErrorKind::io,
                msg("geo.cannot_open", std::string(driver), messages.first_failure()), shown_name,
                source.format == ".shp" ? msg("geo.cannot_open_shapefile_remedy")
                                        : msg("geo.cannot_open_remedy"));
  }
  return dataset;
}

}  // namespace geo
