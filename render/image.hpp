#pragma once
#include <cstdint>
#include <filesystem>
#include <vector>

namespace render {

/// RGBA, 8 bits, sRGB-encoded, rows from the top.
struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;
};

/// Written to a temporary file beside it and renamed: never half a picture. Error (io) otherwise.
/// `dots_per_inch`: how large it is on paper; 0: not said.
void write_png(const Image& image, const std::filesystem::path& file, double dots_per_inch = 0);
Image read_png(const std::filesystem::path& file);

/// Share of pixels that differ by more than `tolerance` in any channel; 1 when sizes differ. For
/// golden pictures.
double difference(const Image& a, const Image& b, int tolerance);

}  // namespace render
