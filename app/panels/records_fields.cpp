#include <algorithm>
#include <array>
#include <string>

#include "app/panels/imgui_versions.hpp"
#include "app/panels/page_ask.hpp"
#include "app/panels/plan_draw.hpp"
#include "app/panels/records_draw.hpp"
#include "data/clock.hpp"

namespace app {
namespace {

using data::RecordField;
using data::RecordKind;
using data::ValueKind;
using records_page::State;

struct FieldName {
  std::string_view field;
  const char* name;
};
constexpr FieldName field_names[] = {
    {"activations", "records.field_activations"},
    {"away_share", "records.field_away_share"},
    {"closed_on", "records.field_closed_on"},
    {"date", "records.field_date"},
    {"electricity", "records.field_electricity"},
    {"electricity_as_of", "records.field_as_of"},
    {"electricity_source", "records.field_source"},
    {"eligible", "records.field_eligible"},
    {"established_on", "records.field_established_on"},
    {"former_unit", "records.field_former_unit"},
    {"generator", "records.field_generator"},
    {"households", "records.field_households"},
    {"kind", "records.field_kind"},
    {"level", "records.field_level"},
    {"members", "records.field_members"},
    {"mobile_router", "records.field_mobile_router"},
    {"name", "records.field_name"},
    {"own_sim_share", "records.field_own_sim_share"},
    {"place", "records.field_place"},
    {"reached", "records.field_reached"},
    {"residents", "records.field_residents"},
    {"road", "records.field_road"},
    {"sessions", "records.field_sessions"},
    {"signal", "records.field_signal"},
    {"signal_as_of", "records.field_as_of"},
    {"signal_source", "records.field_source"},
    {"smartphone_share", "records.field_smartphone_share"},
    {"team", "records.field_team"},
    {"union_members", "records.field_union_members"},
    {"unit", "records.field_unit"},
    {"vehicle", "records.field_vehicle"},
};

struct WordName {
  std::string_view field, word;
  const char* name;
};
constexpr WordName word_names[] = {
    {"level", "province", "records.word_province"},
    {"level", "district", "records.word_district"},
    {"level", "commune", "records.word_commune"},
    {"electricity", "grid", "records.word_grid"},
    {"electricity", "offgrid", "records.word_offgrid"},
    {"electricity", "none", "records.word_no_electricity"},
    {"signal", "good", "records.word_good"},
    {"signal", "weak", "records.word_weak"},
    {"signal", "none", "records.word_no_signal"},
};

/// Fields that stand together, each under a heading.
struct Group {
  const char* heading;
  std::array<std::string_view, 6> fields;
};
constexpr Group team_groups[] = {
    {"records.group_team", {"name", "level", "kind", "unit", "former_unit"}},
    {"records.group_people", {"members", "union_members"}},
    {"records.group_kit", {"generator", "mobile_router", "vehicle"}},
    {"records.group_time", {"established_on", "closed_on"}},
    {"records.group_place", {"place"}}};
constexpr Group settlement_groups[] = {
    {"records.group_settlement", {"name", "kind", "unit", "former_unit"}},
    {"records.group_electricity", {"electricity", "electricity_as_of", "electricity_source"}},
    {"records.group_signal", {"signal", "signal_as_of", "signal_source"}},
    {"records.group_people", {"households", "residents", "eligible"}},
    {"records.group_shares", {"smartphone_share", "own_sim_share", "away_share", "road"}},
    {"records.group_place", {"place"}}};
constexpr Group activity_groups[] = {
    {"records.group_activity", {"date", "team", "unit"}},
    {"records.group_counts", {"sessions", "reached", "activations"}}};

std::span<const Group> groups(RecordKind kind) {
  if (kind == RecordKind::team) return team_groups;
  if (kind == RecordKind::settlement) return settlement_groups;
  return activity_groups;
}

std::string origin(Language l, const data::ValueOrigin& from) {
  const std::string file = from.file.substr(from.file.find_last_of('/') + 1);
  const auto at = data::local_moment(from.at);
  const std::string day = at ? date(l, at->day) : from.at;
  if (from.unit.empty())
    return from.row ? say(l, "records.from_import_row", file, std::to_string(*from.row), day)
                    : say(l, "records.from_import", file, day);
  if (!file.empty())
    return from.row ? say(l, "records.from_unit_file_row", from.unit, file,
                          std::to_string(*from.row), day)
                    : say(l, "records.from_unit_file", from.unit, file, day);
  return say(l, "records.from_unit", from.unit, day);
}

std::string in_form(const AppState& s, const State& page, const RecordField& field,
                    const std::optional<std::string>& value) {
  if (!value) return say(s.view.language, "records.left_empty");
  if (field.value == ValueKind::word) return record_word(s.view.language, field.name, *value);
  return records_page::in_words(s.view.language, field, data::form_text(*page.book, field, *value));
}

class Fields {
 public:
  Fields(const AppState& s, const Look& look, const State& page, Commands& commands)
      : s_(s), look_(look), page_(page), commands_(commands), l_(s.view.language) {
    may_ = page.sheet && !page.sheet->not_ours && !page.read_only;
    width_ = ImGui::GetContentRegionAvail().x;
    label_ = std::min(look.px(118), width_ * 0.36F);
  }

