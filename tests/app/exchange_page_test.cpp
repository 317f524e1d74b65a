// The page of packages as a value, over copies of one workspace: sent, looked at, received,
// contradicted and decided.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "data/operation_text.hpp"
#include "tests/app/entry_pages.hpp"

using namespace app;
using namespace app::exchange_page;
using desk_test::entry_desk;
using desk_test::give_path;
using desk_test::on_page;
namespace fs = std::filesystem;

namespace {

const exchange_page::State& page(const AppState& state) { return *state.entry.pages.exchange; }

/// A province's workspace and copies of it, each in the name of somebody who enters.
struct Copies {
  data::Workspace province;
  data::Workspace copy(const std::string& name, const data::UnitKey& author) {
    return ::entry::copy(province, name, author);
  }
  static AppState desk(data::Workspace& of) { return entry_desk(of.file(), EntryPage::exchange); }
};
Copies copies(const std::string& name) { return {::entry::workspace(name + ".sqlite")}; }

/// What somebody enters in their copy, and the package of it.
fs::path packed(data::Workspace& of, const data::FieldChange& change) {
  ::entry::enter(of, change);
  AppState state = Copies::desk(of);
  const fs::path file = of.file().string() + ".phusong";
  give_path(state, "package", file);
  EXPECT_TRUE(page(state).sent);
  return file;
}
data::FieldChange activated(int commune, const std::string& n) {
  return ::entry::change(::entry::report(commune, "2025-08-24"), "activated_l2", n);
}
std::string dump(const fs::path& file) {
  auto workspace = data::Workspace::open_for_reading(file);
  return data::dump_operations(workspace);
}

}  // namespace

TEST(DbExchangePage, WhatWasEnteredIsSentWholeOrSinceTheLastTime) {
  Copies all = copies("send");
  auto commune = all.copy("send_commune.sqlite", ::entry::commune(1));
  AppState state = Copies::desk(commune);
  ASSERT_TRUE(page(state).now);
  EXPECT_EQ(page(state).now->author_name, "xã Xã số 1");
  EXPECT_TRUE(page(state).now->author_set);
  EXPECT_EQ(page(state).now->operations, 0U);
  EXPECT_FALSE(page(state).now->last_sent);
  on_page(state, ChooseFrom{SendFrom::last_time});
  on_page(state, exchange_page::Read{});
  EXPECT_EQ(page(state).from, SendFrom::everything) << "there was no last time";
  ::entry::enter(commune, activated(1, "130"));
  on_page(state, exchange_page::Read{});
  EXPECT_EQ(page(state).now->operations, 1U);
  const fs::path file = commune.file().string() + ".phusong";
  give_path(state, "package", file);
  ASSERT_TRUE(page(state).sent);
  EXPECT_EQ(page(state).sent->operations, 1U);
  EXPECT_EQ(page(state).sent->bytes, fs::file_size(file));
  ASSERT_TRUE(page(state).now->last_sent) << "the workspace remembers";
  EXPECT_EQ(page(state).now->since_last, 0U);
  on_page(state, TypeDay{"1/1/2025"});
  EXPECT_EQ(page(state).from, SendFrom::day);
  EXPECT_EQ(page(state).since_count, 1U);
  on_page(state, TypeDay{"mai"});
  EXPECT_FALSE(page(state).since);
  EXPECT_FALSE(page(state).since_count);
}

TEST(DbExchangePage, ClocksHaveNoSayInWhatWasSent) {
  Copies all = copies("late");
  auto commune = all.copy("late_commune.sqlite", ::entry::commune(1));
  ::entry::enter(commune, activated(1, "130"));
  AppState state = Copies::desk(commune);
  const fs::path file = commune.file().string() + ".phusong";
  give_path(state, "package", file);
  ASSERT_TRUE(page(state).sent);
  // The computer's clock was set back a year, or the entry came from such a laptop.
  ::entry::enter(commune, activated(1, "131"));
  const auto long_ago = [&](const std::string& after) {
    commune.database().execute(
        "DROP TRIGGER IF EXISTS operation_stays;"
        "UPDATE operation SET received_at = '2020-01-01T00:00:00Z' WHERE id > " +
        after);
  };
  long_ago("1");
  on_page(state, exchange_page::Read{});
  EXPECT_EQ(page(state).now->since_last, 1U);
  on_page(state, ChooseFrom{SendFrom::last_time});
  give_path(state, "package", file);
  EXPECT_EQ(page(state).now->since_last, 0U);
  auto province = data::Workspace::open(all.province.file());
  EXPECT_EQ(data::merge(province, {{file}}).added, 2U) << "with what it replaced";

  // A package that left something out does not count as having sent it.
  ::entry::enter(commune, activated(1, "132"));
  long_ago("2");
  ::entry::enter(commune, ::entry::change(::entry::report(1, "2025-08-24"), "sessions", "3"));
  on_page(state, TypeDay{"1/1/2025"});
  give_path(state, "package", file);
  EXPECT_EQ(page(state).now->since_last, 2U);
}

