#pragma once
// Breaks packages: bytes anywhere, or values where a hostile sender would put them.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "data/database.hpp"
#include "data/package.hpp"
#include "data/package_schema.hpp"
#include "geo/error.hpp"
#include "geo/random.hpp"

namespace fuzz {

namespace fs = std::filesystem;

inline std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
inline void write(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// Some bytes changed, swapped, cut out, doubled, cut off.
inline std::string broken_bytes(std::string bytes, geo::Random& random) {
  const std::uint32_t times = 1 + random.below(6);
  for (std::uint32_t i = 0; i < times && !bytes.empty(); ++i) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    // A third of all in the first page, where the schema and the header are.
    const std::uint32_t at = random.below(random.chance(0.35) ? std::min(size, 1024U) : size);
    switch (random.below(8)) {
      case 0:
        bytes[at] = static_cast<char>(random.below(256));
        break;
      case 1:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
        break;
      case 2: {  // a number at the edge of its range
        constexpr unsigned char edges[] = {0, 1, 0x7f, 0x80, 0xff};
        bytes[at] = static_cast<char>(edges[random.below(5)]);
        break;
      }
      case 3:
        bytes.resize(at);
        break;
      case 4:
        bytes.insert(at, bytes.substr(random.below(size), random.below(64)));
        break;
      case 5:
        bytes.erase(at, 1 + random.below(64));
        break;
      case 6: {  // one page over another
        const std::uint32_t from = random.below(size / 1024 + 1) * 1024, to = at / 1024 * 1024;
        for (std::uint32_t k = 0; k < 1024 && from + k < size && to + k < size; ++k)
          bytes[to + k] = bytes[from + k];
        break;
      }
      default:
        for (std::uint32_t k = 0; k < random.below(16) && at + k < size; ++k)
          bytes[at + k] = static_cast<char>(random.below(256));
    }
  }
  return bytes;
}

/// A whole SQLite file with something in it that we never write.
inline void broken_values(const fs::path& file, geo::Random& random) {
  static const std::vector<std::string> changes{
      "UPDATE operation SET value = '-5'",
      "UPDATE operation SET value = '5e3'",
      "UPDATE operation SET value = 'x''; DROP TABLE report; --'",
      "UPDATE operation SET value = char(0) || '5'",
      "UPDATE operation SET value = CAST(x'ff' AS TEXT)",
      "UPDATE operation SET value = printf('%.*c', 5000, '7')",
      "UPDATE operation SET field = 'unit_id'",
      "UPDATE operation SET field = ''",
      "UPDATE operation SET bases = x'00'",
      "UPDATE operation SET bases = uuid",
      "UPDATE operation SET bases = (SELECT max(uuid) FROM operation)",
      "UPDATE operation SET batch = 99",
      "UPDATE operation SET record = -1",
      "UPDATE operation SET source_row = -9223372036854775808",
      "UPDATE operation SET reason = printf('%.*c', 2000, 'y')",
      "UPDATE batch SET sequence = 9223372036854775807",
      "UPDATE batch SET sequence = 0",
      "UPDATE batch SET author = 'country/VN'",
      "UPDATE batch SET author = 'province/11/9999-99-99'",
      "UPDATE batch SET made_at = '2025-08-04'",
      "UPDATE batch SET made_at = '2025-08-04T99:00:00Z'",
      "UPDATE batch SET file = char(27) || '[2J'",
      "UPDATE record SET key = '../../etc/passwd' WHERE kind = 'report'",
      "UPDATE record SET key = 'commune/10001/2025-07-01/2025-02-30' WHERE kind = 'report'",
      "UPDATE record SET kind = 'source'",
      "UPDATE pack SET count = 9223372036854775807",
      "UPDATE pack SET count = 0",
      "UPDATE pack SET format = 2",
      "UPDATE pack SET sha256 = zeroblob(32)",
      "UPDATE pack SET sha256 = zeroblob(31)",
      "UPDATE pack SET public_key = zeroblob(32), signature = zeroblob(64)",
      "UPDATE pack SET title = 'x'",
      "INSERT INTO pack SELECT * FROM pack",
      "DELETE FROM pack",
      "DELETE FROM batch",
      "DELETE FROM operation WHERE rowid IN (SELECT 1)",
      "CREATE TRIGGER t AFTER INSERT ON pack BEGIN DELETE FROM operation; END",
      "CREATE VIEW v AS SELECT * FROM operation",
      "CREATE INDEX i ON operation (field)",
      "CREATE TABLE more (a)",
      "CREATE VIRTUAL TABLE f USING fts5(a)",
      "DROP TABLE batch; CREATE VIEW batch AS SELECT 1",
      "ALTER TABLE pack ADD COLUMN more TEXT",
      "PRAGMA user_version = 7; UPDATE operation SET value = '9'",
      "PRAGMA journal_mode = WAL",
  };
  try {
    data::Database database(file, data::OpenMode::read_write);
    const std::uint32_t times = 1 + random.below(2);
    for (std::uint32_t i = 0; i < times; ++i)
      database.execute(changes[random.below(static_cast<std::uint32_t>(changes.size()))]);
  } catch (const geo::Error&) {
    // Two of them that do not go together: whatever is left is as good.
  }
}

}  // namespace fuzz
