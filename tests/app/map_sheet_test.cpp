#include "app/map_sheet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/picture.hpp"
#include "data/prepared_land.hpp"
#include "data/rank.hpp"
#include "data/workspace.hpp"
#include "render/map_layout.hpp"
#include "render/map_painter.hpp"
#include "render/offscreen.hpp"
#include "render/page/print.hpp"
#include "tests/app/program.hpp"
#include "tests/app/six_communes.hpp"
#include "tests/render/pdf_tools.hpp"
#include "tests/render/same_picture.hpp"

namespace {

using testing::HasSubstr;

geo::Box square(double x, double y, double side) {
  geo::Box box;
  box.add(geo::MapPoint{x, y});
  box.add(geo::MapPoint{x + side, y + side});
  return box;
}

/// Communes of a coast, an island near it and one in the open sea; metres.
struct Coast {
  data::Dataset dataset = six::communes();
  geo::Land land;
  Coast() {
    for (const double y : {0.0, 20e3, 40e3, 60e3}) land.boxes.push_back(square(0, y, 20e3));
    land.boxes.push_back(square(60e3, 30e3, 5e3));
    land.boxes.push_back(square(380e3, 30e3, 90e3));
    for (const geo::Box& box : land.boxes) land.bounds.add(box);
    dataset.communes[5].name = "Đảo Xa";
  }
};

TEST(FarIslands, StandInFramesOfTheirOwn) {
  const Coast coast;
  const app::FarIslands found = app::far_islands(coast.dataset, coast.land, {});
  ASSERT_EQ(found.insets.size(), 1U);
  EXPECT_EQ(found.insets[0].name, "Đảo Xa");
  EXPECT_EQ(found.insets[0].box, coast.land.boxes[5]);
  EXPECT_EQ(found.box.max.x, 65e3) << "the near island stays on the map";
}

TEST(FarIslands, AreNoneWhereTheLandIsAsWideAsTheSea) {
  Coast coast;
  coast.land.boxes[0] = square(0, -900e3, 20e3);
  coast.land.boxes[1] = square(0, -900e3, 900e3);
  const app::FarIslands found = app::far_islands(coast.dataset, coast.land, {});
  EXPECT_TRUE(found.insets.empty());
  EXPECT_EQ(found.box.max.x, 900e3);
}

TEST(FarIslands, AloneAreNotFar) {
  const Coast coast;
  const std::vector<geo::UnitIndex> only = {geo::UnitIndex(std::size_t{5})};
  const app::FarIslands found = app::far_islands(coast.dataset, coast.land, only);
  EXPECT_TRUE(found.insets.empty());
  EXPECT_EQ(found.box, coast.land.boxes[5]);
}

/// The review of a workspace and a briefing of it, both painters at one size.
void expect_same(const std::string& file, const std::string& within, int width, int height,
                 const char* name) {
  data::Workspace workspace = data::Workspace::open_for_reading(file);
  const auto dataset = workspace.load();
  auto land = data::load_land(workspace);
  app::View view;
  if (!within.empty()) view.within = data::communes_within(*dataset, within);
  const app::Figures f = app::figures(*dataset, view, {nullptr, &land->neighbours, nullptr});
  for (const auto theme : {app::PictureTheme::review, app::PictureTheme::briefing}) {
    app::Picture picture = app::make_picture(*dataset, land, f, view, theme);
    land = data::complete_land(workspace, land, app::least_pixel(picture.box, width, height));
    picture.frame.land = land;
    const render::OffscreenContext context;
    render::MapPainter painter;
    painter.draw_page(picture.frame, picture.box, width, height);
    const render::Image gl = painter.read_back();
    render::Glyphs glyphs(render::find_fonts());
    render::SheetLayout laid =
        render::lay_out_sheet(picture.frame, picture.box, width, height, glyphs);
    render::furnish_map(picture.frame, laid.camera, glyphs, laid.page);
    std::vector<render::PixelRect> texts;
    for (const auto& text : laid.page.texts) texts.push_back(text.box);
    for (const auto& label : painter.placed_labels()) {
      texts.push_back({laid.page.map.x + label.x - 3, laid.page.map.y + label.y - 3,
                       label.width + 6, label.height + 6});
    }
    const render::Image page = render::print_image(picture.frame, picture.box, width, height);
    const test::Alike alike = test::compare(gl, page, texts, laid.page.map);
    EXPECT_GT(alike.compared, 0.4) << name;
    EXPECT_LT(alike.different, 0.01) << name;
    if (testing::Test::HasFailure()) test::keep(gl, page, texts, name);
  }
}

TEST(E2eGlAndPage, DrawTheSampleProvinceAlike) {
  const program::Folder folder;
  const std::string w = folder / "sample.phusong";
  ASSERT_EQ(program::run({"sample", w, "--seed", "7"}).status, 0);
  expect_same(w, "", 1920, 1080, "same_sample");
  expect_same(w, "", 1123, 1588, "same_sample_upright");
}

TEST(E2eGlAndPage, DrawDienBienAlike) {
  const std::filesystem::path shared = PHUSONG_SHARED_DATA;
  if (!std::filesystem::exists(shared / "boundaries/dien_bien.gpkg"))
    GTEST_SKIP() << "no boundaries of Điện Biên in " << shared;
  const program::Folder folder;
  const std::string w = folder / "dien_bien.phusong";
  const std::string tables = (shared / "dien_bien").string() + "/";
  const auto import = [&](std::vector<std::string> what) {
    what.insert(what.begin(), "import");
    what.insert(what.end(), {"-w", w});
    const program::Ran ran = program::run(what);
    ASSERT_LE(ran.status, 1) << ran.err;
  };
  import({"boundaries", (shared / "boundaries/dien_bien.gpkg").string()});
  import({"crosswalk", (shared / "units/crosswalk_2023_2025.csv").string()});
  import({"table", tables + "settlements.csv", "--as", "settlements"});
  import({"table", tables + "weekly_reports_2023.csv", "--as", "reports"});
  import({"table", tables + "targets.csv", "--as", "targets"});
  expect_same(w, "", 1920, 1080, "same_dien_bien");
  expect_same(w, "Huyện Mường Nhé", 1123, 794, "same_muong_nhe");
}

class E2eSheet : public testing::Test {
 protected:
  void SetUp() override {
    if (!pdf_tools::have()) GTEST_SKIP() << "pdftotext and pdffonts (poppler-utils) are not here";
    ASSERT_EQ(program::run({"sample", w_, "--seed", "7"}).status, 0);
  }
  pdf_tools::Pdf drawn(const std::string& name, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"render", "-w", w_, folder_ / name};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const program::Ran ran = program::run(arguments);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return pdf_tools::Pdf(std::filesystem::path(folder_ / name));
  }
  program::Folder folder_;
  std::string w_ = folder_ / "sample.phusong";
};

