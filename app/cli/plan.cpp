#include "data/plan.hpp"
#include "data/clock.hpp"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/command.hpp"
#include "app/cli/gap_json.hpp"
#include "app/cli/json_text.hpp"
#include "app/cli/plan_extra.hpp"
#include "app/cli/plan_text.hpp"
#include "app/figures.hpp"
#include "app/plan_book.hpp"
#include "app/plan_export.hpp"
#include "app/plan_picture.hpp"
#include "app/plan_work.hpp"
#include "app/solver_program.hpp"
#include "data/plan_exact.hpp"
#include "data/plan_store.hpp"
#include "data/prepared_land.hpp"
#include "data/rank.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

using nlohmann::ordered_json;

struct Options {
  std::string workspace, plan, from, weekends, wishes, model, seconds, gap, why, weekend;
  std::vector<std::string> set;
  std::vector<std::string> exports;
  bool quick = false, show_wishes = false, limits = false, review = false;
};

double number_option(const std::string& text, const char* option, double least, double most) {
  std::size_t read = 0;
  double value = std::nan("");
  try {
    value = std::stod(text, &read);
  } catch (const std::exception&) {
    read = 0;
  }
  if (read != text.size() || !(value >= least && value <= most))
    throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.not_a_number", text), option,
                     geo::msg("data.plan_number_remedy", least, most));
  return value;
}

std::string read_text(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in)
    throw geo::Error(geo::ErrorKind::io, geo::msg("data.no_such_file"), file,
                     geo::msg("data.no_such_file_remedy"));
  return text.str();
}

