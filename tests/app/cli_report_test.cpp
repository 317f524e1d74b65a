// The printed report, as a person asks for it; held to what `rank` says of the same workspace.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/language.hpp"
#include "tests/app/program.hpp"
#include "tests/render/pdf_tools.hpp"

namespace fs = std::filesystem;
using app::Language;
using nlohmann::json;
using pdf_tools::Pdf;
using program::Folder;
using program::Ran;
using program::run;
using program::slurp;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace {

#define NEEDS_POPPLER \
  if (!pdf_tools::have()) GTEST_SKIP() << "pdftotext and pdffonts (poppler-utils) are not here"

json ranking(const std::string& w, std::vector<std::string> more = {}) {
  std::vector<std::string> all = {"rank", "-w", w, "--json"};
  all.insert(all.end(), more.begin(), more.end());
  const Ran ran = run(all);
  EXPECT_EQ(ran.status, 0) << ran.err;
  return json::parse(ran.out);
}

Ran report(const std::string& w, const std::string& out, std::vector<std::string> more = {}) {
  std::vector<std::string> all = {"report", "-w", w, out};
  all.insert(all.end(), more.begin(), more.end());
  return run(all);
}

/// The pages' texts, whole words apart by single spaces.
std::vector<std::string> pages_of(const std::string& file) {
  std::istringstream all(pdf_tools::output_of("pdftotext -layout '" + file + "' -"));
  std::vector<std::string> pages;
  for (std::string page; std::getline(all, page, '\f');) {
    std::istringstream words(page);
    std::string out = " ";
    for (std::string word; words >> word;) out += word + ' ';
    pages.push_back(out);
  }
  return pages;
}

std::string people(const json& value) { return app::number(Language::vietnamese, value); }
std::string share(const json& value) { return app::percent(Language::vietnamese, value); }
/// As a word of its own, so that 1.234 is not found in 11.234.
std::string word(const std::string& text) { return ' ' + text + ' '; }

/// Every number that the report's table has of a commune, as it is written there.
std::vector<std::string> numbers_of(const json& row) {
  std::vector<std::string> out;
  for (const char* name : {"eligible", "activated", "shortfall"})
    if (!row[name].is_null()) out.push_back(people(row[name]));
  for (const char* name : {"rate", "achievement"})
    if (!row[name].is_null()) out.push_back(share(row[name]));
  return out;
}

/// Where the ranking begins and ends among the pages.
std::string ranking_text(const std::vector<std::string>& pages) {
  std::string text;
  bool inside = false;
  for (const std::string& page : pages) {
    if (page.starts_with(" Xếp hạng các xã ")) inside = true;
    if (page.starts_with(" Số liệu cần xem lại ")) inside = false;
    if (inside) text += page;
  }
  return text;
}

void holds_the_ranking(const std::string& text, const json& rows) {
  for (const json& row : rows)
    for (const std::string& number : numbers_of(row))
      EXPECT_THAT(text, HasSubstr(word(number))) << row["name"];
}

/// The only page that begins with the name.
std::size_t page_of(const std::vector<std::string>& pages, const std::string& name) {
  std::size_t found = pages.size(), times = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (!pages[i].starts_with(word(name))) continue;
    found = i;
    ++times;
  }
  EXPECT_EQ(times, 1U) << name;
  return found;
}

/// Every commune has a page that begins with its name and code, and the numbers in it are its own:
/// of any other commune's numbers that are not also its own, the ones under the head are not there.
void pages_belong(const std::vector<std::string>& pages, const json& rows) {
  for (const json& row : rows) {
    SCOPED_TRACE(row["name"].get<std::string>());
    std::size_t found = pages.size(), times = 0;
    for (std::size_t i = 0; i < pages.size(); ++i) {
      const bool its =
          pages[i].starts_with(word(row["full_name"])) &&
          pages[i].find("mã " + row["code"].get<std::string>() + " ") != std::string::npos;
      if (!its) continue;
      found = i;
      ++times;
    }
    ASSERT_EQ(times, 1U);
    const std::string& page = pages[found];
    for (const std::string& number : numbers_of(row)) EXPECT_THAT(page, HasSubstr(word(number)));
    for (const json& other : rows) {
      if (other["code"] == row["code"]) continue;
      EXPECT_THAT(page, Not(HasSubstr("mã " + other["code"].get<std::string>() + " ")));
      // People reached, eligible and short of another commune all three together: not by chance.
      const auto numbers = numbers_of(other);
      if (numbers.size() < 5 || numbers == numbers_of(row)) continue;
      const bool all = std::all_of(numbers.begin(), numbers.end(), [&](const std::string& n) {
        return page.find(word(n)) != std::string::npos;
      });
      EXPECT_FALSE(all) << other["name"];
    }
    // What has not been reported is no zero.
    if (row["activated"].is_null()) {
      EXPECT_THAT(page, HasSubstr("Chưa báo cáo không có nghĩa là bằng 0"));
      EXPECT_THAT(page, Not(HasSubstr(" 0,0% ")));
    }
  }
}

