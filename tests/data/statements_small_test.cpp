// Statements of communes that can be counted on paper, and what cannot be said.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/plan_store.hpp"
#include "data/sample.hpp"
#include "data/statements.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::Dataset;
using data::StatementAsk;
using data::StatementKind;
using data::StatementNumbers;

/// Six communes of one district; `reports` tells each what it says at a date.
class Six {
 public:
  using Count = std::optional<std::int64_t>;
  static constexpr const char* before = "2023-07-30";
  static constexpr const char* now = "2023-08-27";

  explicit Six(double target = 0.6)
      : workspace_(data::Workspace::create(tiny::fresh("six.sqlite"))) {
    tiny::Import add(workspace_, "boundaries");
    const auto province = add.unit("11", "province");
    add.state(province, "Thử",
              {.kind = "Tỉnh", .parent = {}, .former_district = {}, .population = {}, .shape = {}});
    for (int i = 0; i < 6; ++i)
      units_.push_back(add.today("0310" + std::to_string(i), "Bản " + std::to_string(i),
                                 103 + 0.1 * i, province));
    if (target > 0) add.target(province, target);
    add.done();
  }
  void report(const std::string& date, const std::vector<Count>& activated) {
    tiny::Import add(workspace_);
    for (std::size_t i = 0; i < activated.size(); ++i)
      if (activated[i]) add.report(units_[i], date, 100, *activated[i]);
    add.done();
  }
  StatementNumbers say(StatementAsk ask, StatementKind kind) {
    dataset = workspace_.load();
    ask.kind = kind;
    return data::statement(*dataset, ask);
  }
  std::vector<std::string> drafted(const StatementAsk& ask) {
    dataset = workspace_.load();
    std::vector<std::string> out;
    for (const StatementAsk& one : data::draft(*dataset, ask)) out.emplace_back(data::id(one.kind));
    return out;
  }
  static StatementAsk ask() {
    StatementAsk out;
    out.since = *geo::parse_date(before);
    out.at = *geo::parse_date(now);
    return out;
  }
  std::shared_ptr<const Dataset> dataset;
  data::Workspace& workspace() { return workspace_; }

 private:
  data::Workspace workspace_;
  std::vector<std::int64_t> units_;
};

StatementAsk at_the_end(const Dataset& dataset) {
  StatementAsk out;
  out.at = dataset.dates.back();
  out.since = out.at + -28;
  return out;
}

std::vector<std::uint32_t> who(const StatementNumbers& numbers) {
  std::vector<std::uint32_t> out;
  for (const auto& row : numbers.rows) out.push_back(row.commune.value);
  return out;
}

data::KeptPlan kept_plan() {
  data::KeptPlan plan;
  plan.name = "P";
  plan.wishes.from = *geo::parse_date("2023-08-26");  // Saturdays 26/8, 2/9, 9/9
  plan.wishes.weekends = 3;
  data::PlanResult result;
  const auto sent = [](const char* team, const char* commune, std::uint32_t weekend,
                       double people) {
    data::PlanResult::Sent out;
    out.team = team;
    out.commune = geo::UnitCode(commune);
    out.weekend = weekend;
    out.days = 2;
    out.people = people;
    return out;
  };
  result.trips = {sent("T1", "03100", 0, 40), sent("T1", "03101", 1, 10), sent("T2", "03101", 2, 5),
                  sent("T2", "03102", 1, 30)};
  result.trips->push_back(sent("T3", "03103", 2, 3));
  result.trips->back().phone = true;
  result.communes = {{geo::UnitCode("03100"), 40, 2},
                     {geo::UnitCode("03101"), 15, 4},
                     {geo::UnitCode("03102"), 30, 2},
                     {geo::UnitCode("03103"), 3, 0}};
  plan.result = result;
  return plan;
}

}  // namespace

TEST(DbStatements, OfTiesTheCodeDecidesAndHowManyAreShortIsSaid) {
  Six six;
  six.report(Six::now, {20, 50, 20, 60, 20, 61});
  const auto most = six.say(Six::ask(), StatementKind::concentrated);
  EXPECT_THAT(who(most), testing::ElementsAre(0, 2, 4, 1));
  EXPECT_EQ(most.count, 4U) << "two have what they should";
  EXPECT_DOUBLE_EQ(most.people, 130);
  EXPECT_DOUBLE_EQ(most.share, 1);
  EXPECT_EQ(most.target, 0.6);
}

TEST(DbStatements, WhenNobodyIsShortOnlyTheStandingIsSaid) {
  Six six;
  six.report(Six::now, {60, 70, 80, 90, 100, 60});
  EXPECT_THAT(six.drafted(Six::ask()), testing::ElementsAre("standing"));
  const auto standing = six.say(Six::ask(), StatementKind::standing);
  EXPECT_EQ(standing.people, 0);
  EXPECT_GT(standing.now->achievement->value, 1);
  EXPECT_FALSE(standing.then);
}