  void code() {
    std::string text = records_page::form_code(page_);
    label(say(l_, "records.field_code"));
    ImGui::SetNextItemWidth(width_ - label_);
    if (input("##code", {}, text))
      ask(commands_, records_page::TypeField{records_page::code_field, text});
    if (const auto wrong = records_page::wrong_code(page_)) told(*wrong, {});
    space(look_, 4);
  }

  void field(const RecordField& f) {
    ImGui::PushID(f.name.data());
    const float top = ImGui::GetCursorScreenPos().y;
    label(record_field_name(l_, f.name));
    if (!may_)
      reading(f);
    else if (f.value == ValueKind::word)
      words(f);
    else
      text(f);
    below(f);
    if (records_page::is_typed(page_, f.name)) {
      // Typed and not saved: a line at the left edge of all that belongs to the field.
      const float x = ImGui::GetCursorScreenPos().x - look_.px(6);
      ImGui::GetWindowDrawList()->AddLine({x, top},
                                          {x, ImGui::GetCursorScreenPos().y - look_.px(4)},
                                          ink(render::house::selection), look_.px(2));
    }
    space(look_, 3);
    ImGui::PopID();
  }

 private:
  void label(const std::string& name) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = ImGui::GetFrameHeight();
    put_within(look_.body, {at.x, at.y + (height - look_.body->FontSize) / 2},
               ink(render::house::muted), name, label_ - look_.px(8));
    ImGui::SetCursorScreenPos({at.x + label_, at.y});
  }
  void reading(const RecordField& f) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = ImGui::GetFrameHeight();
    const auto value = page_.sheet ? page_.sheet->value(f.name) : std::nullopt;
    put_within(look_.body, {at.x, at.y + (height - look_.body->FontSize) / 2},
               ink(value ? render::house::text : render::house::muted),
               value ? in_form(s_, page_, f, value) : "–", width_ - label_);
    ImGui::SetCursorScreenPos({at.x - label_, at.y + height + ImGui::GetStyle().ItemSpacing.y});
    ImGui::Dummy({1, 1});
  }
  void words(const RecordField& f) {
    const auto now = records_page::form_value(page_, f).value;
    const float gap = look_.px(4);
    const float each = (width_ - label_ - 2 * gap) / 3;
    for (std::size_t i = 0; i < f.words.size(); ++i) {
      const bool chosen = now == std::string(f.words[i]);
      if (i > 0) ImGui::SameLine(0, gap);
      if (pill(look_, f.words[i].data(), record_word(l_, f.name, f.words[i]), chosen,
               {each, look_.px(28)}))
        ask(commands_, records_page::TypeField{std::string(f.name),
                                               chosen ? std::string() : std::string(f.words[i])});
    }
  }
  void text(const RecordField& f) {
    std::string text = records_page::form_text(page_, f);
    if (!records_page::is_typed(page_, f.name)) text = records_page::in_words(l_, f, text);
    const bool place = f.value == ValueKind::place;
    const float button_width = place ? look_.px(92) : 0;
    ImGui::SetNextItemWidth(width_ - label_ - button_width);
    if (input("##text", place ? say(l_, "records.place_hint") : std::string(), text))
      ask(commands_, records_page::TypeField{std::string(f.name), text});
    const bool active = ImGui::IsItemActive();
    if (ImGui::IsItemDeactivated() &&
        (key_pressed(ImGuiKey_Enter) || key_pressed(ImGuiKey_KeyPadEnter)))
      ask(commands_, records_page::Save{});
    if (place) {
      ImGui::SameLine(0, look_.px(8));
      if (button(look_, "map", say(l_, page_.map_open ? "records.map_shut" : "records.map_open"),
                 ButtonKind::plain, true, 84))
        ask(commands_, records_page::ToggleMap{});
    }
    if (f.value == ValueKind::unit || f.value == ValueKind::code) to_choose(f, text, active);
  }
  /// Names to choose from below the field: while it is typed into, and until one is pressed.
  void to_choose(const RecordField& f, const std::string& text, bool active) {
    ImGuiStorage* kept = ImGui::GetStateStorage();
    const ImGuiID open_id = ImGui::GetID("open");
    const bool wrong = records_page::form_value(page_, f).wrong.has_value();
    const bool held =
        kept->GetBool(open_id) && (ImGui::GetIO().MouseDown[0] || ImGui::GetIO().MouseReleased[0]);
    kept->SetBool(open_id, active || held);
    if (!active && !held && !(wrong && records_page::is_typed(page_, f.name))) return;
    const auto names = data::suggestions(*page_.book, f, text, 6);
    if (names.size() == 1 && names.front() == text) return;
    for (std::size_t i = 0; i < names.size(); ++i) {
      ImGui::SetCursorScreenPos(
          {ImGui::GetCursorScreenPos().x + label_, ImGui::GetCursorScreenPos().y});
      ImGui::PushID(static_cast<int>(i));
      const Hit h = row(look_, "name", false, {width_ - label_, look_.px(25)});
      ImGui::PopID();
      put_within(look_.body,
                 {h.min.x + look_.px(8), h.min.y + (look_.px(25) - look_.body->FontSize) / 2},
                 ink(render::house::text), names[i], width_ - label_ - look_.px(12));
      if (h.pressed) ask(commands_, records_page::TypeField{std::string(f.name), names[i]});
    }
  }

