// Files from strangers: nothing is believed before it was looked at.
#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "data/operation_fields.hpp"
#include "data/operation_text.hpp"
#include "data/package_schema.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;

constexpr std::uintmax_t largest_file = std::uintmax_t{128} << 20;
constexpr std::int64_t most_operations = 1'000'000;
constexpr std::int64_t largest_sequence = 1'000'000'000'000;
constexpr std::size_t most_bases = 1000;
constexpr std::int64_t largest_row = 10'000'000;
/// On top of a second: what a large, good file takes.
constexpr double milliseconds_per_mib = 1000;

RefusedPackage refused(const std::filesystem::path& file, geo::Message said) {
  return {file, std::move(said), msg("data.package_remedy")};
}

std::uint32_t big_endian(std::span<const unsigned char> bytes) {
  std::uint32_t out = 0;
  for (const unsigned char byte : bytes) out = out << 8 | byte;
  return out;
}

/// The first 100 bytes say what kind of file it is, and how long it must be.
void check_header(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status))
    throw geo::Error(geo::ErrorKind::io, msg("data.no_such_file"), file.string(),
                     msg("data.no_such_file_remedy"));
  if (!std::filesystem::is_regular_file(status)) throw refused(file, msg("data.package_not_one"));
  const auto size = std::filesystem::file_size(file, error);
  std::array<char, 100> head{};
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw geo::Error(geo::ErrorKind::io, msg("data.cannot_open"), file.string(),
                     msg("data.cannot_open_remedy"));
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  const std::span<const unsigned char> bytes(reinterpret_cast<const unsigned char*>(head.data()),
                                             head.size());
  const std::string_view magic("SQLite format 3\0", 16);
  const bool sqlite = in.gcount() == 100 && std::string_view(head.data(), magic.size()) == magic;
  if (!sqlite || big_endian(bytes.subspan(68, 4)) != package_application_id)
    throw refused(file, msg("data.package_not_one"));
  if (error || size > largest_file)
    throw refused(file, msg("data.package_too_large", size >> 20, largest_file >> 20));
  const std::uint32_t stored = big_endian(bytes.subspan(16, 2));
  const std::uint32_t page = stored == 1 ? 65'536 : stored;
  const std::uint64_t pages = big_endian(bytes.subspan(28, 4));
  if (page < 512 || (page & (page - 1)) != 0 || bytes[18] != 1 || bytes[19] != 1 || pages == 0)
    throw refused(file, msg("data.package_damaged"));
  if (size < pages * page) throw refused(file, msg("data.package_cut_short", size, pages * page));
  if (size > pages * page) throw refused(file, msg("data.package_damaged"));
}

bool is_time(std::string_view text) {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
    return false;
  const auto day = geo::parse_date(text.substr(0, 10));
  if (!day || geo::iso(*day) != text.substr(0, 10)) return false;
  const auto two = [&](std::size_t at) {
    const char a = text[at], b = text[at + 1];
    return a >= '0' && a <= '9' && b >= '0' && b <= '9' ? (a - '0') * 10 + (b - '0') : 99;
  };
  return two(11) < 24 && two(14) < 60 && two(17) < 61;
}

/// Takes the columns of a row, each of the type and form it must have.
class Reader {
 public:
  Reader(const std::filesystem::path& file, Database& database)
      : file_(file), database_(database) {}

  Package read() {
    check_schema();
    check_pages();
    header();
    batches();
    records();
    operations();
    if (package_.operations.size() != static_cast<std::size_t>(count_)) throw wrong("count");
    check_bases();
    if (package_digest(package_) != package_.sha256)
      throw refused(file_, msg("data.package_other_content"));
    if (package_.signed_by && !is_signed(*package_.signed_by, signed_bytes(package_.sha256)))
      throw refused(file_, msg("data.package_wrong_signature"));
    return std::move(package_);
  }

 private:
  RefusedPackage wrong(const std::string& what) const {
    return refused(file_, msg("data.package_wrong_value", what));
  }

  void check_schema() {
    std::size_t seen = 0;
    Statement row =
        database_.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema LIMIT 10");
    while (row.step()) {
      const std::string name = row.text(1);
      const auto* const table = std::find_if(package_tables.begin(), package_tables.end(),
                                             [&](const PackageTable& t) { return t.name == name; });
      if (table == package_tables.end() || row.text(0) != "table" || row.text(2) != name ||
          row.text(3) != table->sql)
        throw refused(file_, msg("data.package_other_schema"));
      ++seen;
    }
    if (seen != package_tables.size()) throw refused(file_, msg("data.package_other_schema"));
  }

