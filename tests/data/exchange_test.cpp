// Many copies that go their own ways and come together again: the same everywhere, nothing lost,
// and what contradicts each other is what was planned to.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "data/import.hpp"
#include "data/matching.hpp"
#include "data/merge.hpp"
#include "data/operation_text.hpp"
#include "data/sample.hpp"
#include "geo/random.hpp"
#include "tests/data/entry_workspace.hpp"
#include "tests/data/small_workspace.hpp"
#include "tests/fuzz/mutate.hpp"

namespace {

using data::FieldChange;
using data::RecordKey;
using data::RecordKind;
using data::UnitKey;
using data::Workspace;
namespace fs = std::filesystem;

constexpr std::size_t copies = 30, orders = 20, all_operations = 5000;

using Field = std::pair<RecordKey, std::string>;
using Value = std::optional<std::string>;

/// A field that copies may change, and the units that may.
struct Place {
  UnitKey unit;
  std::vector<RecordKey> records;
};

std::vector<Place> places_of(Workspace& workspace) {
  std::vector<Place> out;
  std::map<std::int64_t, std::size_t> at;
  for (const data::KnownUnit& unit : data::known_units(workspace.database())) {
    if (unit.level != geo::UnitLevel::commune || !unit.today()) continue;
    at[unit.id] = out.size();
    const UnitKey key{unit.level, unit.code.text, unit.valid_from};
    out.push_back({key, {}});
    for (int week = 0; week < 3; ++week)
      out.back().records.push_back(data::report_record(key, entry::day("2025-10-05") + 7 * week));
  }
  for (const char* kind : {"team", "settlement"}) {
    auto row = workspace.database().prepare("SELECT unit_id, code FROM current_" +
                                            std::string(kind) + " WHERE unit_id IS NOT NULL");
    std::map<std::int64_t, int> taken;
    while (row.step())
      if (const auto found = at.find(row.integer(0)); found != at.end())
        if (taken[row.integer(0)]++ < 2)
          out[found->second].records.push_back({*data::record_kind_by_id(kind), row.text(1)});
  }
  return out;
}

FieldChange some_change(const RecordKey& record, geo::Random& random) {
  FieldChange out{record, {}, {}, {}, {}};
  if (record.kind == RecordKind::settlement) {
    out.field = random.chance(0.5) ? "electricity" : "residents";
    const char* words[] = {"grid", "offgrid", "none"};
    out.value = out.field == "residents" ? std::to_string(random.below(500))
                                         : std::string(words[random.below(3)]);
  } else if (record.kind == RecordKind::team) {
    out.field = random.chance(0.5) ? "members" : "generator";
    out.value = std::to_string(random.below(12));
  } else {
    const char* fields[] = {"eligible", "installed", "activated_l1", "activated_l2", "sessions"};
    out.field = fields[random.below(5)];
    out.value = std::to_string(random.below(3000));
  }
  if (random.chance(0.05)) out.value.reset();
  if (random.chance(0.03)) out.reason = "số của xã báo qua điện thoại";
  return out;
}

/// What people see, by what things are rather than by row ids.
std::string shown(Workspace& workspace) {
  std::string out;
  for (const char* sql :
       {"SELECT u.code || u.valid_from || '|' || r.date || '|' || ifnull(r.eligible, '-') || '|' ||"
        " ifnull(r.installed, '-') || '|' || ifnull(r.activated_l1, '-') || '|' ||"
        " ifnull(r.activated_l2, '-') || '|' || ifnull(r.sessions, '-') || '|' || r.cleared"
        " FROM report AS r JOIN unit AS u ON u.id = r.unit_id ORDER BY 1",
        "SELECT code || '|' || name || '|' || ifnull(members, '-') || '|' ||"
        " ifnull(generator, '-') FROM current_team ORDER BY 1",
        "SELECT code || '|' || ifnull(residents, '-') || '|' || ifnull(electricity, '-')"
        " FROM current_settlement ORDER BY 1",
        "SELECT code || '|' || ifnull(activated_l2, '-') || '|' || ifnull(shortfall, '-') || '|' ||"
        " no_grid || '|' || status FROM commune_number ORDER BY 1"}) {
    auto row = workspace.database().prepare(sql);
    while (row.step()) out += row.text(0) + '\n';
  }
  return out;
}

class Exchange {
 public:
  Exchange(Workspace base, std::uint64_t seed) : base_(std::move(base)), random_(seed) {
    places_ = places_of(base_);
  }