TEST(DbStatements, WithoutATargetNobodyIsShortAndNothingIsMet) {
  Six six(0);
  six.report(Six::before, {20, 30, 20, 20, 20, 20});
  six.report(Six::now, {25, 30, 20, 20, 20, 20});
  EXPECT_THAT(six.drafted(Six::ask()), testing::ElementsAre("standing", "movers"));
}

TEST(DbStatements, OneThatReportsForTheFirstTimeHasNotRisenNorMet) {
  Six six;
  six.report(Six::before, {20, 20, {}, 20, 20, 20});
  six.report(Six::now, {22, 21, 80, 20, {}, 20});
  const auto movers = six.say(Six::ask(), StatementKind::movers);
  EXPECT_THAT(who(movers), testing::ElementsAre(0, 1));
  EXPECT_EQ(movers.told, 5U);
  EXPECT_EQ(six.say(Six::ask(), StatementKind::newly_met).count, 0U);
  const auto silent = six.say(Six::ask(), StatementKind::newly_silent);
  EXPECT_THAT(who(silent), testing::ElementsAre(4));
  EXPECT_EQ(silent.rows[0].value, 28);
}

TEST(DbStatements, ALoweredTargetIsNotReachedByThat) {
  Six six;
  {
    tiny::Import add(six.workspace(), "targets");
    add.target(add.unit("11", "province"), 0.9, "2023-08-01");
    add.done();
  }
  six.report(Six::before, {65, 20, 20, 20, 20, 20});
  six.report(Six::now, {66, 62, 20, 20, 20, 20});
  EXPECT_THAT(who(six.say(Six::ask(), StatementKind::newly_met)), testing::ElementsAre(1))
      << "the first had more than the 60% of now when 90% were asked";
}

TEST(DbStatements, WithoutATimeBetweenTheMeetingsNothingHappened) {
  Six six;
  six.report(Six::before, {20, 20, 20, 20, 20, 20});
  six.report(Six::now, {40, 15, 70, 20, 20, {}});
  EXPECT_THAT(six.drafted(Six::ask()), testing::ElementsAre("standing", "concentrated", "movers",
                                                            "fallen", "newly_met", "newly_silent"));
  StatementAsk ask = Six::ask();
  ask.since = ask.at;
  EXPECT_THAT(six.drafted(ask), testing::ElementsAre("standing", "concentrated"));
  ask.since = ask.at + 7;
  EXPECT_THAT(six.drafted(ask), testing::ElementsAre("standing", "concentrated"));
  EXPECT_FALSE(six.say(ask, StatementKind::standing).then);
}

TEST(DbStatements, OneCommuneAloneHoldsNoShareAndRisesNotMost) {
  Six six;
  six.report(Six::before, {20, 20, 20, 20, 20, 20});
  six.report(Six::now, {40, 15, 70, 20, 20, 20});
  StatementAsk ask = Six::ask();
  ask.within = {geo::UnitIndex(0U), geo::UnitIndex(0U), geo::UnitIndex(99U)};
  EXPECT_THAT(six.drafted(ask), testing::ElementsAre("standing"));
  ask.within = {geo::UnitIndex(2U)};
  EXPECT_THAT(six.drafted(ask), testing::ElementsAre("standing", "newly_met"));
  // Communes that are no more are nobody, not everybody.
  ask.within = {geo::UnitIndex(99U)};
  EXPECT_TRUE(six.drafted(ask).empty());
  EXPECT_EQ(six.say(ask, StatementKind::standing).count, 0U);
}

TEST(DbStatements, ThereIsNothingToSayOfNoCommune) {
  const Dataset nobody;
  EXPECT_TRUE(data::draft(nobody, {}).empty());
  for (int kind = 0; kind <= static_cast<int>(StatementKind::plan); ++kind) {
    StatementAsk ask;
    ask.kind = static_cast<StatementKind>(kind);
    EXPECT_EQ(data::statement(nobody, ask).count, 0U);
    EXPECT_FALSE(data::numbers_of(data::statement(nobody, ask), nobody).empty());
    EXPECT_EQ(data::statement_by_id(data::id(ask.kind)), ask.kind);
  }
  EXPECT_FALSE(data::statement_by_id("gossip"));
}

TEST(DbStatements, WhatHasNoDatesOnlyStands) {
  const auto file = tiny::fresh("statements_undated.sqlite");
  data::write_sample(file, {.communes = 9, .weeks = 6, .seed = 3});
  auto workspace = data::Workspace::open(file);
  const auto dataset = workspace.load();
  for (const auto indicator : {data::Indicator::electricity, data::Indicator::signal_any,
                               data::Indicator::signal_good, data::Indicator::teams_per_1000}) {
    StatementAsk ask = at_the_end(*dataset);
    ask.indicator = indicator;
    const auto draft = data::draft(*dataset, ask);
    ASSERT_EQ(draft.size(), 1U) << data::id(indicator);
    EXPECT_EQ(draft[0].kind, StatementKind::standing);
    EXPECT_FALSE(data::statement(*dataset, draft[0]).then);
    ask.kind = StatementKind::barrier;
    EXPECT_EQ(data::statement(*dataset, ask).count, 0U);
  }
  double grid = 0, all = 0;
  for (const data::Settlement& s : dataset->settlements) {
    if (!s.commune.valid() || !s.residents || s.electricity == data::Electricity::unknown) continue;
    all += double(*s.residents);
    if (s.electricity == data::Electricity::grid) grid += double(*s.residents);
  }
  StatementAsk ask = at_the_end(*dataset);
  ask.indicator = data::Indicator::electricity;
  EXPECT_NEAR(data::statement(*dataset, ask).share, grid / all, 1e-12);
}

