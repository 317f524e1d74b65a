#include "render/page/paper.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/render/pdf_tools.hpp"

namespace {

using pdf_tools::Pdf;
using render::Paper;
using testing::HasSubstr;
using Style = Paper::Text::Style;

Paper paper() {
  Paper out;
  out.title = "Lịch ra quân";
  out.subject = "Tỉnh Thử";
  out.language = "vi";
  out.made = *geo::parse_date("2023-08-27");
  out.footer = "Nguồn: báo cáo tuần.csv";
  out.page_words = [](std::size_t page, std::size_t pages) {
    return "trang " + std::to_string(page) + "/" + std::to_string(pages);
  };
  return out;
}

Paper::Table table(std::size_t rows) {
  Paper::Table out;
  out.columns = {{"Xã", 3, false, true}, {"Dự kiến", 1, true, false}};
  for (std::size_t i = 0; i < rows; ++i)
    out.rows.push_back({"Xã Mường Nhé số " + std::to_string(i), std::to_string(1000 + i)});
  return out;
}

std::size_t count(const std::string& text, const std::string& word) {
  std::size_t n = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++n;
  return n;
}

#define NEEDS_POPPLER \
  if (!pdf_tools::have()) GTEST_SKIP() << "pdftotext and pdffonts (poppler-utils) are not here"

TEST(Paper, SaysWhatItWasGivenWithItsFontsInIt) {
  NEEDS_POPPLER;
  Paper p = paper();
  p.blocks = {Paper::Heading{"Điện Biên: nghiêng, ngã, hỏi, sắc, nặng", 0},
              Paper::Text{Style::body, "Trường hợp “ỷ lại” – 1.234,5 km ≥ 3"}, table(3)};
  const Pdf pdf(render::pdf_of(p));
  const std::string text = pdf.text();
  EXPECT_THAT(text, HasSubstr("Điện Biên: nghiêng, ngã, hỏi, sắc, nặng"));
  EXPECT_THAT(text, HasSubstr("“ỷ lại” – 1.234,5 km ≥ 3"));
  EXPECT_THAT(text, HasSubstr("Xã Mường Nhé số 2"));
  EXPECT_THAT(text, HasSubstr("1002"));
  EXPECT_THAT(text, HasSubstr("Nguồn: báo cáo tuần.csv"));
  EXPECT_THAT(text, HasSubstr("trang 1/1"));
  EXPECT_EQ(pdf.pages(), 1);
  EXPECT_EQ(pdf.fonts_missing(), "");
}

TEST(Paper, TablesBreakBetweenRowsUnderTheirHead) {
  NEEDS_POPPLER;
  Paper p = paper();
  p.warning = "DỮ LIỆU MẪU";
  p.blocks = {Paper::Heading{"Lịch", 0}, table(200)};
  const Pdf pdf(render::pdf_of(p));
  const int pages = pdf.pages();
  ASSERT_GT(pages, 3);
  std::size_t rows = 0;
  for (int page = 1; page <= pages; ++page) {
    const std::string text = pdf.text(page);
    EXPECT_EQ(count(text, "Dự kiến"), 1U) << page;
    EXPECT_EQ(count(text, "DỮ LIỆU MẪU"), 1U) << page;
    EXPECT_THAT(text, HasSubstr("trang " + std::to_string(page) + "/" + std::to_string(pages)));
    rows += count(text, "Xã Mường Nhé số");
  }
  EXPECT_EQ(rows, 200U);
}

TEST(Paper, HeadingsAreNeverLeftAtTheFootOfAPage) {
  NEEDS_POPPLER;
  for (std::size_t before = 30; before < 60; ++before) {
    Paper p = paper();
    p.page_words = {};
    p.footer = {};
    p.blocks = {table(before), Paper::Heading{"Cuối tuần sau", 1}, table(3)};
    const Pdf pdf(render::pdf_of(p));
    for (int page = 1; page <= pdf.pages(); ++page) {
      const std::string text = pdf.text(page);
      const auto heading = text.find("Cuối tuần sau");
      if (heading == std::string::npos) continue;
      EXPECT_NE(text.find("Xã Mường Nhé số 0", heading), std::string::npos) << before;
    }
  }
}

TEST(Paper, TheSamePaperGivesTheSameBytes) {
  Paper p = paper();
  p.blocks = {Paper::Heading{"Lịch", 0}, table(80)};
  Paper::Picture picture;
  picture.image = {40, 30, std::vector<std::uint8_t>(40 * 30 * 4, 120)};
  p.blocks.emplace_back(picture);
  const std::string bytes = render::pdf_of(p);
  EXPECT_TRUE(render::pdf_of(p) == bytes);
  EXPECT_NE(bytes.find("/CreationDate (20230827"), std::string::npos);
  EXPECT_NE(bytes.find("/ModDate (20230827"), std::string::npos);
  p.made = p.made + 1;
  EXPECT_FALSE(render::pdf_of(p) == bytes);
}

TEST(Paper, PicturesKeepTheirShape) {
  NEEDS_POPPLER;
  Paper p = paper();
  for (const auto& [w, h] : {std::pair{2000, 500}, std::pair{300, 3000}}) {
    Paper::Picture picture;
    picture.image = {w, h, std::vector<std::uint8_t>(static_cast<std::size_t>(w * h * 4), 200)};
    p.blocks.emplace_back(std::move(picture));
  }
  p.blocks.emplace_back(Paper::Picture{});  // none is none
  const Pdf pdf(render::pdf_of(p));
  const std::string images = pdf_tools::output_of("pdfimages -list '" + pdf.file.string() + "'");
  // Columns: page num type width height … x-ppi y-ppi
  EXPECT_THAT(images, testing::ContainsRegex(" 2000 +500 .* 282 +282 "));
  EXPECT_THAT(images, testing::ContainsRegex(" 300 +3000 .* 540 +540 "));
}

TEST(Paper, OddTextsDoNotStopThePress) {
  NEEDS_POPPLER;
  Paper p = paper();
  std::string endless;
  for (int i = 0; i < 4000; ++i) endless += "ế";
  Paper::Table odd = table(1);
  odd.rows.push_back({endless, "77"});
  odd.rows.push_back({"=1+1 @x 😀 \xff\x01", std::string("a\0b", 3)});
  odd.rows.push_back({});
  odd.rows.push_back({"cuối cùng", "99"});
  p.blocks = {Paper::Heading{endless, 0},
              Paper::Text{Style::body, ""},
              odd,
              Paper::Table{},
              Paper::Lines{"Ghi chú", 100},
              Paper::NewPage{},
              Paper::NewPage{}};
  const Pdf pdf(render::pdf_of(p));
  EXPECT_THAT(pdf.text(), HasSubstr("=1+1 @x"));
  EXPECT_THAT(pdf.text(), HasSubstr("cuối cùng"));
  EXPECT_THAT(pdf.text(), HasSubstr("99"));
  EXPECT_LE(pdf.pages(), 3);
  EXPECT_EQ(pdf_tools::output_of("pdftoppm -r 20 -png '" + pdf.file.string() + "' '" +
                                 (scratch::folder() / "odd").string() + "'"),
            "");
  p.blocks.clear();
  EXPECT_EQ(Pdf(render::pdf_of(p)).pages(), 1);
}

TEST(Paper, ContentsListTheHeadings) {
  Paper p = paper();
  p.blocks = {Paper::Heading{"Schedule", 0}, Paper::Heading{"Weekend one", 1},
              Paper::Heading{"not listed", 2, false}};
  const std::string bytes = render::pdf_of(p);
  EXPECT_NE(bytes.find("/Title (Schedule)"), std::string::npos);
  EXPECT_NE(bytes.find("/Title (Weekend one)"), std::string::npos);
  EXPECT_EQ(bytes.find("(not listed)"), std::string::npos);
}

TEST(Paper, CanBeCancelled) {
  Paper p = paper();
  p.blocks = {table(200)};
  geo::Progress progress{[](double share, const geo::Message&) { return share < 0.5; }};
  EXPECT_THROW(render::pdf_of(p, progress), geo::Cancelled);
}

}  // namespace
