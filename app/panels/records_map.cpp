#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "app/panels/page_ask.hpp"
#include "app/panels/plan_draw.hpp"
#include "app/panels/records_draw.hpp"
#include "data/operation_fields.hpp"

namespace app {
namespace {

using records_page::State;

/// Degrees to pixels: upright, and as wide as they are at that latitude.
struct Frame {
  double lon = 0, lat = 0, scale = 1, narrow = 1;  ///< the middle; pixels of a degree of latitude
  ImVec2 middle;

  ImVec2 pixel(geo::LonLat p) const {
    return {middle.x + static_cast<float>((p.lon - lon) * narrow * scale),
            middle.y - static_cast<float>((p.lat - lat) * scale)};
  }
  geo::LonLat place(ImVec2 p) const {
    return {lon + static_cast<double>(p.x - middle.x) / scale / narrow,
            lat - static_cast<double>(p.y - middle.y) / scale};
  }
};

Frame frame_of(const geo::GeoShape& shape, ImVec2 at, ImVec2 size, float margin) {
  double west = 180, east = -180, south = 90, north = -90;
  for (const auto& polygon : shape) {
    for (const geo::LonLat p : polygon.outer) {
      west = std::min(west, p.lon);
      east = std::max(east, p.lon);
      south = std::min(south, p.lat);
      north = std::max(north, p.lat);
    }
  }
  Frame f;
  f.lon = (west + east) / 2;
  f.lat = (south + north) / 2;
  f.narrow = std::cos(f.lat * std::numbers::pi / 180);
  const double wide = static_cast<double>(size.x - 2 * margin);
  const double high = static_cast<double>(size.y - 2 * margin);
  f.scale = std::min(wide / std::max(1e-6, (east - west) * f.narrow),
                     high / std::max(1e-6, north - south));
  f.middle = {at.x + size.x / 2, at.y + size.y / 2};
  return f;
}

void outline(const Look& look, const geo::GeoShape& shape, const Frame& f) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  std::vector<ImVec2> points;
  const auto ring = [&](const geo::Ring<geo::LonLat>& all) {
    points.clear();
    for (const geo::LonLat p : all) {
      const ImVec2 q = f.pixel(p);
      // What is closer together than a pixel cannot be told apart.
      if (points.empty() || std::abs(q.x - points.back().x) + std::abs(q.y - points.back().y) > 1)
        points.push_back(q);
    }
    list->AddPolyline(points.data(), static_cast<int>(points.size()), ink(render::house::accent),
                      ImDrawFlags_Closed, look.px(1.4));
  };
  for (const auto& polygon : shape) {
    ring(polygon.outer);
    for (const auto& hole : polygon.holes) ring(hole);
  }
}

}  // namespace

void draw_record_map(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  if (!page.map || page.map->shape.empty()) {
    paragraph(look.small, ink(render::house::muted),
              say(l, page.map ? "records.map_none" : "records.map_unit_first"));
    return;
  }
  const ImVec2 size(ImGui::GetContentRegionAvail().x, look.px(250));
  const Hit h = hit(look, "map", size);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(h.min, h.max, ink(render::house::ground), look.px(5));
  list->PushClipRect(h.min, h.max, true);
  const Frame f = frame_of(page.map->shape, h.min, size, look.px(12));
  outline(look, page.map->shape, f);
  for (const data::RecordRow& row : page.book->settlements) {
    if (row.home != page.map->unit || row.record == page.chosen) continue;
    if (const auto& text = row.cell("place"))
      if (const auto at = data::place_value(*text))
        list->AddCircleFilled(f.pixel({at->lon, at->lat}), look.px(2.2), ink(shade::dot));
  }
  const data::RecordField& field = *data::find_field(page.chosen->kind, "place");
  const auto now = page.sheet ? page.sheet->value("place") : std::nullopt;
  const auto typed = records_page::form_value(page, field).value;
  if (const auto at = now ? data::place_value(*now) : std::nullopt)
    list->AddCircle(f.pixel({at->lon, at->lat}), look.px(6), ink(render::house::muted), 0,
                    look.px(1.6));
  if (const auto at = typed ? data::place_value(*typed) : std::nullopt) {
    const ImVec2 p = f.pixel({at->lon, at->lat});
    list->AddCircleFilled(p, look.px(6), ink(render::house::panel));
    list->AddCircleFilled(p, look.px(4.5), ink(render::house::selection));
  }
  list->PopClipRect();
  const bool may = !page.read_only && page.sheet && !page.sheet->not_ours;
  if (h.hovered && may) {
    const geo::LonLat at = f.place(ImGui::GetIO().MousePos);
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    tip(look, say(l, "records.map_here", number(l, at.lon, 5), number(l, at.lat, 5)));
    // Half a pixel is some metres: more digits would only look exact.
    const auto digits = [](double degrees) { return std::round(degrees * 1e5) / 1e5; };
    if (h.pressed)
      ask(commands,
          records_page::TypeField{
              "place", data::form_text(*page.book, field,
                                       data::place_text(digits(at.lon), digits(at.lat)))});
  }
  paragraph(look.small, ink(render::house::muted), say(l, "records.map_hint"));
  // Opened below what is on the screen, it comes there, once.
  int& drawn = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("map drawn"));
  const bool opened = drawn + 1 < ImGui::GetFrameCount();
  drawn = ImGui::GetFrameCount();
  if (opened && ImGui::GetItemRectMax().y > ImGui::GetWindowPos().y + ImGui::GetWindowHeight())
    ImGui::SetScrollHereY(1);
}

}  // namespace app