  /// Every copy its own unit's numbers; some copies are a district's, and overlap with its
  /// communes.
  void enter() {
    for (std::size_t k = 0; k < copies; ++k) {
      const Place& own = places_[k % places_.size()];
      const bool district = k % 6 == 5;
      const UnitKey author = district ? above(own.unit) : own.unit;
      Workspace copy = entry::copy(base_, "copy.sqlite", author);
      std::vector<const Place*> under;
      data::Authority authority(copy.database());
      for (const Place& place : places_)
        if (authority.above(author, place.unit)) under.push_back(&place);
      std::map<Field, Value> said;
      std::size_t done = 0;
      std::string half;
      const std::size_t wanted = all_operations / copies + (k < all_operations % copies ? 1 : 0);
      while (done < wanted) {
        const auto made = enter_once(copy, under, wanted - done, said);
        done += made;
        if (half.empty() && done >= wanted / 2) {
          half = data::all_operations(copy.database()).back().received_at;
          pack(copy, k, "half", {});
        }
      }
      operations_ += data::all_operations(copy.database()).size();
      for (const auto& [field, value] : said) said_[field].insert(value);
      pack(copy, k, "whole", {});
      pack(copy, k, "rest", half);
    }
    for (const auto& [field, values] : said_)
      if (values.size() > 1) planned_.insert(field);
  }

  void merge_in_any_order() {
    std::string dump, rows;
    for (std::size_t order = 0; order < orders; ++order) {
      Workspace copy = entry::copy(base_, "merged.sqlite", top());
      std::vector<fs::path> files = chosen_files();
      shuffle(files);
      // At once, or in a few goes; packages that are cut short among them, whole ones twice.
      for (std::size_t i = 0; i < files.size();) {
        const std::size_t n = std::min(files.size() - i, 1 + std::size_t{random_.below(40)});
        const data::Merged merged = data::merge(copy, std::span(files).subspan(i, n));
        for (const data::MergedFile& file : merged.files) {
          const bool cut = file.file.filename().string().starts_with("cut");
          const std::string why = file.refused ? file.refused->message.id : "";
          // The rest of a copy before its first half stands on what is not there yet.
          if (why == "data.package_incomplete") {
            files.push_back(file.file);
            continue;
          }
          ASSERT_EQ(why.empty(), !cut) << file.file << why;
        }
        i += n;
      }
      ASSERT_EQ(data::all_operations(copy.database()).size(), operations_) << "order " << order;
      const std::string now = data::dump_operations(copy), seen = shown(copy);
      if (order == 0) {
        dump = now;
        rows = seen;
        conflicts_are(copy, planned_);
        EXPECT_TRUE(data::held_operations(copy).empty());
      }
      ASSERT_TRUE(now == dump) << "order " << order << " ends elsewhere";
      ASSERT_TRUE(seen == rows) << "order " << order << " shows something else";
    }
  }

  /// Somebody decides half of them, and the decisions go round.
  void decide() {
    Workspace province = entry::copy(base_, "deciding.sqlite", top());
    data::merge(province, chosen_files());
    std::set<Field> open = planned_;
    std::size_t n = 0;
    for (const data::Conflict& conflict : data::conflicts(province)) {
      if (++n % 2 == 0) continue;
      data::decide(province, conflict.record, conflict.field,
                   conflict.heads[random_.below(2)].value, "đã hỏi lại");
      open.erase({conflict.record, conflict.field});
    }
    pack(province, copies, "decided", {});
    const std::string dump = data::dump_operations(province);
    for (int order = 0; order < 3; ++order) {
      Workspace copy = entry::copy(base_, "decided.sqlite", places_[0].unit);
      auto files = chosen_files();
      files.push_back(file(copies, "decided"));
      shuffle(files);
      if (order == 0)
        for (const fs::path& one : files) data::merge(copy, {&one, 1});
      data::merge(copy, files);
      ASSERT_TRUE(data::dump_operations(copy) == dump);
      conflicts_are(copy, open);
    }
  }

  std::size_t operations() const { return operations_; }
  std::size_t planned() const { return planned_.size(); }

 private:
  UnitKey above(const UnitKey& unit) {
    data::Authority authority(base_.database());
    for (const std::int64_t id : authority.over(*authority.id_of(unit))) {
      UnitKey key = authority.key_of(id);
      if (key.level == geo::UnitLevel::district) return key;
    }
    return top();
  }
  UnitKey top() { return data::author_unit(base_); }

