// The checks find what is wrong in a sample on purpose, all of it, and nothing in a clean one.
#include "data/quality.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "data/prepared_land.hpp"
#include "data/sample.hpp"
#include "data/table_file.hpp"
#include "geo/error.hpp"
#include "tests/data/real_province.hpp"
#include "tests/data/report_lists.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::Check;
using data::Finding;
using testing::ElementsAre;

std::string text_of(const geo::Message& message) {
  std::string out = message.id;
  for (const geo::Arg& arg : message.args)
    out += " | " + std::visit(
                       [](const auto& value) {
                         if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>)
                           return value;
                         else
                           return std::to_string(value);
                       },
                       arg);
  return out;
}

std::string listed(const std::vector<Finding>& findings, Check check) {
  std::string out;
  for (const Finding& f : findings)
    if (f.check == check) out += f.key + ": " + text_of(f.message) + '\n';
  return out;
}

std::int64_t count(const std::vector<Finding>& findings, Check check) {
  return std::count_if(findings.begin(), findings.end(),
                       [check](const Finding& f) { return f.check == check; });
}

std::vector<Finding> all_findings(const std::filesystem::path& file) {
  auto workspace = data::Workspace::open(file);
  const geo::HitIndex hits(std::make_shared<const geo::Borders>(
      geo::build_borders(data::read_shapes(workspace.database()), {})));
  return data::check_quality(*workspace.load(), &hits);
}

struct Size {
  std::uint32_t communes, weeks;
};
constexpr Size sizes[] = {{1, 20}, {6, 5}, {20, 10}, {45, 20}, {90, 52}};

class SampleChecks : public testing::TestWithParam<std::uint64_t> {};

TEST_P(SampleChecks, FindEveryPlantedDefectAndNothingElse) {
  for (const Size size : sizes) {
    const auto file = tiny::fresh("planted.sqlite");
    const data::SampleDefects planted =
        data::write_sample(file, {size.communes, size.weeks, GetParam()});
    const auto findings = all_findings(file);
    const std::pair<Check, std::int64_t> wanted[] = {
        {Check::counts_order, planted.activated_above_installed},
        {Check::falling, planted.falling_cumulative},
        {Check::jump, planted.implausible_jump},
        {Check::density, planted.population_off_by_ten},
        {Check::residents, planted.residents_unlike},
        {Check::settlement_outside, planted.settlement_outside},
        {Check::team_without_commune, planted.team_without_commune},
        {Check::silent, planted.silent},
        {Check::never_reported, planted.never_reported}};
    for (const auto& [check, number] : wanted)
      EXPECT_EQ(count(findings, check), number)
          << data::id(check) << " in " << size.communes << " communes, " << size.weeks
          << " weeks, seed " << GetParam() << '\n'
          << listed(findings, check);
  }
}

TEST_P(SampleChecks, FindNothingInACleanOne) {
  for (const Size size : sizes) {
    const auto file = tiny::fresh("clean.sqlite");
    data::SampleOptions options{size.communes, size.weeks, GetParam()};
    options.clean = true;
    data::SampleDefects planted = data::write_sample(file, options);
    planted.split_former = 0;  // a merger, not a mistake
    EXPECT_EQ(planted, data::SampleDefects{});
    const auto findings = all_findings(file);
    std::string all;
    for (const Check check : data::all_checks) all += listed(findings, check);
    EXPECT_TRUE(findings.empty()) << size.communes << " communes, " << size.weeks << " weeks, seed "
                                  << GetParam() << '\n'
                                  << all;
  }
}

INSTANTIATE_TEST_SUITE_P(DbSeeds, SampleChecks, testing::Range<std::uint64_t>(1, 21));

using data::test::change_reports;
using Reports = std::vector<data::Report>;

/// Weekly reports of one office from 6 April 2025; eligible 1,000; installed and level 1 as
/// level 2.
data::Dataset one_office(const std::vector<std::optional<std::int64_t>>& activated) {
  data::Dataset d;
  d.communes.resize(1);
  d.communes[0].code = geo::UnitCode("03001");
  d.communes[0].full_name = "Xã Thử";
  d.communes[0].parts.push_back({0, 1, false, -1});
  d.reporters.resize(1);
  d.reporters[0].code = geo::UnitCode("03001");
  d.reporters[0].name = "Xã Thử";
  Reports reports;
  geo::Date day = geo::parse_date("2025-04-06").value();
  for (const auto& count : activated) {
    data::Report r;
    r.date = day;
    r.eligible = 1000;
    r.installed = r.activated_l1 = r.activated_l2 = count;
    r.reached = 10;
    reports.push_back(r);
    d.dates.push_back(day);
    day = day + 7;
  }
  data::test::set_reports(d, {reports});
  return d;
}

