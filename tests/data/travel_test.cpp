#include "data/travel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <numbers>

#include "data/prepared_land.hpp"
#include "geo/crs.hpp"
#include "geo/error.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

namespace fs = std::filesystem;
using data::Leg;
using data::Start;
using data::Travel;
using data::TravelRule;
using data::Vehicle;
using geo::LonLat;
using geo::UnitIndex;

double km(LonLat a, LonLat b) { return geo::geodesic_distance(a, b).value / 1000; }

/// Communes in a row, a tenth of a degree wide from 103° on, at 21° to 21.1°.
struct Row {
  data::Dataset dataset;
  std::shared_ptr<const geo::Land> land;
};
Row row_of(std::size_t communes) {
  Row row;
  std::vector<geo::GeoShape> shapes;
  for (std::size_t i = 0; i < communes; ++i) {
    shapes.push_back(tiny::square(103 + 0.1 * static_cast<double>(i), 21));
    row.dataset.communes.emplace_back().area_m2 = geo::geodesic_area(shapes.back());
  }
  row.land = geo::build_land(shapes, geo::map_crs(9205));
  return row;
}

void settle(Row& row, std::size_t commune, LonLat at, std::string_view road,
            std::optional<std::int64_t> eligible, std::optional<std::int64_t> residents = {}) {
  data::Settlement s;
  s.commune = UnitIndex(commune);
  s.at = at;
  s.road = road;
  s.eligible = eligible;
  s.residents = residents;
  row.dataset.settlements.push_back(s);
}

TEST(Places, AreTheMeanOfSettlementsByPeople) {
  Row row = row_of(2);
  const LonLat a{103.02, 21.02}, b{103.06, 21.06};
  settle(row, 0, a, "car", 300);
  settle(row, 0, b, "foot", 100);
  settle(row, 0, b, "motorbike", {}, 0);  // nobody lives there
  data::Settlement nowhere;
  nowhere.commune = UnitIndex(0U);
  nowhere.eligible = 1'000'000;
  row.dataset.settlements.push_back(nowhere);
  const auto places = data::places_of(row.dataset, *row.land);
  EXPECT_NEAR(places[0].at.lon, 103.03, 1e-12);
  EXPECT_NEAR(places[0].at.lat, 21.03, 1e-12);
  EXPECT_DOUBLE_EQ(places[0].car, 0.75);
  EXPECT_DOUBLE_EQ(places[0].foot, 0.25);
  EXPECT_DOUBLE_EQ(places[0].motorbike, 0);
  EXPECT_NEAR(places[0].spread_km, 0.75 * km(places[0].at, a) + 0.25 * km(places[0].at, b), 1e-9);
  // Without settlements: the label point, and the mean distance within a disc of that area.
  EXPECT_NEAR(places[1].at.lon, 103.15, 0.01);
  EXPECT_NEAR(places[1].at.lat, 21.05, 0.01);
  EXPECT_NEAR(places[1].spread_km,
              2.0 / 3 * std::sqrt(row.dataset.communes[1].area_m2 / std::numbers::pi) / 1000, 1e-9);
  EXPECT_EQ(places[1].car, 1);
}

TEST(Places, WhereNobodyIsCountedEachSettlementCountsOne) {
  Row row = row_of(1);
  settle(row, 0, {103.02, 21.02}, "", 0);
  settle(row, 0, {103.06, 21.02}, "xe máy", 0);
  const auto place = data::places_of(row.dataset, *row.land)[0];
  EXPECT_NEAR(place.at.lon, 103.04, 1e-12);
  EXPECT_DOUBLE_EQ(place.car, 0.5) << "an unknown road is one for cars";
  EXPECT_DOUBLE_EQ(place.motorbike, 0.5);
}

