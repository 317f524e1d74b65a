#include <gtest/gtest.h>

#include <sstream>

#include "data/gaps.hpp"
#include "tests/data/qgis.hpp"
#include "tests/data/real_province.hpp"
#include "tests/data/tiny_workspace.hpp"
#include "tests/data/version_one.hpp"

namespace {

#ifndef _WIN32

struct Seen {
  int communes = 0, with_shape = 0, settlements = 0;
  double shortfall = 0;
};

/// The workspace may be open here meanwhile, as on a desk with both programs.
Seen seen_by_qgis(const std::string& python, const std::filesystem::path& file) {
  std::istringstream out(qgis::answer(python, "qgis_reads.py", file.string()));
  Seen seen;
  out >> seen.communes >> seen.with_shape >> seen.shortfall >> seen.settlements;
  EXPECT_TRUE(out) << "QGIS did not answer";
  return seen;
}

TEST(E2eQgis, SeesTheCommunesAndTheSameShortfall) {
  const std::string python = qgis::python();
  if (python.empty()) GTEST_SKIP() << "python3-qgis is not installed";

  const auto file = tiny::fresh("qgis.sqlite");
  data::Workspace workspace = data::Workspace::create(file);
  {
    tiny::Import import(workspace, "boundaries", "grid.gpkg");
    const auto province = import.unit("11", "province");
    import.target(province, 0.6);
    for (int i = 0; i < 45; ++i) {
      const auto commune = import.today("031" + std::to_string(10 + i), "Xã " + std::to_string(i),
                                        102 + 0.1 * i, province);
      import.settlement("S" + std::to_string(i), commune, {}, 100);
      if (i % 9 != 0) import.report(commune, "2023-08-27", 1000 + 7 * i, 13 * i);
    }
    import.done();
  }
  const auto dataset = workspace.load();
  const auto all =
      data::total(data::gaps(*dataset, data::Indicator::activation_l2, dataset->dates.back()));

  const Seen seen = seen_by_qgis(python, file);
  EXPECT_EQ(seen.communes, 45);
  EXPECT_EQ(seen.with_shape, 45);
  EXPECT_EQ(seen.settlements, 45);
  EXPECT_GT(seen.shortfall, 0);
  EXPECT_NEAR(seen.shortfall, all.shortfall->value, 1e-6);
}

TEST(E2eQgis, SeesAnOldWorkspaceThatWasBroughtUpToDate) {
  const std::string python = qgis::python();
  if (python.empty()) GTEST_SKIP() << "python3-qgis is not installed";
  const auto file = tiny::fresh("qgis_version_one.sqlite");
  version_one::write(file);
  data::Workspace::open(file);
  const Seen seen = seen_by_qgis(python, file);
  EXPECT_EQ(seen.communes, 3);
  EXPECT_EQ(seen.with_shape, 3);
  EXPECT_EQ(seen.settlements, 3);
  EXPECT_EQ(seen.shortfall, 120);
}

TEST(E2eQgis, SeesTheRealProvinceAsWeDo) {
  if (!real::is_there()) GTEST_SKIP() << real::missing;
  using Kind = data::ImportKind;
  auto workspace =
      real::province("qgis_real.sqlite", {Kind::boundaries, Kind::crosswalk, Kind::settlements,
                                          Kind::teams, Kind::reports, Kind::targets});
  const auto dataset = workspace.load();
  const geo::Date at = geo::parse_date("2023-08-27").value();
  const auto gaps = data::gaps(*dataset, data::Indicator::activation_l2, at);
  const data::Gap all = data::total(gaps);
  ASSERT_TRUE(all.eligible && all.shortfall);
  // Sums of the input files, and districts' own targets: 85% in Điện Biên Phủ, 60% elsewhere.
  EXPECT_EQ(all.eligible->value, 482096);
  EXPECT_EQ(all.reached->value, 127305);
  EXPECT_NEAR(all.shortfall->value, 178129.85, 1e-6);
  for (std::size_t c = 0; c < dataset->communes.size(); ++c) {
    if (dataset->communes[c].code.text != "03160") continue;
    EXPECT_EQ(gaps[c].eligible->value, 17513);
    EXPECT_EQ(gaps[c].reached->value, 3285);
    EXPECT_NEAR(gaps[c].shortfall->value, 7222.8, 1e-9);
  }

  const std::string python = qgis::python();
  if (python.empty()) GTEST_SKIP() << "python3-qgis is not installed";
  const Seen seen = seen_by_qgis(python, workspace.file());
  EXPECT_EQ(seen.communes, 45);
  EXPECT_EQ(seen.with_shape, 45);
  EXPECT_EQ(seen.settlements, 1403);
  EXPECT_NEAR(seen.shortfall, all.shortfall->value, 1e-6);
}

#endif

}  // namespace
