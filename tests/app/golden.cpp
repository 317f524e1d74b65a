#include "tests/app/golden.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace desk_test {
namespace {

std::filesystem::path output(const std::string& name) {
  std::filesystem::create_directories(PHUSONG_OUTPUT_DIR);
  return std::filesystem::path(PHUSONG_OUTPUT_DIR) / name;
}

}  // namespace

void expect_golden(const render::Image& picture, const std::string& name) {
  const std::filesystem::path golden =
      std::filesystem::path(PHUSONG_SOURCE_DIR) / "tests/golden" / name;
  if (std::getenv("PHUSONG_UPDATE_GOLDEN")) {
    render::write_png(picture, golden);
    GTEST_SKIP() << "wrote " << golden;
  }
  render::write_png(picture, output(name));
  const render::Image wanted = render::read_png(golden);
  ASSERT_EQ(picture.width, wanted.width);
  ASSERT_EQ(picture.height, wanted.height);
  const double share = render::difference(picture, wanted, 24);
  EXPECT_LT(share, 0.005) << "see " << output(name) << " and its difference";
  if (share >= 0.005) {
    render::Image difference = picture;
    for (std::size_t i = 0; i < difference.rgba.size(); ++i) {
      const int d = std::abs(int{picture.rgba[i]} - int{wanted.rgba[i]});
      difference.rgba[i] = i % 4 == 3 ? 255 : static_cast<std::uint8_t>(255 - d);
    }
    render::write_png(difference, output("difference_" + name));
  }
}

}  // namespace desk_test
