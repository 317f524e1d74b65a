#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "app/picture.hpp"
#include "app/statement_words.hpp"
#include "app/view.hpp"
#include "data/briefing_store.hpp"
#include "data/plan_store.hpp"
#include "data/statements.hpp"
#include "render/camera.hpp"

namespace app {

struct Loaded;

/// A scene by the data of now.
struct SceneShown {
  data::Scene scene;
  View view;  ///< what its map shows; communes that are no more left out
  std::optional<data::StatementAsk> ask;  ///< empty: a map with a headline
  data::StatementNumbers statement;
  StatementWords words;
  std::string headline;   ///< as edited, else the statement's; no contacts
  bool outdated = false;  ///< edited, and the numbers are others by now
  std::size_t lost = 0;   ///< communes named in it that the workspace has no more
};
using FiguresOf = std::function<std::shared_ptr<const Figures>(const View&)>;
/// `plans` must outlive it. `figures_of` is asked where a filter says which communes count; without
/// it they are worked out here.
SceneShown shown_of(const data::Scene& scene, const data::Dataset& dataset,
                    std::span<const data::KeptPlan> plans, Language language,
                    const FiguresOf& figures_of = {});
/// Those of a view, from what is loaded already.
Figures figures_in(const Loaded& loaded, const View& view);

/// The same scene with other words, which need no numbers worked out anew. Empty: it is another
/// one.
std::optional<SceneShown> reworded(const SceneShown& was, const data::Scene& scene,
                                   const data::Dataset& dataset);

/// Its place among the scenes: "3 / 7".
struct ScenePlace {
  std::size_t number = 1, of = 1;
};
/// The screen: headline, huge number, bars, map and legend. Same scene and data, same picture.
/// `figures` of `shown.view`. pixel_ratio is set for so many pixels: no text is lower than 1/45.
Picture scene_picture(const Loaded& loaded, const Figures& figures, const SceneShown& shown,
                      ScenePlace place, int width, int height);

/// What is looked at, as a scene. `camera` of the map in view; empty: all that is shown.
data::Scene captured(const View& view, const data::Dataset& dataset, const geo::Land& land,
                     const render::Camera* camera);
/// A briefing of what can be said since the last meeting, not written anywhere yet. Where `at` is
/// the newest report its scenes follow newer ones.
data::Briefing drafted(const data::Dataset& dataset, const data::StatementAsk& of,
                       std::string name);

}  // namespace app
