#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/database.hpp"
#include "data/operation.hpp"

namespace data {

// The tables batch, operation and operation_base; nothing is decided here.

using Operations = std::vector<Operation>;  ///< in the order in which this file came to hold them

Operations operations_of(Database& database, const RecordKey& record);
Operations all_operations(Database& database);
Operations operations_of_batch(Database& database, const Uuid& batch);
Operations operations_since(Database& database, const std::string& received_at);  ///< or later
/// How many operations_since() would be; without a time, of all.
std::size_t count_operations(Database& database, const std::string& received_at = {});
Operations operations_after(Database& database,
                            std::int64_t id);  ///< that came here after that one
std::vector<RecordKey> records_with_operations(Database& database);
bool holds_operations(Database& database);
std::int64_t largest_sequence(Database& database);  ///< 0: none
/// How often something was entered, received or decided here: changes when any of it does.
std::int64_t last_operation(Database& database);

/// Looks single ones up, many of them.
class OperationFinder {
 public:
  explicit OperationFinder(Database& database);
  std::optional<Operation> operation(const Uuid& uuid);
  std::shared_ptr<const Batch> batch(const Uuid& uuid);  ///< null: none of it is held

 private:
  Database& database_;
  Statement operation_, bases_, batch_;
};

/// Writes operations, each after its bases: these must be held, or earlier in the list. Bases that
/// are not are an Error (internal).
class OperationWriter {
 public:
  explicit OperationWriter(Database& database, std::string received_at);
  std::int64_t add(const Operation& operation);  ///< its new id

 private:
  std::int64_t id_of(const Uuid& operation);
  Database& database_;
  std::string received_at_;
  Statement batch_, batch_id_, operation_, operation_id_, base_;
};

/// Each after its bases, otherwise in the order of their uuids. False: some stand in a circle.
bool order_by_bases(Operations& operations);

}  // namespace data