/// What is no text in UTF-8 becomes one that nothing is called by.
std::string text_of(const ordered_json& json) {
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

/// The file's wishes with those of the command line over them. What nobody sets comes from the
/// workspace: from the day after the last report, productivity as learned.
data::PlanWishes wishes_of(const Options& options, const data::Dataset& dataset) {
  ordered_json json = ordered_json::object();
  if (!options.wishes.empty()) {
    json = ordered_json::parse(read_text(options.wishes), nullptr, false);
    if (!json.is_object())
      throw geo::Error(geo::ErrorKind::usage, geo::msg("data.plan_no_json"), options.wishes,
                       geo::msg("data.plan_remedy"));
  }
  if (!options.from.empty()) json["from"] = geo::iso(day_option(options.from, "--from"));
  if (!options.weekends.empty())
    json["weekends"] = whole_option(options.weekends, "--weekends", 1, 104);
  for (const std::string& pair : options.set) {
    const std::size_t equals = pair.find('=');
    const std::string field = pair.substr(0, equals);
    const std::string text = equals == std::string::npos ? "" : pair.substr(equals + 1);
    ordered_json value = ordered_json::parse(text, nullptr, false);
    if (value.is_discarded()) value = text;
    const bool of_rule = field.starts_with("rule.");
    if (of_rule && json.contains("rule") && !json["rule"].is_object())
      throw geo::Error(geo::ErrorKind::usage, geo::msg("data.plan_no_json"), "rule",
                       geo::msg("data.plan_remedy"));
    (of_rule ? json["rule"][field.substr(5)] : json[field]) = value;
  }
  if (!json.contains("from")) {
    json["from"] = geo::iso(dataset.dates.empty() ? data::local_today() : dataset.dates.back() + 1);
  }
  data::PlanWishes wishes = data::plan_wishes_of(text_of(json));
  const data::PlanRule usual = data::usual_rule(dataset, wishes.from);
  if (!json.contains("rule")) {
    wishes.rule = usual;
  } else {
    // Fields that are not named are the usual ones, not the ones of a workspace without reports.
    data::PlanWishes defaults;
    defaults.rule = usual;
    ordered_json rule = ordered_json::parse(json_of(defaults))["rule"];
    const ordered_json& given = json["rule"];
    // Another middle than the learned one is no longer learned, and takes its range along.
    if (given.is_object() && given.contains("activations_per_session") &&
        given["activations_per_session"].is_number() && !given.contains("activations_low") &&
        !given.contains("activations_high")) {
      const double times =
          given["activations_per_session"].get<double>() / usual.activations_per_session;
      rule["activations_low"] = std::clamp(usual.activations_low * times, 0.0, 1e4);
      rule["activations_high"] = std::clamp(usual.activations_high * times, 0.0, 1e4);
      rule["learned"] = false;
    }
    rule.update(given);
    json["rule"] = rule;
    wishes = data::plan_wishes_of(text_of(json));
  }
  return wishes;
}

/// The plan kept under a name.
data::KeptPlan kept_plan(data::Workspace& workspace, const Options& options) {
  std::string names;
  for (data::KeptPlan& plan : data::kept_plans(workspace)) {
    if (plan.name == options.plan) return std::move(plan);
    names += (names.empty() ? "" : ", ") + plan.name;
  }
  throw geo::Error(
      geo::ErrorKind::usage, geo::msg("cli.plan_no_such_plan", options.plan), "--plan",
      names.empty() ? geo::msg("cli.plan_none_kept") : geo::msg("cli.plan_kept_are", names));
}

/// What a command works on.
struct Work {
  std::optional<data::KeptPlan> kept;
  data::PlanWishes wishes;
  data::PlanBasis basis;
};

Work work_of(const Options& options, const CommandLine& line) {
  Work work;
  const geo::Progress progress = progress_line(line.language);
  auto workspace = data::Workspace::open_for_reading(options.workspace);
  const data::OneMoment moment(workspace.database());
  auto dataset = workspace.load(progress.part(0, 0.4));
  if (!options.plan.empty()) work.kept = kept_plan(workspace, options);
  work.wishes = work.kept ? work.kept->wishes : wishes_of(options, *dataset);
  work.basis = data::plan_basis(dataset, work.wishes);
  const auto land = data::load_land(workspace, progress.part(0.4, 0.8));
  work.basis.travel = data::travel_of(
      workspace, *dataset, *land, data::starts_of(*dataset, work.wishes), progress.part(0.8, 1));
  return work;
}

struct Solved {
  data::Plan quick, plan;
  std::vector<data::PlanAnswer> answers;  ///< of the plan, by part
  double quick_seconds = 0, seconds = 0;
};

double since(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

Solved solve_it(const data::PlanBasis& basis, const data::PlanWishes& wishes,
                const data::PlanProblems& problems, const Options& options,
                const CommandLine& line) {
  Solved solved;
  const auto began = std::chrono::steady_clock::now();
  std::vector<data::PlanPrices> prices;
  const auto quick = data::quick_plans(problems, &prices);
  solved.quick_seconds = since(began);
  solved.quick = data::plan_of(basis, wishes, problems, quick);
  solved.plan = solved.quick;
  solved.answers = quick;
  const std::filesystem::path solver = options.quick ? "" : solver_if_there();
  if (!options.quick && solver.empty()) write_message(say(line.language, "cli.plan_no_solver"));
  if (!solver.empty()) {
    data::ExactLimits limits;
    limits.seed = wishes.seed;
    if (!options.seconds.empty())
      limits.seconds = number_option(options.seconds, "--seconds", 0.1, 86'400);
    if (!options.gap.empty()) limits.gap = number_option(options.gap, "--gap", 0, 1);
    const geo::Progress progress = progress_line(line.language);
    const auto exact = data::exact_plans(
        problems, quick, prices, limits, solver, [&](const data::ExactProgress& now) {
          if (!progress.report) return true;
          return progress.report(double(now.done) / double(std::max<std::size_t>(1, now.parts)),
                                 geo::msg("cli.plan_solving", std::ceil(now.gap() * 1000) / 10));
        });
    if (!exact.said.id.empty()) write_message(say(line.language, exact.said));
    solved.plan = data::plan_of(basis, wishes, problems, exact.answers);
    solved.plan.exact = exact.said.id.empty();
    solved.answers = exact.answers;
  }
  solved.seconds = since(began);
  return solved;
}

/// The plan as it was kept; else made now.
Solved solved_for(const Work& work, const data::PlanProblems& problems, const Options& options,
                  const CommandLine& line) {
  if (work.kept) {
    if (work.kept->result)
      if (auto plan = data::plan_of(work.basis, work.wishes, *work.kept->result))
        return {*plan, *plan, {}, 0, 0};
    write_message(say(line.language, "plan.kept_made_anew", work.kept->name));
  }
  return solve_it(work.basis, work.wishes, problems, options, line);
}

ordered_json trip_json(const data::PlanBasis& basis, const data::Trip& trip, geo::Date day) {
  const data::Dataset& dataset = *basis.dataset;
  const data::Team& team = dataset.teams[trip.team];
  const data::Commune& home = dataset.communes[team.home.value];
  const data::Commune& to = dataset.communes[trip.commune.value];
  ordered_json o;
  o["weekend"] = trip.weekend + 1;
  o["date"] = geo::iso(day);
  o["team"] = team.id;
  o["team_name"] = team.name;
  if (trip.copy > 0) o["added"] = trip.copy;  // not that team, but the nth like it
  o["home"] = home.code.text;
  o["home_name"] = home.full_name;
  o["commune"] = to.code.text;
  o["commune_name"] = to.full_name;
  o["days"] = trip.days;
  o["phone"] = trip.phone;
  o["generator"] = data::has_generator(static_cast<std::size_t>(trip.pack));
  o["router"] = data::has_router(static_cast<std::size_t>(trip.pack));
  o["km"] = share_json<ordered_json>(std::optional<double>(trip.leg.km));
  o["hours"] = share_json<ordered_json>(std::optional<double>(trip.leg.hours));
  o["people"] = share_json<ordered_json>(std::optional(trip.people));
  return o;
}

std::string json_text(const data::PlanBasis& basis, const data::PlanProblems& problems,
                      const Solved& solved, Language language) {
  const data::Dataset& dataset = *basis.dataset;
  const data::Plan& plan = solved.plan;
  ordered_json out;
  out["made_up"] = dataset.made_up;
  out["at"] = dataset.dates.empty() ? ordered_json() : ordered_json(geo::iso(basis.at));
  out["wishes"] = ordered_json::parse(data::json_of(plan.wishes));
  out["ways"] = basis.travel.by == data::Travel::By::roads ? "roads" : "geodesic";
  for (const data::PlanWeekend& weekend : plan.weekends)
    out["weekends"].push_back({{"first", geo::iso(weekend.first)},
                               {"days", weekend.days},
                               {"holiday", text_json<ordered_json>(std::string(weekend.holiday))}});
  const auto clean = [](double v) { return share_json<ordered_json>(std::optional(v)); };
  out["people"] = clean(plan.total);
  out["low"] = clean(plan.low);
  out["high"] = clean(plan.high);
  out["value"] = clean(plan.value);
  out["bound"] = clean(plan.bound);
  out["gap"] = clean(plan.gap());
  out["exact"] = plan.exact;
  out["seconds"] = clean(solved.seconds);
  out["quick"] = {{"people", clean(solved.quick.total)},
                  {"value", clean(solved.quick.value)},
                  {"gap", clean(solved.quick.gap())},
                  {"seconds", clean(solved.quick_seconds)}};
  out["floors_missed"] = clean(plan.floors_missed);
  out["musts_missed"] = plan.musts_missed;
  const data::Gap before = data::total(basis.gaps);
  out["rate_before"] = share_json<ordered_json>(before.rate);
  out["rate_after"] = before.reached && before.eligible && before.eligible->value > 0
                          ? clean((before.reached->value + plan.total) / before.eligible->value)
                          : ordered_json();
  out["trips"] = ordered_json::array();
  const std::vector<geo::Date> days = first_days(plan);
  for (std::size_t i = 0; i < plan.trips.size(); ++i)
    out["trips"].push_back(trip_json(basis, plan.trips[i], days[i]));
  out["communes"] = ordered_json::array();
  for (std::size_t c = 0; c < dataset.communes.size(); ++c)
    out["communes"].push_back({{"code", dataset.communes[c].code.text},
                               {"name", dataset.communes[c].name},
                               {"shortfall", people_json<ordered_json>(basis.gaps[c].shortfall)},
                               {"people", clean(plan.people[c])}});
  out["left_out"] = ordered_json::array();
  for (const std::uint32_t team : problems.left_out)
    out["left_out"].push_back(dataset.teams[team].id);
  out["issues"] = ordered_json::array();
  for (const geo::Issue& issue : problems.issues)
    out["issues"].push_back(say(language, issue.message));
  return dumped(out);
}

void write_model(const data::PlanProblems& problems, const std::string& file) {
  const std::filesystem::path path(file);
  const bool lp = path.extension() == ".lp", mps = path.extension() == ".mps";
  if (!lp && !mps)
    throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.plan_model_kind"), file,
                     geo::msg("cli.plan_model_remedy"));
  // One file a province where there are several, as they have nothing in common.
  for (std::size_t i = 0; i < problems.parts.size(); ++i) {
    std::filesystem::path to = path;
    if (problems.parts.size() > 1)
      to.replace_filename(path.stem().string() + "_" + std::to_string(i + 1) +
                          path.extension().string());
    const data::PlanMip model = data::plan_mip(problems.parts[i].problem, false);
    lp ? data::write_lp(model.mip, to) : data::write_mps(model.mip, to);
  }
}

geo::UnitIndex commune_option(const data::Dataset& dataset, const std::string& text) {
  const auto units = data::communes_within(dataset, text);
  if (units.size() == 1) return units.front();
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.plan_one_commune", text), "--why",
                   geo::msg("cli.plan_one_commune_remedy"));
}

/// Everything the map of the printed plan needs is read again: few ask for it.
void export_to(const std::string& file, const Options& options, const data::PlanBasis& basis,
               const data::PlanProblems& problems, const Solved& solved, const CommandLine& line) {
  const data::Plan& plan = solved.plan;
  const PlanMap map = [&](int width, int height, double pixel_ratio) {
    auto workspace = data::Workspace::open_for_reading(options.workspace);
    auto ground = std::make_shared<PlanGround>();
    ground->basis = std::make_shared<const data::PlanBasis>(basis);
    View view;
    view.language = line.language;
    view.indicator = plan.wishes.indicator;
    view.at = basis.at;
    return draw_plan(*basis.dataset, data::complete_land(workspace, data::load_land(workspace), 0),
                     nullptr, show_plan(ground, problems, plan, solved.answers), view, width,
                     height, pixel_ratio);
  };
  export_plan(basis, plan, file, line.language, map, progress_line(line.language));
  write_message(say(line.language, "cli.plan_exported", file));
}

int run_plan(const Options& options, const CommandLine& line) {
  for (const std::string& file : options.exports) require_plan_exportable(file);
  if (!options.plan.empty() && !(options.from.empty() && options.weekends.empty() &&
                                 options.wishes.empty() && options.set.empty()))
    throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.plan_kept_or_wishes"), "--plan",
                     geo::msg("cli.plan_kept_or_wishes_remedy"));
  const Work work = work_of(options, line);
  const data::PlanBasis& basis = work.basis;
  const data::PlanWishes& wishes = work.wishes;
  const std::size_t weekend = options.weekend.empty()
                                  ? 0
                                  : static_cast<std::size_t>(whole_option(
                                        options.weekend, "--weekend", 1, wishes.weekends)) -
                                        1;
  if (options.show_wishes) {
    write_data(data::json_of(wishes) + "\n");
    return 0;
  }
  std::optional<geo::UnitIndex> commune;
  if (!options.why.empty()) commune = commune_option(*basis.dataset, options.why);
  const data::PlanProblems problems = data::plan_problems(basis, wishes);
  if (!options.model.empty()) {
    write_model(problems, options.model);
    write_message(say(line.language, "cli.plan_model_written", options.model));
    return 0;
  }
  for (const geo::Issue& issue : problems.issues) write_message(say(line.language, issue));
  const Solved solved = solved_for(work, problems, options, line);
  const data::PlanAtHand at{basis, problems, solved.answers, solved.plan};
  const geo::Progress progress = progress_line(line.language);
  for (const std::string& file : options.exports)
    export_to(file, options, basis, problems, solved, line);
  if (commune) {
    write_data(line.json ? why_not_json(at, *commune, line.language, progress)
                         : why_not_lines(at, *commune, line.language, progress));
  } else if (options.limits) {
    write_data(line.json ? limits_json(at, line.language, progress)
                         : limits_text(at, line.language, progress));
  } else if (options.review) {
    write_data(line.json ? review_json(*basis.dataset, solved.plan, line.language)
                         : review_text(*basis.dataset, solved.plan, line.language));
  } else if (line.json) {
    write_data(json_text(basis, problems, solved, line.language));
  } else {
    write_data(plan_text(basis, problems, solved.plan, weekend, line.language));
    if (basis.dataset->made_up) write_message(say(line.language, "view.watermark"));
  }
  return 0;
}

}  // namespace

