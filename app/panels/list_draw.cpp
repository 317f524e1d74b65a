#include "app/panels/list_draw.hpp"

#include <algorithm>
#include <cmath>

namespace app {
namespace {
using render::house::accent;
using render::house::hairline;
using render::house::muted;
}  // namespace

float list_height(const Look& look) { return look.px(28); }

ListShape list_shape(const Look& look, std::vector<ListColumn> columns) {
  ListShape out;
  out.width = ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ScrollbarSize;
  const float gap = look.px(14), inset = look.px(6);
  float fixed = 2 * inset + gap * static_cast<float>(columns.size() - 1), words = 0;
  int open = 0;
  for (const ListColumn& c : columns) {
    fixed += look.px(c.width);
    words += c.right ? 0 : look.px(c.width);
    open += c.width > 0 ? 0 : 1;
  }
  // Where it is narrow, columns of words give way to the open ones; a number cut short would lie.
  const float lacking = look.px(120) * static_cast<float>(open) - (out.width - fixed);
  const float given = std::clamp(lacking, 0.0F, words * 0.4F);
  const float narrower = words > 0 ? 1 - given / words : 1;
  const float share =
      open == 0 ? 0 : std::max(out.width - fixed + given, 0.0F) / static_cast<float>(open);
  float x = inset;
  for (const ListColumn& c : columns) {
    const float width = c.width > 0 ? look.px(c.width) * (c.right ? 1 : narrower) : share;
    out.left.push_back(x);
    out.right.push_back(x + width);
    x += width + gap;
  }
  out.columns = std::move(columns);
  return out;
}

void list_heads(const Look& look, const ListShape& shape) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = look.px(24), y = at.y + (height - look.small->FontSize) / 2;
  for (std::size_t i = 0; i < shape.columns.size(); ++i) {
    const ListColumn& c = shape.columns[i];
    const float width = shape.right[i] - shape.left[i];
    const float used = std::min(size_of(look.small, c.title).x, width);
    put_within(look.small, {at.x + (c.right ? shape.right[i] - used : shape.left[i]), y},
               ink(muted), c.title, width + 1);
  }
  ImGui::GetWindowDrawList()->AddLine({at.x, at.y + height}, {at.x + shape.width, at.y + height},
                                      ink(hairline), look.px(1));
  ImGui::Dummy({shape.width, height + look.px(2)});
}

Hit list_row(const Look& look, int id, bool chosen, const ListShape& shape,
             const std::vector<ListCell>& cells) {
  ImGui::PushID(id);
  const Hit h = row(look, "row", chosen, {shape.width, list_height(look)});
  ImGui::PopID();
  const float mouse = ImGui::GetIO().MousePos.x;
  for (std::size_t i = 0; i < cells.size() && i < shape.columns.size(); ++i) {
    const ListCell& cell = cells[i];
    ImFont* font = cell.bold ? look.body_bold : look.body;
    const float width = shape.right[i] - shape.left[i], wanted = size_of(font, cell.text).x;
    const float y = h.min.y + (list_height(look) - font->FontSize) / 2;
    const float used = std::min(wanted, width);
    put_within(font,
               {h.min.x + (shape.columns[i].right ? shape.right[i] - used : shape.left[i]), y},
               ink(cell.colour), cell.text, width + 1);
    if (h.hovered && wanted > width + 1 && mouse >= h.min.x + shape.left[i] &&
        mouse < h.min.x + shape.right[i])
      tip(look, cell.text);
  }
  return h;
}

bool radio(const Look& look, const char* id, std::string_view text, bool on, bool enabled) {
  const float box = look.px(16), height = look.px(26);
  if (!enabled) ImGui::BeginDisabled();
  const Hit h = row(look, id, false, {box + look.px(20) + size_of(look.body, text).x, height});
  if (!enabled) ImGui::EndDisabled();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const double faint = enabled ? 1 : 0.45;
  const ImVec2 middle(h.min.x + look.px(4) + box / 2, h.min.y + height / 2);
  list->AddCircle(middle, box / 2, ink(on ? accent : muted, faint), 0, look.px(1.2));
  if (on) list->AddCircleFilled(middle, box / 4, ink(accent, faint));
  put(look.body, {h.min.x + look.px(12) + box, h.min.y + (height - look.body->FontSize) / 2},
      ink(render::house::text, faint), text);
  return h.pressed && enabled;
}

int tabs(const Look& look, const char* id, std::initializer_list<std::string> names, int chosen) {
  ImGui::PushID(id);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = look.px(34);
  float x = at.x - look.px(12);  // the first name stands under the heading
  int out = -1, i = 0;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddLine({at.x, at.y + height}, {at.x + ImGui::GetContentRegionAvail().x, at.y + height},
                ink(hairline), look.px(1));
  for (const std::string& name : names) {
    const bool on = i == chosen;
    ImFont* font = on ? look.body_bold : look.body;
    const float width = size_of(look.body_bold, name).x + look.px(24);
    ImGui::SetCursorScreenPos({x, at.y});
    ImGui::PushID(i);
    const Hit h = hit(look, "tab", {width, height});
    ImGui::PopID();
    put_centred(font, {x + width / 2, at.y + (height - font->FontSize) / 2},
                ink(on || h.hovered ? accent : render::house::text), name);
    if (on)
      list->AddRectFilled({x + look.px(6), at.y + height - look.px(2)},
                          {x + width - look.px(6), at.y + height + look.px(1)}, ink(accent));
    if (h.pressed && !on) out = i;
    x += width;
    ++i;
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({1, height + look.px(14)});
  ImGui::PopID();
  return out;
}

}  // namespace app
