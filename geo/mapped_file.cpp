#include "geo/mapped_file.hpp"

#include <cstdint>

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace geo {
namespace {

class Mapping {
 public:
  explicit Mapping(const std::filesystem::path& path) {
#ifdef _WIN32
    // Shared for deletion too, so that another program may rename a new file into its place.
    const HANDLE file = CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE,
                                    nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (file == INVALID_HANDLE_VALUE) return;
    LARGE_INTEGER size{};
    if (GetFileSizeEx(file, &size) != 0 && size.QuadPart > 0) {
      const HANDLE mapping = CreateFileMappingW(file, nullptr, PAGE_READONLY, 0, 0, nullptr);
      if (mapping != nullptr) {
        start_ = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
        if (start_ != nullptr) size_ = static_cast<std::size_t>(size.QuadPart);
        CloseHandle(mapping);  // the view keeps it
      }
    }
    CloseHandle(file);
#else
    // Not blocking, or a pipe of that name would be waited for.
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) return;
    struct stat info {};
    if (::fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {
      const auto size = static_cast<std::size_t>(info.st_size);
      void* const start = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
      if (start != MAP_FAILED) {
        start_ = start;
        size_ = size;
      }
    }
    ::close(file);  // the mapping keeps it
#endif
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (start_ == nullptr) return;
#ifdef _WIN32
    UnmapViewOfFile(start_);
#else
    ::munmap(start_, size_);
#endif
  }

  std::span<const std::byte> bytes() const {
    return {static_cast<const std::byte*>(start_), size_};
  }

 private:
  void* start_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace

SharedBytes map_file(const std::filesystem::path& path) {
  auto mapping = std::make_shared<const Mapping>(path);
  const auto bytes = mapping->bytes();
  if (bytes.empty()) return {};
  return {bytes, std::move(mapping), true};
}

void let_go(const SharedBytes& file) {
#ifndef _WIN32
  // The file stays in the system's own cache; only this process no longer counts it as its own.
  if (file.mapped && !file.bytes.empty())
    ::madvise(const_cast<std::byte*>(file.bytes.data()), file.bytes.size(), MADV_DONTNEED);
#endif
}

}  // namespace geo
