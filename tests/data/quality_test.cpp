// The checks find what is wrong in a sample on purpose, all of it, and nothing in a clean one.
#include "data/quality.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "data/sample.hpp"
#include "geo/error.hpp"
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
    const auto dataset = data::Workspace::open(file).load();
    const auto findings = data::check_quality(*dataset);
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
    const auto findings = data::check_quality(*data::Workspace::open(file).load());
    std::string all;
    for (const Check check : data::all_checks) all += listed(findings, check);
    EXPECT_TRUE(findings.empty()) << size.communes << " communes, " << size.weeks << " weeks, seed "
                                  << GetParam() << '\n'
                                  << all;
  }
}

INSTANTIATE_TEST_SUITE_P(DbSeeds, SampleChecks, testing::Range<std::uint64_t>(1, 21));

}  // namespace
