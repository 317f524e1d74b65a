#pragma once
#include "assets/assets.hpp"
#include "data/database.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace version_one {

/// A workspace as the first version of the program left it: its schema alone, and rows in it.
/// `communes` of 100 eligible people and 20 activated each, target 60%, no grid in any of them.
inline void write(const std::filesystem::path& file, int communes = 3) {
  data::Database database(file, data::OpenMode::create);
  {
    data::Transaction transaction(database);
    database.prepare("SELECT InitSpatialMetaData(0, 'WGS84')").run();
    database.execute(assets::text("sql/001_schema.sql"));
    database.execute("PRAGMA user_version = 1");
    database.execute("PRAGMA application_id = " + std::to_string(0x50685367));
    database.execute(
        "INSERT INTO setting VALUES ('title', 'Tệp cũ');"
        "INSERT INTO source VALUES (1, 'boundaries', 'cũ.gpkg', '', '2025-07-02T00:00:00Z', 'x', "
        "9);"
        "INSERT INTO unit VALUES (1, '11', 'province', '');"
        "INSERT INTO unit_state (unit_id, source_id, name, full_name, kind)"
        " VALUES (1, 1, 'Thử', 'Tỉnh Thử', 'tỉnh');"
        "INSERT INTO target (unit_id, indicator, due, share, source_id)"
        " VALUES (1, 'activation_l2', '2025-12-31', 0.6, 1);"
        "INSERT INTO issue (source_id, severity, message_id) VALUES (1, 'info', "
        "'data.cell_empty');");
    for (int i = 0; i < communes; ++i) {
      const std::int64_t id = 10 + i;
      database.prepare("INSERT INTO unit VALUES (?, ?, 'commune', '2025-07-01')")
          .bind(1, id)
          .bind(2, "031" + std::to_string(10 + i))
          .run();
      database
          .prepare(
              "INSERT INTO unit_state (id, unit_id, source_id, name, full_name, kind, parent_id,"
              " area_m2, geom) VALUES (?1, ?1, 1, 'Xã', 'Xã', 'xã', 1, 1e8, GeomFromWKB(?2, 4326))")
          .bind(1, id)
          .bind_blob(2, data::to_wkb(tiny::square(103 + 0.1 * i, 21)))
          .run();
      database
          .prepare(
              "INSERT INTO report (unit_id, date, eligible, activated_l2, source_id)"
              " VALUES (?, '2025-08-03', 100, 20, 1)")
          .bind(1, id)
          .run();
      database
          .prepare(
              "INSERT INTO settlement (code, name, unit_id, residents, electricity, signal,"
              " source_id, geom) VALUES ('S' || ?1, 'Bản', ?1, 140, 'none', 'good', 1,"
              " MakePoint(103.05, 21.05, 4326))")
          .bind(1, id)
          .run();
      // As the first version wrote it, without barriers.
      database
          .prepare(
              "INSERT INTO commune_number (unit_id, state_id, code, name, full_name, kind,"
              " province, former_district, status, shortfall)"
              " VALUES (?1, ?1, ?2, 'Xã', 'Xã', 'xã', 'Tỉnh Thử', '', 'reported', 40)")
          .bind(1, id)
          .bind(2, "031" + std::to_string(10 + i))
          .run();
    }
    transaction.commit();
  }
  database.execute("PRAGMA journal_mode = WAL");
}

}  // namespace version_one
