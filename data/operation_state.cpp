#include "data/operation_state.hpp"

#include <algorithm>
#include <numeric>
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

Standing standing_of(const Operation& operation, const std::optional<UnitKey>& home,
                     Rights& rights) {
  const UnitKey& author = operation.batch->author;
  if (!rights.knows(author)) return Standing::unknown_author;
  std::optional<UnitKey> to;
  if (says_home(operation) && operation.value) {
    to = unit_key(*operation.value);
    if (!to || !rights.knows(*to)) return Standing::unknown_unit;
  }
  if (home) {
    if (!rights.knows(*home)) return Standing::unknown_unit;
    if (!rights.above(author, *home)) return Standing::not_under;
  }
  if (to && !rights.above(author, *to)) return Standing::not_under;
  const bool high =
      author.level == geo::UnitLevel::country || author.level == geo::UnitLevel::province;
  return home || to || high ? Standing::applied : Standing::no_home;
}

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
  const bool moves = record.kind != RecordKind::report;
  Home home{imported_home, {}};
  if (!moves)
    if (const auto key = report_key(record)) home.unit = key->unit;
  for (const std::uint32_t i : order) {
    const Operation& operation = operations[i];
    out.standing[i] = standing_of(operation, home.known(), rights);
    if (out.standing[i] != Standing::applied || !moves || !says_home(operation)) continue;
    auto& place = operation.field == "unit" ? home.unit : home.former_unit;
    place = operation.value ? unit_key(*operation.value) : std::nullopt;
  }
  out.home = home.known();

  // Backwards: what an applied operation replaced, and what that had replaced, is no head.
  std::map<Uuid, std::uint32_t> places;
  for (std::uint32_t i = 0; i < operations.size(); ++i) places.emplace(operations[i].uuid, i);
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
  return out;
}

}  // namespace data
