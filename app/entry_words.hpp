#pragma once
// What people read of operations: records, fields, values and moments.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/language.hpp"
#include "data/operations.hpp"

namespace app {

/// Names of the units that values name, by what they say ("commune/03127/2025-07-01").
using UnitNames = std::map<std::string, std::string>;
/// Adds the unit that a value names, where it names one.
void look_up(data::Workspace& workspace, const data::RecordKey& record, const std::string& field,
             const std::optional<std::string>& value, UnitNames& names);

/// "Báo cáo Xã Mường Tùng, 27/8/2023"; `name` as data::record_name() answers.
std::string record_words(Language language, const data::RecordKey& record, const std::string& name);
std::string entry_field_text(Language language, const std::string& field);
/// "1.234", "27/8/2023", "có điện lưới", "chưa báo cáo".
std::string value_words(Language language, data::RecordKind kind, const std::string& field,
                        const std::optional<std::string>& value, const UnitNames& names);

/// "27/8/2023 14:05" by this computer's clock; of what is no UTC text the text.
std::string time_words(Language language, const std::string& utc);
/// What is typed as a moment of this computer's clock (27/8/2023, 27/8/2023 14:05,
/// 2023-08-27T14:05; with a Z at its end: UTC) as the UTC text that operations keep. A day alone
/// means its first second or its last. Empty: it is none.
enum class DayMeans { first_second, last_second };
std::optional<std::string> utc_of(const std::string& typed, DayMeans means);

}  // namespace app