void add_plan(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "plan", say(language, "cli.plan"), line);
  auto options = std::make_shared<Options>();
  add_workspace(*command, options->workspace, line);
  add_value(*command, "--plan", options->plan, "NAME", say(language, "cli.plan_plan"));
  add_value(*command, "--from", options->from, "D", say(language, "cli.plan_from"));
  add_value(*command, "--weekends", options->weekends, "N", say(language, "cli.plan_weekends"));
  add_value(*command, "--weekend", options->weekend, "K", say(language, "cli.plan_weekend"));
  add_value(*command, "--wishes", options->wishes, "FILE", say(language, "cli.plan_wishes"));
  command->add_option("--set", options->set, say(language, "cli.plan_set"))
      ->option_text("FIELD=VALUE");
  command->add_flag("--show-wishes", options->show_wishes, say(language, "cli.plan_show_wishes"));
  command->add_flag("--quick", options->quick, say(language, "cli.plan_quick"));
  add_value(*command, "--seconds", options->seconds, "S", say(language, "cli.plan_seconds"));
  add_value(*command, "--gap", options->gap, "G", say(language, "cli.plan_gap"));
  add_value(*command, "--why", options->why, "UNIT", say(language, "cli.plan_why"));
  command->add_flag("--limits", options->limits, say(language, "cli.plan_limits"));
  command->add_flag("--review", options->review, say(language, "cli.plan_review"));
  command->add_option("--export", options->exports, say(language, "cli.plan_export"))
      ->option_text("FILE");
  add_value(*command, "--write-model", options->model, "FILE", say(language, "cli.plan_model"));
  add_json(*command, line);
  command->callback(
      [options, &line] { line.action = [options, &line] { return run_plan(*options, line); }; });
}

}  // namespace app