TEST(Travel, VehiclesByTheirWords) {
  EXPECT_EQ(data::vehicle_of("car"), Vehicle::car);
  EXPECT_EQ(data::vehicle_of("Xe ô tô"), Vehicle::car);
  EXPECT_EQ(data::vehicle_of("motorbike"), Vehicle::motorbike);
  EXPECT_EQ(data::vehicle_of("xe máy"), Vehicle::motorbike);
  EXPECT_EQ(data::vehicle_of(""), Vehicle::motorbike);
  EXPECT_EQ(data::vehicle_of("đi bộ"), Vehicle::foot);
}

TEST(Travel, StraightLinesByHand) {
  Row row = row_of(3);
  const LonLat home{103.05, 21.05}, near{103.11, 21.05}, far{103.19, 21.05};
  settle(row, 0, home, "car", 10);
  settle(row, 1, near, "motorbike", 10);
  settle(row, 1, far, "foot", 10);
  const std::array starts{Start{UnitIndex(0U), Vehicle::motorbike},
                          Start{UnitIndex(0U), Vehicle::car}, Start{UnitIndex(0U), Vehicle::foot},
                          Start{UnitIndex{}, Vehicle::car}};
  const TravelRule rule;
  const Travel travel = data::travel_of(row.dataset, *row.land, starts, rule);
  EXPECT_EQ(travel.by, Travel::By::geodesic);
  EXPECT_FALSE(travel.slopes);
  ASSERT_EQ(travel.legs.size(), 12U);
  const LonLat middle{103.15, 21.05};
  const double spread = km(middle, near), all = km(home, middle), main = all - spread;
  EXPECT_NEAR(travel.leg(0, UnitIndex(1U)).km, main * 1.6 + spread * (0.5 * 1.6 + 0.5 * 1.4), 1e-3);
  EXPECT_NEAR(travel.leg(0, UnitIndex(1U)).hours,
              main * 1.6 / 35 + spread * (0.5 * 1.6 / 15 + 0.5 * 1.4 / 4), 1e-4);
  EXPECT_NEAR(travel.leg(1, UnitIndex(1U)).hours,
              main * 1.6 / 35 + spread * (0.5 * 1.6 / 4 + 0.5 * 1.4 / 4), 1e-4)
      << "where only motorbikes go, those who came by car walk";
  EXPECT_NEAR(travel.leg(2, UnitIndex(1U)).hours,
              (main * 1.6 + spread * (0.5 * 1.6 + 0.5 * 1.4)) / 4, 1e-3);
  // One's own commune: one settlement, no way; the third has none and is a square.
  EXPECT_EQ(travel.leg(0, UnitIndex(0U)), (Leg{0, 0}));
  EXPECT_GT(travel.leg(0, UnitIndex(2U)).hours, travel.leg(0, UnitIndex(1U)).hours * 0.5F);
  for (std::uint32_t c = 0; c < 3; ++c)
    EXPECT_FALSE(travel.leg(3, UnitIndex(c)).reachable()) << "no home known";
  EXPECT_EQ(travel.find({UnitIndex(0U), Vehicle::foot}), 2U);
  EXPECT_FALSE(travel.find({UnitIndex(1U), Vehicle::foot}).has_value());
}

TEST(Travel, OnesOwnCommuneIsItsSpread) {
  const Row row = row_of(1);
  const std::array starts{Start{UnitIndex(0U)}};
  const auto leg = data::travel_of(row.dataset, *row.land, starts, {}).leg(0, UnitIndex(0U));
  const double spread = data::places_of(row.dataset, *row.land)[0].spread_km;
  EXPECT_GT(spread, 3);
  EXPECT_NEAR(leg.km, spread * 1.6, 1e-4);
  EXPECT_NEAR(leg.hours, spread * 1.6 / 35, 1e-5);
}

TEST(Travel, WhatIsFartherThanTheRuleSaysIsOutOfReach) {
  const Row row = row_of(12);  // 10.4 km from one to the next
  TravelRule rule;
  rule.within_km = 52.5;
  const std::array starts{Start{UnitIndex(0U)}};
  const Travel travel = data::travel_of(row.dataset, *row.land, starts, rule);
  for (std::uint32_t c = 0; c < 12; ++c)
    EXPECT_EQ(travel.leg(0, UnitIndex(c)).reachable(), c <= 5) << c;
}

