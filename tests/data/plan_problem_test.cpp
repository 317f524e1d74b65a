// Plans as numbers: every limit holds on every answer, no answer is better than its bound, and both
// agree with trying everything and with other solvers.
#include "data/plan_problem.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>

#include "data/plan_exact.hpp"
#include "tests/data/made_up_plan.hpp"
#include "tests/scratch.hpp"

namespace {

using data::PlanAnswer;
using data::PlanProblem;
using data::Stay;

/// The best value over everything that a schedule could be: each team on each weekend with every
/// pack, each day along every way or at home.
class Everything {
 public:
  explicit Everything(const PlanProblem& problem) : p_(problem) {
    for (std::uint32_t k = 0; k < p_.crews.size(); ++k)
      for (std::uint32_t w = 0; w < p_.weekends.size(); ++w)
        for (std::uint32_t t = 0; t < p_.crews[k].teams; ++t) slots_.push_back({k, w});
  }
  double choices() const {
    double product = 1;
    for (const auto& [crew, weekend] : slots_) {
      double ways = 1;
      for (const auto& way : p_.ways) ways += way.crew == crew ? 1 : 0;
      product *= 4 * std::pow(ways, p_.weekends[weekend].days);
    }
    return product;
  }
  double best() {
    PlanAnswer none;
    none.holding.assign(p_.crews.size() * p_.weekends.size(), {});
    slot(0, none);
    return best_;
  }

 private:
  void slot(std::size_t i, PlanAnswer& so_far) {
    if (i == slots_.size()) {
      if (data::broken_limit(p_, so_far).empty())
        best_ = std::max(best_, data::value_of(p_, so_far.stays));
      return;
    }
    for (std::uint8_t pack = 0; pack < 4; ++pack) {
      const auto [crew, weekend] = slots_[i];
      std::uint32_t& held = so_far.holding[crew * p_.weekends.size() + weekend][pack];
      held += pack > 0 ? 1 : 0;
      day(i, 0, pack, so_far);
      held -= pack > 0 ? 1 : 0;
    }
  }
  void day(std::size_t i, std::uint32_t d, std::uint8_t pack, PlanAnswer& so_far) {
    const auto [crew, weekend] = slots_[i];
    if (d == p_.weekends[weekend].days) return slot(i + 1, so_far);
    day(i, d + 1, pack, so_far);
    for (std::uint32_t w = 0; w < p_.ways.size(); ++w) {
      if (p_.ways[w].crew != crew) continue;
      so_far.stays.push_back({w, weekend, static_cast<data::Pack>(pack), 1});
      day(i, d + 1, pack, so_far);
      so_far.stays.pop_back();
    }
  }