TEST(Checks, AFallIsOneFindingAndMakingItUpIsNoJump) {
  const auto findings =
      data::check_quality(one_office({10, 30, 55, 300, 325, 350, 40, 375, 401, 430, 455}));
  ASSERT_EQ(findings.size(), 2u) << listed(findings, Check::jump);
  EXPECT_EQ(findings[0].check, Check::falling);
  EXPECT_EQ(findings[0].severity, geo::Severity::error);
  EXPECT_EQ(text_of(findings[0].message),
            "data.check_fell_l2 | Xã Thử | 350 | 2025-05-11 | 40 | 2025-05-18");
  EXPECT_EQ(findings[1].check, Check::jump);
  EXPECT_EQ(findings[1].key, "jump:03001:2025-04-27");
}

TEST(Checks, ASessionThatReachedThemExplainsAJump) {
  auto d = one_office({10, 30, 55, 300, 325, 350, 375, 401, 430});
  EXPECT_EQ(count(data::check_quality(d), Check::jump), 1);
  change_reports(d, 0, [](Reports& r) { r[3].reached = 250; });
  EXPECT_EQ(count(data::check_quality(d), Check::jump), 0);
  change_reports(d, 0, [](Reports& r) { r[3].reached.reset(); });
  change_reports(d, 0, [](Reports& r) { r[3].sessions = 7; });
  EXPECT_EQ(count(data::check_quality(d), Check::jump), 0);
  change_reports(d, 0, [](Reports& r) { r[3].sessions = 2; });
  EXPECT_EQ(count(data::check_quality(d), Check::jump), 1);
  d.teams.resize(1);
  d.teams[0].home = geo::UnitIndex(std::size_t{0});
  d.teams[0].members = 40;
  EXPECT_EQ(count(data::check_quality(d), Check::jump), 0);
}

TEST(Checks, TooFewWeeksHaveNoUsualWeek) {
  EXPECT_EQ(count(data::check_quality(one_office({10, 30, 55, 900})), Check::jump), 0);
}

TEST(Checks, CountsOutOfOrderAreOneFindingForAllTheirWeeks) {
  auto d = one_office({10, 30, 55});
  change_reports(d, 0, [](Reports& r) { r[1].installed = 20; });
  change_reports(d, 0, [](Reports& r) { r[2].installed = 40; });
  const auto findings = data::check_quality(d);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(text_of(findings[0].message),
            "data.check_l2_above_installed | Xã Thử | 55 | 40 | 2025-04-20 | 2");
  EXPECT_EQ(findings[0].unit, geo::UnitIndex(std::size_t{0}));
  // What was accepted stays so until the number is another one.
  d.acceptances.push_back({findings[0].key, "đã hỏi", "x", "2025-07-02T00:00:00Z"});
  EXPECT_EQ(data::check_quality(d)[0].accepted->reason, "đã hỏi");
  auto later = one_office({10, 30, 55, 60});
  change_reports(later, 0, [](Reports& r) {
    for (std::size_t i = 1; i < 4; ++i) r[i].installed = 20;
  });
  later.acceptances = d.acceptances;
  EXPECT_EQ(data::check_quality(later)[0].accepted, std::nullopt)
      << listed(data::check_quality(later), Check::counts_order);
  // More people than there are, by the last number of them that is known.
  auto many = one_office({10, 1001});
  change_reports(many, 0, [](Reports& r) { r[1].eligible.reset(); });
  const auto above = data::check_quality(many);
  ASSERT_EQ(above.size(), 1u);
  EXPECT_EQ(above[0].message.id, "data.check_installed_above_eligible");
}

TEST(Checks, SilenceIsToldWithItsLength) {
  auto d = one_office({10, 30, 55});
  d.dates.push_back(d.dates.back() + 14);
  EXPECT_TRUE(data::check_quality(d).empty()) << "14 days are not yet silence";
  d.dates.push_back(d.dates.back() + 1);
  const auto findings = data::check_quality(d);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(text_of(findings[0].message),
            "data.check_silent | Xã Thử | 1 | 1 | Xã Thử | 2025-04-20 | 15 | 2025-05-05");
  change_reports(d, 0, [](Reports& r) { r.clear(); });
  EXPECT_EQ(data::check_quality(d)[0].check, Check::never_reported);
  d.dates.clear();
  EXPECT_TRUE(data::check_quality(d).empty()) << "before the first report nobody is late";
}

