#include "geo/elevation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>

#include "geo/crs.hpp"
#include "geo/error.hpp"
#include "geo/road_ways.hpp"
#include "tests/geo/files_by_hand.hpp"

namespace {

using geo::Elevation;
using geo::ElevationGrid;
using geo::LonLat;
constexpr std::int16_t unknown = ElevationGrid::unknown;

ElevationGrid grid(std::size_t columns, std::size_t rows, std::vector<std::int16_t> cells) {
  return {{103, 21}, {104, 22}, columns, rows, std::move(cells)};
}

TEST(Elevation, IsBilinearBetweenCentresAndGoesOnToTheEdges) {
  const Elevation e(grid(2, 2, {100, 200, 300, 400}));  // centres at 103.25, 103.75; 21.75, 21.25
  EXPECT_DOUBLE_EQ(e.at({103.25, 21.75}).value(), 100);
  EXPECT_DOUBLE_EQ(e.at({103.75, 21.25}).value(), 400);
  EXPECT_DOUBLE_EQ(e.at({103.5, 21.5}).value(), 250);
  EXPECT_NEAR(e.at({103.35, 21.75}).value(), 120, 1e-9);
  EXPECT_DOUBLE_EQ(e.at({103, 22}).value(), 100) << "the outermost cells go on to the edge";
  EXPECT_FALSE(e.at({102.999, 21.5}).has_value());
  EXPECT_FALSE(e.at({103.5, 22.001}).has_value());
}

TEST(Elevation, HolesAreUnknownUnlessTheKnownCornersWeighHalf) {
  const Elevation e(grid(2, 2, {100, unknown, 300, unknown}));
  EXPECT_DOUBLE_EQ(e.at({103.25, 21.5}).value(), 200);
  EXPECT_DOUBLE_EQ(e.at({103.45, 21.5}).value(), 200) << "six tenths of the weight are known";
  EXPECT_FALSE(e.at({103.55, 21.5}).has_value());
  EXPECT_FALSE(e.at({103.75, 21.75}).has_value());
}

TEST(Elevation, RefusesWhatIsNoGrid) {
  EXPECT_THROW(Elevation(grid(2, 2, {1, 2, 3})), geo::Error);
  EXPECT_THROW(Elevation(grid(0, 0, {})), geo::Error);
  EXPECT_THROW(Elevation(grid(SIZE_MAX, 2, {1, 2})), geo::Error);
  EXPECT_THROW(Elevation({{104, 21}, {103, 22}, 1, 1, {1}}), geo::Error);
  EXPECT_THROW(Elevation({{NAN, 21}, {103, 22}, 1, 1, {1}}), geo::Error);
}

TEST(Slopes, ToblersWalkerIsFastestGentlyDownhill) {
  EXPECT_DOUBLE_EQ(geo::tobler(0), 1);
  EXPECT_NEAR(geo::tobler(-0.05), std::exp(-0.175), 1e-12);
  EXPECT_GT(geo::tobler(0.1), 1);
  EXPECT_GT(geo::tobler(0.2), geo::tobler(0.1));
  EXPECT_GT(geo::tobler(-0.3), 1) << "steeply downhill is slow";
  EXPECT_TRUE(std::isfinite(geo::tobler(1e300)));
}

/// Rises evenly to the north: 0 m in the south, so many in the north of one degree.
Elevation ramp(std::int16_t metres) {
  std::vector<std::int16_t> cells;
  for (int row = 0; row < 101; ++row)
    cells.push_back(static_cast<std::int16_t>(std::lround(metres * (1 - row / 100.0))));
  return Elevation({{103, 21 - 0.005}, {104, 22 + 0.005}, 1, 101, std::move(cells)});
}

TEST(Slopes, AClimbIsCountedAndSlowsButNeverSpeeds) {
  const LonLat low{103.5, 21.2}, high{103.5, 21.3};
  const std::array up{low, high}, down{high, low};
  const double km = geo::geodesic_distance(low, high).value / 1000;
  const auto even = geo::slopes_of(up, nullptr);
  EXPECT_NEAR(even.km, km, 1e-6);
  EXPECT_EQ(even.climb_m, 0);
  EXPECT_EQ(even.foot_km, even.km);
  const Elevation flat = ramp(0);
  EXPECT_NEAR(geo::slopes_of(up, &flat).foot_km, km, 1e-9);
  double before = km;
  for (const std::int16_t rise : std::to_array<std::int16_t>({1000, 3000, 10000, 30000})) {
    const Elevation e = ramp(rise);
    const auto there = geo::slopes_of(up, &e), back = geo::slopes_of(down, &e);
    EXPECT_NEAR(there.climb_m, rise / 10.0, rise * 1e-4 + 0.1);
    EXPECT_NEAR(there.km, km, 1e-6);
    EXPECT_GT(there.foot_km, before);
    EXPECT_NEAR(there.foot_km, back.foot_km, 1e-3 * there.foot_km);
    before = there.foot_km;
  }
  // The same climb on a longer way is less steep.
  const Elevation e = ramp(10000);
  const auto winding = geo::slopes_of(up, &e, 2);
  EXPECT_NEAR(winding.km, 2 * km, 1e-6);
  EXPECT_NEAR(winding.climb_m, 1000, 2);
  EXPECT_LT(winding.foot_km / winding.km, geo::slopes_of(up, &e).foot_km / km);
}

TEST(Slopes, OverAHoleTheWayIsEven) {
  std::vector<std::int16_t> cells(100, 0);
  for (std::size_t i = 40; i < 60; ++i) cells[i] = unknown;
  for (std::size_t i = 0; i < 40; ++i) cells[i] = 500;  // the north, 500 m higher
  const Elevation e({{103, 21}, {104, 22}, 1, 100, std::move(cells)});
  const std::array way{LonLat{103.5, 21.1}, LonLat{103.5, 21.9}};
  const auto slopes = geo::slopes_of(way, &e);
  EXPECT_NEAR(slopes.climb_m, 500, 1e-9);
  EXPECT_GT(slopes.foot_km, slopes.km);
  EXPECT_LT(slopes.foot_km, slopes.km * 1.02) << "500 m over 22 km";
  const std::array nowhere{LonLat{90, 10}, LonLat{90.5, 10}};
  EXPECT_NEAR(geo::slopes_of(nowhere, &e).foot_km, geo::slopes_of(nowhere, nullptr).km, 1e-9);
}

TEST(Slopes, RoadsUphillAreSlowerForAllAndNeverFasterThanFlat) {
  geo::RoadLine line;
  line.points = {{103.5, 21.2}, {103.5, 21.25}, {103.6, 21.3}};
  const std::vector lines{line};
  const std::vector places{line.points.front(), line.points.back()};
  geo::RoadPace drive, walk;
  drive.motor_climb = walk.motor_climb = 5;
  walk.walks = {true, true, true};
  for (const auto& pace : {drive, walk}) {
    const geo::Roads flat(lines);
    const double even = geo::RoadWays(flat, places, pace).from(0)[1].hours;
    for (const std::int16_t rise : std::to_array<std::int16_t>({0, 500, 5000})) {
      const Elevation e = ramp(rise);
      const geo::Roads roads(lines, &e);
      const geo::RoadWays ways(roads, places, pace, &e);
      EXPECT_GE(ways.from(0)[1].hours, even * (1 - 1e-6));
      EXPECT_NEAR(ways.from(0)[1].hours, ways.from(1)[0].hours, 1e-9);
      if (rise > 0) {
        EXPECT_GT(ways.from(0)[1].hours, even * 1.00001);
      }
      EXPECT_NEAR(ways.from(0)[1].km, geo::RoadWays(flat, places, pace).from(0)[1].km, 1e-6);
    }
  }
}

// Files: Esri ASCII grids are text, so that a test can write one.

std::string ascii(int columns, int rows, double west, double south, double cell,
                  const std::string& cells, const std::string& hole = "-9999") {
  return "ncols " + std::to_string(columns) + "\nnrows " + std::to_string(rows) + "\nxllcorner " +
         std::to_string(west) + "\nyllcorner " + std::to_string(south) + "\ncellsize " +
         std::to_string(cell) + "\nNODATA_value " + hole + "\n" + cells;
}

geo::Error refusal(const std::filesystem::path& file) {
  try {
    geo::read_elevation(file, {103, 21}, {104, 22});
  } catch (const geo::Error& e) {
    EXPECT_FALSE(e.remedy.id.empty());
    EXPECT_FALSE(e.where.empty());
    return e;
  }
  ADD_FAILURE() << "was read: " << file;
  return geo::Error(geo::ErrorKind::internal, {}, "", {});
}

std::vector<std::string> ids(const geo::Issues& issues) {
  std::vector<std::string> out;
  for (const auto& issue : issues) out.push_back(issue.message.id);
  return out;
}

TEST(ElevationFile, KeepsCellsAndHolesWhereTheyAre) {
  const files::TempFolder folder;
  const auto file =
      folder.write("a.asc", ascii(4, 2, 103, 21, 0.5, "10 20 30 40\n-9999 60 70 80\n"));
  const auto read = geo::read_elevation(file, {103, 21}, {104, 22});
  EXPECT_EQ(read.grid.columns, 2U);
  EXPECT_EQ(read.grid.rows, 2U);
  EXPECT_EQ(read.grid.min, (LonLat{103, 21}));
  EXPECT_EQ(read.grid.max, (LonLat{104, 22}));
  EXPECT_EQ(read.grid.cells, (std::vector<std::int16_t>{10, 20, unknown, 60}));
  EXPECT_THAT(ids(read.issues),
              testing::UnorderedElementsAre("geo.crs_assumed", "geo.elevation_holes"));
}

TEST(ElevationFile, IsAveragedDownToWhatMayBe) {
  const files::TempFolder folder;
  std::string cells;
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) cells += std::to_string(100 * (x / 32) + x % 2) + " ";
    cells += "\n";
  }
  const auto file = folder.write("a.asc", ascii(64, 64, 103, 21, 1.0 / 64, cells));
  const auto read = geo::read_elevation(file, {102, 20}, {105, 23}, {}, 64);
  EXPECT_LE(read.grid.columns * read.grid.rows, 64U);
  EXPECT_EQ(read.grid.columns, 8U);
  const Elevation e(read.grid);
  EXPECT_NEAR(e.at({103.1, 21.5}).value(), 0.5, 0.51) << "whole metres";
  EXPECT_NEAR(e.at({103.9, 21.5}).value(), 100.5, 0.51);
  EXPECT_THAT(ids(read.issues), testing::Contains("geo.elevation_reduced"));
}

