#pragma once
#include <optional>
#include <string>

#include "app/language.hpp"
#include "data/import.hpp"

namespace app {

/// How a file was understood, and what became of it: columns, counts, and for a look (`only_look`)
/// every row. The issues are told apart.
std::string import_text(const data::ImportPreview& preview,
                        const std::optional<data::Source>& written, bool only_look,
                        Language language);
std::string import_json(const data::ImportPreview& preview,
                        const std::optional<data::Source>& written, bool only_look,
                        Language language);

/// What was imported, in words, by Source::kind; a kind that this program does not know as it is.
std::string kind_name(const std::string& kind, Language language);

}  // namespace app
