#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/command.hpp"
#include "app/cli/gap_json.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/json_text.hpp"
#include "app/cli/text_table.hpp"
#include "app/district_export.hpp"
#include "app/district_words.hpp"
#include "data/authority.hpp"
#include "data/clock.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

using nlohmann::ordered_json;

struct Options {
  std::string workspace, unit, at, out;
};

ordered_json day_json(const std::optional<geo::Date>& day) {
  return day ? ordered_json(geo::iso(*day)) : ordered_json();
}

ordered_json sum_json(const data::ProgressSum& sum) {
  ordered_json o;
  o["counted"] = sum.counted;
  // Of nobody there is no sum; it is not zero.
  o["activated"] =
      people_json<ordered_json>(sum.counted > 0 ? std::optional(sum.activated) : std::nullopt);
  o["eligible"] = people_json<ordered_json>(sum.eligible);
  o["rate"] = share_json<ordered_json>(sum.rate);
  o["compared"] = sum.compared;
  o["change"] = people_json<ordered_json>(sum.change);
  o["points"] = share_json<ordered_json>(sum.points);
  o["target"] = share_json<ordered_json>(sum.target);
  o["achievement"] = share_json<ordered_json>(sum.achievement);
  o["missing"] = people_json<ordered_json>(sum.missing);
  return o;
}

ordered_json unit_json(const data::UnitProgress& u, Language language) {
  ordered_json o;
  o["unit"] = data::unit_text(u.unit);
  o["code"] = u.unit.code;
  o["name"] = u.name;
  o["district"] = text_json<ordered_json>(u.district);
  o["reported"] = u.reported;
  o["as_of"] = day_json(u.as_of);
  o["report_before"] = day_json(u.last_at);
  o["weeks_silent"] = u.weeks_silent ? ordered_json(*u.weeks_silent) : ordered_json();
  o["eligible"] = people_json<ordered_json>(u.eligible);
  o["activated"] = people_json<ordered_json>(u.activated);
  o["rate"] = share_json<ordered_json>(u.rate);
  o["activated_before"] = people_json<ordered_json>(u.before);
  o["rate_before"] = share_json<ordered_json>(u.rate_before);
  o["change"] = people_json<ordered_json>(u.change);
  o["points"] = share_json<ordered_json>(u.points);
  o["target"] = share_json<ordered_json>(u.target);
  o["achievement"] = share_json<ordered_json>(u.achievement);
  o["missing"] = people_json<ordered_json>(u.missing);
  o["questions"] = ordered_json::array();
  for (const data::Question& q : u.questions)
    o["questions"].push_back({{"about", data::id(q.ask)},
                              {"at", geo::iso(q.at)},
                              {"key", q.key},
                              {"reason", text_json<ordered_json>(q.reason)},
                              {"text", question_text(q, u, language)}});
  return o;
}

ordered_json progress_json(const data::DistrictProgress& d, Language language) {
  ordered_json o;
  o["unit"] = data::unit_text(d.of);
  o["name"] = d.name;
  o["week"] = geo::iso(d.week);
  o["made_up"] = d.made_up;
  o["units_in_all"] = d.units.size();
  o["reported"] = d.reported;
  o["this_week"] = sum_json(d.now);
  o["newest"] = sum_json(d.latest);
  o["units"] = ordered_json::array();
  for (const data::UnitProgress& u : d.units) o["units"].push_back(unit_json(u, language));
  return o;
}

std::string progress_text(const data::DistrictProgress& d, Language l) {
  TextTable table;
  table.columns = {{"#", true},
                   {say(l, "district.head_code")},
                   {say(l, "district.head_unit")},
                   {say(l, "district.head_report")},
                   {say(l, "district.head_l2"), true},
                   {say(l, "district.head_change"), true},
                   {say(l, "district.head_rate"), true},
                   {say(l, "district.head_achievement"), true},
                   {say(l, "district.head_missing"), true}};
  std::string calls;
  std::size_t place = 0;
  for (const data::UnitProgress& u : d.units) {
    table.rows.push_back({std::to_string(++place), u.unit.code, u.name, report_text(u, l),
                          people_text(u.activated, l), change_text(u.change, l),
                          share_text(u.rate, l), share_text(u.achievement, l),
                          people_text(u.missing, l)});
    if (u.questions.empty()) continue;
    calls += "\n" + u.name + "\n";
    for (const data::Question& q : u.questions)
      calls += "  - " + one_line(question_text(q, u, l)) + "\n";
  }
  std::string out = d.name + " · " + say(l, "district.week_until", date(l, d.week)) + "\n";
  for (const std::string& sentence : district_sentences(d, l)) out += sentence + "\n";
  out += "\n" + to_text(table) + "\n";
  return out + (calls.empty() ? say(l, "district.cli_no_questions") + "\n"
                              : say(l, "district.cli_questions") + "\n" + calls);
}

int run_progress(const Options& options, const CommandLine& line) {
  if (!options.out.empty()) require_district_exportable(options.out);
  data::ProgressAsk ask;
  if (!options.at.empty()) ask.week = day_option(options.at, "--at");
  auto workspace = data::Workspace::open_for_reading(options.workspace);
  const CancelByHand cancel;
  const geo::Progress progress = cancel.watch(progress_line(line.language));
  const data::OneMoment moment(workspace.database());
  const auto dataset = workspace.load(progress.part(0, 0.7));
  require_communes(*dataset, options.workspace);
  if (!options.unit.empty()) ask.of = data::find_unit(workspace, options.unit);
  if (!ask.week && dataset->dates.empty())
    ask.week = data::weeks_of(*dataset, data::local_today()).front();
  const auto district = data::district_progress(workspace, *dataset, ask, progress.part(0.7, 1));
  if (!options.out.empty()) {
    export_district(district, options.out, line.language, progress);
    write_message(say(line.language, "district.exported", options.out));
    if (!line.json) return 0;
  }
  if (line.json) {
    write_data(dumped(progress_json(district, line.language)));
    return 0;
  }
  if (district.units.empty()) {
    write_message(say(line.language, "district.no_units", district.name));
    return 0;
  }
  write_data(progress_text(district, line.language));
  if (district.made_up) write_message(say(line.language, "view.watermark"));
  return 0;
}

}  // namespace

void add_progress(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "progress", say(language, "district.cli"), line);
  auto options = std::make_shared<Options>();
  add_value(*command, "OUT", options->out, "", say(language, "district.cli_out"));
  add_workspace(*command, options->workspace, line);
  add_value(*command, "--unit", options->unit, "UNIT", say(language, "district.cli_unit"));
  add_value(*command, "--at", options->at, "D", say(language, "district.cli_at"));
  add_json(*command, line);
  command->callback([options, &line] {
    line.action = [options, &line] { return run_progress(*options, line); };
  });
}

}  // namespace app
