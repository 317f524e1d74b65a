// The command line as a person meets it: help, wrong words, and the sample from end to end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/app/program.hpp"

using nlohmann::json;
using program::Folder;
using program::Ran;
using program::run;
using testing::HasSubstr;
using testing::Not;

namespace {

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

}  // namespace

TEST(E2eCli, EveryCommandHasHelpInBothLanguages) {
  for (const char* command :
       {"", "sample", "import", "import boundaries", "import crosswalk", "import table", "undo",
        "check", "gaps", "rank", "render", "export", "clusters", "info"}) {
    auto arguments = words(command);
    arguments.emplace_back("--help");
    const Ran vietnamese = run(arguments);
    EXPECT_EQ(vietnamese.status, 0) << command << vietnamese.err;
    EXPECT_THAT(vietnamese.out, HasSubstr("Cách dùng: phusong")) << command;
    EXPECT_THAT(vietnamese.out, HasSubstr("--help")) << command;
    EXPECT_EQ(vietnamese.err, "") << command;
    for (const char* foreign : {"Usage", "Options:", "REQUIRED", "TEXT", "cli."}) {
      EXPECT_THAT(vietnamese.out, Not(HasSubstr(foreign))) << command;
    }
    const Ran english = run(arguments, {"", "", "en"});
    EXPECT_EQ(english.status, 0) << command;
    EXPECT_THAT(english.out, HasSubstr("Usage: phusong")) << command;
    EXPECT_THAT(english.out, Not(HasSubstr("Cách dùng"))) << command;
    EXPECT_THAT(english.out, Not(HasSubstr("cli."))) << command;
  }
}

