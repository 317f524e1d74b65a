#pragma once
#include <cstddef>
#include <filesystem>
#include <string>

namespace data {

/// The first bytes of a file, fewer where it is shorter, empty where it cannot be read. Read by
/// SQLite's own hand: a program that opens and closes a database's file by itself lets go of all
/// locks that it holds on it (POSIX), and another program may then take its journal away.
std::string first_bytes(const std::filesystem::path& file, std::size_t count);

}  // namespace data