  void told(const geo::Message& wrong, const std::optional<geo::Message>& way_out) {
    ImGui::Indent(label_);
    paragraph(look_.small, ink(shade::people), say(l_, wrong));
    if (way_out) paragraph(look_.small, ink(render::house::muted), say(l_, *way_out));
    ImGui::Unindent(label_);
  }
  /// What is wrong with it, what else it is said to be, and where it is from.
  void below(const RecordField& f) {
    const data::TypedValue typed = records_page::form_value(page_, f);
    if (typed.wrong) told(*typed.wrong, typed.way_out);
    if (const auto* draft = page_.draft())
      for (const data::RuleBreak& b : draft->breaks)
        if (b.field == f.name) told(b.said, b.way_out);
    const data::SheetField* const known = page_.sheet ? page_.sheet->find(f.name) : nullptr;
    if (known == nullptr || !known->now) return;
    ImGui::Indent(label_);
    const auto tell = [&](const std::string& words, render::Colour colour) {
      paragraph(look_.small, ink(colour), words);
    };
    if (records_page::is_typed(page_, f.name))
      tell(say(l_, "records.instead_of", in_form(s_, page_, f, known->now->value)),
           render::house::muted);
    const data::ValueOrigin& from = known->now->from;
    // What the whole record was imported from is said once, at its head.
    if (!from.unit.empty()) tell(origin(l_, from), render::house::muted);
    if (!from.reason.empty()) tell(say(l_, "records.let_stand", from.reason), shade::chip_text);
    if (!known->rivals.empty()) {
      tell(say(l_, "records.conflict"), shade::people);
      int i = 0;
      for (const data::SheetValue& rival : known->rivals) {
        ImGui::PushID(i++);
        if (link(look_, "take", in_form(s_, page_, f, rival.value)) && may_) {
          const bool word = f.value == ValueKind::word;
          ask(commands_, records_page::TypeField{std::string(f.name),
                                                 !rival.value ? std::string()
                                                 : word       ? *rival.value
                                                        : in_form(s_, page_, f, rival.value)});
        }
        tell(origin(l_, rival.from), render::house::muted);
        ImGui::PopID();
      }
    }
    ImGui::Unindent(label_);
  }

  const AppState& s_;
  const Look& look_;
  const State& page_;
  Commands& commands_;
  Language l_;
  bool may_ = false;
  float width_ = 0, label_ = 0;
};

}  // namespace

std::string record_field_name(Language language, std::string_view field) {
  for (const FieldName& name : field_names)
    if (name.field == field) return say(language, name.name);
  return std::string(field);
}

std::string record_word(Language language, std::string_view field, std::string_view word) {
  for (const WordName& name : word_names)
    if (name.field == field && name.word == word) return say(language, name.name);
  return std::string(word);
}

void draw_record_fields(const AppState& s, const Look& look, const State& page,
                        Commands& commands) {
  Fields fields(s, look, page, commands);
  const Language l = s.view.language;
  // Where all that was not entered since is from.
  for (const data::SheetField& field : page.sheet->fields) {
    if (!field.now || !field.now->from.unit.empty()) continue;
    paragraph(look.small, ink(render::house::muted), origin(l, field.now->from));
    space(look, 8);
    break;
  }
  bool first = true;
  for (const Group& group : groups(page.chosen->kind)) {
    if (!first) space(look, 8);
    section(look, say(l, group.heading));
    if (std::exchange(first, false) && page.making() && page.chosen->kind != RecordKind::activity)
      fields.code();
    for (const std::string_view name : group.fields) {
      const data::RecordField* const field = data::find_field(page.chosen->kind, name);
      if (field == nullptr) continue;
      // Former communes are for what was imported of then.
      if (name == "former_unit" && !page.sheet->value(name)) continue;
      fields.field(*field);
      if (name == "place" && page.map_open) draw_record_map(s, look, page, commands);
    }
  }
}

}  // namespace app
