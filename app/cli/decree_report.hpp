#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "app/language.hpp"
#include "data/boundary_change.hpp"

namespace app {

/// What became of a decree.
enum class DecreeOutcome : std::uint8_t { undecided, differ, only_looked, nothing_new, committed };
struct DecreeRun {
  data::DecreeSummary told;
  data::Decree decree;
  data::DecreeTotals totals;
  DecreeOutcome outcome = DecreeOutcome::undecided;
  std::optional<data::Source> source;  ///< of a commit
};

/// What does not map, what is estimated, and the sums before and after; `all`: every row and date.
std::string decree_text(const DecreeRun& run, Language language, bool all);
std::string decree_json(const DecreeRun& run, Language language);

/// A table for read_fixes: what was decided, and a line for each item that is not, to be filled in.
/// Error (io) when it cannot be written.
void write_fix_template(const data::Decree& decree, const data::DecreeFixes& fixes,
                        const std::filesystem::path& file, Language language);

}  // namespace app
