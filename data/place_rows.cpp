// Settlements and teams: rows with a home commune of today, a former one, or both.
#include <cmath>
#include <map>

#include "data/homes.hpp"
#include "data/names.hpp"
#include "data/table_rows.hpp"
#include "data/wkb.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Severity;
using geo::UnitLevel;
using Word = TableRows::Word;

// Where Việt Nam lies, its islands included; what is outside was mistyped or swapped.
constexpr double west = 102, east = 118, south = 6, north = 24;

constexpr Word electricity_words[] = {
    {"grid", "grid"},
    {"điện lưới", "grid"},
    {"có điện lưới", "grid"},
    {"lưới", "grid"},
    {"có", "grid"},
    {"có điện", "grid"},
    {"lưới điện quốc gia", "grid"},
    {"yes", "grid"},
    {"offgrid", "offgrid"},
    {"off grid", "offgrid"},
    {"ngoài lưới", "offgrid"},
    {"điện mặt trời", "offgrid"},
    {"thủy điện nhỏ", "offgrid"},
    {"máy phát", "offgrid"},
    {"none", "none"},
    {"không", "none"},
    {"không có", "none"},
    {"không có điện", "none"},
    {"chưa có", "none"},
    {"chưa có điện", "none"},
    {"no", "none"},
    {"chưa báo cáo", ""},
    {"x", ""},
};
constexpr Word signal_words[] = {
    {"good", "good"},
    {"tốt", "good"},
    {"có", "good"},
    {"có sóng", "good"},
    {"sóng tốt", "good"},
    {"weak", "weak"},
    {"yếu", "weak"},
    {"sóng yếu", "weak"},
    {"lõm", "weak"},
    {"lõm sóng", "weak"},
    {"chập chờn", "weak"},
    {"none", "none"},
    {"không", "none"},
    {"không có", "none"},
    {"không có sóng", "none"},
    {"trắng", "none"},
    {"trắng sóng", "none"},
    {"chưa có", "none"},
    {"chưa có sóng", "none"},
    {"no", "none"},
    {"chưa báo cáo", ""},
    {"x", ""},
};
constexpr Word level_words[] = {
    {"province", "province"}, {"tỉnh", "province"},  {"cấp tỉnh", "province"},
    {"district", "district"}, {"huyện", "district"}, {"cấp huyện", "district"},
    {"commune", "commune"},   {"xã", "commune"},     {"cấp xã", "commune"},
    {"phường", "commune"},    {"thôn", "commune"},   {"bản", "commune"},
    {"cấp thôn", "commune"},
};

/// The land of communes, read when a point asks for it.
class CommuneLand {
 public:
  explicit CommuneLand(Database& database)
      : shape_(
            database.prepare("SELECT AsBinary(geom) FROM unit_state WHERE unit_id = ? AND geom IS"
                             " NOT NULL ORDER BY source_id DESC LIMIT 1")) {}
  bool contains(std::int64_t unit, geo::LonLat p) {
    auto [land, is_new] = land_.try_emplace(unit);
    if (is_new) {
      shape_.bind(1, unit);
      if (shape_.step()) land->second = plane(shape_from_wkb(shape_.blob(0)));
      shape_.reset();
    }
    if (land->second.shape.empty()) return true;  // nothing known against it
    const geo::MapPoint q{p.lon, p.lat};
    return land->second.box.contains(q) && geo::contains(land->second.shape, q);
  }

 private:
  struct Land {
    geo::MapShape shape;  // degrees: "inside" is the same on any plane
    geo::Box box;
  };
  static Land plane(const geo::GeoShape& shape) {
    const auto ring = [](const geo::Ring<geo::LonLat>& r) {
      geo::Ring<geo::MapPoint> out;
      for (const auto& p : r) out.push_back({p.lon, p.lat});
      return out;
    };
    Land land;
    for (const auto& polygon : shape) {
      auto& to = land.shape.emplace_back();
      to.outer = ring(polygon.outer);
      for (const auto& hole : polygon.holes) to.holes.push_back(ring(hole));
    }
    land.box = geo::bounds(land.shape);
    return land;
  }
  Statement shape_;
  std::map<std::int64_t, Land> land_;
};

/// Lists without ids: the commune and the name say which one it is.
std::string made_id(const Homes::Home& home, const std::string& name) {
  const auto* unit = home.former != nullptr ? home.former : home.unit;
  return (unit != nullptr ? unit->code.text : std::string("?")) + ":" + fold_name(name);
}

std::optional<std::int64_t> id_of(const KnownUnit* unit) {
  if (unit == nullptr) return {};
  return unit->id;
}