TEST(DbExchangePage, ADecisionWorksOutWhatWasDecidedOnly) {
  Copies all = copies("one_decided");
  auto one = all.copy("one_decided_a.sqlite", ::entry::commune(1)),
       two = all.copy("one_decided_b.sqlite", ::entry::east);
  ::entry::enter(one, {::entry::change(::entry::team, "members", "7"),
                       ::entry::change(::entry::report(1, "2025-08-24"), "sessions", "3")});
  ::entry::enter(two, {::entry::change(::entry::team, "members", "8"),
                       ::entry::change(::entry::report(1, "2025-08-24"), "sessions", "4")});
  AppState state = Copies::desk(all.province);
  on_page(state, AddFiles{{packed(one, activated(1, "131")), packed(two, activated(1, "132"))}});
  on_page(state, Receive{});
  ASSERT_EQ(page(state).open_conflicts(), 3U);
  // By hand, so that what else is asked for is seen.
  const auto decide = [&](std::size_t conflict) {
    on_page(state, ChooseConflict{conflict});
    apply(state, command::OfEntry{of_page(exchange_page::Command(DecideHead{0}))});
    ASSERT_EQ(state.requests.size(), 1U);
    const auto job = std::get<EntryJob>(state.requests[0]);
    state.requests.clear();
    apply(state, command::OfEntry{app::work_on(job, {})});
  };
  const auto first = page(state).now->conflicts[0].conflict,
             last = page(state).now->conflicts[2].conflict;
  decide(1);
  EXPECT_TRUE(state.requests.empty()) << "nothing is read again";
  EXPECT_FALSE(page(state).asked);
  ASSERT_EQ(page(state).open_conflicts(), 2U);
  EXPECT_EQ(page(state).now->conflicts[0].conflict.field, first.field);
  EXPECT_EQ(page(state).now->conflicts[1].conflict.record, last.record);
  EXPECT_EQ(page(state).now->operations, 7U);
  const auto now = page(state).now;
  on_page(state, exchange_page::Read{});
  EXPECT_EQ(page(state).now->conflicts.size(), now->conflicts.size()) << "as if all were read";
  EXPECT_EQ(page(state).now->since_last, now->since_last);
  // Somebody else wrote meanwhile: then all of it is.
  ::entry::enter(all.province, activated(3, "9"));
  decide(0);
  EXPECT_EQ(state.requests.size(), 1U);
  desk_test::answer_entries(state);
  EXPECT_EQ(page(state).open_conflicts(), 1U);
  EXPECT_EQ(page(state).now->operations, 9U);
}

TEST(DbExchangePage, TheUnitIsLookedForByItsName) {
  Copies all = copies("unit");
  AppState state = Copies::desk(all.province);
  EXPECT_FALSE(page(state).now->author_set);
  on_page(state, WantUnit{true});
  EXPECT_EQ(page(state).units_found.size(), 7U) << "a province, two districts, four communes";
  on_page(state, TypeUnit{"xa so 3"});
  ASSERT_EQ(page(state).units_found.size(), 1U);
  on_page(state, ChooseUnit{page(state).units_found[0]});
  EXPECT_EQ(page(state).now->author, ::entry::commune(3));
  EXPECT_TRUE(page(state).now->author_set);
  EXPECT_FALSE(page(state).unit_wanted);
  EXPECT_EQ(data::author_unit(all.province), ::entry::commune(3));
}

