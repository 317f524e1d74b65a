#include "tests/render/sound_page.hpp"

#include <gtest/gtest.h>

namespace test {

std::vector<render::PixelRect> boxes(const render::PageLayout& page) {
  std::vector<render::PixelRect> all;
  for (const auto& text : page.texts) all.push_back(text.box);
  for (const auto& mark : page.marks) all.push_back(mark.box);
  all.push_back(page.map);
  return all;
}

void expect_sound(const render::PageLayout& page, int width, int height) {
  const render::PixelRect paper{0, 0, static_cast<double>(width), static_cast<double>(height)};
  const auto all = boxes(page);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_TRUE(paper.contains(all[i]))
        << i << ": " << all[i].x << ' ' << all[i].y << ' ' << all[i].width << ' ' << all[i].height;
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      EXPECT_FALSE(all[i].intersects(all[j])) << i << ' ' << j << " at " << width << "×" << height;
    }
  }
}

}  // namespace test
