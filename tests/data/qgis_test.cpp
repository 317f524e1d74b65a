#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>

#include "data/gaps.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

#ifndef _WIN32

/// A Python that has QGIS; "" when there is none.
std::string python_with_qgis() {
  // The system's own first: another Python in front of it does not see Debian's packages.
  for (const char* python : {"/usr/bin/python3", "python3"})
    if (std::system((std::string(python) + " -c 'import qgis.core' 2>/dev/null").c_str()) == 0)
      return python;
  return {};
}

std::string output_of(const std::string& command) {
  struct Close {
    void operator()(FILE* pipe) const { pclose(pipe); }
  };
  const std::unique_ptr<FILE, Close> pipe(popen(command.c_str(), "r"));
  std::string out;
  std::array<char, 256> buffer{};
  while (fgets(buffer.data(), static_cast<int>(buffer.size()), pipe.get()) != nullptr)
    out += buffer.data();
  return out;
}

TEST(E2eQgis, SeesTheCommunesAndTheSameShortfall) {
  const std::string python = python_with_qgis();
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

  // The workspace stays open here, as it would be on a desk with both programs.
  std::istringstream seen(output_of("QT_QPA_PLATFORM=offscreen " + python +
                                    " " PHUSONG_SOURCE_DIR "/tests/data/qgis_reads.py '" +
                                    file.string() + "' 2>/dev/null"));
  int communes = 0, with_shape = 0, settlements = 0;
  double shortfall = 0;
  ASSERT_TRUE(seen >> communes >> with_shape >> shortfall >> settlements);
  EXPECT_EQ(communes, 45);
  EXPECT_EQ(with_shape, 45);
  EXPECT_EQ(settlements, 45);
  EXPECT_GT(shortfall, 0);
  EXPECT_NEAR(shortfall, all.shortfall->value, 1e-6);
}

#endif

}  // namespace
