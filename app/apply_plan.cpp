#include <algorithm>
#include <utility>

#include "app/apply.hpp"
#include "app/plan_map.hpp"
#include "app/plan_work.hpp"

namespace app {
namespace {

using namespace plan;

struct Planning {
  AppState& s;
  PlanDesk& p = s.plan;

  const data::Dataset& dataset() const { return *s.dataset(); }
  bool there() const { return s.loaded && p.wishes && p.shown; }
  std::size_t weekends() const { return p.shown ? p.shown->plan.weekends.size() : 0; }

  void operator()(const Wish& c) {
    if (p.wishes) p.wishes = c.wishes;
  }
  void operator()(const UsualRule&) {
    if (p.wishes && p.ground) p.wishes->rule = p.ground->usual;
  }
  void operator()(const Travel& c) {
    if (p.travel) p.travel = c.rule;
  }
  void choose_weekend(std::size_t weekend) {
    p.weekend = weekend;
    p.row.reset();
    p.hovered.reset();
  }
  void operator()(const ChooseWeekend& c) {
    p.all_weekends = false;
    if (c.weekend < weekends()) choose_weekend(c.weekend);
  }
  void operator()(const StepWeekend& c) {
    if (weekends() == 0) return;
    const auto last = static_cast<std::ptrdiff_t>(weekends()) - 1;
    p.all_weekends = false;
    choose_weekend(static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(p.weekend) + c.by, 0, last)));
  }
  void operator()(const AllWeekends& c) {
    p.all_weekends = c.all;
    choose_weekend(p.weekend);
  }
  void operator()(const StepRow& c) {
    const auto& rows = p.rows_shown();
    if (rows.empty()) return;
    std::ptrdiff_t at = 0;
    if (p.row) {
      at = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(*p.row) + c.by, 0,
                                      static_cast<std::ptrdiff_t>(rows.size()) - 1);
    }
    choose_row(static_cast<std::size_t>(at));
  }
  void choose_row(std::size_t at) {
    p.row = at;
    s.view.selected = {p.rows_shown()[at].commune};
  }
  void operator()(const ChooseRow& c) {
    if (c.row < p.rows_shown().size()) choose_row(c.row);
  }
  void operator()(const HoverRow& c) { p.hovered = c.row; }

  // By hand.
  void operator()(const Drag& c) { p.drag = c.what; }
  void operator()(const Drop& c) {
    const std::optional<PlanDrag> drag = std::exchange(p.drag, std::nullopt);
    if (!drag || !there()) return;
    const geo::UnitIndex to = geo::unit_at(*s.loaded->land, s.camera.to_map(c.at));
    const auto team = drag->team ? drag->team : team_to_spare(*p.shown, drag->home, now());
    if (to.valid() && team) (*this)(SendTo{*team, to});
  }
  /// The weekend shown; empty: all of them are.
  std::optional<std::uint32_t> now() const {
    if (p.all_weekends) return std::nullopt;
    return static_cast<std::uint32_t>(p.weekend);
  }
  void operator()(const SendTo& c) {
    if (!there() || c.team >= dataset().teams.size() || p.weekend >= weekends()) return;
    const std::string team(dataset().teams[c.team].id);
    const geo::UnitCode& commune = dataset().communes[c.commune.value].code;
    auto& pairs = p.wishes->pairs;
    std::erase_if(pairs, [&](const data::PlanPair& pair) {
      if (pair.team != team) return false;
      return pair.days == 0 ? pair.commune == commune : pair.weekend == now();
    });
    pairs.push_back({team, commune, now(), p.shown->plan.weekends[p.weekend].days});
    s.view.selected = {c.commune};
  }
  void operator()(const Forbid& c) {
    if (!there() || c.commune.value >= dataset().communes.size()) return;
    const geo::UnitCode& commune = dataset().communes[c.commune.value].code;
    auto& pairs = p.wishes->pairs;
    const auto from_there = [&](const data::PlanPair& pair) {
      if (pair.commune != commune) return false;
      return std::any_of(dataset().teams.begin(), dataset().teams.end(), [&](const auto& team) {
        return team.home == c.home && team.id == pair.team;
      });
    };
    if (std::erase_if(pairs, from_there) > 0) return;
    for (const data::Team& team : dataset().teams) {
      if (team.home != c.home || !data::takes_part(*p.wishes, team)) continue;
      pairs.push_back({std::string(team.id), commune, std::nullopt, 0});
    }
  }
  void operator()(const ForbidRow&) {
    const auto& rows = p.rows_shown();
    auto row = p.row && *p.row < rows.size() ? rows.begin() + static_cast<std::ptrdiff_t>(*p.row)
                                             : rows.end();
    if (row == rows.end() && s.view.selected.size() == 1) {
      // The only way to the commune chosen; of several nobody has said which.
      const auto leads_there = [&](const PlanRow& r) {
        return r.commune == s.view.selected[0] && !r.phone;
      };
      if (std::count_if(rows.begin(), rows.end(), leads_there) == 1)
        row = std::find_if(rows.begin(), rows.end(), leads_there);
    }
    if (row != rows.end()) (*this)(Forbid{row->home, row->commune});
  }
  void operator()(const Free& c) {
    if (p.wishes && c.pair < p.wishes->pairs.size())
      p.wishes->pairs.erase(p.wishes->pairs.begin() + static_cast<std::ptrdiff_t>(c.pair));
  }

  // The solver, and the ground it all stands on.
  void operator()(const MakeGround&) { p.ground_asked.reset(); }
  void operator()(const Solve&) {
    if (!there() || p.solving || p.answered != p.asked) return;
    p.solving.emplace();
    s.requests.push_back(SolvePlan{p.asked, p.shown});
  }
  void operator()(const StopSolving&) {
    if (!p.solving) return;
    p.solving->stopping = true;
    p.stop_solving = true;
  }
  void operator()(const GroundMade& c) {
    if (!s.loaded || c.ground->key.dataset != s.loaded->dataset->version) return;
    p.ground = c.ground;
    p.kept = c.kept;
    p.outdated = c.outdated;
    if (!p.travel) p.travel = c.ground->travel;
  }
  void operator()(const GroundStopped& c) {
    if (p.ground_asked == c.key) p.ground_refused = true;
  }
  void take(std::shared_ptr<const PlanShown> shown) {
    std::optional<PlanRow> chosen;
    if (p.row && *p.row < p.rows_shown().size()) chosen = p.rows_shown()[*p.row];
    p.shown = std::move(shown);
    p.explained.reset();
    p.why.clear();
    p.why_asked = {};
    p.hovered.reset();
    const bool same_weekend = p.weekend < weekends();
    if (!same_weekend) p.weekend = 0;
    // The row chosen is the same way, wherever it stands now; none where nobody goes it any more.
    p.row.reset();
    if (!chosen || !same_weekend) return;
    const auto& rows = p.rows_shown();
    const auto same = std::find_if(rows.begin(), rows.end(), [&](const PlanRow& row) {
      return row.home == chosen->home && row.commune == chosen->commune &&
             row.phone == chosen->phone;
    });
    if (same != rows.end()) p.row = static_cast<std::size_t>(same - rows.begin());
  }
  void operator()(const Made& c) {
    if (c.asked <= p.answered || c.shown->ground != p.ground) return;
    take(c.shown);
    p.answered = c.asked;
    if (!p.shown->said.id.empty())
      s.toast = Toast{p.shown->said, false, s.now + std::chrono::seconds(10)};
  }
  void operator()(const Explained& c) {
    if (c.asked == p.asked && c.of == p.shown) p.explained = c.explained;
  }
  void operator()(const WhyFound& c) {
    if (c.of == p.shown) p.why.push_back(c.why);
  }
  void operator()(const SolveProgress& c) {
    if (!p.solving) return;
    p.solving->share = c.share;
    p.solving->doing = c.doing;
  }
  void operator()(const Solved& c) {
    if (c.asked != p.asked || c.asked != p.answered) return;
    take(c.shown);
    if (!p.shown->said.id.empty())
      s.toast = Toast{p.shown->said, false, s.now + std::chrono::seconds(10)};
    s.requests.push_back(ExplainPlan{p.asked, p.shown});
  }
  void operator()(const SolveFailed& c) {
    // The quick answer stands.
    if (c.asked != p.asked) return;
    s.toast = Toast{c.error.message, false, s.now + std::chrono::seconds(10)};
  }
  void operator()(const SolveEnded& c) {
    if (c.asked == p.asked) p.solving.reset();
  }

  // Kept plans.
  const data::KeptPlan* kept(std::int64_t id) const {
    const auto found = std::find_if(p.kept.begin(), p.kept.end(),
                                    [id](const data::KeptPlan& k) { return k.id == id; });
    return found == p.kept.end() ? nullptr : &*found;
  }
  void operator()(const TypeName& c) { p.name = c.text; }
  void operator()(const TypeNote& c) { p.note = c.text; }
  void operator()(const TypeWords& c) { p.words = c.text; }
  void operator()(const AskKeep& c) {
    const data::KeptPlan* old = kept(c.renaming);
    if (old == nullptr && !there()) return;
    p.renaming = old ? old->id : 0;
    p.name = old ? old->name : say(s.view.language, "plan.new_name", p.kept.size() + 1);
    p.note = old ? old->note : "";
    s.dialog = Dialog::plan_keep;
  }
  void operator()(const Keep&) {
    if (!s.loaded || p.name.find_first_not_of(' ') == std::string::npos) return;
    data::KeptPlan plan;
    std::optional<data::KeptPlan> before;
    if (const data::KeptPlan* old = kept(p.renaming)) {
      before = plan = *old;
    } else if (there()) {
      const auto twin = std::find_if(p.kept.begin(), p.kept.end(),
                                     [&](const data::KeptPlan& k) { return k.name == p.name; });
      if (twin != p.kept.end()) before = plan = *twin;
      plan.wishes = p.shown->plan.wishes;
      // What is shown as it was kept is of the numbers of then.
      const data::KeptPlan* same = p.shown->kept != 0 ? kept(p.shown->kept) : nullptr;
      plan.result = same ? same->result : data::result_of(*p.shown->ground->basis, p.shown->plan);
    } else {
      return;
    }
    plan.name = p.name;
    plan.note = p.note;
    s.requests.push_back(ChangeKeptPlan{s.loaded->file, before, plan});
    s.dialog = p.renaming != 0 ? Dialog::plan_kept : Dialog::none;
  }
  void operator()(const OpenKept& c) {
    const data::KeptPlan* plan = kept(c.id);
    if (plan == nullptr) return;
    p.wishes = plan->wishes;
    p.opened = c.id;
    p.planned.reset();  // also where the wishes are the same
    s.dialog = Dialog::none;
  }
  void operator()(const DeleteKept& c) {
    const data::KeptPlan* plan = kept(c.id);
    if (plan == nullptr || !s.loaded) return;
    s.requests.push_back(ChangeKeptPlan{s.loaded->file, *plan, std::nullopt});
    if (p.compared == c.id) p.compared.reset();
  }
  void operator()(const Compare& c) { p.compared = c.id && kept(*c.id) ? c.id : std::nullopt; }
  void operator()(const KeptChanged& c) {
    p.kept = c.kept;
    p.comparison.reset();
    if (c.after && (!c.before || c.before->result != c.after->result))
      std::erase(p.outdated, c.after->id);
    if (!c.step) return;
    add_step(s.history, KeptPlanChanged{c.before, c.after});
    if (c.after && s.dialog == Dialog::none) {
      s.toast = Toast{geo::msg("plan.kept", c.after->name), false, s.now + std::chrono::seconds(6)};
    }
  }
};

