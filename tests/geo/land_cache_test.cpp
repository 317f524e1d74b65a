#include "geo/land_cache.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <thread>

#include "geo/error.hpp"
#include "geo/land_image.hpp"
#include "geo/random.hpp"
#include "geo/sample_land.hpp"
#include "tests/geo/files_by_hand.hpp"
#include "tests/geo/small_lands.hpp"

#ifndef _WIN32
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#endif

namespace {

namespace fs = std::filesystem;
using geo::Borders;
using geo::Land;
using geo::LevelMesh;
using geo::SharedBytes;

const std::string key(32, 'k');

SharedBytes shared(std::vector<std::byte> bytes) {
  auto own = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
  return {*own, own};
}

template <class T>
bool same(std::span<const T> a, std::span<const T> b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

bool same(const LevelMesh& a, const LevelMesh& b) {
  return a.tolerance == b.tolerance && same(a.blocks, b.blocks) && same(a.vertices, b.vertices) &&
         same(a.indices, b.indices) && same(a.lines, b.lines) && same(a.units, b.units) &&
         same(a.runs, b.runs) && same(a.sides, b.sides);
}

bool same(const Borders& a, const Borders& b) {
  return same(a.points, b.points) && same(a.arc_first, b.arc_first) && same(a.sides, b.sides) &&
         same(a.ranks, b.ranks) && same(a.weights, b.weights) && same(a.rings, b.rings) &&
         same(a.unit_first, b.unit_first) && same(a.steps, b.steps) && same(a.parents, b.parents) &&
         same(a.stretches, b.stretches) && same(a.stretch_first, b.stretch_first);
}

bool same(const Land& a, const Land& b) {
  return a.crs == b.crs && a.bounds == b.bounds && a.boxes == b.boxes &&
         a.neighbours == b.neighbours && a.labels.size() == b.labels.size() &&
         std::equal(a.labels.begin(), a.labels.end(), b.labels.begin(),
                    [](auto& x, auto& y) { return x.point == y.point && x.radius == y.radius; });
}

struct Made {
  std::vector<geo::GeoShape> shapes = geo::make_sample_land(12, 21).communes;
  std::vector<geo::Parents> parents = std::vector<geo::Parents>(12, geo::Parents{1, 1});
  std::shared_ptr<const Borders> borders =
      std::make_shared<const Borders>(geo::build_borders(shapes, parents));
  std::shared_ptr<const Land> land = geo::land_of(borders, geo::map_crs(9205));
  LevelMesh mesh = geo::build_level(*borders, *land->projection, 60);
};

/// All that is done with what was read: nothing of it may crash, whatever the coordinates.
void use(const Borders& read) {
  const auto borders = std::make_shared<const Borders>(read);
  for (std::uint32_t u = 0; u < borders->units(); ++u) geo::shape_of(*borders, u, 100);
  const geo::HitIndex hits(borders);
  geo::Random random(1);
  for (int i = 0; i < 50; ++i) hits.unit_at({102 + 2 * random.share(), 20 + 2 * random.share()});
  try {
    geo::build_level(*borders, geo::map_crs(9205), 60);
  } catch (const geo::Error&) {  // a point that is nowhere on the map
  }
}

void use(const LevelMesh& read, const Land& land) {
  const auto coarse = std::make_shared<Land>(land);
  coarse->hits = nullptr;
  const auto with = geo::with_mesh(*coarse, read);
  for (const auto& label : land.labels) geo::unit_at(*with, label.point);
  geo::Box box = land.bounds;
  box.max = box.centre();
  geo::units_in(*with, box);
  std::uint64_t sum = 0;
  for (const auto& block : read.blocks) {
    for (const std::uint32_t i : read.indices.subspan(block.indices.first, block.indices.count)) {
      sum += read.vertices[block.vertices.first + i].unit;
    }
    for (const auto& line : block.lines) {
      for (const auto& v : read.lines.subspan(line.first, line.count))
        sum += read.sides[v.arc].left;
    }
  }
  EXPECT_GT(sum, 0U);
}

TEST(LandImage, GivesBackWhatWentIn) {
  const Made made;
  const auto borders = geo::borders_from(shared(geo::image_of(*made.borders, key).bytes()), key);
  ASSERT_TRUE(borders);
  EXPECT_TRUE(same(*borders, *made.borders));
  const auto level = geo::level_from(shared(geo::image_of(made.mesh, key).bytes()), key, 12);
  ASSERT_TRUE(level);
  EXPECT_TRUE(same(*level, made.mesh));
  EXPECT_NE(level->id, made.mesh.id);
  const auto land = geo::land_from(shared(geo::tables_of(*made.land, key).bytes(true)), key);
  ASSERT_TRUE(land);
  EXPECT_TRUE(same(*land, *made.land));
  EXPECT_FALSE(land->hits);
  // Of nothing, too.
  const Borders none = geo::build_borders({}, {});
  EXPECT_TRUE(geo::borders_from(shared(geo::image_of(none, key).bytes()), key));
  EXPECT_TRUE(geo::level_from(
      shared(geo::image_of(geo::build_level(none, geo::map_crs(9205), 0), key).bytes()), key, 0));
}

TEST(LandImage, IsReadWhereverItLies) {
  const Made made;
  const auto bytes = geo::image_of(made.mesh, key).bytes();
  auto moved = std::make_shared<std::vector<std::byte>>(bytes.size() + 8);
  for (std::size_t offset : {1U, 3U, 4U}) {  // as a database may hand them out
    std::copy(bytes.begin(), bytes.end(), moved->begin() + static_cast<std::ptrdiff_t>(offset));
    const auto level =
        geo::level_from({std::span(*moved).subspan(offset, bytes.size()), moved}, key, 12);
    ASSERT_TRUE(level);
    EXPECT_TRUE(same(*level, made.mesh));
  }
}

TEST(LandImage, OfAnotherKeyKindOrLandIsForeign) {
  const Made made;
  const auto level = shared(geo::image_of(made.mesh, key).bytes());
  EXPECT_FALSE(geo::level_from(level, std::string(32, 'x'), 12));
  EXPECT_FALSE(geo::level_from(level, key, 5));  // fewer units than the mesh speaks of
  EXPECT_FALSE(geo::borders_from(level, key));
  EXPECT_FALSE(geo::land_from(level, key));
  EXPECT_FALSE(geo::level_from({}, key, 12));
}

TEST(LandImage, NoDamageGetsPast) {
  const Made made;
  geo::Random random(4);
  const auto flipped = [&](std::vector<std::byte> bytes, std::size_t at) {
    bytes[at] ^= static_cast<std::byte>(1U << random.below(8));
    return shared(std::move(bytes));
  };
  const auto cut = [](std::vector<std::byte> bytes, std::size_t size) {
    bytes.resize(size);
    return shared(std::move(bytes));
  };
  const auto tables = geo::tables_of(*made.land, key).bytes(true);
  const auto level = geo::image_of(made.mesh, key).bytes();
  const auto borders = geo::image_of(*made.borders, key).bytes();
  constexpr std::size_t head = 72;  // and 16 for each section
  int refused = 0;
  for (std::size_t at = 0; at < tables.size(); ++at) {
    const auto land = geo::land_from(flipped(tables, at), key);
    EXPECT_TRUE(!land || same(*land, *made.land)) << at;  // between sections
    refused += land ? 0 : 1;
  }
  EXPECT_GT(refused, static_cast<int>(tables.size()) - 6 * 8);
  for (std::size_t at = 0; at < head + 8 * 16; ++at) {
    EXPECT_FALSE(geo::level_from(flipped(level, at), key, 12)) << at;
  }
  for (std::size_t at = 0; at < head + 11 * 16; ++at) {
    EXPECT_FALSE(geo::borders_from(flipped(borders, at), key)) << at;
  }
  for (int i = 0; i < 600; ++i) {
    const auto at = random.below(static_cast<std::uint32_t>(level.size()));
    if (const auto read = geo::level_from(flipped(level, at), key, 12)) use(*read, *made.land);
  }
  for (int i = 0; i < 60; ++i) {
    // Every second one in the arrays behind the points, which lead from one to the other.
    const auto points = static_cast<std::uint32_t>(made.borders->points.size_bytes());
    const auto from = i % 2 == 0 ? 0U : points;
    const auto at = from + random.below(static_cast<std::uint32_t>(borders.size()) - from);
    if (const auto read = geo::borders_from(flipped(borders, at), key)) use(*read);
  }
  for (std::size_t size = 0; size < level.size(); size += 1 + size / 9) {
    EXPECT_FALSE(geo::level_from(cut(level, size), key, 12)) << size;
    EXPECT_FALSE(geo::borders_from(cut(borders, size), key)) << size;
    EXPECT_FALSE(geo::land_from(cut(tables, std::min(size, tables.size() - 1)), key)) << size;
  }
  auto longer = level;
  longer.resize(level.size() + 8);
  EXPECT_FALSE(geo::level_from(shared(longer), key, 12));
}

TEST(LandImage, IndicesThatLeadOutsideAreRefused) {
  const Made made;
  const auto level_with = [&](auto change) {
    LevelMesh m = made.mesh;
    std::vector<LevelMesh::Block> blocks(m.blocks.begin(), m.blocks.end());
    std::vector<std::uint32_t> indices(m.indices.begin(), m.indices.end());
    std::vector<LevelMesh::Vertex> vertices(m.vertices.begin(), m.vertices.end());
    std::vector<LevelMesh::LineVertex> lines(m.lines.begin(), m.lines.end());
    std::vector<LevelMesh::UnitPart> units(m.units.begin(), m.units.end());
    std::vector<LevelMesh::ArcRun> runs(m.runs.begin(), m.runs.end());
    change(blocks, indices, vertices, lines, units, runs);
    m.blocks = blocks;
    m.indices = indices;
    m.vertices = vertices;
    m.lines = lines;
    m.units = units;
    m.runs = runs;
    return geo::level_from(shared(geo::image_of(m, key).bytes()), key, 12).has_value();
  };
  EXPECT_TRUE(level_with([](auto&, auto&, auto&, auto&, auto&, auto&) {}));
  EXPECT_FALSE(level_with(
      [](auto& b, auto& i, auto&, auto&, auto&, auto&) { i.back() = b.back().vertices.count; }));
  EXPECT_FALSE(level_with([](auto&, auto&, auto& v, auto&, auto&, auto&) { v.back().unit = 12; }));
  EXPECT_FALSE(level_with([](auto&, auto&, auto&, auto& l, auto&, auto&) { l[1].arc = 1u << 30; }));
  EXPECT_FALSE(level_with([](auto&, auto&, auto&, auto&, auto& u, auto&) { u[0].unit = 12; }));
  EXPECT_FALSE(
      level_with([](auto&, auto&, auto&, auto&, auto& u, auto&) { u[0].indices.count += 3; }));
  EXPECT_FALSE(
      level_with([](auto&, auto&, auto&, auto&, auto&, auto& r) { r[0].lines.first = 7; }));
  EXPECT_FALSE(
      level_with([](auto&, auto&, auto&, auto&, auto&, auto& r) { r.back().lines.count += 1; }));
  EXPECT_FALSE(
      level_with([](auto& b, auto&, auto&, auto&, auto&, auto&) { b[0].vertices.count -= 1; }));
  EXPECT_FALSE(level_with(
      [](auto& b, auto&, auto&, auto&, auto&, auto&) { b[0].lines[2].count = UINT32_MAX; }));
}

TEST(LandKey, IsTheContents) {
  const Made made;
  const geo::MapCrs crs = geo::map_crs(9205);
  const std::string is = geo::land_key(made.shapes, made.parents, crs);
  EXPECT_EQ(is.size(), 32U);
  EXPECT_EQ(geo::land_key(made.shapes, made.parents, crs), is);
  EXPECT_NE(geo::land_key(made.shapes, {}, crs), is);
  EXPECT_NE(geo::land_key(made.shapes, made.parents, geo::map_crs(3405)), is);
  auto shapes = made.shapes;
  shapes[7][0].outer[3].lat = std::nextafter(shapes[7][0].outer[3].lat, 90);
  EXPECT_NE(geo::land_key(shapes, made.parents, crs), is);
  shapes = made.shapes;
  std::swap(shapes[0], shapes[1]);
  EXPECT_NE(geo::land_key(shapes, made.parents, crs), is);
  // Where a ring ends and the next begins counts.
  const geo::Ring<geo::LonLat> a{{1, 1}, {2, 1}, {2, 2}}, b{{5, 5}, {6, 5}, {6, 6}};
  geo::Ring<geo::LonLat> both = a;
  both.insert(both.end(), b.begin(), b.end());
  const std::vector<geo::GeoShape> hole{{{a, {b}}}}, two{{{a, {}}, {b, {}}}}, one{{{both, {}}}};
  EXPECT_NE(geo::land_key(hole, {}, crs), geo::land_key(two, {}, crs));
  EXPECT_NE(geo::land_key(hole, {}, crs), geo::land_key(one, {}, crs));
}

void put_all(const geo::LandCache& cache, const Made& made) {
  EXPECT_FALSE(cache.put_tables(key, *made.land));
  EXPECT_FALSE(cache.put_level(key, 4, made.mesh));
  EXPECT_FALSE(cache.put_borders(key, *made.borders));
}

TEST(LandCache, AnswersWithWhatWasPut) {
  const Made made;
  const files::TempFolder temp;
  const geo::LandCache cache(temp.path());
  EXPECT_FALSE(cache.tables(key));
  EXPECT_FALSE(cache.level(key, 4, 12));
  EXPECT_FALSE(cache.borders(key));
  put_all(cache, made);
  EXPECT_TRUE(same(*cache.tables(key), *made.land));
  EXPECT_TRUE(same(*cache.level(key, 4, 12), made.mesh));
  EXPECT_TRUE(same(*cache.borders(key), *made.borders));
  EXPECT_FALSE(cache.level(key, 3, 12));
  EXPECT_FALSE(cache.tables(std::string(32, 'x')));
  // What is mapped stays when it goes from the folder.
  const auto level = cache.level(key, 4, 12);
  fs::remove_all(temp.path() / key);
  EXPECT_TRUE(same(*level, made.mesh));
  EXPECT_FALSE(cache.level(key, 4, 12));
}

TEST(LandCache, ADamagedFileIsMadeAgain) {
  const Made made;
  const files::TempFolder temp;
  const geo::LandCache cache(temp.path());
  put_all(cache, made);
  for (const char* name : {"tables", "level-4", "borders"}) {
    fs::resize_file(temp.path() / key / name, fs::file_size(temp.path() / key / name) / 2);
  }
  EXPECT_FALSE(cache.tables(key));
  EXPECT_FALSE(cache.level(key, 4, 12));
  EXPECT_FALSE(cache.borders(key));
  put_all(cache, made);
  EXPECT_TRUE(same(*cache.tables(key), *made.land));
  EXPECT_TRUE(same(*cache.level(key, 4, 12), made.mesh));
}

TEST(LandCache, WithoutAPlaceItGoesOn) {
  const Made made;
  const geo::LandCache nowhere{fs::path{}};
  EXPECT_EQ(nowhere.put_tables(key, *made.land)->id, "geo.cache_nowhere");
  EXPECT_FALSE(nowhere.tables(key));
  EXPECT_FALSE(nowhere.level(key, 0, 12));
  EXPECT_FALSE(nowhere.borders(key));
}

TEST(LandCache, KeepsToItsLimit) {
  const Made made;
  const files::TempFolder temp;
  const geo::LandCache cache(temp.path(), 1);
  const std::string other(32, 'o');
  EXPECT_FALSE(cache.put_tables(other, *made.land));
  EXPECT_TRUE(cache.tables(other));  // never the one in use
  EXPECT_FALSE(cache.put_tables(key, *made.land));
  EXPECT_TRUE(cache.tables(key));
  EXPECT_FALSE(cache.tables(other));
}

#ifndef _WIN32
/// In processes of their own: two build, one looks on, and one has no room on its disk.
TEST(LandCache, SeveralProgramsAtOnce) {
  const Made made;
  const files::TempFolder temp;
  const auto child = [](auto work) {
    const pid_t process = ::fork();
    if (process == 0) ::_exit(work());
    return process;
  };
  const auto builder = [&] {
    const geo::LandCache cache(temp.path());
    for (int i = 0; i < 30; ++i) {
      if (cache.put_tables(key, *made.land) || cache.put_borders(key, *made.borders)) return 1;
    }
    return 0;
  };
  const auto onlooker = [&] {
    const geo::LandCache cache(temp.path());
    for (int i = 0; i < 200; ++i) {
      const auto land = cache.tables(key);
      if (land && !same(*land, *made.land)) return 2;
      const auto borders = cache.borders(key);
      if (borders && !same(*borders, *made.borders)) return 3;
    }
    return 0;
  };
  const auto without_room = [&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1000, 1000};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 4;
    const geo::LandCache cache(temp.path());
    for (int i = 0; i < 10; ++i) {
      const auto why = cache.put_borders(key, *made.borders);
      if (!why || why->id != "geo.cache_not_written") return 5;
    }
    return 0;
  };
  const std::vector<pid_t> children{child(builder), child(builder), child(onlooker),
                                    child(without_room)};
  for (const pid_t process : children) {
    int status = 0;
    ::waitpid(process, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
  }
  const geo::LandCache cache(temp.path());
  EXPECT_TRUE(same(*cache.tables(key), *made.land));
  EXPECT_TRUE(same(*cache.borders(key), *made.borders));
  for (const auto& file : fs::directory_iterator(temp.path() / key)) {
    EXPECT_NE(file.path().extension(), ".part");
  }
}
#endif

}  // namespace
