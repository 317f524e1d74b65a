#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/operations.hpp"
#include "data/package.hpp"
#include "geo/error.hpp"
#include "geo/progress.hpp"

namespace data {

/// What became of one of the files.
struct MergedFile {
  std::filesystem::path file;
  std::optional<geo::Error> refused;      ///< why; then nothing of it was taken
  std::optional<Package> package;         ///< without its operations; empty: it could not be read
  std::size_t operations = 0, added = 0;  ///< in it; not held before
};
struct Merged {
  std::vector<MergedFile> files;  ///< in the order asked for
  std::size_t added = 0;
  std::vector<Conflict> conflicts;  ///< of the records that changed
  std::vector<HeldOperation> held;  ///< of what was added: held, not applied
  bool refused() const;             ///< any file was
};

struct MergeOptions {
  bool preview = false;  ///< says what would happen, and changes nothing
};
/// Takes the operations of packages into a workspace, in one transaction: each file whole or not at
/// all, in any order and any number of times. All of them are in memory at once, each about as
/// large as its file. What is wrong with a file stands in MergedFile::refused; an Error is of the
/// workspace, which then is as it was: it cannot be read, written or locked.
Merged merge(Workspace& workspace, std::span<const std::filesystem::path> files,
             const MergeOptions& options = {}, const geo::Progress& progress = {});

/// From now on, what this unit and those under it did is taken from packages that are signed by
/// this key or by that of a unit above. A later key of the unit replaces it.
void register_key(Workspace& workspace, const UnitKey& unit, const PublicKey& key);
void withdraw_key(Workspace& workspace, const UnitKey& unit);
struct UnitPublicKey {
  UnitKey unit;
  PublicKey key{};
};
std::vector<UnitPublicKey> registered_keys(Database& database);

}  // namespace data
