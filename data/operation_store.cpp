#include "data/operation_store.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "geo/error.hpp"

namespace data {
namespace {

constexpr const char* bases_of =
    "SELECT o.uuid FROM operation_base AS b JOIN operation AS o ON o.id = b.base_id"
    " WHERE b.operation_id = ? ORDER BY o.uuid";
constexpr const char* columns =
    "SELECT o.id, o.uuid, o.kind, o.key, o.field, o.value, o.reason, o.source_row, o.received_at,"
    " b.id, b.uuid, b.unit_level, b.unit_code, b.unit_valid_from, b.sequence, b.made_at, b.file,"
    " b.sheet FROM operation AS o JOIN batch AS b ON b.id = o.batch_id ";

geo::Error damaged(Database& database, const std::string& what) {
  return {geo::ErrorKind::io, geo::msg("data.damaged", what), database.file().string(),
          geo::msg("data.damaged_remedy")};
}

Uuid stored_uuid(const Statement& row, int column, Database& database) {
  const auto uuid = uuid_of(row.blob(column));
  if (!uuid) throw damaged(database, "uuid");
  return *uuid;
}

std::span<const std::uint8_t> bytes_of(const Uuid& uuid) { return uuid.bytes; }

/// Reads the rows of one query; batches are shared.
class Reader {
 public:
  explicit Reader(Database& database) : database_(database) {}

  Operations read(Statement& row) {
    Statement bases = database_.prepare(bases_of);
    return read(row, bases);
  }
  Operations read(Statement& row, Statement& bases) {
    Operations out;
    while (row.step()) out.push_back(one(row));
    row.reset();
    for (Operation& operation : out) {
      bases.bind(1, operation.id);
      while (bases.step()) operation.bases.push_back(stored_uuid(bases, 0, database_));
      bases.reset();
    }
    return out;
  }

 private:
  Operation one(const Statement& row) {
    Operation o;
    o.id = row.integer(0);
    o.uuid = stored_uuid(row, 1, database_);
    const auto kind = record_kind_by_id(row.text(2));
    if (!kind) throw damaged(database_, row.text(2));
    o.record = {*kind, row.text(3)};
    o.field = row.text(4);
    if (!row.is_null(5)) o.value = row.text(5);
    o.reason = row.text(6);
    o.row = row.maybe_integer(7);
    o.received_at = row.text(8);
    auto& batch = batches_[row.integer(9)];
    if (batch == nullptr) {
      const auto level = unit_level_by_word(row.text(11));
      if (!level) throw damaged(database_, row.text(11));
      batch = std::make_shared<const Batch>(Batch{stored_uuid(row, 10, database_),
                                                  {*level, row.text(12), row.text(13)},
                                                  row.integer(14),
                                                  row.text(15),
                                                  row.text(16),
                                                  row.text(17)});
    }
    o.batch = batch;
    return o;
  }

