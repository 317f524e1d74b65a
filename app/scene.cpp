#include "app/scene.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "app/loaded.hpp"
#include "app/plan_map.hpp"
#include "app/points.hpp"
#include "app/reasons.hpp"
#include "app/scene_look.hpp"
#include "data/meeting.hpp"
#include "data/plan_to_come.hpp"
#include "render/board_layout.hpp"

namespace app {
namespace {

constexpr render::Colour gap_number = render::rgb(0x8a2c04), gap_bar = render::rgb(0xd95f0e),
                         good_number = render::rgb(0x0b5a53), good_bar = render::rgb(0x2a8f86);

/// Where communes are by their codes; made once a scene.
class Codes {
 public:
  explicit Codes(const data::Dataset& dataset) {
    for (std::uint32_t i = 0; i < dataset.communes.size(); ++i)
      at_.emplace(dataset.communes[i].code.text, i);
  }
  std::optional<geo::UnitIndex> find(const std::string& code) const {
    const auto found = at_.find(code);
    if (found == at_.end()) return std::nullopt;
    return geo::UnitIndex(found->second);
  }
  /// In index order, each once; those that are no more are counted.
  std::vector<geo::UnitIndex> find(const std::vector<geo::UnitCode>& codes,
                                   std::size_t& lost) const {
    std::vector<geo::UnitIndex> out;
    for (const geo::UnitCode& code : codes) {
      if (const auto unit = find(code.text)) {
        out.push_back(*unit);
      } else {
        ++lost;
      }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

 private:
  std::map<std::string_view, std::uint32_t> at_;
};

View view_of(const data::Scene& scene, const data::Dataset& dataset, const Codes& codes,
             Language language, std::size_t& lost) {
  View view;
  view.language = language;
  view.show_uncertain = false;  // what is said to a room is said with few signs
  if (const auto indicator = data::indicator_by_id(scene.indicator)) view.indicator = *indicator;
  if (const auto layer = layer_by_id(scene.layer)) view.layer = *layer;
  view.at = scene.at;
  view.since = scene.since;
  take_look(view, scene.look, dataset);
  if (view.filter.empty()) view.within = codes.find(scene.within, lost);
  view.selected = codes.find(scene.highlighted, lost);
  return view;
}

std::optional<data::StatementAsk> ask_of(const data::Scene& scene, const View& view,
                                         const data::Dataset& dataset,
                                         std::span<const data::KeptPlan> plans,
                                         const FiguresOf& figures_of) {
  const auto kind = data::statement_by_id(scene.statement);
  if (!kind) return std::nullopt;
  data::StatementAsk ask;
  ask.kind = *kind;
  ask.indicator = view.indicator;
  ask.at = date_shown(dataset, view.at);
  // As the layer of change does.
  ask.since = view.since ? *view.since : ask.at + -data::days_between_meetings;
  ask.within = view.within;
  if (!view.filter.empty()) {
    const auto f =
        figures_of ? figures_of(view) : std::make_shared<const Figures>(figures(dataset, view));
    if (f->none) return std::nullopt;
    ask.within = f->within;
  }
  if (const auto barrier = data::barrier_by_id(scene.barrier)) ask.barrier = *barrier;
  if (*kind == data::StatementKind::plan) {
    const auto plan =
        std::find_if(plans.begin(), plans.end(), [&](const auto& p) { return scene.plan == p.id; });
    if (plan == plans.end()) return std::nullopt;
    ask.plan = &*plan;
  }
  return ask;
}

render::Board board_of(const SceneShown& shown, const data::Dataset& dataset, ScenePlace place) {
  const StatementWords& words = shown.words;
  render::Board board;
  board.number = words.number;
  board.words = words.words;
  board.number_colour = words.good ? good_number : gap_number;
  board.bar_colour = words.good ? good_bar : gap_bar;
  for (const StatementWords::Bar& bar : words.bars)
    board.bars.push_back({dataset.communes[bar.commune.value].name, bar.value, bar.share});
  board.page = std::to_string(place.number) + " / " + std::to_string(place.of);
  if (shown.outdated) board.mark = say(shown.view.language, "app.brief_outdated");
  return board;
}

/// Short enough for a room: without what is added in brackets.
std::string short_text(std::string text) {
  const std::size_t added = text.find(" (");
  if (added != std::string::npos && added > 0 && text.ends_with(')')) text.resize(added);
  return text;
}

/// What a room has to know to read the map: rows of what is not drawn, and classes that nothing is
/// in (but for the one from the target up, which that says much of), are left out. "xã" stands once
/// above the numbers of communes.
render::Legend legend_for_room(const render::Legend& legend, const Figures& f, const View& view,
                               bool circles) {
  using Swatch = render::LegendEntry::Swatch;
  render::Legend out;
  out.grid = legend.grid;
  for (const render::LegendEntry& entry : legend.entries) {
    const bool classed = entry.category && *entry.category < f.class_counts.size() &&
                         (f.layer == MapLayer::gap || f.layer == MapLayer::performance);
    if (classed && f.class_counts[*entry.category] == 0 &&
        f.classes.first_at_target != entry.category)
      continue;
    if (entry.swatch == Swatch::lines && !view.show_uncertain) continue;
    if (entry.swatch == Swatch::circle && !circles) continue;
    if (entry.text == say(view.language, "view.made_up")) continue;  // the footer says it
    if ((entry.swatch == Swatch::hatch || entry.swatch == Swatch::dots) && !view.show_barriers)
      continue;
    const bool empty_part = entry.swatch == Swatch::heading && !out.entries.empty() &&
                            out.entries.back().swatch == Swatch::heading;
    if (empty_part) out.entries.pop_back();
    out.entries.push_back(entry);
    render::LegendEntry& last = out.entries.back();
    last.text = short_text(std::move(last.text));
    const std::size_t number_ends = last.count.find(' ');
    if (number_ends == std::string::npos) continue;
    last.count.resize(number_ends);
    if (out.entries.front().swatch == Swatch::heading)
      out.entries.front().count = say(view.language, "view.communes_head");
  }
  if (!out.entries.empty() && out.entries.back().swatch == Swatch::heading) out.entries.pop_back();
  return out;
}

/// Circles are the people behind one barrier: what the headline speaks of.
void circle_barrier(render::Frame& frame, const Figures& f, data::Barrier barrier) {
  double most = 0;
  for (const render::Circle& circle : frame.circles)
    most = std::max(most, f.splits[circle.unit].of(barrier));
  for (render::Circle& circle : frame.circles) {
    const double people = f.splits[circle.unit].of(barrier);
    circle.radius = most > 0 ? f.largest_circle * std::sqrt(people / most) : 0;
  }
  std::erase_if(frame.circles, [](const render::Circle& circle) { return circle.radius <= 0; });
}

/// Nowhere, where the map system does not reach: then all is shown.
std::optional<geo::Box> box_of(const std::optional<data::Scene::Window>& window,
                               const geo::Land& land) {
  if (!window) return std::nullopt;
  try {
    const geo::MapPoint at = land.projection->to_map(window->centre);
    const double half = window->metres / 2;
    return geo::Box{{at.x - half, at.y}, {at.x + half, at.y}};
  } catch (const geo::Error&) {
    return std::nullopt;
  }
}
std::optional<data::Scene::Window> window_of(const render::Camera& camera, const geo::Land& land) {
  try {
    return data::Scene::Window{land.projection->to_lonlat(camera.centre),
                               camera.metres_per_pixel * static_cast<double>(camera.width)};
  } catch (const geo::Error&) {
    return std::nullopt;
  }
}

/// Ways of a kept plan's teams and where they go on the weekends to come, as the headline counts
/// them: from commune to commune, as it was kept.
void add_ways(render::Frame& frame, const data::Dataset& dataset, const data::StatementAsk& ask) {
  const data::KeptPlan& plan = *ask.plan;
  if (!plan.result || !plan.result->trips || !frame.land) return;
  const geo::Land& land = *frame.land;
  const Codes codes(dataset);
  std::map<std::string_view, geo::UnitIndex> homes;
  for (const data::Team& team : dataset.teams)
    if (team.home.valid()) homes.emplace(team.id, team.home);
  const auto weekends = data::weekends_of(plan.wishes);
  const auto told = [&](const data::PlanResult::Sent& sent, geo::UnitIndex to) {
    const bool coming =
        sent.weekend < weekends.size() && data::is_coming(weekends[sent.weekend], ask.at);
    return coming && (ask.within.empty() ||
                      std::find(ask.within.begin(), ask.within.end(), to) != ask.within.end());
  };
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> ways;
  std::map<std::uint32_t, bool> places;  // true: a home
  for (const data::PlanResult::Sent& sent : *plan.result->trips) {
    const auto home = homes.find(sent.team);
    const auto to = codes.find(sent.commune.text);
    if (sent.phone || home == homes.end() || !to || !told(sent, *to)) continue;
    if (!has_place(land, *to) || !has_place(land, home->second)) continue;
    places.emplace(to->value, false);
    places[home->second.value] = true;
    if (home->second != *to) ways[{home->second.value, to->value}] += sent.people;
  }
  for (const auto& [way, people] : ways) {
    frame.routes.push_back({land.labels[way.first].point, land.labels[way.second].point,
                            std::clamp(1.5 + std::sqrt(people) / 12, 1.5, 6.0), plan_colour::way});
  }
  for (const auto& [unit, home] : places) {
    using Shape = render::Pin::Shape;
    frame.pins.push_back({land.labels[unit].point, home ? Shape::square : Shape::dot,
                          home ? 12.0 : 10.0,
                          home ? render::house::accent : render::house::selection});
  }
  frame.circles.clear();
}

/// What is said over the map, and whether it still holds.
void tell_headline(SceneShown& shown, const data::Dataset& dataset) {
  const data::Scene& scene = shown.scene;
  const bool edited = !scene.headline.empty();
  shown.outdated = shown.ask ? edited && !scene.written_for.empty() &&
                                   scene.written_for != data::numbers_of(shown.statement, dataset)
                             : edited && !scene.statement.empty();
  shown.headline = without_contacts(edited ? scene.headline : shown.words.headline);
}

}  // namespace

SceneShown shown_of(const data::Scene& scene, const data::Dataset& dataset,
                    std::span<const data::KeptPlan> plans, Language language,
                    const FiguresOf& figures_of) {
  SceneShown out;
  out.scene = scene;
  const Codes codes(dataset);
  out.view = view_of(scene, dataset, codes, language, out.lost);
  out.ask = ask_of(scene, out.view, dataset, plans, figures_of);
  if (out.ask) {
    out.statement = data::statement(dataset, *out.ask);
    out.words = words_of(out.statement, *out.ask, dataset, language);
  } else if (!scene.statement.empty()) {
    out.words.headline = say(language, "app.brief_cannot_be_said");
  }
  tell_headline(out, dataset);
  return out;
}

std::optional<SceneShown> reworded(const SceneShown& was, const data::Scene& scene,
                                   const data::Dataset& dataset) {
  data::Scene same = was.scene;
  same.headline = scene.headline;
  same.written_for = scene.written_for;
  same.note = scene.note;
  same.seconds = scene.seconds;
  if (same != scene) return std::nullopt;
  SceneShown out = was;
  out.scene = scene;
  tell_headline(out, dataset);
  return out;
}

Figures figures_in(const Loaded& loaded, const View& view) {
  return figures(*loaded.dataset, view, {loaded.pool.get(), &loaded.land->neighbours, nullptr});
}

Picture scene_picture(const Loaded& loaded, const Figures& f, const SceneShown& shown,
                      ScenePlace place, int width, int height) {
  const data::Dataset& dataset = *loaded.dataset;
  View view = shown.view;
  if (!view.filter.empty()) view.within = f.within;  // what is seen, counted and named
  // The least letters of the map are twelve logical pixels.
  const double ratio = std::max(std::ceil(height * render::least_board_text) / 12, 0.5);
  const geo::Box seen = picture_box(*loaded.land, view);
  const bool near = view.points == PointsShown::always ||
                    points_fit(dataset, seen, width * 0.55 / ratio, height * 0.75 / ratio);
  Picture picture = make_picture(dataset, loaded.land, f, view, PictureTheme::review,
                                 near ? loaded.points.get() : nullptr);
  render::Frame& frame = picture.frame;
  frame.pixel_ratio = ratio;
  frame.background = render::house::panel;
  if (const auto box = box_of(shown.scene.window, *loaded.land)) picture.box = *box;
  const auto named = [&](std::uint32_t unit) {
    return std::any_of(shown.words.bars.begin(), shown.words.bars.end(),
                       [unit](const auto& bar) { return bar.commune.value == unit; });
  };
  for (render::Label& label : frame.labels)
    if (named(label.unit)) label.must = true;
  if (!shown.words.bars.empty())
    std::erase_if(frame.labels, [](const render::Label& label) { return !label.must; });
  if (shown.ask && shown.ask->plan) add_ways(frame, dataset, *shown.ask);
  const bool of_barrier = shown.ask && shown.ask->kind == data::StatementKind::barrier;
  if (of_barrier) circle_barrier(frame, f, shown.ask->barrier);

  render::Caption& caption = frame.caption;
  if (!shown.headline.empty()) {
    if (shown.words.subtitle.empty()) {
      caption.subtitle = caption.title + " · " + caption.subtitle;
    } else {
      caption.subtitle = shown.words.subtitle;
      // A number may be old without having fallen silent since the last meeting.
      if (f.layer == MapLayer::gap && f.silent > 0)
        caption.subtitle += " · " + say(view.language, "view.silent", f.silent);
    }
    caption.title = shown.headline;
  }
  if (dataset.made_up) caption.footer += (caption.footer.empty() ? "" : " · ") + frame.watermark;
  caption.legend = legend_for_room(caption.legend, f, view, !frame.circles.empty());
  if (of_barrier) {
    for (render::LegendEntry& entry : caption.legend.entries)
      if (entry.swatch == render::LegendEntry::Swatch::circle)
        entry.text = say(view.language, "view.people_behind",
                         barrier_name(shown.ask->barrier, view.language));
  }
  caption.board = board_of(shown, dataset, place);
  return picture;
}

data::Scene captured(const View& view, const data::Dataset& dataset, const geo::Land& land,
                     const render::Camera* camera) {
  data::Scene scene;
  scene.indicator = data::id(view.indicator);
  scene.layer = id(view.layer);
  scene.at = view.at;
  scene.since = view.since;
  if (view.filter.empty()) {
    for (const geo::UnitIndex unit : view.within)
      scene.within.push_back(dataset.communes[unit.value].code);
  }
  for (const geo::UnitIndex unit : view.selected)
    scene.highlighted.push_back(dataset.communes[unit.value].code);
  scene.look = look_of(view, dataset);
  if (camera != nullptr && camera->width > 0) {
    // All of it in view: then it is to be seen whole on any screen.
    const geo::Box box = picture_box(land, view), seen = camera->view();
    const bool whole = seen.min.x <= box.min.x && seen.min.y <= box.min.y &&
                       seen.max.x >= box.max.x && seen.max.y >= box.max.y;
    if (!whole) scene.window = window_of(*camera, land);
  }
  using data::StatementKind;
  // Nobody falls short of what nobody has set.
  const bool target = std::any_of(
      dataset.targets.begin(), dataset.targets.end(),
      [&](const data::Target& one) { return one.indicator == data::id(view.indicator); });
  const StatementKind kind = view.layer == MapLayer::change          ? StatementKind::movers
                             : view.layer == MapLayer::silence       ? StatementKind::newly_silent
                             : view.layer == MapLayer::gap && target ? StatementKind::concentrated
                                                                     : StatementKind::standing;
  scene.statement = data::id(kind);
  return scene;
}

data::Briefing drafted(const data::Dataset& dataset, const data::StatementAsk& of,
                       std::string name) {
  data::Briefing briefing;
  briefing.name = std::move(name);
  using data::StatementKind;
  for (const data::StatementAsk& ask : data::draft(dataset, of)) {
    View view;
    view.indicator = ask.indicator;
    view.show_uncertain = false;
    view.points = PointsShown::never;
    const bool change = ask.kind == StatementKind::movers || ask.kind == StatementKind::fallen;
    view.layer = change                                    ? MapLayer::change
                 : ask.kind == StatementKind::newly_silent ? MapLayer::silence
                                                           : MapLayer::gap;
    const bool of_barrier = ask.kind == StatementKind::barrier;
    view.show_circles = ask.kind == StatementKind::standing ||
                        ask.kind == StatementKind::concentrated || of_barrier;
    // Hatching would be read as the barrier that the headline names.
    view.show_barriers = !of_barrier || ask.barrier == data::Barrier::no_grid ||
                         ask.barrier == data::Barrier::signal;
    data::Scene scene;
    scene.indicator = data::id(ask.indicator);
    scene.layer = id(view.layer);
    if (dataset.dates.empty() || ask.at != dataset.dates.back()) scene.at = ask.at;
    scene.since = ask.since;
    for (const geo::UnitIndex unit : ask.within)
      scene.within.push_back(dataset.communes[unit.value].code);
    scene.look = look_of(view, dataset);
    scene.statement = data::id(ask.kind);
    if (ask.kind == StatementKind::barrier) scene.barrier = data::id(ask.barrier);
    if (ask.plan != nullptr) {
      if (ask.kind == StatementKind::plan) scene.plan = ask.plan->id;
    }
    briefing.scenes.push_back(std::move(scene));
  }
  return briefing;
}

}  // namespace app
