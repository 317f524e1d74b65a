// What two moments know differently, held against both loads.
#include "data/state_difference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "data/decisions.hpp"
#include "data/operation_history.hpp"
#include "geo/random.hpp"
#include "tests/data/entry_workspace.hpp"
#include "tests/data/small_workspace.hpp"

namespace {

using data::Dataset;
using data::FieldDifference;
using data::UnitKey;
using data::Workspace;
using entry::change;
using Fields = std::map<std::string, std::string>;  ///< "record field" → value

/// What a load shows of reports, teams and activities, said by this test alone.
Fields shown(const Dataset& d, Workspace& w) {
  Fields out;
  data::Authority authority(w.database());
  for (std::uint32_t unit = 0; unit < d.reports.units().size(); ++unit) {
    const auto key = authority.key_of(d.reports.units()[unit]);
    for (const data::Report& r : d.reports.of(unit)) {
      const std::string record = data::report_record(key, r.date).key + ' ';
      const auto put = [&](const char* field, const std::optional<std::int64_t>& n) {
        if (n) out[record + field] = std::to_string(*n);
      };
      put("eligible", r.eligible);
      put("installed", r.installed);
      put("activated_l1", r.activated_l1);
      put("activated_l2", r.activated_l2);
      put("sessions", r.sessions);
      put("reached", r.reached);
    }
  }
  for (const auto* teams : {&d.teams, &d.closed_teams})
    for (const data::Team& t : *teams) {
      out[std::string(t.id) + " name"] = t.name;
      out[std::string(t.id) + " members"] = std::to_string(t.members);
      if (t.closed_on) out[std::string(t.id) + " closed_on"] = geo::iso(*t.closed_on);
    }
  for (const data::Settlement& s : d.settlements) {
    const char* const words[] = {"", "grid", "offgrid", "none"};
    if (s.residents) out[std::string(s.id) + " residents"] = std::to_string(*s.residents);
    if (s.electricity != data::Electricity::unknown)
      out[std::string(s.id) + " electricity"] = words[static_cast<int>(s.electricity)];
  }
  return out;
}

/// By the test's own reckoning.
std::map<std::string, std::pair<std::string, std::string>> difference(const Fields& a,
                                                                      const Fields& b) {
  std::map<std::string, std::pair<std::string, std::string>> out;
  for (const auto& [key, value] : a)
    if (const auto other = b.find(key); other == b.end() || other->second != value)
      out[key] = {value, other == b.end() ? "" : other->second};
  for (const auto& [key, value] : b)
    if (!a.contains(key)) out[key] = {"", value};
  return out;
}

void at(Workspace& w, const std::string& time) {
  w.database().execute(
      "DROP TRIGGER IF EXISTS operation_stays; UPDATE operation SET received_at ='" + time +
      "' WHERE received_at > '2025-12-31'");
}

}  // namespace

TEST(DbStateDifference, IsThatOfBothLoads) {
  auto w = entry::workspace("difference.sqlite");
  w.database().execute("UPDATE source SET imported_at = '2025-08-01T00:00:00Z'");
  geo::Random random(7);
  const char* const fields[] = {"eligible", "installed", "activated_l1", "activated_l2"};
  std::vector<std::string> times{"2025-08-01T12:00:00Z"};
  for (int day = 2; day < 12; ++day) {
    std::vector<data::FieldChange> changes;
    for (int i = 0; i < 12; ++i)
      changes.push_back(change(
          entry::report(1 + static_cast<int>(random.below(4)), entry::sundays[random.below(4)]),
          fields[random.below(4)],
          random.chance(0.2) ? std::nullopt
                             : std::optional(std::to_string(100 + random.below(900)))));
    changes.push_back(change(entry::team, "members", std::to_string(random.below(20))));
    if (day == 5) changes.push_back(change(entry::team, "closed_on", "2025-08-05"));
    if (day == 7) changes.push_back(change(entry::team, "closed_on", {}));
    changes.push_back(change(entry::settlement, "electricity", day % 2 == 0 ? "grid" : "offgrid"));
    data::enter(w, changes, {.file = {}, .sheet = {}, .let_stand = true});
    times.push_back("2025-08-" + std::string(day < 10 ? "0" : "") + std::to_string(day) +
                    "T00:00:00Z");
    at(w, times.back());
  }
  std::size_t differed = 0;
  for (const auto& [i, j] : {std::pair(0, 1), {0, 10}, {3, 7}, {7, 3}, {4, 5}, {6, 6}}) {
    const auto& a = times[static_cast<std::size_t>(i)];
    const auto& b = times[static_cast<std::size_t>(j)];
    const auto is = data::compare_states(w, a, b);
    std::map<std::string, std::pair<std::string, std::string>> told;
    for (const FieldDifference& d : is.fields)
      told[d.record.key + ' ' + d.field] = {d.then.value_or(""), d.later.value_or("")};
    const auto then = data::load_as_known(w, a), later = data::load_as_known(w, b);
    EXPECT_EQ(told, difference(shown(*then, w), shown(*later, w))) << a << " " << b;
    EXPECT_EQ(is.all, is.fields.size());
    differed += is.all;
    const geo::Date day = *geo::parse_date(a.substr(0, 10));
    const auto total = data::total(data::gaps(*then, data::Indicator::activation_l2, day));
    EXPECT_EQ(is.then.whole.reached, total.reached);
    double districts = 0;
    for (const auto& place : is.then.districts)
      districts += place.gap.reached ? place.gap.reached->value : 0;
    EXPECT_EQ(districts, total.reached ? total.reached->value : 0) << "districts add up";
  }
  EXPECT_GT(differed, 100U);
  const auto cut = data::compare_states(w, times[0], times[10], 3);
  EXPECT_EQ(cut.fields.size(), 3U);
  EXPECT_GT(cut.all, 3U);
}