TEST(ElevationFile, WildNumbersAreUnknown) {
  const files::TempFolder folder;
  const auto file = folder.write("a.asc", ascii(2, 1, 103, 21, 0.5, "10 30000\n"));
  const auto read = geo::read_elevation(file, {103, 21}, {104, 22});
  EXPECT_THAT(read.grid.cells, testing::ElementsAre(10, unknown));
  EXPECT_THAT(ids(read.issues), testing::Contains("geo.elevation_wild"));
}

TEST(ElevationFile, RefusesWhatIsNoRasterHere) {
  const files::TempFolder folder;
  EXPECT_EQ(refusal("/vsicurl/http://a.b/c.tif").message.id, "geo.not_on_this_computer");
  EXPECT_EQ(refusal("khong_co.tif").message.id, "geo.file_missing");
  EXPECT_EQ(refusal(folder.write("a.vrt", "<VRTDataset/>")).message.id, "geo.elevation_format");
  EXPECT_EQ(refusal(folder.write("b.tif", "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"/>"))
                .message.id,
            "geo.cannot_open");
  EXPECT_EQ(refusal(folder.write("c.tif", std::string(4000, 'x'))).message.id, "geo.cannot_open");
  EXPECT_EQ(refusal(folder.write("far.asc", ascii(1, 1, 10, 10, 0.5, "1\n"))).message.id,
            "geo.elevation_elsewhere");
  EXPECT_EQ(refusal(folder.write("empty.asc", ascii(1, 1, 103, 21, 1, "-9999\n"))).message.id,
            "geo.elevation_nothing");
  EXPECT_EQ(refusal(folder.write("metres.asc", ascii(1, 1, 400000, 2300000, 30, "1\n"))).message.id,
            "geo.elevation_no_crs");
  EXPECT_EQ(
      refusal(folder.write("huge.asc", ascii(2000000000, 2000000000, 103, 21, 1e-9, "1\n"))).kind,
      geo::ErrorKind::io);
  EXPECT_EQ(refusal(folder.write("short.asc", ascii(40, 40, 103, 21, 0.025, "1 2 3\n"))).kind,
            geo::ErrorKind::io);
}

}  // namespace
