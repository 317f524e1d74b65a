#include "tests/render/golden.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace test {
namespace {

namespace fs = std::filesystem;

/// Grey where the pictures agree, red where they do not.
render::Image difference_picture(const render::Image& a, const render::Image& b, int tolerance) {
  render::Image out = a;
  if (a.rgba.size() != b.rgba.size()) return out;
  for (std::size_t i = 0; i < a.rgba.size(); i += 4) {
    bool differs = false;
    for (std::size_t c = 0; c < 4; ++c)
      differs = differs || std::abs(a.rgba[i + c] - b.rgba[i + c]) > tolerance;
    const auto pale =
        static_cast<std::uint8_t>(200 + (a.rgba[i] + a.rgba[i + 1] + a.rgba[i + 2]) / 3 / 5);
    out.rgba[i] = differs ? 220 : pale;
    out.rgba[i + 1] = differs ? 0 : pale;
    out.rgba[i + 2] = differs ? 0 : pale;
    out.rgba[i + 3] = 255;
  }
  return out;
}

}  // namespace

void expect_golden(const render::Image& actual, const std::string& name, double share,
                   int tolerance) {
  const fs::path golden =
      fs::path(PHUSONG_SOURCE_DIR) / "tests/golden" / ("render_" + name + ".png");
  const char* update = std::getenv("PHUSONG_UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") {
    fs::create_directories(golden.parent_path());
    render::write_png(actual, golden);
    std::puts(("wrote " + golden.string()).c_str());
    return;
  }
  const fs::path left = fs::path(PHUSONG_OUTPUT_DIR) / ("render_" + name + ".png");
  if (!fs::exists(golden)) {
    render::write_png(actual, left);
    FAIL() << "no golden picture " << golden << "; the actual one is " << left;
  }
  const render::Image wanted = render::read_png(golden);
  const double differs = render::difference(actual, wanted, tolerance);
  if (differs > share) {
    const fs::path marked = fs::path(PHUSONG_OUTPUT_DIR) / ("render_" + name + ".difference.png");
    render::write_png(actual, left);
    render::write_png(difference_picture(actual, wanted, tolerance), marked);
    ADD_FAILURE() << name << ": " << differs * 100 << "% of the pixels differ (at most "
                  << share * 100 << "%). Look at " << left << " and " << marked << ", against "
                  << golden;
  }
}

}  // namespace test
