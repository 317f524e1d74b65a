#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/language.hpp"
#include "app/pages/records.hpp"
#include "data/record_typed.hpp"

/// What the form of a record says: values with what is typed over them.
namespace app::records_page {

/// As it stands in the form: as typed, else the value.
std::string form_text(const State& page, const data::RecordField& field);
/// What that means. Of a field nobody has typed into: its value.
data::TypedValue form_value(const State& page, const data::RecordField& field);
bool is_typed(const State& page, std::string_view field);

/// A text of data::form_text() as the reader writes it, so that it can be typed again: 27/8/2023,
/// 86,2%.
std::string in_words(Language language, const data::RecordField& field, std::string text);

/// The code of the record that is being made, and why it cannot be had.
std::string form_code(const State& page);
std::optional<geo::Message> wrong_code(const State& page);

/// What would be written: fields typed into that mean another value than they have (or decide a
/// conflict). What is no value is left out.
std::vector<data::FieldChange> changes(const State& page);
/// Nothing typed is wrong, what is needed is there, and rules that are broken have a reason.
struct Ready {
  bool save = false;
  std::optional<geo::Message> missing;  ///< what still has to be typed
};
Ready ready(const State& page);

}  // namespace app::records_page
