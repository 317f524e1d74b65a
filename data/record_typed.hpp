#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/operation_fields.hpp"
#include "data/record_book.hpp"
#include "geo/message.hpp"

namespace data {

/// What a text in a form means: communes and teams by name, numbers as people write them ("35%",
/// "1.234"), degrees with either comma ("21,3862").
struct TypedValue {
  std::optional<std::string> value;            ///< canonical; empty and not wrong: taken back
  std::optional<geo::Message> wrong, way_out;  ///< why it is none
};
TypedValue typed_value(const RecordBook& book, const RecordField& field, std::string_view typed);

/// The other way: what stands in a form for a value, which typed_value() reads again. Days and
/// numbers are written as canonical() has them; who shows them writes the reader's way.
std::string form_text(const RecordBook& book, const RecordField& field, const std::string& value);

/// What could be meant by the beginning of a name: labels of communes, or "Name (code)" of teams
/// under the author. At most so many.
std::vector<std::string> suggestions(const RecordBook& book, const RecordField& field,
                                     std::string_view typed, std::size_t most);

}  // namespace data