TEST(DbStateDifference, NamesWhatIsGoneAndWhatIsNew) {
  auto w = entry::workspace("gone.sqlite");
  w.database().execute("UPDATE source SET imported_at = '2025-08-01T00:00:00Z'");
  const auto nothing = data::known_state(w, "2025-07-01T00:00:00Z");
  EXPECT_EQ(nothing.communes, 0U);
  EXPECT_EQ(nothing.reports, 0U);
  EXPECT_FALSE(nothing.whole.reached);
  const auto is = data::compare_states(w, nothing.time, "2025-08-30T00:00:00Z");
  EXPECT_EQ(is.later.communes, 4U);
  EXPECT_EQ(is.later.reports, 7U);
  for (const FieldDifference& d : is.fields) EXPECT_EQ(d.then, std::nullopt) << d.record.key;
  const auto back = data::compare_states(w, "2025-08-30T00:00:00Z", nothing.time);
  EXPECT_EQ(back.fields.size(), is.fields.size());
  for (const FieldDifference& d : back.fields) EXPECT_EQ(d.later, std::nullopt) << d.record.key;
}

TEST(DbStateDifference, HasTheDistrictsOfBothMomentsAndTellsThemApart) {
  auto w = entry::workspace("districts.sqlite");
  w.database().execute("UPDATE source SET imported_at = '2025-08-18T00:00:00Z'");
  {
    // Huyện Đông is divided; what was Huyện Tây has another's number from then on.
    tiny::Import import(w, "boundaries");
    const auto state = [&](std::int64_t unit, const std::string& name, std::int64_t district) {
      import.state(unit, name,
                   {.kind = "xã",
                    .parent = import.unit("11", "province"),
                    .former_district = district,
                    .population = {},
                    .shape = {}});
    };
    const auto anew = import.unit("091", "district", "2025-08-19");
    import.state(anew, "Mới",
                 {.kind = "Huyện",
                  .parent = import.unit("11", "province"),
                  .former_district = {},
                  .population = {},
                  .shape = {}});
    for (const char* code : {"10001", "10002", "10003", "10004"}) {
      const bool stays = code == std::string("10001");
      state(import.unit(code, "commune", "2025-07-01"), code,
            stays ? import.unit("091", "district") : anew);
    }
    import.report(import.unit("10003", "commune", "2025-07-01"), "2025-08-17", 500, 50);
    import.done();
  }
  w.database().execute("UPDATE source SET imported_at = '2025-08-20T00:00:00Z' WHERE id > 1");
  const auto is = data::compare_states(w, "2025-08-18T12:00:00Z", "2025-08-20T12:00:00Z");
  ASSERT_EQ(is.places.size(), 3U);
  const UnitKey anew{geo::UnitLevel::district, "091", "2025-08-19"};
  EXPECT_EQ(is.places[0].unit, entry::east);
  EXPECT_EQ(is.places[1].unit, anew);
  EXPECT_EQ(is.places[2].unit, entry::west);
  EXPECT_EQ(is.places[0].then.reached->value, 240);
  EXPECT_EQ(is.places[0].later.reached->value, 120);
  EXPECT_FALSE(is.places[1].then.reached);
  EXPECT_EQ(is.places[1].later.reached->value, 170);
  EXPECT_EQ(is.places[1].name, "Huyện Mới");
  EXPECT_EQ(is.places[2].name, "Huyện Tây") << "ended, and still what was there then";
  EXPECT_FALSE(is.places[2].later.eligible);
  double then = 0, later = 0;
  for (const data::PlaceDifference& place : is.places) {
    then += place.then.reached ? place.then.reached->value : 0;
    later += place.later.reached ? place.later.reached->value : 0;
  }
  EXPECT_EQ(then, is.then.whole.reached->value);
  EXPECT_EQ(later, is.later.whole.reached->value);
}

TEST(DbDecisions, AreOneBatchAndLeaveOutWhatIsSettledOrNotTheirs) {
  auto w = entry::workspace("decisions.sqlite");
  EXPECT_FALSE(data::decide_all(w, {}).entered.batch);
  const data::Decision none{entry::team, "members", "5", ""};
  const auto done = data::decide_all(w, {&none, 1});
  EXPECT_EQ(done.settled.size(), 1U);
  EXPECT_FALSE(done.entered.batch);
  EXPECT_TRUE(data::all_operations(w.database()).empty());
}
