#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "data/plan.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;
using nlohmann::ordered_json;

[[noreturn]] void refuse(geo::Message what, const std::string& field, geo::Message remedy) {
  throw geo::Error(geo::ErrorKind::usage, std::move(what), field, std::move(remedy));
}

double number_of(const ordered_json& value, const std::string& field, double least, double most) {
  const double given = value.is_number() ? value.get<double>() : std::nan("");
  if (!(given >= least && given <= most))
    refuse(msg("data.plan_number", value.dump()), field,
           msg("data.plan_number_remedy", least, most));
  return given;
}

std::uint32_t count_of(const ordered_json& value, const std::string& field, std::uint32_t least,
                       std::uint32_t most) {
  const double given = number_of(value, field, least, most);
  if (given != std::floor(given))
    refuse(msg("data.plan_number", value.dump()), field,
           msg("data.plan_number_remedy", double(least), double(most)));
  return static_cast<std::uint32_t>(given);
}

bool truth_of(const ordered_json& value, const std::string& field) {
  if (!value.is_boolean())
    refuse(msg("data.plan_truth", value.dump()), field, msg("data.plan_truth_remedy"));
  return value.get<bool>();
}

std::string text_of(const ordered_json& value, const std::string& field) {
  if (!value.is_string())
    refuse(msg("data.plan_text", value.dump()), field, msg("data.plan_text_remedy"));
  return value.get<std::string>();
}

struct Slider {
  std::string_view id;
  double PlanWishes::*value;
};
constexpr Slider sliders[] = {{"people", &PlanWishes::people},
                              {"barriers", &PlanWishes::barriers},
                              {"fairness", &PlanWishes::fairness},
                              {"distance", &PlanWishes::distance},
                              {"crowded", &PlanWishes::crowded}};
struct Switch {
  std::string_view id;
  bool PlanWishes::*value;
};
constexpr Switch switches[] = {{"provincial", &PlanWishes::provincial},
                               {"district", &PlanWishes::district},
                               {"commune", &PlanWishes::commune},
                               {"phone", &PlanWishes::phone}};
struct Limit {
  std::string_view id;
  std::optional<std::uint32_t> PlanWishes::*value;
};
constexpr Limit limits[] = {{"generators", &PlanWishes::generators},
                            {"routers", &PlanWishes::routers},
                            {"team_days_a_weekend", &PlanWishes::team_days_a_weekend},
                            {"team_days", &PlanWishes::team_days}};

PlanPair pair_of(const ordered_json& value) {
  if (!value.is_object()) refuse(msg("data.plan_pair"), "pairs", msg("data.plan_pair_remedy"));
  PlanPair pair;
  for (const auto& [field, part] : value.items()) {
    const std::string name = "pairs." + field;
    if (field == "team") {
      pair.team = text_of(part, name);
    } else if (field == "commune") {
      pair.commune = geo::UnitCode(text_of(part, name));
    } else if (field == "weekend") {
      if (!part.is_null()) pair.weekend = count_of(part, name, 1, 520) - 1;
    } else if (field == "days") {
      pair.days = count_of(part, name, 0, 5000);
    } else {
      refuse(msg("data.plan_unknown_field", field), name, msg("data.plan_pair_remedy"));
    }
  }
  if (pair.team.empty() || pair.commune.text.empty())
    refuse(msg("data.plan_pair"), "pairs", msg("data.plan_pair_remedy"));
  return pair;
}

PlanExtra extra_of(const ordered_json& value) {
  if (!value.is_object() || !value.contains("team"))
    refuse(msg("data.plan_extra"), "extra", msg("data.plan_extra_remedy"));
  PlanExtra extra;
  extra.team = text_of(value["team"], "extra.team");
  if (value.contains("teams")) extra.teams = count_of(value["teams"], "extra.teams", 0, 1000);
  return extra;
}

PlanEmphasis emphasis_of(const ordered_json& value) {
  if (!value.is_object() || !value.contains("commune") || !value.contains("factor"))
    refuse(msg("data.plan_emphasis"), "emphasis", msg("data.plan_emphasis_remedy"));
  return {geo::UnitCode(text_of(value["commune"], "emphasis.commune")),
          number_of(value["factor"], "emphasis.factor", 0, most_emphasis)};
}

void add_once(std::vector<PlanEmphasis>& all, PlanEmphasis emphasis) {
  for (const PlanEmphasis& known : all)
    if (known.commune == emphasis.commune)
      refuse(msg("data.plan_emphasis_twice", emphasis.commune.text), "emphasis",
             msg("data.plan_emphasis_remedy"));
  all.push_back(std::move(emphasis));
}

