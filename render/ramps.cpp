#include <algorithm>
#include <array>
#include <cmath>

#include "render/palette.hpp"

namespace render {
namespace {

// ColorBrewer 2 (Harrower and Brewer 2003), those it marks as safe for colour-blind eyes.
struct Sequential {
  std::string_view id;
  std::array<std::uint32_t, 9> pale_to_dark;
};
constexpr Sequential sequential[] = {
    {"Oranges",
     {0xfff5eb, 0xfee6ce, 0xfdd0a2, 0xfdae6b, 0xfd8d3c, 0xf16913, 0xd94801, 0xa63603, 0x7f2704}},
    {"YlOrBr",
     {0xffffe5, 0xfff7bc, 0xfee391, 0xfec44f, 0xfe9929, 0xec7014, 0xcc4c02, 0x993404, 0x662506}},
    {"Blues",
     {0xf7fbff, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b}},
    {"Purples",
     {0xfcfbfd, 0xefedf5, 0xdadaeb, 0xbcbddc, 0x9e9ac8, 0x807dba, 0x6a51a3, 0x54278f, 0x3f007d}},
    {"Greens",
     {0xf7fcf5, 0xe5f5e0, 0xc7e9c0, 0xa1d99b, 0x74c476, 0x41ab5d, 0x238b45, 0x006d2c, 0x00441b}},
    {"YlGnBu",
     {0xffffd9, 0xedf8b1, 0xc7e9b4, 0x7fcdbb, 0x41b6c4, 0x1d91c0, 0x225ea8, 0x253494, 0x081d58}},
    {"PuBuGn",
     {0xfff7fb, 0xece2f0, 0xd0d1e6, 0xa6bddb, 0x67a9cf, 0x3690c0, 0x02818a, 0x016c59, 0x014636}},
    {"BuPu",
     {0xf7fcfd, 0xe0ecf4, 0xbfd3e6, 0x9ebcda, 0x8c96c6, 0x8c6bb1, 0x88419d, 0x810f7c, 0x4d004b}},
};
struct Diverging {
  std::string_view id;
  std::array<std::uint32_t, 5> below, above;  ///< both from dark to pale
};
constexpr Diverging diverging[] = {
    {"PuOr",
     {0x7f3b08, 0xb35806, 0xe08214, 0xfdb863, 0xfee0b6},
     {0x2d004b, 0x542788, 0x8073ac, 0xb2abd2, 0xd8daeb}},
    {"BrBG",
     {0x543005, 0x8c510a, 0xbf812d, 0xdfc27d, 0xf6e8c3},
     {0x003c30, 0x01665e, 0x35978f, 0x80cdc1, 0xc7eae5}},
    {"RdYlBu",
     {0xa50026, 0xd73027, 0xf46d43, 0xfdae61, 0xfee090},
     {0x313695, 0x4575b4, 0x74add1, 0xabd9e9, 0xe0f3f8}},
    {"RdBu",
     {0x67001f, 0xb2182b, 0xd6604d, 0xf4a582, 0xfddbc7},
     {0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0}},
    {"PiYG",
     {0x8e0152, 0xc51b7d, 0xde77ae, 0xf1b6da, 0xfde0ef},
     {0x276419, 0x4d9221, 0x7fbc41, 0xb8e186, 0xe6f5d0}},
    {"PRGn",
     {0x40004b, 0x762a83, 0x9970ab, 0xc2a5cf, 0xe7d4e8},
     {0x00441b, 0x1b7837, 0x5aae61, 0xa6dba0, 0xd9f0d3}},
};

Colour between(Colour a, Colour b, double t) {
  const auto mix = [t](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(std::lround(x + t * (y - x)));
  };
  return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b), 255};
}

/// `count` colours evenly along a ramp, both ends included; one alone from its middle.
template <std::size_t size>
std::vector<Colour> along(const std::array<std::uint32_t, size>& ramp, std::size_t first,
                          std::size_t last, std::size_t count) {
  std::vector<Colour> out;
  for (std::size_t i = 0; i < count; ++i) {
    const double share = count == 1 ? 0.5 : static_cast<double>(i) / static_cast<double>(count - 1);
    const double at = static_cast<double>(first) + share * static_cast<double>(last - first);
    const std::size_t low = std::min(static_cast<std::size_t>(at), size - 2);
    out.push_back(between(rgb(ramp[low]), rgb(ramp[low + 1]), at - static_cast<double>(low)));
  }
  return out;
}

/// The palest of a side only where the classes need it: it is not far from the ground.
std::vector<Colour> side(const std::array<std::uint32_t, 5>& dark_to_pale, std::size_t count) {
  return along(dark_to_pale, count > 3 ? 0 : 1, count > 3 ? 4 : 3, count);
}

using Triple = std::array<double, 3>;

