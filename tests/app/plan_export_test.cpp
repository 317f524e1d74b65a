#include "app/plan_export.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "app/plan_book.hpp"
#include "app/plan_calendar.hpp"
#include "app/plan_words.hpp"
#include "data/table_file.hpp"
#include "tests/app/small_plan.hpp"
#include "tests/render/pdf_tools.hpp"

namespace {

using app::Language;
using pdf_tools::Pdf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr Language vi = Language::vietnamese, en = Language::english;

std::filesystem::path fresh(const std::string& name) {
  const auto file = scratch::folder() / name;
  std::filesystem::remove(file);
  return file;
}
std::string slurp(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}
std::string calendar(const data::PlanBasis& basis, const data::Plan& plan, Language language = vi) {
  return app::calendar_of(basis, plan, language, std::chrono::sys_seconds{});
}

/// A reader of calendars of its own: unfolds, splits, takes escapes off.
using Event = std::map<std::string, std::string>;
std::vector<Event> events_of(const std::string& ics) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < ics.size();) {
    const auto end = ics.find("\r\n", at);
    if (end == std::string::npos) {
      ADD_FAILURE() << "a line without its end";
      break;
    }
    const std::string line = ics.substr(at, end - at);
    EXPECT_LE(line.size(), 75U) << line;
    EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
    const auto whole = [](const std::string& text) {
      return text.empty() || (static_cast<unsigned char>(text[0]) & 0xc0) != 0x80;
    };
    if (!line.empty() && line[0] == ' ') {
      EXPECT_TRUE(whole(line.substr(1))) << "cut within a character";
      lines.back() += line.substr(1);
    } else {
      lines.push_back(line);
    }
    at = end + 2;
  }
  EXPECT_EQ(lines.front(), "BEGIN:VCALENDAR");
  EXPECT_EQ(lines.back(), "END:VCALENDAR");
  std::vector<Event> out;
  bool in_event = false;
  for (const std::string& line : lines) {
    if (line == "BEGIN:VEVENT") {
      out.emplace_back();
      in_event = true;
      continue;
    }
    if (line == "END:VEVENT") in_event = false;
    if (!in_event) continue;
    const auto colon = line.find(':');
    std::string value;
    for (std::size_t i = colon + 1; i < line.size(); ++i) {
      if (line[i] != '\\') {
        value += line[i];
        continue;
      }
      ++i;
      value += line[i] == 'n' ? '\n' : line[i];
    }
    EXPECT_TRUE(out.back().emplace(line.substr(0, colon), value).second) << line << " twice";
  }
  return out;
}

#define NEEDS_POPPLER \
  if (!pdf_tools::have()) GTEST_SKIP() << "pdftotext and pdffonts (poppler-utils) are not here"

TEST(PlanExport, ScheduleHasEveryTripOnItsDay) {
  const auto basis = small_plan::basis();
  const auto table = app::schedule_table(basis, small_plan::plan(), en);
  ASSERT_EQ(table.rows.size(), 4U);
  const auto column = [&](const std::string& id) {
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      if (table.columns[c].id == id) return c;
    throw std::runtime_error(id);
  };
  const auto day = [&](std::size_t r) { return geo::iso(std::get<geo::Date>(table.rows[r][1])); };
  EXPECT_EQ(day(0), "2023-12-30");
  EXPECT_EQ(day(1), "2023-12-30");
  EXPECT_EQ(day(2), "2023-12-31") << "the team's second day";
  EXPECT_EQ(day(3), "2024-01-06") << "the next year";
  EXPECT_EQ(std::get<double>(table.rows[0][column("people")]), 61.4);
  EXPECT_NEAR(std::get<double>(table.rows[0][column("km")]), 12.34, 1e-6);
  EXPECT_EQ(std::get<std::string>(table.rows[0][column("pack")]), "generator, router");
  EXPECT_EQ(std::get<std::string>(table.rows[0][column("former_district")]), "Huyện Một");
  EXPECT_EQ(std::get<std::string>(table.rows[3][column("team")]), "D3") << "by id, without a name";
  EXPECT_TRUE(std::holds_alternative<std::monostate>(table.rows[3][column("km")])) << "phoned";
  for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size());
  // The same rows by team: the first team's two trips are together, in order of days.
  const auto teams = app::team_table(basis, small_plan::plan(), en);
  ASSERT_EQ(teams.rows.size(), 4U);
  EXPECT_EQ(std::get<std::string>(teams.rows[0][0]), "Đội Một");
  EXPECT_EQ(std::get<std::string>(teams.rows[1][0]), "Đội Một");
  EXPECT_EQ(std::get<std::string>(teams.rows[2][0]), "Đội Hai");
}

