#include "data/window_lock.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "data/schema.hpp"
#include "geo/error.hpp"
#include "tests/data/entry_workspace.hpp"
#include "tests/data/in_child.hpp"

#ifndef _WIN32
#include <csignal>

namespace fs = std::filesystem;

namespace {

fs::path workspace(const std::string& name) {
  const auto file = tiny::fresh("windows/" + name);
  fs::remove(file.string() + ".window");
  entry::fill(*std::make_unique<data::Workspace>(data::Workspace::create(file)));
  return file;
}

TEST(DbWindowLock, TheSecondWindowIsToldWhoHasIt) {
  const auto file = workspace("two.sqlite");
  EXPECT_FALSE(data::window_of(file));
  auto first = data::claim_window(file);
  ASSERT_TRUE(first.lock);
  EXPECT_FALSE(first.elsewhere);
  const auto second = data::claim_window(file);
  EXPECT_FALSE(second.lock);
  ASSERT_TRUE(second.elsewhere);
  EXPECT_EQ(second.elsewhere->process, getpid());
  EXPECT_TRUE(second.elsewhere->here);
  EXPECT_TRUE(second.elsewhere->self);
  EXPECT_EQ(second.elsewhere->since.size(), std::string("2026-11-22T10:00:00Z").size());
  EXPECT_EQ(data::window_of(file), second.elsewhere);
  EXPECT_EQ(in_child([&] {
              const auto other = data::claim_window(file);
              return other.elsewhere && !other.elsewhere->self && !other.lock ? 0 : 1;
            }),
            0);
  first.lock.reset();
  EXPECT_FALSE(fs::exists(file.string() + ".window")) << "nothing is left lying about";
  EXPECT_TRUE(data::claim_window(file).lock);
}

TEST(DbWindowLock, LinksLeadToTheSameLock) {
  const auto file = workspace("linked.sqlite"), link = file.parent_path() / "link.sqlite";
  fs::remove(link);
  fs::create_symlink(file, link);
  const auto first = data::claim_window(file);
  ASSERT_TRUE(first.lock);
  EXPECT_TRUE(data::claim_window(link).elsewhere);
}

TEST(DbWindowLock, WhoWasKilledKeepsNobodyOut) {
  const auto file = workspace("killed.sqlite");
  const pid_t child = fork();
  if (child == 0) {
    const auto claim = data::claim_window(file);
    raise(SIGKILL);
    _exit(claim.lock ? 0 : 1);
  }
  waitpid(child, nullptr, 0);
  EXPECT_TRUE(fs::exists(file.string() + ".window")) << "it had it";
  EXPECT_FALSE(data::window_of(file)) << "what lies there is not believed";
  const auto claim = data::claim_window(file);
  EXPECT_TRUE(claim.lock);
  EXPECT_FALSE(claim.elsewhere);
}

TEST(DbWindowLock, CommandsWriteWhileAWindowHasIt) {
  const auto file = workspace("commands.sqlite");
  const auto window = data::claim_window(file);
  ASSERT_TRUE(window.lock);
  EXPECT_EQ(in_child([&] {
              auto open = data::Workspace::open(file);
              entry::enter(open, entry::change(entry::report(1, "2025-08-24"), "sessions", "2"));
              return 0;
            }),
            0);
}

TEST(DbWindowLock, WhereNothingCanBeWrittenNobodyIsKeptOut) {
  const auto file = workspace("none.sqlite");
  fs::create_directory(file.string() + ".window");
  const auto claim = data::claim_window(file);
  EXPECT_FALSE(claim.lock);
  EXPECT_FALSE(claim.elsewhere);
  fs::remove(file.string() + ".window");
}

TEST(DbWindowLock, LookingAtAFileLetsGoOfNoLockOfSqlite) {
  const auto file = workspace("looked_at.sqlite");
  data::Database open(file, data::OpenMode::read_write);
  open.execute("PRAGMA journal_mode = DELETE; BEGIN IMMEDIATE");
  EXPECT_EQ(data::identify(file), data::FileKind::workspace);
  EXPECT_FALSE(data::uses_wal(file));
  EXPECT_EQ(in_child([&] {
              data::Database other(file, data::OpenMode::read_write);
              other.execute("PRAGMA busy_timeout = 50");
              try {
                other.execute("BEGIN IMMEDIATE");
              } catch (const geo::Error& error) {
                return error.message.id == "data.locked" ? 0 : 2;
              }
              return 1;  // two write at once
            }),
            0);
  open.execute("ROLLBACK");
}

TEST(DbWindowLock, OnANetworkThereIsNoWal) {
  const auto file = workspace("network.sqlite");
  {
    auto open = data::Workspace::open(file);
    EXPECT_TRUE(data::uses_wal(file));
    auto other = data::Workspace::open(file);
    data::choose_journal(open.database(), true);
    EXPECT_TRUE(data::uses_wal(file)) << "somebody else has it open: left as it is";
  }
  {
    data::Database open(file, data::OpenMode::read_write);
    data::choose_journal(open, true);
    EXPECT_FALSE(data::uses_wal(file));
    open.execute("UPDATE setting SET value = value");
    EXPECT_FALSE(fs::exists(file.string() + "-wal"));
  }
  data::Workspace::open(file);
  EXPECT_TRUE(data::uses_wal(file)) << "back on a disk of one's own";
}

}  // namespace

#endif
