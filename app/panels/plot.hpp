#pragma once
#include <string>
#include <vector>

#include "app/panels/draw.hpp"

namespace app {

/// A rectangle of the screen with values along its sides.
struct Plot {
  ImVec2 min, max;
  double x0 = 0, x1 = 1, y0 = 0, y1 = 1;

  float x(double value) const {
    return min.x + (max.x - min.x) * static_cast<float>((value - x0) / (x1 - x0));
  }
  float y(double value) const {
    return max.y - (max.y - min.y) * static_cast<float>((value - y0) / (y1 - y0));
  }
  double value_at(float screen_x) const {
    return x0 + (x1 - x0) * static_cast<double>((screen_x - min.x) / (max.x - min.x));
  }
};

/// Round values from low to high, at most `most` of them.
std::vector<double> round_steps(double low, double high, std::size_t most);

/// Hairlines across the plot with their values to the left, and values under it. `write` says a
/// value in words.
template <class Write>
void draw_y_axis(const Look& look, const Plot& p, std::size_t most, Write write) {
  for (const double value : round_steps(p.y0, p.y1, most)) {
    const float y = p.y(value);
    ImGui::GetWindowDrawList()->AddLine({p.min.x, y}, {p.max.x, y}, ink(shade::trough), look.px(1));
    put_right(look.small, {p.min.x - look.px(6), y - look.small->FontSize / 2},
              ink(render::house::muted), write(value));
  }
}
template <class Write>
void draw_x_axis(const Look& look, const Plot& p, std::size_t most, Write write) {
  ImGui::GetWindowDrawList()->AddLine({p.min.x, p.max.y}, {p.max.x, p.max.y},
                                      ink(render::house::hairline), look.px(1));
  for (const double value : round_steps(p.x0, p.x1, most)) {
    const float x = p.x(value);
    ImGui::GetWindowDrawList()->AddLine({x, p.max.y}, {x, p.max.y + look.px(4)},
                                        ink(render::house::hairline), look.px(1));
    put_centred(look.small, {x, p.max.y + look.px(4)}, ink(render::house::muted), write(value));
  }
}

}  // namespace app