TEST(PlanExport, KitComesFromWhoOwnsItAndDoesNotUseIt) {
  const auto basis = small_plan::basis();
  auto plan = small_plan::plan();
  auto kit = app::kit_held(*basis.dataset, plan);
  ASSERT_EQ(kit.size(), 2U);
  EXPECT_FALSE(kit[0].router);
  EXPECT_EQ(kit[0].from, 1U) << "the second team lends its generator";
  EXPECT_TRUE(kit[1].router);
  EXPECT_EQ(kit[1].from, 0U) << "its own";
  plan.trips[1].pack = data::Pack::generator;  // now the second team uses it itself
  kit = app::kit_held(*basis.dataset, plan);
  ASSERT_EQ(kit.size(), 3U);
  EXPECT_EQ(kit[0].by.team, 0U);
  EXPECT_EQ(kit[0].from, std::nullopt) << "there is no second generator";
  EXPECT_EQ(kit[2].from, 1U);
  plan.wishes.absent = {"D2"};  // who is absent lends nothing
  kit = app::kit_held(*basis.dataset, small_plan::plan());
  EXPECT_EQ(kit[0].from, 1U);
  plan.trips[1].pack = data::Pack::nothing;
  EXPECT_EQ(app::kit_held(*basis.dataset, plan)[0].from, std::nullopt);
}

TEST(PlanExport, CommunesSayWhatIsLeftAndNotReportedIsEmpty) {
  const auto basis = small_plan::basis();
  const auto plan = small_plan::plan();
  const auto table = app::commune_table(basis, plan, vi);
  double expected = 0;
  bool not_reported = false;
  for (const auto& row : table.rows) {
    expected += std::get<double>(row[4]);
    if (std::holds_alternative<std::monostate>(row[3])) {
      not_reported = true;
      EXPECT_EQ(std::get<std::string>(row[0]), "03105");
      EXPECT_TRUE(std::holds_alternative<std::monostate>(row[5])) << "unknown, not 0";
      continue;
    }
    EXPECT_NEAR(std::get<double>(row[5]), std::get<double>(row[3]) - std::get<double>(row[4]),
                1e-6);
  }
  EXPECT_TRUE(not_reported);
  EXPECT_NEAR(expected, plan.total, 1e-6);
}

TEST(PlanExport, SpreadsheetHasFiveSheetsOfRealNumbersAndDates) {
  const auto file = fresh("plan.xlsx");
  app::export_plan(small_plan::basis(), small_plan::plan(), file, vi);
  const data::Table schedule = data::read_table(file, "Lịch ra quân");
  EXPECT_THAT(schedule.sheets,
              ElementsAre("Tổng quan", "Lịch ra quân", "Theo đội", "Thiết bị", "Các xã"));
  ASSERT_EQ(schedule.rows.size(), 5U);
  EXPECT_THAT(schedule.rows[1].cells, Contains("61.4"));
  EXPECT_THAT(schedule.rows[1].cells[1], testing::AnyOf("2023-12-30", "2023/12/30", "30/12/2023"));
  EXPECT_THAT(schedule.rows[1].cells, Contains("máy phát điện, bộ phát sóng"));
  const data::Table overview = data::read_table(file, "Tổng quan");
  std::string all;
  for (const auto& row : overview.rows)
    for (const auto& cell : row.cells) all += cell + "|";
  EXPECT_THAT(all, HasSubstr("Trong 3 cuối tuần, 3 đội về 3 xã: dự kiến thêm 159 tài khoản (80 – "
                             "239)."));
  EXPECT_THAT(all, HasSubstr("Cách phương án tốt nhất có thể không quá 1,0%."));
  EXPECT_THAT(all, HasSubstr("báo cáo tuần.csv"));
  for (const auto& c : data::plan_coefficients({}))
    EXPECT_THAT(all, HasSubstr(app::say(vi, c.what))) << c.id;
  EXPECT_EQ(data::read_table(file, "Thiết bị").rows.size(), 3U);
}

