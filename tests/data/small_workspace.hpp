#pragma once
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "data/import.hpp"
#include "data/workspace.hpp"
#include "tests/scratch.hpp"

namespace data::test {

inline std::filesystem::path scratch_file(const std::string& name) {
  const auto folder = scratch::folder() / "small";
  std::filesystem::create_directories(folder);
  return folder / name;
}
inline std::filesystem::path written(const std::string& name, const std::string& bytes) {
  const auto file = scratch_file(name);
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

/// A square of 0.1° whose lower left corner is given, as a GeoJSON feature.
inline std::string square(const std::string& properties, double lon, double lat) {
  const auto p = [](double x, double y) {
    return "[" + std::to_string(x) + "," + std::to_string(y) + "]";
  };
  return R"({"type":"Feature","properties":{)" + properties +
         R"(},"geometry":{"type":"Polygon","coordinates":[[)" + p(lon, lat) + "," +
         p(lon + 0.1, lat) + "," + p(lon + 0.1, lat + 0.1) + "," + p(lon, lat + 0.1) + "," +
         p(lon, lat) + "]]}}";
}
inline std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

inline PendingImport prepared(Workspace& workspace, const std::filesystem::path& file,
                              ImportKind kind, ImportOptions options = {}) {
  options.kind = kind;
  return prepare_import(workspace, file, options);
}
inline ImportPreview imported(Workspace& workspace, const std::filesystem::path& file,
                              ImportKind kind, ImportOptions options = {}) {
  const auto pending = prepared(workspace, file, kind, std::move(options));
  write_import(workspace, pending);
  return pending.preview;
}

/// Two communes of today in one province and two former districts, each made from two former ones
/// whole:
///   00011 Xã An Hòa  ← 00011 Xã An Hòa (Huyện Đông), 00012 Xã Bản Mới (Huyện Đông)
///   00021 Xã Cao Sơn ← 00021 Thị trấn Cao Sơn (Huyện Tây), 00022 Xã An Hòa (Huyện Tây)
inline Workspace small_workspace(const std::string& name) {
  const auto file = scratch_file(name + ".sqlite");
  for (const char* end : {"", "-wal", "-shm"})
    std::filesystem::remove(std::filesystem::path(file) += end);
  auto w = Workspace::create(file);
  const std::string province = R"("province_code":"09","province":"Tỉnh Thử")";
  imported(
      w,
      written(name + ".geojson",
              collection(
                  square(R"("code":"00011","name":"An Hòa","full_name":"Xã An Hòa",)" + province +
                             R"(,"former_district_code":"091","former_district":"Huyện Đông")",
                         103, 21) +
                  "," +
                  square(R"("code":"00021","name":"Cao Sơn","full_name":"Xã Cao Sơn",)" + province +
                             R"(,"former_district_code":"092","former_district":"Huyện Tây")",
                         103.1, 21))),
      ImportKind::boundaries);
  imported(w,
           written(name + "_crosswalk.csv",
                   "old_code,old_name,old_district_code,old_district,old_province_code,"
                   "old_province,new_code,new_name,new_province_code,part\n"
                   "00011,Xã An Hòa,091,Huyện Đông,09,Tỉnh Thử,00011,Xã An Hòa,09,whole\n"
                   "00012,Xã Bản Mới,091,Huyện Đông,09,Tỉnh Thử,00011,Xã An Hòa,09,whole\n"
                   "00021,Thị trấn Cao Sơn,092,Huyện Tây,09,Tỉnh Thử,00021,Xã Cao Sơn,09,whole\n"
                   "00022,Xã An Hòa,092,Huyện Tây,09,Tỉnh Thử,00021,Xã Cao Sơn,09,whole\n"),
           ImportKind::crosswalk);
  return w;
}

inline std::size_t count(const geo::Issues& issues, const std::string& id) {
  return static_cast<std::size_t>(std::count_if(issues.begin(), issues.end(),
                                                [&](const auto& i) { return i.message.id == id; }));
}
inline const geo::Issue* first(const geo::Issues& issues, const std::string& id) {
  const auto found =
      std::find_if(issues.begin(), issues.end(), [&](const auto& i) { return i.message.id == id; });
  static const geo::Issue none;  // its row is empty, so that a comparison fails and says so
  return found == issues.end() ? &none : &*found;
}
/// "id ×n …" of all issues, for failure messages.
inline std::string ids(const geo::Issues& issues) {
  std::string out;
  for (const auto& i : issues)
    out += i.message.id + " (row " + std::to_string(i.row.value_or(0)) + ") ";
  return out;
}

/// Everything the workspace holds, as one text.
inline std::string dump(Workspace& w) {
  std::string out;
  for (const char* sql :
       {"SELECT code || level || valid_from FROM unit ORDER BY id",
        "SELECT id || '|' || unit_id || '|' || name || '|' || full_name || '|' || "
        "ifnull(hex(geom), '') FROM unit_state ORDER BY id",
        "SELECT former_id || '|' || unit_id || '|' || part FROM crosswalk ORDER BY id",
        "SELECT code || '|' || name || '|' || ifnull(unit_id, 0) FROM settlement ORDER BY id",
        "SELECT code || '|' || name FROM team ORDER BY id",
        "SELECT unit_id || '|' || date || '|' || ifnull(activated_l2, '-') FROM report ORDER BY id",
        "SELECT unit_id || '|' || indicator || '|' || due FROM target ORDER BY id",
        "SELECT scope || '|' || indicator || '|' || value FROM figure ORDER BY id",
        "SELECT id || '|' || kind || '|' || file FROM source ORDER BY id",
        "SELECT message_id || '|' || message_args FROM issue ORDER BY id",
        // but for the notes that imports were there and were taken back
        "SELECT key || '|' || value FROM setting WHERE key NOT GLOB 'import_taken_back/*' ORDER BY "
        "key",
        "SELECT code || '|' || ifnull(eligible, '-') FROM commune_number ORDER BY code"}) {
    auto row = w.database().prepare(sql);
    while (row.step()) out += row.text(0) + "\n";
    out += "--\n";
  }
  return out;
}

}  // namespace data::test
