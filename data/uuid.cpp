#include "data/uuid.hpp"

#include <algorithm>
#include <random>

namespace data {
namespace {

constexpr char digits[] = "0123456789abcdef";

bool version_4(const Uuid& uuid) {
  return (uuid.bytes[6] & 0xf0) == 0x40 && (uuid.bytes[8] & 0xc0) == 0x80;
}

}  // namespace

Uuid random_uuid() {
  std::random_device random;  // of the system: two computers must never draw the same
  Uuid out;
  for (std::size_t i = 0; i < out.bytes.size(); i += 4) {
    const std::uint32_t word = random();
    for (std::size_t k = 0; k < 4; ++k)
      out.bytes[i + k] = static_cast<std::uint8_t>(word >> (8 * k));
  }
  out.bytes[6] = static_cast<std::uint8_t>((out.bytes[6] & 0x0f) | 0x40);
  out.bytes[8] = static_cast<std::uint8_t>((out.bytes[8] & 0x3f) | 0x80);
  return out;
}

std::string uuid_text(const Uuid& uuid) {
  std::string out;
  for (std::size_t i = 0; i < uuid.bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += digits[uuid.bytes[i] >> 4];
    out += digits[uuid.bytes[i] & 15];
  }
  return out;
}

std::optional<Uuid> uuid_of(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid out;
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const auto* const end = digits + 16;
    const auto* const found = std::find(digits, end, text[i]);
    if (found == end) return std::nullopt;
    const auto value = static_cast<std::uint8_t>(found - digits);
    auto& byte = out.bytes[nibble / 2];
    byte = nibble % 2 == 0 ? static_cast<std::uint8_t>(value << 4)
                           : static_cast<std::uint8_t>(byte | value);
    ++nibble;
  }
  if (!version_4(out)) return std::nullopt;
  return out;
}

std::optional<Uuid> uuid_of(std::span<const std::uint8_t> bytes) {
  Uuid out;
  if (bytes.size() != out.bytes.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  if (!version_4(out)) return std::nullopt;
  return out;
}

}  // namespace data
