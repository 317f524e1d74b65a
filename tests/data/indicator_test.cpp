#include "data/indicator.hpp"

#include <gtest/gtest.h>

#include <set>

namespace {

TEST(Indicator, IdsAreThoseOfTheContractAndFoundAgain) {
  std::set<std::string_view> ids;
  for (const data::Indicator indicator : data::all_indicators) {
    EXPECT_EQ(data::indicator_by_id(data::id(indicator)), indicator);
    ids.insert(data::id(indicator));
  }
  EXPECT_EQ(
      ids, (std::set<std::string_view>{"activation_l2", "activation_l1", "installed", "electricity",
                                       "signal_any", "signal_good", "teams_per_1000"}));
  EXPECT_EQ(data::indicator_by_id("activation_rate_l2"), data::Indicator::activation_l2);
  EXPECT_EQ(data::indicator_by_id(""), std::nullopt);
  EXPECT_TRUE(data::is_reported(data::Indicator::installed));
  EXPECT_FALSE(data::is_reported(data::Indicator::electricity));
}

}  // namespace
