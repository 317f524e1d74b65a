// The one place that starts programs. POSIX; a port to Windows writes this class with
// CreateProcess, two pipes and a job object that ends its processes with their owner.
#include "data/child_process.hpp"

#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>
#include <utility>

namespace data {
namespace {

[[noreturn]] void fail(int reason, const std::filesystem::path& program) {
  throw std::system_error(reason, std::generic_category(), program.string());
}

/// What the child gets: our end of the pipe as input and output, nothing else that we have open
/// (but for what it complains to, 2), no signal blocked or ignored, and a group of its own, so that
/// a Ctrl+C in the terminal reaches us first.
struct SpawnPlan {
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  int fill(int pipe) {
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    for (const int target : {STDIN_FILENO, STDOUT_FILENO}) {
      if (const int e = posix_spawn_file_actions_adddup2(&actions, pipe, target)) return e;
    }
#ifdef __GLIBC__
    // Libraries open files, too, and not all say that they are not for children.
    if (const int e = posix_spawn_file_actions_addclosefrom_np(&actions, 3)) return e;
#endif
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0);
    return posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }

  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

}  // namespace

ChildProcess::ChildProcess(const std::filesystem::path& program) {
  // A pair of sockets is a pipe both ways that can be written to without SIGPIPE.
  std::array<int, 2> ends{-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) fail(errno, program);
  pipe_ = ends[0];
  SpawnPlan plan;
  int error = plan.fill(ends[1]);
  pid_t process = -1;
  if (error == 0) {
    std::string name = program.string();
    char* const arguments[] = {name.data(), nullptr};
    error =
        posix_spawn(&process, name.c_str(), &plan.actions, &plan.attributes, arguments, environ);
  }
  ::close(ends[1]);
  if (error != 0) {
    close_pipe();
    fail(error, program);
  }
  process_ = process;
}

ChildProcess::~ChildProcess() { end(0); }

void ChildProcess::close_pipe() {
  if (pipe_ >= 0) ::close(pipe_);
  pipe_ = -1;
}

bool ChildProcess::exchange(std::string_view& out, std::string& in, int milliseconds) {
  pollfd wait{pipe_, static_cast<short>(out.empty() ? POLLIN : POLLIN | POLLOUT), 0};
  if (::poll(&wait, 1, milliseconds) <= 0) return true;  // nothing yet, or a signal of ours
  if ((wait.revents & POLLOUT) != 0) {
    const ssize_t sent = ::send(pipe_, out.data(), out.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) out.remove_prefix(static_cast<std::size_t>(sent));
    // A child that does not listen any more may still have said why.
    if (sent < 0 && errno != EAGAIN && errno != EINTR) out = {};
  }
  if ((wait.revents & (POLLIN | POLLHUP | POLLERR)) == 0) return true;
  std::array<char, 65'536> buffer;
  const ssize_t got = ::recv(pipe_, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (got > 0) in.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

std::string ChildProcess::end(int patience_milliseconds) {
  close_pipe();
  if (process_ < 0) return ended_;
  const auto process = static_cast<pid_t>(std::exchange(process_, -1));
  int status = 0;
  const auto reap = [&](int options) {
    pid_t waited = -1;
    do {
      waited = ::waitpid(process, &status, options);
    } while (waited < 0 && errno == EINTR);
    return waited != 0;  // an error, too: there is nothing to wait for
  };
  bool over = reap(WNOHANG);
  for (int waited = 0; !over && waited < patience_milliseconds; ++waited) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    over = reap(WNOHANG);
  }
  if (!over) {
    ::kill(process, SIGKILL);
    reap(0);
    return ended_ = "killed";
  }
  if (WIFSIGNALED(status)) {
    const int number = WTERMSIG(status);
    return ended_ = "signal " + std::to_string(number) + " (" + strsignal(number) + ")";
  }
  return ended_ = "exit " + std::to_string(WEXITSTATUS(status));
}

}  // namespace data
