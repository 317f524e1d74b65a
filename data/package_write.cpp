#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "data/author.hpp"
#include "data/authority.hpp"
#include "data/names.hpp"
#include "data/operation_fields.hpp"
#include "data/operation_text.hpp"
#include "data/package_schema.hpp"
#include "data/unfinished_file.hpp"
#include "data/workspace.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

/// Those of the list, and all that they are based on.
Operations with_bases(Database& database, Operations operations) {
  OperationFinder finder(database);
  std::set<Uuid> held;
  for (const Operation& operation : operations) held.insert(operation.uuid);
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const std::vector<Uuid> bases = operations[i].bases;
    for (const Uuid& base : bases) {
      if (!held.insert(base).second) continue;
      if (auto found = finder.operation(base)) operations.push_back(std::move(*found));
    }
  }
  return operations;
}

class PackageWriter {
 public:
  explicit PackageWriter(Database& database) : database_(database) {}

  void write(const Package& package) {
    for (const PackageTable& table : package_tables) database_.execute(table.sql);
    header(package);
    Statement insert = database_.prepare(
        "INSERT INTO operation (uuid, batch, record, field, value, bases, reason, source_row)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    std::vector<const Operation*> order;
    for (const Operation& operation : package.operations) order.push_back(&operation);
    std::sort(order.begin(), order.end(),
              [](const Operation* a, const Operation* b) { return a->uuid < b->uuid; });
    for (const Operation* const o : order) {
      std::vector<std::uint8_t> bases;
      for (const Uuid& base : o->bases)
        bases.insert(bases.end(), base.bytes.begin(), base.bytes.end());
      insert.bind_blob(1, o->uuid.bytes).bind(2, batch(*o->batch)).bind(3, record(o->record));
      insert.bind(4, o->field).bind(5, o->value);
      if (bases.empty())
        insert.bind_null(6);
      else
        insert.bind_blob(6, bases);
      insert.bind(7, o->reason.empty() ? std::nullopt : std::optional(o->reason));
      insert.bind(8, o->row).run();
    }
  }

 private:
  void header(const Package& package) {
    Statement insert = database_.prepare(
        "INSERT INTO pack (format, made_at, unit, title, since, count, sha256, public_key,"
        " signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, package_format).bind(2, package.made_at).bind(3, unit_text(package.unit));
    insert.bind(4, package.title).bind(5, package.since).bind(6, package.operations.size());
    insert.bind_blob(7, package.sha256);
    if (package.signed_by)
      insert.bind_blob(8, package.signed_by->key).bind_blob(9, package.signed_by->signature);
    else
      insert.bind_null(8).bind_null(9);
    insert.run();
  }
  std::int64_t batch(const Batch& b) {
    const auto [found, is_new] = batches_.emplace(b.uuid, batches_.size() + 1);
    if (is_new)
      database_
          .prepare(
              "INSERT INTO batch (id, uuid, author, sequence, made_at, file, sheet)"
              " VALUES (?, ?, ?, ?, ?, ?, ?)")
          .bind(1, found->second)
          .bind_blob(2, b.uuid.bytes)
          .bind(3, unit_text(b.author))
          .bind(4, b.sequence)
          .bind(5, b.made_at)
          .bind(6, b.file)
          .bind(7, b.sheet)
          .run();
    return static_cast<std::int64_t>(found->second);
  }
  std::int64_t record(const RecordKey& r) {
    const auto [found, is_new] = records_.emplace(r, records_.size() + 1);
    if (is_new)
      database_.prepare("INSERT INTO record (id, kind, key) VALUES (?, ?, ?)")
          .bind(1, found->second)
          .bind(2, id(r.kind))
          .bind(3, r.key)
          .run();
    return static_cast<std::int64_t>(found->second);
  }

  Database& database_;
  std::map<Uuid, std::size_t> batches_;
  std::map<RecordKey, std::size_t> records_;
};

}  // namespace

Digest package_digest(const Package& package) {
  Sha256 sum;
  std::string out;
  append_text(out, "phusong package");
  append_text(out, std::to_string(package_format));
  append_text(out, package.made_at);
  append_text(out, unit_text(package.unit));
  append_text(out, package.title);
  append_text(out, package.since);
  append_text(out, std::to_string(package.operations.size()));
  sum.add(out);
  std::vector<const Operation*> order;
  for (const Operation& operation : package.operations) order.push_back(&operation);
  std::sort(order.begin(), order.end(),
            [](const Operation* a, const Operation* b) { return a->uuid < b->uuid; });
  std::string one;
  for (const Operation* const operation : order) {
    one.clear();
    append_operation(one, *operation);
    out.clear();
    append_text(out, one);
    sum.add(out);
  }
  return sum.digest();
}

std::string signed_bytes(const Digest& sha256) {
  return "phusong package\n" +
         std::string(reinterpret_cast<const char*>(sha256.data()), sha256.size());
}

Package write_package(Workspace& workspace, const std::filesystem::path& out,
                      const PackOptions& options) {
  std::error_code none;
  if (std::filesystem::exists(out, none) && !is_package(out))
    throw geo::Error(geo::ErrorKind::usage, geo::msg("data.package_would_replace"), out.string(),
                     geo::msg("data.package_would_replace_remedy"));
  Database& database = workspace.database();
  Package package;
  {
    const OneMoment moment(database);
    package.made_at = utc_now();
    package.unit = author_unit(workspace);
    package.title = tidy(workspace.setting("title").value_or(unit_name(workspace, package.unit)));
    if (!is_note(package.title)) package.title.clear();
    package.since = options.since;
    package.operations = options.after > 0        ? operations_after(database, options.after)
                         : !options.since.empty() ? operations_since(database, options.since)
                                                  : all_operations(database);
    if (options.after > 0)
      for (const Operation& o : package.operations)
        if (package.since.empty() || o.received_at < package.since) package.since = o.received_at;
    if (!package.since.empty())
      package.operations = with_bases(database, std::move(package.operations));
  }
  if (package.operations.empty())
    throw geo::Error(geo::ErrorKind::usage, geo::msg("data.nothing_to_pack"), {},
                     geo::msg("data.nothing_to_pack_remedy"));
  order_by_bases(package.operations);
  package.sha256 = package_digest(package);
  if (!options.key.empty()) package.signed_by = sign(options.key, signed_bytes(package.sha256));

  UnfinishedFile file(out);
  {
    Database pack(file.path(), OpenMode::create);
    // Small pages: a week of a commune is a few kilobytes. No journal: a file that is not whole is
    // thrown away.
    pack.execute("PRAGMA page_size = 1024; PRAGMA journal_mode = OFF;");
    pack.execute("PRAGMA application_id = " + std::to_string(package_application_id));
    Transaction transaction(pack);
    PackageWriter(pack).write(package);
    transaction.commit();
  }
  file.finish();
  return package;
}

}  // namespace data
