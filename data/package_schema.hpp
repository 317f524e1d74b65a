#pragma once
// What a package is inside; only for the sources that write and read one.
#include <array>
#include <string>
#include <string_view>

#include "data/package.hpp"

namespace data {

inline constexpr std::int64_t package_application_id = 0x50685061;  // "PhPa"
inline constexpr std::int64_t package_format = 1;

/// One statement a table, exactly as sqlite_schema keeps it. What many operations share stands
/// once: their batch and their record.
struct PackageTable {
  std::string_view name, sql;
};
inline constexpr std::array<PackageTable, 4> package_tables{{
    {"pack",
     "CREATE TABLE pack (format INTEGER NOT NULL, made_at TEXT NOT NULL, unit TEXT NOT NULL,"
     " title TEXT NOT NULL, since TEXT NOT NULL, count INTEGER NOT NULL, sha256 BLOB NOT NULL,"
     " public_key BLOB, signature BLOB) STRICT"},
    {"batch",
     "CREATE TABLE batch (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, author TEXT NOT NULL,"
     " sequence INTEGER NOT NULL, made_at TEXT NOT NULL, file TEXT NOT NULL, sheet TEXT NOT NULL)"
     " STRICT"},
    {"record",
     "CREATE TABLE record (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL) STRICT"},
    {"operation",
     "CREATE TABLE operation (uuid BLOB PRIMARY KEY, batch INTEGER NOT NULL,"
     " record INTEGER NOT NULL, field TEXT NOT NULL, value TEXT, bases BLOB, reason TEXT,"
     " source_row INTEGER) STRICT, WITHOUT ROWID"},
}};

/// The sum: over the header, then all operations in the order of their uuids, each with its length
/// before it. It takes memory for one operation at a time: what many share stands once in the file,
/// and thousands of times in what is summed.
Digest package_digest(const Package& package);
/// What is signed.
std::string signed_bytes(const Digest& sha256);

}  // namespace data
