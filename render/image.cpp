#include "render/image.hpp"

#include <png.h>

#include <cerrno>
#include <cmath>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <new>
#include <random>
#include <system_error>

#include "geo/error.hpp"

namespace render {
namespace {

constexpr std::size_t longest_reason = 256;

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

void keep_reason(png_structp png, png_const_charp reason) {
  std::snprintf(static_cast<char*>(png_get_error_ptr(png)), longest_reason, "%s", reason);
  png_longjmp(png, 1);
}
void no_warning(png_structp, png_const_charp) {}

void append(png_structp png, png_bytep bytes, png_size_t size) {
  auto& out = *static_cast<std::vector<char>*>(png_get_io_ptr(png));
  bool room = true;
  try {
    out.insert(out.end(), bytes, bytes + size);
  } catch (const std::bad_alloc&) {
    room = false;  // said below: no exception may pass through libpng
  }
  if (!room) png_error(png, "out of memory");
}
void no_flush(png_structp) {}

/// Maps are flat: without filters and with little searching they become smaller than with libpng's
/// own choice, in a fifth of the time. False when libpng has jumped out with a reason.
bool write_rows(png_structp png, png_infop info, const Image& image, bool opaque,
                double dots_per_inch) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_IHDR(png, info, static_cast<png_uint_32>(image.width),
               static_cast<png_uint_32>(image.height), 8,
               opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  if (dots_per_inch > 0) {
    const auto per_metre = static_cast<png_uint_32>(std::lround(dots_per_inch / 0.0254));
    png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
  }
  png_set_compression_level(png, 3);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_write_info(png, info);
  if (opaque) png_set_filler(png, 0, PNG_FILLER_AFTER);
  for (int y = 0; y < image.height; ++y) {
    png_write_row(png, image.rgba.data() + std::size_t{4} * static_cast<std::size_t>(image.width) *
                                               static_cast<std::size_t>(y));
  }
  png_write_end(png, nullptr);
  return true;
}

bool is_opaque(const Image& image) {
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) {
    if (image.rgba[i] != 255) return false;
  }
  return true;
}

/// The bytes of the file; empty with a `reason` where libpng refuses.
std::vector<char> encode(const Image& image, double dots_per_inch, char (&reason)[longest_reason]) {
  std::vector<char> out;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, reason, keep_reason, no_warning);
  png_infop info = png == nullptr ? nullptr : png_create_info_struct(png);
  if (info != nullptr) {
    png_set_write_fn(png, &out, append, no_flush);
    if (!write_rows(png, info, image, is_opaque(image), dots_per_inch)) out.clear();
  }
  png_destroy_write_struct(&png, &info);
  return out;
}

/// Beside the picture, so that renaming never crosses a file system.
std::filesystem::path unfinished_name(const std::filesystem::path& file) {
  std::random_device random;
  std::filesystem::path name = file;
  name += "." + std::to_string(random()) + ".part";
  return name;
}

}  // namespace

void write_png(const Image& image, const std::filesystem::path& file, double dots_per_inch) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) throw cannot_write(file, EISDIR);

  char refusal[longest_reason] = "libpng";
  const std::vector<char> bytes = encode(image, dots_per_inch, refusal);
  if (bytes.empty()) {
    throw geo::Error(geo::ErrorKind::internal, geo::msg("render.cannot_encode", refusal),
                     file.string(), geo::msg("render.smaller_picture"));
  }

  const std::filesystem::path unfinished = unfinished_name(file);
  errno = 0;
  std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
  if (out) out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
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
