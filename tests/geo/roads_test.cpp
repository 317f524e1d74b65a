#include "geo/roads.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "geo/crs.hpp"
#include "geo/error.hpp"
#include "geo/road_ways.hpp"
#include "tests/geo/files_by_hand.hpp"

namespace {

using geo::LonLat;
using geo::RoadClass;
using geo::RoadLine;
using geo::RoadPace;
using geo::Roads;
using geo::RoadWays;

RoadLine line(std::vector<LonLat> points, RoadClass way = RoadClass::car, float speed = 0) {
  RoadLine out;
  out.points = std::move(points);
  out.way = way;
  out.speed_kmh = speed;
  return out;
}

double km(LonLat a, LonLat b) { return geo::geodesic_distance(a, b).value / 1000; }

/// 103°, 21° and so many hundredths of a degree from there.
LonLat at(double x, double y) { return {103 + x / 100, 21 + y / 100}; }

std::vector<std::string> ids(const geo::Issues& issues) {
  std::vector<std::string> out;
  for (const auto& issue : issues) out.push_back(issue.message.id);
  return out;
}

TEST(Roads, MeetWhereAVertexIsSharedAndNotWhereTheyOnlyCross) {
  // A long road with a vertex in its middle; one that starts at that vertex (off by a few
  // millimetres); one that crosses without a vertex: a bridge.
  const Roads roads(std::vector{line({at(0, 0), at(2, 0), at(4, 0)}),
                                line({{103.02 + 4e-8, 21}, at(2, 2)}),
                                line({at(3, -1), at(3, 1)})});
  EXPECT_EQ(roads.edges().size(), 4U) << "the long road is cut where the other one comes in";
  EXPECT_EQ(roads.junctions(), 6U);
  ASSERT_EQ(roads.pieces().size(), 2U);
  EXPECT_NEAR(roads.pieces()[1].km, km(at(3, -1), at(3, 1)), 1e-3);
  const auto told = roads.told_pieces();
  EXPECT_THAT(ids(told), testing::ElementsAre("geo.road_pieces", "geo.road_piece"));
  EXPECT_TRUE(told[1].at.has_value());
  EXPECT_EQ(std::get<std::int64_t>(told[0].message.args[0]), 1);
}

TEST(Roads, TwoCentimetresApartIsNotTheSame) {
  const Roads roads(std::vector{line({at(0, 0), at(2, 0)}), line({{103.02 + 3e-7, 21}, at(4, 0)})});
  EXPECT_EQ(roads.pieces().size(), 2U);
}

TEST(Roads, KnownWaysOnAGridOfStreets) {
  // Two ways from west to east: straight by a footpath, or about by a road for cars.
  const LonLat west = at(0, 0), east = at(4, 0), bend_a = at(0, 2), bend_b = at(4, 2);
  const Roads roads(std::vector{line({west, east}, RoadClass::foot),
                                line({west, bend_a, bend_b, east}, RoadClass::car)});
  const std::vector places{west, east};
  RoadPace pace;
  pace.kmh = {40, 15, 4};
  const auto about = RoadWays(roads, places, pace).from(0);
  const double road = km(west, bend_a) + km(bend_a, bend_b) + km(bend_b, east);
  EXPECT_NEAR(about[1].km, road, 1e-4);
  EXPECT_NEAR(about[1].hours, road / 40, 1e-5);
  pace.walks = {true, true, true};
  const auto straight = RoadWays(roads, places, pace).from(0);
  EXPECT_NEAR(straight[1].km, km(west, east), 1e-4);
  EXPECT_NEAR(straight[1].hours, km(west, east) / 4, 1e-4);
}

TEST(Roads, SpeedsOfTheLayerCountUpToTheMost) {
  const std::vector places{at(0, 0), at(4, 0)};
  RoadPace pace;
  pace.kmh[0] = 30;
  pace.most_kmh[0] = 50;
  const double way = km(places[0], places[1]);
  for (const auto& [given, used] : {std::pair{0.F, 30.}, {20.F, 20.}, {90.F, 50.}}) {
    const Roads roads(std::vector{line({places[0], places[1]}, RoadClass::car, given)});
    EXPECT_NEAR(RoadWays(roads, places, pace).from(0)[1].hours, way / used, 1e-5) << given;
  }
}

TEST(Roads, PlacesWalkToTheNearestRoad) {
  const Roads roads(std::vector{line({at(0, 0), at(4, 0)})});
  const std::vector places{at(1, 0.5), at(3, -1), at(2, 40)};
  RoadPace pace;
  pace.kmh[0] = 30;
  pace.foot_kmh = 5;
  pace.foot_detour = 1.5;
  pace.to_road_km = 10;
  const RoadWays ways(roads, places, pace);
  EXPECT_THAT(ways.cut_off(), testing::ElementsAre(false, false, true));
  const auto found = ways.from(0);
  const double walk = 1.5 * (km(places[0], at(1, 0)) + km(places[1], at(3, 0)));
  EXPECT_NEAR(found[1].km, walk + km(at(1, 0), at(3, 0)), 2e-3);
  EXPECT_NEAR(found[1].hours, walk / 5 + km(at(1, 0), at(3, 0)) / 30, 1e-3);
  EXPECT_EQ(found[0].hours, 0);
  EXPECT_FALSE(found[2].reachable()) << "44 km from any road";
  EXPECT_FALSE(ways.from(2)[0].reachable());
}

TEST(Roads, ANearRoadThatLeadsNowhereIsNoTrap) {
  // 100 m away a stub on its own; 1 km away the road that all others are on.
  const Roads roads(std::vector{line({at(0, 0), at(9, 0)}), line({at(1, 0.9), at(1.2, 0.9)})});
  const std::vector places{at(1, 1), at(8, 0)};
  const auto accesses = roads.near(places[0], 10);
  ASSERT_EQ(accesses.size(), 2U);
  EXPECT_LT(accesses[0].walk_km, accesses[1].walk_km);
  EXPECT_TRUE(RoadWays(roads, places, {}).from(0)[1].reachable());
}

TEST(Roads, UnconnectedPartsAreOutOfReach) {
  const Roads roads(std::vector{line({at(0, 0), at(1, 0)}), line({at(300, 0), at(301, 0)})});
  const std::vector places{at(0, 0), at(301, 0)};
  const RoadWays ways(roads, places, {});
  EXPECT_FALSE(ways.from(0)[1].reachable());
  EXPECT_FALSE(ways.from(1)[0].reachable());
}

TEST(Roads, LooseEndsAreJoinedWithinTheTolerance) {
  constexpr double metre = 1 / 111'000.0;
  const std::vector lines{line({at(0, 0), at(4, 0)}),
                          line({{103.02, 21 + 0.6 * metre}, at(2, 2)}),  // meets it halfway
                          line({{103.04 + 0.6 * metre, 21}, at(6, 0)}),  // goes on from its end
                          line({{103.01, 21 + 5 * metre}, at(1, 2)})};   // too far
  auto joined = lines;
  geo::Issues issues;
  geo::join_loose_ends(joined, 1, issues);
  ASSERT_THAT(ids(issues), testing::ElementsAre("geo.road_ends_joined"));
  EXPECT_EQ(std::get<std::int64_t>(issues[0].message.args[0]), 2);
  EXPECT_EQ(Roads(lines).pieces().size(), 4U);
  EXPECT_EQ(Roads(joined).pieces().size(), 2U);
  auto untouched = lines;
  geo::join_loose_ends(untouched, 0, issues);
  EXPECT_EQ(untouched, lines);
  geo::join_loose_ends(joined, 1, issues);
  EXPECT_EQ(issues.size(), 1U) << "nothing is left to join";
}

TEST(Roads, WordsAndSpeeds) {
  const auto way = [](const char* word) { return geo::road_word(word).value().way; };
  EXPECT_EQ(way("primary_link"), RoadClass::car);
  EXPECT_EQ(way("Quốc lộ"), RoadClass::car);
  EXPECT_EQ(way("track_grade4"), RoadClass::motorbike);
  EXPECT_EQ(way("Xe máy"), RoadClass::motorbike);
  EXPECT_EQ(way("Đường mòn"), RoadClass::foot);
  EXPECT_FALSE(geo::road_word("proposed")->road);
  EXPECT_FALSE(geo::road_word("gì đó").has_value());
  EXPECT_FLOAT_EQ(geo::speed_of("50"), 50);
  EXPECT_FLOAT_EQ(geo::speed_of("30 mph"), 48.28032F);
  EXPECT_FLOAT_EQ(geo::speed_of("VN:60"), 60);
  for (const char* none : {"", "none", "-5", "0", "1e30", "nan", "9999"})
    EXPECT_EQ(geo::speed_of(none), 0) << none;
}

/// Streets between random points; some of several pieces.
struct RandomNet {
  std::vector<LonLat> nodes;
  std::vector<RoadLine> lines;
};
RandomNet random_net(std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> where(0, 20);
  std::uniform_int_distribution<int> way(0, 2), speed(0, 3);
  RandomNet net;
  const std::size_t n = 4 + random() % 12;
  for (std::size_t i = 0; i < n; ++i) net.nodes.push_back(at(where(random), where(random)));
  const std::size_t m = n / 2 + random() % n;
  for (std::size_t i = 0; i < m; ++i) {
    RoadLine l;
    l.way = static_cast<RoadClass>(way(random));
    l.speed_kmh = static_cast<float>(20 * speed(random));
    for (std::size_t k = 2 + random() % 3; k > 0; --k) l.points.push_back(net.nodes[random() % n]);
    net.lines.push_back(l);
  }
  return net;
}

TEST(Roads, FloydAndWarshallFindTheSameOnRandomNets) {
  RoadPace pace;
  pace.to_road_km = 0.001;  // only places that lie on a road
  constexpr double never = std::numeric_limits<double>::infinity();
  std::size_t compared = 0, apart = 0;
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    const RandomNet net = random_net(seed);
    const std::size_t n = net.nodes.size();
    std::vector<double> hours(n * n, never);
    for (std::size_t i = 0; i < n; ++i) hours[i * n + i] = 0;
    std::vector<bool> on_road(n);
    const auto index = [&](LonLat p) {
      return static_cast<std::size_t>(std::find(net.nodes.begin(), net.nodes.end(), p) -
                                      net.nodes.begin());
    };
    for (const RoadLine& l : net.lines) {
      const auto c = static_cast<std::size_t>(l.way);
      const double speed = l.way == RoadClass::foot ? pace.foot_kmh
                           : l.speed_kmh > 0 ? std::min<double>(l.speed_kmh, pace.most_kmh[c])
                                             : pace.kmh[c];
      for (std::size_t k = 1; k < l.points.size(); ++k) {
        const std::size_t a = index(l.points[k - 1]), b = index(l.points[k]);
        if (a == b) continue;
        on_road[a] = on_road[b] = true;
        const double h = km(net.nodes[a], net.nodes[b]) / speed;
        hours[a * n + b] = std::min(hours[a * n + b], h);
        hours[b * n + a] = std::min(hours[b * n + a], h);
      }
    }
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
          hours[i * n + j] = std::min(hours[i * n + j], hours[i * n + k] + hours[k * n + j]);
    const Roads roads(net.lines);
    const RoadWays ways(roads, net.nodes, pace);
    for (std::size_t i = 0; i < n; ++i) {
      const auto from = ways.from(i);
      for (std::size_t j = 0; j < n; ++j) {
        if (!on_road[i] || !on_road[j]) continue;
        ++compared;
        apart += hours[i * n + j] == never;
        if (hours[i * n + j] == never) {
          EXPECT_FALSE(from[j].reachable()) << seed;
        } else {
          EXPECT_NEAR(from[j].hours, hours[i * n + j], 1e-5 * (1 + hours[i * n + j])) << seed;
        }
      }
    }
  }
  EXPECT_GT(compared, 3000U);
  EXPECT_GT(apart, 100U) << "some nets must be in pieces";
}

