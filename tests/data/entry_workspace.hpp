#pragma once
#include <string>
#include <vector>

#include "data/authority.hpp"
#include "data/operations.hpp"
#include "tests/data/tiny_workspace.hpp"

/// A province of two former districts with two communes each, as things are entered into it.
///   11 Tỉnh Thử ─ 091 Huyện Đông ─ 10001, 10002        former: 00011 → 10001, 00012 → 10002
///               └ 092 Huyện Tây  ─ 10003, 10004
/// Reports of 10001 and 10002 on three Sundays; team T1 and settlement S1 in 10001, T9 nowhere.
namespace entry {

using data::FieldChange;
using data::RecordKey;
using data::UnitKey;

inline const UnitKey province{geo::UnitLevel::province, "11", ""};
inline const UnitKey east{geo::UnitLevel::district, "091", ""};
inline const UnitKey west{geo::UnitLevel::district, "092", ""};
inline UnitKey commune(int i) {
  return {geo::UnitLevel::commune, "1000" + std::to_string(i), "2025-07-01"};
}
inline const UnitKey former{geo::UnitLevel::commune, "00011", ""};

inline geo::Date day(const std::string& text) { return *geo::parse_date(text); }
inline constexpr const char* sundays[] = {"2025-08-03", "2025-08-10", "2025-08-17", "2025-08-24"};

inline RecordKey report(int i, const std::string& date) {
  return data::report_record(commune(i), day(date));
}
inline const RecordKey team{data::RecordKind::team, "T1"};
inline const RecordKey settlement{data::RecordKind::settlement, "S1"};

inline void fill(data::Workspace& workspace) {
  tiny::Import import(workspace, "boundaries");
  const auto p = import.unit("11", "province");
  import.state(
      p, "Thử",
      {.kind = "Tỉnh", .parent = {}, .former_district = {}, .population = {}, .shape = {}});
  std::vector<std::int64_t> communes;
  for (const auto* code : {"091", "092"}) {
    const auto d = import.unit(code, "district");
    import.state(
        d, code == std::string("091") ? "Đông" : "Tây",
        {.kind = "Huyện", .parent = p, .former_district = {}, .population = {}, .shape = {}});
    for (int i = 0; i < 2; ++i) {
      const auto n = communes.size() + 1;
      communes.push_back(import.today("1000" + std::to_string(n), "Xã số " + std::to_string(n),
                                      103 + 0.1 * static_cast<double>(n), p, d));
    }
  }
  const auto d = import.unit("091", "district");
  const auto old = import.former("00011", "Cũ Một", d);
  import.became(old, communes[0]);
  import.became(import.former("00012", "Cũ Hai", d), communes[1]);
  import.report(old, "2025-06-01", 1000, 80, 90);
  for (std::size_t i = 0; i < 2; ++i)
    for (int week = 0; week < 3; ++week)
      import.report(communes[i], sundays[week], 1000, 100 + 10 * week, 200 + 10 * week);
  import.team("T1", communes[0]);
  import.team("T9", {}, {}, "district");
  import.settlement("S1", communes[0], {}, 300, "none", "weak");
  import.target(p, 0.8);
  import.done();
}

inline data::Workspace workspace(const std::string& name) {
  auto out = data::Workspace::create(tiny::fresh(name));
  fill(out);
  return out;
}
/// A copy in another's name.
inline data::Workspace copy(data::Workspace& of, const std::string& name, const UnitKey& author) {
  const auto file = tiny::fresh(name);
  of.database().prepare("VACUUM INTO ?").bind(1, file.string()).run();
  auto out = data::Workspace::open(file);
  data::set_author_unit(out, author);
  return out;
}

inline FieldChange change(RecordKey record, std::string field, std::optional<std::string> value,
                          std::string reason = {}) {
  return {std::move(record), std::move(field), std::move(value), std::move(reason), {}};
}
inline data::Entered enter(data::Workspace& workspace, std::vector<FieldChange> changes,
                           const data::EnterOptions& options = {}) {
  return data::enter(workspace, changes, options);
}
inline data::Entered enter(data::Workspace& workspace, FieldChange one) {
  return data::enter(workspace, {&one, 1});
}

}  // namespace entry