void point(TableRows& rows, CommuneLand& land, SettlementRecord& s) {
  auto lon = rows.degrees("lon"), lat = rows.degrees("lat");
  if (!lon && !lat) return;
  if (!lon || !lat) {
    rows.tell(Severity::warning, msg("data.point_half"), lon ? "lat" : "lon", s.name);
    return;
  }
  const auto inside = [](double x, double y) {
    return x >= west && x <= east && y >= south && y <= north;
  };
  if (!inside(*lon, *lat)) {
    rows.tell(Severity::error,
              inside(*lat, *lon) ? msg("data.point_swapped", *lon, *lat)
                                 : msg("data.point_outside_country", *lon, *lat),
              "lon", s.name);
    return;
  }
  s.lon = lon;
  s.lat = lat;
  if (s.unit && !land.contains(*s.unit, {*lon, *lat}))
    rows.tell(Severity::warning, msg("data.point_outside_commune", rows.row().unit_name), "lon",
              s.name);
}

template <class Record>
void keep(TableRows& rows, const std::map<std::string, Record>& current,
          std::map<std::string, std::int64_t>& seen, std::vector<FromRow<Record>>& out,
          Record record) {
  auto& row = rows.row();
  const auto [first, is_new] = seen.emplace(record.code, row.row);
  if (!is_new) {
    rows.tell(Severity::error, msg("data.id_twice", quotable(record.code), first->second), "id",
              row.label);
    return rows.refuse();
  }
  const auto known = current.find(record.code);
  row.change = known == current.end()    ? Change::added
               : known->second == record ? Change::same
                                         : Change::changed;
  if (row.change != Change::same) out.push_back({std::move(record), row.row});
}

/// Walks the rows; `read` is called for those of data.
template <class Read>
void walk(TableWork& work, TableRows& rows, ImportKind kind, Read read) {
  const auto& table = work.table;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (i % 256 == 0)
      work.progress.at(static_cast<double>(i) / static_cast<double>(table.rows.size()),
                       msg("data.doing_compare"));
    rows.begin(i);
    auto& row = rows.row();
    row.role = role_of(table, work.reading, kind, i);
    if (row.role == RowRole::data) {
      read();
    } else {
      row.label = quotable(first_words(table.rows[i]));
    }
  }
  rows.finish();
}

void tell_without_crosswalk(TableWork& work, const Homes& homes) {
  if (homes.without_crosswalk() == 0) return;
  work.preview.issues.push_back({Severity::warning,
                                 msg("data.former_without_crosswalk", homes.without_crosswalk()),
                                 work.table.file,
                                 work.table.sheet,
                                 {},
                                 {},
                                 {},
                                 {}});
}

}  // namespace

void read_settlements(TableWork& work) {
  auto& db = work.workspace.database();
  std::map<std::string, SettlementRecord> current;
  {
    auto row = db.prepare(
        "SELECT code, name, kind, unit_id, former_unit_id, households, residents, eligible,"
        " electricity, signal, smartphone_share, own_sim_share, away_share, road, X(geom), Y(geom)"
        " FROM current_settlement");
    const auto maybe_text = [&row](int c) -> std::optional<std::string> {
      if (row.is_null(c)) return {};
      return row.text(c);
    };
    while (row.step())
      current[row.text(0)] = {
          row.text(0),          row.text(1),          row.text(2),          row.maybe_integer(3),
          row.maybe_integer(4), row.maybe_integer(5), row.maybe_integer(6), row.maybe_integer(7),
          maybe_text(8),        maybe_text(9),        row.maybe_real(10),   row.maybe_real(11),
          row.maybe_real(12),   row.text(13),         row.maybe_real(14),   row.maybe_real(15)};
  }
  TableRows rows(work.table, work.reading, ImportKind::settlements, work.preview);
  Homes homes(work, rows);
  CommuneLand land(db);
  std::map<std::string, std::int64_t> seen;
  std::set<std::int64_t> with_row;
  walk(work, rows, ImportKind::settlements, [&] {
    SettlementRecord s;
    rows.row().label = quotable(rows.raw("name").empty() ? rows.raw("id") : rows.raw("name"));
    s.name = rows.text("name");
    const auto home = homes.find();
    homes.show(home);
    const bool applied = home.how != Match::fuzzy && home.unit != nullptr;
    if (!applied && home.former == nullptr) {
      if (!home.named) rows.tell(Severity::error, msg("data.row_without_unit"));
      return rows.refuse();
    }
    if (s.name.empty()) {
      rows.tell(Severity::error, msg("data.row_without_name"), "name");
      return rows.refuse();
    }
    if (applied) {
      s.unit = home.unit->id;
      with_row.insert(home.unit->id);
    }
    s.former_unit = id_of(home.former);
    s.code = rows.text("id");
    if (s.code.empty()) s.code = made_id(home, s.name);
    s.kind = rows.text("kind");
    s.households = rows.count("households");
    s.residents = rows.count("residents");
    s.eligible = rows.count("eligible");
    if (s.eligible && s.residents && *s.eligible > *s.residents)
      rows.tell(Severity::warning,
                msg("data.more_eligible_than_residents", *s.eligible, *s.residents), "eligible",
                s.name);
    s.electricity = rows.word("electricity", electricity_words);
    s.signal = rows.word("signal", signal_words);
    s.smartphone_share = rows.share("smartphone_share");
    s.own_sim_share = rows.share("own_sim_share");
    s.away_share = rows.share("away_share");
    s.road = rows.text("road");
    point(rows, land, s);
    keep(rows, current, seen, work.records.settlements, std::move(s));
  });
  tell_without_crosswalk(work, homes);
  tell_units_without_row(work, homes.book(), with_row, {});
}

