// `progress`: a district's week on the command line, held to what `rank` says of the same file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"
#include "tests/render/pdf_tools.hpp"

using nlohmann::json;
using program::Folder;
using program::Ran;
using program::run;
using testing::HasSubstr;

namespace {

struct Sample {
  Folder folder;
  std::string file = folder / "w.sqlite";
  Sample() { EXPECT_EQ(run({"sample", file, "--communes", "20", "--weeks", "8"}).status, 0); }
  json progress(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"progress", "-w", file, "--json"};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = run(words);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return json::parse(ran.out);
  }
};

}  // namespace

TEST(E2eProgress, SumsAreThoseOfItsUnitsAndSilenceIsNull) {
  const Sample sample;
  const json all = sample.progress();
  EXPECT_TRUE(all["made_up"]);
  EXPECT_EQ(all["units"].size(), all["units_in_all"]);
  double now = 0;
  std::size_t reported = 0, silent = 0;
  for (const json& u : all["units"]) {
    reported += u["reported"] ? 1U : 0U;
    if (u["reported"]) {
      EXPECT_TRUE(u["weeks_silent"].is_null());
      if (u["as_of"] == all["week"])
        now += u["activated"].is_null() ? 0 : u["activated"].get<double>();
      continue;
    }
    ++silent;
    EXPECT_TRUE(u["change"].is_null()) << u;
    ASSERT_FALSE(u["questions"].empty());
    EXPECT_TRUE(u["questions"][0]["about"] == "silent" || u["questions"][0]["about"] == "never" ||
                u["questions"][0]["about"] == "conflict");
  }
  EXPECT_GT(silent, 0U);
  EXPECT_EQ(all["reported"], reported);
  EXPECT_LE(all["this_week"]["activated"].get<double>(), now + 0.5);
  EXPECT_GE(all["newest"]["counted"], all["this_week"]["counted"]);
  // A former district alone: its sums are smaller, its units are among the others.
  const std::string district = all["units"][0]["district"];
  const json part = sample.progress({"--unit", district});
  EXPECT_EQ(part["name"], district);
  EXPECT_LT(part["units_in_all"], all["units_in_all"]);
  for (const json& u : part["units"]) EXPECT_EQ(u["district"], district);
  const json earlier = sample.progress({"--at", "2025-06-22"});
  EXPECT_EQ(earlier["week"], "2025-06-22");
}

TEST(E2eProgress, TheListGoesToPaperAndToASpreadsheet) {
  const Sample sample;
  const json all = sample.progress();
  const std::string pdf = sample.folder / "calls.pdf", xlsx = sample.folder / "calls.xlsx";
  for (const std::string& out : {pdf, xlsx}) {
    const Ran ran = run({"progress", "-w", sample.file, out});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr(out));
    EXPECT_GT(std::filesystem::file_size(out), 1000U);
  }
  if (pdf_tools::have()) {
    const std::string text = pdf_tools::Pdf(std::filesystem::path(pdf)).text();
    for (const json& u : all["units"]) {
      // A long name is broken over lines: its last word is there.
      const std::string name = u["name"];
      EXPECT_THAT(text, HasSubstr(name.substr(name.rfind(' ') + 1)));
    }
  }
}

TEST(E2eProgress, SaysWhatItDoesNotUnderstand) {
  const Sample sample;
  const Ran kind = run({"progress", "-w", sample.file, sample.folder / "calls.docx"});
  EXPECT_EQ(kind.status, 2);
  EXPECT_THAT(kind.err, HasSubstr(".pdf"));
  EXPECT_EQ(run({"progress", "-w", sample.file, "--unit", "Xã Không Có"}).status, 2);
  const Ran text = run({"progress", "-w", sample.file}, {.language = "en"});
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("have reported this week"));
  EXPECT_THAT(text.err, HasSubstr("SAMPLE DATA"));
}
