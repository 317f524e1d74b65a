#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "app/briefing_export.hpp"
#include "app/cli/command.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/json_text.hpp"
#include "app/cli/text_table.hpp"
#include "app/entry_words.hpp"
#include "app/show.hpp"
#include "app/window/presenter.hpp"
#include "data/meeting.hpp"
#include "data/plan_to_come.hpp"
#include "data/rank.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

using geo::ErrorKind;
using geo::msg;
using nlohmann::ordered_json;

struct Options {
  std::string workspace, name, screen, from, out, size, window, since, at, within, plan, indicator;
  bool loop = false, no_fade = false, notes = false, list = false, draft = false;
};

constexpr int most_pixels = 8192;  ///< across or down a screen

ordered_json json_of(const Show& show) {
  const data::Dataset& dataset = *show.loaded->dataset;
  ordered_json out;
  out["name"] = show.briefing.name;
  out["kept"] = show.briefing.id > 0;
  out["seconds"] = show.briefing.seconds;
  out["scenes"] = ordered_json::array();
  for (std::size_t i = 0; i < show.scenes.size(); ++i) {
    const SceneShown& shown = show.scenes[i];
    ordered_json scene;
    scene["number"] = i + 1;
    scene["headline"] = shown.headline;
    scene["statement"] = shown.scene.statement;
    scene["indicator"] = data::id(shown.view.indicator);
    scene["at"] = geo::iso(show.figures[i]->at);
    if (shown.ask) {
      scene["since"] = geo::iso(shown.ask->since);
      scene["communes_in_all"] = shown.statement.count;
      scene["people"] = shown.statement.people;
      scene["share"] = shown.statement.share;
      scene["communes"] = ordered_json::array();
      for (const data::StatementRow& row : shown.statement.rows) {
        const data::Commune& commune = dataset.communes[row.commune.value];
        scene["communes"].push_back({{"code", commune.code.text},
                                     {"name", commune.full_name},
                                     {"value", row.value},
                                     {"share", row.share}});
      }
    }
    scene["edited"] = !shown.scene.headline.empty();
    scene["outdated"] = shown.outdated;
    scene["seconds"] = shown.scene.seconds ? ordered_json(*shown.scene.seconds) : ordered_json();
    out["scenes"].push_back(std::move(scene));
  }
  return out;
}

std::string text_of(const Show& show, Language language) {
  std::string out = show.briefing.name + " · " + show.loaded->dataset->title + "\n";
  if (show.briefing.id == 0) out += say(language, "cli.brief_not_kept") + "\n";
  TextTable table;
  table.columns = {{"#", true},
                   {say(language, "cli.head_kind")},
                   {say(language, "cli.head_date")},
                   {say(language, "cli.head_headline")}};
  for (std::size_t i = 0; i < show.scenes.size(); ++i) {
    const SceneShown& shown = show.scenes[i];
    const auto kind = data::statement_by_id(shown.scene.statement);
    table.rows.push_back(
        {std::to_string(i + 1), kind ? statement_name(*kind, language) : "–",
         date(language, show.figures[i]->at),
         shown.headline +
             (shown.outdated ? " (" + say(language, "cli.brief_outdated") + ")" : "")});
  }
  return out + to_text(table);
}

ordered_json names_json(const std::vector<data::Briefing>& kept) {
  ordered_json out = ordered_json::array();
  for (const data::Briefing& b : kept) {
    out.push_back({{"name", b.name},
                   {"scenes", b.scenes.size()},
                   {"seconds", b.seconds},
                   {"changed_at", b.changed_at}});
  }
  return out;
}

/// Without a name: which ones there are.
int list_names(const Options& options, const CommandLine& line) {
  data::Workspace workspace = data::Workspace::open_for_reading(options.workspace);
  geo::Issues issues;
  const std::vector<data::Briefing> kept = data::briefings(workspace, &issues);
  for (const geo::Issue& issue : issues) write_message(say(line.language, issue));
  if (line.json) {
    write_data(dumped(names_json(kept)));
    return 0;
  }
  if (kept.empty()) {
    write_message(say(line.language, "cli.no_briefing_kept"));
    return 0;
  }
  TextTable table;
  table.columns = {{say(line.language, "cli.head_name")},
                   {say(line.language, "cli.head_scenes"), true},
                   {say(line.language, "cli.head_changed")}};
  for (const data::Briefing& b : kept)
    table.rows.push_back(
        {b.name, std::to_string(b.scenes.size()), time_words(line.language, b.changed_at)});
  write_data(to_text(table));
  return 0;
}

