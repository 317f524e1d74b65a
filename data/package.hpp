#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "data/operation_store.hpp"
#include "data/seal.hpp"
#include "geo/error.hpp"

namespace data {

class Workspace;

// A package: a small file of operations that is sent from one copy of a workspace to another. It is
// a SQLite file of its own kind whose schema is exactly data/package_schema.hpp's.

/// Error (io): a package that is not taken, whole.
class RefusedPackage : public geo::Error {
 public:
  RefusedPackage(const std::filesystem::path& file, geo::Message why, geo::Message remedy);
};

struct Package {
  std::string made_at;    ///< UTC, ISO 8601
  UnitKey unit;           ///< whose copy it was made of
  std::string title;      ///< of that workspace
  std::string since;      ///< only what was received there from then on, and its bases; empty: all
  Operations operations;  ///< each after its bases
  Digest sha256{};
  std::optional<Signed> signed_by;  ///< the signature holds
};

struct PackOptions {
  std::string since;          ///< UTC, ISO 8601; empty: every operation
  std::int64_t after = 0;     ///< Operation::id here: only those that came after it; 0: all
  std::filesystem::path key;  ///< a private Ed25519 key; empty: not signed
};
/// Writes what a workspace holds to a file that was not there, or takes its place whole. Error (io)
/// when it cannot be written, or `out` is there and no package; then the old file is as it was.
Package write_package(Workspace& workspace, const std::filesystem::path& out,
                      const PackOptions& options = {});

/// Reads a file that anybody may have sent. Whatever is wrong with it (another kind of file, cut
/// short, damaged, a schema that is not ours, a value that no program of ours writes, a sum that is
/// not the content's, a signature that does not hold) is a RefusedPackage that names file and
/// reason; nothing in it is run, and garbage takes less than a second.
Package read_package(const std::filesystem::path& file);

/// By its first bytes.
bool is_package(const std::filesystem::path& file);

}  // namespace data