TEST(DbExchangePage, APackageIsLookedAtBeforeItIsTaken) {
  Copies all = copies("receive");
  auto commune = all.copy("receive_commune.sqlite", ::entry::commune(1));
  const fs::path file = packed(commune, activated(1, "130"));
  AppState state = Copies::desk(all.province);
  const std::string before = dump(all.province.file());
  give_path(state, "file", file);
  ASSERT_TRUE(page(state).received);
  EXPECT_EQ(page(state).part, Part::receive);
  EXPECT_TRUE(page(state).received->preview);
  EXPECT_EQ(page(state).received->merged.added, 1U);
  EXPECT_THAT(page(state).received->units, testing::ElementsAre("xã Xã số 1"));
  EXPECT_EQ(dump(all.province.file()), before) << "a look writes nothing";
  EXPECT_FALSE(state.entry.wrote);
  on_page(state, Receive{});
  EXPECT_FALSE(page(state).received->preview);
  EXPECT_EQ(page(state).received->merged.added, 1U);
  EXPECT_TRUE(state.entry.wrote) << "the map is to be read again";
  EXPECT_EQ(page(state).now->operations, 1U);
  EXPECT_EQ(dump(all.province.file()), dump(commune.file()));
  // The same once more brings nothing; what was received before is done with.
  give_path(state, "file", file);
  EXPECT_EQ(page(state).files.size(), 1U);
  EXPECT_EQ(page(state).received->merged.added, 0U);
}

TEST(DbExchangePage, ARefusedFileSaysWhyAndKeepsNoOtherOut) {
  Copies all = copies("refused");
  auto commune = all.copy("refused_commune.sqlite", ::entry::commune(1));
  const fs::path good = packed(commune, activated(1, "130"));
  const fs::path folder = scratch::folder() / "packages";
  fs::remove_all(folder);
  fs::create_directories(folder);
  fs::copy_file(good, folder / "good.phusong");
  fs::copy_file(good, folder / "short.phusong");
  fs::resize_file(folder / "short.phusong", 3000);
  std::ofstream(folder / "text.phusong") << "không phải gói";
  std::ofstream(folder / "other.txt") << "chẳng liên quan";
  AppState state = Copies::desk(all.province);
  give_path(state, "folder", folder / "good.phusong");
  ASSERT_TRUE(page(state).received);
  const auto& files = page(state).received->merged.files;
  ASSERT_EQ(files.size(), 3U) << "packages only";
  EXPECT_FALSE(files[0].refused);
  ASSERT_TRUE(files[1].refused);
  EXPECT_EQ(files[1].refused->message.id, "data.package_cut_short");
  ASSERT_TRUE(files[2].refused);
  EXPECT_FALSE(files[2].refused->remedy.id.empty());
  on_page(state, RemoveFile{0});
  EXPECT_EQ(page(state).files.size(), 2U);
  const std::string before = dump(all.province.file());
  on_page(state, Receive{});
  EXPECT_EQ(page(state).received->merged.added, 0U);
  EXPECT_EQ(dump(all.province.file()), before);
  EXPECT_FALSE(state.entry.wrote);
  EXPECT_FALSE(state.error) << "told in the list, not over the desk";
}

TEST(DbExchangePage, ContradictionsAreDecidedOneByOneOrTheLaterForAll) {
  Copies all = copies("decide");
  auto one = all.copy("decide_one.sqlite", ::entry::commune(1)),
       two = all.copy("decide_two.sqlite", ::entry::east);
  ::entry::enter(one, ::entry::change(::entry::team, "members", "7"));
  const fs::path a = packed(one, activated(1, "131"));
  ::entry::enter(two, ::entry::change(::entry::team, "members", "8"));
  const fs::path b = packed(two, activated(1, "132"));
  AppState state = Copies::desk(all.province);
  on_page(state, AddFiles{{a, b}});
  EXPECT_EQ(page(state).received->conflicts.size(), 2U) << "told before anything is written";
  EXPECT_EQ(page(state).open_conflicts(), 0U);
  on_page(state, Receive{});
  ASSERT_EQ(page(state).open_conflicts(), 2U);
  const ConflictShown& first = page(state).now->conflicts[0];
  EXPECT_EQ(first.conflict.heads.size(), 2U);
  EXPECT_THAT(first.authors, testing::UnorderedElementsAre("xã Xã số 1", "Huyện Đông"));
  EXPECT_FALSE(first.not_ours);
  on_page(state, ChoosePart{Part::inbox});
  on_page(state, ChooseConflict{0});
  // A value that is none is refused, and nothing is lost.
  on_page(state, TypeValue{"nhiều"});
  on_page(state, DecideTyped{});
  EXPECT_TRUE(state.error);
  state.error.reset();
  EXPECT_EQ(page(state).open_conflicts(), 2U);
  EXPECT_FALSE(page(state).asked);
  const data::RecordKey record = first.conflict.record;
  const std::string field = first.conflict.field;
  on_page(state, TypeValue{"140"});
  on_page(state, exchange_page::TypeReason{"đã gọi điện"});
  on_page(state, DecideTyped{});
  EXPECT_EQ(page(state).open_conflicts(), 1U);
  EXPECT_EQ(page(state).told.at(0).id, "exchange.decided");
  const auto operations = data::operations_of(all.province.database(), record);
  EXPECT_EQ(operations.back().field, field);
  EXPECT_EQ(operations.back().value, "140");
  EXPECT_EQ(operations.back().reason, "đã gọi điện");
  EXPECT_EQ(operations.back().bases.size(), 2U);
  // The rest at once: it is asked about first.
  on_page(state, LaterForAll{false});
  EXPECT_TRUE(page(state).sure_later);
  EXPECT_EQ(page(state).open_conflicts(), 1U);
  const data::Conflict last = page(state).now->conflicts[0].conflict;
  on_page(state, LaterForAll{true});
  EXPECT_EQ(page(state).open_conflicts(), 0U);
  const auto after = data::operations_of(all.province.database(), last.record);
  EXPECT_EQ(after.back().value, last.heads.front().value);
}

