#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/decree_totals.hpp"
#include "data/unit_key.hpp"
#include "data/workspace.hpp"
#include "geo/date.hpp"
#include "geo/issue.hpp"
#include "geo/progress.hpp"

namespace data {

/// A decree changes the units: new boundaries, what became of the former units, and its first day.
struct DecreeFiles {
  std::filesystem::path land;  ///< empty: the boundaries that the workspace has stay
  std::filesystem::path crosswalk;
  geo::Date from;
};

/// What is thought of a row of the crosswalk, or of a unit that no row speaks of.
enum class Verdict : std::uint8_t {
  whole,
  part,       ///< apportioned: the former unit was split
  unchanged,  ///< the same unit goes on
  elsewhere,  ///< about units that this workspace does not hold
  twice,      ///< says again what another row said
  left,       ///< a person wants it to stay unmapped
  // to be decided, one by one
  unknown_former,
  unknown_unit,
  ambiguous,  ///< the file itself says that another unit of that name may be meant
  shares,     ///< of one former unit, not 1 together
  no_successor,
  no_predecessor
};
inline constexpr std::size_t verdicts = 12;
std::string_view id(Verdict verdict);
bool undecided(Verdict verdict);

/// A unit that may be meant.
struct UnitChoice {
  std::string code, name;
  std::string place;  ///< its district or province; may be empty
};

/// What a person decided of one item.
struct DecreeFix {
  std::optional<std::string> former, unit;  ///< codes: this one is meant
  std::optional<double> share;              ///< above 0 up to 1
  bool leave = false;                       ///< stays unmapped
  bool operator==(const DecreeFix&) const = default;
};
/// By item: "r12" for row 12, "f03127" for a former unit no row speaks of, "n03130" for a new one.
using DecreeFixes = std::map<std::string, DecreeFix>;
/// From a table with the columns row (its number, or the item as above), former, unit, share,
/// leave; without a row it is of the former unit, or of the new one. Error when the table is none
/// of that.
DecreeFixes read_fixes(const std::filesystem::path& file);

struct DecreeItem {
  std::string key;
  std::int64_t row = 0;                       ///< in the file; 0: of no row
  std::string old_code, old_name, old_place;  ///< as understood, else as the file writes it
  std::string new_code, new_name;             ///< likewise
  Verdict verdict = Verdict::whole;
  bool fixed = false;                      ///< a person had a say
  bool fuzzy = false;                      ///< the file matched its name by spelling alone
  bool said_whole = false;                 ///< of a part: the file calls it whole
  std::optional<double> given;             ///< share as the file or a person says
  geo::Message why;                        ///< empty id: there is nothing to add
  std::vector<UnitChoice> formers, units;  ///< of those that may be meant
  /// What follows from other rows has no share of its own to be told.
  bool takes_share() const { return row > 0 || key.starts_with('n'); }
};

struct DecreeLink {
  UnitKey former, unit;
  bool whole = true;
  std::optional<double> share;
  std::size_t item = 0;
};

/// The decree as judged with a person's fixes: a value, nothing is written.
struct Decree {
  std::vector<DecreeItem> items;  ///< in the order of rows, then units
  std::vector<DecreeLink> links;
  std::array<std::size_t, verdicts> counts{};  ///< of items
  std::size_t count(Verdict verdict) const { return counts[static_cast<std::size_t>(verdict)]; }
  std::size_t open() const;  ///< still to be decided
};

/// Both files read and understood, against the units of the day before; opaque outside data/.
struct DecreeDraft;
struct DecreeSummary {
  std::string land, crosswalk;  ///< names of the files
  geo::Date from;
  std::size_t units = 0, new_units = 0;  ///< of that day; those the workspace does not know yet
  std::size_t formers = 0, rows = 0;     ///< of the day before, in the workspace; in the file
  geo::Issues issues;                    ///< of both files
};

/// Error when a file cannot be read at all, or the crosswalk has no column for a name and a code.
std::shared_ptr<const DecreeDraft> read_decree(Workspace& workspace, const DecreeFiles& files,
                                               const geo::Progress& progress = {});
DecreeSummary summary(const DecreeDraft& draft);
/// Every row with its verdict. Nothing is guessed: what the file does not tell stays undecided.
/// Linear in rows and units.
Decree judge(const DecreeDraft& draft, const DecreeFixes& fixes);
/// Units whose name or code has the text in it, for a person who types; at most `most`.
std::vector<UnitChoice> find_choices(const DecreeDraft& draft, std::string_view text, bool former,
                                     std::size_t most = 8);

/// The totals that a commit would come to, by the program's own reading of it: written, read and
/// taken back in one transaction, so that nothing has changed after it.
DecreeTotals try_decree(Workspace& workspace, const DecreeDraft& draft, const Decree& decree,
                        const geo::Progress& progress = {});
struct DecreeCommitted {
  std::optional<Source> source;  ///< empty: all of it is there already
  DecreeTotals totals;
};
/// Boundaries and crosswalk in one transaction, as one import that take_back_import() takes
/// back. Error (usage), and nothing is changed: something is undecided, the totals differ,
/// somebody wrote to the workspace since the draft was read.
DecreeCommitted commit_decree(Workspace& workspace, const DecreeDraft& draft, const Decree& decree,
                              const geo::Progress& progress = {});

}  // namespace data
