#pragma once
#include "app/jobs.hpp"

namespace desk_test {

/// With everything that the desk completes after it has shown the map.
inline std::shared_ptr<const app::Loaded> whole(std::shared_ptr<const app::Loaded> loaded) {
  while (const auto missing = app::first_missing(*loaded)) {
    const app::Command answer = app::work(app::Complete{loaded, *missing}, {});
    loaded = app::completed(*loaded, std::get<app::command::Completed>(answer));
  }
  return loaded;
}

}  // namespace desk_test
