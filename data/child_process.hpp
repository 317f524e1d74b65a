#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace data {

/// Another program, run without arguments, its input and output in our hands. Killed and waited for
/// when it goes out of scope: no zombie stays, whatever happened. Each object belongs to one
/// thread; several may run at the same time.
class ChildProcess {
 public:
  /// Throws std::system_error when it cannot be started: no such file, not to be executed…
  explicit ChildProcess(const std::filesystem::path& program);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Sends of `out` what the child takes now (and removes it there) and adds to `in` what it said,
  /// waiting for either up to `milliseconds`. False: it closed its output; no more will come.
  bool exchange(std::string_view& out, std::string& in, int milliseconds);

  /// Waits up to so long for it to end by itself, kills it then, and says how it ended: "exit 0",
  /// "signal 11 (Segmentation fault)"; "killed" when it was us. No more exchange after this.
  std::string end(int patience_milliseconds);

 private:
  void close_pipe();

  long process_ = -1;
  int pipe_ = -1;
  std::string ended_;
};

}  // namespace data