  const PlanProblem& p_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> slots_;
  double best_ = -HUGE_VAL;
};

data::PlanProblems only(PlanProblem problem) {
  data::PlanProblems out;
  data::PlanPart part;
  part.problem = std::move(problem);
  out.parts.push_back(std::move(part));
  return out;
}

data::ExactAnswer exact(const data::PlanProblems& problems, double gap = 1e-7) {
  std::vector<data::PlanPrices> prices;
  const auto quick = data::quick_plans(problems, &prices);
  return data::exact_plans(problems, quick, prices, {60, gap}, PHUSONG_SOLVER);
}

TEST(PlanProblem, TinyOnesAgainstEverythingThereIs) {
  int tried = 0, quick_best = 0;
  for (std::uint64_t seed = 1; seed <= 3000 && tried < 120; ++seed) {
    const PlanProblem problem = made_up::problem(seed, {2, 1, 3, 2, 2, 2});
    Everything everything(problem);
    if (everything.choices() > 20'000) continue;
    ++tried;
    const double best = everything.best();
    const PlanAnswer quick = data::quick_plan(problem);
    EXPECT_EQ(data::broken_limit(problem, quick), "") << "seed " << seed;
    EXPECT_LE(quick.value, best + 1e-6) << "seed " << seed;
    EXPECT_GE(quick.bound, best - 1e-6) << "seed " << seed;
    quick_best += quick.value > best - 1e-6 ? 1 : 0;
    if (tried > 40) continue;
    const auto problems = only(problem);
    const data::ExactAnswer answer = exact(problems);
    EXPECT_EQ(answer.said.id, "") << "seed " << seed;
    EXPECT_EQ(data::broken_limit(problem, answer.answers[0]), "") << "seed " << seed;
    EXPECT_NEAR(answer.answers[0].value, best, 1e-5 * (1 + std::abs(best))) << "seed " << seed;
    EXPECT_GE(answer.answers[0].bound, best - 1e-6 * (1 + std::abs(best))) << "seed " << seed;
  }
  EXPECT_GE(tried, 100);
  EXPECT_GE(quick_best, tried * 7 / 10);  // the quick answer is mostly the best one, too
}

TEST(PlanProblem, EveryLimitHoldsOnEveryPlan) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const PlanProblem problem = made_up::problem(seed, {8, 3, 9, 4, 3, 5});
    data::PlanPrices prices;
    const PlanAnswer answer = data::quick_plan(problem, &prices);
    ASSERT_EQ(data::broken_limit(problem, answer), "") << "seed " << seed;
    ASSERT_NEAR(answer.value, data::value_of(problem, answer.stays), 1e-6);
    ASSERT_GE(answer.bound, answer.value - 1e-6) << "seed " << seed;
    const auto people = data::people_of(problem, answer.stays);
    for (std::size_t p = 0; p < people.size(); ++p)
      ASSERT_LE(people[p], problem.places[p].people + 1e-9);
    const data::PlanMissed missed = data::missed_of(problem, answer.stays);
    EXPECT_NEAR(answer.floors_missed, missed.people, 1e-6);
    EXPECT_EQ(answer.musts_missed, missed.team_days);
    // The prices of one problem prove a bound for another one too.
    PlanProblem other = problem;
    other.generators += 1;
    const data::PlanPrices carried = data::plan_prices(other, answer.value, 0, &prices);
    EXPECT_GE(carried.bound, data::quick_plan(other).value - 1e-6) << "seed " << seed;
  }
}

TEST(PlanProblem, SameProblemSamePlan) {
  const PlanProblem problem = made_up::problem(11, {10, 3, 12, 4, 2, 6});
  EXPECT_EQ(data::quick_plan(problem).stays, data::quick_plan(problem).stays);
  const auto problems = only(problem);
  EXPECT_EQ(exact(problems).answers[0].stays, exact(problems).answers[0].stays);
}

TEST(PlanProblem, TheSolverIsNeverWorseAndKeepsItsGap) {
  for (std::uint64_t seed = 500; seed < 510; ++seed) {
    const auto problems = only(made_up::problem(seed, {10, 3, 12, 4, 2, 6}));
    const PlanAnswer quick = data::quick_plan(problems.parts[0].problem);
    const data::ExactAnswer answer = exact(problems, 0.01);
    const PlanAnswer& found = answer.answers[0];
    EXPECT_EQ(data::broken_limit(problems.parts[0].problem, found), "") << "seed " << seed;
    EXPECT_GE(found.value, quick.value - 1e-6) << "seed " << seed;
    EXPECT_LE(found.bound, quick.bound + 1e-6) << "seed " << seed;
    EXPECT_GE(found.bound, found.value - 1e-6) << "seed " << seed;
  }
}