TEST(PlanExport, TextOfOthersStaysText) {
  auto basis = small_plan::basis();
  const auto plan = small_plan::plan();
  for (const char* name : {"=1+1", "+84 900", "-đội", "@SUM(A1)", "Đội 😀 \"x\", y; z\\n"}) {
    SCOPED_TRACE(name);
    small_plan::rename(basis, 0, name);
    const auto xlsx = fresh("odd.xlsx"), csv = fresh("odd.csv");
    app::export_plan(basis, plan, xlsx, en);
    EXPECT_THAT(data::read_table(xlsx, "Schedule").rows[1].cells, Contains(name));
    app::export_plan(basis, plan, csv, en);
    if (std::string("=+-@").find(name[0]) != std::string::npos) {
      EXPECT_THAT(slurp(csv), HasSubstr(std::string(",\"'") + name));
    }
    const auto events = events_of(calendar(basis, plan, en));
    EXPECT_EQ(events.at(0).at("SUMMARY"), std::string(name) + " → Xã số 1, Xã số 4");
  }
}

TEST(PlanExport, CalendarHasAnEntryForEveryTeamAndWeekend) {
  const auto basis = small_plan::basis();
  const auto plan = small_plan::plan();
  const std::string ics = calendar(basis, plan);
  EXPECT_THAT(ics, HasSubstr("VERSION:2.0\r\n"));
  EXPECT_THAT(ics, Not(HasSubstr("METHOD")));
  const auto events = events_of(ics);
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].at("SUMMARY"), "Đội Một → Xã số 1, Xã số 4");
  EXPECT_EQ(events[0].at("DTSTART;VALUE=DATE"), "20231230");
  EXPECT_EQ(events[0].at("DTEND;VALUE=DATE"), "20240101") << "the day after, in the next year";
  EXPECT_EQ(events[0].at("LOCATION"), "Xã số 1, Huyện Một; Xã số 4, Huyện Hai");
  EXPECT_THAT(events[0].at("DESCRIPTION"), HasSubstr("12,3 km"));
  EXPECT_THAT(events[0].at("DESCRIPTION"), HasSubstr("máy phát điện, bộ phát sóng"));
  EXPECT_EQ(events[1].at("SUMMARY"), "Đội Hai → Xã số 2");
  EXPECT_EQ(events[1].at("DTEND;VALUE=DATE"), "20240101");
  EXPECT_EQ(events[2].at("LOCATION"), "Xã số 4") << "who phones stays at home";
  EXPECT_THAT(events[2].at("DESCRIPTION"), HasSubstr("gọi điện"));
  EXPECT_THAT(events_of(calendar(basis, plan, en))[2].at("DESCRIPTION"), HasSubstr("by phone"));
}

/// The first team and two added ones like it, everywhere where one team would be.
data::Plan plan_with_added() {
  data::Plan plan = small_plan::plan();
  plan.wishes.extra = {{"D1", 2}};
  std::vector<data::Trip> trips;
  for (const data::Trip& trip : plan.trips) {
    trips.push_back(trip);
    if (trip.team != 0) continue;
    for (const std::uint32_t copy : {1U, 2U}) {
      trips.push_back(trip);
      trips.back().copy = copy;
    }
  }
  std::stable_sort(trips.begin(), trips.end(),
                   [](auto& a, auto& b) { return a.weekend < b.weekend; });
  plan.trips = trips;
  return plan;
}

