#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "geo/message.hpp"

namespace geo {

/// The folder of what was worked out once and can be worked out again: $PHUSONG_CACHE/phusong, else
/// $XDG_CACHE_HOME/phusong, else ~/.cache/phusong (on Windows %LOCALAPPDATA%\phusong). Empty: there
/// is no such place, and nothing is kept. In it lies one folder per key; any of them may vanish at
/// any time, and nothing else may lie there.
std::filesystem::path cache_folder();

inline constexpr std::uint64_t cache_limit = std::uint64_t{2} << 30;

/// Writes `parts` one after the other to folder/key/name: under a name of its own, synced, then
/// renamed, so that nobody ever reads half a file and several programs may write at once. Answers
/// why not when it cannot be done (no room, read only): then go on without it.
std::optional<Message> write_cache_file(const std::filesystem::path& folder, const std::string& key,
                                        const std::string& name,
                                        std::span<const std::span<const std::byte>> parts);

/// Says that a key's folder is in use; the least recently used go first.
void touch_cache(const std::filesystem::path& folder, const std::string& key);

/// Removes keys, least recently used first, until all files together have at most `limit` bytes;
/// never `keep`. Also what programs left half written a day ago and before.
void trim_cache(const std::filesystem::path& folder, const std::string& keep,
                std::uint64_t limit = cache_limit);

}  // namespace geo
