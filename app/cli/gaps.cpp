#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/command.hpp"
#include "app/cli/gap_json.hpp"
#include "app/cli/json_text.hpp"
#include "app/cli/text_table.hpp"
#include "app/export_notes.hpp"
#include "app/figures.hpp"
#include "app/reasons.hpp"
#include "data/barrier_split.hpp"
#include "data/rank.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

using nlohmann::ordered_json;

struct Options {
  std::string workspace, indicator = "activation_l2", by = "shortfall", at, within, top, rule_file,
                         keep_file, boundaries = "today";
  bool show_rule = false;
};

data::BarrierRule rule_from(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in)
    throw geo::Error(geo::ErrorKind::io, geo::msg("data.no_such_file"), file,
                     geo::msg("data.no_such_file_remedy"));
  try {
    return data::barrier_rule_of(text.str());
  } catch (const geo::Error& error) {
    throw geo::Error(error.kind, error.message, file + ": " + error.where, error.remedy);
  }
}

int keep_rule(const Options& options, const CommandLine& line) {
  const data::BarrierRule rule = rule_from(options.keep_file);
  auto workspace = open_to_write(options.workspace, line);
  data::keep_barrier_rule(workspace, rule);
  write_message(say(line.language, "cli.rule_kept", options.workspace));
  return 0;
}

int show_rule(const Options& options) {
  auto workspace = data::Workspace::open_for_reading(options.workspace);
  const auto kept = workspace.setting("barrier_rule");
  const data::BarrierRule rule = kept ? data::barrier_rule_of(*kept) : data::BarrierRule{};
  write_data(data::json_of(rule) + "\n");
  return 0;
}

/// What is shown: communes in order, each with its split.
struct Shown {
  std::shared_ptr<const data::Dataset> dataset;
  data::BarrierRule rule;
  data::Indicator indicator = data::Indicator::activation_l2;
  geo::Date at;
  data::Boundaries boundaries = data::Boundaries::today;
  std::vector<data::BarrierSplit> splits;
  std::vector<data::RankRow> all;        ///< worst first
  std::span<const data::RankRow> first;  ///< of them, as many as asked for
  data::BarrierSplit sum;                ///< over all
  data::Gap total;                       ///< likewise
};

/// Settlements beside people.
void put_split(ordered_json& o, const data::BarrierSplit& split, bool known) {
  put_short(o, split, known);
  o["settlements"] = ordered_json::object();
  for (const data::Barrier barrier : data::all_barriers)
    o["settlements"][std::string(data::id(barrier))] =
        split.settlements[static_cast<std::size_t>(barrier)];
}

std::string json_text(const Shown& shown, Language language) {
  const data::Dataset& dataset = *shown.dataset;
  ordered_json out;
  out["indicator"] = data::id(shown.indicator);
  out["at"] = dataset.dates.empty() ? ordered_json() : ordered_json(geo::iso(shown.at));
  out["boundaries"] = id(shown.boundaries);
  out["made_up"] = dataset.made_up;
  out["rule"] = ordered_json::parse(data::json_of(shown.rule));
  out["barriers"] = ordered_json::array();
  for (const data::Barrier barrier : data::all_barriers)
    out["barriers"].push_back({{"id", data::id(barrier)},
                               {"name", say(language, data::name(barrier))},
                               {"action", say(language, data::action(barrier))}});
  out["communes"] = ordered_json::array();
  for (const data::RankRow& row : shown.first) {
    const data::Commune& commune = dataset.communes[row.unit.value];
    const data::BarrierSplit& split = shown.splits[row.unit.value];
    const auto worst = data::main_barrier(split);
    ordered_json o;
    o["code"] = commune.code.text;
    o["name"] = commune.name;
    o["full_name"] = commune.full_name;
    o["parent"] = text_json<ordered_json>(province_of(dataset, commune));
    o["former_district"] = text_json<ordered_json>(district_of(dataset, commune));
    o["status"] = data::id(row.gap.status);
    o["as_of"] = row.gap.as_of ? ordered_json(geo::iso(*row.gap.as_of)) : ordered_json();
    o["shortfall"] = people_json<ordered_json>(row.gap.shortfall);
    o["main_barrier"] = worst ? ordered_json(data::id(*worst)) : ordered_json();
    put_split(o, split, row.gap.shortfall.has_value());
    out["communes"].push_back(std::move(o));
  }
  ordered_json total;
  total["communes"] = shown.all.size();
  total["communes_with_numbers"] = shown.total.counted;
  const bool known = std::any_of(shown.all.begin(), shown.all.end(), [](const data::RankRow& row) {
    return row.gap.shortfall.has_value();
  });
  total["shortfall"] = people_json<ordered_json>(
      known ? std::optional(data::People(shown.sum.total())) : std::nullopt);
  put_split(total, shown.sum, known);
  out["total"] = std::move(total);
  return dumped(out);
}

