// Who may include what: the drawing of the house (docs/house.md), held to the sources.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/house/sources.hpp"

namespace {

const std::map<std::string, std::set<std::string>> rooms = {
    {"assets", {"assets"}},
    {"geo", {"geo"}},
    {"data", {"data", "geo", "assets"}},
    {"render", {"render", "geo", "assets"}},
    {"app", {"app", "data", "render", "geo", "assets"}},
};

/// The headers of a library, and the only files that may include them.
struct Fence {
  std::string library;
  std::regex headers;
  std::regex files;
};

const std::vector<Fence> fences = {
    {"GDAL", std::regex("(gdal|ogr|cpl_).*"),
     std::regex("geo/\\w+_file\\.cpp|data/(table|geopackage)_file\\.cpp")},
    {"PROJ", std::regex("proj\\.h|proj/.*"), std::regex("geo/crs\\.cpp")},
    {"GEOS", std::regex("geos.*"), std::regex("geo/\\w+\\.cpp")},
    {"GLU", std::regex("GL/glu\\.h"), std::regex("geo/triangulate\\.cpp")},
    {"SQLite", std::regex("(sqlite3|spatialite).*"), std::regex("data/(database|backup)\\.cpp")},
    {"OpenSSL", std::regex("openssl/.*"), std::regex("data/seal\\.cpp")},
    {"libxlsxwriter", std::regex("xlsxwriter.*"), std::regex("data/xlsx_file\\.cpp")},
    {"CBC", std::regex("(coin/)?(Cbc|Cgl|Clp|Coin|Osi).*\\.h(pp)?"),
     std::regex("app/solver_main\\.cpp")},
    {"PostgreSQL", std::regex("libpq.*|postgresql/.*"), std::regex("data/\\w+\\.cpp")},
    {"OpenGL", std::regex("(epoxy|EGL|GLES\\d?)/.*|GL/(?!glu\\.h).*"), std::regex("render/gl/.*")},
    {"Cairo and Pango", std::regex("(cairo|pango).*"), std::regex("render/page/.*")},
    {"Dear ImGui and GLFW", std::regex("(backends/)?imgui.*|imstb.*|GLFW/.*"),
     std::regex("app/(window|panels)/.*")},
};

std::string room_of(const std::string& path) { return path.substr(0, path.find('/')); }

/// What is wrong with this file including this header; empty when nothing is.
std::string complaint(const std::string& file, const std::string& header) {
  const std::string target = room_of(header);
  const bool ours =
      header.find('/') != std::string::npos && (rooms.contains(target) || target == "tests");
  if (ours) {
    const auto allowed = rooms.find(room_of(file));
    if (allowed == rooms.end()) return {};  // tests may see everything
    return allowed->second.contains(target) ? "" : allowed->first + " may not see " + target;
  }
  bool fenced = false;
  for (const Fence& fence : fences) {
    if (!std::regex_match(header, fence.headers)) continue;
    if (!std::regex_match(file, fence.files)) return "outside the fence of " + fence.library;
    fenced = true;
  }
  const bool standard = header.find_first_of("./") == std::string::npos;
  const bool behind_a_fence =
      fenced && file.find('/') != file.rfind('/');  // render/gl, app/window…
  if (file.ends_with(".hpp") && rooms.contains(room_of(file)) && !standard && !behind_a_fence) {
    return "a header shows a library";
  }
  return {};
}

TEST(HouseFences, EveryIncludeKeepsToTheDrawing) {
  const auto files = house::sources({"assets", "geo", "data", "render", "app"});
  ASSERT_GT(files.size(), 50U);
  for (const house::Source& file : files) {
    for (const house::Include& include : house::includes(file.text)) {
      const std::string wrong = complaint(file.path, include.name);
      EXPECT_TRUE(wrong.empty()) << file.path << ':' << include.line << ": " << include.name << ": "
                                 << wrong;
    }
  }
}

TEST(HouseFences, TheRulesSeeWhatTheyForbid) {
  EXPECT_NE(complaint("geo/land.cpp", "data/workspace.hpp"), "");
  EXPECT_NE(complaint("render/palette.cpp", "data/gaps.hpp"), "");
  EXPECT_NE(complaint("data/gaps.cpp", "app/language.hpp"), "");
  EXPECT_NE(complaint("app/view.cpp", "tests/house/sources.hpp"), "");
  EXPECT_NE(complaint("geo/land.cpp", "ogrsf_frmts.h"), "");
  EXPECT_NE(complaint("data/workspace.cpp", "sqlite3.h"), "");
  EXPECT_NE(complaint("data/merge.cpp", "openssl/evp.h"), "");
  EXPECT_NE(complaint("app/window/window.cpp", "epoxy/gl.h"), "");
  EXPECT_NE(complaint("app/view.cpp", "imgui.h"), "");
  EXPECT_NE(complaint("geo/crs.hpp", "proj.h"), "");
  EXPECT_NE(complaint("app/language.hpp", "nlohmann/json.hpp"), "");
  EXPECT_NE(complaint("data/mip_solve.cpp", "Cbc_C_Interface.h"), "");
  EXPECT_NE(complaint("app/main.cpp", "coin/CbcModel.hpp"), "");

  EXPECT_EQ(complaint("app/view.cpp", "render/frame.hpp"), "");
  EXPECT_EQ(complaint("geo/vector_file.cpp", "ogrsf_frmts.h"), "");
  EXPECT_EQ(complaint("geo/triangulate.cpp", "GL/glu.h"), "");
  EXPECT_EQ(complaint("app/solver_main.cpp", "Cbc_C_Interface.h"), "");
  EXPECT_EQ(complaint("render/gl/handles.hpp", "epoxy/gl.h"), "");
  EXPECT_EQ(complaint("app/language.cpp", "nlohmann/json.hpp"), "");
  EXPECT_EQ(complaint("geo/land.hpp", "vector"), "");
  EXPECT_EQ(complaint("tests/geo/land_test.cpp", "data/workspace.hpp"), "");
}

// "Sources under about 400 lines, headers most under 100": beyond these the file holds two things.
TEST(HouseSizes, NoFileHoldsTwoThings) {
  for (const house::Source& file : house::sources({"assets", "geo", "data", "render", "app"})) {
    const auto lines = std::ranges::count(file.text, '\n');
    EXPECT_LE(lines, file.path.ends_with(".hpp") ? 160 : 450) << file.path;
  }
}

}  // namespace
