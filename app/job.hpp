#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "app/loaded.hpp"
#include "app/view.hpp"
#include "data/import.hpp"
#include "geo/message.hpp"

namespace app {

/// Long work, as values: what to do and with what. Each opens its own connection.
struct LoadWorkspace {
  std::filesystem::path file;
};
struct CreateWorkspace {
  std::filesystem::path file;
};
struct OpenSample {  ///< written first where there is none
  std::filesystem::path file;
};
struct PrepareImport {
  std::filesystem::path workspace, file;
  data::ImportOptions options;
  bool guess_kind = false;
};
struct WriteImport {
  std::filesystem::path workspace;
  data::PendingImport pending;
};
struct TakeBackImport {
  std::filesystem::path workspace;
};
struct SavePicture {
  std::shared_ptr<const Loaded> loaded;
  View view;
  std::filesystem::path file;
  int width = 0, height = 0;
};
using JobRequest = std::variant<LoadWorkspace, CreateWorkspace, OpenSample, PrepareImport,
                                WriteImport, TakeBackImport, SavePicture>;

/// Of the job that is running.
struct JobStatus {
  double share = 0;
  geo::Message doing;
  bool cancelling = false;
};

}  // namespace app
