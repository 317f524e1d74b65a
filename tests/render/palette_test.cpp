#include "render/palette.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace {

using render::Colour;
using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

double linear(std::uint8_t c) {
  const double v = c / 255.0;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

Triple times(const Matrix& m, const Triple& v) {
  Triple out{};
  for (std::size_t r = 0; r < 3; ++r) out[r] = m[r][0] * v[0] + m[r][1] * v[1] + m[r][2] * v[2];
  return out;
}

// Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB.
constexpr Matrix normal{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix protanopia{{{0.152286, 1.052583, -0.204868},
                             {0.114503, 0.786281, 0.099216},
                             {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deuteranopia{{{0.367322, 0.860646, -0.227968},
                               {0.280085, 0.672501, 0.047413},
                               {-0.011820, 0.042940, 0.968881}}};

Triple lab(Colour c, const Matrix& eyes) {
  Triple rgb = times(eyes, {linear(c.r), linear(c.g), linear(c.b)});
  for (double& v : rgb) v = std::clamp(v, 0.0, 1.0);
  constexpr Matrix to_xyz{{{0.4124564, 0.3575761, 0.1804375},
                           {0.2126729, 0.7151522, 0.0721750},
                           {0.0193339, 0.1191920, 0.9503041}}};
  const Triple xyz = times(to_xyz, rgb);
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
  const double x = f(xyz[0] / 0.95047), y = f(xyz[1]), z = f(xyz[2] / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double delta_e(Colour a, Colour b, const Matrix& eyes) {
  const Triple p = lab(a, eyes), q = lab(b, eyes);
  return std::sqrt(std::pow(p[0] - q[0], 2) + std::pow(p[1] - q[1], 2) + std::pow(p[2] - q[2], 2));
}

void expect_told_apart(const std::vector<Colour>& colours, double floor) {
  for (const Matrix& eyes : {normal, protanopia, deuteranopia}) {
    for (std::size_t i = 0; i < colours.size(); ++i) {
      for (std::size_t j = i + 1; j < colours.size(); ++j) {
        EXPECT_GE(delta_e(colours[i], colours[j], eyes), floor)
            << i << " and " << j << " of " << colours.size();
      }
    }
  }
}

TEST(Palette, LuminanceIsTheStandardsOne) {
  EXPECT_DOUBLE_EQ(render::luminance(render::rgb(0xffffff)), 1);
  EXPECT_DOUBLE_EQ(render::luminance(render::rgb(0x000000)), 0);
  EXPECT_NEAR(render::luminance(render::rgb(0x808080)), 0.2158605, 1e-6);
}

TEST(Palette, TheTargetsOwnColours) {
  const auto colours = render::target_palette(4, 1);
  ASSERT_EQ(colours.size(), 5U);
  EXPECT_EQ(colours[0], render::rgb(0xa63603));
  EXPECT_EQ(colours[1], render::rgb(0xe6550d));
  EXPECT_EQ(colours[2], render::rgb(0xfd8d3c));
  EXPECT_EQ(colours[3], render::rgb(0xfdbe85));
  EXPECT_EQ(colours[4], render::rgb(0xc7e5df));
}

TEST(Palette, AsManyColoursAsAskedFor) {
  for (std::size_t below = 0; below <= 12; ++below) {
    for (std::size_t above = 0; above <= 9; ++above) {
      EXPECT_EQ(render::target_palette(below, above).size(), below + above);
    }
    EXPECT_EQ(render::sequential_palette(below).size(), below);
  }
}

TEST(Palette, GreyPrintKeepsTheOrder) {
  for (std::size_t below = 1; below <= 9; ++below) {
    const auto colours = render::target_palette(below, 1);
    for (std::size_t i = 1; i < colours.size(); ++i) {
      EXPECT_GT(render::luminance(colours[i]), render::luminance(colours[i - 1]))
          << below << ": " << i;
    }
  }
  for (std::size_t above = 2; above <= 8; ++above) {  // the farther above the target the darker
    const auto colours = render::target_palette(0, above);
    for (std::size_t i = 1; i < colours.size(); ++i) {
      EXPECT_LT(render::luminance(colours[i]), render::luminance(colours[i - 1]));
    }
  }
  for (std::size_t classes = 2; classes <= 9; ++classes) {
    const auto colours = render::sequential_palette(classes);
    for (std::size_t i = 1; i < colours.size(); ++i) {
      EXPECT_LT(render::luminance(colours[i]), render::luminance(colours[i - 1]));
    }
  }
}

TEST(Palette, ColourBlindEyesTellTheClassesApart) {
  for (std::size_t below = 1; below <= 5; ++below) {
    for (std::size_t above = 0; above <= 3; ++above) {
      expect_told_apart(render::target_palette(below, above), 9);
    }
  }
  for (std::size_t classes = 2; classes <= 6; ++classes) {
    expect_told_apart(render::sequential_palette(classes), 9);
  }
}

TEST(Palette, NoClassLooksLikeNotReportedOrLikeTheGround) {
  // The target's own paler teal is 5.7 from the ground for some eyes; a dark border parts the two.
  for (std::size_t below = 1; below <= 5; ++below) {
    for (const Colour c : render::target_palette(below, 3)) {
      EXPECT_GE(delta_e(c, render::house::not_reported, deuteranopia), 5);
      EXPECT_GE(delta_e(c, render::house::ground, protanopia), 5);
    }
  }
}

// Two colours that differ by nothing but what the missing cone sees, and so look alike.
struct Confused {
  render::Eye eye;
  std::uint32_t a, b;
};

std::vector<Colour> seen(std::vector<Colour> colours, render::Eye eye) {
  for (Colour& c : colours) c = render::as_seen(c, eye);
  return colours;
}
constexpr render::Eye colour_blind[] = {render::Eye::protanopia, render::Eye::deuteranopia,
                                        render::Eye::tritanopia};

TEST(AsSeen, GreysStayAndNormalEyesSeeWhatIsThere) {
  for (int v = 0; v <= 255; v += 5) {
    const auto grey = static_cast<std::uint8_t>(v);
    for (const render::Eye eye : {render::Eye::protanopia, render::Eye::deuteranopia,
                                  render::Eye::tritanopia, render::Eye::grey}) {
      const Colour c = render::as_seen({grey, grey, grey, 255}, eye);
      EXPECT_NEAR(c.r, v, 1);
      EXPECT_NEAR(c.g, v, 1);
      EXPECT_NEAR(c.b, v, 1);
    }
  }
  EXPECT_EQ(render::as_seen(render::rgb(0xd95f0e), render::Eye::normal), render::rgb(0xd95f0e));
}

TEST(AsSeen, SeeingTwiceChangesNothing) {
  for (const render::Eye eye : colour_blind) {
    for (const std::uint32_t hex : {0xd95f0eU, 0x2171b5U, 0x8c510aU, 0x35978fU, 0x99716aU}) {
      const Colour once = render::as_seen(render::rgb(hex), eye);
      // Colours at the edge of what a screen shows are cut off, so not exactly.
      EXPECT_LE(delta_e(once, render::as_seen(once, eye), normal), 3) << std::hex << hex;
    }
  }
}

TEST(AsSeen, KnownConfusionsLookAlike) {
  const Confused pairs[] = {
      {render::Eye::protanopia, 0x44cb63, 0xfeb861},
      {render::Eye::protanopia, 0x204f89, 0xd00088},
      {render::Eye::protanopia, 0x829868, 0xff8067},
      {render::Eye::deuteranopia, 0x3c5fd7, 0x9905d8},
      {render::Eye::deuteranopia, 0xfda9aa, 0x15e7a4},
      {render::Eye::deuteranopia, 0xe623b1, 0x0a9eac},
      {render::Eye::tritanopia, 0x44cb63, 0x5bbfc4},
      {render::Eye::tritanopia, 0x204f89, 0x4800d8},
      {render::Eye::tritanopia, 0x829868, 0x8d88c0},
  };
  for (const Confused& pair : pairs) {
    const Colour a = render::rgb(pair.a), b = render::rgb(pair.b);
    EXPECT_GE(delta_e(a, b, normal), 20) << "others tell them apart";
    EXPECT_LE(delta_e(render::as_seen(a, pair.eye), render::as_seen(b, pair.eye), normal), 3)
        << std::hex << pair.a << ' ' << pair.b;
    // Another model of the same eyes has them close as well.
    if (pair.eye == render::Eye::tritanopia) continue;
    const Matrix& other = pair.eye == render::Eye::protanopia ? protanopia : deuteranopia;
    EXPECT_LT(delta_e(a, b, other), 0.5 * delta_e(a, b, normal)) << std::hex << pair.a;
  }
}

TEST(AsSeen, GreyIsTheLuminance) {
  const Colour c = render::as_seen(render::rgb(0xe6550d), render::Eye::grey);
  EXPECT_EQ(c.r, c.g);
  EXPECT_EQ(c.g, c.b);
  EXPECT_NEAR(render::luminance(c), render::luminance(render::rgb(0xe6550d)), 0.004);
}

TEST(Ramps, AsManyColoursAsAskedForAndOrderedInGrey) {
  EXPECT_TRUE(render::palette("RdYlGn", 3, 3).empty()) << "not safe for colour-blind eyes";
  for (const render::Palette& p : render::palettes()) {
    for (std::size_t below = 0; below <= 8; ++below) {
      for (std::size_t above = 0; below + above <= 9; ++above) {
        const auto colours = render::palette(p.id, below, above);
        ASSERT_EQ(colours.size(), below + above) << p.id;
        for (std::size_t i = 1; i < colours.size(); ++i) {
          const double before = render::luminance(colours[i - 1]),
                       after = render::luminance(colours[i]);
          if (!p.diverging || i < below) {
            EXPECT_GT(after, before) << p.id << ' ' << below << '+' << above << ": " << i;
          } else if (i > below) {
            EXPECT_LT(after, before) << p.id << ' ' << below << '+' << above << ": " << i;
          }
        }
      }
    }
  }
}

TEST(Ramps, ColourBlindEyesTellNeighboursApart) {
  for (const render::Palette& p : render::palettes()) {
    for (const render::Eye eye : colour_blind) {
      for (const auto& [below, above] : {std::pair{3U, 3U}, {5U, 1U}, {2U, 3U}}) {
        const auto colours = seen(render::palette(p.id, below, above), eye);
        for (std::size_t i = 1; i < colours.size(); ++i) {
          EXPECT_GE(delta_e(colours[i - 1], colours[i], normal), 7)
              << p.id << ' ' << below << '+' << above << ", eye " << static_cast<int>(eye) << ": "
              << i;
        }
      }
    }
  }
}

TEST(Ramps, TheNineCellsAreToldApartByAllEyes) {
  const auto cells = render::two_way_palette();
  ASSERT_EQ(cells.size(), 9U);
  expect_told_apart(cells, 20);
  for (const render::Eye eye : colour_blind) {
    const auto colours = seen(cells, eye);
    for (std::size_t i = 0; i < 9; ++i) {
      for (std::size_t j = i + 1; j < 9; ++j) {
        EXPECT_GE(delta_e(colours[i], colours[j], normal), 20) << i << ' ' << j;
      }
    }
  }
  // The worst corner is the darkest, the best the palest: in grey print as well.
  for (std::size_t i = 1; i < 9; ++i) {
    EXPECT_LT(render::luminance(cells[0]), render::luminance(cells[i]));
    if (i == 8) continue;
    EXPECT_GT(render::luminance(cells[8]), render::luminance(cells[i]));
  }
}

}  // namespace
