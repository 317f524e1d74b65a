#pragma once
#include <string>

#include "app/command.hpp"
#include "app/pages/records_form.hpp"
#include "app/panels/draw.hpp"
#include "app/state.hpp"

namespace app {

// What the page of teams, settlements and activities is drawn of.

/// "Thành viên" of "members"; a word of a value: "có điện lưới" of "grid" in "electricity".
std::string record_field_name(Language language, std::string_view field);
std::string record_word(Language language, std::string_view field, std::string_view word);

/// The fields of the record chosen, each with what it says, where that is from, and what is wrong
/// with what is typed.
void draw_record_fields(const AppState& state, const Look& look, const records_page::State& page,
                        Commands& commands);
/// The commune with its settlements; a click says where the record is.
void draw_record_map(const AppState& state, const Look& look, const records_page::State& page,
                     Commands& commands);

}  // namespace app
