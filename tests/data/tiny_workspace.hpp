#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "data/wkb.hpp"
#include "data/workspace.hpp"
#include "tests/scratch.hpp"

/// Rows written by hand, small enough to check on paper.
namespace tiny {

/// A fresh path in a folder of this test's own.
inline std::filesystem::path fresh(const std::string& name) {
  const std::filesystem::path file = scratch::folder() / name;
  std::filesystem::create_directories(file.parent_path());
  for (const char* tail : {"", "-wal", "-shm", "-journal"})
    std::filesystem::remove(file.string() + tail);
  return file;
}

/// A square of `size` degrees whose lower left corner is at (lon, lat).
inline geo::GeoShape square(double lon, double lat, double size = 0.1) {
  return {{{{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}}, {}}};
}

/// One import: rows added until it goes out of scope are rolled back unless done() was called.
class Import {
 public:
  explicit Import(data::Workspace& workspace, const std::string& kind = "reports",
                  const std::string& file = "tiny.csv")
      : workspace_(workspace),
        db_(workspace.database()),
        transaction_(db_),
        source_(data::begin_source(workspace, kind, file)) {}
  void done(const geo::Issues& issues = {}) {
    data::end_source(workspace_, source_, rows_, issues);
    transaction_.commit();
  }
  std::int64_t source() const { return source_; }

  std::int64_t unit(const std::string& code, const std::string& level,
                    const std::string& valid_from = "") {
    data::Statement old =
        db_.prepare("SELECT id FROM unit WHERE code = ? AND level = ? AND valid_from = ?");
    old.bind(1, code).bind(2, level).bind(3, valid_from);
    if (old.step()) return old.integer(0);
    db_.prepare("INSERT INTO unit (code, level, valid_from) VALUES (?, ?, ?)")
        .bind(1, code)
        .bind(2, level)
        .bind(3, valid_from)
        .run();
    return db_.last_insert_id();
  }
  struct State {
    std::string kind = "xã";
    std::optional<std::int64_t> parent, former_district, population;
    std::optional<geo::GeoShape> shape;
  };
  void state(std::int64_t unit, const std::string& name, const State& s) {
    data::Statement row = db_.prepare(
        "INSERT INTO unit_state (unit_id, source_id, source_row, name, full_name, kind, parent_id,"
        " former_district_id, published_population, geom)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, GeomFromWKB(?, 4326))");
    row.bind(1, unit).bind(2, source_).bind(3, ++rows_).bind(4, name);
    row.bind(5, s.kind.empty() ? name : s.kind + " " + name).bind(6, s.kind);
    row.bind(7, s.parent).bind(8, s.former_district).bind(9, s.population);
    if (s.shape)
      row.bind_blob(10, data::to_wkb(*s.shape));
    else
      row.bind_null(10);
    row.run();
  }
  std::int64_t today(const std::string& code, const std::string& name, double lon,
                     std::optional<std::int64_t> parent = {},
                     std::optional<std::int64_t> former_district = {}) {
    const std::int64_t id = unit(code, "commune", "2025-07-01");
    state(id, name,
          {.kind = "xã",
           .parent = parent,
           .former_district = former_district,
           .population = {},
           .shape = square(lon, 21)});
    return id;
  }
  std::int64_t former(const std::string& code, const std::string& name,
                      std::optional<std::int64_t> district = {}) {
    const std::int64_t id = unit(code, "commune");
    state(id, name,
          {.kind = "xã", .parent = district, .former_district = {}, .population = {}, .shape = {}});
    return id;
  }
  void became(std::int64_t former, std::int64_t unit, const std::string& part = "whole",
              std::optional<double> share = {}, const std::string& day = "2025-07-01") {
    db_.prepare(
           "INSERT INTO crosswalk (former_id, unit_id, part, share, changed_on, source_id,"
           " source_row) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(1, former)
        .bind(2, unit)
        .bind(3, part)
        .bind(4, share)
        .bind(5, day)
        .bind(6, source_)
        .bind(7, ++rows_)
        .run();
  }
  void report(std::int64_t unit, const std::string& date, std::optional<std::int64_t> eligible,
              std::optional<std::int64_t> l2, std::optional<std::int64_t> l1 = {}) {
    db_.prepare(
           "INSERT INTO report (unit_id, date, eligible, activated_l1, activated_l2, source_id,"
           " source_row) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(1, unit)
        .bind(2, date)
        .bind(3, eligible)
        .bind(4, l1)
        .bind(5, l2)
        .bind(6, source_)
        .bind(7, ++rows_)
        .run();
  }
  void settlement(const std::string& code, std::optional<std::int64_t> unit,
                  std::optional<std::int64_t> former, std::optional<std::int64_t> residents,
                  const std::string& electricity = "grid", const std::string& signal = "good",
                  std::optional<geo::LonLat> at = geo::LonLat{103, 21}) {
    db_.prepare(
           "INSERT INTO settlement (code, name, unit_id, former_unit_id, residents, electricity,"
           " signal, source_id, source_row, geom)"
           " VALUES (?1, ?1, ?2, ?3, ?4, nullif(?5, ''), nullif(?6, ''), ?7, ?8,"
           " CASE WHEN ?9 IS NOT NULL THEN MakePoint(?9, ?10, 4326) END)")
        .bind(1, code)
        .bind(2, unit)
        .bind(3, former)
        .bind(4, residents)
        .bind(5, electricity)
        .bind(6, signal)
        .bind(7, source_)
        .bind(8, ++rows_)
        .bind(9, at ? std::optional(at->lon) : std::nullopt)
        .bind(10, at ? std::optional(at->lat) : std::nullopt)
        .run();
  }
  void team(const std::string& code, std::optional<std::int64_t> unit,
            std::optional<std::int64_t> former = {}, const std::string& level = "commune",
            std::optional<geo::LonLat> at = {}) {
    db_.prepare(
           "INSERT INTO team (code, name, level, unit_id, former_unit_id, members, source_id,"
           " source_row, lon, lat) VALUES (?1, ?1, ?2, ?3, ?4, 5, ?5, ?6, ?7, ?8)")
        .bind(1, code)
        .bind(2, level)
        .bind(3, unit)
        .bind(4, former)
        .bind(5, source_)
        .bind(6, ++rows_)
        .bind(7, at ? std::optional(at->lon) : std::nullopt)
        .bind(8, at ? std::optional(at->lat) : std::nullopt)
        .run();
  }
  void target(std::int64_t unit, double share, const std::string& due = "2023-12-31") {
    db_.prepare(
           "INSERT INTO target (unit_id, indicator, due, share, source_id, source_row)"
           " VALUES (?, 'activation_l2', ?, ?, ?, ?)")
        .bind(1, unit)
        .bind(2, due)
        .bind(3, share)
        .bind(4, source_)
        .bind(5, ++rows_)
        .run();
  }

 private:
  data::Workspace& workspace_;
  data::Database& db_;
  data::Transaction transaction_;
  std::int64_t source_;
  std::int64_t rows_ = 0;
};

inline std::int64_t count(data::Workspace& workspace, const std::string& table) {
  data::Statement row = workspace.database().prepare("SELECT count(*) FROM " + table);
  row.step();
  return row.integer(0);
}

}  // namespace tiny
