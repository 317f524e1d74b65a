#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/reports.hpp"
#include "data/snapshot_key.hpp"
#include "geo/mapped_file.hpp"

namespace data {

/// Of which rows of a workspace a snapshot is.
struct SnapshotOf {
  std::int64_t stamp = 0;            ///< of the numbers
  std::int64_t last_row = 0;         ///< no later row of the table is in it
  std::vector<SourceToken> sources;  ///< of its rows, by id
};

/// Reports in a file of the cache folder, laid out as they are in memory.
class ReportsFile {
 public:
  struct Read {
    Reports reports;
    SnapshotOf of;
  };
  /// Looks into the bytes, and keeps them alive. Empty: damaged, or of another version. Everything
  /// but the cells is checked against a sum; what a cell says is not looked at.
  static std::optional<Read> read(const geo::SharedBytes& bytes);
  /// False: it could not be written.
  static bool write(const Reports& reports, const SnapshotOf& of,
                    const std::filesystem::path& folder, const std::string& key);
  static constexpr const char* name = "reports";
};

}  // namespace data