void read_teams(TableWork& work) {
  std::map<std::string, TeamRecord> current;
  {
    auto row = work.workspace.database().prepare(
        "SELECT code, name, level, kind, unit_id, former_unit_id, members, union_members,"
        " established_on, generator, mobile_router, vehicle FROM current_team");
    while (row.step()) {
      TeamRecord t{row.text(0),          row.text(1),           row.text(2),
                   row.text(3),          row.maybe_integer(4),  row.maybe_integer(5),
                   row.maybe_integer(6), row.maybe_integer(7),  {},
                   row.maybe_integer(9), row.maybe_integer(10), row.text(11)};
      if (!row.is_null(8)) t.established_on = row.text(8);
      current[t.code] = std::move(t);
    }
  }
  TableRows rows(work.table, work.reading, ImportKind::teams, work.preview);
  Homes homes(work, rows);
  std::map<std::string, std::int64_t> seen;
  walk(work, rows, ImportKind::teams, [&] {
    TeamRecord t;
    rows.row().label = quotable(rows.raw("name").empty() ? rows.raw("id") : rows.raw("name"));
    t.name = rows.text("name");
    t.level = rows.word("level", level_words).value_or("commune");
    const auto home = homes.find();
    homes.show(home);
    const bool applied = home.how != Match::fuzzy && home.unit != nullptr;
    if (t.name.empty()) {
      rows.tell(Severity::error, msg("data.row_without_name"), "name");
      return rows.refuse();
    }
    if (!applied && home.former == nullptr && t.level == "commune") {
      // A commune's team that serves no known commune would count nowhere.
      if (!home.named) rows.tell(Severity::error, msg("data.row_without_unit"));
      return rows.refuse();
    }
    if (applied) t.unit = home.unit->id;
    t.former_unit = id_of(home.former);
    t.code = rows.text("id");
    if (t.code.empty()) t.code = made_id(home, t.name);
    t.kind = rows.text("kind");
    t.members = rows.count("members");
    t.union_members = rows.count("union_members");
    if (t.members && t.union_members && *t.union_members > *t.members)
      rows.tell(Severity::warning,
                msg("data.more_union_than_members", *t.union_members, *t.members), "union_members",
                t.name);
    if (const auto day = rows.date("established_on")) t.established_on = geo::iso(*day);
    t.generator = rows.count("generator");
    t.mobile_router = rows.count("mobile_router");
    t.vehicle = rows.text("vehicle");
    keep(rows, current, seen, work.records.teams, std::move(t));
  });
  tell_without_crosswalk(work, homes);
}

void tell_units_without_row(TableWork& work, const UnitBook& book,
                            const std::set<std::int64_t>& with_row, std::optional<geo::Date> at) {
  if (with_row.empty()) return;
  if (at && !book.knows(UnitLevel::commune, at)) at.reset();
  // A table of one district owes that district's communes; a longer one its provinces'.
  std::set<std::int64_t> districts, provinces;
  for (const auto id : with_row) {
    const auto* unit = book.by_id(id);
    if (unit == nullptr) continue;
    districts.insert(unit->district);
    provinces.insert(unit->province);
  }
  const bool one_district = districts.size() == 1 && *districts.begin() != 0;
  std::int64_t missing = 0;
  std::string names;
  constexpr std::int64_t most_named = 20;
  for (const auto& unit : book.units()) {
    if (unit.level != UnitLevel::commune || with_row.contains(unit.id)) continue;
    if (at ? !unit.valid_at(*at) : !unit.today()) continue;
    if (one_district ? !districts.contains(unit.district) : !provinces.contains(unit.province))
      continue;
    if (++missing <= most_named) names += (names.empty() ? "" : ", ") + unit.full_name;
  }
  if (missing == 0) return;
  if (missing > most_named) names += ", …";
  work.preview.issues.push_back({Severity::info,
                                 msg("data.units_without_row", missing, names),
                                 work.table.file,
                                 work.table.sheet,
                                 {},
                                 {},
                                 {},
                                 {}});
}

}  // namespace data
