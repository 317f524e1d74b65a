#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/operation.hpp"
#include "data/workspace.hpp"
#include "geo/date.hpp"

namespace data {

// Teams, settlements and activities as a list to be chosen from: what is known of each by now, of
// imports and operations.

/// A commune that a record may be said to lie in.
struct RecordUnit {
  UnitKey unit;
  std::string label;  ///< "Xã Mường Nhé", with more where several are called so
  std::string name;   ///< without that
  bool former = false;
};

struct RecordRow {
  RecordKey record;
  std::string name;             ///< of an activity: its team's
  std::optional<UnitKey> home;  ///< today's commune, else the former one
  std::string home_name;
  std::vector<std::optional<std::string>> cells;  ///< canonical, in the order of row_fields()
  bool ours = false;                              ///< lies under the author
  bool conflict = false;                          ///< of some field
  bool let_stand = false;                         ///< some value has a reason for breaking a rule
  std::string search;                             ///< folded: name, key, unit

  const std::optional<std::string>& cell(std::string_view field) const;
};
/// The fields that a list shows, of fields_of(kind).
std::span<const std::string_view> row_fields(RecordKind kind);
bool closed(const RecordRow& team, geo::Date by);

struct RecordBook {
  UnitKey author;
  std::string author_name;
  std::vector<RecordUnit> units;  ///< under the author, in the order of their folded names
  std::vector<RecordRow> teams, settlements, activities;

  const std::vector<RecordRow>& rows(RecordKind kind) const;
  const RecordRow* find(const RecordKey& record) const;
};
/// Teams and settlements by unit and code, those closed by `today` last; activities newest first.
RecordBook record_book(Workspace& workspace, geo::Date today);

/// Rows whose name, key or unit have all the words typed, of the author's alone or of everybody.
std::vector<std::uint32_t> rows_like(const RecordBook& book, RecordKind kind,
                                     std::string_view words, bool others);

/// A code that no record of the kind has here. It begins with the author's, so that copies of the
/// workspace that were never joined propose different ones: "03127-T01".
std::string proposed_code(const RecordBook& book, RecordKind kind);

}  // namespace data
