#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/command.hpp"
#include "app/cli/gap_json.hpp"
#include "app/cli/import_report.hpp"
#include "app/cli/json_text.hpp"
#include "app/cli/text_table.hpp"
#include "app/entry_words.hpp"
#include "app/figures.hpp"
#include "data/backup.hpp"
#include "data/prepared_land.hpp"
#include "data/ways.hpp"
#include "data/window_lock.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

using nlohmann::ordered_json;

std::size_t report_count(const data::Dataset& dataset) {
  std::size_t count = 0;
  for (const data::Reporter& reporter : dataset.reporters)
    count += dataset.reports.reported(reporter.column);
  return count;
}

/// Those that ever reported; the others are what communes came from.
std::size_t reporter_count(const data::Dataset& dataset) {
  return static_cast<std::size_t>(std::count_if(
      dataset.reporters.begin(), dataset.reporters.end(),
      [&](const data::Reporter& r) { return dataset.reports.reported(r.column) > 0; }));
}

std::size_t status_count(std::span<const data::Gap> gaps, data::Status status) {
  return static_cast<std::size_t>(std::count_if(
      gaps.begin(), gaps.end(), [status](const data::Gap& gap) { return gap.status == status; }));
}

ordered_json total_json(const data::Dataset& dataset) {
  const geo::Date at = date_shown(dataset, std::nullopt);
  const auto gaps = data::gaps(dataset, data::Indicator::activation_l2, at);
  const data::Gap total = data::total(gaps);
  ordered_json o;
  o["eligible"] = people_json<ordered_json>(total.eligible);
  o["activated"] = people_json<ordered_json>(total.reached);
  o["rate"] = share_json<ordered_json>(total.rate);
  o["target"] = share_json<ordered_json>(total.target);
  o["achievement"] = share_json<ordered_json>(total.achievement);
  o["shortfall"] = people_json<ordered_json>(total.shortfall);
  o["silent"] = status_count(gaps, data::Status::silent);
  o["not_reported"] = status_count(gaps, data::Status::not_reported);
  return o;
}

std::string info_json(const data::Dataset& dataset, const std::vector<data::Source>& sources,
                      const data::WaysInfo& ways, const std::string& file) {
  ordered_json o;
  o["file"] = file;
  o["on_network"] = data::on_network(file);
  o["open_in_window"] = data::window_of(file).has_value();
  o["backups"] = data::backups(file).size();
  o["title"] = dataset.title;
  o["made_up"] = dataset.made_up;
  o["crs"] = {{"epsg", dataset.crs.epsg}, {"label", dataset.crs.label}};
  o["provinces"] = dataset.provinces.size();
  o["former_districts"] = dataset.districts.size();
  o["communes"] = dataset.communes.size();
  o["reporters"] = reporter_count(dataset);
  o["reports"] = report_count(dataset);
  o["settlements"] = dataset.settlements.size();
  o["teams"] = dataset.teams.size();
  o["targets"] = dataset.targets.size();
  o["figures"] = dataset.figures.size();
  o["roads"] = ways.lines;
  o["roads_km"] = ways.km;
  o["elevation_cells"] = ways.cells;
  o["dates"] = ordered_json::array();
  for (const geo::Date day : dataset.dates) o["dates"].push_back(geo::iso(day));
  o["indicator"] = "activation_l2";
  o["total"] = total_json(dataset);
  o["sources"] = ordered_json::array();
  for (const data::Source& source : sources) {
    o["sources"].push_back({{"id", source.id},
                            {"kind", source.kind},
                            {"file", source.file},
                            {"sheet", source.sheet},
                            {"imported_at", source.imported_at},
                            {"imported_by", source.imported_by},
                            {"rows", source.rows}});
  }
  return dumped(o);
}