  Database& database_;
  std::map<std::int64_t, std::shared_ptr<const Batch>> batches_;
};

std::int64_t one_number(Database& database, const char* sql) {
  Statement row = database.prepare(sql);
  return row.step() ? row.integer(0) : 0;
}

}  // namespace

Operations operations_of(Database& database, const RecordKey& record) {
  Statement row =
      database.prepare(std::string(columns) + "WHERE o.kind = ? AND o.key = ? ORDER BY o.id");
  row.bind(1, id(record.kind)).bind(2, record.key);
  return Reader(database).read(row);
}

Operations all_operations(Database& database) {
  Statement row = database.prepare(std::string(columns) + "ORDER BY o.id");
  return Reader(database).read(row);
}

Operations operations_of_batch(Database& database, const Uuid& batch) {
  Statement row = database.prepare(std::string(columns) + "WHERE b.uuid = ? ORDER BY o.id");
  row.bind_blob(1, bytes_of(batch));
  return Reader(database).read(row);
}

Operations operations_since(Database& database, const std::string& received_at) {
  Statement row = database.prepare(std::string(columns) + "WHERE o.received_at >= ? ORDER BY o.id");
  row.bind(1, received_at);
  return Reader(database).read(row);
}

std::size_t count_operations(Database& database, const std::string& received_at) {
  Statement row = database.prepare("SELECT count(*) FROM operation WHERE received_at >= ?");
  row.bind(1, received_at);
  return row.step() ? static_cast<std::size_t>(row.integer(0)) : 0;
}

Operations operations_after(Database& database, std::int64_t id) {
  Statement row = database.prepare(std::string(columns) + "WHERE o.id > ? ORDER BY o.id");
  row.bind(1, id);
  return Reader(database).read(row);
}

OperationFinder::OperationFinder(Database& database)
    : database_(database),
      operation_(database.prepare(std::string(columns) + "WHERE o.uuid = ?")),
      bases_(database.prepare(bases_of)),
      batch_(database.prepare(std::string(columns) +
                              "WHERE o.batch_id = (SELECT id FROM batch WHERE uuid = ?) LIMIT 1")) {
}

std::optional<Operation> OperationFinder::operation(const Uuid& uuid) {
  operation_.bind_blob(1, bytes_of(uuid));
  Operations found = Reader(database_).read(operation_, bases_);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::shared_ptr<const Batch> OperationFinder::batch(const Uuid& uuid) {
  batch_.bind_blob(1, bytes_of(uuid));
  const Operations found = Reader(database_).read(batch_, bases_);
  return found.empty() ? nullptr : found.front().batch;
}

std::vector<RecordKey> records_with_operations(Database& database) {
  std::vector<RecordKey> out;
  Statement row = database.prepare("SELECT DISTINCT kind, key FROM operation ORDER BY kind, key");
  while (row.step())
    if (const auto kind = record_kind_by_id(row.text(0))) out.push_back({*kind, row.text(1)});
  return out;
}

bool holds_operations(Database& database) {
  return one_number(database, "SELECT EXISTS (SELECT 1 FROM operation)") != 0;
}

std::int64_t largest_sequence(Database& database) {
  return one_number(database, "SELECT max(sequence) FROM batch");
}

std::int64_t last_operation(Database& database) {
  return one_number(database, "SELECT max(id) FROM operation");
}

OperationWriter::OperationWriter(Database& database, std::string received_at)
    : database_(database),
      received_at_(std::move(received_at)),
      batch_(database.prepare(
          "INSERT INTO batch (uuid, unit_level, unit_code, unit_valid_from, sequence, made_at,"
          " file, sheet) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")),
      batch_id_(database.prepare("SELECT id FROM batch WHERE uuid = ?")),
      operation_(database.prepare(
          "INSERT INTO operation (uuid, batch_id, kind, key, field, value, reason, source_row,"
          " received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")),
      operation_id_(database.prepare("SELECT id FROM operation WHERE uuid = ?")),
      base_(database.prepare("INSERT INTO operation_base (operation_id, base_id) VALUES (?, ?)")) {}

std::int64_t OperationWriter::id_of(const Uuid& operation) {
  operation_id_.bind_blob(1, bytes_of(operation));
  const std::int64_t id = operation_id_.step() ? operation_id_.integer(0) : 0;
  operation_id_.reset();
  if (id == 0)
    throw geo::Error(geo::ErrorKind::internal, geo::msg("data.sql_failed", uuid_text(operation)),
                     database_.file().string(), geo::msg("data.report_this"));
  return id;
}

std::int64_t OperationWriter::add(const Operation& operation) {
  const Batch& b = *operation.batch;
  batch_id_.bind_blob(1, bytes_of(b.uuid));
  std::int64_t batch = batch_id_.step() ? batch_id_.integer(0) : 0;
  batch_id_.reset();
  if (batch == 0) {
    batch_.bind_blob(1, bytes_of(b.uuid)).bind(2, level_word(b.author.level));
    batch_.bind(3, b.author.code).bind(4, b.author.valid_from).bind(5, b.sequence);
    batch_.bind(6, b.made_at).bind(7, b.file).bind(8, b.sheet).run();
    batch = database_.last_insert_id();
  }
  operation_.bind_blob(1, bytes_of(operation.uuid)).bind(2, batch);
  operation_.bind(3, id(operation.record.kind)).bind(4, operation.record.key);
  operation_.bind(5, operation.field).bind(6, operation.value).bind(7, operation.reason);
  operation_.bind(8, operation.row).bind(9, received_at_).run();
  const std::int64_t added = database_.last_insert_id();
  for (const Uuid& base : operation.bases) base_.bind(1, added).bind(2, id_of(base)).run();
  return added;
}

bool order_by_bases(Operations& operations) {
  std::sort(operations.begin(), operations.end(),
            [](const Operation& a, const Operation& b) { return a.uuid < b.uuid; });
  std::map<Uuid, std::size_t> places;
  for (std::size_t i = 0; i < operations.size(); ++i) places.emplace(operations[i].uuid, i);
  // Of each, how many of its bases in the list are still to come, and whom it holds up.
  std::vector<std::size_t> missing(operations.size()), ready;
  std::vector<std::vector<std::size_t>> waiting(operations.size());
  for (std::size_t i = 0; i < operations.size(); ++i) {
    for (const Uuid& base : operations[i].bases) {
      const auto found = places.find(base);
      if (found == places.end()) continue;
      ++missing[i];
      waiting[found->second].push_back(i);
    }
    if (missing[i] == 0) ready.push_back(i);
  }
  std::vector<std::size_t> order;
  for (std::size_t next = 0; next < ready.size(); ++next) {
    order.push_back(ready[next]);
    for (const std::size_t i : waiting[ready[next]])
      if (--missing[i] == 0) ready.push_back(i);
  }
  if (order.size() != operations.size()) return false;
  Operations out;
  out.reserve(operations.size());
  for (const std::size_t i : order) out.push_back(std::move(operations[i]));
  operations = std::move(out);
  return true;
}

}  // namespace data