PlanBasisKey key_of(const AppState& s) {
  const data::PlanWishes& w = *s.plan.wishes;
  return {s.loaded->dataset->version,
          w.from,
          w.indicator,
          w.provincial,
          w.district,
          w.commune,
          s.plan.travel};
}

void ask_for_plan(AppState& s) {
  PlanDesk& p = s.plan;
  p.planned = p.wishes;
  p.planned_on = p.ground;
  p.quiet = s.now + plan_quiet;
  if (p.solving) p.stop_solving = true;
  p.solving.reset();
  MakePlan request{++p.asked, p.ground, *p.wishes, std::nullopt};
  const auto opened = std::find_if(p.kept.begin(), p.kept.end(), [&](const data::KeptPlan& k) {
    return p.opened == k.id && k.wishes == *p.wishes;
  });
  if (opened != p.kept.end()) request.kept = *opened;
  s.requests.push_back(std::move(request));
}

/// Nobody is sent to it on any weekend.
bool is_left_out(const PlanShown& shown, geo::UnitIndex commune) {
  return std::none_of(shown.all_rows.begin(), shown.all_rows.end(),
                      [&](const PlanRow& row) { return row.commune == commune && !row.phone; });
}

void ask_why(AppState& s) {
  PlanDesk& p = s.plan;
  if (s.view.selected.size() != 1) return;
  const geo::UnitIndex unit = s.view.selected[0];
  const bool known = std::any_of(p.why.begin(), p.why.end(),
                                 [&](const PlanWhy& why) { return why.commune == unit; });
  if (known || p.why_asked == unit || !is_left_out(*p.shown, unit)) return;
  p.why_asked = unit;
  s.requests.push_back(AskWhyNot{p.asked, p.shown, unit});
}

}  // namespace