TEST(PlanExport, AddedTeamsAreTeamsOfTheirOwn) {
  const auto basis = small_plan::basis();
  const auto plan = plan_with_added();
  const auto days = app::first_days(plan);
  for (std::size_t i = 0; i < plan.trips.size(); ++i) {
    const data::PlanWeekend& weekend = plan.weekends[plan.trips[i].weekend];
    EXPECT_GE(days[i], weekend.first);
    EXPECT_LE(days[i] + static_cast<int>(plan.trips[i].days),
              weekend.first + static_cast<int>(weekend.days));
  }
  const auto events = events_of(calendar(basis, plan));
  EXPECT_EQ(events.size(), 5U);
  std::set<std::string> uids, summaries;
  for (const Event& event : events) {
    uids.insert(event.at("UID"));
    summaries.insert(event.at("SUMMARY"));
    const auto day = [&](const char* of) {
      std::string text = event.at(of);
      return *geo::parse_date(text.insert(6, "-").insert(4, "-"));
    };
    EXPECT_LE(day("DTEND;VALUE=DATE") - day("DTSTART;VALUE=DATE"), 2);
  }
  EXPECT_EQ(uids.size(), 5U);
  EXPECT_EQ(summaries.size(), 5U) << "each has a name of its own";
  EXPECT_THAT(summaries, Contains(HasSubstr("Đội Một (thêm 2)")));
  // One router is on record, and the added teams bring none.
  const auto kit = app::kit_held(*basis.dataset, plan);
  EXPECT_EQ(kit.size(), 6U);
  for (const app::KitHeld& held : kit) {
    EXPECT_EQ(held.own(), held.router && held.by == (app::Goer{0, 0}));
    if (held.router && held.by.copy > 0) {
      EXPECT_EQ(held.from, std::nullopt);
    }
  }
  EXPECT_THAT(app::plan_headline(basis, plan, vi), HasSubstr("5 đội"));
}

TEST(PlanExport, ThereIsAPageForEveryAddedTeam) {
  NEEDS_POPPLER;
  const auto basis = small_plan::basis();
  const Pdf pdf(fresh("added.pdf"));
  app::export_plan(basis, plan_with_added(), pdf.file, vi);
  EXPECT_EQ(pdf.pages(), 1 + 1 + 1 + 5);
  EXPECT_THAT(pdf.text(5), HasSubstr("Đội Một (thêm 1)"));
  EXPECT_THAT(pdf.text(6), HasSubstr("Đội Một (thêm 2)"));
}

TEST(PlanExport, CalendarSaysWhoLendsAndOnWhichDayWhere) {
  const auto events = events_of(calendar(small_plan::basis(), small_plan::plan()));
  const std::string& words = events[0].at("DESCRIPTION");
  EXPECT_THAT(words, HasSubstr("30/12/2023 · Xã số 1"));
  EXPECT_THAT(words, HasSubstr("31/12/2023 · Xã số 4"));
  EXPECT_THAT(words, HasSubstr("Lấy máy phát điện của: Đội Hai (Xã số 2)"));
  EXPECT_THAT(words, Not(HasSubstr("Lấy bộ phát sóng"))) << "its own";
}

TEST(PlanExport, BoundsAreRoundedUp) {
  EXPECT_EQ(app::gap_text(0.000195, vi), "0,1%");
  EXPECT_EQ(app::gap_text(0.002, vi), "0,2%");
  EXPECT_EQ(app::gap_text(0, vi), "0,0%");
}

TEST(PlanExport, EntriesKeepTheirIdentity) {
  const auto basis = small_plan::basis();
  auto plan = small_plan::plan();
  const auto uids = [&] {
    std::vector<std::string> out;
    for (const Event& event : events_of(calendar(basis, plan))) out.push_back(event.at("UID"));
    return out;
  };
  const auto before = uids();
  EXPECT_EQ(std::set<std::string>(before.begin(), before.end()).size(), 3U);
  plan.trips[1].commune = geo::UnitIndex(3U);  // sent elsewhere: the same entry, changed
  plan.trips[1].people = 5;
  EXPECT_EQ(uids(), before);
  plan.trips[3].weekend = 2;
  EXPECT_NE(uids()[2], before[2]) << "another weekend";
}

TEST(PlanExport, TeamsThatNothingTellsApartHaveAnEntryEach) {
  auto basis = small_plan::many(5);
  auto dataset = std::make_shared<data::Dataset>(*basis.dataset);
  for (auto& team : dataset->teams) team.id = team.name = {};
  basis.dataset = dataset;
  std::set<std::string> uids;
  const auto events = events_of(calendar(basis, small_plan::plan_of_many(basis)));
  for (const Event& event : events) uids.insert(event.at("UID"));
  EXPECT_EQ(events.size(), 5U);
  EXPECT_EQ(uids.size(), 5U);
  EXPECT_EQ(events[0].at("SUMMARY"), "Đội ở Xã số 0 → Xã số 0");
}