std::string info_text(const data::Dataset& dataset, const std::vector<data::Source>& sources,
                      const data::WaysInfo& ways, Language language) {
  TextTable counts;
  counts.columns = {{dataset.title}, {"", true}};
  const auto add = [&](std::string what, std::size_t count) {
    counts.rows.push_back({std::move(what), number(language, static_cast<double>(count))});
  };
  add(say(language, "cli.info_provinces"), dataset.provinces.size());
  add(say(language, "cli.info_districts"), dataset.districts.size());
  add(say(language, "cli.info_communes"), dataset.communes.size());
  add(say(language, "cli.info_reporters"), reporter_count(dataset));
  add(say(language, "cli.info_reports"), report_count(dataset));
  add(say(language, "cli.info_settlements"), dataset.settlements.size());
  add(say(language, "cli.info_teams"), dataset.teams.size());
  add(say(language, "cli.info_targets"), dataset.targets.size());
  add(say(language, "cli.info_figures"), dataset.figures.size());
  if (ways.lines > 0) {
    add(say(language, "cli.info_roads"), ways.lines);
    counts.rows.push_back(
        {say(language, "cli.info_roads_km"), number(language, std::round(ways.km))});
  }
  if (ways.cells > 0) add(say(language, "cli.info_elevation"), ways.cells);
  counts.rows.push_back({say(language, "cli.info_crs"), dataset.crs.label});
  if (!dataset.dates.empty()) {
    counts.rows.push_back(
        {say(language, "cli.info_dates", dataset.dates.size()),
         date(language, dataset.dates.front()) + " – " + date(language, dataset.dates.back())});
  }
  std::string out = to_text(counts);

  const data::Gap total = data::total(
      data::gaps(dataset, data::Indicator::activation_l2, date_shown(dataset, std::nullopt)));
  if (total.eligible && total.reached && total.rate) {
    out += '\n' + say(language, "cli.info_total", number(language, total.eligible->value),
                      number(language, total.reached->value), percent(language, total.rate->value));
    if (total.shortfall) {
      out += ' ' + say(language, "cli.info_short", number(language, total.shortfall->value));
    }
    out += '\n';
  }
  if (sources.empty()) return out;

  TextTable imports;
  imports.columns = {{say(language, "cli.head_import"), true}, {say(language, "cli.head_kind")},
                     {say(language, "cli.head_rows"), true},   {say(language, "cli.head_when")},
                     {say(language, "cli.head_who")},          {say(language, "cli.head_file")}};
  for (const data::Source& source : sources) {
    imports.rows.push_back(
        {std::to_string(source.id), kind_name(source.kind, language),
         number(language, static_cast<double>(source.rows)),
         time_words(language, source.imported_at), source.imported_by,
         source.sheet.empty() ? source.file : source.file + " (" + source.sheet + ")"});
  }
  return out + '\n' + to_text(imports);
}

int run_info(const std::string& file, const CommandLine& line) {
  auto workspace = data::Workspace::open_for_reading(file);
  const data::OneMoment moment(workspace.database());
  const auto sources = workspace.sources();
  const data::WaysInfo ways = data::info_of_ways(workspace);
  data::Dataset dataset = *workspace.load(progress_line(line.language));
  dataset.crs = data::load_land(workspace)->crs;
  write_data(line.json ? info_json(dataset, sources, ways, file)
                       : info_text(dataset, sources, ways, line.language));
  if (dataset.made_up) write_message(say(line.language, "view.watermark"));
  if (data::on_network(file)) write_message(say(line.language, "cli.info_network"));
  if (const auto window = data::window_of(file)) {
    write_message(window->here
                      ? say(line.language, "cli.info_window", std::to_string(window->process))
                      : say(line.language, "cli.info_window_elsewhere", window->computer));
  }
  return 0;
}

}  // namespace

void add_info(CLI::App& program, CommandLine& line) {
  CLI::App* command = add_command(program, "info", say(line.language, "cli.info"), line);
  auto workspace = std::make_shared<std::string>();
  add_workspace(*command, *workspace, line);
  add_json(*command, line);
  command->callback([workspace, &line] {
    line.action = [workspace, &line] { return run_info(*workspace, line); };
  });
}

}  // namespace app