TEST(Checks, ASettlementOutsideIsToldWithWhereItIs) {
  data::Dataset d;
  d.communes.resize(2);
  d.communes[0].full_name = "Xã Tây";
  d.communes[1].full_name = "Xã Đông";
  const geo::HitIndex hits(std::make_shared<const geo::Borders>(
      geo::build_borders(std::vector{tiny::square(103, 21), tiny::square(103.1, 21)}, {})));
  const auto outside = [&](double lon, double lat) {
    data::Settlement s;
    s.id = "S1";
    s.name = "Bản Một";
    s.commune = geo::UnitIndex(std::size_t{0});
    s.at = geo::LonLat{lon, lat};
    d.settlements = {s};
    const auto findings = data::check_quality(d, &hits);
    return findings.empty() ? std::string() : text_of(findings[0].message);
  };
  EXPECT_EQ(outside(103.05, 21.05), "");
  EXPECT_EQ(outside(103.102, 21.05), "") << "208 m over the border may be the border's fault";
  EXPECT_EQ(outside(103.15, 21.05),
            "data.check_outside_in | Bản Một | S1 | Xã Tây | 5.200000 | Xã Đông");
  EXPECT_EQ(outside(102.9, 21.05), "data.check_outside | Bản Một | S1 | Xã Tây | 10.400000");
}

TEST(Checks, HaveIdsOfTheirOwn) {
  std::set<std::string_view> ids;
  for (const Check check : data::all_checks) {
    ids.insert(data::id(check));
    EXPECT_EQ(data::check_by_id(data::id(check)), check);
  }
  EXPECT_EQ(ids.size(), std::size(data::all_checks));
  EXPECT_EQ(data::check_by_id("poems"), std::nullopt);
}

TEST(DbChecks, FindThePublishedPopulationsThatAreWrong) {
  const std::filesystem::path shared = PHUSONG_SHARED_DATA;
  if (!std::filesystem::exists(shared)) GTEST_SKIP() << "no real data beside the repository";
  // Published populations alone, without boundaries or settlements.
  const data::Table table = data::read_table(shared / "units/communes_2025.csv");
  data::Dataset d;
  std::map<std::string, std::int32_t> provinces;
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const auto& cells = table.rows[i].cells;
    data::Commune commune;
    commune.code = geo::UnitCode(cells.at(0));
    commune.full_name = cells.at(2);
    commune.kind = cells.at(3);
    commune.province =
        provinces.emplace(cells.at(4), static_cast<std::int32_t>(provinces.size())).first->second;
    if (cells.at(6).empty() || cells.at(7).empty()) continue;
    commune.area_m2 = std::stod(cells.at(6)) * 1e6;
    commune.published_population = std::stoll(cells.at(7));
    d.communes.push_back(std::move(commune));
  }
  ASSERT_GT(d.communes.size(), 3000u);
  std::set<std::string> found;
  const auto findings = data::check_quality(d);
  for (const Finding& f : findings) {
    EXPECT_EQ(f.check, Check::density);
    found.insert(d.communes[f.unit.value].full_name);
  }
  for (const char* name : {"Xã Nà Hỳ", "Xã Mường Tùng", "Xã Pu Nhi", "Xã Cam Hiệp"})
    EXPECT_TRUE(found.contains(name)) << name;
  // A person can look through these; a check that finds everything is none.
  EXPECT_LT(findings.size(), 150u);
}

TEST(DbChecks, DienBienIsSoundButForThreePopulations) {
  if (!real::is_there()) GTEST_SKIP() << real::missing;
  using Kind = data::ImportKind;
  auto workspace = real::province(
      "checks_dien_bien.sqlite",
      {Kind::boundaries, Kind::crosswalk, Kind::settlements, Kind::teams, Kind::reports});
  const auto dataset = workspace.load();
  const auto findings = data::check_quality(*dataset);
  std::set<std::string> populations;
  for (const Finding& f : findings)
    if (f.check == Check::density) populations.insert(dataset->communes[f.unit.value].name);
  EXPECT_THAT(populations, ElementsAre("Mường Tùng", "Nà Hỳ", "Pu Nhi"));
  for (const Check check : {Check::counts_order, Check::falling, Check::jump, Check::residents,
                            Check::team_without_commune})
    EXPECT_EQ(listed(findings, check), "");
  EXPECT_GT(count(findings, Check::silent), 0)
      << "some communes fall silent, says the data's README";
}

}  // namespace
