#include "app/print_file.hpp"

#include <cerrno>
#include <fstream>

#include "data/unfinished_file.hpp"

namespace app {

void print_file(const std::filesystem::path& file,
                const std::function<void(const render::Sink&)>& print) {
  data::UnfinishedFile unfinished(file);
  errno = 0;
  std::ofstream out(unfinished.path(), std::ios::binary | std::ios::trunc);
  const auto check = [&] {
    if (!out) throw unfinished.failed(errno);
  };
  check();
  print([&](std::string_view bytes) {
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    check();
  });
  out.close();
  check();
  unfinished.finish();
}

}  // namespace app
