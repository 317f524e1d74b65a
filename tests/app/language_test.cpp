#include "app/language.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>

using app::Language;

namespace {

constexpr auto vi = Language::vietnamese;
constexpr auto en = Language::english;

geo::Date day(int y, unsigned m, unsigned d) {
  return {std::chrono::sys_days{std::chrono::year{y} / static_cast<int>(m) / static_cast<int>(d)}};
}

/// Sets a variable of the environment while it lives.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    value != nullptr ? setenv(name, value, 1) : unsetenv(name);
  }
  ~Environment() { old_ ? setenv(name_, old_->c_str(), 1) : unsetenv(name_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::optional<std::string> old_;
};

Language with_locale(const char* all, const char* messages, const char* lang) {
  const Environment a("LC_ALL", all), b("LC_MESSAGES", messages), c("LANG", lang);
  return app::language_of_locale();
}

}  // namespace

TEST(Language, WritesNumbersTheReadersWay) {
  EXPECT_EQ(app::number(vi, 482096), "482.096");
  EXPECT_EQ(app::number(en, 482096), "482,096");
  EXPECT_EQ(app::number(vi, 1234.5, 1), "1.234,5");
  EXPECT_EQ(app::number(en, 1234.5, 1), "1,234.5");
  EXPECT_EQ(app::number(vi, 999), "999");
  EXPECT_EQ(app::number(vi, 1000), "1.000");
  EXPECT_EQ(app::number(vi, -1234567), "-1.234.567");
  EXPECT_EQ(app::number(vi, 0), "0");
}

TEST(Language, RoundsHalfAwayFromZeroLikeASpreadsheet) {
  EXPECT_EQ(app::number(vi, 7222.5), "7.223");
  EXPECT_EQ(app::number(vi, -0.5), "-1");
  EXPECT_EQ(app::number(vi, -0.4), "0");  // not "-0"
  EXPECT_EQ(app::number(vi, 1.005, 2), "1,01");
  EXPECT_EQ(app::percent(vi, 0.26405), "26,4%");
  EXPECT_EQ(app::percent(en, 0.285), "28.5%");
  EXPECT_EQ(app::percent(vi, 1), "100,0%");
  EXPECT_EQ(app::percent(vi, 0.6, 0), "60%");
}

TEST(Language, SaysWhenThereIsNoNumber) {
  EXPECT_EQ(app::number(vi, std::numeric_limits<double>::quiet_NaN()), "–");
  EXPECT_EQ(app::percent(vi, std::numeric_limits<double>::infinity()), "–");
}

TEST(Language, WritesDates) {
  EXPECT_EQ(app::date(vi, day(2023, 8, 27)), "27/8/2023");
  EXPECT_EQ(app::date(en, day(2023, 8, 27)),
            "27\u00a0Aug\u00a0"
            "2023");
}

TEST(Language, FollowsTheLocale) {
  EXPECT_EQ(with_locale(nullptr, nullptr, nullptr), vi);
  EXPECT_EQ(with_locale(nullptr, nullptr, "C.UTF-8"), vi);
  EXPECT_EQ(with_locale(nullptr, nullptr, "POSIX"), vi);
  EXPECT_EQ(with_locale(nullptr, nullptr, "vi_VN.UTF-8"), vi);
  EXPECT_EQ(with_locale(nullptr, nullptr, "en_GB.UTF-8"), en);
  EXPECT_EQ(with_locale(nullptr, nullptr, "fr_FR"), en);
  EXPECT_EQ(with_locale("vi_VN", "en_US", "en_US"), vi);
  EXPECT_EQ(with_locale("", "en_US", "vi_VN"), en);
  EXPECT_EQ(app::language_by_id("en"), en);
  EXPECT_FALSE(app::language_by_id("fr"));
}

TEST(Language, FillsSentences) {
  EXPECT_EQ(app::say(vi, "cli.issue_column", 1073), "cột 1.073");
  EXPECT_EQ(app::say(en, "cli.issue_column", 1073), "column 1,073");
  EXPECT_EQ(app::say(vi, "cli.issue_column", 0.1 + 0.2), "cột 0,3");
  EXPECT_EQ(app::say(vi, "cli.issue_column", 2.0), "cột 2");
  EXPECT_EQ(app::say(vi, "cli.issue_column", 26.4), "cột 26,4");
  EXPECT_EQ(app::say(vi, "cli.issue_column", "2023-08-27"), "cột 27/8/2023");
  EXPECT_EQ(app::say(vi, "cli.issue_column", "2023-13-27"), "cột 2023-13-27");
  EXPECT_EQ(app::say(vi, "cli.issue_column", "{0}"), "cột {0}");  // what people typed is not read
  EXPECT_EQ(app::say(vi, "cli.issue_column"), "cột {0}");
}

TEST(Language, ShowsAnUnknownIdAsItself) {
  EXPECT_EQ(app::say(vi, geo::Message{"nowhere.such", {}}), "nowhere.such");
}

TEST(Language, PutsTheThreePartsOfAnErrorOnLinesOfTheirOwn) {
  const geo::Error error(geo::ErrorKind::io, geo::Message{"what", {}}, "a.csv",
                         geo::Message{"remedy", {}});
  EXPECT_EQ(app::say(vi, error), "what\nỞ: a.csv\nCách xử lý: remedy");
}

TEST(Language, SaysWhereAnIssueIs) {
  geo::Issue issue;
  issue.message = {"what", {}};
  EXPECT_EQ(app::say(vi, issue), "what");
  issue.file = "a.xlsx";
  issue.sheet = "Tuần 11";
  issue.row = 1073;
  issue.column = "F";
  EXPECT_EQ(app::say(vi, issue), "a.xlsx, trang “Tuần 11”, dòng 1073, cột F: what");
  EXPECT_EQ(app::say(en, issue), "a.xlsx, sheet “Tuần 11”, row 1073, column F: what");
  issue = {};
  issue.message = {"what", {}};
  issue.unit = "03127";
  issue.at = geo::LonLat{103.5, 21.25};
  EXPECT_EQ(app::say(vi, issue), "03127, 21,25000; 103,50000: what");
}
