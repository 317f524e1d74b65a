#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/command.hpp"
#include "app/cli/gap_json.hpp"
#include "app/cli/json_text.hpp"
#include "app/cli/text_table.hpp"
#include "app/figures.hpp"
#include "data/gaps.hpp"
#include "data/prepared_land.hpp"
#include "data/rank.hpp"
#include "data/spatial_statistics.hpp"
#include "data/statistics.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

using data::Cluster;
using nlohmann::ordered_json;

struct Options {
  std::string workspace, indicator = "activation_l2", at, within, value = "smoothed",
                         permutations = "999", seed = "1", significance = "0.05";
};

/// What is compared with its neighbours.
enum class Value { rate, smoothed, shortfall };

Value value_option(const std::string& text) {
  if (text == "rate") return Value::rate;
  if (text == "smoothed") return Value::smoothed;
  if (text == "shortfall") return Value::shortfall;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.no_such_value", text), "--value",
                   geo::msg("cli.choose_one_of", "rate, smoothed, shortfall"));
}

/// A share between 0 and 1, both left out.
double significance_option(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (!text.empty() && *end == '\0' && value > 0 && value < 1) return value;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.not_a_significance", text),
                   "--significance", geo::msg("cli.not_a_significance_remedy"));
}

/// What was asked for, and what came of it. Vectors are by UnitIndex.
struct Answer {
  data::Indicator indicator = data::Indicator::activation_l2;
  Value value = Value::rate;
  geo::Date day;
  data::MoranOptions moran_options;
  std::vector<geo::UnitIndex> units;  ///< the communes looked at
  std::vector<data::Gap> gaps;
  std::vector<std::optional<double>> values;  ///< empty too for the communes not looked at
  std::optional<data::Moran> moran;

  Cluster cluster(geo::UnitIndex unit) const {
    return moran ? moran->clusters[unit.value] : Cluster::left_out;
  }
  /// Those without a value among the communes looked at.
  std::vector<geo::UnitIndex> missing() const {
    std::vector<geo::UnitIndex> out;
    std::copy_if(units.begin(), units.end(), std::back_inserter(out),
                 [this](geo::UnitIndex unit) { return !values[unit.value]; });
    return out;
  }
};

std::vector<std::optional<double>> values_of(const data::Dataset& dataset, const Answer& answer) {
  std::vector<std::optional<double>> out(answer.gaps.size());
  const auto smooth = answer.value == Value::smoothed ? data::smoothed_rates(dataset, answer.gaps)
                                                      : std::vector<std::optional<data::Rate>>();
  for (const geo::UnitIndex unit : answer.units) {
    const data::Gap& gap = answer.gaps[unit.value];
    auto& value = out[unit.value];
    if (answer.value == Value::rate && gap.rate) value = gap.rate->value;
    if (answer.value == Value::smoothed && smooth[unit.value]) value = smooth[unit.value]->value;
    if (answer.value == Value::shortfall && gap.shortfall) value = gap.shortfall->value;
  }
  return out;
}

ordered_json commune_json(const data::Dataset& dataset, geo::UnitIndex unit) {
  const data::Commune& commune = dataset.communes[unit.value];
  ordered_json o;
  o["code"] = commune.code.text;
  o["name"] = commune.name;
  o["full_name"] = commune.full_name;
  return o;
}