TEST(DbExchangePage, AClockSetAheadDoesNotWinTheLaterForAll) {
  Copies all = copies("ahead");
  auto one = all.copy("ahead_one.sqlite", ::entry::commune(1)),
       two = all.copy("ahead_two.sqlite", ::entry::east);
  ::entry::enter(one, ::entry::change(::entry::team, "members", "7"));
  one.database().execute(
      "DROP TRIGGER batch_stays; UPDATE batch SET made_at = '2999-01-01T00:00:00Z'");
  ::entry::enter(two, activated(2, "141"));
  ::entry::enter(two, activated(2, "142"));
  ::entry::enter(two, ::entry::change(::entry::team, "members", "8"));
  AppState state = Copies::desk(all.province);
  on_page(state, AddFiles{{packed(one, activated(1, "131")), packed(two, activated(1, "132"))}});
  on_page(state, Receive{});
  ASSERT_EQ(page(state).open_conflicts(), 2U);
  on_page(state, LaterForAll{true});
  EXPECT_EQ(page(state).open_conflicts(), 0U);
  const auto members = data::operations_of(all.province.database(), ::entry::team);
  EXPECT_EQ(members.back().bases.size(), 2U);
  EXPECT_EQ(members.back().value, "8");
}

TEST(DbExchangePage, AContradictionElsewhereIsLeftToThoseItBelongsTo) {
  Copies all = copies("others");
  auto one = all.copy("others_one.sqlite", ::entry::province),
       two = all.copy("others_two.sqlite", ::entry::commune(3)),
       east = all.copy("others_east.sqlite", ::entry::east);
  AppState state = Copies::desk(east);
  on_page(state, AddFiles{{packed(one, activated(3, "12")), packed(two, activated(3, "13"))}});
  on_page(state, Receive{});
  ASSERT_EQ(page(state).open_conflicts(), 1U);
  EXPECT_TRUE(page(state).now->conflicts[0].not_ours);
  EXPECT_TRUE(page(state).now->held.empty()) << "both authors may";
  on_page(state, LaterForAll{true});
  on_page(state, ChooseConflict{0});
  on_page(state, DecideHead{0});
  EXPECT_EQ(page(state).open_conflicts(), 1U);
  EXPECT_EQ(data::all_operations(east.database()).size(), 2U);
}

TEST(DbExchangePage, APackageDroppedOnTheWindowIsLookedAt) {
  Copies all = copies("drop");
  auto commune = all.copy("drop_commune.sqlite", ::entry::commune(1));
  const fs::path file = packed(commune, activated(1, "130"));
  AppState state = entry_desk(all.province.file(), EntryPage::week);
  apply(state, command::ChooseMode{Mode::review});
  desk_test::answer_entries(state);
  apply(state, command::DropFile{file});
  desk_test::answer_entries(state);
  EXPECT_EQ(state.mode, Mode::entry);
  EXPECT_EQ(state.entry.pages.shown, EntryPage::exchange);
  ASSERT_TRUE(page(state).received);
  EXPECT_EQ(page(state).received->merged.added, 1U);
  EXPECT_TRUE(page(state).received->preview);
}