TextTable table_of(const Shown& shown, Language language) {
  TextTable table;
  table.columns = {{"#", true},
                   {say(language, "cli.head_code")},
                   {say(language, "cli.head_commune")},
                   {say(language, "cli.head_former_district")},
                   {say(language, "cli.head_shortfall"), true},
                   {say(language, "cli.head_short_no_grid"), true},
                   {say(language, "cli.head_short_signal"), true},
                   {say(language, "cli.head_short_away"), true},
                   {say(language, "cli.head_short_no_smartphone"), true},
                   {say(language, "cli.head_short_own_sim"), true},
                   {say(language, "cli.head_short_visit"), true},
                   {say(language, "cli.head_short_unknown"), true},
                   {say(language, "cli.head_to_do")}};
  const auto put = [&](std::vector<std::string>& cells, const data::BarrierSplit& split,
                       data::Status status) {
    cells.push_back((status == data::Status::estimated ? "≈ " : "") +
                    number(language, split.total()));
    for (const std::int64_t people : whole_people(split))
      cells.push_back(number(language, static_cast<double>(people)));
  };
  std::size_t place = 0;
  for (const data::RankRow& row : shown.first) {
    ++place;
    const data::BarrierSplit& split = shown.splits[row.unit.value];
    const auto worst = data::main_barrier(split);
    if (!worst) continue;  // nobody short, or not known how many: told below
    const data::Commune& commune = shown.dataset->communes[row.unit.value];
    std::vector<std::string> cells{std::to_string(place), commune.code.text, commune.full_name,
                                   district_of(*shown.dataset, commune)};
    put(cells, split, row.gap.status);
    cells.push_back(say(language, data::action(*worst)));
    table.rows.push_back(std::move(cells));
  }
  std::vector<std::string> cells{
      "", "", say(language, "cli.total", communes_of(shown.total, shown.all.size(), language)), ""};
  put(cells, shown.sum, shown.total.status);
  table.rows.push_back(std::move(cells));
  table.last_is_total = true;
  return table;
}

std::string text_of(const Shown& shown, Language language) {
  std::string out = shown.dataset->title + " · " + indicator_name(shown.indicator, language);
  out += " · " + say(language, "view.as_of", date(language, shown.at));
  out += " · " + boundaries_text(*shown.dataset, language);
  out += "\n\n" + to_text(table_of(shown, language)) + '\n';
  TextTable actions;
  actions.columns = {{say(language, "cli.head_barrier")},
                     {say(language, "cli.head_shortfall"), true},
                     {say(language, "cli.head_to_do")}};
  const auto people = whole_people(shown.sum);
  for (const data::Barrier barrier : data::all_barriers)
    if (shown.sum.of(barrier) > 0)
      actions.rows.push_back(
          {say(language, data::name(barrier)),
           number(language, static_cast<double>(people[static_cast<std::size_t>(barrier)])),
           say(language, data::action(barrier))});
  if (!actions.rows.empty()) out += to_text(actions) + '\n';
  const auto count = [&](auto&& wanted) {
    return static_cast<std::size_t>(
        std::count_if(shown.all.begin(), shown.all.end(),
                      [&](const data::RankRow& row) { return wanted(row.gap.shortfall); }));
  };
  const auto met = count([](const auto& s) { return s && s->value <= 0; });
  const auto unknown = count([](const auto& s) { return !s; });
  if (met > 0) out += say(language, "cli.gaps_met", met) + '\n';
  const auto estimated = std::count_if(
      shown.all.begin(), shown.all.end(),
      [](const data::RankRow& row) { return row.gap.status == data::Status::estimated; });
  if (estimated > 0) out += say(language, "cli.gaps_estimated", estimated) + '\n';
  if (unknown > 0) out += say(language, "cli.gaps_not_known", unknown) + '\n';
  return out;
}