ordered_json to_json(const data::Dataset& dataset, const Answer& answer, const Options& options) {
  const auto& moran = answer.moran;
  const auto number = [](std::optional<double> value) { return share_json<ordered_json>(value); };
  ordered_json out;
  out["indicator"] = data::id(answer.indicator);
  out["at"] = geo::iso(answer.day);
  out["value"] = options.value;
  out["permutations"] = answer.moran_options.permutations;
  out["seed"] = answer.moran_options.seed;
  out["significance"] = answer.moran_options.significance;
  out["i"] = moran ? number(moran->i) : nullptr;
  out["expected"] = moran ? number(moran->expected) : nullptr;
  out["p"] = moran ? number(moran->p) : nullptr;
  out["n"] = moran ? moran->n : 0;
  out["islands"] = ordered_json::array();
  if (moran)
    for (const std::uint32_t unit : moran->islands)
      out["islands"].push_back(commune_json(dataset, geo::UnitIndex(unit)));
  out["missing"] = ordered_json::array();
  for (const geo::UnitIndex unit : answer.missing())
    out["missing"].push_back(commune_json(dataset, unit));
  out["communes"] = ordered_json::array();
  for (const geo::UnitIndex unit : answer.units) {
    ordered_json row = commune_json(dataset, unit);
    row["former_district"] =
        text_json<ordered_json>(district_of(dataset, dataset.communes[unit.value]));
    row["value"] = number(answer.values[unit.value]);
    row["local_i"] = moran ? number(moran->local[unit.value]) : nullptr;
    row["p"] = moran ? number(moran->local_p[unit.value]) : nullptr;
    row["cluster"] = data::id(answer.cluster(unit));
    row["status"] = data::id(answer.gaps[unit.value].status);
    out["communes"].push_back(std::move(row));
  }
  return out;
}

/// In the order in which a reader needs them: the gap that spreads, who falls behind alone, …
std::vector<Cluster> in_order(Value value) {
  if (value == Value::shortfall)
    return {Cluster::high_high, Cluster::high_low, Cluster::low_high, Cluster::low_low};
  return {Cluster::low_low, Cluster::low_high, Cluster::high_low, Cluster::high_high};
}

std::string in_words(Cluster cluster, Value value, Language language) {
  if (value == Value::shortfall) {
    if (cluster == Cluster::high_high) return say(language, "cli.short_high_high");
    if (cluster == Cluster::high_low) return say(language, "cli.short_high_low");
    if (cluster == Cluster::low_high) return say(language, "cli.short_low_high");
    return say(language, "cli.short_low_low");
  }
  if (cluster == Cluster::high_high) return say(language, "cli.rate_high_high");
  if (cluster == Cluster::high_low) return say(language, "cli.rate_high_low");
  if (cluster == Cluster::low_high) return say(language, "cli.rate_low_high");
  return say(language, "cli.rate_low_low");
}

std::string names(const data::Dataset& dataset, const std::vector<std::uint32_t>& units) {
  std::string out;
  for (const std::uint32_t unit : units)
    out += (out.empty() ? "" : ", ") + one_line(dataset.communes[unit].full_name);
  return out;
}

TextTable table_of(const data::Dataset& dataset, const Answer& answer, Language language) {
  TextTable table;
  table.columns = {{say(language, "cli.head_code")},
                   {say(language, "cli.head_commune")},
                   {say(language, "cli.head_former_district")},
                   {answer.value == Value::shortfall  ? say(language, "cli.head_shortfall")
                    : answer.value == Value::smoothed ? say(language, "cli.head_smoothed")
                                                      : say(language, "cli.head_rate"),
                    true},
                   {say(language, "cli.head_local_i"), true},
                   {"p", true},
                   {say(language, "cli.head_cluster")}};
  for (const Cluster cluster : in_order(answer.value)) {
    std::vector<geo::UnitIndex> units;
    std::copy_if(answer.units.begin(), answer.units.end(), std::back_inserter(units),
                 [&](geo::UnitIndex unit) { return answer.cluster(unit) == cluster; });
    std::stable_sort(units.begin(), units.end(), [&](geo::UnitIndex a, geo::UnitIndex b) {
      return std::abs(answer.moran->local[a.value]) > std::abs(answer.moran->local[b.value]);
    });
    for (const geo::UnitIndex unit : units) {
      const data::Commune& commune = dataset.communes[unit.value];
      const double value = *answer.values[unit.value];
      table.rows.push_back({commune.code.text, commune.full_name, district_of(dataset, commune),
                            answer.value == Value::shortfall
                                ? number(language, value)
                                : rate_text(answer.indicator, data::Rate(value), language),
                            number(language, answer.moran->local[unit.value], 2),
                            number(language, answer.moran->local_p[unit.value], 3),
                            in_words(cluster, answer.value, language)});
    }
  }
  return table;
}