TEST(DbStatements, OfAPlanOnlyWhatIsStillToCome) {
  Six six;
  six.report("2023-08-20", {20, 20, 20, 20, 20, 20});
  const data::KeptPlan plan = kept_plan();
  StatementAsk ask = Six::ask();
  ask.plan = &plan;
  ask.at = *geo::parse_date("2023-08-26");  // its first weekend has another day
  auto said = six.say(ask, StatementKind::plan);
  EXPECT_THAT(who(said), testing::ElementsAre(0, 2, 1, 3));
  EXPECT_DOUBLE_EQ(said.people, 88);
  EXPECT_EQ(said.teams, 3U);
  EXPECT_EQ(said.team_days, 8U) << "a phone call is no day out";
  ask.at = *geo::parse_date("2023-08-27");  // a report of its last day is a report of it
  said = six.say(ask, StatementKind::plan);
  EXPECT_THAT(who(said), testing::ElementsAre(2, 1, 3));
  EXPECT_DOUBLE_EQ(said.people, 48);
  EXPECT_EQ(said.team_days, 6U);
  EXPECT_DOUBLE_EQ(said.rows[0].share, 30.0 / 48);
  EXPECT_THAT(six.drafted(ask), testing::ElementsAre("standing", "concentrated", "plan"));
  ask.within = {geo::UnitIndex(1U), geo::UnitIndex(4U)};
  EXPECT_THAT(who(six.say(ask, StatementKind::plan)), testing::ElementsAre(1));
  ask.within.clear();
  ask.at = *geo::parse_date("2023-09-10");
  EXPECT_EQ(six.say(ask, StatementKind::plan).count, 0U) << "all of it is past";
}

TEST(DbStatements, APlanThatIsOfSomethingElseCannotBeSaid) {
  Six six;
  six.report("2023-08-20", {20, 20, 20, 20, 20, 20});
  const auto said = [&](const auto& change) {
    data::KeptPlan plan = kept_plan();
    change(plan);
    StatementAsk ask = Six::ask();
    ask.plan = &plan;
    return six.say(ask, StatementKind::plan);
  };
  EXPECT_EQ(said([](auto&) {}).count, 3U);
  EXPECT_EQ(said([](auto& p) { p.result.reset(); }).count, 0U);
  EXPECT_EQ(said([](auto& p) { p.wishes.indicator = data::Indicator::installed; }).count, 0U);
  EXPECT_EQ(said([](auto& p) { p.result->trips->at(1).commune = geo::UnitCode("9"); }).count, 0U);
  EXPECT_EQ(said([](auto& p) { p.result->trips->at(1).weekend = 500; }).count, 0U);
  EXPECT_EQ(said([](auto& p) { p.result->trips->clear(); }).count, 0U);
  EXPECT_EQ(said([](auto& p) { p.result->trips.reset(); }).count, 0U)
      << "which of its weekends are over nobody knows";
  const auto ahead = said([](auto& p) {
    p.result->trips.reset();
    p.wishes.from = *geo::parse_date("2023-09-02");
  });
  EXPECT_EQ(ahead.count, 4U);
  EXPECT_EQ(ahead.teams, 0U);
  EXPECT_EQ(ahead.team_days, 8U);
  EXPECT_DOUBLE_EQ(ahead.people, 88);
  EXPECT_EQ(six.say(Six::ask(), StatementKind::plan).count, 0U) << "no plan at all";
}

TEST(DbStatements, ItsNumbersAreOthersWhenAHeadlineWouldBe) {
  Six six;
  six.report(Six::now, {20, 50, 20, 60, 20, 61});
  const auto numbers = [&](StatementKind kind) {
    const auto said = six.say(Six::ask(), kind);
    return data::numbers_of(said, *six.dataset);
  };
  const std::string before = numbers(StatementKind::concentrated);
  EXPECT_EQ(before, numbers(StatementKind::concentrated));
  EXPECT_THAT(before, testing::HasSubstr("03102"));
  const std::string standing = numbers(StatementKind::standing);
  six.report("2023-08-26", {1, 1, 1, 1, 1, 1});  // older than what is known
  EXPECT_EQ(numbers(StatementKind::concentrated), before);
  EXPECT_EQ(numbers(StatementKind::standing), standing);
  six.report(Six::now, {{}, 51, {}, {}, {}, {}});
  EXPECT_NE(numbers(StatementKind::concentrated), before);
  EXPECT_NE(numbers(StatementKind::standing), standing);
}