PlanRule rule_of(const ordered_json& value) {
  if (!value.is_object()) refuse(msg("data.plan_no_json"), "rule", msg("data.plan_remedy"));
  PlanRule rule;
  const auto known = plan_coefficients(rule);
  for (const auto& [field, part] : value.items()) {
    if (field == "learned") {
      rule.learned = truth_of(part, "rule.learned");
      continue;
    }
    const auto coefficient =
        std::find_if(known.begin(), known.end(),
                     [&name = field](const PlanCoefficient& c) { return c.id == name; });
    if (coefficient == known.end())
      refuse(msg("data.plan_unknown_field", field), "rule", msg("data.plan_remedy"));
    rule.*(coefficient->value) =
        number_of(part, "rule." + field, coefficient->least, coefficient->most);
  }
  return rule;
}

template <class Table>
const auto* entry(const Table& table, const std::string& field) {
  const auto it = std::find_if(std::begin(table), std::end(table),
                               [&](const auto& e) { return e.id == field; });
  return it == std::end(table) ? nullptr : &*it;
}

void take(PlanWishes& wishes, const std::string& field, const ordered_json& value) {
  if (field == "from") {
    const auto day = geo::parse_date(text_of(value, field));
    if (!day) refuse(msg("data.plan_day", value.dump()), field, msg("data.plan_day_remedy"));
    wishes.from = *day;
  } else if (field == "weekends") {
    wishes.weekends = count_of(value, field, 1, 104);
  } else if (field == "indicator") {
    const auto indicator = indicator_by_id(text_of(value, field));
    if (!indicator || !is_reported(*indicator))
      refuse(msg("data.plan_indicator", value.dump()), field, msg("data.plan_indicator_remedy"));
    wishes.indicator = *indicator;
  } else if (const auto* slider = entry(sliders, field)) {
    wishes.*(slider->value) = number_of(value, field, 0, 1);
  } else if (const auto* on = entry(switches, field)) {
    wishes.*(on->value) = truth_of(value, field);
  } else if (const auto* limit = entry(limits, field)) {
    if (value.is_null())
      (wishes.*(limit->value)).reset();
    else
      wishes.*(limit->value) = count_of(value, field, 0, 1'000'000);
  } else if (field == "most_km") {
    if (value.is_null())
      wishes.most_km.reset();
    else
      wishes.most_km = number_of(value, field, 0, 5000);
  } else if (field == "absent" || field == "pairs" || field == "extra" || field == "emphasis") {
    if (!value.is_array()) refuse(msg("data.plan_list"), field, msg("data.plan_remedy"));
    for (const ordered_json& item : value) {
      if (field == "absent")
        wishes.absent.push_back(text_of(item, field));
      else if (field == "pairs")
        wishes.pairs.push_back(pair_of(item));
      else if (field == "extra")
        wishes.extra.push_back(extra_of(item));
      else
        add_once(wishes.emphasis, emphasis_of(item));
    }
  } else if (field == "rule") {
    wishes.rule = rule_of(value);
  } else if (field == "seed") {
    wishes.seed = count_of(value, field, 0, 2'000'000'000);
  } else {
    refuse(msg("data.plan_unknown_field", field), field, msg("data.plan_remedy"));
  }
}

}  // namespace

PlanWishes plan_wishes_of(const std::string& json) {
  const ordered_json text = ordered_json::parse(json, nullptr, false);
  if (!text.is_object()) refuse(msg("data.plan_no_json"), "wishes", msg("data.plan_remedy"));
  PlanWishes wishes;
  for (const auto& [field, value] : text.items()) take(wishes, field, value);
  return wishes;
}

std::string json_of(const PlanWishes& wishes) {
  ordered_json out;
  out["from"] = geo::iso(wishes.from);
  out["weekends"] = wishes.weekends;
  out["indicator"] = id(wishes.indicator);
  for (const Slider& slider : sliders) out[std::string(slider.id)] = wishes.*(slider.value);
  for (const Switch& on : switches) out[std::string(on.id)] = wishes.*(on.value);
  for (const Limit& limit : limits) {
    const auto& value = wishes.*(limit.value);
    out[std::string(limit.id)] = value ? ordered_json(*value) : ordered_json();
  }
  out["most_km"] = wishes.most_km ? ordered_json(*wishes.most_km) : ordered_json();
  out["absent"] = wishes.absent;
  out["pairs"] = ordered_json::array();
  for (const PlanPair& pair : wishes.pairs) {
    ordered_json p{{"team", pair.team}, {"commune", pair.commune.text}};
    p["weekend"] = pair.weekend ? ordered_json(*pair.weekend + 1) : ordered_json();
    p["days"] = pair.days;
    out["pairs"].push_back(std::move(p));
  }
  out["extra"] = ordered_json::array();
  for (const PlanExtra& extra : wishes.extra)
    out["extra"].push_back({{"team", extra.team}, {"teams", extra.teams}});
  out["emphasis"] = ordered_json::array();
  for (const PlanEmphasis& emphasis : wishes.emphasis)
    out["emphasis"].push_back({{"commune", emphasis.commune.text}, {"factor", emphasis.factor}});
  for (const PlanCoefficient& c : plan_coefficients(wishes.rule))
    out["rule"][std::string(c.id)] = wishes.rule.*(c.value);
  out["rule"]["learned"] = wishes.rule.learned;
  out["seed"] = wishes.seed;
  return out.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace data
