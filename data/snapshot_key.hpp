#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/database.hpp"

namespace data {

/// An import that rows were read from: ids may be given again in another copy of a workspace, the
/// token is drawn anew each time.
struct SourceToken {
  std::int64_t id = 0, token = 0;
  auto operator<=>(const SourceToken&) const = default;
};
std::vector<SourceToken> source_tokens(Database& database);  ///< of all imports, by id
/// Are all that a snapshot holds still there?
bool all_stand(std::span<const SourceToken> held, std::span<const SourceToken> now);
/// Those of the ids, by id; empty when one has none.
std::optional<std::vector<SourceToken>> tokens_of(const std::set<std::int64_t>& ids,
                                                  std::span<const SourceToken> now);

/// Where snapshots are kept, and when one is.
struct SnapshotUse {
  std::filesystem::path cache;  ///< empty: nowhere
  bool may_keep = true;         ///< what is read is committed
  /// Fewer rows are read from the table faster than a file is written.
  std::uint64_t least_rows = 20'000;
};

/// The stamp of "numbers" or "places", which changes whenever rows are changed or removed.
std::int64_t snapshot_stamp(Database& database, std::string_view what);
/// The folder of a stamp's snapshot within the cache folder.
std::string snapshot_key(std::string_view what, std::int64_t stamp);

/// Fowler, Noll and Vo's hash, eight bytes at a time; for bytes one after the other, pass on the
/// sum so far (all but the last should be of a multiple of eight).
std::uint64_t snapshot_sum(std::uint64_t sum, std::span<const std::byte> bytes);
inline constexpr std::uint32_t snapshot_byte_order = 0x01020304;  ///< another machine's is not ours

std::int64_t one_number(Database& database, std::string_view sql);  ///< 0: none

}  // namespace data
