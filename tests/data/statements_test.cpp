// Every statement of a draft is what the raw tables say, on made-up provinces and a real one.
#include "data/statements.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "data/sample.hpp"
#include "tests/data/real_province.hpp"
#include "tests/data/statement_oracle.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::Barrier;
using data::Dataset;
using data::StatementAsk;
using data::StatementKind;
using data::StatementNumbers;
using oracle::State;

/// The same question answered from the tables.
class Expected {
 public:
  Expected(data::Workspace& workspace, const Dataset& dataset, const StatementAsk& ask)
      : dataset_(dataset), ask_(ask) {
    const oracle::Tables tables(workspace, dataset);
    for (std::uint32_t c = 0; c < dataset.communes.size(); ++c) {
      if (!ask.within.empty() &&
          std::find(ask.within.begin(), ask.within.end(), geo::UnitIndex(c)) == ask.within.end())
        continue;
      units_.push_back(c);
      now_.push_back(tables.at(c, ask.indicator, ask.at));
      then_.push_back(tables.at(c, ask.indicator, ask.since));
      blocked_.push_back(oracle::barriers(dataset, c, now_.back()));
    }
  }

  /// In the order of a meeting.
  std::vector<std::pair<StatementKind, Barrier>> kinds() const {
    std::vector<std::pair<StatementKind, Barrier>> out;
    if (std::none_of(now_.begin(), now_.end(), [](const State& s) { return s.known; })) {
      if (!units_.empty()) out.emplace_back(StatementKind::nothing_reported, Barrier::no_grid);
      return out;
    }
    for (const StatementKind kind :
         {StatementKind::standing, StatementKind::concentrated, StatementKind::movers,
          StatementKind::fallen, StatementKind::newly_met, StatementKind::newly_silent})
      if (kind == StatementKind::standing || say(kind).count > 0)
        out.emplace_back(kind, Barrier::no_grid);
    std::vector<std::pair<double, Barrier>> worst;
    for (const Barrier barrier : {Barrier::no_grid, Barrier::signal, Barrier::away,
                                  Barrier::no_smartphone, Barrier::own_sim}) {
      const StatementNumbers numbers = say(StatementKind::barrier, barrier);
      if (numbers.count > 0) worst.emplace_back(-numbers.people, barrier);
    }
    std::sort(worst.begin(), worst.end());
    for (std::size_t i = 0; i < std::min<std::size_t>(3, worst.size()); ++i)
      out.emplace_back(StatementKind::barrier, worst[i].second);
    return out;
  }

  StatementNumbers say(StatementKind kind, Barrier barrier = Barrier::no_grid) const {
    StatementNumbers out;
    out.kind = kind;
    out.barrier = barrier;
    out.asked = units_.size();
    bool any_target = false;
    for (const State& s : now_) any_target = any_target || s.target();
    for (const State& s : now_)
      if (any_target ? s.target() : s.known) ++out.told;
    for (const State& s : now_) {
      if (!s.target() || s.p <= 0) continue;
      const double target = s.wanted / s.p;
      if (!out.target) out.target = target;
      if (std::abs(*out.target - target) > 1e-9) {
        out.target.reset();
        break;
      }
    }
    switch (kind) {
      case StatementKind::nothing_reported:
        out.count = units_.size();
        break;
      case StatementKind::standing: {
        out.count = units_.size();
        double p = 0, o = 0;
        for (const State& s : now_) {
          if (!s.known) continue;
          p += s.p;
          o += s.o;
          out.people += s.missing();
        }
        out.share = o / p;
        break;
      }
      case StatementKind::concentrated:
        if (units_.size() == 1) break;
        for (std::size_t i = 0; i < units_.size(); ++i) {
          out.people += now_[i].missing();
          if (now_[i].missing() >= 0.5) add(out, i, now_[i].missing(), 0);
        }
        finish(out, true, true);
        break;
      case StatementKind::movers:
      case StatementKind::fallen:
        changed(out, kind == StatementKind::movers);
        break;
      case StatementKind::newly_met:
        out.told = 0;
        for (std::size_t i = 0; i < units_.size(); ++i) {
          const State &now = now_[i], &then = then_[i];
          if (!compares(i) || !now.target() || !then.target()) continue;
          ++out.told;
          const double asked = now.wanted / now.p;
          if (now.missing() >= 0.5 || asked * then.p - then.o < 0.5) continue;
          add(out, i, now.o - then.o, now.rate());
          out.people += now.o - then.o;
        }
        finish(out, false, false);
        break;
      case StatementKind::newly_silent:
        out.told = 0;
        for (std::size_t i = 0; i < units_.size() && ask_.since < ask_.at; ++i) {
          if (then_[i].reported == 0 || then_[i].silent > 0) continue;
          ++out.told;
          if (now_[i].silent > 0)
            add(out, i, double(ask_.at - *geo::parse_date(now_[i].oldest)), 0);
        }
        finish(out, true, false);
        break;
      case StatementKind::barrier:
        for (std::size_t i = 0; i < units_.size(); ++i) {
          const auto found = blocked_[i].find(barrier);
          const double people = found == blocked_[i].end() ? 0 : found->second;
          out.people += people;
          if (people >= 0.5) add(out, i, people, 0);
        }
        finish(out, true, true);
        break;
      case StatementKind::plan:
        break;
    }
    return out;
  }

