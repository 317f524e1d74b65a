// What blocks people, and what is wrong with the numbers, as a person asks for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

using nlohmann::json;
using program::Folder;
using program::Ran;
using program::run;
using testing::HasSubstr;
using testing::Not;

namespace {

const char* const barriers[] = {"no_grid", "signal", "away",   "no_smartphone",
                                "own_sim", "visit",  "unknown"};

double people(const json& row) {
  double sum = 0;
  for (const char* barrier : barriers) sum += row["short_" + std::string(barrier)].get<double>();
  return sum;
}

std::string sample(const Folder& folder, std::vector<std::string> more = {}) {
  const std::string w = folder / "sample.sqlite";
  std::vector<std::string> arguments{"sample", w, "--communes", "20", "--weeks", "12"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Ran ran = run(arguments);
  EXPECT_EQ(ran.status, 0) << ran.err;
  return w;
}

}  // namespace

TEST(E2eGaps, SplitsTheShortfallOfRank) {
  const Folder folder;
  const std::string w = sample(folder);
  const Ran ran = run({"gaps", "-w", w, "--json"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const json gaps = json::parse(ran.out);
  const json rank = json::parse(run({"rank", "-w", w, "--json"}).out);
  ASSERT_EQ(gaps["communes"].size(), rank.size());
  double all = 0;
  for (std::size_t i = 0; i < rank.size(); ++i) {
    const json& row = gaps["communes"][i];
    EXPECT_EQ(row["code"], rank[i]["code"]);
    EXPECT_EQ(row["shortfall"], rank[i]["shortfall"]);
    if (row["shortfall"].is_null()) {
      EXPECT_TRUE(row["short_no_grid"].is_null()) << "not known is not 0: " << row;
      EXPECT_TRUE(row["main_barrier"].is_null());
      continue;
    }
    const double shortfall = row["shortfall"].get<double>();
    EXPECT_NEAR(people(row), shortfall, 1e-5) << row;
    EXPECT_EQ(row["main_barrier"].is_null(), shortfall == 0) << row;
    all += shortfall;
  }
  EXPECT_NEAR(people(gaps["total"]), all, 1e-4);
  EXPECT_NEAR(gaps["total"]["shortfall"].get<double>(), all, 1e-4);
  EXPECT_EQ(gaps["barriers"].size(), 7u);
  EXPECT_THAT(gaps["barriers"][0]["action"].get<std::string>(), HasSubstr("máy phát điện"));

  const Ran table = run({"gaps", "-w", w}, {"", "", "en"});
  EXPECT_EQ(table.status, 0);
  EXPECT_THAT(table.out, HasSubstr("generator"));
  EXPECT_THAT(table.out, HasSubstr("SIM registration desk"));
  EXPECT_THAT(table.out, Not(HasSubstr("data.")));
  // Who most needs a generator: by people without a grid.
  const json dark =
      json::parse(run({"gaps", "-w", w, "--by", "no_grid", "--top", "3", "--json"}).out);
  ASSERT_EQ(dark["communes"].size(), 3u);
  double most = 0;
  for (const json& row : gaps["communes"])
    if (!row["short_no_grid"].is_null()) most = std::max(most, row["short_no_grid"].get<double>());
  EXPECT_EQ(dark["communes"][0]["short_no_grid"].get<double>(), most);
  EXPECT_NEAR(people(dark["total"]), all, 1e-4) << "the total is of all, not of the first three";
}

TEST(E2eGaps, TheRuleIsShownTriedAndKept) {
  const Folder folder;
  const std::string w = sample(folder);
  const std::string file = folder / "rule.json";
  json rule = json::parse(run({"gaps", "-w", w, "--show-rule"}).out);
  EXPECT_EQ(rule["counting"], "order");
  EXPECT_EQ(rule["order"][0], "no_grid");
  rule["order"] = {"own_sim"};
  program::spit(file, rule.dump());

  const auto no_grid = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments{"gaps", "-w", w, "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return json::parse(run(arguments).out)["total"]["short_no_grid"].get<double>();
  };
  EXPECT_GT(no_grid({}), 0);
  EXPECT_EQ(no_grid({"--rule", file}), 0);
  EXPECT_GT(no_grid({}), 0) << "trying keeps nothing";
  const Ran kept = run({"gaps", "-w", w, "--keep-rule", file});
  EXPECT_EQ(kept.status, 0) << kept.err;
  EXPECT_EQ(no_grid({}), 0);
  EXPECT_EQ(json::parse(run({"gaps", "-w", w, "--show-rule"}).out)["order"], rule["order"]);

  program::spit(file, R"({"weak_signal": 7})");
  for (const char* option : {"--rule", "--keep-rule"}) {
    const Ran wrong = run({"gaps", "-w", w, option, file});
    EXPECT_EQ(wrong.status, 2) << option;
    EXPECT_THAT(wrong.err, HasSubstr("weak_signal")) << option;
    EXPECT_THAT(wrong.err, HasSubstr("rule.json")) << option;
    const Ran missing = run({"gaps", "-w", w, option, folder / "none.json"});
    EXPECT_EQ(missing.status, 3) << option;
  }
  EXPECT_EQ(no_grid({}), 0) << "a wrong rule is not kept";
  EXPECT_EQ(run({"gaps", "-w", w, "--by", "height"}).status, 2);
  EXPECT_EQ(run({"gaps", "-w", w, "--indicator", "electricity"}).status, 2);
  EXPECT_EQ(run({"gaps", "-w", folder / "none.sqlite"}).status, 3);
}

TEST(E2eCheck, ACleanSampleHasNothingToFind) {
  const Folder folder;
  const std::string w = sample(folder, {"--clean"});
  const Ran check = run({"check", "-w", w, "--json"});
  EXPECT_EQ(check.status, 0) << check.err;
  for (const json& noted : json::parse(check.out)) EXPECT_EQ(noted["check"], "import") << noted;
}

TEST(E2eCheck, FindingsAreAcceptedWithAReasonAndTakenBack) {
  const Folder folder;
  const std::string w = sample(folder);
  const auto listed = [&](std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"check", "-w", w, "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return json::parse(run(arguments).out);
  };
  const json all = listed();
  std::vector<std::string> errors;
  for (const json& noted : all) {
    EXPECT_FALSE(noted["key"].get<std::string>().empty());
    EXPECT_TRUE(noted["accepted"].is_null());
    if (noted["severity"] == "error") errors.push_back(noted["key"]);
  }
  ASSERT_FALSE(errors.empty());
  EXPECT_EQ(run({"check", "-w", w}).status, 1);
  const json falling = listed({"--only", "falling"});
  ASSERT_EQ(falling.size(), 1u);
  EXPECT_THAT(falling[0]["message"].get<std::string>(), HasSubstr("giảm từ"));
  EXPECT_EQ(falling[0]["row"].is_number(), true) << "the row of the file it is about";

  // The counts are those of what is listed.
  const std::string text = run({"check", "-w", w, "--verbose"}).out;
  const auto lines = [&](const std::string& word) {
    std::size_t count = 0;
    for (std::size_t i = text.find(word + ": "); i != std::string::npos;
         i = text.find(word + ": ", i + 1))
      ++count;
    return count;
  };
  EXPECT_THAT(text, HasSubstr(std::to_string(lines("LỖI")) + " lỗi"));
  EXPECT_EQ(lines("LỖI"), errors.size());

  EXPECT_EQ(run({"check", "-w", w, "--accept", errors[0]}).status, 2) << "without a reason";
  EXPECT_EQ(run({"check", "-w", w, "--accept", "nothing", "--reason", "x"}).status, 2);
  EXPECT_EQ(run({"check", "-w", w, "--withdraw", errors[0]}).status, 2) << "nothing to withdraw";
  EXPECT_EQ(run({"check", "-w", w, "--only", "poems"}).status, 2);
  for (const std::string& key : errors) {
    const Ran accepted = run({"check", "-w", w, "--accept", key, "--reason", "đã gọi hỏi xã"});
    EXPECT_EQ(accepted.status, 0) << accepted.err;
  }
  EXPECT_EQ(run({"check", "-w", w}).status, 0) << "no error is open";
  EXPECT_EQ(run({"check", "-w", w, "--strict"}).status, 1) << "warnings are";
  EXPECT_EQ(listed().size(), all.size()) << "what is accepted is still listed";
  EXPECT_EQ(listed({"--only", "falling"})[0]["accepted"]["reason"], "đã gọi hỏi xã");
  EXPECT_THAT(run({"check", "-w", w}).out, HasSubstr("đã gọi hỏi xã"));

  EXPECT_EQ(run({"check", "-w", w, "--withdraw", errors[0]}).status, 0);
  EXPECT_EQ(run({"check", "-w", w}).status, 1);
}