class E2eReport : public testing::Test {
 protected:
  void sample(int communes) {
    const Ran made =
        run({"sample", w_, "--communes", std::to_string(communes), "--weeks", "6", "--seed", "3"});
    ASSERT_EQ(made.status, 0) << made.err;
  }
  Folder folder_, out_;
  std::string w_ = folder_ / "sample.sqlite", pdf_ = out_ / "report.pdf";
};

TEST_F(E2eReport, SaysWhatTheRankingSaysWithItsFontsAndTheSameTwice) {
  NEEDS_POPPLER;
  sample(30);
  const Ran ran = report(w_, pdf_, {"--atlas"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr(pdf_));
  const Pdf pdf{fs::path(pdf_)};
  EXPECT_EQ(pdf.fonts_missing(), "");
  const auto pages = pages_of(pdf_);
  const json rows = ranking(w_);
  ASSERT_EQ(rows.size(), 30U);
  holds_the_ranking(ranking_text(pages), rows);
  pages_belong(pages, rows);
  for (const std::string& page : pages) {
    EXPECT_THAT(page, HasSubstr("DỮ LIỆU MẪU – không phải số liệu thật"));
    EXPECT_THAT(page, HasSubstr("/" + std::to_string(pages.size()) + " "));
    EXPECT_THAT(page, HasSubstr("số liệu đến"));
  }
  const std::string again = out_ / "again.pdf";
  ASSERT_EQ(report(w_, again, {"--atlas"}).status, 0);
  EXPECT_TRUE(slurp(pdf_) == slurp(again)) << "two runs, two files";
}

TEST_F(E2eReport, WithoutAtlasThereAreDistrictsButNoCommunes) {
  NEEDS_POPPLER;
  sample(30);
  ASSERT_EQ(report(w_, pdf_).status, 0);
  const auto pages = pages_of(pdf_);
  const json rows = ranking(w_);
  std::map<std::string, std::vector<json>> districts;
  for (const json& row : rows) districts[row["former_district"]].push_back(row);
  ASSERT_GT(districts.size(), 1U);
  for (const auto& [name, communes] : districts) {
    const std::size_t at = page_of(pages, name);
    ASSERT_LT(at, pages.size());
    const std::string text = pages[at] + pages[at + 1];
    for (const json& row : communes) {
      EXPECT_THAT(text, HasSubstr(row["full_name"].get<std::string>()));
      for (const std::string& number : numbers_of(row)) EXPECT_THAT(text, HasSubstr(word(number)));
    }
  }
  for (const json& row : rows)
    for (const std::string& page : pages)
      EXPECT_FALSE(page.starts_with(word(row["full_name"]))) << row["full_name"];
}

TEST_F(E2eReport, OfAFormerDistrictOrACommune) {
  NEEDS_POPPLER;
  sample(30);
  const json rows = ranking(w_);
  const std::string district = rows[0]["former_district"];
  ASSERT_EQ(report(w_, pdf_, {"--within", district, "--atlas"}).status, 0);
  auto pages = pages_of(pdf_);
  EXPECT_TRUE(pages[0].starts_with(word(district))) << pages[0];
  const json within = ranking(w_, {"--within", district});
  ASSERT_LT(within.size(), rows.size());
  holds_the_ranking(ranking_text(pages), within);
  pages_belong(pages, within);
  for (const json& row : rows) {
    if (row["former_district"] == district) continue;
    for (const std::string& page : pages)
      EXPECT_FALSE(page.starts_with(word(row["full_name"]))) << row["full_name"];
  }

  // One commune is its page, and one of what was found in it and where it all comes from.
  ASSERT_EQ(report(w_, pdf_, {"--within", rows[0]["code"]}).status, 0);
  pages = pages_of(pdf_);
  EXPECT_EQ(pages.size(), 2U);
  pages_belong(pages, json::array({rows[0]}));
  EXPECT_NE(pages[1].find("Nguồn số liệu"), std::string::npos) << pages[1];
  EXPECT_EQ(Pdf{fs::path(pdf_)}.fonts_missing(), "");
}

TEST_F(E2eReport, OtherSheetsDaysLanguagesAndIndicators) {
  NEEDS_POPPLER;
  sample(12);
  const auto size = [&] {
    return pdf_tools::output_of("pdfinfo '" + pdf_ + "' | grep 'Page size'");
  };
  ASSERT_EQ(report(w_, pdf_).status, 0);
  EXPECT_THAT(size(), HasSubstr("595.28 x 841.89"));
  ASSERT_EQ(report(w_, pdf_, {"--paper", "A3", "--orientation", "landscape", "--atlas"}).status, 0);
  EXPECT_THAT(size(), HasSubstr("1190.55 x 841.89"));
  pages_belong(pages_of(pdf_), ranking(w_));
  ASSERT_EQ(report(w_, pdf_, {"--orientation", "landscape"}).status, 0);
  EXPECT_THAT(size(), HasSubstr("841.89 x 595.28"));

  const auto info = json::parse(run({"info", "-w", w_, "--json"}).out);
  const std::string day = info["dates"][1];
  ASSERT_EQ(report(w_, pdf_, {"--at", day}).status, 0);
  const json then = ranking(w_, {"--at", day});
  holds_the_ranking(ranking_text(pages_of(pdf_)), then);
  EXPECT_NE(then[0]["activated"], ranking(w_)[0]["activated"]);

  ASSERT_EQ(report(w_, pdf_, {"--indicator", "electricity", "--atlas"}).status, 0);
  const std::string text = ranking_text(pages_of(pdf_));
  for (const json& row : ranking(w_, {"--indicator", "electricity"}))
    EXPECT_THAT(text, HasSubstr(word(share(row["rate"]))));
  EXPECT_THAT(text, Not(HasSubstr("chỉ tiêu"))) << "there is no target of electricity";

  const Ran english = run({"report", "-w", w_, pdf_, "--atlas"}, {"", "", "en"});
  ASSERT_EQ(english.status, 0);
  EXPECT_THAT(english.err, HasSubstr("Report written"));
  EXPECT_THAT(Pdf{fs::path(pdf_)}.text(),
              AllOf(HasSubstr("Ranking of communes"), HasSubstr("page 1 of "),
                    Not(HasSubstr("chưa báo cáo"))));
}

TEST_F(E2eReport, NothingReportedIsNotZero) {
  NEEDS_POPPLER;
  program::spit(folder_ / "one.geojson",
                R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{)"
                R"("code":"00011","name":"Mường Thử","full_name":"Xã Mường Thử"},)"
                R"("geometry":{"type":"Polygon","coordinates":[[[103,21],[103.1,21],)"
                R"([103.1,21.1],[103,21.1],[103,21]]]}}]})");
  const std::string w = folder_ / "one.sqlite";
  const Ran import = run({"import", "boundaries", folder_ / "one.geojson", "-w", w});
  ASSERT_LE(import.status, 1) << import.err;
  for (const char* atlas : {"", "--atlas"}) {
    std::vector<std::string> more;
    if (*atlas != 0) more.push_back(atlas);
    const Ran ran = report(w, pdf_, more);
    ASSERT_EQ(ran.status, 0) << ran.err;
    const auto pages = pages_of(pdf_);
    EXPECT_TRUE(pages[0].starts_with(" Xã Mường Thử "));
    EXPECT_THAT(pages[0], HasSubstr("Chưa báo cáo không có nghĩa là bằng 0"));
    EXPECT_THAT(pages[0], HasSubstr("chưa báo cáo"));
    EXPECT_THAT(pages[0], Not(HasSubstr(" 0 ")));
    EXPECT_THAT(pages[0], Not(HasSubstr("0,0%")));
  }
  const std::string again = out_ / "again.pdf";
  ASSERT_EQ(report(w, again, {"--atlas"}).status, 0);
  EXPECT_TRUE(slurp(pdf_) == slurp(again)) << "no clock: it is of the day of the import";
}

TEST_F(E2eReport, WhatCannotBeDoneIsSaidBeforeAnyWork) {
  sample(4);
  const auto status = [&](const std::string& out, std::vector<std::string> more, const char* says) {
    const Ran ran = report(w_, out, more);
    EXPECT_THAT(ran.err, HasSubstr(says));
    EXPECT_THAT(ran.err, HasSubstr("Cách xử lý"));
    return ran.status;
  };
  EXPECT_EQ(status(out_ / "report.docx", {}, ".pdf"), 2);
  EXPECT_EQ(status(out_ / "report", {}, ".pdf"), 2);
  EXPECT_EQ(status(pdf_, {"--paper", "A5"}, "A5"), 2);
  EXPECT_EQ(status(pdf_, {"--orientation", "diagonal"}, "diagonal"), 2);
  EXPECT_EQ(status(pdf_, {"--within", "Atlantis"}, "Atlantis"), 2);
  EXPECT_EQ(status(pdf_, {"--indicator", "beauty"}, "beauty"), 2);
  EXPECT_EQ(status(pdf_, {"--at", "someday"}, "someday"), 2);
  EXPECT_EQ(status(out_ / "missing/report.pdf", {}, "missing"), 3);
  EXPECT_EQ(run({"report", "-w", out_ / "none.sqlite", pdf_}).status, 3);
  EXPECT_EQ(run({"report", "-w", w_}).status, 2);
  EXPECT_TRUE(fs::is_empty(out_.path()));
}

TEST_F(E2eReport, StoppedInTheMiddleLeavesNothing) {
  sample(150);
  // Asked to end as soon as the file is on its way; Ctrl+C takes the same path.
  program::spit(folder_ / "stop.sh",
                "folder=$1; shift; \"$@\" & pid=$!\n"
                "while kill -0 $pid 2>/dev/null && ! ls \"$folder\" | grep -q part; do sleep 0.01; "
                "done\nkill -TERM $pid; wait $pid\n");
  program::How how;
  how.with = "sh '" + (folder_ / "stop.sh") + "' '" + out_.path().string() + "'";
  const Ran ran = run({"report", "-w", w_, pdf_, "--atlas"}, how);
  EXPECT_EQ(ran.status, 3) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("phusong: "));
  EXPECT_TRUE(fs::is_empty(out_.path()));
}

