#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/loaded.hpp"
#include "app/scene.hpp"
#include "data/briefing_store.hpp"
#include "data/plan_store.hpp"
#include "geo/issue.hpp"
#include "geo/progress.hpp"

namespace app {

/// A briefing by the data of one moment, with everything that its screens are drawn from:
/// immutable. Never copied: scenes point at its plans.
struct Show {
  Show() = default;
  Show(const Show&) = delete;
  Show& operator=(const Show&) = delete;

  std::shared_ptr<const Loaded> loaded;
  data::Briefing briefing;
  std::vector<data::KeptPlan> plans;
  std::vector<SceneShown> scenes;                       ///< of briefing.scenes, in order
  std::vector<std::shared_ptr<const Figures>> figures;  ///< of each scene; alike ones are shared
  geo::Issues issues;  ///< scenes that cannot be read, and so are not shown
};

/// Which briefing is meant.
struct ShowAsked {
  std::filesystem::path workspace;
  std::string name;                ///< of a kept briefing; empty: the one changed last
  std::optional<std::int64_t> id;  ///< before the name
  Language language = Language::vietnamese;
  /// Pixels across the widest screen: the land is made ready for them.
  int width = 3840;
};

/// Reads the workspace, which is not written to. Where no briefing is kept: a draft of what can be
/// said since four weeks before the newest report. Error (usage) when there is none of that name.
std::shared_ptr<const Show> read_show(const ShowAsked& asked, const geo::Progress& progress = {});
/// Of what is there already.
std::shared_ptr<const Show> make_show(std::shared_ptr<const Loaded> loaded, data::Briefing briefing,
                                      std::vector<data::KeptPlan> plans, Language language,
                                      const geo::Progress& progress = {}, geo::Issues issues = {});
/// The screen of one scene; see scene_picture().
Picture picture_of(const Show& show, std::size_t scene, int width, int height);

/// "Cuộc họp 27/8/2023": a name for a briefing that has none yet.
std::string briefing_name(const data::Dataset& dataset, Language language);

}  // namespace app
