#include <algorithm>

#include "app/apply.hpp"

namespace app {
namespace {

using namespace command;

/// What a person makes of the data: findings looked at and let stand, rival figures, the rule.
struct Judging {
  AppState& s;

  const data::Finding* finding(const std::string& key) const {
    if (!s.loaded || !s.loaded->findings) return nullptr;
    const auto& all = *s.loaded->findings;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const data::Finding& f) { return f.key == key; });
    return found == all.end() ? nullptr : &*found;
  }

  void operator()(const GoToFinding& c) {
    if (!s.loaded || !s.loaded->findings || c.index >= s.loaded->findings->size()) return;
    const data::Finding& finding = (*s.loaded->findings)[c.index];
    s.finding = c.index;
    if (!finding.unit.valid() && !finding.at) return;  // about no place
    s.dialog = Dialog::none;
    s.focus = Panel::map;
    if (finding.unit.valid()) {
      s.view.selected = {finding.unit};
      s.camera = fitted(s, true);
    }
    if (finding.at) look_at(s, *finding.at);
  }
  void operator()(const TypeFindingWords& c) {
    s.finding_words = c.text;
    s.finding = 0;
  }
  void operator()(const ShowAccepted& c) { s.accepted_shown = c.shown; }
  void operator()(const AskReason& c) {
    if (finding(c.key) == nullptr) return;
    s.accept_key = c.key;
    s.reason.clear();
    s.dialog = Dialog::accept;
  }
  void operator()(const AcceptFinding& c) {
    if (finding(c.key) == nullptr || c.reason.empty()) return;
    s.requests.push_back(KeepJudgement{s.loaded, LetFindingStand{c.key, c.reason}});
    add_step(s.history, FindingAccepted{c.key, c.reason});
    s.dialog = Dialog::findings;
  }
  void operator()(const WithdrawAcceptance& c) {
    if (finding(c.key) == nullptr) return;
    s.requests.push_back(KeepJudgement{s.loaded, FindingCounts{c.key}});
    std::erase_if(s.history.past, [&](const Step& step) {
      const auto* accepted = std::get_if<FindingAccepted>(&step);
      return accepted != nullptr && accepted->key == c.key;
    });
  }
  void operator()(const ChooseFigure& c) {
    if (!s.loaded || c.rivals >= s.derived.rivals.size()) return;
    s.requests.push_back(
        KeepJudgement{s.loaded, PreferFigure{s.derived.rivals[c.rivals], c.figure, c.reason}});
    if (s.dialog == Dialog::figure) s.dialog = Dialog::none;
  }
  void operator()(const OpenDialog& c) {
    if (c.dialog == Dialog::rule && s.loaded) s.rule = s.dataset()->barrier_rule;
  }
  void operator()(const EditRule& c) { s.rule = c.rule; }
  void operator()(const KeepRule&) {
    if (!s.loaded) return;
    if (s.rule != s.dataset()->barrier_rule) {
      s.requests.push_back(KeepJudgement{s.loaded, s.rule});
    }
    s.dialog = Dialog::none;
  }
  void operator()(const JudgementKept& c) {
    // Another workspace may have been opened meanwhile.
    if (s.loaded && s.loaded->file == c.loaded->file) take_loaded(s, c.loaded);
  }
  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

void look_at(AppState& s, geo::LonLat at) {
  if (!s.loaded || !s.loaded->land) return;
  // Close enough to tell villages apart.
  constexpr double metres_per_pixel = 60;
  const geo::Projection projection(s.loaded->land->crs);
  const auto place = place_on(projection, at);
  if (!place) return;
  s.camera.centre = *place;
  s.camera.metres_per_pixel = std::min(s.camera.metres_per_pixel, metres_per_pixel / s.pixel_ratio);
}

void apply_judgement(AppState& state, const Command& command) {
  std::visit(Judging{state}, command);
}

}  // namespace app