TEST(E2eCli, WrongUsageIsStatusTwoAndSaysWhatIsWrong) {
  const std::pair<const char*, const char*> wrong[] = {
      {"rank", "--workspace"},
      {"rank -w", "--workspace"},
      {"rank -w a.sqlite --bogus", "--bogus"},
      {"rank -w a.sqlite extra", "extra"},
      {"rank -w a.sqlite --by height", "height"},
      {"rank -w a.sqlite --indicator happiness", "happiness"},
      {"rank -w a.sqlite --at 31/2/2023", "31/2/2023"},
      {"rank -w a.sqlite --top 0", "--top"},
      {"render -w a.sqlite map.jpg", ".png"},
      {"render -w a.sqlite --paper A5 map.pdf", "A4"},
      {"render -w a.sqlite --orientation portrait map.pdf", "--paper"},
      {"render -w a.sqlite map.png --size 0x0", "0x0"},
      {"render -w a.sqlite map.png --size 1600", "1600"},
      {"render -w a.sqlite map.png --theme dark", "dark"},
      {"render -w a.sqlite map.png --scale 99", "99"},
      {"sample", "OUT"},
      {"sample out.sqlite --communes 0", "--communes"},
      {"sample out.sqlite --communes 20001", "20.000"},
      {"sample out.sqlite --communes many", "many"},
      {"sample out.sqlite --weeks 521", "--weeks"},
      {"import", "lệnh"},
      {"import table a.csv -w a.sqlite", "--as"},
      {"import table a.csv -w a.sqlite", "reports"},
      {"export -w a.sqlite out.doc", ".gpkg"},
      {"export -w a.sqlite", "OUT"},
      {"import table a.csv -w a.sqlite --as poems", "poems"},
      {"import table a.csv -w a.sqlite --as boundaries", "boundaries"},
      {"import table a.csv -w a.sqlite --as reports --map eligible", "eligible"},
      {"import table a.csv -w a.sqlite --as reports --date soon", "soon"},
      {"no-such-command", "no-such-command"},
  };
  const Folder folder;
  for (const auto& [line, says] : wrong) {
    const Ran ran = run(words(line), {"cd '" + folder.path().string() + "';", "", "vi"});
    EXPECT_EQ(ran.status, 2) << line << '\n' << ran.err;
    EXPECT_THAT(ran.err, HasSubstr(says)) << line;
    EXPECT_THAT(ran.err, HasSubstr("Cách xử lý")) << line;
    EXPECT_THAT(ran.err, Not(HasSubstr("expected"))) << line;
    EXPECT_EQ(ran.out, "") << line;
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  const Ran language = run({"info", "-w", "a.sqlite", "--lang", "xx"}, {"", "", ""});
  EXPECT_EQ(language.status, 2);
  EXPECT_THAT(language.err, HasSubstr("xx"));
}

TEST(E2eCli, WhatIsNotThereCannotBeRead) {
  const Folder folder;
  const std::string workspace = folder / "none.sqlite";
  for (const char* command : {"rank", "info", "check", "undo"}) {
    const Ran ran = run({command, "-w", workspace});
    EXPECT_EQ(ran.status, 3) << command << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("none.sqlite")) << command;
  }
  EXPECT_EQ(run({workspace}).status, 3);
  const Ran import = run({"import", "boundaries", folder / "none.gpkg", "-w", workspace});
  EXPECT_EQ(import.status, 3) << import.err;
  EXPECT_THAT(import.err, HasSubstr("none.gpkg"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "a failed import left something behind";
}

TEST(E2eCli, FollowsTheLocale) {
  EXPECT_THAT(run({"--help"}, {"export LC_ALL=en_GB.UTF-8;", "", ""}).out, HasSubstr("Usage"));
  EXPECT_THAT(run({"--help"}, {"export LC_ALL=vi_VN.UTF-8;", "", ""}).out, HasSubstr("Cách dùng"));
  EXPECT_THAT(run({"--help"}, {"export LC_ALL=C;", "", ""}).out, HasSubstr("Cách dùng"));
}

TEST(E2eCli, SampleToPicture) {
  const Folder folder;
  const std::string w = folder / "sample.sqlite";
  const Ran sample = run({"sample", w, "--communes", "12", "--weeks", "4", "--seed", "7"});
  ASSERT_EQ(sample.status, 0) << sample.err;
  EXPECT_THAT(sample.err, HasSubstr("không phải số liệu thật"));

  const Ran info = run({"info", "-w", w, "--json"});
  ASSERT_EQ(info.status, 0) << info.err;
  const json what = json::parse(info.out);
  EXPECT_EQ(what["communes"], 12);
  EXPECT_EQ(what["made_up"], true);
  EXPECT_EQ(what["dates"].size(), 4u);

  const Ran rank = run({"rank", "-w", w, "--json"});
  ASSERT_EQ(rank.status, 0) << rank.err;
  const json rows = json::parse(rank.out);
  ASSERT_TRUE(rows.is_array());
  ASSERT_EQ(rows.size(), 12u);
  double eligible = 0, activated = 0, shortfall = 0;
  const json* before = nullptr;
  for (const json& row : rows) {
    for (const char* key : {"code", "name", "parent", "eligible", "activated", "rate",
                            "achievement", "target", "shortfall", "unreached", "as_of", "status",
                            "settlements", "no_grid", "weak_signal", "no_signal", "teams"}) {
      EXPECT_TRUE(row.contains(key)) << key;
    }
    if (row["status"] == "not_reported") {
      EXPECT_TRUE(row["activated"].is_null()) << "not reported is not 0";
      continue;
    }
    if (row["rate"].is_null()) continue;
    EXPECT_NEAR(row["rate"].get<double>(),
                row["activated"].get<double>() / row["eligible"].get<double>(), 1e-9);
    if (row["shortfall"].is_null()) continue;
    if (before != nullptr) {
      EXPECT_GE((*before)["shortfall"].get<double>(), row["shortfall"].get<double>());
    }
    before = &row;
    eligible += row["eligible"].get<double>();
    activated += row["activated"].get<double>();
    shortfall += row["shortfall"].get<double>();
  }
  EXPECT_NEAR(what["total"]["eligible"].get<double>(), eligible, 1e-6);
  EXPECT_NEAR(what["total"]["activated"].get<double>(), activated, 1e-6);
  EXPECT_NEAR(what["total"]["shortfall"].get<double>(), shortfall, 1e-6);

  const Ran top = run({"rank", "-w", w, "--json", "--top", "3"});
  EXPECT_EQ(json::parse(top.out).size(), 3u);
  EXPECT_EQ(json::parse(top.out)[0], rows[0]);
  const Ran within = run({"rank", "-w", w, "--json", "--within", rows[4]["code"]});
  ASSERT_EQ(json::parse(within.out).size(), 1u) << within.err;
  EXPECT_EQ(json::parse(within.out)[0]["code"], rows[4]["code"]);

  const Ran table = run({"rank", "-w", w});
  EXPECT_EQ(table.status, 0);
  EXPECT_THAT(table.out, HasSubstr("Tổng 12 xã"));
  EXPECT_THAT(table.err, HasSubstr("DỮ LIỆU MẪU"));

  // The sample has every defect that the checks look for, and says so by its exit status.
  const Ran check = run({"check", "-w", w, "--json"});
  const json issues = json::parse(check.out);
  EXPECT_FALSE(issues.empty());
  const bool errors = std::any_of(issues.begin(), issues.end(),
                                  [](const json& issue) { return issue["severity"] == "error"; });
  EXPECT_EQ(check.status, errors ? 1 : 0) << check.err;
  EXPECT_EQ(run({"check", "-w", w, "--strict"}).status, 1);

  const Ran again = run({"sample", w});
  EXPECT_EQ(again.status, 3) << "an existing file is not written over: " << again.err;
}

TEST(E2eCli, TheSameSeedGivesTheSameProvince) {
  const Folder folder;
  const auto ranking = [&](const char* name, const char* seed) {
    const std::string w = folder / name;
    EXPECT_EQ(run({"sample", w, "--communes", "5", "--weeks", "2", "--seed", seed}).status, 0);
    return run({"rank", "-w", w, "--json"}).out;
  };
  const std::string first = ranking("a.sqlite", "3");
  EXPECT_EQ(first, ranking("b.sqlite", "3"));
  EXPECT_NE(first, ranking("c.sqlite", "4"));
}

TEST(E2eCli, DrawsAPictureWithoutADisplay) {
  const Folder folder;
  const std::string w = folder / "sample.sqlite", png = folder / "map.png";
  ASSERT_EQ(run({"sample", w, "--communes", "12", "--weeks", "3"}).status, 0);
  const Ran render = run({"render", "-w", w, png, "--size", "640x400", "--scale", "2"});
  ASSERT_EQ(render.status, 0) << render.err;
  EXPECT_THAT(render.err, HasSubstr("map.png"));
  EXPECT_EQ(render.out, "");
  const std::string bytes = program::slurp(png);
  ASSERT_GT(bytes.size(), 5000u);
  EXPECT_EQ(bytes.substr(1, 3), "PNG");
  EXPECT_EQ(bytes.substr(16, 8), std::string("\0\0\x05\0\0\0\x03\x20", 8)) << "not 1280 × 800";
  for (const char* indicator : {"electricity", "teams_per_1000"}) {
    EXPECT_EQ(run({"render", "-w", w, png, "--size", "640x400", "--indicator", indicator, "--theme",
                   "briefing"})
                  .status,
              0);
  }
  const Ran nowhere = run({"render", "-w", w, folder / "no/such/map.png", "--size", "640x400"});
  EXPECT_EQ(nowhere.status, 3) << nowhere.err;
}

TEST(E2eCli, ResultsThatCannotBeWrittenAreNotDone) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full here";
  const Ran ran = run({"--help"}, {"exec 1> /dev/full;", "", "vi"});
  EXPECT_EQ(ran.status, 3) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("đầu ra chuẩn"));
}

TEST(E2eCli, WithoutADisplayTheWindowSaysWhatToDo) {
  const Ran ran = run({});
  EXPECT_EQ(ran.status, 3) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("Cách xử lý"));
}
