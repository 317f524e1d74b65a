#include "app/actions.hpp"

#include <algorithm>
#include <string_view>

#include "app/entry_actions.hpp"
#include "app/figures.hpp"
#include "data/names.hpp"

namespace app {

using namespace command;

std::string text(const Shortcut& shortcut) {
  if (shortcut.key == key_none) return {};
  std::string out;
  if (shortcut.ctrl) out += "Ctrl+";
  if (shortcut.alt) out += "Alt+";
  if (shortcut.shift) out += "Shift+";
  switch (shortcut.key) {
    case key_left:
      return out + "←";
    case key_right:
      return out + "→";
    case key_up:
      return out + "↑";
    case key_down:
      return out + "↓";
    case key_home:
      return out + "Home";
    case key_end:
      return out + "End";
    case key_page_up:
      return out + "PgUp";
    case key_page_down:
      return out + "PgDn";
    case key_enter:
      return out + "Enter";
    case key_escape:
      return out + "Esc";
    case key_tab:
      return out + "Tab";
    case key_space:
      return out + "Space";
    case key_delete:
      return out + "Del";
    case key_backspace:
      return out + "Backspace";
    default:
      break;
  }
  if (shortcut.key >= key_f1) return out + "F" + std::to_string(shortcut.key - key_f1 + 1);
  return out + static_cast<char>(shortcut.key);
}

geo::Message layer_name(MapLayer layer) {
  switch (layer) {
    case MapLayer::gap:
      return geo::msg("app.action_layer_gap");
    case MapLayer::two_way:
      return geo::msg("app.action_layer_two_way");
    case MapLayer::performance:
      return geo::msg("app.action_layer_performance");
    case MapLayer::clusters:
      return geo::msg("app.action_layer_clusters");
    case MapLayer::change:
      return geo::msg("app.action_layer_change");
    case MapLayer::silence:
      return geo::msg("app.action_layer_silence");
  }
  return {};
}

namespace {

void add_plan_actions(const AppState& s, std::vector<Action>& out) {
  const PlanDesk& p = s.plan;
  const bool ready = p.shown && p.answered == p.asked;
  const auto add = [&out](geo::Message name, Shortcut shortcut, PlanCommand what, bool enabled,
                          bool checked = false) {
    out.push_back({std::move(name), MenuGroup::plan, shortcut, OfPlan{std::move(what)}, enabled,
                   checked, false});
  };
  add(geo::msg("plan.action_next_weekend"), {'.'}, plan::StepWeekend{1}, ready);
  add(geo::msg("plan.action_previous_weekend"), {','}, plan::StepWeekend{-1}, ready);
  add(geo::msg("plan.action_all_weekends"), {'A'}, plan::AllWeekends{!p.all_weekends}, ready,
      p.all_weekends);
  add(geo::msg("plan.action_next_row"), {'J'}, plan::StepRow{1}, ready);
  add(geo::msg("plan.action_previous_row"), {'K'}, plan::StepRow{-1}, ready);
  add(geo::msg("plan.action_forbid"), {key_delete}, plan::ForbidRow{}, ready);
  add(geo::msg("plan.action_solve"), {'G'}, plan::Solve{}, ready && !p.solving);
  add(geo::msg("plan.action_stop"), {}, plan::StopSolving{}, p.solving.has_value());
  add(geo::msg("plan.action_keep"), {'S', true, true}, plan::AskKeep{}, ready && !s.job);
  const auto dialog = [&](geo::Message name, Shortcut shortcut, Dialog which, bool enabled) {
    out.push_back({std::move(name), MenuGroup::plan, shortcut, OpenDialog{which}, enabled});
  };
  dialog(geo::msg("plan.action_kept"), {'O', false, true}, Dialog::plan_kept, ready);
  dialog(geo::msg("plan.action_numbers"), {'N'}, Dialog::plan_numbers, ready);
  dialog(geo::msg("plan.action_teams"), {'T'}, Dialog::plan_teams, ready);
  out.push_back({geo::msg("plan.action_export"),
                 MenuGroup::plan,
                 {'E', true, true},
                 ChoosePath{PathPurpose::export_plan},
                 ready && !s.job});
}

void add_briefing_actions(const AppState& s, std::vector<Action>& out) {
  const BriefingDesk& b = s.briefing;
  const data::Briefing* now = b.briefing();
  const bool scene = b.scene_now() != nullptr, there = now != nullptr && b.book.has_value();
  const bool writes = b.book && !b.book->read_only;
  const int last = there ? static_cast<int>(now->scenes.size()) : 0;
  const auto add = [&out](geo::Message name, Shortcut shortcut, BriefingCommand what, bool enabled,
                          bool checked = false) {
    out.push_back({std::move(name), MenuGroup::briefing, shortcut, OfBriefing{std::move(what)},
                   enabled, checked, false});
  };
  // Keys of a list, while the keyboard is there.
  const auto in_list = [&](geo::Message name, Shortcut shortcut, BriefingCommand what, bool enabled,
                           MenuGroup group = MenuGroup::briefing) {
    out.push_back(
        {std::move(name), group, shortcut, OfBriefing{std::move(what)}, enabled, false, true});
  };
  constexpr MenuGroup hidden = MenuGroup::hidden;
  add(geo::msg("app.briefing_present_first"), {key_f1 + 4}, briefing::Present{true}, scene);
  add(geo::msg("app.briefing_present_here"), {key_f1 + 4, false, true}, briefing::Present{false},
      scene);
  in_list(geo::msg("app.briefing_present_here"), {key_enter}, briefing::Present{false}, scene,
          hidden);
  for (const int key : {int{key_down}, int{key_page_down}})
    in_list(geo::msg("app.briefing_next_scene"), {key}, briefing::StepScene{1}, scene, hidden);
  for (const int key : {int{key_up}, int{key_page_up}})
    in_list(geo::msg("app.briefing_previous_scene"), {key}, briefing::StepScene{-1}, scene, hidden);
  in_list(geo::msg("app.briefing_first_scene"), {key_home}, briefing::StepScene{-last}, scene,
          hidden);
  in_list(geo::msg("app.briefing_last_scene"), {key_end}, briefing::StepScene{last}, scene, hidden);
  const bool change = scene && writes;
  add(geo::msg("app.briefing_edit_headline"), {key_f1 + 1}, briefing::WantHeadline{}, change);
  in_list(geo::msg("app.briefing_up"), {key_up, false, false, true}, briefing::MoveChosen{-1},
          change);
  in_list(geo::msg("app.briefing_down"), {key_down, false, false, true}, briefing::MoveChosen{1},
          change);
  add(geo::msg("app.briefing_duplicate_scene"), {'D', true}, briefing::DuplicateScene{}, change);
  add(geo::msg("app.briefing_copy"), {'C', true}, briefing::CopyScene{}, scene);
  add(geo::msg("app.briefing_cut"), {'X', true}, briefing::CopyScene{true}, change);
  add(geo::msg("app.briefing_paste"), {'V', true}, briefing::PasteScene{},
      there && writes && b.copied.has_value());
  in_list(geo::msg("app.briefing_delete_scene"), {key_delete}, briefing::DeleteScene{}, change);
  add(geo::msg("app.briefing_show_on_map"), {'M'}, briefing::ShowOnMap{}, scene);
  add(geo::msg("app.briefing_recapture"), {key_f1 + 7, false, true}, briefing::Recapture{}, change);
  add(geo::msg("app.briefing_draft"), {'N', true, true}, briefing::AskDraft{},
      writes && !s.dataset()->dates.empty());
  add(geo::msg("app.briefing_new"), {}, briefing::AskName{false}, writes);
  add(geo::msg("app.briefing_rename"), {}, briefing::AskName{true}, there && writes);
  add(geo::msg("app.briefing_duplicate"), {}, briefing::Duplicate{}, there && writes);
  add(geo::msg("app.briefing_delete"), {}, briefing::Delete{}, there && writes);
}

void add_map_actions(const AppState& s, std::vector<Action>& out) {
  const bool open = s.loaded != nullptr;
  const bool dates = open && s.mode == Mode::review && s.loaded->dataset->dates.size() > 1;
  const double step = 80 * s.pixel_ratio;
  const auto add = [&out](MenuGroup group, geo::Message name, Shortcut shortcut, Command command,
                          bool enabled = true, bool checked = false, bool map_only = false) {
    out.push_back(
        {std::move(name), group, shortcut, std::move(command), enabled, checked, map_only});
  };
  using enum MenuGroup;
  add(map, geo::msg("app.action_fit"), {'0'}, Fit{}, open);
  add(hidden, geo::msg("app.action_fit"), {key_home}, Fit{}, open);
  add(map, geo::msg("app.action_fit_selected"), {'9'}, Fit{true}, !s.view.selected.empty());
  add(map, geo::msg("app.action_zoom_in"), {'+'}, ZoomAt{{}, 1.4}, open);
  add(map, geo::msg("app.action_zoom_out"), {'-'}, ZoomAt{{}, 1 / 1.4}, open);
  add(hidden, geo::msg("app.action_zoom_in"), {'='}, ZoomAt{{}, 1.4}, open);
  add(hidden, geo::msg("app.action_pan"), {key_left}, PanBy{step, 0}, open, false, true);
  add(hidden, geo::msg("app.action_pan"), {key_right}, PanBy{-step, 0}, open, false, true);
  add(hidden, geo::msg("app.action_pan"), {key_up}, PanBy{0, step}, open, false, true);
  add(hidden, geo::msg("app.action_pan"), {key_down}, PanBy{0, -step}, open, false, true);
  add(map, geo::msg("app.action_box"), {'B'}, ToggleBoxTool{}, open, s.box_tool);
  add(map, geo::msg("app.action_barriers"), {'1'}, ToggleLayer{ToggleLayer::barriers}, open,
      s.view.show_barriers);
  add(map, geo::msg("app.action_circles"), {'2'}, ToggleLayer{ToggleLayer::circles}, open,
      s.view.show_circles);
  add(map, geo::msg("app.action_labels"), {'3'}, ToggleLayer{ToggleLayer::labels}, open,
      s.view.show_labels);
  add(map, geo::msg("app.action_uncertain"), {'4'}, ToggleLayer{ToggleLayer::uncertain}, open,
      s.view.show_uncertain);
  add(map, geo::msg("app.action_points"), {'5'}, ToggleLayer{ToggleLayer::points}, open,
      s.view.points != PointsShown::never);
  for (const MapLayer layer : all_layers) {
    const int key = '1' + static_cast<int>(layer);
    add(map, layer_name(layer), {key, false, true}, ChooseLayer{layer}, open,
        s.view.layer == layer);
  }
  add(map, geo::msg("app.action_classes"), {'C'}, OpenDialog{Dialog::classes}, open);
  add(map, geo::msg("app.action_weights"), {'W'}, OpenDialog{Dialog::weights}, open);
  add(map, geo::msg("app.action_rule"), {}, OpenDialog{Dialog::rule}, open);
  add(map, geo::msg("app.action_no_filter"), {}, ChooseFilter{}, !s.view.filter.empty());
  if (open) {
    const data::Dataset& dataset = *s.dataset();
    const bool then = dataset.boundaries_of.has_value();
    const bool changed = std::any_of(dataset.reporters.begin(), dataset.reporters.end(),
                                     [](const data::Reporter& r) { return r.former; });
    add(map, geo::msg("app.action_boundaries_then"), {},
        OpenFile{s.loaded->file,
                 then ? std::nullopt : std::optional(date_shown(dataset, s.view.at))},
        !s.job && s.mode == Mode::review && (then || (changed && !dataset.dates.empty())), then);
  }
  add(map, geo::msg("app.action_play"), {key_space}, Play{!s.playing}, dates, s.playing, true);
  add(map, geo::msg("app.action_previous_date"), {','}, StepDate{-1}, dates);
  add(map, geo::msg("app.action_next_date"), {'.'}, StepDate{1}, dates);
}

}  // namespace

std::vector<Action> actions(const AppState& s) {
  const bool open = s.loaded != nullptr;
  const bool idle = open && !s.job;
  const bool review = s.mode == Mode::review;
  std::vector<Action> out;
  const auto add = [&out](MenuGroup group, geo::Message name, Shortcut shortcut, Command command,
                          bool enabled = true, bool checked = false, bool map_only = false) {
    out.push_back(
        {std::move(name), group, shortcut, std::move(command), enabled, checked, map_only});
  };
  using enum MenuGroup;
  add(file, geo::msg("app.action_new"), {'N', true}, ChoosePath{PathPurpose::new_workspace},
      !s.job);
  add(file, geo::msg("app.action_open"), {'O', true}, ChoosePath{PathPurpose::open_workspace},
      !s.job);
  add(file, geo::msg("app.action_import"), {'I', true}, ChoosePath{PathPurpose::import_file}, idle);
  add(file, geo::msg("app.action_take_back"), {}, TakeBack{}, idle);
  add(file, geo::msg("app.action_issues"), {}, OpenDialog{Dialog::issues}, open);
  add(file, geo::msg("app.action_findings"), {'D'}, OpenDialog{Dialog::findings}, open);
  add(file, geo::msg("app.action_export"), {'E', true}, ChoosePath{PathPurpose::export_table},
      idle);
  add(file, geo::msg("app.action_report"), {}, ChoosePath{PathPurpose::export_report}, idle);
  add(file, geo::msg("app.action_atlas"), {}, ChoosePath{PathPurpose::export_atlas}, idle);
  add(file, geo::msg("app.action_picture"), {'S', true}, ChoosePath{PathPurpose::save_picture},
      idle);
  add(file, geo::msg("app.action_quit"), {'Q', true}, Quit{});

  const bool in_entry = s.mode == Mode::entry;
  if (!in_entry) {  // there the table's own steps go back
    add(edit, geo::msg("app.action_undo"), {'Z', true}, Undo{}, !s.history.past.empty());
    add(edit, geo::msg("app.action_redo"), {'Z', true, true}, Redo{}, !s.history.future.empty());
    add(hidden, geo::msg("app.action_redo"), {'Y', true}, Redo{}, !s.history.future.empty());
  }
  add(edit, geo::msg("app.action_search"), {'F', true}, WantSearch{}, open);
  add(edit, geo::msg("app.action_palette"), {'K', true}, OpenDialog{Dialog::palette});
  add(hidden, geo::msg("app.action_palette"), {'P', true}, OpenDialog{Dialog::palette});
  // Help: everything the program does, with its keys.
  add(hidden, geo::msg("app.action_palette"), {key_f1}, OpenDialog{Dialog::palette});
  const bool in_briefing = s.mode == Mode::briefing;
  if (!in_briefing && !in_entry) {
    add(edit, geo::msg("app.action_select_all"), {'A', true}, Select{s.derived.shown}, open);
    add(edit, geo::msg("app.action_select_none"), {key_escape}, Select{}, !s.view.selected.empty());
  }
  if (review) {
    add(edit, geo::msg("app.action_next_in_ranking"), {'J'}, StepRanking{1}, open);
    add(edit, geo::msg("app.action_previous_in_ranking"), {'K'}, StepRanking{-1}, open);
  }

  if (!in_briefing && !in_entry) add_map_actions(s, out);

  const auto drawer = [&](geo::Message name, int key, Drawer which) {
    add(panels, std::move(name), {key}, OpenDrawer{which}, open, s.drawer == which);
  };
  if (review) {
    drawer(geo::msg("app.action_table"), 'T', Drawer::table);
    drawer(geo::msg("app.action_histogram"), 'H', Drawer::histogram);
    drawer(geo::msg("app.action_scatter"), 'R', Drawer::scatter);
    drawer(geo::msg("app.action_time_chart"), 'Y', Drawer::time);
  }
  add(panels, geo::msg("app.action_rail"), {'['}, TogglePanel{Panel::rail}, true,
      s.panels.rail_open);
  add(panels, geo::msg("app.action_side"), {']'}, TogglePanel{Panel::side}, true,
      s.panels.side_open);
  add(panels, geo::msg("app.action_time_line"), {'\\'}, TogglePanel{Panel::time_line}, true,
      s.panels.time_line_open);
  add(panels, geo::msg("app.action_next_panel"), {key_f6}, CyclePanels{1});
  add(panels, geo::msg("app.action_previous_panel"), {key_f6, false, true}, CyclePanels{-1});

  const bool in_plan = s.mode == Mode::plan;
  // Where F2 edits a headline or a cell, the way back is Shift+F2.
  const bool in_week = in_entry && s.entry.pages.shown == EntryPage::week;
  add(panels, geo::msg("app.action_review"), {key_f1 + 1, false, in_briefing || in_week},
      ChooseMode{Mode::review}, open, review);
  add(panels, geo::msg("app.action_plan"), {key_f1 + 2}, ChooseMode{Mode::plan}, open, in_plan);
  add(panels, geo::msg("app.action_briefing"), {key_f1 + 3}, ChooseMode{Mode::briefing}, open,
      in_briefing);
  add(panels, geo::msg("entry.action_mode"), {key_f1 + 6}, ChooseMode{Mode::entry}, open, in_entry);
  if (in_plan) add_plan_actions(s, out);
  if (in_entry && open) add_entry_actions(s, out);
  const bool land = open && !s.loaded->dataset->communes.empty();
  add(MenuGroup::briefing, geo::msg("app.briefing_capture"), {key_f1 + 7},
      OfBriefing{app::briefing::Capture{}}, land);
  if (in_briefing && open) add_briefing_actions(s, out);

  add(language, geo::msg("app.action_vietnamese"), {}, ChooseLanguage{Language::vietnamese}, true,
      s.view.language == Language::vietnamese);
  add(language, geo::msg("app.action_english"), {}, ChooseLanguage{Language::english}, true,
      s.view.language == Language::english);
  out.push_back({geo::msg("entry.action_telex"),
                 MenuGroup::language,
                 {'T', true, true},
                 OfEntry{entry::ToggleTelex{}},
                 true,
                 s.panels.telex});
  return out;
}

std::optional<Command> command_for_key(const AppState& s, Shortcut pressed, bool typing) {
  if (pressed == Shortcut{key_escape}) {
    if (s.error) return DismissError{};
    if (s.dialog != Dialog::none) return CloseDialog{};
    if (s.mode == Mode::entry && s.focus == Panel::top) return OfEntry{entry::Drop{}};
    if (!s.search.empty() || typing) return TypeSearch{""};
    if (s.plan.drag) return OfPlan{plan::Drag{}};
    if (s.plan.compared && s.mode == Mode::plan) return OfPlan{plan::Compare{}};
    if (s.playing) return Play{false};
    if (s.mode == Mode::entry) return OfEntry{entry::Drop{}};
    if (s.mode == Mode::briefing) return {};  // of the map, which is not to be seen
    if (s.box_tool) return ToggleBoxTool{};
    return Select{};
  }
  if (s.error || (s.dialog != Dialog::none && s.dialog != Dialog::palette)) return {};
  const bool in_dialog = s.dialog != Dialog::none;
  if ((typing || in_dialog) && !pressed.ctrl && pressed.key < key_f1) return {};
  // A text field's own keys: all, undo, redo, copy, cut, paste.
  constexpr std::string_view own = "AZYCXV";
  if (typing && pressed.ctrl && pressed.key < key_left &&
      own.find(static_cast<char>(pressed.key)) != std::string_view::npos) {
    return {};
  }
  for (const Action& action : actions(s)) {
    if (action.shortcut != pressed || !action.enabled) continue;
    const bool in_list = s.mode == Mode::briefing && s.focus == Panel::rail;
    if (action.map_only && s.focus != Panel::map && !in_list) continue;
    return action.command;
  }
  return {};
}

std::vector<Action> find_actions(const AppState& s, const std::string& words) {
  const std::string wanted = data::fold_search(words);
  std::vector<Action> out;
  for (Action& action : actions(s)) {
    if (action.group == MenuGroup::hidden || !action.enabled) continue;
    const std::string name = data::fold_search(say(s.view.language, action.name));
    if (name.find(wanted) != std::string::npos) out.push_back(std::move(action));
  }
  for (const data::Indicator indicator : data::all_indicators) {
    const std::string name = indicator_name(indicator, s.view.language);
    if (!s.loaded || data::fold_search(name).find(wanted) == std::string::npos) continue;
    out.push_back({geo::msg("app.action_show_indicator", name),
                   MenuGroup::hidden,
                   {},
                   ChooseIndicator{indicator}});
  }
  return out;
}

}  // namespace app
