#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

/// Files as hostile or as wrong as a test wants them, written byte by byte.
namespace files {

/// A folder of its own that goes with the test.
class TempFolder {
 public:
  TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder();
  std::filesystem::path write(const std::string& name, const std::string& bytes) const;
  std::vector<std::string> names() const;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct ZipEntry {
  std::string name, bytes;
  bool deflated_zeros = false;            ///< `bytes` is ignored: so many zeros, deflated
  std::uint32_t zeros = 0, declared = 0;  ///< declared: 0 for the truth
};
std::string zip_of(const std::vector<ZipEntry>& entries);

using Points = std::vector<std::pair<double, double>>;
struct Shapefile {
  std::string shp, shx, dbf;
};
/// One polygon per record, one text column NAME.
Shapefile shapefile_of(const std::vector<std::vector<Points>>& polygons,
                       const std::vector<std::string>& names);

/// A FeatureCollection of features with a code and a name.
std::string geojson_of(const std::vector<std::string>& geometries);

}  // namespace files
