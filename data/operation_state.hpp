#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/operation.hpp"

namespace data {

/// Who may change what.
class Rights {
 public:
  Rights() = default;
  Rights(const Rights&) = delete;
  Rights& operator=(const Rights&) = delete;
  virtual ~Rights() = default;
  virtual bool knows(const UnitKey& unit) = 0;
  /// The author is the unit or above it; both are known.
  virtual bool above(const UnitKey& author, const UnitKey& unit) = 0;
};

/// Why an operation is held and not applied.
enum class Standing : std::uint8_t {
  applied,
  unknown_unit,    ///< the unit it is about is not in this workspace (yet)
  unknown_author,  ///< its author is not
  not_under,       ///< the record does not lie under its author
  no_home          ///< of a team or settlement without a commune, which only a province may change
};

/// What the operations of a field come to.
struct FieldState {
  /// Those that none other replaced, as places in the list; what is shown first, it has the largest
  /// (sequence, uuid). More than one with different values: a conflict.
  std::vector<std::uint32_t> heads;
  bool conflict = false;
};
struct RecordState {
  std::vector<Standing> standing;            ///< by operation
  std::map<std::string, FieldState> fields;  ///< those with a head
  std::optional<UnitKey> home;  ///< where it lies after all of them; a report's is its unit
};

/// The state of one record from all operations on it that are held, in any order: a function of the
/// set, so that copies that hold the same show the same. `home`: where imports have the record; a
/// team or settlement moves with operations on its unit, and each is measured by where the record
/// lay before it. Where imports have none and two units each made a record of the same id, both
/// stand, as conflicts. O(n log n).
RecordState state_of(const RecordKey& record, std::span<const Operation> operations,
                     const std::optional<UnitKey>& home, Rights& rights);

}  // namespace data