TEST(Travel, HeightsSlowButNeverSpeed) {
  const Row row = row_of(4);
  std::vector<std::int16_t> ridges;  // up and down again, from west to east
  for (int i = 0; i < 100; ++i) ridges.push_back(static_cast<std::int16_t>(i % 10 < 5 ? 200 : 900));
  const geo::Elevation hills({{102.9, 20.9}, {103.5, 21.2}, 100, 1, ridges});
  const geo::Elevation flat({{102.9, 20.9}, {103.5, 21.2}, 1, 1, {700}});
  const std::array starts{Start{UnitIndex(0U), Vehicle::motorbike},
                          Start{UnitIndex(0U), Vehicle::foot}};
  const Travel level = data::travel_of(row.dataset, *row.land, starts, {});
  const Travel even = data::travel_of(row.dataset, *row.land, starts, {}, nullptr, &flat);
  const Travel steep = data::travel_of(row.dataset, *row.land, starts, {}, nullptr, &hills);
  EXPECT_TRUE(steep.slopes);
  for (std::size_t s = 0; s < 2; ++s) {
    for (std::uint32_t c = 1; c < 4; ++c) {
      const UnitIndex to(c);
      EXPECT_NEAR(even.leg(s, to).hours, level.leg(s, to).hours, 1e-4);
      EXPECT_GT(steep.leg(s, to).hours, 1.05F * level.leg(s, to).hours);
      EXPECT_NEAR(steep.leg(s, to).km, level.leg(s, to).km, 1e-2);
    }
  }
}

TEST(Travel, RoadsReplaceStraightLines) {
  const Row row = row_of(4);  // the fourth has no road to it
  const auto places = data::places_of(row.dataset, *row.land);
  geo::RoadLine about, alone;
  about.points = {places[0].at, {103.05, 21.3}, {103.25, 21.3}, places[2].at, places[1].at};
  about.way = geo::RoadClass::motorbike;
  alone.points = {places[3].at, {103.36, 21.051}};
  const geo::Roads roads(std::array{about, alone});
  TravelRule rule;
  rule.to_road_km = 5;
  const std::array starts{Start{UnitIndex(0U), Vehicle::motorbike},
                          Start{UnitIndex(0U), Vehicle::car}};
  const Travel travel = data::travel_of(row.dataset, *row.land, starts, rule, &roads);
  EXPECT_EQ(travel.by, Travel::By::roads);
  const double way = km(about.points[0], about.points[1]) + km(about.points[1], about.points[2]) +
                     km(about.points[2], about.points[3]);
  EXPECT_NEAR(travel.leg(0, UnitIndex(2U)).km, way, 1e-2);
  EXPECT_NEAR(travel.leg(0, UnitIndex(2U)).hours, way / 15, 1e-3);
  EXPECT_NEAR(travel.leg(1, UnitIndex(2U)).hours, way / 4, 1e-2) << "by car one walks there";
  EXPECT_FALSE(travel.leg(0, UnitIndex(3U)).reachable());
  EXPECT_NEAR(travel.leg(0, UnitIndex(0U)).km, places[0].spread_km * 1.6, 1e-3);
}

// The rule.

TEST(TravelRule, GoesThroughJson) {
  TravelRule rule = TravelRule::plains();
  rule.within_km = 80;
  EXPECT_EQ(data::travel_rule_of(data::json_of(rule)), rule);
  EXPECT_EQ(data::travel_rule_of("{}"), TravelRule{});
  EXPECT_EQ(data::travel_rule_of(R"({"terrain":"plains"})"), TravelRule::plains());
  const auto own = data::travel_rule_of(R"({"car_kmh":50,"terrain":"plains"})");
  EXPECT_EQ(own.car_kmh, 50);
  EXPECT_EQ(own.detour_car, TravelRule::plains().detour_car);
  for (const auto& n : data::travel_numbers()) {
    for (const TravelRule& standard : {TravelRule{}, TravelRule::plains()}) {
      EXPECT_GE(standard.*(n.value), n.least) << n.id;
      EXPECT_LE(standard.*(n.value), n.most) << n.id;
    }
  }
}