/// Writes what can be said since the last meeting as a briefing, and tells it.
int write_draft(const Options& options, const CommandLine& line) {
  data::Workspace workspace = open_to_write(options.workspace, line);
  const auto dataset = workspace.load(progress_line(line.language));
  require_communes(*dataset, options.workspace);
  data::StatementAsk of;
  of.indicator = indicator_option(options.indicator.empty() ? "activation_l2" : options.indicator);
  of.at = options.at.empty() ? date_shown(*dataset, std::nullopt) : day_option(options.at, "--at");
  of.since = options.since.empty() ? of.at + -data::days_between_meetings
                                   : day_option(options.since, "--since");
  if (of.at < of.since)
    throw geo::Error(ErrorKind::usage, msg("cli.since_after_at"), "--since",
                     msg("cli.since_after_at_remedy"));
  if (!options.within.empty()) of.within = data::communes_within(*dataset, options.within);
  geo::Issues issues;
  const std::vector<data::KeptPlan> plans = data::kept_plans(workspace, &issues);
  for (const geo::Issue& issue : issues) write_message(say(line.language, issue));
  if (!options.plan.empty()) {
    const auto plan = std::find_if(plans.begin(), plans.end(),
                                   [&](const auto& p) { return p.name == options.plan; });
    if (plan == plans.end())
      throw geo::Error(ErrorKind::usage, msg("cli.no_such_plan", options.plan), "--plan",
                       msg("cli.brief_plan_remedy"));
    of.plan = &*plan;
  } else {
    of.plan = data::coming_plan(plans, of.indicator, of.at);
  }
  const std::string name =
      options.name.empty() ? briefing_name(*dataset, line.language) : options.name;
  const data::Briefing kept = data::keep_briefing(workspace, drafted(*dataset, of, name));
  const auto show = read_show({options.workspace, {}, kept.id, line.language, 1920});
  write_data(line.json ? dumped(json_of(*show)) : text_of(*show, line.language));
  write_message(say(line.language, "cli.brief_kept", kept.name, kept.scenes.size()));
  return 0;
}

/// What is asked for is one thing, and options that would change nothing of it are told.
void require_one_purpose(const Options& o) {
  const bool exported = !o.out.empty();
  const char* purpose = nullptr;
  for (const auto& [name, given] :
       {std::pair{"--draft", o.draft}, {"--list", o.list}, {"--export", exported}}) {
    if (!given) continue;
    if (purpose != nullptr)
      throw geo::Error(ErrorKind::usage, msg("cli.brief_two_purposes", purpose, name), name,
                       msg("cli.brief_two_purposes_remedy"));
    purpose = name;
  }
  struct Only {
    const char* name;
    bool given;
    const char* with;  ///< null: the screen
  };
  const Only all[] = {{"--loop", o.loop, nullptr},
                      {"--no-fade", o.no_fade, nullptr},
                      {"--notes", o.notes, nullptr},
                      {"--screen", !o.screen.empty(), nullptr},
                      {"--from", !o.from.empty(), nullptr},
                      {"--window", !o.window.empty(), nullptr},
                      {"--size", !o.size.empty(), "--export"},
                      {"--since", !o.since.empty(), "--draft"},
                      {"--at", !o.at.empty(), "--draft"},
                      {"--within", !o.within.empty(), "--draft"},
                      {"--plan", !o.plan.empty(), "--draft"},
                      {"--indicator", !o.indicator.empty(), "--draft"}};
  for (const Only& only : all) {
    if (!only.given) continue;
    if (only.with == nullptr && purpose != nullptr)
      throw geo::Error(ErrorKind::usage, msg("cli.brief_only_shown", only.name, purpose), only.name,
                       msg("cli.brief_only_shown_remedy", only.name));
    if (only.with != nullptr && (purpose == nullptr || std::string_view(purpose) != only.with))
      throw geo::Error(ErrorKind::usage, msg("cli.brief_only_with", only.name, only.with),
                       only.name, msg("cli.brief_only_with_remedy", only.name));
  }
}

