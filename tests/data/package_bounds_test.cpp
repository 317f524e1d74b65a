// What a package is summed over, and how much of a hostile one is taken in.
#include <gtest/gtest.h>
#ifndef _WIN32
#include <sys/resource.h>
#endif

#include <algorithm>

#include "data/operation_fields.hpp"
#include "data/package_schema.hpp"
#include "tests/data/entry_workspace.hpp"
#include "tests/data/in_child.hpp"

namespace {

using data::Package;
using entry::change;
using entry::commune;
using entry::report;
namespace fs = std::filesystem;

/// The sum reckoned without this program: packages that were written before stay readable.
TEST(DbPackage, TheSumOfAPackageStaysWhatItWas) {
  const auto uuid = [](const char* text) { return *data::uuid_of(std::string_view(text)); };
  Package package;
  package.made_at = "2025-09-01T02:03:04Z";
  package.unit = commune(1);
  package.title = "Xã số 1";
  const auto batch = std::make_shared<const data::Batch>(
      data::Batch{uuid("0b7c3f0e-5b1d-4c7e-9a59-2f4d4c1e8a10"), commune(1), 7,
                  "2025-08-31T00:00:00Z", "tuần 34.ods", "Đông"});
  const auto later = std::make_shared<const data::Batch>(
      data::Batch{uuid("1b7c3f0e-5b1d-4c7e-9a59-2f4d4c1e8a10"), entry::east, 8,
                  "2025-09-01T00:00:00Z", "", ""});
  const auto base = uuid("ffffffff-5b1d-4c7e-9a59-2f4d4c1e8a10");
  package.operations = {{base, batch, report(1, "2025-08-24"), "sessions", "3", {}, {}, 12, 0, {}},
                        {uuid("2b7c3f0e-5b1d-4c7e-9a59-2f4d4c1e8a10"),
                         later,
                         report(1, "2025-08-24"),
                         "sessions",
                         std::nullopt,
                         {base},
                         "gọi hỏi lại",
                         std::nullopt,
                         0,
                         {}}};
  EXPECT_EQ(data::hex(data::package_digest(package)),
            "66c6d67a90d8e1842892d3c1e4b02ba4e6dfa7dbffb5fef1b604bd08ef6f3e5e");
}

#ifndef _WIN32
/// So many settlements with all of their fields, of one batch: what they share stands once in it.
fs::path wide_package(const std::string& name, int settlements) {
  Package package;
  package.made_at = "2025-09-01T02:03:04Z";
  package.unit = entry::province;
  const auto batch = std::make_shared<const data::Batch>(
      data::Batch{data::random_uuid(), entry::province, 1, package.made_at, std::string(1000, 'f'),
                  std::string(1000, 's')});
  const fs::path file = tiny::fresh(name + ".phusong");
  data::Database database(file, data::OpenMode::create);
  database.execute("PRAGMA page_size = 1024; PRAGMA journal_mode = OFF;");
  database.execute("PRAGMA application_id = " + std::to_string(data::package_application_id));
  data::Transaction transaction(database);
  for (const auto& table : data::package_tables) database.execute(table.sql);
  database
      .prepare(
          "INSERT INTO batch (id, uuid, author, sequence, made_at, file, sheet)"
          " VALUES (1, ?, ?, 1, ?, ?, ?)")
      .bind_blob(1, batch->uuid.bytes)
      .bind(2, data::unit_text(batch->author))
      .bind(3, batch->made_at)
      .bind(4, batch->file)
      .bind(5, batch->sheet)
      .run();
  auto record = database.prepare("INSERT INTO record (id, kind, key) VALUES (?, 'settlement', ?)");
  auto operation =
      database.prepare("INSERT INTO operation (uuid, batch, record, field) VALUES (?, 1, ?, ?)");
  for (int i = 0; i < settlements; ++i) {
    std::string key = std::to_string(i);
    key.insert(0, 190 - key.size(), 'S');
    record.bind(1, i).bind(2, key).run();
    for (const data::RecordField& field : data::fields_of(data::RecordKind::settlement)) {
      const auto uuid = data::random_uuid();
      operation.bind_blob(1, uuid.bytes).bind(2, i).bind(3, field.name).run();
      package.operations.push_back({uuid,
                                    batch,
                                    {data::RecordKind::settlement, key},
                                    std::string(field.name),
                                    {},
                                    {},
                                    {},
                                    {},
                                    0,
                                    {}});
    }
  }
  database
      .prepare(
          "INSERT INTO pack (format, made_at, unit, title, since, count, sha256)"
          " VALUES (?, ?, ?, '', '', ?, ?)")
      .bind(1, data::package_format)
      .bind(2, package.made_at)
      .bind(3, data::unit_text(package.unit))
      .bind(4, package.operations.size())
      .bind_blob(5, data::package_digest(package))
      .run();
  transaction.commit();
  return file;
}

TEST(DbPackage, TakesNoMoreMemoryThanItsFileSays) {
  const int settlements = 2500;
  const fs::path file = wide_package("wide", settlements);
  ASSERT_LT(fs::file_size(file), std::uintmax_t{6} << 20);
  const int mib = in_child([&] {
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    if (data::read_package(file).operations.size() != 18U * settlements) return 200;
    getrusage(RUSAGE_SELF, &after);
    return static_cast<int>(std::min(199L, (after.ru_maxrss - before.ru_maxrss) / 1024));
  });
  RecordProperty("mib", mib);
  EXPECT_LT(mib, 120) << "what its operations share was written out for each of them";
}
#endif

TEST(DbPackage, NoMoreIsReadOfItThanItSaysItHolds) {
  auto a = entry::workspace("count.sqlite");
  entry::enter(a, {change(report(1, "2025-08-24"), "eligible", "1000"),
                   change(report(1, "2025-08-24"), "sessions", "3")});
  const fs::path file = tiny::fresh("count.phusong");
  data::write_package(a, file);
  data::Database(file, data::OpenMode::read_write)
      .execute(
          "UPDATE pack SET count = 1; UPDATE operation SET value = 'none' WHERE uuid ="
          " (SELECT max(uuid) FROM operation)");
  try {
    data::read_package(file);
    FAIL() << "taken";
  } catch (const geo::Error& error) {
    EXPECT_EQ(error.message, geo::msg("data.package_wrong_value", "count"));
  }
}

}  // namespace
