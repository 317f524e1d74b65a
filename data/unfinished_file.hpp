#pragma once
#include <filesystem>
#include <string_view>

#include "geo/error.hpp"

namespace data {

/// A file on its way: written under another name in the same folder (so that renaming never crosses
/// a file system), and put in the place of the old one only when it is whole. Gone when it goes out
/// of scope before that, with what SQLite leaves beside a database.
class UnfinishedFile {
 public:
  /// Tries the folder out; throws Error (io) where nothing can be written.
  explicit UnfinishedFile(std::filesystem::path wanted);
  ~UnfinishedFile();
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;

  const std::filesystem::path& path() const { return unfinished_; }
  void write(std::string_view bytes) const;  ///< all there is to be in it; Error (io)
  void finish();

  /// Why writing failed, by errno; 0 when that is not known, then `detail` says more.
  geo::Error failed(int reason, const std::string& detail = {}) const;

 private:
  std::filesystem::path wanted_, unfinished_;
};

}  // namespace data
