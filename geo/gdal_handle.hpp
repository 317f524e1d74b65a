#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

class GDALDataset;

namespace geo {

struct DatasetDeleter {
  void operator()(GDALDataset* dataset) const;
};
using DatasetHandle = std::unique_ptr<GDALDataset, DatasetDeleter>;

/// Catches what GDAL says on this thread, instead of letting it write to stderr.
class GdalMessages {
 public:
  GdalMessages();
  GdalMessages(const GdalMessages&) = delete;
  GdalMessages& operator=(const GdalMessages&) = delete;
  ~GdalMessages();
  const std::string& first_failure() const { return failure_; }

 private:
  static void heard(int severity, int number, const char* text);
  std::string failure_;
};

/// One thing that GDAL can open: the file itself, or one file inside a zip.
struct VectorSource {
  std::string path;    ///< as GDAL wants it
  std::string stem;    ///< file name without extension
  std::string format;  ///< extension, lower case, with the dot
};

struct VectorSources {
  std::shared_ptr<const void> unpacked;  ///< keeps what was unpacked into memory
  std::vector<VectorSource> list;        ///< never empty
};

/// The file, or the boundary files inside the zip, after all checks.
VectorSources vector_sources(const std::filesystem::path& file);
/// With the one driver the extension stands for; never writes. Throws Error.
DatasetHandle open_source(const VectorSource& source, const std::string& shown_name);

}  // namespace geo