 private:
  bool compares(std::size_t i) const {
    const State &now = now_[i], &then = then_[i];
    if (!(ask_.since < ask_.at) || !now.known || !then.known || now.p <= 0 || then.p <= 0)
      return false;
    return (now.parts == now.reported && then.parts == then.reported) ||
           (now.parts == then.parts && now.reported == then.reported);
  }
  void changed(StatementNumbers& out, bool up) const {
    out.told = 0;
    for (std::size_t i = 0; i < units_.size(); ++i) {
      if (!compares(i)) continue;
      ++out.told;
      const double more = now_[i].o - then_[i].o, rise = now_[i].rate() - then_[i].rate();
      if (up ? more < 0.5 || rise < 0.0005 : more > -0.5) continue;
      add(out, i, std::abs(more), rise);
      out.people += std::abs(more);
    }
    if (up && out.told < 2) {
      out.rows.clear();
      out.people = 0;
    }
    finish(out, !up, false);
  }
  void add(StatementNumbers& out, std::size_t i, double value, double share) const {
    out.rows.push_back({geo::UnitIndex(units_[i]), value, share});
  }
  void finish(StatementNumbers& out, bool by_value, bool shares) const {
    std::sort(out.rows.begin(), out.rows.end(), [&](const auto& a, const auto& b) {
      const double x = by_value ? a.value : a.share, y = by_value ? b.value : b.share;
      if (std::abs(x - y) > 1e-6) return x > y;
      return dataset_.communes[a.commune.value].code < dataset_.communes[b.commune.value].code;
    });
    out.count = out.rows.size();
    if (out.count == 0) out.people = 0;
    if (out.count > 8) out.rows.resize(8);
    if (!shares) return;
    for (auto& row : out.rows) {
      row.share = row.value / out.people;
      out.share += row.share;
    }
  }

  const Dataset& dataset_;
  const StatementAsk& ask_;
  std::vector<std::uint32_t> units_;
  std::vector<State> now_, then_;
  std::vector<std::map<Barrier, double>> blocked_;
};

void expect_same(const StatementNumbers& got, const StatementNumbers& want) {
  EXPECT_EQ(got.count, want.count);
  EXPECT_EQ(got.asked, want.asked);
  EXPECT_EQ(got.told, want.told);
  EXPECT_NEAR(got.people, want.people, 1e-6 * (1 + std::abs(want.people)));
  EXPECT_NEAR(got.share, want.share, 1e-9);
  EXPECT_NEAR(got.target.value_or(-1), want.target.value_or(-1), 1e-9);
  ASSERT_EQ(got.rows.size(), want.rows.size());
  for (std::size_t i = 0; i < got.rows.size(); ++i) {
    EXPECT_EQ(got.rows[i].commune, want.rows[i].commune) << "row " << i;
    EXPECT_NEAR(got.rows[i].value, want.rows[i].value, 1e-6) << "row " << i;
    EXPECT_NEAR(got.rows[i].share, want.rows[i].share, 1e-9) << "row " << i;
  }
}

/// The draft has exactly the statements that the tables give, with their numbers. Answers how many
/// of each kind.
std::map<StatementKind, int> expect_draft(data::Workspace& workspace, const StatementAsk& of) {
  const auto dataset = workspace.load();
  const Expected expected(workspace, *dataset, of);
  std::map<StatementKind, int> kinds;
  std::vector<std::pair<StatementKind, Barrier>> got;
  for (const StatementAsk& ask : data::draft(*dataset, of)) {
    SCOPED_TRACE(std::string(data::id(ask.kind)) + ' ' + std::string(data::id(ask.barrier)));
    got.emplace_back(ask.kind, ask.barrier);
    ++kinds[ask.kind];
    expect_same(data::statement(*dataset, ask), expected.say(ask.kind, ask.barrier));
  }
  EXPECT_EQ(got, expected.kinds());
  // What is left out cannot be said.
  for (const StatementKind kind :
       {StatementKind::concentrated, StatementKind::movers, StatementKind::fallen,
        StatementKind::newly_met, StatementKind::newly_silent, StatementKind::plan}) {
    if (kinds.contains(kind)) continue;
    StatementAsk ask = of;
    ask.kind = kind;
    EXPECT_EQ(data::statement(*dataset, ask).count, 0U) << data::id(kind);
  }
  return kinds;
}

StatementAsk last_weeks(const Dataset& dataset, int days) {
  StatementAsk ask;
  ask.at = dataset.dates.empty() ? *geo::parse_date("2025-06-29") : dataset.dates.back();
  ask.since = ask.at + -days;
  return ask;
}