const std::vector<PlanRow>& PlanDesk::rows_shown() const {
  static const std::vector<PlanRow> none;
  if (!shown) return none;
  if (all_weekends) return shown->all_rows;
  return weekend < shown->rows.size() ? shown->rows[weekend] : none;
}

void apply_plan(AppState& state, const Command& command) {
  if (const auto* c = std::get_if<command::OfPlan>(&command)) {
    std::visit(Planning{state}, c->what);
  } else if (const auto* hover = std::get_if<command::HoverAt>(&command)) {
    if (state.mode == Mode::plan)
      state.plan.hovered = hover->at ? plan_row_at(state, *hover->at) : std::nullopt;
  } else if (const auto* mode = std::get_if<command::ChooseMode>(&command)) {
    if (!state.loaded) return;
    state.mode = mode->mode;
    // Teams go to the communes of today, and reports come from them.
    if (state.mode != Mode::review && state.dataset()->boundaries_of)
      state.requests.emplace_back(LoadWorkspace{state.loaded->file});
    state.plan.drag.reset();
    state.playing = false;
    if (state.mode == Mode::plan && !state.plan.wishes) {
      const bool can = data::is_reported(state.view.indicator);
      state.plan.wishes = first_wishes(*state.dataset(),
                                       can ? state.view.indicator : data::Indicator::activation_l2);
    }
  }
}