TEST(Roads, WaysAreSymmetricAndNoThirdPlaceIsAShortCut) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    const RandomNet net = random_net(1000 + seed);
    const Roads roads(net.lines);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> where(0, 20);
    std::vector<LonLat> places;
    for (int i = 0; i < 8; ++i) places.push_back(at(where(random), where(random)));
    const RoadWays ways(roads, places, {});
    std::vector<std::vector<geo::RoadWay>> all;
    for (std::size_t i = 0; i < places.size(); ++i) all.push_back(ways.from(i));
    for (std::size_t i = 0; i < places.size(); ++i) {
      EXPECT_EQ(all[i][i].hours, 0);
      for (std::size_t j = 0; j < places.size(); ++j) {
        if (!all[i][j].reachable()) {
          EXPECT_FALSE(all[j][i].reachable());
          continue;
        }
        EXPECT_NEAR(all[i][j].hours, all[j][i].hours, 1e-9);
        EXPECT_GE(all[i][j].km, km(places[i], places[j]) * (1 - 1e-4));
        for (std::size_t k = 0; k < places.size(); ++k)
          EXPECT_LE(all[i][j].hours, all[i][k].hours + all[k][j].hours + 1e-9) << seed;
      }
    }
    // Asking for some answers the same for them.
    std::vector<bool> wanted(places.size());
    wanted[3] = wanted[5] = true;
    const auto some = ways.from(0, wanted);
    for (const std::size_t j : {3U, 5U}) EXPECT_EQ(some[j].hours, all[0][j].hours);
  }
}

