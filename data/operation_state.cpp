#include "data/operation_state.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace data {
namespace {

bool says_home(const Operation& operation) {
  return operation.field == "unit" || operation.field == "former_unit";
}

/// Where a record lies while its operations are gone through.
struct Home {
  std::optional<UnitKey> unit, former_unit;
  std::optional<UnitKey> known() const { return unit ? unit : former_unit; }
};

/// Goes through the operations of a record from the first to the last. Who is the first to say
/// where a record lies has it; who says it too without having seen that, and has no right there,
/// speaks of one of its own: a claim beside the first. So nobody takes a record over by a sequence
/// that comes before; each changes what rests on its own claim, and what both say is a conflict.
class Standings {
 public:
  Standings(const RecordKey& record, std::span<const Operation> operations,
            const std::map<Uuid, std::uint32_t>& places,
            const std::optional<UnitKey>& imported_home, Rights& rights)
      : moves_(record.kind != RecordKind::report),
        imported_(imported_home.has_value()),
        operations_(operations),
        places_(places),
        rights_(rights),
        claims_of_(operations.size()) {
    std::optional<UnitKey> home = imported_home;
    if (!moves_)
      if (const auto key = report_key(record)) home = key->unit;
    claims_.push_back({home, {}});
  }

  Standing take(std::uint32_t i) {
    const Operation& operation = operations_[i];
    const UnitKey& author = operation.batch->author;
    if (!rights_.knows(author)) return Standing::unknown_author;
    std::optional<UnitKey> to;
    if (says_home(operation) && operation.value) {
      to = unit_key(*operation.value);
      if (!to || !rights_.knows(*to)) return Standing::unknown_unit;
    }
    std::vector<std::size_t> on = claims_for(operation);
    if (on.empty()) {
      const auto home = claims_.front().known();
      if (home && !rights_.knows(*home)) return Standing::unknown_unit;
      const bool beside = moves_ && !imported_ && to && operation.bases.empty();
      if (home && !beside) return Standing::not_under;
      on = {home ? claims_.size() : 0};
    }
    if (to && !rights_.above(author, *to)) return Standing::not_under;
    if (on.front() == claims_.size()) claims_.push_back({});
    const bool high =
        author.level == geo::UnitLevel::country || author.level == geo::UnitLevel::province;
    if (!claims_[on.front()].known() && !to && !high) return Standing::no_home;
    if (moves_ && says_home(operation))
      for (const std::size_t claim : on)
        (operation.field == "unit" ? claims_[claim].unit : claims_[claim].former_unit) = to;
    claims_of_[i] = std::move(on);
    return Standing::applied;
  }

  /// Where the record lies by the claim that an applied operation rests on, or by the first.
  std::optional<UnitKey> home_by(std::uint32_t operation) const {
    return claims_[claims_of_[operation].front()].known();
  }
  std::optional<UnitKey> home() const { return claims_.front().known(); }

 private:
  /// Those that an operation speaks of: of what it replaces, else all that lie under its author.
  /// None: its author has no right to them.
  std::vector<std::size_t> claims_for(const Operation& operation) {
    const auto may = [&](std::size_t claim) {
      const auto home = claims_[claim].known();
      return home && rights_.knows(*home) && rights_.above(operation.batch->author, *home);
    };
    std::set<std::size_t> of_bases;
    for (const Uuid& base : operation.bases)
      if (const auto at = places_.find(base); at != places_.end())
        of_bases.insert(claims_of_[at->second].begin(), claims_of_[at->second].end());
    for (const std::size_t claim : of_bases)
      if (claims_[claim].known() && !may(claim)) return {};
    if (!of_bases.empty()) return {of_bases.begin(), of_bases.end()};
    std::vector<std::size_t> out;
    for (std::size_t claim = 0; claim < claims_.size(); ++claim)
      if (may(claim)) out.push_back(claim);
    return out;
  }

  bool moves_, imported_;
  std::span<const Operation> operations_;
  const std::map<Uuid, std::uint32_t>& places_;
  Rights& rights_;
  std::vector<Home> claims_;
  std::vector<std::vector<std::size_t>> claims_of_;  ///< by operation; of what does not apply none
};

}  // namespace

RecordState state_of(const RecordKey& record, std::span<const Operation> operations,
                     const std::optional<UnitKey>& imported_home, Rights& rights) {
  RecordState out;
  out.standing.resize(operations.size());
  std::vector<std::uint32_t> order(operations.size());
  std::iota(order.begin(), order.end(), 0U);
  // What is replaced has a smaller sequence. Of a batch, what says where a record lies comes first:
  // the command that makes a team also says its commune.
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Operation &x = operations[a], &y = operations[b];
    return std::tuple(x.batch->sequence, !says_home(x), x.uuid) <
           std::tuple(y.batch->sequence, !says_home(y), y.uuid);
  });
  std::map<Uuid, std::uint32_t> places;
  for (std::uint32_t i = 0; i < operations.size(); ++i) places.emplace(operations[i].uuid, i);
  Standings standings(record, operations, places, imported_home, rights);
  for (const std::uint32_t i : order) out.standing[i] = standings.take(i);

  // Backwards: what an applied operation replaced, and what that had replaced, is no head.
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return earlier(operations[b], operations[a]);
  });
  std::vector<bool> replaced(operations.size());
  for (const std::uint32_t i : order) {
    const bool applied = out.standing[i] == Standing::applied;
    if (applied && !replaced[i]) {
      FieldState& field = out.fields[operations[i].field];
      if (!field.heads.empty() && operations[field.heads.front()].value != operations[i].value)
        field.conflict = true;
      field.heads.push_back(i);
    }
    if (!applied && !replaced[i]) continue;
    for (const Uuid& base : operations[i].bases)
      if (const auto found = places.find(base); found != places.end())
        replaced[found->second] = true;
  }
  // Of two claims, that which is shown.
  const auto unit = out.fields.find("unit");
  out.home =
      unit != out.fields.end() ? standings.home_by(unit->second.heads.front()) : standings.home();
  return out;
}

}  // namespace data
