#pragma once
#ifndef _WIN32
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <string>

#include "data/entries.hpp"
#include "data/workspace.hpp"
#include "geo/error.hpp"
#include "tests/data/in_child.hpp"

/// What happens to a workspace when a program is killed, or cannot write.
namespace kill_test {

/// So many of each; PHUSONG_KILLS for a long look.
inline int kills() {
  const char* const asked = std::getenv("PHUSONG_KILLS");
  return asked != nullptr ? std::atoi(asked) : 25;
}

/// Runs `work` in a process of its own, which acknowledges steps (1, 2 …), and kills it after the
/// step given and so long more. Answers the last step it acknowledged.
inline int killed(int after_step, std::chrono::microseconds more,
                  const std::function<void(const std::function<void(int)>&)>& work) {
  int told[2];
  if (pipe(told) != 0) return -1;
  const pid_t child = fork();
  if (child == 0) {
    close(told[0]);
    try {
      work([&](int step) {
        if (write(told[1], &step, sizeof step) < 0) _exit(1);
      });
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
      _exit(3);
    }
    _exit(0);
  }
  close(told[1]);
  int last = 0, seen = 0;
  while (last < after_step && read(told[0], &seen, sizeof seen) == sizeof seen) last = seen;
  usleep(static_cast<useconds_t>(more.count()));
  kill(child, SIGKILL);
  while (read(told[0], &seen, sizeof seen) == sizeof seen) last = seen;
  waitpid(child, nullptr, 0);
  close(told[0]);
  return last;
}

inline void is_whole(data::Workspace& workspace) {
  auto check = workspace.database().prepare("PRAGMA integrity_check");
  ASSERT_TRUE(check.step());
  EXPECT_EQ(check.text(0), "ok");
  auto keys = workspace.database().prepare("PRAGMA foreign_key_check");
  EXPECT_FALSE(keys.step());
  // What is shown is what the operations come to.
  const auto rows = [&] {
    std::string out;
    auto row = workspace.database().prepare(
        "SELECT unit_id || date || ifnull(activated_l2, '-') || ifnull(sessions, '-') || cleared"
        " FROM report WHERE source_id = (SELECT id FROM source WHERE kind = 'entries')"
        " ORDER BY unit_id, date");
    while (row.step()) out += row.text(0) + '\n';
    return out;
  };
  const std::string before = rows();
  data::Transaction transaction(workspace.database());
  data::write_all_entries(workspace.database());
  EXPECT_EQ(rows(), before);
}

inline std::string failure(const std::function<void()>& act) {
  try {
    act();
  } catch (const geo::Error& error) {
    EXPECT_FALSE(error.remedy.id.empty());
    return error.message.id;
  }
  return {};
}

/// No file of this process may grow beyond so much.
inline void out_of_room(rlim_t bytes) {
  signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{bytes, bytes};
  setrlimit(RLIMIT_FSIZE, &limit);
}

}  // namespace kill_test
#endif