// Files.

std::string road_json(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}
std::string feature(const std::string& properties, const std::string& geometry) {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}

TEST(RoadsFile, ReadsClassesAndSpeedsAndTellsWhatItLeftOut) {
  const files::TempFolder folder;
  const auto file = folder.write(
      "đường.geojson",
      road_json(
          feature(R"({"highway":"primary","maxspeed":"60"})",
                  R"({"type":"LineString","coordinates":[[103,21],[103.1,21]]})") +
          "," +
          feature(
              R"({"highway":"track","maxspeed":null})",
              R"({"type":"MultiLineString","coordinates":[[[103,21],[103,21.1]],[[103.1,21],[103.1,21.1]]]})") +
          "," +
          feature(R"({"highway":"lạ","maxspeed":"nhanh"})",
                  R"({"type":"LineString","coordinates":[[103,21.1],[103.1,21.1]]})") +
          "," +
          feature(R"({"highway":"proposed"})",
                  R"({"type":"LineString","coordinates":[[103,21.1],[103.2,21.1]]})") +
          "," + feature(R"({"highway":"primary"})", R"({"type":"Point","coordinates":[103,21]})") +
          "," +
          feature(R"({"highway":"path"})",
                  R"({"type":"LineString","coordinates":[[103,21],[109,21]]})")));
  const auto roads = geo::read_roads(file, {});
  ASSERT_EQ(roads.lines.size(), 4U);
  EXPECT_EQ(roads.lines[0].way, RoadClass::car);
  EXPECT_EQ(roads.lines[0].speed_kmh, 60);
  EXPECT_EQ(roads.lines[1].way, RoadClass::motorbike);
  EXPECT_EQ(roads.lines[1].row, roads.lines[2].row);
  EXPECT_EQ(roads.lines[3].way, RoadClass::car);
  EXPECT_EQ(roads.lines[3].speed_kmh, 0);
  EXPECT_THAT(ids(roads.issues),
              testing::UnorderedElementsAre("geo.not_lines", "geo.road_not_open",
                                            "geo.road_class_unknown", "geo.road_jumps"));
  geo::RoadOptions only;
  only.where = "highway = 'track'";
  EXPECT_EQ(geo::read_roads(file, only).lines.size(), 2U);
}

