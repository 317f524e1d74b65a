#include <algorithm>
#include <cmath>
#include <iterator>

#include "app/apply.hpp"

namespace app {
namespace {

using namespace command;
using Units = std::vector<geo::UnitIndex>;

constexpr double lowest_drawer = 120, highest_drawer = 720;  // logical pixels

/// What is coloured, classed, filtered, ranked and charted.
struct Layers {
  AppState& s;

  const Figures* figures() const { return s.loaded ? s.derived.figures.get() : nullptr; }

  template <class Holds>
  void select_shown(How how, Holds holds) {
    if (figures() == nullptr) return;
    Units units;
    for (const geo::UnitIndex unit : s.derived.shown) {
      if (holds(unit)) units.push_back(unit);
    }
    s.view.selected = combined(s.view.selected, std::move(units), how);
  }

  void operator()(const ChooseLayer& c) {
    // A category of one layer means nothing in another.
    if (c.layer != s.view.layer) s.view.filter.categories.clear();
    s.view.layer = c.layer;
    refilter(s);
  }
  void operator()(const ChooseAcross& c) {
    if (c.across != s.view.across) s.view.filter.categories.clear();
    s.view.across = c.across;
    refilter(s);
  }
  void operator()(const ChooseClasses& c) {
    if (c.choice != s.view.choice && s.view.layer != MapLayer::silence) {
      s.view.filter.categories.clear();
    }
    s.view.choice = c.choice;
    refilter(s);
  }
  void operator()(const DragBreak& c) {
    if (figures() == nullptr || figures()->layer == MapLayer::change) return;
    const data::Classes& classes = figures()->classes;
    if (classes.count() < 2 || c.inner + 1 >= classes.count() || !std::isfinite(c.value)) return;
    ClassChoice choice = s.view.choice;
    choice.by = data::Classification::user_defined;
    choice.inner_breaks.assign(classes.breaks.begin() + 1, classes.breaks.end() - 1);
    // It stays between its neighbours, so that no class turns inside out.
    const double before = classes.breaks[c.inner], after = classes.breaks[c.inner + 2];
    const double least = (after - before) / 1000;
    choice.inner_breaks[c.inner] = std::clamp(c.value, before + least, after - least);
    // Who drags the border at the target away no longer wants one there.
    if (classes.first_at_target == c.inner + 1) choice.at_target = false;
    choice.classes = std::max(choice.classes, classes.count());
    (*this)(ChooseClasses{std::move(choice)});
  }
  void operator()(const ChooseEye& c) { s.view.eye = c.eye; }
  void operator()(const ChooseSince& c) { s.view.since = c.since; }
  void operator()(const ChooseFilter& c) {
    const bool moved = c.filter.districts != s.view.filter.districts;
    s.view.filter = c.filter;
    refilter(s);
    if (moved) s.camera = fitted(s, false);
  }
  void operator()(const SelectCategory& c) {
    select_shown(c.how, [&](geo::UnitIndex unit) {
      return figures()->category[unit.value].value_or(figures()->colours.size()) == c.category;
    });
  }
  void operator()(const SelectBarrier& c) {
    select_shown(c.how, [&](geo::UnitIndex unit) {
      return data::main_barrier(figures()->splits[unit.value]) == c.barrier;
    });
  }
  void operator()(const RankByBarrier& c) {
    s.rank_column = RankColumn::barrier;
    s.rank_barrier = c.barrier;
    s.rank_ascending = false;
  }
  void operator()(const ChooseWeights& c) {
    for (std::size_t i = 0; i < data::criterion_count; ++i) {
      const double weight = c.weights.of[i];
      s.weights.of[i] = std::isfinite(weight) ? std::max(0.0, weight) : 0;
    }
    // Who pulls at a weight wants to see what it does.
    s.rank_column = RankColumn::score;
    s.rank_ascending = false;
  }
  void operator()(const ChooseFirst& c) { s.first_k = std::max<std::size_t>(1, c.k); }
  void operator()(const OpenDrawer& c) {
    s.drawer = c.drawer == s.drawer ? Drawer::none : c.drawer;
    if (s.drawer == Drawer::none && s.focus == Panel::drawer) s.focus = Panel::map;
  }
  void operator()(const ResizeDrawer& c) {
    s.panels.drawer = std::clamp(c.height, lowest_drawer, highest_drawer);
  }
  void operator()(const ChooseScatter& c) {
    s.scatter_x = c.x;
    s.scatter_y = c.y;
  }
  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

Units combined(const Units& now, Units units, How how) {
  std::sort(units.begin(), units.end());
  Units out;
  switch (how) {
    case How::replace:
      out = std::move(units);
      break;
    case How::add:
      std::set_union(now.begin(), now.end(), units.begin(), units.end(), std::back_inserter(out));
      break;
    case How::remove:
      std::set_difference(now.begin(), now.end(), units.begin(), units.end(),
                          std::back_inserter(out));
      break;
  }
  return out;
}

void refilter(AppState& s) {
  if (!s.loaded || !s.derived.figures) return;
  if (s.view.filter.empty()) {
    s.view.within.clear();
    return;
  }
  s.view.within = filtered(*s.dataset(), *s.derived.figures, s.view.filter);
}

void apply_layers(AppState& state, const Command& command) { std::visit(Layers{state}, command); }

}  // namespace app
