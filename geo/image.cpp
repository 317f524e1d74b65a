#include "geo/image.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>
#include <cstring>

#include "geo/random.hpp"

namespace geo {
namespace {

constexpr std::array<char, 8> magic{'p', 'h', 'u', 's', 'o', 'n', 'g', '\n'};
/// Also of how levels are made: one that is made otherwise is another.
constexpr std::uint32_t format_version = 2;
constexpr std::uint32_t byte_order = 0x01020304;
constexpr std::size_t key_size = 32;
constexpr std::size_t alignment = 8;

struct Header {
  std::array<char, 8> magic;
  std::uint32_t version, order, kind, sections;
  std::array<char, key_size> key;
  std::uint64_t size;
  std::uint64_t checksum;  ///< of all before and the table, and of the rest where it is sealed
};
static_assert(sizeof(Header) == 72);

struct Section {
  std::uint64_t offset, size;
};

std::size_t padded(std::size_t size) { return (size + alignment - 1) / alignment * alignment; }

constexpr std::array<std::byte, alignment> padding{};

}  // namespace

Image::Image(ImageKind kind, std::string_view key) : kind_(kind), key_(key) {
  key_.resize(key_size, '0');
}

std::vector<std::span<const std::byte>> Image::parts(bool sealed) {
  const std::size_t head_size = sizeof(Header) + sections_.size() * sizeof(Section);
  std::vector<Section> table;
  std::size_t offset = head_size;
  for (const auto section : sections_) {
    table.push_back({offset, section.size()});
    offset += padded(section.size());
  }
  Header header{magic,
                format_version,
                byte_order,
                static_cast<std::uint32_t>(kind_),
                static_cast<std::uint32_t>(sections_.size()),
                {},
                offset,
                0};
  std::copy_n(key_.begin(), key_size, header.key.begin());
  head_.resize(head_size);
  std::vector<std::span<const std::byte>> out{head_};
  ContentHash hash;
  const auto rest = [&] {
    for (const auto section : sections_) {
      out.push_back(section);
      out.push_back(std::span(padding).first(padded(section.size()) - section.size()));
    }
  };
  rest();
  const auto write = [&] {
    std::memcpy(head_.data(), &header, sizeof header);
    if (!table.empty()) {
      std::memcpy(head_.data() + sizeof header, table.data(), table.size() * sizeof(Section));
    }
  };
  write();
  hash.add(std::span<const std::byte>(head_));
  if (sealed) {
    for (const auto section : sections_) hash.add(section);
  }
  header.checksum = hash.word();
  write();
  return out;
}

std::vector<std::byte> Image::bytes(bool sealed) {
  std::vector<std::byte> out;
  for (const auto part : parts(sealed)) out.insert(out.end(), part.begin(), part.end());
  return out;
}

std::optional<ImageSections> ImageSections::of(SharedBytes image, ImageKind kind,
                                               std::string_view key, std::size_t sections,
                                               bool sealed) {
  if (reinterpret_cast<std::uintptr_t>(image.bytes.data()) % alignment != 0) {
    auto copy =
        std::make_shared<const std::vector<std::byte>>(image.bytes.begin(), image.bytes.end());
    image = {*copy, copy};
  }
  const auto bytes = image.bytes;
  const std::size_t head_size = sizeof(Header) + sections * sizeof(Section);
  if (bytes.size() < head_size) return {};
  Header header{};
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != magic || header.version != format_version || header.order != byte_order ||
      header.kind != static_cast<std::uint32_t>(kind) || header.sections != sections ||
      std::string_view(header.key.data(), key_size) != key || header.size != bytes.size()) {
    return {};
  }
  std::vector<Section> table(sections);
  if (sections > 0) {
    std::memcpy(table.data(), bytes.data() + sizeof header, sections * sizeof(Section));
  }
  ImageSections out;
  std::size_t next = head_size;
  for (const Section& section : table) {
    if (section.offset != next || section.size > bytes.size() - next) return {};
    out.sections_.push_back(bytes.subspan(next, section.size));
    next += padded(section.size);
    if (next > bytes.size()) return {};
  }
  if (next != bytes.size()) return {};
  const std::uint64_t expected = header.checksum;
  header.checksum = 0;
  std::vector<std::byte> head(bytes.begin(),
                              bytes.begin() + static_cast<std::ptrdiff_t>(head_size));
  std::memcpy(head.data(), &header, sizeof header);
  ContentHash hash;
  hash.add(std::span<const std::byte>(head));
  if (sealed) {
    for (const auto section : out.sections_) hash.add(section);
  }
  if (hash.word() != expected) return {};
  out.memory_ = std::move(image.memory);
  return out;
}

void ContentHash::add(std::uint64_t word) {
  a_ = std::rotl(a_ ^ word, 29) * 0x9e3779b97f4a7c15U;
  b_ = std::rotl(b_ + word, 41) * 0xd6e8feb86659fd93U;
}

void ContentHash::add(std::span<const std::byte> bytes) {
  add(bytes.size());  // so that where one part ends and the next begins counts
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, 8);
    add(word);
  }
  if (i < bytes.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, bytes.size() - i);
    add(word);
  }
}

std::uint64_t ContentHash::word() const { return spread_bits(a_ ^ spread_bits(b_)); }

std::string ContentHash::text() const {
  std::array<char, 40> out{};
  std::snprintf(out.data(), out.size(), "%016llx%016llx",
                static_cast<unsigned long long>(spread_bits(a_ + spread_bits(b_))),
                static_cast<unsigned long long>(spread_bits(b_ ^ spread_bits(a_ + 1))));
  return out.data();
}

}  // namespace geo
