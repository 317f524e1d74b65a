#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "app/briefing_state.hpp"
#include "app/one_of.hpp"
#include "geo/error.hpp"

// clang-format off
/// What briefing mode is asked for; one of app::Command.
namespace app::briefing {

struct Choose { std::int64_t id = 0; };
struct ChooseScene { std::size_t scene = 0; };
struct StepScene { int by = 1; };                    ///< as far as there are scenes
struct MoveScene { std::size_t from = 0, to = 0; };  ///< to: where it stands afterwards
struct MoveChosen { int by = 1; };
struct DuplicateScene {};
struct DeleteScene {};
struct CopyScene { bool cut = false; };
struct PasteScene {};                                ///< after the chosen one
/// The chosen scene, changed. While it is being typed it is not written, until EndTyping or
/// anything else is asked for.
struct Edit { data::Scene scene; bool typing = false; };
struct BeginHeadline {};                             ///< the computed sentence is there to be edited
struct EndTyping {};
struct WantHeadline { bool wanted = true; };
struct KeepHeadline {};                              ///< it is right for the numbers of now, too
struct Pace { double seconds = 12; };                ///< of all scenes without one of their own
struct Capture {};                                   ///< what is looked at, as a scene after the chosen one
struct Recapture {};                                 ///< what is looked at, for the chosen scene's map
struct Highlight {};                                 ///< the communes selected, in the chosen scene
struct ShowOnMap {};                                 ///< the scene's map, in review mode
struct AskName { bool renaming = false; };           ///< opens Dialog::briefing_name
struct AskDraft {};                                  ///< opens Dialog::briefing_draft
struct TypeName { std::string text; };               ///< in either
struct WishDraft { DraftWish wish; };
struct TakeName {};
struct MakeDraft {};
struct Duplicate {};
struct Delete {};
struct Shape { bool narrow = false; };
struct Present { bool from_first = true; };

// What jobs answer.
struct Known { std::filesystem::path file; BriefingBook book; };
struct Changed {
  std::filesystem::path file;
  BriefingBook book;
  std::optional<data::Briefing> before, after;
  bool step = false;                                 ///< undo takes it back; else the desk knows of it
  bool theirs = false;                               ///< another program changed it meanwhile: steps of before are void
  std::optional<std::size_t> scene;                  ///< to be chosen in `after`
  geo::Message told;                                 ///< may be empty
};
struct Failed { std::filesystem::path file; bool wrote = false; geo::Error error; };
struct Exported { std::filesystem::path to; };

}  // namespace app::briefing
// clang-format on

namespace app {

using BriefingCommandKinds =
    std::variant<briefing::Choose, briefing::ChooseScene, briefing::StepScene, briefing::MoveScene,
                 briefing::MoveChosen, briefing::DuplicateScene, briefing::DeleteScene,
                 briefing::CopyScene, briefing::PasteScene, briefing::Edit, briefing::BeginHeadline,
                 briefing::EndTyping, briefing::WantHeadline, briefing::KeepHeadline,
                 briefing::Pace, briefing::Capture, briefing::Recapture, briefing::Highlight,
                 briefing::ShowOnMap, briefing::AskName, briefing::AskDraft, briefing::TypeName,
                 briefing::WishDraft, briefing::TakeName, briefing::MakeDraft, briefing::Duplicate,
                 briefing::Delete, briefing::Shape, briefing::Present, briefing::Known,
                 briefing::Changed, briefing::Failed, briefing::Exported>;
extern template struct OneOf<BriefingCommandKinds>;
using BriefingCommand = OneOf<BriefingCommandKinds>;

namespace command {

struct OfBriefing {
  BriefingCommand what;
};

}  // namespace command
}  // namespace app
