#pragma once
#include <string>

#include "app/language.hpp"
#include "data/import.hpp"
#include "render/colour.hpp"

namespace app {

std::string kind_text(Language language, data::ImportKind kind);
std::string field_text(Language language,
                       const std::string& field);  ///< its id when it has no name here
std::string role_text(Language language, data::RowRole role);
std::string match_text(Language language, data::Match match);
std::string change_text(Language language, data::Change change);
render::Colour change_colour(data::Change change);

}  // namespace app