/// The real province; the shared data lies beside the repository or is not there.
TEST_F(E2eReport, AllOfDienBienBelongsToItsOwnPage) {
  NEEDS_POPPLER;
  const fs::path shared = PHUSONG_SHARED_DATA;
  if (!fs::exists(shared / "boundaries/dien_bien.gpkg"))
    GTEST_SKIP() << "the shared data is not here: " << shared;
  const std::string province = (shared / "dien_bien").string();
  const auto import = [&](std::vector<std::string> what) {
    what.insert(what.begin(), "import");
    what.insert(what.end(), {"-w", w_});
    const Ran ran = run(what);
    ASSERT_LE(ran.status, 1) << ran.err;
  };
  import({"boundaries", (shared / "boundaries/dien_bien.gpkg").string()});
  import({"crosswalk", (shared / "units/crosswalk_2023_2025.csv").string()});
  import({"table", province + "/settlements.csv", "--as", "settlements"});
  import({"table", province + "/teams.csv", "--as", "teams"});
  import({"table", province + "/weekly_reports_2023.csv", "--as", "reports"});
  import({"table", province + "/targets.csv", "--as", "targets"});
  const Ran ran = report(w_, pdf_, {"--atlas"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const auto pages = pages_of(pdf_);
  const json rows = ranking(w_);
  ASSERT_EQ(rows.size(), 45U);
  holds_the_ranking(ranking_text(pages), rows);
  pages_belong(pages, rows);
  EXPECT_EQ(Pdf{fs::path(pdf_)}.fonts_missing(), "");
  // What stands in the way adds up to the commune's people short, on its own page.
  for (const json& row : rows) {
    if (row["main_barrier"].is_null()) continue;
    for (const auto& [key, value] : row.items()) {
      if (!key.starts_with("short_") || !value.is_number() || value.get<double>() < 1) continue;
      // Whole people that add up may differ by one from a number rounded by itself.
      const double n = value;
      std::size_t found = 0;
      for (const std::string& page : pages)
        if (page.starts_with(word(row["full_name"])) &&
            page.find("mã " + row["code"].get<std::string>() + " ") != std::string::npos)
          for (const double v : {std::floor(n), std::ceil(n)})
            found += page.find(word(app::number(Language::vietnamese, v))) != std::string::npos;
      EXPECT_GT(found, 0U) << row["name"] << ' ' << key;
    }
  }
}

}  // namespace