void follow_plan(AppState& s) {
  PlanDesk& p = s.plan;
  if (s.mode != Mode::plan || !s.loaded || !p.wishes) return;
  const PlanBasisKey key = key_of(s);
  if (!p.ground || p.ground->key != key) {
    if (p.ground_asked == key) return;
    p.ground_asked = key;
    p.ground_refused = false;
    s.requests.push_back(MakePlanGround{s.loaded, key, *p.wishes});
    return;
  }
  if (p.planned != p.wishes || p.planned_on != p.ground) ask_for_plan(s);
  if (!p.shown || p.answered != p.asked) return;
  if (p.compared &&
      (!p.comparison || p.comparison->shown != p.shown || p.comparison->kept != *p.compared)) {
    const auto kept = std::find_if(p.kept.begin(), p.kept.end(),
                                   [&](const auto& k) { return k.id == *p.compared; });
    if (kept != p.kept.end())
      p.comparison = std::make_shared<const PlanComparison>(compare_plans(p.shown, *kept));
  }
  if (!p.compared) p.comparison.reset();
  if (p.quiet) {
    if (s.now < *p.quiet) return;
    p.quiet.reset();
    s.requests.push_back(ExplainPlan{p.asked, p.shown});
    if (p.shown->kept == 0) apply_plan(s, command::OfPlan{plan::Solve{}});
  }
  ask_why(s);
}

void forget_plan(AppState& s, bool again) {
  PlanDesk fresh;
  fresh.asked = fresh.answered = s.plan.asked;  // what is on its way is void
  fresh.stop_solving = s.plan.solving.has_value();
  if (again) {
    fresh.wishes = s.plan.wishes;
    fresh.travel = s.plan.travel;
    fresh.weekend = s.plan.weekend;
    fresh.opened = s.plan.opened;
  } else {
    s.mode = Mode::review;
  }
  s.plan = std::move(fresh);
}

}  // namespace app
