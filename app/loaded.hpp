#pragma once
#include <filesystem>
#include <memory>
#include <vector>

#include "app/points.hpp"
#include "app/pool.hpp"
#include "app/search.hpp"
#include "data/dataset.hpp"
#include "data/quality.hpp"
#include "data/workspace.hpp"
#include "geo/issue.hpp"
#include "geo/land.hpp"

namespace app {

/// Everything a workspace gives to the desk, read by jobs and shared from then on: immutable. The
/// map is shown before all of it is there; see Missing.
struct Loaded {
  std::filesystem::path file;
  std::shared_ptr<const data::Dataset> dataset;
  std::shared_ptr<const geo::Land> land;
  std::vector<data::Source> sources;
  geo::Issues issues;
  std::shared_ptr<const SearchIndex> search;  ///< empty: not built yet
  std::shared_ptr<const Pool> pool;
  std::shared_ptr<const Points> points;  ///< settlements on the map; empty: not placed yet
  /// Of the quality checks; empty: not checked yet.
  std::shared_ptr<const std::vector<data::Finding>> findings;
};

}  // namespace app