TEST(PlanExport, PrintedPlanSaysEveryNumber) {
  NEEDS_POPPLER;
  auto basis = small_plan::basis();
  auto made_up = std::make_shared<data::Dataset>(*basis.dataset);
  made_up->made_up = true;
  basis.dataset = made_up;
  const auto plan = small_plan::plan();
  for (const Language language : {vi, en}) {
    const Pdf pdf(fresh("plan.pdf"));
    app::export_plan(basis, plan, pdf.file, language);
    const std::string text = pdf.text();
    for (const data::Trip& trip : plan.trips) {
      EXPECT_THAT(text, HasSubstr(app::number(language, trip.people)));
      if (trip.phone) continue;
      EXPECT_THAT(text, HasSubstr(app::number(language, double(trip.leg.km), 1)));
    }
    EXPECT_THAT(text, HasSubstr(app::number(language, plan.total)));
    EXPECT_EQ(pdf.fonts_missing(), "");
    const int pages = pdf.pages();
    EXPECT_EQ(pages, 1 + 1 + 1 + 3) << "the whole, the schedule, the kit, three teams";
    for (int page = 1; page <= pages; ++page) {
      const std::string one = pdf.text(page);
      EXPECT_THAT(one, HasSubstr(app::say(language, "view.watermark"))) << page;
      EXPECT_THAT(one, HasSubstr("báo cáo tuần.csv")) << page;
      EXPECT_THAT(one, HasSubstr(app::say(language, "app.handover_page", page, pages))) << page;
    }
    EXPECT_THAT(pdf.text(4), HasSubstr("Đội Một"));
    EXPECT_THAT(pdf.text(4), HasSubstr("Đội Hai (Xã số 2)")) << "whom to get the generator from";
    EXPECT_THAT(pdf.text(5), HasSubstr("Đội Hai"));
  }
}

TEST(PlanExport, PrintedTwiceItHasTheSameBytes) {
  const auto basis = small_plan::basis();
  const auto plan = small_plan::plan();
  const app::PlanMap map = [](int width, int height, double) {
    return render::Image{width, height,
                         std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * 4)};
  };
  const auto a = fresh("a.pdf"), b = fresh("b.pdf");
  app::export_plan(basis, plan, a, vi, map);
  app::export_plan(basis, plan, b, vi, map);
  EXPECT_TRUE(slurp(a) == slurp(b));
  EXPECT_GT(slurp(a).size(), 10'000U);
}

TEST(PlanExport, NoTripsAtAllIsSaidAndOneTeamIsEnough) {
  NEEDS_POPPLER;
  const auto basis = small_plan::basis();
  data::Plan none = small_plan::plan();
  none.trips.clear();
  none.total = none.low = none.high = none.value = none.bound = 0;
  none.people.assign(6, 0);
  const Pdf pdf(fresh("none.pdf"));
  app::export_plan(basis, none, pdf.file, vi);
  EXPECT_EQ(pdf.pages(), 1);
  EXPECT_THAT(pdf.text(), HasSubstr("không có chuyến nào"));
  EXPECT_EQ(events_of(calendar(basis, none)).size(), 0U);
  app::export_plan(basis, none, fresh("none.xlsx"), vi);
  EXPECT_EQ(data::read_table(scratch::folder() / "none.xlsx", "Lịch ra quân").rows.size(), 1U);

  const auto one = small_plan::many(1);
  app::export_plan(one, small_plan::plan_of_many(one), pdf.file, en);
  EXPECT_EQ(pdf.pages(), 3) << "the whole, the schedule, the team; no kit";
  EXPECT_THAT(pdf.text(1), HasSubstr("one team"));
  EXPECT_THAT(pdf.text(2), HasSubstr("Nobody has to go")) << "on the second weekend";
}

TEST(PlanExport, FiveHundredTeamsAreFiveHundredPages) {
  NEEDS_POPPLER;
  const auto basis = small_plan::many(500);
  const Pdf pdf(fresh("many.pdf"));
  app::export_plan(basis, small_plan::plan_of_many(basis), pdf.file, vi);
  EXPECT_GT(pdf.pages(), 500);
  EXPECT_THAT(pdf.text(pdf.pages()), HasSubstr("Đội số 499"));
  EXPECT_EQ(events_of(calendar(basis, small_plan::plan_of_many(basis))).size(), 500U);
}

