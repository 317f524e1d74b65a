#pragma once
#include <compare>
#include <cstdint>
#include <string>

namespace geo {

/// The code of an administrative unit, as text: leading zeros count ("03127"). A code alone is not
/// an identity: it may be given again after a merger (see data/dataset.hpp).
struct UnitCode {
  std::string text;
  UnitCode() = default;
  explicit UnitCode(std::string t) : text(std::move(t)) {}
  auto operator<=>(const UnitCode&) const = default;
};

/// Position of a commune of today in a Dataset, its meshes and its style buffers.
struct UnitIndex {
  std::uint32_t value = UINT32_MAX;
  constexpr UnitIndex() = default;
  explicit constexpr UnitIndex(std::uint32_t v) : value(v) {}
  explicit constexpr UnitIndex(std::size_t v) : value(static_cast<std::uint32_t>(v)) {}
  bool valid() const { return value != UINT32_MAX; }
  auto operator<=>(const UnitIndex&) const = default;
};

enum class UnitLevel : std::uint8_t { country, province, district, commune };

}  // namespace geo