// Linear RGB to the excitation of the three kinds of cone (Smith and Pokorny 1975), as in Viénot,
// Brettel and Mollon 1999.
constexpr std::array<Triple, 3> to_cones{
    {{17.8824, 43.5161, 4.11935}, {3.45565, 27.1554, 3.86714}, {0.0299566, 0.184309, 1.46709}}};

// The same in the units that the lights below are given in.
constexpr std::array<Triple, 3> to_cones_of_lights{{{0.05059983, 0.08585369, 0.00952420},
                                                    {0.01893033, 0.08925308, 0.01370054},
                                                    {0.00292202, 0.00975732, 0.07145979}}};

Triple times(const std::array<Triple, 3>& m, const Triple& v) {
  Triple out{};
  for (std::size_t r = 0; r < 3; ++r) out[r] = m[r][0] * v[0] + m[r][1] * v[1] + m[r][2] * v[2];
  return out;
}

Triple cross(const Triple& a, const Triple& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

double dot(const Triple& a, const Triple& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/// Cone excitations to linear RGB: the inverse by Cramer's rule.
Triple from_cones(const std::array<Triple, 3>& to, const Triple& lms) {
  const Triple a{to[0][0], to[1][0], to[2][0]}, b{to[0][1], to[1][1], to[2][1]},
      c{to[0][2], to[1][2], to[2][2]};
  const double whole = dot(a, cross(b, c));
  return {dot(lms, cross(b, c)) / whole, dot(a, cross(lms, c)) / whole,
          dot(a, cross(b, lms)) / whole};
}

/// The cone that is missing answers as it must for the colour to lie in the plane of those that
/// such eyes see alike: through white, and (Brettel, Viénot and Mollon 1997) on either side of the
/// neutral axis through the light of 660 or 485 nm.
Triple without_cone(Triple lms, Eye eye) {
  switch (eye) {
    case Eye::protanopia:
      lms[0] = 2.02344 * lms[1] - 2.52581 * lms[2];
      break;
    case Eye::deuteranopia:
      lms[1] = 0.494207 * lms[0] + 1.24827 * lms[2];
      break;
    case Eye::tritanopia: {
      constexpr Triple red{0.0914, 0.007009, 0}, blue{0.1284, 0.2237, 0.3636};
      const Triple white = times(to_cones_of_lights, {1, 1, 1});
      const Triple plane = cross(white, lms[1] * white[0] < lms[0] * white[1] ? red : blue);
      lms[2] = -(plane[0] * lms[0] + plane[1] * lms[1]) / plane[2];
      break;
    }
    case Eye::normal:
    case Eye::grey:
      break;
  }
  return lms;
}

double linear(std::uint8_t encoded) {
  const double c = encoded / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

std::uint8_t encoded(double light) {
  const double c = std::clamp(light, 0.0, 1.0);
  const double v = c <= 0.0031308 ? c * 12.92 : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::lround(v * 255));
}

}  // namespace

const std::vector<Palette>& palettes() {
  static const std::vector<Palette> all = [] {
    std::vector<Palette> out;
    for (const Sequential& ramp : sequential) out.push_back({ramp.id, false});
    for (const Diverging& ramp : diverging) out.push_back({ramp.id, true});
    return out;
  }();
  return all;
}

std::vector<Colour> palette(std::string_view id, std::size_t below, std::size_t above) {
  for (const Sequential& ramp : sequential) {
    if (ramp.id != id) continue;
    // The two palest are left out: on this ground they could be taken for "not reported".
    std::vector<Colour> colours = along(ramp.pale_to_dark, 2, 8, below + above);
    std::reverse(colours.begin(), colours.end());
    return colours;
  }
  for (const Diverging& ramp : diverging) {
    if (ramp.id != id) continue;
    std::vector<Colour> colours = side(ramp.below, below), cool = side(ramp.above, above);
    colours.insert(colours.end(), cool.rbegin(), cool.rend());
    return colours;
  }
  return {};
}

std::vector<Colour> two_way_palette() {
  // Dark where both are low, orange and blue (which all eyes tell apart) where one is, pale where
  // neither is; between these four evenly in CIELAB.
  std::vector<Colour> out;
  for (const std::uint32_t hex : {0x3b1a0aU, 0x863b11U, 0xd95f0eU, 0x49435bU, 0x99716aU, 0xeaa278U,
                                  0x2171b5U, 0x93a8c9U, 0xe6e4dcU})
    out.push_back(rgb(hex));
  return out;
}

Colour as_seen(Colour colour, Eye eye) {
  if (eye == Eye::normal) return colour;
  if (eye == Eye::grey) {
    const std::uint8_t grey = encoded(luminance(colour));
    return {grey, grey, grey, colour.a};
  }
  const Triple light{linear(colour.r), linear(colour.g), linear(colour.b)};
  const auto& to = eye == Eye::tritanopia ? to_cones_of_lights : to_cones;
  const Triple seen = from_cones(to, without_cone(times(to, light), eye));
  return {encoded(seen[0]), encoded(seen[1]), encoded(seen[2]), colour.a};
}

}  // namespace render
