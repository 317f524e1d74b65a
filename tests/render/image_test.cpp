#include "render/image.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "geo/error.hpp"

namespace {

namespace fs = std::filesystem;

class Picture : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(PHUSONG_OUTPUT_DIR) / ("image-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override {
    std::error_code ignored;
    fs::permissions(folder_, fs::perms::owner_all, ignored);
    fs::remove_all(folder_, ignored);
  }
  static render::Image gradient(int width, int height) {
    render::Image image{width, height, {}};
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        for (const int v : {x * 7, y * 11, x * y, 255 - (x & 7)}) {
          image.rgba.push_back(static_cast<std::uint8_t>(v));
        }
      }
    }
    return image;
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  template <class Act>
  static std::string error_of(Act act) {
    try {
      act();
    } catch (const geo::Error& e) {
      EXPECT_EQ(e.kind, geo::ErrorKind::io);
      EXPECT_FALSE(e.where.empty());
      EXPECT_FALSE(e.remedy.id.empty());
      return e.message.id;
    }
    return "no error";
  }
  fs::path folder_;
};

TEST_F(Picture, ComesBackAsItWasWritten) {
  const render::Image image = gradient(37, 23);
  const fs::path file = folder_ / "ảnh.png";
  render::write_png(image, file);
  const render::Image back = render::read_png(file);
  EXPECT_EQ(back.width, 37);
  EXPECT_EQ(back.height, 23);
  EXPECT_EQ(back.rgba, image.rgba);
  EXPECT_EQ(files(), 1U);
}

TEST_F(Picture, WithoutAnythingToSeeThroughItNeedsNoFourthChannel) {
  render::Image image = gradient(40, 30);
  render::write_png(image, folder_ / "seen_through.png");
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba[i] = 255;
  render::write_png(image, folder_ / "opaque.png");
  EXPECT_EQ(render::read_png(folder_ / "opaque.png").rgba, image.rgba);
  // The colour type is the 26th byte of a PNG: 2 is RGB, 6 RGB with alpha.
  const auto colour_type = [&](const char* name) {
    std::ifstream in(folder_ / name, std::ios::binary);
    in.seekg(25);
    return in.get();
  };
  EXPECT_EQ(colour_type("opaque.png"), 2);
  EXPECT_EQ(colour_type("seen_through.png"), 6);
}

TEST_F(Picture, NoPictureWithoutPixels) {
  try {
    render::write_png({}, folder_ / "empty.png");
    FAIL() << "no error";
  } catch (const geo::Error& e) {
    EXPECT_EQ(e.message.id, "render.cannot_encode");
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(Picture, ReplacesAnOlderOneWhole) {
  render::write_png(gradient(50, 50), folder_ / "a.png");
  render::write_png(gradient(5, 4), folder_ / "a.png");
  EXPECT_EQ(render::read_png(folder_ / "a.png").width, 5);
  EXPECT_EQ(files(), 1U);
}

TEST_F(Picture, NoFolderNamedSo) {
  EXPECT_EQ(error_of([&] { render::write_png(gradient(4, 4), folder_ / "none" / "a.png"); }),
            "render.no_folder");
}

TEST_F(Picture, AFolderIsNoPicture) {
  fs::create_directory(folder_ / "a.png");
  EXPECT_EQ(error_of([&] { render::write_png(gradient(4, 4), folder_ / "a.png"); }),
            "render.is_folder");
}

TEST_F(Picture, FolderWithoutPermission) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(error_of([&] { render::write_png(gradient(4, 4), folder_ / "a.png"); }),
            "render.not_writable");
}

TEST_F(Picture, NoRoomLeavesTheOldPictureAndNothingElse) {
  const fs::path file = folder_ / "a.png";
  render::write_png(gradient(4, 4), file);
  // A limit on the size of files stands in for a full disk: the write fails half-way as it would
  // there.
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string error = error_of([&] { render::write_png(gradient(300, 300), file); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_EQ(error, "render.disk_full");
  EXPECT_EQ(render::read_png(file).width, 4);
  EXPECT_EQ(files(), 1U);
}

TEST_F(Picture, NotAPngIsAnError) {
  std::ofstream(folder_ / "b.png") << "this is not a picture";
  EXPECT_EQ(error_of([&] { render::read_png(folder_ / "b.png"); }), "render.cannot_read_picture");
  EXPECT_EQ(error_of([&] { render::read_png(folder_ / "none.png"); }),
            "render.cannot_read_picture");
}

TEST_F(Picture, DifferenceIsTheShareOfPixelsBeyondTheTolerance) {
  const render::Image a = gradient(10, 10);
  render::Image b = a;
  EXPECT_EQ(render::difference(a, b, 0), 0);
  b.rgba[4 * 33 + 1] = static_cast<std::uint8_t>(b.rgba[4 * 33 + 1] ^ 0x40U);
  b.rgba[4 * 50] = static_cast<std::uint8_t>(b.rgba[4 * 50] ^ 0x01U);
  EXPECT_DOUBLE_EQ(render::difference(a, b, 0), 0.02);
  EXPECT_DOUBLE_EQ(render::difference(a, b, 4), 0.01);
  EXPECT_DOUBLE_EQ(render::difference(a, gradient(10, 9), 255), 1);
}

}  // namespace