constexpr int awkward_kinds = 10;
/// Makes a sample awkward, in one of so many ways.
void make_awkward(data::Database& db, int how) {
  constexpr const char* edits[awkward_kinds] = {
      // Offices that begin to report between the meetings.
      "DELETE FROM report WHERE unit_id % 3 = 1"
      " AND date < (SELECT date(max(date), '-10 days') FROM report)",
      "DELETE FROM report",
      "UPDATE report SET installed = eligible, activated_l1 = eligible, activated_l2 = eligible",
      // Ties: everybody reports the same.
      "UPDATE report SET eligible = 1000, activated_l2 = 200",
      "DELETE FROM report WHERE unit_id % 3 = 0",
      "UPDATE report SET activated_l2 = activated_l2 * 7 / 10"
      " WHERE date = (SELECT max(date) FROM report) AND unit_id % 2 = 0",
      "DELETE FROM target",
      "DELETE FROM report WHERE unit_id % 4 = 0"
      " AND date > (SELECT date(max(date), '-15 days') FROM report)",
      // Reached in the last weeks: a target between the rates of the two meetings, for half.
      "UPDATE report SET activated_l2 = eligible * 58 / 100"
      " WHERE date < (SELECT date(max(date), '-7 days') FROM report);"
      "UPDATE report SET activated_l2 = eligible * 61 / 100"
      " WHERE date >= (SELECT date(max(date), '-7 days') FROM report) AND unit_id % 2 = 0;"
      "UPDATE target SET share = 0.6",
      // A target that was lowered, and one that has passed.
      "INSERT INTO target (unit_id, indicator, due, share, source_id)"
      " SELECT unit_id, indicator, date('2025-06-16'), 0.9, source_id FROM target"
      " GROUP BY unit_id, indicator"};
  db.execute(edits[how]);
}

}  // namespace

TEST(DbStatements, AreWhatTheTablesSayInFiftySamples) {
  std::map<StatementKind, int> kinds;
  for (int seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto file = tiny::fresh("statements_sample.sqlite");
    const int how = seed % awkward_kinds;
    data::SampleOptions options;
    options.communes = seed % 7 == 0 ? 1 : 8 + static_cast<std::uint32_t>(seed) % 13;
    options.weeks = 8;
    options.seed = static_cast<std::uint64_t>(seed);
    data::write_sample(file, options);
    auto workspace = data::Workspace::open(file);
    make_awkward(workspace.database(), how);
    const auto dataset = workspace.load();
    StatementAsk ask = last_weeks(*dataset, 28);
    ask.indicator = seed % 5 == 0   ? data::Indicator::installed
                    : seed % 5 == 1 ? data::Indicator::activation_l1
                                    : data::Indicator::activation_l2;
    for (const auto& [kind, count] : expect_draft(workspace, ask)) kinds[kind] += count;
    ask.since = ask.at + -7;
    expect_draft(workspace, ask);
    // One former district of it, and one commune.
    for (std::uint32_t c = 0; c < dataset->communes.size(); ++c)
      if (dataset->communes[c].district == dataset->communes[0].district)
        ask.within.push_back(geo::UnitIndex(c));
    expect_draft(workspace, ask);
    ask.within = {geo::UnitIndex(0U)};
    expect_draft(workspace, ask);
    if (testing::Test::HasFailure()) break;
  }
  for (const StatementKind kind :
       {StatementKind::nothing_reported, StatementKind::standing, StatementKind::concentrated,
        StatementKind::movers, StatementKind::fallen, StatementKind::newly_met,
        StatementKind::newly_silent, StatementKind::barrier})
    EXPECT_GT(kinds[kind], 3) << data::id(kind) << " was hardly tried";
}

TEST(DbStatements, AreWhatTheTablesSayInDienBien) {
  if (!real::is_there()) GTEST_SKIP() << real::missing;
  using Kind = data::ImportKind;
  auto workspace = real::province(
      "statements_dien_bien.sqlite",
      {Kind::boundaries, Kind::crosswalk, Kind::settlements, Kind::reports, Kind::targets});
  const auto dataset = workspace.load();
  StatementAsk ask = last_weeks(*dataset, 28);
  expect_draft(workspace, ask);
  ask.kind = StatementKind::concentrated;
  const StatementNumbers most = data::statement(*dataset, ask);
  // The city's own target is 85%, all others' 60%.
  EXPECT_EQ(std::llround(most.people), 178'130);
  EXPECT_EQ(dataset->communes[most.rows[0].commune.value].name, "Điện Biên Phủ");
  EXPECT_EQ(dataset->communes[most.rows[1].commune.value].name, "Mường Nhé");
  EXPECT_NEAR(most.share, 0.326, 0.0005);
  EXPECT_FALSE(most.target);
  for (std::int32_t d = 0; d < static_cast<std::int32_t>(dataset->districts.size()); ++d) {
    ask.within.clear();
    for (std::uint32_t c = 0; c < dataset->communes.size(); ++c)
      if (dataset->communes[c].district == d) ask.within.push_back(geo::UnitIndex(c));
    if (!ask.within.empty()) expect_draft(workspace, ask);
  }
  ask.within.clear();
  for (const geo::Date at : dataset->dates) {
    ask.at = at;
    ask.since = at + -7;
    expect_draft(workspace, ask);
  }
}