  void check_pages() {
    Statement row = database_.prepare("PRAGMA quick_check(1)");
    if (!row.step() || row.text(0) != "ok") throw refused(file_, msg("data.package_damaged"));
  }

  std::string text(const Statement& row, int column, const char* what) const {
    if (row.stored_as(column) != StoredAs::text) throw wrong(what);
    std::string out = row.text(column);
    if (!is_note(out)) throw wrong(what);
    return out;
  }
  std::int64_t whole(const Statement& row, int column, std::int64_t least, std::int64_t most,
                     const char* what) const {
    if (row.stored_as(column) != StoredAs::integer) throw wrong(what);
    const std::int64_t out = row.integer(column);
    if (out < least || out > most) throw wrong(what);
    return out;
  }
  template <std::size_t N>
  std::array<std::uint8_t, N> bytes(const Statement& row, int column, const char* what) const {
    std::array<std::uint8_t, N> out{};
    if (row.stored_as(column) != StoredAs::blob) throw wrong(what);
    const auto blob = row.blob(column);
    if (blob.size() != N) throw wrong(what);
    std::copy(blob.begin(), blob.end(), out.begin());
    return out;
  }
  Uuid uuid(const Statement& row, int column, const char* what) const {
    const auto out = uuid_of(bytes<16>(row, column, what));
    if (!out) throw wrong(what);
    return *out;
  }
  UnitKey unit(const Statement& row, int column, const char* what) const {
    const std::string said = text(row, column, what);
    const auto out = unit_key(said);
    if (!out || unit_text(*out) != said) throw wrong(what);
    return *out;
  }
  std::string time(const Statement& row, int column, const char* what) const {
    std::string out = text(row, column, what);
    if (!is_time(out)) throw wrong(what);
    return out;
  }

  void header() {
    Statement row = database_.prepare(
        "SELECT format, made_at, unit, title, since, count, sha256, public_key, signature FROM"
        " pack LIMIT 2");
    if (!row.step()) throw wrong("pack");
    const std::int64_t format = whole(row, 0, 1, INT32_MAX, "format");
    if (format != package_format)
      throw refused(file_, msg("data.package_newer", format, package_format));
    package_.made_at = time(row, 1, "made_at");
    package_.unit = unit(row, 2, "unit");
    package_.title = text(row, 3, "title");
    package_.since = text(row, 4, "since");
    if (!package_.since.empty() && !is_time(package_.since)) throw wrong("since");
    count_ = whole(row, 5, 1, most_operations, "count");
    package_.sha256 = bytes<32>(row, 6, "sha256");
    if (!row.is_null(7) || !row.is_null(8))
      package_.signed_by = {bytes<32>(row, 7, "public_key"), bytes<64>(row, 8, "signature")};
    if (row.step()) throw wrong("pack");
  }

  void batches() {
    std::set<Uuid> seen;
    Statement row = database_.prepare(
        "SELECT id, uuid, author, sequence, made_at, file, sheet FROM batch ORDER BY id");
    while (row.step()) {
      Batch batch{uuid(row, 1, "batch.uuid"),
                  unit(row, 2, "author"),
                  whole(row, 3, 1, largest_sequence, "sequence"),
                  time(row, 4, "made_at"),
                  text(row, 5, "file"),
                  text(row, 6, "sheet")};
      if (!seen.insert(batch.uuid).second) throw wrong("batch.uuid");
      batches_.emplace(row.integer(0), std::make_shared<const Batch>(std::move(batch)));
    }
  }

  void records() {
    std::set<RecordKey> seen;
    Statement row = database_.prepare("SELECT id, kind, key FROM record ORDER BY id");
    while (row.step()) {
      const auto kind = record_kind_by_id(text(row, 1, "kind"));
      if (!kind) throw wrong("kind");
      RecordKey record{*kind, text(row, 2, "key")};
      if (!is_record(record) || !seen.insert(record).second) throw wrong("key");
      records_.emplace(row.integer(0), std::move(record));
    }
  }