  std::size_t enter_once(Workspace& copy, const std::vector<const Place*>& under, std::size_t most,
                         std::map<Field, Value>& said) {
    std::map<Field, FieldChange> changes;
    const std::size_t n = std::min<std::size_t>(most, 1 + random_.below(24));
    for (std::size_t i = 0; i < n; ++i) {
      const Place& place = *under[random_.below(static_cast<std::uint32_t>(under.size()))];
      FieldChange change = some_change(
          place.records[random_.below(static_cast<std::uint32_t>(place.records.size()))], random_);
      const Field field{change.record, change.field};
      changes.insert_or_assign(field, std::move(change));
    }
    std::vector<FieldChange> list;
    for (auto& [field, change] : changes) list.push_back(std::move(change));
    data::Transaction transaction(copy.database());
    const auto made = data::enter_within(copy, list, {.file = {}, .sheet = {}, .let_stand = true});
    transaction.commit();
    if (!made.batch) return 0;
    for (const data::Operation& o : data::operations_of_batch(copy.database(), *made.batch))
      said[{o.record, o.field}] = o.value;
    return made.operations;
  }

  fs::path file(std::size_t copy, const std::string& what) const {
    return scratch::folder() / (what + std::to_string(copy) + ".phusong");
  }
  void pack(Workspace& copy, std::size_t k, const std::string& what, const std::string& since) {
    data::write_package(copy, file(k, what), {.since = since, .key = {}});
  }
  /// Of each copy the whole, or its two halves; some twice, some also cut short.
  std::vector<fs::path> chosen_files() {
    std::vector<fs::path> out;
    for (std::size_t k = 0; k < copies; ++k) {
      if (random_.chance(0.5)) {
        out.push_back(file(k, "whole"));
      } else {
        out.push_back(file(k, "half"));
        out.push_back(file(k, "rest"));
      }
      if (random_.chance(0.2)) out.push_back(out.back());
      if (!random_.chance(0.2)) continue;
      const std::string bytes = fuzz::bytes_of(file(k, "whole"));
      const fs::path cut = file(k, "cut");
      fuzz::write(cut, bytes.substr(0, random_.below(static_cast<std::uint32_t>(bytes.size()))));
      out.push_back(cut);
    }
    return out;
  }
  void shuffle(std::vector<fs::path>& files) {
    for (std::size_t i = files.size(); i > 1; --i)
      std::swap(files[i - 1], files[random_.below(static_cast<std::uint32_t>(i))]);
  }
  static void conflicts_are(Workspace& workspace, const std::set<Field>& wanted) {
    std::set<Field> found;
    for (const data::Conflict& conflict : data::conflicts(workspace))
      found.insert({conflict.record, conflict.field});
    EXPECT_EQ(found.size(), wanted.size());
    EXPECT_TRUE(found == wanted);
  }

  Workspace base_;
  geo::Random random_;
  std::vector<Place> places_;
  std::map<Field, std::set<Value>> said_;
  std::set<Field> planned_;
  std::size_t operations_ = 0;
};

void goes_round(Exchange& exchange) {
  exchange.enter();
  EXPECT_EQ(exchange.operations(), all_operations);
  EXPECT_GT(exchange.planned(), 20U) << "no overlap to speak of";
  exchange.merge_in_any_order();
  exchange.decide();
  testing::Test::RecordProperty("operations", static_cast<int>(exchange.operations()));
  testing::Test::RecordProperty("conflicts", static_cast<int>(exchange.planned()));
}

TEST(DbExchange, ThirtyCopiesOfASampleEndInOneState) {
  const auto file = tiny::fresh("exchange.sqlite");
  data::write_sample(file, {.communes = 45, .weeks = 6, .seed = 3});
  Exchange exchange(Workspace::open(file), 11);
  goes_round(exchange);
}

TEST(DbExchange, ThirtyCopiesOfDienBienEndInOneState) {
  const fs::path shared = PHUSONG_SHARED_DATA;
  if (!fs::exists(shared / "boundaries/dien_bien.gpkg"))
    GTEST_SKIP() << "the real data is not beside this clone";
  auto base = Workspace::create(tiny::fresh("dien_bien.sqlite"));
  using data::ImportKind;
  namespace t = data::test;
  t::imported(base, shared / "boundaries/dien_bien.gpkg", ImportKind::boundaries);
  t::imported(base, shared / "units/crosswalk_2023_2025.csv", ImportKind::crosswalk);
  for (const auto& [kind, name] :
       {std::pair{ImportKind::settlements, "settlements.csv"},
        std::pair{ImportKind::teams, "teams.csv"}, std::pair{ImportKind::targets, "targets.csv"},
        std::pair{ImportKind::reports, "weekly_reports_2023.csv"}})
    t::imported(base, shared / "dien_bien" / name, kind);
  Exchange exchange(std::move(base), 12);
  goes_round(exchange);
}

}  // namespace
