#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace data {

/// A number that no two computers draw twice (RFC 9562, version 4).
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;
};

Uuid random_uuid();
std::string uuid_text(const Uuid& uuid);  ///< lower case: 0b7c3f0e-5b1d-4c7e-9a59-2f4d4c1e8a10
/// Of that form exactly, and of version 4; else nothing.
std::optional<Uuid> uuid_of(std::string_view text);
std::optional<Uuid> uuid_of(std::span<const std::uint8_t> bytes);

}  // namespace data
