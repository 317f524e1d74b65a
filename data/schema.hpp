#pragma once
#include <filesystem>

#include "data/database.hpp"

namespace data {

/// What a file is, by its first bytes alone: looking writes nothing and locks nothing.
enum class FileKind { absent, empty, workspace, other_database, other };
FileKind identify(const std::filesystem::path& file);

/// A WAL, so that nobody who reads waits for who writes; but its shared memory is not shared
/// between computers, so on a network the journal that is deleted at each commit.
void choose_journal(Database& database, bool network);
bool uses_wal(const std::filesystem::path& file);

/// Everything a new workspace has, in one transaction.
void create_schema(Database& database);
/// Brings an older workspace up to this program's schema, in one transaction; a newer one is an
/// Error and stays as it is. Answers whether it had to change anything. `may_write` false: an older
/// one is an Error too.
bool migrate(Database& database, bool may_write);

}  // namespace data
