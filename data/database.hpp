#pragma once
#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace data {

class Database;

enum class StoredAs { null, integer, real, text, blob };

/// A prepared statement. Parameters and columns count from 1 and 0, as in SQLite. Must not outlive
/// its Database.
class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, std::int64_t number);
  Statement& bind(int parameter, double number);
  Statement& bind_null(int parameter);
  Statement& bind_blob(int parameter, std::span<const std::uint8_t> bytes);
  template <std::integral T>
  Statement& bind(int parameter, T number) {
    return bind(parameter, static_cast<std::int64_t>(number));
  }
  template <class T>
  Statement& bind(int parameter, const std::optional<T>& value) {
    return value ? bind(parameter, *value) : bind_null(parameter);
  }

  bool step();  ///< true while there is a row
  void run();   ///< step to the end, then reset, ready to be bound again
  void reset();

  StoredAs stored_as(int column) const;
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;
  std::vector<std::uint8_t> blob(int column) const;
  std::optional<std::int64_t> maybe_integer(int column) const;
  std::optional<double> maybe_real(int column) const;

 private:
  friend class Database;
  struct Impl;
  explicit Statement(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// create: the file must not be there yet, or be empty.
enum class OpenMode { read_only, read_write, create };

/// What a file that may come from anybody may cost to look at.
struct ForeignLimits {
  std::chrono::milliseconds time{1000};  ///< then Error (io) data.took_too_long
  int bytes = 64 * 1024;                 ///< of a text, a blob or a row
};

/// One connection with SpatiaLite loaded. One thread at a time; open another for another thread.
/// Every failure is a geo::Error (io) that names the file and says what to do (full disk,
/// read-only, locked by another program, not a database, damaged). Opening writes nothing.
class Database {
 public:
  Database(const std::filesystem::path& file, OpenMode mode);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// A file that may come from anybody, to read and nothing else: as it is (no journal of anybody's
  /// is played back), without SpatiaLite, and nothing that its schema may do is done.
  static Database foreign(const std::filesystem::path& file, const ForeignLimits& limits);
  /// All of it, to change and throw away.
  Database copy_in_memory();

  void execute(std::string_view sql);  ///< one or more statements
  Statement prepare(std::string_view sql);
  std::int64_t last_insert_id() const;
  const std::filesystem::path& file() const;

 private:
  friend class Statement;
  struct Impl;
  explicit Database(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// BEGIN IMMEDIATE on construction; rolled back when it goes out of scope without commit().
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

/// Whatever others write meanwhile, all that is read until it goes out of scope is of one moment.
/// Nests, also in a Transaction.
class OneMoment {
 public:
  explicit OneMoment(Database& database);
  ~OneMoment();
  OneMoment(const OneMoment&) = delete;
  OneMoment& operator=(const OneMoment&) = delete;

 private:
  Database& database_;
};

}  // namespace data