  void operations() {
    std::set<std::tuple<std::int64_t, std::int64_t, const RecordField*>> once;
    Statement row = database_.prepare(
        "SELECT uuid, batch, record, field, value, bases, reason, source_row FROM operation");
    while (row.step()) {
      if (package_.operations.size() == static_cast<std::size_t>(count_)) throw wrong("count");
      Operation o;
      o.uuid = uuid(row, 0, "uuid");
      const auto batch = batches_.find(whole(row, 1, INT64_MIN, INT64_MAX, "batch"));
      const auto record = records_.find(whole(row, 2, INT64_MIN, INT64_MAX, "record"));
      if (batch == batches_.end()) throw wrong("batch");
      if (record == records_.end()) throw wrong("record");
      o.batch = batch->second;
      o.record = record->second;
      o.field = text(row, 3, "field");
      const RecordField* const field = find_field(o.record.kind, o.field);
      if (field == nullptr) throw wrong("field");
      if (!row.is_null(4)) {
        o.value = text(row, 4, "value");
        if (canonical(*field, *o.value) != o.value) throw wrong("value");
      }
      if (!row.is_null(5)) o.bases = bases(row, 5);
      if (!row.is_null(6)) {
        o.reason = text(row, 6, "reason");
        if (o.reason.empty()) throw wrong("reason");
      }
      if (!row.is_null(7)) o.row = whole(row, 7, 1, largest_row, "source_row");
      if (!once.emplace(batch->first, record->first, field).second) throw wrong("field");
      package_.operations.push_back(std::move(o));
    }
  }

  std::vector<Uuid> bases(const Statement& row, int column) const {
    if (row.stored_as(column) != StoredAs::blob) throw wrong("bases");
    const auto blob = row.blob(column);
    if (blob.empty() || blob.size() % 16 != 0 || blob.size() / 16 > most_bases)
      throw wrong("bases");
    std::vector<Uuid> out;
    for (std::size_t i = 0; i < blob.size(); i += 16) {
      const auto base = uuid_of(std::span(blob).subspan(i, 16));
      if (!base || (!out.empty() && !(out.back() < *base))) throw wrong("bases");
      out.push_back(*base);
    }
    return out;
  }

  /// What was replaced is of the same field and came before; that leaves no room for circles.
  void check_bases() {
    std::map<Uuid, const Operation*> at;
    for (const Operation& o : package_.operations)
      if (!at.emplace(o.uuid, &o).second) throw wrong("uuid");
    for (const Operation& o : package_.operations)
      for (const Uuid& base : o.bases) {
        const auto found = at.find(base);
        // One that was left out may be held where it is merged: looked at there.
        if (found == at.end()) continue;
        const Operation& b = *found->second;
        if (b.record != o.record || b.field != o.field || b.batch->sequence >= o.batch->sequence)
          throw wrong("bases");
      }
    if (!order_by_bases(package_.operations)) throw wrong("bases");
  }

  const std::filesystem::path& file_;
  Database& database_;
  Package package_;
  std::int64_t count_ = 0;
  std::map<std::int64_t, std::shared_ptr<const Batch>> batches_;
  std::map<std::int64_t, RecordKey> records_;
};

}  // namespace

RefusedPackage::RefusedPackage(const std::filesystem::path& file, geo::Message why,
                               geo::Message way_out)
    : geo::Error(geo::ErrorKind::io, std::move(why), file.string(), std::move(way_out)) {}

bool is_package(const std::filesystem::path& file) {
  std::array<char, 100> head{};
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  const std::span<const unsigned char> bytes(reinterpret_cast<const unsigned char*>(head.data()),
                                             head.size());
  return in.gcount() == 100 && std::string_view(head.data(), 15) == "SQLite format 3" &&
         big_endian(bytes.subspan(68, 4)) == package_application_id;
}

Package read_package(const std::filesystem::path& file) {
  check_header(file);
  ForeignLimits limits;
  std::error_code ignored;
  const double mib = static_cast<double>(std::filesystem::file_size(file, ignored)) / (1 << 20);
  limits.time += std::chrono::milliseconds(static_cast<std::int64_t>(mib * milliseconds_per_mib));
  try {
    Database database = Database::foreign(file, limits);
    return Reader(file, database).read();
  } catch (const RefusedPackage&) {
    throw;
  } catch (const geo::Error& error) {
    // What SQLite says of a workspace (use a backup…) does not help with a package.
    if (error.message.id == "data.took_too_long") throw refused(file, error.message);
    throw refused(file, msg("data.package_damaged"));
  }
}

}  // namespace data
