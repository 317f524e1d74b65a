#include "render/image.hpp"

#include <png.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <system_error>

#include "geo/error.hpp"

namespace render {
namespace {

geo::Error cannot_write(const std::filesystem::path& file, int reason) {
  using geo::msg;
  const std::string where = file.string();
  switch (reason) {
    case ENOSPC:
    case EFBIG:
#ifdef EDQUOT
    case EDQUOT:
#endif
      return {geo::ErrorKind::io, msg("render.disk_full"), where, msg("render.free_space")};
    case ENOENT:
    case ENOTDIR:
      return {geo::ErrorKind::io, msg("render.no_folder"), where, msg("render.choose_folder")};
    case EACCES:
    case EPERM:
    case EROFS:
      return {geo::ErrorKind::io, msg("render.not_writable"), where, msg("render.choose_writable")};
    case EISDIR:
      return {geo::ErrorKind::io, msg("render.is_folder"), where, msg("render.choose_file_name")};
    default:
      return {geo::ErrorKind::io, msg("render.cannot_write", std::strerror(reason)), where,
              msg("render.choose_writable")};
  }
}

geo::Error cannot_read(const std::filesystem::path& file, const std::string& reason) {
  return {geo::ErrorKind::io, geo::msg("render.cannot_read_picture", reason), file.string(),
          geo::msg("render.give_png")};
}

png_image png_header() {
  png_image png;
  std::memset(&png, 0, sizeof png);
  png.version = PNG_IMAGE_VERSION;
  return png;
}

/// Beside the picture, so that renaming never crosses a file system.
std::filesystem::path unfinished_name(const std::filesystem::path& file) {
  std::random_device random;
  std::filesystem::path name = file;
  name += "." + std::to_string(random()) + ".part";
  return name;
}

}  // namespace

void write_png(const Image& image, const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) throw cannot_write(file, EISDIR);

  png_image png = png_header();
  png.width = static_cast<png_uint_32>(image.width);
  png.height = static_cast<png_uint_32>(image.height);
  png.format = PNG_FORMAT_RGBA;
  std::vector<char> bytes(PNG_IMAGE_PNG_SIZE_MAX(png));
  png_alloc_size_t size = bytes.size();
  if (png_image_write_to_memory(&png, bytes.data(), &size, 0, image.rgba.data(), 0, nullptr) == 0) {
    throw geo::Error(geo::ErrorKind::internal, geo::msg("render.cannot_encode", png.message),
                     file.string(), geo::msg("render.smaller_picture"));
  }

  const std::filesystem::path unfinished = unfinished_name(file);
  errno = 0;
  std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
  if (out) out.write(bytes.data(), static_cast<std::streamsize>(size));
  if (out) out.close();
  if (!out) {
    const int reason = errno == 0 ? EIO : errno;
    out.close();
    std::filesystem::remove(unfinished, ignored);
    throw cannot_write(file, reason);
  }
  std::error_code error;
  std::filesystem::rename(unfinished, file, error);
  if (error) {
    std::filesystem::remove(unfinished, ignored);
    throw cannot_write(file, error.value());
  }
}

Image read_png(const std::filesystem::path& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw cannot_read(file, std::strerror(errno));
  const std::vector<char> bytes{std::istreambuf_iterator<char>(in),
                                std::istreambuf_iterator<char>()};
  png_image png = png_header();
  if (png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()) == 0) {
    throw cannot_read(file, png.message);
  }
  png.format = PNG_FORMAT_RGBA;
  Image image;
  image.width = static_cast<int>(png.width);
  image.height = static_cast<int>(png.height);
  image.rgba.resize(PNG_IMAGE_SIZE(png));
  if (png_image_finish_read(&png, nullptr, image.rgba.data(), 0, nullptr) == 0) {
    throw cannot_read(file, png.message);
  }
  return image;
}

double difference(const Image& a, const Image& b, int tolerance) {
  if (a.width != b.width || a.height != b.height || a.rgba.size() != b.rgba.size()) return 1;
  if (a.rgba.empty()) return 0;
  std::size_t differing = 0;
  for (std::size_t i = 0; i < a.rgba.size(); i += 4) {
    for (std::size_t c = 0; c < 4; ++c) {
      if (std::abs(a.rgba[i + c] - b.rgba[i + c]) > tolerance) {
        ++differing;
        break;
      }
    }
  }
  return static_cast<double>(differing) / (static_cast<double>(a.rgba.size()) / 4);
}

}  // namespace render
