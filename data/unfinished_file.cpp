#include "data/unfinished_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <random>
#include <system_error>

#include "geo/path_text.hpp"

namespace data {
namespace {

namespace fs = std::filesystem;
using geo::msg;
using geo::utf8;

geo::Error cannot_write(const fs::path& file, int reason, const std::string& detail) {
  const auto error = [&](geo::Message what, geo::Message remedy) {
    return geo::Error(geo::ErrorKind::io, std::move(what), utf8(file), std::move(remedy));
  };
  switch (reason) {
    case ENOSPC:
    case EFBIG:
#ifdef EDQUOT
    case EDQUOT:
#endif
      return error(msg("data.out_disk_full"), msg("data.out_disk_full_remedy"));
    case ENOENT:
    case ENOTDIR:
      return error(msg("data.out_no_folder"), msg("data.out_no_folder_remedy"));
    case EACCES:
    case EPERM:
    case EROFS:
      return error(msg("data.out_not_writable"), msg("data.out_not_writable_remedy"));
    case EISDIR:
      return error(msg("data.out_is_folder"), msg("data.out_is_folder_remedy"));
    default:
      return error(msg("data.out_failed", detail.empty() ? std::strerror(reason) : detail),
                   msg("data.out_failed_remedy"));
  }
}

}  // namespace

UnfinishedFile::UnfinishedFile(fs::path wanted) : wanted_(std::move(wanted)) {
  std::error_code ignored;
  if (fs::is_directory(wanted_, ignored)) throw cannot_write(wanted_, EISDIR, {});
  std::random_device random;
  unfinished_ = wanted_;
  // The extension stays the last: GDAL goes by it.
  unfinished_.replace_extension("." + std::to_string(random()) + ".part" +
                                wanted_.extension().string());
  errno = 0;
  std::ofstream out(unfinished_, std::ios::binary | std::ios::trunc);
  if (!out) throw cannot_write(wanted_, errno == 0 ? EIO : errno, {});
}

UnfinishedFile::~UnfinishedFile() {
  std::error_code ignored;
  for (const char* end : {"", "-journal", "-wal", "-shm"})
    fs::remove(fs::path(unfinished_) += end, ignored);
}

void UnfinishedFile::write(std::string_view bytes) const {
  errno = 0;
  std::ofstream stream(unfinished_, std::ios::binary | std::ios::trunc);
  if (stream) stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (stream) stream.close();
  if (!stream) throw failed(errno == 0 ? EIO : errno);
}

void UnfinishedFile::finish() {
  std::error_code error;
  fs::rename(unfinished_, wanted_, error);
  if (error) throw cannot_write(wanted_, error.value(), error.message());
}

geo::Error UnfinishedFile::failed(int reason, const std::string& detail) const {
  return cannot_write(wanted_, reason, detail);
}

}  // namespace data
