#include "data/snapshot_key.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace data {

std::vector<SourceToken> source_tokens(Database& database) {
  std::vector<SourceToken> out;
  Statement row = database.prepare("SELECT id, token FROM source ORDER BY id");
  while (row.step()) out.push_back({row.integer(0), row.integer(1)});
  return out;
}

bool all_stand(std::span<const SourceToken> held, std::span<const SourceToken> now) {
  return std::includes(now.begin(), now.end(), held.begin(), held.end());
}

std::optional<std::vector<SourceToken>> tokens_of(const std::set<std::int64_t>& ids,
                                                  std::span<const SourceToken> now) {
  std::vector<SourceToken> out;
  for (const SourceToken& source : now)
    if (ids.contains(source.id)) out.push_back(source);
  if (out.size() != ids.size()) return std::nullopt;
  return out;
}

std::int64_t snapshot_stamp(Database& database, std::string_view what) {
  Statement row = database.prepare("SELECT version FROM stamp WHERE what = ?");
  row.bind(1, what);
  return row.step() ? row.integer(0) : 0;
}

std::string snapshot_key(std::string_view what, std::int64_t stamp) {
  char digits[16];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, static_cast<std::uint64_t>(stamp), 16);
  return std::string(what) + '-' + std::string(digits, end.ptr);
}

std::uint64_t snapshot_sum(std::uint64_t sum, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t size = std::min(sizeof word, bytes.size());
    std::memcpy(&word, bytes.data(), size);
    sum = (sum ^ word) * 1099511628211U;
    sum ^= sum >> 32;
    bytes = bytes.subspan(size);
  }
  return sum;
}

std::int64_t one_number(Database& database, std::string_view sql) {
  Statement row = database.prepare(sql);
  return row.step() ? row.integer(0) : 0;
}

}  // namespace data
