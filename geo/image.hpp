#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "geo/mapped_file.hpp"

namespace geo {

enum class ImageKind : std::uint32_t { borders = 1, level = 2, tables = 3, travel = 4 };

/// Plain arrays as one run of bytes, the same in a file as in memory: a header (magic, version of
/// the format, byte order, kind, key, total size, checksum), a table of sections, the sections,
/// each on a multiple of 8. In the byte order and the floats of the computer that wrote it; another
/// kind of computer takes it for a foreign file and makes its own.
class Image {
 public:
  /// `key`: 32 characters that name the content it was made of.
  Image(ImageKind kind, std::string_view key);

  /// What is added must stay where it is as long as the image is used.
  template <class T>
  void add(std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    sections_.push_back(std::as_bytes(values));
  }
  /// Kept by the image itself.
  template <class T>
  void add_own(std::vector<T> values) {
    auto own = std::make_shared<const std::vector<T>>(std::move(values));
    add(std::span<const T>(*own));
    owned_.push_back(std::move(own));
  }
  /// To be written one after the other. `sealed`: with a checksum over all of it, not just over
  /// header and table: for what is small and used without a look at it.
  std::vector<std::span<const std::byte>> parts(bool sealed = false);
  std::vector<std::byte> bytes(bool sealed = false);

 private:
  ImageKind kind_;
  std::string key_;
  std::vector<std::span<const std::byte>> sections_;
  std::vector<std::shared_ptr<const void>> owned_;
  std::vector<std::byte> head_;
};

/// The sections of an image, none of them believed yet.
class ImageSections {
 public:
  /// Nothing when it is damaged, shortened, of another version, computer, kind or key, or has
  /// another number of sections.
  static std::optional<ImageSections> of(SharedBytes image, ImageKind kind, std::string_view key,
                                         std::size_t sections, bool sealed = false);

  /// Nothing when its size is no multiple of T's.
  template <class T>
  bool get(std::size_t section, std::span<const T>& out) const {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
    const auto bytes = sections_[section];
    if (bytes.size() % sizeof(T) != 0) return false;
    out = {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
    return true;
  }
  const std::shared_ptr<const void>& memory() const { return memory_; }

 private:
  std::vector<std::span<const std::byte>> sections_;
  std::shared_ptr<const void> memory_;
};

/// 128 bits that name a content, in two lanes of multiplied and turned words: a key of a cache,
/// fast and unlikely to meet by chance, not a defence against anybody who tries.
class ContentHash {
 public:
  void add(std::span<const std::byte> bytes);
  template <class T>
  void add(std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    add(std::as_bytes(values));
  }
  void add(std::uint64_t word);
  std::uint64_t word() const;
  std::string text() const;  ///< 32 hexadecimal digits

 private:
  std::uint64_t a_ = 0x243f6a8885a308d3U, b_ = 0x13198a2e03707344U;  // digits of pi
};

}  // namespace geo