TEST(PlanExport, VeryLongNamesStayOnTheirPage) {
  NEEDS_POPPLER;
  auto basis = small_plan::basis();
  std::string name = "Đội";
  for (int i = 0; i < 300; ++i) name += " tình nguyện";
  small_plan::rename(basis, 0, name);
  const Pdf pdf(fresh("long.pdf"));
  app::export_plan(basis, small_plan::plan(), pdf.file, vi);
  EXPECT_EQ(pdf.pages(), 6);
  EXPECT_THAT(pdf.text(), HasSubstr("61"));
  for (const Event& event : events_of(calendar(basis, small_plan::plan())))
    EXPECT_FALSE(event.at("SUMMARY").empty());
}

TEST(PlanExport, OtherKindsAreRefusedBeforeAnyWork) {
  try {
    app::require_plan_exportable("kế hoạch.docx");
    FAIL();
  } catch (const geo::Error& error) {
    EXPECT_EQ(error.kind, geo::ErrorKind::usage);
    EXPECT_THAT(app::say(vi, error), HasSubstr(".ics"));
  }
  for (const char* good : {"a.XLSX", "a.pdf", "a.Ics", "a.csv"})
    EXPECT_NO_THROW(app::require_plan_exportable(good));
}

namespace {

/// What an export into the file says, where it must not be possible.
std::string refusal(const data::PlanBasis& basis, const data::Plan& plan,
                    const std::filesystem::path& file) {
  try {
    app::export_plan(basis, plan, file, vi);
  } catch (const geo::Error& error) {
    EXPECT_EQ(error.kind, geo::ErrorKind::io);
    EXPECT_FALSE(error.remedy.id.empty());
    return error.message.id;
  }
  return "written";
}

}  // namespace

TEST(PlanExport, IntoAFolderThatMayNotBeWrittenToItSaysSoAndTheOldFileStays) {
  const auto basis = small_plan::basis();
  const auto plan = small_plan::plan();
  const auto folder = scratch::folder() / "read only";
  std::filesystem::create_directories(folder);
  for (const char* name : {"old.xlsx", "old.pdf", "old.ics", "old.csv"})
    std::ofstream(folder / name) << "as it was";
  using std::filesystem::perms;
  std::filesystem::permissions(folder, perms::owner_read | perms::owner_exec);
  const bool kept_out = !std::ofstream(folder / "try");
  if (kept_out) {
    for (const char* name : {"old.xlsx", "old.pdf", "old.ics", "old.csv"}) {
      EXPECT_EQ(refusal(basis, plan, folder / name), "data.out_not_writable") << name;
      EXPECT_EQ(slurp(folder / name), "as it was");
    }
  }
  std::filesystem::permissions(folder, perms::owner_all);
  std::filesystem::remove_all(folder);
  if (!kept_out) GTEST_SKIP() << "root writes everywhere";
}

TEST(PlanExport, WhatCannotBeWrittenLeavesTheOldFile) {
  const auto basis = small_plan::basis();
  const auto plan = small_plan::plan();
  for (const char* name : {"old.xlsx", "old.pdf", "old.ics", "old.csv"}) {
    SCOPED_TRACE(name);
    const auto file = fresh(name);
    std::ofstream(file) << "as it was";
    const auto folder = scratch::folder() / "a folder" / name;
    std::filesystem::create_directories(folder);
    // Files of at most 100 bytes: as when the disk is full.
    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    getrlimit(RLIMIT_FSIZE, &old);
    rlimit small = old;
    small.rlim_cur = 100;
    setrlimit(RLIMIT_FSIZE, &small);
    EXPECT_THROW(
        try { app::export_plan(basis, plan, file, vi); } catch (const geo::Error& error) {
          EXPECT_EQ(error.kind, geo::ErrorKind::io);
          EXPECT_EQ(error.message.id, "data.out_disk_full");
          throw;
        },
        geo::Error);
    setrlimit(RLIMIT_FSIZE, &old);
    std::signal(SIGXFSZ, before);
    EXPECT_EQ(slurp(file), "as it was");
    EXPECT_EQ(refusal(basis, plan, scratch::folder() / "nowhere" / name), "data.out_no_folder");
    EXPECT_EQ(refusal(basis, plan, folder), "data.out_is_folder");
  }
  for (const auto& entry : std::filesystem::directory_iterator(scratch::folder()))
    EXPECT_THAT(entry.path().string(), Not(HasSubstr(".part")));
}

}  // namespace
