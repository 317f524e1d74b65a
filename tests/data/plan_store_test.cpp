#include "data/plan_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/workspace.hpp"
#include "geo/error.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::KeptPlan;
using testing::ElementsAre;
using testing::Field;

KeptPlan plan_named(const std::string& name) {
  KeptPlan plan;
  plan.name = name;
  plan.note = "vì mưa, đi gần trước";
  plan.wishes.from = *geo::parse_date("2023-09-02");
  plan.wishes.barriers = 0.7;
  plan.wishes.pairs = {{"T1", geo::UnitCode("03202"), 1, 2}};
  plan.result = data::PlanResult{120.5, 80, 160, 0.008, true, {{geo::UnitCode("03202"), 120.5, 4}}};
  return plan;
}

data::Workspace workspace() { return data::Workspace::create(tiny::fresh("plans.sqlite")); }

}  // namespace

TEST(DbPlanStore, APlanComesBackAsItWasKept) {
  auto file = workspace();
  const KeptPlan kept = data::keep_plan(file, plan_named("Phương án 1"));
  EXPECT_GT(kept.id, 0);
  EXPECT_FALSE(kept.made_at.empty());
  const auto read = data::kept_plans(file);
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0], kept);
  EXPECT_EQ(read[0].wishes, plan_named("x").wishes);
  EXPECT_EQ(read[0].result, plan_named("x").result);
}

TEST(DbPlanStore, WithoutAResultItHasNone) {
  auto file = workspace();
  KeptPlan plan = plan_named("chưa giải");
  plan.result.reset();
  data::keep_plan(file, plan);
  EXPECT_FALSE(data::kept_plans(file).at(0).result);
}

TEST(DbPlanStore, RenamedItKeepsItsPlaceAndWhenItWasMade) {
  auto file = workspace();
  KeptPlan kept = data::keep_plan(file, plan_named("A"));
  kept.name = "B";
  data::keep_plan(file, kept);
  const auto read = data::kept_plans(file);
  ASSERT_THAT(read, ElementsAre(Field(&KeptPlan::name, "B")));
  EXPECT_EQ(read[0].id, kept.id);
  EXPECT_EQ(read[0].made_at, kept.made_at);
}

TEST(DbPlanStore, TwoPlansOfOneNameAreRefused) {
  auto file = workspace();
  data::keep_plan(file, plan_named("A"));
  EXPECT_THROW(data::keep_plan(file, plan_named("A")), geo::Error);
  EXPECT_THROW(data::keep_plan(file, plan_named("  ")), geo::Error);
  EXPECT_EQ(data::kept_plans(file).size(), 1U);
}

TEST(DbPlanStore, DeletedItCanBeWrittenAgainUnderItsId) {
  auto file = workspace();
  const KeptPlan kept = data::keep_plan(file, plan_named("A"));
  data::delete_plan(file, kept.id);
  EXPECT_TRUE(data::kept_plans(file).empty());
  data::keep_plan(file, kept);
  const auto read = data::kept_plans(file);
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].id, kept.id);
  EXPECT_EQ(read[0].made_at, kept.made_at);
}

TEST(DbPlanStore, ATextThatIsNoPlanIsAnIssueAndTheOthersAreRead) {
  auto file = workspace();
  data::keep_plan(file, plan_named("A"));
  file.database().execute(
      "INSERT INTO plan (name, wishes, made_at, changed_at) VALUES ('hỏng', 'no', '2023', '2023')");
  geo::Issues issues;
  EXPECT_THAT(data::kept_plans(file, &issues), ElementsAre(Field(&KeptPlan::name, "A")));
  EXPECT_EQ(issues.size(), 1U);
}

