#include "tests/render/same_picture.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace test {
namespace {

constexpr int tolerance = 12;

const std::uint8_t* pixel(const render::Image& image, int x, int y) {
  return image.rgba.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                              static_cast<std::size_t>(x)) *
                                 4;
}

bool on_edge(const render::Image& image, int x, int y) {
  for (int channel = 0; channel < 3; ++channel) {
    int least = 255, most = 0;
    for (int v = std::max(y - 1, 0); v <= std::min(y + 1, image.height - 1); ++v) {
      for (int u = std::max(x - 1, 0); u <= std::min(x + 1, image.width - 1); ++u) {
        const int value = pixel(image, u, v)[channel];
        least = std::min(least, value);
        most = std::max(most, value);
      }
    }
    if (most - least > tolerance) return true;
  }
  return false;
}

bool differ(const render::Image& a, const render::Image& b, int x, int y) {
  for (int channel = 0; channel < 3; ++channel) {
    if (std::abs(pixel(a, x, y)[channel] - pixel(b, x, y)[channel]) > tolerance) return true;
  }
  return false;
}

template <class Visit>
void each_compared(const render::Image& gl, const std::vector<render::PixelRect>& texts,
                   Visit visit) {
  std::vector<bool> text(static_cast<std::size_t>(gl.width) * static_cast<std::size_t>(gl.height));
  const auto at = [&](int x, int y) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(gl.width) +
           static_cast<std::size_t>(x);
  };
  for (const render::PixelRect& box : texts) {
    for (int y = std::max(static_cast<int>(box.y), 0);
         y < std::min(static_cast<int>(box.bottom()) + 1, gl.height); ++y) {
      for (int x = std::max(static_cast<int>(box.x), 0);
           x < std::min(static_cast<int>(box.right()) + 1, gl.width); ++x)
        text[at(x, y)] = true;
    }
  }
  for (int y = 0; y < gl.height; ++y) {
    for (int x = 0; x < gl.width; ++x) {
      if (!text[at(x, y)] && !on_edge(gl, x, y)) visit(x, y);
    }
  }
}

}  // namespace

Alike compare(const render::Image& gl, const render::Image& page,
              const std::vector<render::PixelRect>& texts, const render::PixelRect& map) {
  if (gl.width != page.width || gl.height != page.height) return {0, 1};
  double compared = 0, different = 0, in_map = 0;
  each_compared(gl, texts, [&](int x, int y) {
    ++compared;
    different += differ(gl, page, x, y) ? 1 : 0;
    in_map += map.contains({x + 0.0, y + 0.0, 1, 1}) ? 1 : 0;
  });
  return {in_map / (map.width * map.height), different / compared};
}

void keep(const render::Image& gl, const render::Image& page,
          const std::vector<render::PixelRect>& texts, const char* name) {
  const std::filesystem::path folder = PHUSONG_OUTPUT_DIR;
  const std::string stem = name;
  render::write_png(gl, folder / (stem + "_gl.png"));
  render::write_png(page, folder / (stem + "_page.png"));
  if (gl.width != page.width || gl.height != page.height) return;
  render::Image apart = page;
  for (std::size_t i = 0; i < apart.rgba.size(); ++i) {
    if (i % 4 != 3) apart.rgba[i] = static_cast<std::uint8_t>(192 + apart.rgba[i] / 4);
  }
  each_compared(gl, texts, [&](int x, int y) {
    if (!differ(gl, page, x, y)) return;
    auto* at = const_cast<std::uint8_t*>(pixel(apart, x, y));
    at[0] = 255;
    at[1] = at[2] = 0;
  });
  render::write_png(apart, folder / (stem + "_apart.png"));
}

}  // namespace test
