#pragma once
#include <filesystem>
#include <string>

#include "tests/data/small_workspace.hpp"
#include "tests/data/tiny_workspace.hpp"

/// A small province and a decree that changes it on 1 January 2027: two communes merge, one is
/// split with new land of its own, one only gets another name.
namespace decree {

inline constexpr const char* first_day = "2027-01-01";

inline std::string rectangle(const std::string& code, const std::string& name, double west,
                             double east, bool district = true) {
  const auto p = [](double x, double y) {
    return "[" + std::to_string(x) + "," + std::to_string(y) + "]";
  };
  return R"({"type":"Feature","properties":{"code":")" + code + R"(","full_name":")" + name +
         R"(","province_code":"09","province":"Tỉnh Thử")" +
         (district ? R"(,"former_district_code":"091","former_district":"Huyện Đông")" : "") +
         R"(},"geometry":{"type":"Polygon","coordinates":[[)" + p(west, 21) + "," + p(east, 21) +
         "," + p(east, 21.1) + "," + p(west, 21.1) + "," + p(west, 21) + "]]}}";
}

/// Four communes in a row since July 2025, with three weeks of reports each; 00012 was the only
/// former commune, which became 00011, and reported too.
inline data::Workspace before(const std::string& name, bool district = true) {
  auto w = data::Workspace::create(tiny::fresh(name + ".sqlite"));
  data::test::imported(
      w,
      data::test::written(
          name + "_before.geojson",
          data::test::collection(rectangle("00011", "Xã An Hòa", 103, 103.1, district) + "," +
                                 rectangle("00021", "Xã Cao Sơn", 103.1, 103.2, district) + "," +
                                 rectangle("00031", "Xã Suối Lớn", 103.2, 103.4, district) + "," +
                                 rectangle("00041", "Xã Tên Cũ", 103.4, 103.5, district))),
      data::ImportKind::boundaries);
  tiny::Import import(w);
  int n = 0;
  for (const char* code : {"00011", "00021", "00031", "00041"}) {
    const auto unit = import.unit(code, "commune", "2025-07-01");
    for (const char* date : {"2026-11-01", "2026-11-08", "2026-11-15"}) {
      import.report(unit, date, 1001 + 7 * n, 333 + n, 200 + n);
      ++n;
    }
  }
  const auto former = import.former("00012", "Bản Mới");
  import.became(former, import.unit("00011", "commune", "2025-07-01"));
  import.report(former, "2025-06-01", 999, 111);
  import.done();
  return w;
}

inline std::filesystem::path land(const std::string& name, bool district = true) {
  return data::test::written(
      name + "_land.geojson",
      data::test::collection(rectangle("00011", "Xã An Hòa", 103, 103.2, district) + "," +
                             rectangle("00031", "Xã Suối Lớn", 103.2, 103.25, district) + "," +
                             rectangle("00051", "Xã Suối Nhỏ", 103.25, 103.4, district) + "," +
                             rectangle("00041", "Xã Tên Mới", 103.4, 103.5, district)));
}

inline const std::string head = "old_code,old_name,new_code,new_name,part,share,status\n";
inline const std::string clear_rows = head +
                                      "00011,Xã An Hòa,00011,Xã An Hòa,whole,,\n"
                                      "00021,Xã Cao Sơn,00011,Xã An Hòa,whole,,\n"
                                      "00031,Xã Suối Lớn,00031,Xã Suối Lớn,part,,\n"
                                      "00031,Xã Suối Lớn,00051,Xã Suối Nhỏ,part,,\n"
                                      "00041,Xã Tên Cũ,00041,Xã Tên Mới,whole,,\n";
/// The same with a name nobody bears, a unit nobody has drawn, and a doubt of the file's own.
inline const std::string doubtful_rows = head +
                                         "00011,Xã An Hòa,00011,Xã An Hòa,whole,,\n"
                                         ",Xã Cao Xơn,00011,Xã An Hòa,whole,,unmatched\n"
                                         "00031,Xã Suối Lớn,00031,Xã Suối Lớn,part,0.5,\n"
                                         "00031,Xã Suối Lớn,00099,Xã Không Đâu,part,0.5,\n"
                                         "00041,Xã Tên Cũ,00041,Xã Tên Mới,whole,,ambiguous\n"
                                         "00077,Xã Xa Lắc,00088,Xã Xa Mãi,whole,,\n";

}  // namespace decree
