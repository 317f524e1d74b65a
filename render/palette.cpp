#include "render/palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "render/colour.hpp"

namespace render {
namespace {

double linear(std::uint8_t encoded) {
  const double c = encoded / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

std::vector<Colour> colours(std::initializer_list<std::uint32_t> hex) {
  std::vector<Colour> out;
  for (const std::uint32_t h : hex) out.push_back(rgb(h));
  return out;
}

/// More classes than a ramp has colours: evenly along it.
std::vector<Colour> along(const std::vector<Colour>& ramp, std::size_t count) {
  std::vector<Colour> out;
  for (std::size_t i = 0; i < count; ++i) {
    const double at = static_cast<double>(i) * static_cast<double>(ramp.size() - 1) /
                      static_cast<double>(count - 1);
    const auto low = std::min(static_cast<std::size_t>(at), ramp.size() - 2);
    const double t = at - static_cast<double>(low);
    const auto mix = [t](std::uint8_t a, std::uint8_t b) {
      return static_cast<std::uint8_t>(std::lround(a + t * (b - a)));
    };
    const Colour a = ramp[low], b = ramp[low + 1];
    out.push_back({mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b), 255});
  }
  return out;
}

// ColorBrewer 2 Oranges, darkest first. Its palest class is left out of each ramp: on this ground
// it could be taken for "not reported".
std::vector<Colour> warm(std::size_t count) {
  switch (count) {
    case 0:
      return {};
    case 1:
      return colours({0xe6550d});
    case 2:
      return colours({0xa63603, 0xfd8d3c});
    case 3:
      return colours({0xa63603, 0xe6550d, 0xfdae6b});
    case 4:
      return colours({0xa63603, 0xe6550d, 0xfd8d3c, 0xfdbe85});
    case 5:
      return colours({0xa63603, 0xe6550d, 0xfd8d3c, 0xfdae6b, 0xfdd0a2});
    case 6:
      return colours({0x8c2d04, 0xd94801, 0xf16913, 0xfd8d3c, 0xfdae6b, 0xfdd0a2});
    default:
      return along(colours({0x7f2704, 0xa63603, 0xd94801, 0xf16913, 0xfd8d3c, 0xfdae6b, 0xfdd0a2}),
                   count);
  }
}

// ColorBrewer 2 BuGn after a paler first class; the farther above the target the darker.
std::vector<Colour> cool(std::size_t count) {
  const std::vector<Colour> ramp =
      colours({0xc7e5df, 0x99d8c9, 0x66c2a4, 0x41ae76, 0x238b45, 0x006d2c});
  switch (count) {
    case 0:
      return {};
    case 1:
      return {ramp[0]};
    case 2:
      return {ramp[0], ramp[2]};
    case 3:
      return {ramp[0], ramp[2], ramp[4]};
    default:
      return count <= ramp.size()
                 ? std::vector<Colour>(ramp.begin(),
                                       ramp.begin() + static_cast<std::ptrdiff_t>(count))
                 : along(ramp, count);
  }
}

}  // namespace

double luminance(Colour colour) {
  return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
}

std::vector<Colour> target_palette(std::size_t below, std::size_t above) {
  std::vector<Colour> palette = warm(below);
  for (const Colour c : cool(above)) palette.push_back(c);
  return palette;
}

std::vector<Colour> sequential_palette(std::size_t classes) {
  switch (classes) {
    case 0:
      return {};
    case 1:
      return colours({0x6baed6});
    case 2:
      return colours({0x9ecae1, 0x3182bd});
    case 3:
      return colours({0xbdd7e7, 0x6baed6, 0x2171b5});
    case 4:
      return colours({0xbdd7e7, 0x6baed6, 0x3182bd, 0x08519c});
    case 5:
      return colours({0xdeebf7, 0x9ecae1, 0x6baed6, 0x3182bd, 0x08519c});
    case 6:
      return colours({0xdeebf7, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x084594});
    default:
      return along(colours({0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b}),
                   classes);
  }
}

}  // namespace render