geo::Error refusal(const std::filesystem::path& file, const geo::RoadOptions& options = {}) {
  try {
    geo::read_roads(file, options);
  } catch (const geo::Error& e) {
    EXPECT_FALSE(e.remedy.id.empty());
    EXPECT_FALSE(e.where.empty());
    return e;
  }
  ADD_FAILURE() << "was read: " << file;
  return geo::Error(geo::ErrorKind::internal, {}, "", {});
}

TEST(RoadsFile, RefusesWhatIsNoRoadLayer) {
  const files::TempFolder folder;
  const auto good = folder.write(
      "r.geojson",
      road_json(
          feature(R"({"a":"b"})", R"({"type":"LineString","coordinates":[[103,21],[103.1,21]]})")));
  EXPECT_EQ(geo::read_roads(good, {}).issues.at(0).message.id, "geo.road_class_missing");
  geo::RoadOptions options;
  options.class_column = "loại";
  EXPECT_EQ(refusal(good, options).message.id, "geo.no_such_column");
  options = {};
  options.layer = "khác";
  EXPECT_EQ(refusal(good, options).message.id, "geo.no_such_layer");
  options = {};
  options.where = "1 = = 2";
  EXPECT_EQ(refusal(good, options).message.id, "geo.where_wrong");
  EXPECT_EQ(refusal("/vsicurl/http://a.b/c.geojson").message.id, "geo.not_on_this_computer");
  EXPECT_EQ(refusal("khong_co.gpkg").message.id, "geo.file_missing");
  EXPECT_EQ(refusal(folder.write("x.gpkg", std::string(500, 'x'))).message.id, "geo.cannot_open");
  EXPECT_EQ(refusal(folder.write("x.vrt", "<OGRVRTDataSource/>")).message.id, "geo.format_unknown");
  // A virtual layer under an honest name would read any file on the computer.
  EXPECT_EQ(refusal(folder.write("v.geojson",
                                 "<OGRVRTDataSource><OGRVRTLayer name=\"a\"/>"
                                 "</OGRVRTDataSource>"))
                .message.id,
            "geo.cannot_open");
  EXPECT_EQ(
      refusal(folder.write("p.geojson",
                           road_json(feature("{}", R"({"type":"Point","coordinates":[1,2]})"))))
          .message.id,
      "geo.no_lines");
  const std::string whole =
      road_json(feature("{}", R"({"type":"LineString","coordinates":[[103,21],[103.1,21]]})"));
  EXPECT_EQ(refusal(folder.write("half.geojson", whole.substr(0, whole.size() / 2))).kind,
            geo::ErrorKind::io);
}

}  // namespace
