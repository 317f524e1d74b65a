#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/scene.hpp"
#include "data/briefing_store.hpp"
#include "data/plan_store.hpp"
#include "geo/issue.hpp"

namespace app {

/// The room's screen is to open with this scene.
struct PresentAsked {
  std::int64_t briefing = 0;  ///< as it is kept in the workspace
  std::size_t scene = 0;
  bool operator==(const PresentAsked&) const = default;
};

/// What a draft is asked for.
struct DraftWish {
  geo::Date since, at;
  data::Indicator indicator = data::Indicator::activation_l2;
  bool operator==(const DraftWish&) const = default;
};

/// The briefings of a workspace, as read.
struct BriefingBook {
  std::vector<data::Briefing> briefings;                     ///< the one made last comes first
  std::shared_ptr<const std::vector<data::KeptPlan>> plans;  ///< scenes may be about
  geo::Issues issues;                                        ///< what could not be read
  bool read_only = false;                                    ///< the workspace cannot be written
};

/// Everything of briefing mode: a value, changed by apply_briefing() alone.
struct BriefingDesk {
  std::filesystem::path of;          ///< the workspace that all of it is about
  std::optional<BriefingBook> book;  ///< empty: not read yet; with what is not written yet
  bool asked = false;                ///< it is being read
  std::optional<std::int64_t> chosen;
  std::size_t scene = 0;  ///< of the chosen briefing
  /// Scenes of the chosen briefing by the data of now; see follow_briefing().
  std::vector<std::shared_ptr<const SceneShown>> shown;
  struct ShownOf {
    std::uint64_t dataset = 0;
    Language language = Language::vietnamese;
    std::shared_ptr<const std::vector<data::KeptPlan>> plans;
    bool operator==(const ShownOf&) const = default;
  } shown_of;
  /// The briefing before what is being typed into it. Empty: all is written, or on its way.
  std::optional<data::Briefing> before_typing;
  bool typing_headline = false;
  bool headline_wanted = false;  ///< its field should take the keyboard
  std::size_t writing = 0;       ///< changes on their way to the workspace
  std::optional<data::Scene> copied;
  bool narrow = false;                       ///< the stage is 4:3, else 16:9
  bool renaming = false;                     ///< in its dialog; else a new one
  std::string name;                          ///< as typed there
  DraftWish draft;                           ///< in its dialog
  std::optional<PresentAsked> present_soon;  ///< once all is written
  std::optional<PresentAsked> present;       ///< for whoever has the screens

  const data::Briefing* briefing() const;
  const data::Scene* scene_now() const;
  /// Of scene_now(). Empty: not worked out yet.
  std::shared_ptr<const SceneShown> shown_now() const;
  /// Where there are many communes, scenes are worked out a few at a time.
  bool all_shown() const;
};

}  // namespace app