/// "shortfall" is empty; else the barrier to order by.
std::optional<data::Barrier> by_option(const std::string& text) {
  if (text == "shortfall") return std::nullopt;
  if (const auto barrier = data::barrier_by_id(text)) return barrier;
  std::string ids = "shortfall";
  for (const data::Barrier barrier : data::all_barriers)
    ids += ", " + std::string(data::id(barrier));
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.no_such_order", text), "--by",
                   geo::msg("cli.choose_one_of", ids));
}

int run_gaps(const Options& options, const CommandLine& line) {
  if (!options.keep_file.empty()) return keep_rule(options, line);
  if (options.show_rule) return show_rule(options);
  Shown shown;
  shown.indicator = indicator_option(options.indicator);
  if (!data::is_reported(shown.indicator))
    throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.gaps_of_reports", options.indicator),
                     "--indicator",
                     geo::msg("cli.choose_one_of", "activation_l2, activation_l1, installed"));
  const auto by = by_option(options.by);
  shown.boundaries = boundaries_option(options.boundaries);
  std::optional<geo::Date> at;
  if (!options.at.empty()) at = day_option(options.at, "--at");
  std::size_t top = SIZE_MAX;
  if (!options.top.empty())
    top = static_cast<std::size_t>(whole_option(options.top, "--top", 1, 1'000'000));
  std::optional<data::BarrierRule> rule;
  if (!options.rule_file.empty()) rule = rule_from(options.rule_file);

  shown.dataset = load_dataset(options.workspace, line.language, shown.boundaries, at);
  shown.rule = rule.value_or(shown.dataset->barrier_rule);
  const auto units = data::communes_within(*shown.dataset, options.within);
  shown.at = date_shown(*shown.dataset, at);
  const auto gaps = data::gaps(*shown.dataset, shown.indicator, shown.at);
  shown.splits = data::split_shortfall(*shown.dataset, gaps, shown.rule);
  data::RankOn on;
  on.splits = shown.splits;
  on.barrier = by.value_or(data::Barrier::no_grid);
  shown.all = data::rank(*shown.dataset, gaps, data::barriers(*shown.dataset),
                         by ? data::RankBy::barrier : data::RankBy::shortfall, units, on);
  shown.first = std::span(shown.all).first(std::min(top, shown.all.size()));
  if (!units.empty()) {
    shown.sum = data::total(shown.splits, units);
    shown.total = data::total(gaps, units);
  }
  if (line.json) {
    write_data(json_text(shown, line.language));
    return 0;
  }
  if (shown.all.empty()) {
    write_message(say(line.language, "cli.no_communes"));
    return 0;
  }
  write_data(text_of(shown, line.language));
  if (shown.dataset->made_up) write_message(say(line.language, "view.watermark"));
  return 0;
}

}  // namespace

void add_gaps(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "gaps", say(language, "cli.gaps"), line);
  auto options = std::make_shared<Options>();
  add_workspace(*command, options->workspace, line);
  add_value(*command, "--indicator", options->indicator, "I", say(language, "cli.indicator"));
  add_value(*command, "--by", options->by, "B", say(language, "cli.gaps_by"));
  add_value(*command, "--at", options->at, "D", say(language, "cli.at"));
  add_boundaries_option(*command, options->boundaries, line);
  add_value(*command, "--within", options->within, "UNIT", say(language, "cli.within"));
  add_value(*command, "--top", options->top, "K", say(language, "cli.top"));
  add_value(*command, "--rule", options->rule_file, "FILE.json", say(language, "cli.gaps_rule"));
  command->add_flag("--show-rule", options->show_rule, say(language, "cli.gaps_show_rule"));
  add_value(*command, "--keep-rule", options->keep_file, "FILE.json",
            say(language, "cli.gaps_keep_rule"));
  add_json(*command, line);
  command->callback(
      [options, &line] { line.action = [options, &line] { return run_gaps(*options, line); }; });
}

}  // namespace app