TEST_F(E2eSheet, APictureIsAlsoLines) {
  const pdf_tools::Pdf pdf = drawn("map.pdf", {"--size", "1600x900"});
  EXPECT_EQ(pdf.pages(), 1);
  EXPECT_EQ(pdf.fonts_missing(), "");
  const std::string info = pdf_tools::output_of("pdfinfo '" + pdf.file.string() + "'");
  EXPECT_THAT(info, HasSubstr("1200 x 675 pts"));
  EXPECT_THAT(pdf.text(), HasSubstr("DỮ LIỆU MẪU"));
  EXPECT_THAT(pdf.text(), HasSubstr("RÀO CẢN"));
  drawn("map.svg");
  EXPECT_THAT(program::slurp(folder_ / "map.svg"), HasSubstr("</svg>"));
  drawn("again.pdf", {"--size", "1600x900"});
  EXPECT_TRUE(program::slurp(folder_ / "map.pdf") == program::slurp(folder_ / "again.pdf"));
}

TEST_F(E2eSheet, ASheetHasItsMapItsTableAndItsMarks) {
  data::Workspace workspace = data::Workspace::open_for_reading(w_);
  const auto dataset = workspace.load();
  const pdf_tools::Pdf pdf = drawn("sheet.pdf", {"--paper", "A4"});
  ASSERT_GT(pdf.pages(), 1);
  EXPECT_EQ(pdf.fonts_missing(), "");
  const std::string first = pdf.text(1), all = pdf.text();
  EXPECT_THAT(first, HasSubstr("trang 1/" + std::to_string(pdf.pages())));
  EXPECT_THAT(first, HasSubstr("DỮ LIỆU MẪU"));
  EXPECT_THAT(first, HasSubstr("VN-2000"));
  const app::Figures f = app::figures(*dataset, app::View{});
  for (std::size_t i = 0; i < dataset->communes.size(); ++i) {
    EXPECT_THAT(all, HasSubstr(dataset->communes[i].full_name));
    if (f.gaps[i].shortfall) {
      EXPECT_THAT(all,
                  HasSubstr(app::number(app::Language::vietnamese, f.gaps[i].shortfall->value)));
    }
  }
  const auto size_of = [](const pdf_tools::Pdf& of) {
    return pdf_tools::output_of("pdfinfo '" + of.file.string() + "'");
  };
  EXPECT_THAT(size_of(pdf), HasSubstr("841.89 x 595.28 pts (A4)"));
  const pdf_tools::Pdf upright =
      drawn("upright.pdf", {"--paper", "A3", "--orientation", "portrait"});
  EXPECT_THAT(size_of(upright), HasSubstr("841.89 x 1190.55 pts (A3)"));
}

TEST_F(E2eSheet, ASheetAsAPictureHasThreeHundredDotsAnInch) {
  drawn("sheet.png", {"--paper", "A4"});
  const render::Image image = render::read_png(folder_ / "sheet.png");
  EXPECT_EQ(image.width, 3508);
  EXPECT_EQ(image.height, 2480);
  const std::string bytes = program::slurp(folder_ / "sheet.png");
  const auto at = bytes.find("pHYs");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(bytes.substr(at + 4, 4), std::string("\0\0\x2e\x23", 4));  // 11,811 a metre
}

}  // namespace
