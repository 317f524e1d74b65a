#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "data/operation.hpp"
#include "geo/message.hpp"

namespace data {

/// What a field holds. place: "103.021500 21.386200", longitude first, degrees of WGS 84.
enum class ValueKind : std::uint8_t { count, share, text, day, word, unit, code, place };

struct RecordField {
  std::string_view name;
  ValueKind value = ValueKind::count;
  std::span<const std::string_view> words = {};  ///< those allowed, of a word
};

/// Of a kind of record, in the order of its columns.
std::span<const RecordField> fields_of(RecordKind kind);
const RecordField* find_field(RecordKind kind, std::string_view name);

/// The one way to write a value that means what was typed; empty when it cannot be one. A stored
/// value is valid when it is its own canonical form.
std::optional<std::string> canonical(const RecordField& field, std::string_view typed);
/// Why it cannot, and what can.
geo::Message not_a_value(const RecordField& field, std::string_view typed);
geo::Message value_wanted(const RecordField& field);

/// The number of a canonical count; of what is none, nothing.
std::optional<std::int64_t> count_value(const std::optional<std::string>& text);
/// The degrees of a canonical place.
struct PlaceValue {
  double lon = 0, lat = 0;
};
std::optional<PlaceValue> place_value(std::string_view text);
std::string place_text(double lon, double lat);

/// Text that people wrote along with an operation (a reason, a file name).
inline constexpr std::size_t longest_note = 1000;
bool is_note(std::string_view text);

}  // namespace data
