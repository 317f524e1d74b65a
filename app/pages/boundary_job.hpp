#pragma once
#include <filesystem>
#include <memory>
#include <variant>

#include "app/pages/boundary.hpp"

namespace app::boundary_page {

// On a job's thread.
struct ReadAll {
  std::filesystem::path workspace;
};
struct ReadDecree {
  std::filesystem::path workspace;
  data::DecreeFiles files;
};
struct TryDecree {
  std::filesystem::path workspace;
  std::shared_ptr<const data::DecreeDraft> draft;
  std::shared_ptr<const data::Decree> decree;
};
struct CommitDecree {
  std::filesystem::path workspace;
  std::shared_ptr<const data::DecreeDraft> draft;
  std::shared_ptr<const data::Decree> decree;
};
struct UndoDecree {
  std::filesystem::path workspace;
  std::int64_t source = 0;  ///< only where it is still the latest
};
struct ReadThen {
  std::filesystem::path workspace;
  geo::Date date;
  data::Boundaries boundaries = data::Boundaries::today;
};
using Job = std::variant<ReadAll, ReadDecree, TryDecree, CommitDecree, UndoDecree, ReadThen>;
/// Whether a job of it changes the workspace.
inline bool writes(const Job& job) {
  return std::holds_alternative<CommitDecree>(job) || std::holds_alternative<UndoDecree>(job);
}

Command work_on(const Job& job, const geo::Progress& progress);

}  // namespace app::boundary_page
