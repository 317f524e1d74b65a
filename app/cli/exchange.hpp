#pragma once
// What the commands about operations (unit, pack, merge, history) say alike.
#include <string>
#include <vector>

#include "app/entry_words.hpp"
#include "app/language.hpp"
#include "data/operations.hpp"

namespace app {

/// A moment as utc_of() reads it. Error (usage): it is none.
std::string utc_option(const std::string& text, const char* option, DayMeans means);

/// "Xã Mường Nhé, 16/11/2025", "T12 Tổ công nghệ số".
std::string record_text(data::Workspace& workspace, const data::RecordKey& record,
                        Language language);
std::string entry_value_text(data::Workspace& workspace, const std::optional<std::string>& value,
                             Language language);

std::string conflicts_text(data::Workspace& workspace, const std::vector<data::Conflict>& conflicts,
                           Language language);
std::string held_text(data::Workspace& workspace, const std::vector<data::HeldOperation>& held,
                      Language language);

}  // namespace app
