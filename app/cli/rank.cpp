#include "data/rank.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/command.hpp"
#include "app/cli/gap_json.hpp"
#include "app/cli/text_table.hpp"
#include "app/view.hpp"

namespace app {
namespace {

using nlohmann::ordered_json;

struct Options {
  std::string workspace, indicator = "activation_l2", by = "shortfall", at, within, top;
};

std::string_view name_of(const std::vector<data::District>& all, std::int32_t index) {
  return index < 0 ? std::string_view() : all[static_cast<std::size_t>(index)].name;
}
std::string_view name_of(const std::vector<data::Province>& all, std::int32_t index) {
  return index < 0 ? std::string_view() : all[static_cast<std::size_t>(index)].name;
}

ordered_json text_or_null(std::string_view text) {
  return text.empty() ? ordered_json() : ordered_json(text);
}

ordered_json row_json(const data::Dataset& dataset, const data::RankRow& row, std::size_t place) {
  const data::Commune& commune = dataset.communes[row.unit.value];
  const data::Gap& gap = row.gap;
  ordered_json o;
  o["rank"] = place;
  o["code"] = commune.code.text;
  o["name"] = commune.name;
  o["full_name"] = commune.full_name;
  o["kind"] = commune.kind;
  o["parent"] = text_or_null(name_of(dataset.provinces, commune.province));
  o["former_district"] = text_or_null(name_of(dataset.districts, commune.district));
  o["eligible"] = people_json<ordered_json>(gap.eligible);
  o["activated"] = people_json<ordered_json>(gap.reached);
  o["rate"] = share_json<ordered_json>(gap.rate);
  o["achievement"] = share_json<ordered_json>(gap.achievement);
  o["target"] = share_json<ordered_json>(gap.target);
  o["shortfall"] = people_json<ordered_json>(gap.shortfall);
  o["unreached"] = people_json<ordered_json>(gap.unreached);
  o["as_of"] = gap.as_of ? ordered_json(geo::iso(*gap.as_of)) : ordered_json();
  o["status"] = data::id(gap.status);
  o["settlements"] = row.barriers.settlements;
  o["no_grid"] = row.barriers.no_grid;
  o["weak_signal"] = row.barriers.weak_signal;
  o["no_signal"] = row.barriers.no_signal;
  o["teams"] = row.barriers.teams;
  return o;
}

std::string status_text(data::Status status, Language language) {
  switch (status) {
    case data::Status::reported:
      return say(language, "cli.status_reported");
    case data::Status::silent:
      return say(language, "cli.status_silent");
    case data::Status::not_reported:
      return say(language, "cli.status_not_reported");
    case data::Status::estimated:
      return say(language, "cli.status_estimated");
  }
  return {};
}

std::vector<std::string> gap_cells(const data::Gap& gap, data::Indicator indicator,
                                   Language language) {
  const auto people_text = [&](const std::optional<data::People>& value) {
    return value ? number(language, value->value) : std::string("–");
  };
  return {people_text(gap.eligible),
          people_text(gap.reached),
          gap.rate ? rate_text(indicator, *gap.rate, language) : "–",
          gap.achievement ? percent(language, gap.achievement->value) : "–",
          people_text(gap.shortfall),
          gap.as_of ? date(language, *gap.as_of) : "–",
          status_text(gap.status, language)};
}

std::vector<std::string> barrier_cells(const data::Barriers& b, Language language) {
  return {number(language, b.settlements), number(language, b.no_grid),
          number(language, b.weak_signal), number(language, b.no_signal),
          number(language, b.teams)};
}

template <class T>
void append(std::vector<T>& to, std::vector<T> more) {
  to.insert(to.end(), more.begin(), more.end());
}

TextTable ranking_table(const data::Dataset& dataset, data::Indicator indicator,
                        std::span<const data::RankRow> rows, Language language) {
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
                   {say(language, "cli.head_shortfall"), true},
                   {say(language, "cli.head_as_of"), true},
                   {say(language, "cli.head_status")},
                   {say(language, "cli.head_settlements"), true},
                   {say(language, "cli.head_no_grid"), true},
                   {say(language, "cli.head_weak_signal"), true},
                   {say(language, "cli.head_no_signal"), true},
                   {say(language, "cli.head_teams"), true}};
  std::size_t place = 0;
  for (const data::RankRow& row : rows) {
    const data::Commune& commune = dataset.communes[row.unit.value];
    std::vector<std::string> cells = {std::to_string(++place), commune.code.text, commune.full_name,
                                      std::string(name_of(dataset.districts, commune.district))};
    append(cells, gap_cells(row.gap, indicator, language));
    append(cells, barrier_cells(row.barriers, language));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

/// The last line: of all communes that were ranked, also those that --top leaves out.
std::vector<std::string> total_row(std::span<const data::Gap> gaps,
                                   std::span<const data::RankRow> all, data::Indicator indicator,
                                   Language language) {
  std::vector<geo::UnitIndex> units;
  data::Barriers sum;
  for (const data::RankRow& row : all) {
    units.push_back(row.unit);
    sum.settlements += row.barriers.settlements;
    sum.no_grid += row.barriers.no_grid;
    sum.weak_signal += row.barriers.weak_signal;
    sum.no_signal += row.barriers.no_signal;
    sum.teams += row.barriers.teams;
  }
  std::vector<std::string> cells = {"", "", say(language, "cli.total", all.size()), ""};
  append(cells, gap_cells(data::total(gaps, units), indicator, language));
  append(cells, barrier_cells(sum, language));
  return cells;
}

data::RankBy by_option(const std::string& text) {
  if (const auto by = data::rank_by_id(text)) return *by;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.no_such_order", text), "--by",
                   geo::msg("cli.choose_one_of", "shortfall, rate, achievement"));
}

int run_rank(const Options& options, const CommandLine& line) {
  const data::Indicator indicator = indicator_option(options.indicator);
  const data::RankBy by = by_option(options.by);
  std::optional<geo::Date> at;
  if (!options.at.empty()) at = day_option(options.at, "--at");
  std::size_t top = SIZE_MAX;
  if (!options.top.empty()) {
    top = static_cast<std::size_t>(whole_option(options.top, "--top", 1, 1'000'000));
  }

  const auto dataset = load_dataset(options.workspace, line.language);
  const auto units = data::communes_within(*dataset, options.within);
  const geo::Date day = date_shown(*dataset, at);
  const auto gaps = data::gaps(*dataset, indicator, day);
  const auto all = data::rank(*dataset, gaps, data::barriers(*dataset), by, units);
  const std::span<const data::RankRow> shown(all.data(), std::min(top, all.size()));

  if (line.json) {
    auto out = ordered_json::array();
    for (const data::RankRow& row : shown) {
      out.push_back(row_json(*dataset, row, out.size() + 1));
    }
    write_data(out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n");
    return 0;
  }
  if (all.empty()) {
    write_message(say(line.language, "cli.no_communes"));
    return 0;
  }
  TextTable table = ranking_table(*dataset, indicator, shown, line.language);
  table.rows.push_back(total_row(gaps, all, indicator, line.language));
  table.last_is_total = true;
  std::string title = dataset->title + " · " + indicator_name(indicator, line.language);
  if (data::is_reported(indicator)) {
    title += " · " + say(line.language, "view.as_of", date(line.language, day));
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
  add_value(*command, "--within", options->within, "UNIT", say(language, "cli.within"));
  add_value(*command, "--top", options->top, "K", say(language, "cli.top"));
  add_json(*command, line);
  command->callback(
      [options, &line] { line.action = [options, &line] { return run_rank(*options, line); }; });
}

}  // namespace app
