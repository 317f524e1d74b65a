// The map in the boundaries of a past day: what is loaded, and what the desk does with it.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/actions.hpp"
#include "app/apply.hpp"
#include "app/jobs.hpp"
#include "app/state.hpp"
#include "data/boundary_change.hpp"
#include "data/gaps.hpp"
#include "data/prepared_land.hpp"
#include "geo/error.hpp"
#include "tests/data/made_decree.hpp"

namespace app {
namespace {

geo::Date day(const char* text) { return *geo::parse_date(text); }

/// After the decree: four communes of today, four of before it, one of long ago that nobody drew.
std::filesystem::path changed(const std::string& name) {
  auto w = decree::before(name);
  const auto draft = data::read_decree(
      w, {decree::land(name), data::test::written(name + "_decree.csv", decree::clear_rows),
          day(decree::first_day)});
  data::commit_decree(w, *draft, data::judge(*draft, {}));
  return w.file();
}
std::vector<std::string> codes(const Loaded& loaded) {
  std::vector<std::string> out;
  for (const data::Commune& commune : loaded.dataset->communes) out.push_back(commune.code.text);
  return out;
}
/// In degrees of longitude, near enough.
double share_of_width(const Loaded& loaded, std::size_t commune) {
  const geo::Box& box = loaded.land->boxes.at(commune);
  return (box.max.x - box.min.x) / (loaded.land->bounds.max.x - loaded.land->bounds.min.x);
}
std::optional<Action> action(const AppState& s) {
  for (const Action& a : actions(s))
    if (a.name.id == "app.action_boundaries_then") return a;
  return {};
}

TEST(DbBoundariesShown, TheMapOfADayHasItsCommunesTheirLandAndTheirReports) {
  const auto file = changed("shown_then");
  const auto today = load(file, {});
  EXPECT_EQ(codes(*today), (std::vector<std::string>{"00011", "00031", "00041", "00051"}));
  EXPECT_FALSE(today->dataset->boundaries_of);
  EXPECT_NEAR(share_of_width(*today, 1), 0.05 / 0.5, 0.01);

  const auto then = load(file, {}, day("2026-11-15"));
  EXPECT_EQ(codes(*then), (std::vector<std::string>{"00011", "00021", "00031", "00041"}));
  EXPECT_EQ(then->dataset->boundaries_of, day("2026-11-15"));
  EXPECT_NEAR(share_of_width(*then, 2), 0.2 / 0.5, 0.01);
  ASSERT_TRUE(then->land->hits) << "the land is not whole";
  EXPECT_FALSE(
      first_missing(*then, std::vector{Missing::points, Missing::search, Missing::findings}));
  const auto eligible = [](const Loaded& l) {
    double sum = 0;
    for (const auto& gap :
         data::gaps(*l.dataset, data::Indicator::activation_l2, day("2026-11-15")))
      sum += gap.eligible ? gap.eligible->value : 0;
    return sum;
  };
  EXPECT_NEAR(eligible(*then), eligible(*today), 1e-6);

  // What was prepared of today's land is still that.
  auto w = data::Workspace::open_for_reading(file);
  EXPECT_TRUE(data::is_prepared(w));
  EXPECT_EQ(data::load_land(w)->boxes, today->land->boxes);
}

TEST(DbBoundariesShown, ADayWhoseBoundariesNobodyDrewIsRefusedWithTheWayOut) {
  const auto file = changed("shown_undrawn");
  try {
    load(file, {}, day("2025-06-30"));
    FAIL() << "a map of nothing";
  } catch (const geo::Error& error) {
    EXPECT_EQ(error.message.id, "view.then_undrawn");
    EXPECT_EQ(error.remedy.id, "view.then_undrawn_remedy");
  }
}

TEST(DbBoundariesShown, TheDeskGoesThereAndBackAndOtherModesAreOfToday) {
  const auto file = changed("shown_desk");
  AppState s;
  app::apply(s, command::WorkspaceLoaded{load(file, {})});
  s.requests.clear();
  const auto there = action(s);
  ASSERT_TRUE(there && there->enabled && !there->checked);
  app::apply(s, there->command);
  ASSERT_EQ(s.requests.size(), 1u);
  const auto asked = std::get<LoadWorkspace>(s.requests.front());
  EXPECT_EQ(asked.boundaries_of, day("2026-11-15"));
  s.requests.clear();

  app::apply(s, work(asked, {}));
  ASSERT_TRUE(s.dataset()->boundaries_of);
  const auto& legend = s.derived.legend.entries;
  EXPECT_TRUE(std::any_of(legend.begin(), legend.end(), [](const render::LegendEntry& entry) {
    return entry.text.find("15/11/2026") != std::string::npos;
  })) << "the legend does not say whose boundaries these are";
  const auto back = action(s);
  ASSERT_TRUE(back && back->checked);
  EXPECT_FALSE(std::get<command::OpenFile>(back->command).boundaries_of);

  s.requests.clear();
  app::apply(s, command::ChooseMode{Mode::plan});
  EXPECT_TRUE(std::any_of(s.requests.begin(), s.requests.end(), [](const JobRequest& request) {
    const auto* open = std::get_if<LoadWorkspace>(&request);
    return open != nullptr && !open->boundaries_of;
  })) << "a plan for communes that are no more";
}

}  // namespace
}  // namespace app