TEST(PlanProblem, EdgesOfTheWorld) {
  const PlanProblem nothing;
  EXPECT_TRUE(data::quick_plan(nothing).stays.empty());
  PlanProblem problem = made_up::problem(3, {});
  PlanProblem no_teams = problem;
  for (auto& crew : no_teams.crews) crew.teams = 0;
  no_teams.musts.clear();
  no_teams.floors.clear();
  for (auto& place : no_teams.places) place.floor = data::no_index;
  EXPECT_TRUE(data::quick_plan(no_teams).stays.empty());
  EXPECT_NEAR(data::quick_plan(no_teams).bound, 0, 1e-9);
  PlanProblem no_people = problem;
  for (auto& place : no_people.places) place.people = 0;
  no_people.musts.clear();
  EXPECT_TRUE(data::quick_plan(no_people).stays.empty());
  PlanProblem no_weekends = problem;
  no_weekends.weekends.clear();
  no_weekends.musts.clear();
  no_weekends.bans.clear();
  EXPECT_TRUE(data::quick_plan(no_weekends).stays.empty());
}

TEST(PlanProblem, AKilledOrMissingSolverLeavesTheQuickAnswer) {
  const auto problems = only(made_up::problem(1, {10, 3, 12, 4, 2, 6}));
  std::vector<data::PlanPrices> prices;
  const auto quick = data::quick_plans(problems, &prices);
  const auto answer =
      data::exact_plans(problems, quick, prices, {5, 0}, "/nonexistent/phusong-solver");
  EXPECT_NE(answer.said.id, "");
  EXPECT_FALSE(answer.proven);
  EXPECT_GE(answer.answers[0].value, quick[0].value - 1e-9);
  const auto stopped = data::exact_plans(problems, quick, prices, {60, 0}, PHUSONG_SOLVER,
                                         [](const data::ExactProgress&) { return false; });
  EXPECT_TRUE(stopped.stopped);
  EXPECT_GE(stopped.answers[0].value, quick[0].value - 1e-9);
}

/// What another solver says of a written model; nothing where it is not there.
std::optional<double> asked(const std::string& command, const std::string& word) {
  std::FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (!pipe) return std::nullopt;
  std::optional<double> found;
  char line[512];
  while (std::fgets(line, sizeof line, pipe)) {
    const std::string text(line);
    const std::size_t at = text.find(word);
    if (at == std::string::npos) continue;
    const std::size_t digits = text.find_first_of("-0123456789", at + word.size());
    if (digits != std::string::npos) found = std::stod(text.substr(digits));
  }
  pclose(pipe);
  return found;
}

TEST(PlanProblem, GlpsolAndCbcAgreeOnTheWrittenModel) {
  if (std::system("command -v glpsol >/dev/null && command -v cbc >/dev/null") != 0)
    GTEST_SKIP() << "glpsol and cbc are not installed";
  const auto folder = scratch::folder();
  std::filesystem::create_directories(folder);
  for (std::uint64_t seed = 900; seed < 912; ++seed) {
    const auto problems = only(made_up::problem(seed, {4, 2, 5, 2, 2, 3}));
    if (problems.parts[0].problem.ways.empty()) continue;
    const data::PlanMip model = data::plan_mip(problems.parts[0].problem, false);
    const auto lp = folder / "plan.lp", mps = folder / "plan.mps", out = folder / "plan.sol";
    data::write_lp(model.mip, lp);
    data::write_mps(model.mip, mps);
    const double ours = exact(problems, 1e-9).answers[0].value;
    const double tolerance = 1e-5 * (1 + std::abs(ours));
    const auto glpsol = asked("glpsol --lp " + lp.string() + " --tmlim 60 -o " + out.string() +
                                  " >/dev/null; grep Objective " + out.string(),
                              "=");
    ASSERT_TRUE(glpsol) << "seed " << seed;
    EXPECT_NEAR(*glpsol, ours, tolerance) << "seed " << seed;
    // MPS minimises: the negative.
    const auto cbc = asked("cbc " + mps.string() + " sec 60 ratioGap 0 allowableGap 0 solve",
                           "Objective value:");
    ASSERT_TRUE(cbc) << "seed " << seed;
    EXPECT_NEAR(-*cbc, ours, tolerance) << "seed " << seed;
  }
}

}  // namespace
