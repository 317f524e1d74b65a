#pragma once
#include <cstdint>

namespace render {

/// sRGB-encoded, as written in CSS; alpha is linear and not premultiplied.
struct Colour {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  bool operator==(const Colour&) const = default;
};
/// 0x0b3a75 → Colour
constexpr Colour rgb(std::uint32_t hex, std::uint8_t alpha = 255) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8),
          static_cast<std::uint8_t>(hex), alpha};
}
/// Relative luminance (WCAG 2), 0…1.
double luminance(Colour colour);

/// The colours of the house (look.md), for map and panels alike.
namespace house {
inline constexpr Colour ground = rgb(0xeef0f2), panel = rgb(0xffffff), hairline = rgb(0xd9dce1),
                        text = rgb(0x1a1a1a), muted = rgb(0x6b6f76), accent = rgb(0x0b3a75),
                        selection = rgb(0x0b5fff), not_reported = rgb(0xf4f4f4);
}

}  // namespace render
