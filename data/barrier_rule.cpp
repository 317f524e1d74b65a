#include "data/barrier_rule.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "data/workspace.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;
using nlohmann::ordered_json;

constexpr std::array<std::string_view, 5> blocking{"no_grid", "signal", "away", "no_smartphone",
                                                   "own_sim"};

std::string list_of_blocking() {
  std::string out;
  for (const std::string_view id : blocking) out += (out.empty() ? "" : ", ") + std::string(id);
  return out;
}

[[noreturn]] void refuse(geo::Message what, std::string field, geo::Message remedy) {
  throw geo::Error(geo::ErrorKind::usage, std::move(what), std::move(field), std::move(remedy));
}

struct ShareField {
  std::string_view id;
  double BarrierRule::*share;
};
constexpr std::array<ShareField, 4> shares{
    {{"no_electricity", &BarrierRule::no_electricity},
     {"offgrid_electricity", &BarrierRule::offgrid_electricity},
     {"no_signal", &BarrierRule::no_signal},
     {"weak_signal", &BarrierRule::weak_signal}}};

std::vector<std::string> order_of(const ordered_json& value) {
  const auto remedy = [] { return msg("data.rule_order_remedy", list_of_blocking()); };
  if (!value.is_array()) refuse(msg("data.rule_order"), "order", remedy());
  std::vector<std::string> order;
  for (const ordered_json& item : value) {
    const std::string id = item.is_string() ? item.get<std::string>() : item.dump();
    if (std::find(blocking.begin(), blocking.end(), id) == blocking.end())
      refuse(msg("data.rule_unknown_barrier", id), "order", remedy());
    if (std::find(order.begin(), order.end(), id) != order.end())
      refuse(msg("data.rule_barrier_twice", id), "order", remedy());
    order.push_back(id);
  }
  return order;
}

}  // namespace

BarrierRule barrier_rule_of(const std::string& json) {
  const ordered_json text = ordered_json::parse(json, nullptr, false);
  if (!text.is_object()) refuse(msg("data.rule_no_json"), "barrier_rule", msg("data.rule_remedy"));
  BarrierRule rule;
  for (const auto& [field, value] : text.items()) {
    const auto* share = std::find_if(shares.begin(), shares.end(),
                                     [&name = field](const ShareField& s) { return s.id == name; });
    if (share != shares.end()) {
      if (!value.is_number() || !(value.get<double>() >= 0 && value.get<double>() <= 1))
        refuse(msg("data.rule_share", value.dump()), field, msg("data.rule_share_remedy"));
      rule.*(share->share) = value.get<double>();
    } else if (field == "counting") {
      const std::string word = value.is_string() ? value.get<std::string>() : value.dump();
      if (word != "order" && word != "shares")
        refuse(msg("data.rule_counting", word), field, msg("data.rule_counting_remedy"));
      rule.counting =
          word == "order" ? BarrierRule::Counting::order : BarrierRule::Counting::shares;
    } else if (field == "order") {
      rule.order = order_of(value);
    } else {
      refuse(msg("data.rule_unknown_field", field), field, msg("data.rule_remedy"));
    }
  }
  return rule;
}

std::string json_of(const BarrierRule& rule) {
  ordered_json out;
  out["counting"] = rule.counting == BarrierRule::Counting::order ? "order" : "shares";
  out["order"] = rule.order;
  for (const ShareField& s : shares) out[std::string(s.id)] = rule.*(s.share);
  return out.dump(2);
}

void keep_barrier_rule(Workspace& workspace, const BarrierRule& rule) {
  Transaction transaction(workspace.database());
  workspace.set_setting("barrier_rule", json_of(rule));
  write_commune_numbers(workspace);
  transaction.commit();
}

}  // namespace data
