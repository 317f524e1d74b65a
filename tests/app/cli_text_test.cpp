#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/cli/issue_list.hpp"
#include "app/cli/text_table.hpp"

using app::Language;
using testing::HasSubstr;

TEST(TextTable, CountsWhatATerminalShows) {
  EXPECT_EQ(app::display_width("Mường Nhé"), 9u);
  EXPECT_EQ(app::display_width("Mu\u031bo\u031b\u0300ng"), 5u);  // decomposed
  EXPECT_EQ(app::display_width("村"), 2u);
  EXPECT_EQ(app::display_width("a\xff"), 2u);
}

TEST(TextTable, AlignsVietnamese) {
  app::TextTable table;
  table.columns = {{"Xã"}, {"Thiếu", true}};
  table.rows = {{"Mường Nhé", "7.223"}, {"Na Ư", "12"}, {"Tổng"}};
  table.last_is_total = true;
  EXPECT_EQ(app::to_text(table),
            "Xã         Thiếu\n"
            "─────────  ─────\n"
            "Mường Nhé  7.223\n"
            "Na Ư          12\n"
            "─────────  ─────\n"
            "Tổng\n");
}

TEST(TextTable, KeepsFileContentsFromSteeringTheTerminal) {
  app::TextTable table;
  table.columns = {{"Xã"}};
  table.rows = {{"a\x1b[2Jb\nc"}, {"x\u009b2Jé"}};
  const std::string text = app::to_text(table);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_THAT(text, HasSubstr("a [2Jb c"));
  EXPECT_THAT(text, HasSubstr("x  2Jé"));
  geo::Issue issue;
  issue.message = geo::Message{"what", {}};
  issue.file = "a\x1b]0;b.csv";
  EXPECT_THAT(app::issues_text({issue}, Language::english, 0), HasSubstr("a ]0;b.csv: what"));
}

TEST(IssueList, TellsTheWorstFirstAndCountsTheRest) {
  geo::Issues issues;
  for (int i = 0; i < 100; ++i) {
    geo::Issue issue;
    issue.severity = geo::Severity::info;
    issue.message = geo::Message{"same", {}};
    issue.row = i + 1;
    issues.push_back(issue);
  }
  geo::Issue error;
  error.severity = geo::Severity::error;
  error.message = geo::Message{"bad", {}};
  issues.push_back(error);
  const std::string text = app::issues_text(issues, Language::english, 30);
  EXPECT_EQ(text.find("ERROR: bad"), 0u);
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 33);
  EXPECT_THAT(text, HasSubstr("and 86 more like it"));
  EXPECT_THAT(text, HasSubstr("Errors: 1, warnings: 0, notes: 100"));
  const std::string all = app::issues_text(issues, Language::english, 0);
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 102);
  EXPECT_EQ(app::issues_text({}, Language::english, 30), "");
}

TEST(IssueList, NamesEveryKindEvenWhereThereAreMoreThanLines) {
  geo::Issues issues;
  for (int i = 0; i < 50; ++i) {
    for (int times = 0; times < 3; ++times) {
      geo::Issue issue;
      issue.message = geo::Message{"kind " + std::to_string(i), {}};
      issues.push_back(issue);
    }
  }
  const std::string text = app::issues_text(issues, Language::english, 30);
  for (int i = 0; i < 50; ++i) EXPECT_THAT(text, HasSubstr("kind " + std::to_string(i)));
  EXPECT_THAT(text, HasSubstr("and 2 more like it"));
}