std::string to_text(const data::Dataset& dataset, const Answer& answer, Language language) {
  std::string out = dataset.title + " · " + indicator_name(answer.indicator, language);
  if (data::is_reported(answer.indicator))
    out += " · " + say(language, "view.as_of", date(language, answer.day));
  out += "\n\n";
  const auto& moran = answer.moran;
  if (!moran) return out + say(language, "cli.no_clusters_possible") + "\n";

  out += say(language, "cli.moran", number(language, moran->i, 3),
             number(language, moran->expected, 3), number(language, moran->p, 3), moran->n) +
         "\n";
  out += (moran->p <= answer.moran_options.significance ? say(language, "cli.moran_alike")
                                                        : say(language, "cli.moran_no_pattern")) +
         "\n\n";
  const TextTable table = table_of(dataset, answer, language);
  if (table.rows.empty()) {
    out +=
        say(language, "cli.no_clusters", percent(language, answer.moran_options.significance, 0)) +
        "\n";
  } else {
    out += to_text(table) + "\n" +
           say(language, "cli.clusters_found", table.rows.size(), moran->n,
               percent(language, answer.moran_options.significance, 0)) +
           "\n";
  }
  if (!moran->islands.empty())
    out += say(language, "cli.islands", names(dataset, moran->islands)) + "\n";
  if (const auto missing = answer.missing(); !missing.empty())
    out += say(language, "cli.clusters_missing", missing.size()) + "\n";
  return out + say(language, "cli.not_causes") + "\n";
}

int run_clusters(const Options& options, const CommandLine& line) {
  Answer answer;
  answer.indicator = indicator_option(options.indicator);
  answer.value = value_option(options.value);
  answer.moran_options = {
      static_cast<std::uint32_t>(whole_option(options.permutations, "--permutations", 99, 99'999)),
      static_cast<std::uint64_t>(whole_option(options.seed, "--seed", 0, INT64_MAX)),
      significance_option(options.significance)};
  std::optional<geo::Date> at;
  if (!options.at.empty()) at = day_option(options.at, "--at");

  const geo::Progress progress = progress_line(line.language);
  data::Workspace workspace = data::Workspace::open_for_reading(options.workspace);
  const data::OneMoment moment(workspace.database());
  const auto dataset = workspace.load(progress);
  answer.units = data::communes_within(*dataset, options.within);
  answer.day = date_shown(*dataset, at);
  answer.gaps = data::gaps(*dataset, answer.indicator, answer.day);
  answer.values = values_of(*dataset, answer);
  answer.moran = data::moran(answer.values, data::load_land(workspace, progress)->neighbours,
                             answer.moran_options);
  if (line.json) {
    write_data(dumped(to_json(*dataset, answer, options)));
    return 0;
  }
  if (answer.units.empty()) {
    write_message(say(line.language, "cli.no_communes"));
    return 0;
  }
  write_data(to_text(*dataset, answer, line.language));
  if (dataset->made_up) write_message(say(line.language, "view.watermark"));
  return 0;
}

}  // namespace

void add_clusters(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "clusters", say(language, "cli.clusters"), line);
  auto options = std::make_shared<Options>();
  add_workspace(*command, options->workspace, line);
  add_value(*command, "--indicator", options->indicator, "I", say(language, "cli.indicator"));
  add_value(*command, "--at", options->at, "D", say(language, "cli.at"));
  add_value(*command, "--within", options->within, "UNIT", say(language, "cli.within"));
  add_value(*command, "--value", options->value, "V", say(language, "cli.cluster_value"));
  add_value(*command, "--permutations", options->permutations, "M",
            say(language, "cli.permutations"));
  add_value(*command, "--seed", options->seed, "S", say(language, "cli.cluster_seed"));
  add_value(*command, "--significance", options->significance, "A",
            say(language, "cli.significance"));
  add_json(*command, line);
  command->callback([options, &line] {
    line.action = [options, &line] { return run_clusters(*options, line); };
  });
}

}  // namespace app
