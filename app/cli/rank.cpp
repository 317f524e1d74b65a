#include "data/rank.hpp"

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/command.hpp"
#include "app/cli/gap_json.hpp"
#include "app/cli/json_text.hpp"
#include "app/cli/text_table.hpp"
#include "app/export_notes.hpp"
#include "app/figures.hpp"
#include "app/reasons.hpp"

namespace app {
namespace {

using nlohmann::ordered_json;

struct Options {
  std::string workspace, indicator = "activation_l2", by = "shortfall", at, within, top, barrier,
                         weights, first, seed, boundaries = "today";
};

/// What is ranked, and everything said of it.
struct Ranking {
  data::RankBy by = data::RankBy::shortfall;
  data::Barrier barrier = data::Barrier::no_grid;
  std::size_t first = 10;
  data::Boundaries boundaries = data::Boundaries::today;
  Figures figures;            ///< indicator, day, gaps, barriers and splits only
  std::vector<double> score;  ///< by UnitIndex; NaN: none
  std::vector<double> stays;  ///< by UnitIndex
  std::vector<data::RankRow> rows;
};

/// Of what was reported only: settlements were all counted.
std::optional<data::Interval> interval_of(data::Indicator indicator, const data::Gap& gap) {
  if (!data::is_reported(indicator) || !gap.rate || !gap.reached || !gap.eligible) return {};
  return data::wilson(gap.reached->value, gap.eligible->value);
}

ordered_json row_json(const data::Dataset& dataset, const Ranking& ranking,
                      const data::RankRow& row, std::size_t place, Language language) {
  const data::Commune& commune = dataset.communes[row.unit.value];
  const data::Gap& gap = row.gap;
  ordered_json o;
  o["rank"] = place;
  o["code"] = commune.code.text;
  o["name"] = commune.name;
  o["full_name"] = commune.full_name;
  o["kind"] = commune.kind;
  o["parent"] = text_json<ordered_json>(province_of(dataset, commune));
  o["former_district"] = text_json<ordered_json>(district_of(dataset, commune));
  o["eligible"] = people_json<ordered_json>(gap.eligible);
  o["activated"] = people_json<ordered_json>(gap.reached);
  o["rate"] = share_json<ordered_json>(gap.rate);
  o["achievement"] = share_json<ordered_json>(gap.achievement);
  o["target"] = share_json<ordered_json>(gap.target);
  o["shortfall"] = people_json<ordered_json>(gap.shortfall);
  o["unreached"] = people_json<ordered_json>(gap.unreached);
  o["as_of"] = gap.as_of ? ordered_json(geo::iso(*gap.as_of)) : ordered_json();
  o["status"] = data::id(gap.status);
  o["boundaries"] = id(ranking.boundaries);
  o["settlements"] = row.barriers.settlements;
  o["no_grid"] = row.barriers.no_grid;
  o["weak_signal"] = row.barriers.weak_signal;
  o["no_signal"] = row.barriers.no_signal;
  o["teams"] = row.barriers.teams;

  const std::size_t unit = row.unit.value;
  const data::BarrierSplit& split = ranking.figures.splits[unit];
  const auto interval = interval_of(ranking.figures.indicator, gap);
  o["interval_low"] =
      share_json<ordered_json>(interval ? std::optional(interval->low) : std::nullopt);
  o["interval_high"] =
      share_json<ordered_json>(interval ? std::optional(interval->high) : std::nullopt);
  put_short(o, split, gap.shortfall.has_value());
  const auto main = data::main_barrier(split);
  o["main_barrier"] = main ? ordered_json(data::id(*main)) : ordered_json();
  o["score"] = share_json<ordered_json>(std::optional(ranking.score[unit]));
  o["stays_in_first"] =
      std::isnan(ranking.score[unit]) ? ordered_json() : ordered_json(ranking.stays[unit]);
  o["reason"] = explain_row(dataset, ranking.figures, row.unit, language);
  return o;
}

std::vector<std::string> gap_cells(const data::Gap& gap, data::Indicator indicator,
                                   Language language) {
  const auto people_text = [&](const std::optional<data::People>& value) {
    return value ? number(language, value->value) : std::string("–");
  };
  return {people_text(gap.eligible), people_text(gap.reached),
          gap.rate ? rate_text(indicator, *gap.rate, language) : "–",
          gap.achievement ? percent(language, gap.achievement->value) : "–",
          people_text(gap.shortfall)};
}

template <class T>
void append(std::vector<T>& to, std::vector<T> more) {
  to.insert(to.end(), more.begin(), more.end());
}

/// What the order goes by, where no other column says it.
void add_order(TextTable& table, const Ranking& ranking, Language language) {
  if (ranking.by == data::RankBy::barrier) {
    table.columns.push_back(
        {say(language, "app.out_short_by", barrier_name(ranking.barrier, language)), true});
  } else if (ranking.by == data::RankBy::score) {
    table.columns.push_back({say(language, "cli.head_score"), true});
    table.columns.push_back({say(language, "cli.head_stays", ranking.first), true});
  }
}
std::vector<std::string> order_cells(const Ranking& ranking, const data::RankRow& row,
                                     Language language) {
  const std::size_t unit = row.unit.value;
  if (ranking.by == data::RankBy::barrier) {
    return {row.gap.shortfall ? number(language, ranking.figures.splits[unit].of(ranking.barrier))
                              : "–"};
  }
  if (ranking.by != data::RankBy::score) return {};
  if (std::isnan(ranking.score[unit])) return {"–", "–"};
  return {number(language, ranking.score[unit], 2), percent(language, ranking.stays[unit], 0)};
}

TextTable ranking_table(const data::Dataset& dataset, const Ranking& ranking,
                        std::span<const data::RankRow> rows, Language language) {
  const data::Indicator indicator = ranking.figures.indicator;
  TextTable table;
  table.columns = {{"#", true},
                   {say(language, "cli.head_code")},
                   {say(language, "cli.head_commune")},
                   {say(language, "cli.head_former_district")},
                   {data::is_reported(indicator) ? say(language, "cli.head_eligible")
                                                 : say(language, "cli.head_residents"),
                    true},
                   {say(language, "cli.head_reached"), true},
                   {say(language, "cli.head_rate"), true},
                   {say(language, "cli.head_achievement"), true},
                   {say(language, "cli.head_shortfall"), true}};
  add_order(table, ranking, language);
  table.columns.push_back({say(language, "cli.head_reason")});
  std::size_t place = 0;
  for (const data::RankRow& row : rows) {
    const data::Commune& commune = dataset.communes[row.unit.value];
    std::vector<std::string> cells = {std::to_string(++place), commune.code.text, commune.full_name,
                                      district_of(dataset, commune)};
    append(cells, gap_cells(row.gap, indicator, language));
    append(cells, order_cells(ranking, row, language));
    cells.push_back(explain_row(dataset, ranking.figures, row.unit, language));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

/// The last line: of all communes that were ranked, also those that --top leaves out.
std::vector<std::string> total_row(const Ranking& ranking, Language language) {
  std::vector<geo::UnitIndex> units;
  for (const data::RankRow& row : ranking.rows) units.push_back(row.unit);
  const std::size_t count = units.size();
  const data::Gap sum = data::total(ranking.figures.gaps, units);
  std::vector<std::string> cells = {
      "", "", say(language, "cli.total", communes_of(sum, count, language)), ""};
  append(cells, gap_cells(sum, ranking.figures.indicator, language));
  if (ranking.by == data::RankBy::barrier) {
    cells.push_back(
        number(language, data::total(ranking.figures.splits, units).of(ranking.barrier)));
  }
  return cells;
}

data::RankBy by_option(const std::string& text) {
  if (const auto by = data::rank_by_id(text)) return *by;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.no_such_order", text), "--by",
                   geo::msg("cli.choose_one_of", "shortfall, rate, achievement, barrier, score"));
}

data::Barrier barrier_option(const std::string& text) {
  if (const auto barrier = data::barrier_by_id(text)) return *barrier;
  std::string ids;
  for (const data::Barrier known : data::all_barriers) {
    ids += (ids.empty() ? "" : ", ") + std::string(data::id(known));
  }
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.no_such_barrier", text), "--barrier",
                   geo::msg("cli.choose_one_of", ids));
}

/// A ranking by one thing asks for what only that one uses.
void require_used(bool used, const std::string& given, const char* option, const char* order) {
  if (used || given.empty()) return;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.option_unused", option), "--by",
                   geo::msg("cli.option_unused_remedy", order));
}

/// Scores and their stability by UnitIndex, for the JSON rows and the order by score.
void add_scores(Ranking& ranking, const data::Dataset& dataset,
                std::span<const geo::UnitIndex> units, const data::Weights& weights,
                std::uint64_t seed) {
  const Figures& f = ranking.figures;
  const auto scores = data::scores(dataset, f.gaps, f.splits, units, f.at, weights);
  const auto stays = data::stability(scores, weights, ranking.first, seed);
  ranking.score.assign(f.gaps.size(), std::nan(""));
  ranking.stays.assign(f.gaps.size(), 0);
  for (std::size_t i = 0; i < units.size(); ++i) {
    ranking.score[units[i].value] = scores.score[i];
    ranking.stays[units[i].value] = stays[i];
  }
}

int run_rank(const Options& options, const CommandLine& line) {
  Ranking ranking;
  ranking.by = by_option(options.by);
  ranking.boundaries = boundaries_option(options.boundaries);
  Figures& f = ranking.figures;
  f.indicator = indicator_option(options.indicator);
  require_used(ranking.by == data::RankBy::barrier, options.barrier, "--barrier", "barrier");
  if (!options.barrier.empty()) ranking.barrier = barrier_option(options.barrier);
  const data::Weights weights = weights_option(options.weights);
  if (!options.first.empty())
    ranking.first = static_cast<std::size_t>(whole_option(options.first, "--first", 1, 1'000'000));
  std::uint64_t seed = 1;
  if (!options.seed.empty())
    seed = static_cast<std::uint64_t>(whole_option(options.seed, "--seed", 0, INT64_MAX));
  std::optional<geo::Date> at;
  if (!options.at.empty()) at = day_option(options.at, "--at");
  std::size_t top = SIZE_MAX;
  if (!options.top.empty()) {
    top = static_cast<std::size_t>(whole_option(options.top, "--top", 1, 1'000'000));
  }

  const auto dataset = load_dataset(options.workspace, line.language, ranking.boundaries, at);
  const auto units = data::communes_within(*dataset, options.within);
  f.at = date_shown(*dataset, at);
  f.gaps = data::gaps(*dataset, f.indicator, f.at);
  f.barriers = data::barriers(*dataset);
  f.splits = data::split_shortfall(*dataset, f.gaps);
  add_scores(ranking, *dataset, units, weights, seed);
  ranking.rows =
      data::rank(*dataset, f.gaps, f.barriers, ranking.by, units,
                 {.splits = f.splits, .barrier = ranking.barrier, .score = ranking.score});
  const std::span<const data::RankRow> shown(ranking.rows.data(),
                                             std::min(top, ranking.rows.size()));

  if (line.json) {
    auto out = ordered_json::array();
    for (const data::RankRow& row : shown) {
      out.push_back(row_json(*dataset, ranking, row, out.size() + 1, line.language));
    }
    write_data(dumped(out));
    return 0;
  }
  if (ranking.rows.empty()) {
    write_message(say(line.language, "cli.no_communes"));
    return 0;
  }
  TextTable table = ranking_table(*dataset, ranking, shown, line.language);
  table.rows.push_back(total_row(ranking, line.language));
  table.last_is_total = true;
  std::string title = dataset->title + " · " + indicator_name(f.indicator, line.language);
  if (data::is_reported(f.indicator)) {
    title += " · " + say(line.language, "view.as_of", date(line.language, f.at));
  }
  title += " · " + boundaries_text(*dataset, line.language);
  if (ranking.by == data::RankBy::score) {
    title += "\n" + say(line.language, "app.out_note_score", weights_text(weights, line.language));
  }
  write_data(title + "\n\n" + to_text(table));
  if (dataset->made_up) write_message(say(line.language, "view.watermark"));
  return 0;
}

}  // namespace

void add_rank(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "rank", say(language, "cli.rank"), line);
  auto options = std::make_shared<Options>();
  add_workspace(*command, options->workspace, line);
  add_value(*command, "--indicator", options->indicator, "I", say(language, "cli.indicator"));
  add_value(*command, "--by", options->by, "B", say(language, "cli.rank_by"));
  add_value(*command, "--at", options->at, "D", say(language, "cli.at"));
  add_boundaries_option(*command, options->boundaries, line);
  add_value(*command, "--within", options->within, "UNIT", say(language, "cli.within"));
  add_value(*command, "--top", options->top, "K", say(language, "cli.top"));
  add_value(*command, "--barrier", options->barrier, "B", say(language, "cli.rank_barrier"));
  add_value(*command, "--weights", options->weights, "c=w,…", say(language, "cli.weights"));
  add_value(*command, "--first", options->first, "K", say(language, "cli.first"));
  add_value(*command, "--seed", options->seed, "S", say(language, "cli.rank_seed"));
  add_json(*command, line);
  command->callback(
      [options, &line] { line.action = [options, &line] { return run_rank(*options, line); }; });
}

}  // namespace app