TEST(TravelRule, RefusesWhatIsNone) {
  for (const auto& [text, field] : {std::pair{"x", "travel_rule"},
                                    {"[]", "travel_rule"},
                                    {R"({"car_kmh":0})", "car_kmh"},
                                    {R"({"car_kmh":"30"})", "car_kmh"},
                                    {R"({"detour_car":0.5})", "detour_car"},
                                    {R"({"terrain":"moon"})", "terrain"},
                                    {R"({"fly_kmh":800})", "fly_kmh"}}) {
    try {
      data::travel_rule_of(text);
      ADD_FAILURE() << text;
    } catch (const geo::Error& e) {
      EXPECT_EQ(e.kind, geo::ErrorKind::usage);
      EXPECT_EQ(e.where, field);
      EXPECT_FALSE(e.remedy.id.empty());
    }
  }
}

// The cache.

void write_row(data::Workspace& workspace) {
  tiny::Import import(workspace, "boundaries");
  for (int i = 0; i < 3; ++i)
    import.today("0000" + std::to_string(i), "Xã " + std::to_string(i), 103 + 0.1 * i);
  import.done();
}

TEST(DbTravel, IsKeptUnderAllItWasMadeOfAndDamageIsNoticed) {
  auto workspace = data::Workspace::create(tiny::fresh("travel.phusong"));
  write_row(workspace);
  const auto dataset = workspace.load();
  const auto land = data::load_land(workspace);
  const std::array starts{Start{UnitIndex(0U)}, Start{UnitIndex(2U), Vehicle::car}};
  const fs::path cache = scratch::folder() / "travel_cache";
  const auto ask = [&] { return data::travel_of(workspace, *dataset, *land, starts, {}, cache); };
  const Travel first = ask();
  EXPECT_TRUE(first.leg(1, UnitIndex(0U)).reachable());
  const auto key = data::travel_key(data::places_of(*dataset, *land), starts, {}, {});
  const fs::path file = cache / key / "travel";
  ASSERT_TRUE(fs::exists(file));
  const auto bytes = fs::file_size(file);
  EXPECT_EQ(ask().legs, first.legs);

  // One bit of the last leg: the checksum tells, and it is made again.
  {
    std::fstream damage(file, std::ios::in | std::ios::out | std::ios::binary);
    damage.seekp(-1, std::ios::end);
    damage.put('\x7f');
  }
  EXPECT_EQ(ask().legs, first.legs);
  fs::resize_file(file, bytes / 2);
  EXPECT_EQ(ask().legs, first.legs);
  EXPECT_EQ(fs::file_size(file), bytes) << "written anew";

  // Another rule is another key, and another answer.
  TravelRule slow;
  slow.car_kmh = 10;
  data::keep_travel_rule(workspace, slow);
  EXPECT_GT(ask().leg(0, UnitIndex(2U)).hours, 2 * first.leg(0, UnitIndex(2U)).hours);
  EXPECT_NE(data::travel_key(data::places_of(*dataset, *land), starts, slow, {}), key);
}

TEST(DbTravel, WithoutACacheItGoesOn) {
  auto workspace = data::Workspace::create(tiny::fresh("travel.phusong"));
  write_row(workspace);
  const auto dataset = workspace.load();
  const auto land = data::load_land(workspace);
  const std::array starts{Start{UnitIndex(1U)}};
  const auto nowhere = data::travel_of(workspace, *dataset, *land, starts, {}, fs::path{});
  const fs::path taken = scratch::folder() / "taken";
  std::ofstream(taken) << "a file where the folder should be";
  const auto blocked = data::travel_of(workspace, *dataset, *land, starts, {}, taken);
  EXPECT_EQ(nowhere.legs, blocked.legs);
  // /dev/full takes no byte: a full disk.
  EXPECT_EQ(data::travel_of(workspace, *dataset, *land, starts, {}, "/dev/full").legs,
            blocked.legs);
}

}  // namespace
