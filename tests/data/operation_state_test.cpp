// What a set of operations comes to: the same in whatever order they arrive.
#include "data/operation_state.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "data/operation_fields.hpp"
#include "data/operation_store.hpp"
#include "geo/random.hpp"

namespace {

using data::Batch;
using data::Operation;
using data::RecordKey;
using data::RecordKind;
using data::RecordState;
using data::Standing;
using data::UnitKey;
using geo::UnitLevel;

const UnitKey province{UnitLevel::province, "11", ""};
const UnitKey one{UnitLevel::commune, "00001", ""}, two{UnitLevel::commune, "00002", ""};
const RecordKey report{RecordKind::report, "commune/00001//2025-08-03"};
const RecordKey team{RecordKind::team, "T1"};

/// A province above everything; communes know themselves.
class Simple : public data::Rights {
 public:
  bool knows(const UnitKey& unit) override { return !unknown.contains(unit); }
  bool above(const UnitKey& author, const UnitKey& unit) override {
    return author == unit || author.level == UnitLevel::province;
  }
  std::set<UnitKey> unknown;
};

Operation make(const RecordKey& record, std::string field, std::optional<std::string> value,
               std::int64_t sequence, const UnitKey& author = one,
               std::vector<data::Uuid> bases = {}) {
  Operation out;
  out.uuid = data::random_uuid();
  out.batch = std::make_shared<const Batch>(
      Batch{data::random_uuid(), author, sequence, "2025-08-04T00:00:00Z", "", ""});
  out.record = record;
  out.field = std::move(field);
  out.value = std::move(value);
  std::sort(bases.begin(), bases.end());
  out.bases = std::move(bases);
  return out;
}

/// In words that do not depend on the order of the list.
std::string told(const RecordState& state, const std::vector<Operation>& operations) {
  std::map<data::Uuid, int> standing;
  for (std::size_t i = 0; i < operations.size(); ++i)
    standing[operations[i].uuid] = static_cast<int>(state.standing[i]);
  std::string out;
  for (const auto& [uuid, s] : standing) out += data::uuid_text(uuid) + std::to_string(s) + '\n';
  for (const auto& [field, f] : state.fields) {
    out += field + (f.conflict ? " conflict" : "");
    for (const auto head : f.heads) out += ' ' + data::uuid_text(operations[head].uuid);
    out += '\n';
  }
  return out;
}

TEST(OperationState, TheLastOneBasedOnTheOthersIsTheValue) {
  Simple rights;
  const Operation a = make(report, "installed", "5", 1);
  const Operation b = make(report, "installed", "7", 2, one, {a.uuid});
  const std::vector<Operation> all{b, a};
  const RecordState state = data::state_of(report, all, {}, rights);
  ASSERT_EQ(state.fields.at("installed").heads, std::vector<std::uint32_t>{0});
  EXPECT_FALSE(state.fields.at("installed").conflict);
}

TEST(OperationState, TwoWhoDidNotKnowOfEachOtherAreAConflictUnlessTheySayTheSame) {
  Simple rights;
  const Operation a = make(report, "installed", "5", 1);
  const Operation b = make(report, "installed", "7", 2, one, {a.uuid});
  const Operation c = make(report, "installed", "8", 3, province, {a.uuid});
  std::vector<Operation> all{a, b, c};
  RecordState state = data::state_of(report, all, {}, rights);
  EXPECT_TRUE(state.fields.at("installed").conflict);
  EXPECT_EQ(state.fields.at("installed").heads.front(), 2U) << "the larger sequence is shown";
  all.push_back(make(report, "installed", "7", 4, province, {b.uuid, c.uuid}));
  state = data::state_of(report, all, {}, rights);
  EXPECT_FALSE(state.fields.at("installed").conflict);
  EXPECT_EQ(state.fields.at("installed").heads, std::vector<std::uint32_t>{3});

  const std::vector<Operation> same{make(report, "reached", "4", 1),
                                    make(report, "reached", "4", 1)};
  state = data::state_of(report, same, {}, rights);
  EXPECT_EQ(state.fields.at("reached").heads.size(), 2U);
  EXPECT_FALSE(state.fields.at("reached").conflict);
  // Taken back by one, set by the other: that is a contradiction too.
  const std::vector<Operation> back{make(report, "reached", "4", 1),
                                    make(report, "reached", std::nullopt, 1)};
  EXPECT_TRUE(data::state_of(report, back, {}, rights).fields.at("reached").conflict);
}

TEST(OperationState, WhatMayNotBeChangedIsHeldAndReplacesNothing) {
  Simple rights;
  const Operation a = make(report, "installed", "5", 1);
  const Operation b = make(report, "installed", "9", 2, two, {a.uuid});
  const std::vector<Operation> all{a, b};
  RecordState state = data::state_of(report, all, {}, rights);
  EXPECT_EQ(state.standing[1], Standing::not_under);
  EXPECT_EQ(state.fields.at("installed").heads, std::vector<std::uint32_t>{0});
  // Somebody who may built upon it: knew of both, and replaced both.
  const std::vector<Operation> built{a, b, make(report, "installed", "6", 3, province, {b.uuid})};
  state = data::state_of(report, built, {}, rights);
  EXPECT_EQ(state.fields.at("installed").heads, std::vector<std::uint32_t>{2});
  rights.unknown.insert(one);
  state = data::state_of(report, all, {}, rights);
  EXPECT_EQ(state.standing[0], Standing::unknown_author);
  EXPECT_EQ(state.standing[1], Standing::unknown_unit);
  EXPECT_TRUE(state.fields.empty());
}

TEST(OperationState, ATeamIsWhereItLayBeforeEachStep) {
  Simple rights;
  const auto home = data::unit_text(one), away = data::unit_text(two);
  // Made by its commune, with all fields in one batch; moved by the province; then the first
  // commune may no longer change it, and the second may.
  Operation name = make(team, "name", "Tổ", 1), unit = make(team, "unit", home, 1);
  name.batch = unit.batch;
  const Operation moved = make(team, "unit", away, 3, province, {unit.uuid});
  const Operation late = make(team, "members", "5", 4, one);
  const Operation right = make(team, "members", "6", 4, two);
  // One does not take what is another's.
  const Operation taken = make(team, "unit", away, 2, two, {unit.uuid});
  const std::vector<Operation> all{late, right, name, moved, unit, taken};
  const RecordState state = data::state_of(team, all, {}, rights);
  EXPECT_EQ(state.standing,
            (std::vector{Standing::not_under, Standing::applied, Standing::applied,
                         Standing::applied, Standing::applied, Standing::not_under}));
  EXPECT_EQ(state.home, two);
  // Without a commune only a province or the country may.
  const std::vector<Operation> nowhere{make(team, "members", "5", 1, one),
                                       make(team, "members", "5", 1, province)};
  EXPECT_EQ(data::state_of(team, nowhere, {}, rights).standing,
            (std::vector{Standing::no_home, Standing::applied}));
}

TEST(OperationState, TwoWhoMakeARecordOfOneIdKeepTheirOwnAndAreAConflict) {
  Simple rights;
  const Operation unit = make(team, "unit", data::unit_text(one), 5);
  const Operation name = make(team, "name", "Tổ của xã một", 6);
  // By a sequence that comes before, and by one that comes after.
  for (const std::int64_t sequence : {1, 9}) {
    const Operation claim = make(team, "unit", data::unit_text(two), sequence, two);
    const Operation other = make(team, "name", "Tổ của xã hai", sequence, two);
    const Operation over = make(team, "name", "Chiếm", 12, two, {name.uuid});
    std::vector<Operation> all{unit, name, claim, other, over};
    RecordState state = data::state_of(team, all, {}, rights);
    EXPECT_EQ(state.standing, (std::vector{Standing::applied, Standing::applied, Standing::applied,
                                           Standing::applied, Standing::not_under}))
        << sequence;
    EXPECT_TRUE(state.fields.at("unit").conflict);
    EXPECT_EQ(state.fields.at("name").heads.size(), 2U);
    // Who is above both decides; then it is one record, which lies where that says.
    all.push_back(make(team, "unit", data::unit_text(one), 20, province, {unit.uuid, claim.uuid}));
    all.push_back(make(team, "members", "7", 21, two));
    all.push_back(make(team, "members", "8", 21, one));
    state = data::state_of(team, all, {}, rights);
    EXPECT_FALSE(state.fields.at("unit").conflict);
    EXPECT_EQ(state.home, one);
    EXPECT_EQ(state.standing[6], Standing::not_under);
    EXPECT_EQ(state.standing[7], Standing::applied);
  }
  // What imports know as another's cannot be claimed at all.
  const std::vector<Operation> late{make(team, "unit", data::unit_text(two), 1, two)};
  EXPECT_EQ(data::state_of(team, late, one, rights).standing[0], Standing::not_under);
}

class OperationStates : public testing::TestWithParam<std::uint64_t> {};

TEST_P(OperationStates, AreAFunctionOfTheSetAndLoseNothing) {
  geo::Random random(GetParam());
  Simple rights;
  for (int round = 0; round < 60; ++round) {
    std::vector<Operation> all;
    const std::vector<std::string> fields{"unit", "members", "name"};
    const std::uint32_t n = 1 + random.below(25);
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::string field = fields[random.below(3)];
      std::vector<data::Uuid> bases;
      std::int64_t sequence = 1;
      for (const Operation& other : all)
        if (other.field == field && random.chance(0.3)) {
          bases.push_back(other.uuid);
          sequence = std::max(sequence, other.batch->sequence + 1);
        }
      const UnitKey author = random.chance(0.3) ? province : random.chance(0.5) ? one : two;
      const std::string value = field == "unit" ? data::unit_text(random.chance(0.5) ? one : two)
                                                : std::to_string(random.below(3));
      all.push_back(make(team, field, random.chance(0.1) ? std::nullopt : std::optional(value),
                         sequence, author, bases));
    }
    const RecordState state = data::state_of(team, all, one, rights);
    const std::string before = told(state, all);
    // Every applied operation is a head or was replaced by one that is or was itself replaced.
    std::set<data::Uuid> heads;
    for (const auto& [field, f] : state.fields)
      for (const auto head : f.heads) heads.insert(all[head].uuid);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (state.standing[i] != Standing::applied) {
        EXPECT_FALSE(heads.contains(all[i].uuid));
        continue;
      }
      const bool replaced = std::any_of(all.begin(), all.end(), [&](const Operation& o) {
        return std::find(o.bases.begin(), o.bases.end(), all[i].uuid) != o.bases.end();
      });
      EXPECT_TRUE(heads.contains(all[i].uuid) || replaced);
    }
    for (int shuffle = 0; shuffle < 5; ++shuffle) {
      std::vector<Operation> other = all;
      for (std::size_t i = other.size(); i > 1; --i)
        std::swap(other[i - 1], other[random.below(static_cast<std::uint32_t>(i))]);
      ASSERT_EQ(told(data::state_of(team, other, one, rights), other), before);
    }
    // Who decides leaves no conflict.
    for (const auto& [field, f] : state.fields) {
      std::vector<data::Uuid> bases;
      for (const auto head : f.heads) bases.push_back(all[head].uuid);
      std::vector<Operation> more = all;
      more.push_back(
          make(team, field, field == "unit" ? data::unit_text(one) : "2", 1000, province, bases));
      const RecordState after = data::state_of(team, more, one, rights);
      EXPECT_FALSE(after.fields.at(field).conflict);
      EXPECT_EQ(after.fields.at(field).heads.size(), 1U);
    }
  }
}
TEST_P(OperationStates, OfARecordNobodyImportedStayWhateverAnotherUnitAdds) {
  geo::Random random(GetParam());
  Simple rights;
  for (int round = 0; round < 200; ++round) {
    std::vector<Operation> all;
    const auto add = [&](const UnitKey& author, bool any_sequence) {
      const std::string field = random.chance(0.4) ? "unit" : "members";
      std::vector<data::Uuid> bases;
      std::int64_t sequence = 1 + (any_sequence ? random.below(30) : 0);
      for (const Operation& other : all)
        if (other.field == field && random.chance(0.3)) {
          bases.push_back(other.uuid);
          sequence = std::max(sequence, other.batch->sequence + 1);
        }
      const std::string value =
          field == "unit" ? data::unit_text(author == two ? two : one) : std::to_string(round);
      all.push_back(make(team, field, value, sequence, author, bases));
    };
    for (std::uint32_t i = 1 + random.below(10); i > 0; --i) add(one, false);
    const auto before = data::state_of(team, all, {}, rights).standing;
    for (std::uint32_t i = 1 + random.below(10); i > 0; --i) add(two, true);
    const auto after = data::state_of(team, all, {}, rights).standing;
    for (std::size_t i = 0; i < before.size(); ++i)
      if (before[i] == Standing::applied) {
        EXPECT_EQ(after[i], Standing::applied) << "round " << round;
      }
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, OperationStates, testing::Values(1, 2, 3));

TEST(OperationFields, ANumberIsOneToItsEnd) {
  EXPECT_EQ(data::count_value("125"), 125);
  EXPECT_EQ(data::count_value(std::nullopt), std::nullopt);
  for (const char* none : {"", "12abc", "12.5", " 12"})
    EXPECT_EQ(data::count_value(none), std::nullopt) << none;
}

TEST(OperationFields, ValuesHaveOneForm) {
  using data::canonical;
  const auto form = [](RecordKind kind, const char* field, const char* typed) {
    return canonical(*data::find_field(kind, field), typed).value_or("-");
  };
  EXPECT_EQ(form(RecordKind::report, "installed", " 0042 "), "42");
  EXPECT_EQ(form(RecordKind::report, "installed", "-1"), "-");
  EXPECT_EQ(form(RecordKind::report, "installed", "4.5"), "-");
  EXPECT_EQ(form(RecordKind::report, "installed", "99999999999999999999"), "-");
  EXPECT_EQ(form(RecordKind::report, "installed", ""), "-");
  EXPECT_EQ(form(RecordKind::team, "closed_on", "3/8/2025"), "2025-08-03");
  EXPECT_EQ(form(RecordKind::team, "closed_on", "31/2/2025"), "-");
  EXPECT_EQ(form(RecordKind::team, "level", "commune"), "commune");
  EXPECT_EQ(form(RecordKind::team, "level", "country"), "-");
  EXPECT_EQ(form(RecordKind::team, "place", "103.02 21.4"), "103.0200000 21.4000000");
  EXPECT_EQ(form(RecordKind::team, "place", "-0 -0.00000001"), "0.0000000 0.0000000");
  EXPECT_EQ(form(RecordKind::team, "place", "nan 5"), "-");
  EXPECT_EQ(form(RecordKind::team, "place", "inf 5"), "-");
  EXPECT_EQ(form(RecordKind::team, "name", "  Tổ   công nghệ "), "Tổ công nghệ");
  EXPECT_EQ(form(RecordKind::team, "unit", "commune/03127/2025-07-01"), "commune/03127/2025-07-01");
  EXPECT_EQ(form(RecordKind::team, "unit", "commune/03127/2025-7-1"), "-");
  EXPECT_EQ(form(RecordKind::settlement, "away_share", "0.250"), "0.25");
  EXPECT_EQ(form(RecordKind::settlement, "away_share", "-0"), "0");
  EXPECT_EQ(form(RecordKind::settlement, "away_share", "1.01"), "-");
  // Whatever is taken is its own form: a stored value is told from a made-up one by that.
  for (const RecordKind kind :
       {RecordKind::report, RecordKind::team, RecordKind::settlement, RecordKind::activity})
    for (const data::RecordField& field : data::fields_of(kind))
      for (const char* typed : {"7", " 0.5", "2025-08-03", "1e-3", "commune", "good", "grid",
                                "103 21", "-0 0", "province/11/", "Tổ  1", "e\xcc\x81"}) {
        const auto one_form = canonical(field, typed);
        if (one_form) {
          EXPECT_EQ(canonical(field, *one_form), one_form) << field.name << typed;
        }
      }
}

TEST(OperationFields, RecordsAreNamedInOneWay) {
  using data::is_record;
  EXPECT_TRUE(is_record(report));
  EXPECT_FALSE(is_record({RecordKind::report, "commune/00001//2025-8-3"}));
  EXPECT_FALSE(is_record({RecordKind::report, "district/00001//2025-08-03"}));
  EXPECT_FALSE(is_record({RecordKind::report, "commune/00001/2025-08-03"}));
  EXPECT_FALSE(is_record({RecordKind::team, ""}));
  EXPECT_FALSE(is_record({RecordKind::team, " T1"}));
  EXPECT_TRUE(is_record({RecordKind::activity, data::uuid_text(data::random_uuid())}));
  EXPECT_FALSE(is_record({RecordKind::activity, "00000000-0000-0000-0000-000000000000"}));
  const auto key = data::report_key(report);
  ASSERT_TRUE(key);
  EXPECT_EQ(data::report_record(key->unit, key->date), report);
}

TEST(OperationStore, OrdersEachAfterItsBasesAndSeesCircles) {
  Operation a = make(report, "installed", "1", 1),
            b = make(report, "installed", "2", 2, one, {a.uuid});
  const Operation c = make(report, "installed", "3", 3, one, {b.uuid, a.uuid});
  data::Operations all{c, b, a};
  ASSERT_TRUE(data::order_by_bases(all));
  EXPECT_EQ(all[0].uuid, a.uuid);
  EXPECT_EQ(all[2].uuid, c.uuid);
  a.bases = {c.uuid};
  data::Operations circle{a, b, c};
  EXPECT_FALSE(data::order_by_bases(circle));
}

}  // namespace