TEST(PlanResult, TripsComeBackAsTheyWereKeptAndAreFoundByTheirNames) {
  auto dataset = std::make_shared<data::Dataset>();
  for (const char* code : {"03202", "03203"}) {
    data::Commune commune;
    commune.code = geo::UnitCode(code);
    dataset->communes.push_back(commune);
  }
  data::Team team;
  team.id = "T1";
  team.home = geo::UnitIndex(0U);
  team.members = 7;
  dataset->teams = {team};
  data::PlanBasis basis;
  basis.dataset = dataset;
  basis.gaps.resize(2);
  data::Plan plan;
  plan.wishes = plan_named("x").wishes;
  plan.weekends = data::weekends_of(plan.wishes);
  plan.people = {0, 12.5};
  plan.total = 12.5;
  plan.value = 10;
  plan.bound = 10.5;
  plan.exact = true;
  plan.trips = {{0, 0, geo::UnitIndex(1U), 2, 2, data::Pack::router, false, {30, 1.5F}, 12.5},
                {0, 1, geo::UnitIndex(0U), 3, 1, data::Pack::nothing, true, {0, 0}, 0}};
  const data::PlanResult kept = data::plan_result_of(data::json_of(data::result_of(basis, plan)));
  EXPECT_EQ(kept, data::result_of(basis, plan));

  const auto again = data::plan_of(basis, plan.wishes, kept);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->people, plan.people);
  EXPECT_EQ(again->gap(), plan.gap());
  EXPECT_TRUE(again->exact);
  ASSERT_EQ(again->trips.size(), 2U);
  EXPECT_EQ(again->trips[0].weekend, 2U);
  EXPECT_EQ(again->trips[0].pack, data::Pack::router);
  EXPECT_EQ(again->trips[0].leg, (data::Leg{30, 1.5F}));
  EXPECT_TRUE(again->trips[1].phone);
  EXPECT_EQ(again->trips[1].copy, 1U);
  EXPECT_EQ(data::json_of(data::result_of(basis, *again)), data::json_of(kept));

  // Teams or communes that are no more: then it cannot be what was kept.
  const std::string mark = data::mark_of(basis);
  dataset->teams[0].id = "T2";
  EXPECT_FALSE(data::plan_of(basis, plan.wishes, kept));
  EXPECT_NE(data::mark_of(basis), mark);
  dataset->teams[0].id = "T1";
  EXPECT_EQ(data::mark_of(basis), mark);
  basis.gaps[1].shortfall.emplace();
  EXPECT_NE(data::mark_of(basis), mark) << "numbers where there were none";
}

TEST(PlanResult, WithoutTripsItIsOneOfBefore) {
  const data::PlanResult old =
      data::plan_result_of(R"({"total":1,"low":1,"high":1,"gap":0,"exact":true,"communes":[]})");
  EXPECT_FALSE(old.trips);
  EXPECT_FALSE(data::plan_of(data::PlanBasis{}, {}, old));
  for (const char* wrong : {R"("x")", R"([{"team":"T1"}])",
                            R"([{"team":"T1","commune":"1","weekend":0,"days":1,"pack":0,)"
                            R"("km":1,"hours":1,"people":1}])",
                            R"([{"team":"T1","commune":"1","weekend":1,"days":1,"pack":9,)"
                            R"("km":1,"hours":1,"people":1}])"})
    EXPECT_THROW(data::plan_result_of(
                     R"({"total":1,"low":1,"high":1,"gap":0,"exact":true,"communes":[],"trips":)" +
                     std::string(wrong) + "}"),
                 geo::Error)
        << wrong;
}

TEST(PlanResult, IsReadAsItWasWrittenAndNothingElseIs) {
  const data::PlanResult result = *plan_named("x").result;
  EXPECT_EQ(data::plan_result_of(data::json_of(result)), result);
  EXPECT_THROW(data::plan_result_of("[]"), geo::Error);
  EXPECT_THROW(data::plan_result_of(R"({"total": 1})"), geo::Error);
  EXPECT_THROW(
      data::plan_result_of(
          R"({"total":1,"low":1,"high":1,"gap":0,"exact":true,"communes":[{"people":1}]})"),
      geo::Error);
}