int run_brief(const Options& options, const CommandLine& line) {
  require_one_purpose(options);
  std::optional<PixelSize> window;
  if (!options.window.empty()) window = size_option(options.window, "--window", most_pixels);
  HandoutSize handout;
  if (!options.size.empty()) {
    const PixelSize size = size_option(options.size, "--size", most_pixels);
    handout = {size.width, size.height};
  }
  PresentOrder order;
  if (!options.screen.empty())
    order.screen = static_cast<int>(whole_option(options.screen, "--screen", 1, 64));
  if (!options.from.empty())
    order.from = static_cast<std::size_t>(whole_option(options.from, "--from", 1, 1000)) - 1;
  if (!options.out.empty()) require_handout(options.out);
  if (options.draft) return write_draft(options, line);
  if (options.list && options.name.empty()) return list_names(options, line);

  const ShowAsked asked{options.workspace, options.name, std::nullopt, line.language,
                        options.out.empty() ? 3840 : handout.width};
  std::optional<CancelByHand> cancel(std::in_place);
  const geo::Progress progress = cancel->watch(progress_line(line.language));
  const auto show = read_show(asked, options.out.empty() ? progress : progress.part(0, 0.3));
  for (const geo::Issue& issue : show->issues) write_message(say(line.language, issue));
  if (options.list) {
    write_data(line.json ? dumped(json_of(*show)) : text_of(*show, line.language));
    return 0;
  }
  if (!options.out.empty()) {
    export_briefing(*show, line.language, options.out, handout, progress.part(0.3, 1));
    write_message(say(line.language, "cli.brief_written", options.out, show->scenes.size()));
    return 0;
  }
  order.show = show;
  order.follow = asked;
  if (show->briefing.id > 0) order.follow.id = show->briefing.id;  // also when it is renamed
  order.loop = options.loop;
  order.fade = !options.no_fade;
  order.notes = options.notes;
  if (window) order.window = PresentOrder::Size{window->width, window->height};
  cancel.reset();  // nothing is half-written any more: Ctrl+C ends the show
  present(order);
  return 0;
}

}  // namespace

void add_brief(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "brief", say(language, "cli.brief"), line);
  auto options = std::make_shared<Options>();
  add_workspace(*command, options->workspace, line);
  add_value(*command, "--name", options->name, "N", say(language, "cli.brief_name"));
  command->add_flag("--loop", options->loop, say(language, "cli.brief_loop"));
  add_value(*command, "--screen", options->screen, "K", say(language, "cli.brief_screen"));
  add_value(*command, "--from", options->from, "K", say(language, "cli.brief_from"));
  command->add_flag("--notes", options->notes, say(language, "cli.brief_notes"));
  command->add_flag("--no-fade", options->no_fade, say(language, "cli.brief_no_fade"));
  add_value(*command, "--window", options->window, "WxH", say(language, "cli.brief_window"));
  add_value(*command, "--export", options->out, "OUT", say(language, "cli.brief_export"));
  add_value(*command, "--size", options->size, "WxH", say(language, "cli.brief_size"));
  command->add_flag("--list", options->list, say(language, "cli.brief_list"));
  command->add_flag("--draft", options->draft, say(language, "cli.brief_draft"));
  add_value(*command, "--since", options->since, "D", say(language, "cli.brief_since"));
  add_value(*command, "--at", options->at, "D", say(language, "cli.brief_at"));
  add_value(*command, "--indicator", options->indicator, "I", say(language, "cli.indicator"));
  add_value(*command, "--within", options->within, "UNIT", say(language, "cli.within"));
  add_value(*command, "--plan", options->plan, "NAME", say(language, "cli.brief_plan"));
  add_json(*command, line);
  command->callback(
      [options, &line] { line.action = [options, &line] { return run_brief(*options, line); }; });
}

}  // namespace app
