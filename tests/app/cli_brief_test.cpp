// The briefing by command line: drafted, told and handed out; held to what `rank` says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "data/table_file.hpp"
#include "render/image.hpp"
#include "tests/app/program.hpp"
#include "tests/render/pdf_tools.hpp"

namespace fs = std::filesystem;
using nlohmann::json;
using pdf_tools::Pdf;
using program::Folder;
using program::Ran;
using program::run;
using testing::AllOf;
using testing::HasSubstr;

namespace {

class E2eBrief : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"sample", w_, "--communes", "20", "--weeks", "9"}).status, 0);
    ASSERT_EQ(brief({"--draft", "--name", "Họp"}).status, 0);
  }
  Ran brief(std::vector<std::string> more) const {
    std::vector<std::string> all = {"brief", "-w", w_};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }
  json told() const {
    const Ran ran = brief({"--list", "--name", "Họp", "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    return json::parse(ran.out);
  }

  Folder folder_;
  std::string w_ = folder_ / "w.sqlite";
};

/// Whatever the lines are broken into.
std::string words_of(const std::string& text) {
  std::istringstream all(text);
  std::string out;
  for (std::string word; all >> word;) out += word + ' ';
  return out;
}

}  // namespace

TEST_F(E2eBrief, IsHandedOutAPagePerSceneAsOnScreenAndTheSameTwice) {
  const json scenes = told()["scenes"];
  ASSERT_GE(scenes.size(), 3U);
  const std::string pdf = folder_ / "a.pdf", again = folder_ / "b.pdf";
  ASSERT_EQ(brief({"--export", pdf}).status, 0);
  ASSERT_EQ(brief({"--export", again}).status, 0);
  EXPECT_EQ(program::slurp(pdf), program::slurp(again));
  if (!pdf_tools::have()) GTEST_SKIP() << "pdftotext and pdffonts (poppler-utils) are not here";
  const Pdf paper{fs::path(pdf)};
  ASSERT_EQ(paper.pages(), static_cast<int>(scenes.size()));
  EXPECT_EQ(paper.fonts_missing(), "");
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    const std::string page =
        words_of(pdf_tools::output_of("pdftotext -f " + std::to_string(i + 1) + " -l " +
                                      std::to_string(i + 1) + " '" + pdf + "' -"));
    EXPECT_THAT(page, HasSubstr(scenes[i]["headline"].get<std::string>()));
    std::string close = page;  // whether a space is one depends on the version of pdftotext
    std::erase(close, ' ');
    EXPECT_THAT(close, HasSubstr(std::to_string(i + 1) + "/" + std::to_string(scenes.size())));
    EXPECT_THAT(page, HasSubstr("DỮ LIỆU MẪU")) << "made-up data says so on every page";
  }
}

TEST_F(E2eBrief, AFolderGetsAPicturePerSceneAndTheTablesBehindThem) {
  const json scenes = told()["scenes"];
  const std::string out = folder_ / "pictures";
  ASSERT_EQ(brief({"--export", out, "--size", "1280x720"}).status, 0);
  std::size_t pictures = 0;
  for (const auto& entry : fs::directory_iterator(out)) {
    if (entry.path().extension() != ".png") continue;
    const render::Image image = render::read_png(entry.path());
    EXPECT_EQ(image.width, 1280);
    EXPECT_EQ(image.height, 720);
    ++pictures;
  }
  EXPECT_EQ(pictures, scenes.size());

  const std::string tables = folder_ / "t.xlsx";
  ASSERT_EQ(brief({"--export", tables}).status, 0);
  const data::Table first = data::read_table(tables);
  ASSERT_EQ(first.rows.size(), scenes.size() + 1);
  for (std::size_t i = 0; i < scenes.size(); ++i)
    EXPECT_THAT(first.rows[i + 1].cells,
                testing::Contains(scenes[i]["headline"].get<std::string>()));
  // The communes that headlines count are those that `rank` puts first, with its numbers.
  const json rows = json::parse(run({"rank", "-w", w_, "--json"}).out);
  const data::Table named = data::read_table(tables, first.sheets.at(1));
  std::size_t found = 0;
  for (const json& scene : scenes) {
    if (scene["statement"] != "concentrated") continue;
    for (std::size_t i = 0; i < scene["communes"].size(); ++i, ++found) {
      EXPECT_EQ(scene["communes"][i]["code"], rows[i]["code"]);
      EXPECT_NEAR(scene["communes"][i]["value"].get<double>(), rows[i]["shortfall"].get<double>(),
                  1e-5);
      EXPECT_TRUE(std::any_of(named.rows.begin(), named.rows.end(), [&](const auto& row) {
        return std::find(row.cells.begin(), row.cells.end(), rows[i]["code"].get<std::string>()) !=
               row.cells.end();
      })) << rows[i];
    }
  }
  EXPECT_GT(found, 0U);
}

TEST_F(E2eBrief, SaysWhichOptionsDoNotGoTogether) {
  const std::string out = folder_ / "a.pdf";
  const std::vector<std::vector<std::string>> wrong = {
      {"--loop", "--export", out},  {"--list", "--from", "99"},
      {"--list", "--export", out},  {"--draft", "--list"},
      {"--draft", "--screen", "1"}, {"--size", "800x600", "--list"},
      {"--since", "2025-01-05"},    {"--within", "x", "--list"},
      {"--notes", "--draft"},       {"--plan", "a", "--export", out},
      {"--indicator", "installed"}};
  for (const auto& options : wrong) {
    const Ran ran = brief(options);
    EXPECT_EQ(ran.status, 2) << options[0];
    EXPECT_THAT(ran.err, AllOf(HasSubstr("--"), HasSubstr("Cách xử lý"))) << options[0];
  }
  EXPECT_FALSE(fs::exists(out));
  const Ran unknown = brief({"--name", "Không có", "--export", out});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, AllOf(HasSubstr("Không có"), HasSubstr("Họp")));
  EXPECT_EQ(brief({"--export", folder_ / "a.docx"}).status, 2);
}

TEST_F(E2eBrief, ADraftOfTheSameNameIsNotWrittenOverWhatIsKept) {
  const json before = told();
  const Ran again = brief({"--draft", "--name", "Họp"});
  EXPECT_EQ(again.status, 2) << again.err;
  EXPECT_EQ(told(), before);
  ASSERT_EQ(brief({"--draft", "--name", "Họp sau", "--lang", "en"}).status, 0);
  EXPECT_EQ(told(), before);
}
