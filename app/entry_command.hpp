#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "app/entry_state.hpp"
#include "app/one_of.hpp"
#include "geo/error.hpp"

// clang-format off
/// What entry mode is asked for; one of app::Command.
namespace app::entry {

struct ChooseWeek { geo::Date week; };
struct Move { EntryMove where = EntryMove::down; bool extend = false, most = false; std::size_t by = 1; };
struct ChooseCell { EntryCell at; bool extend = false; };
struct ChooseAll {};
struct Type { std::string text; };       ///< behind what is typed already; begins with the first key
struct BeginEdit {};                     ///< what the cell holds is there to be changed
struct EraseLetter {};                   ///< the last one typed; where nothing is: the cell
struct Take { bool by_tab = false, back = false; };  ///< what is typed, and on to the next cell
struct Drop {};                          ///< what is typed
struct Clear {};
struct FillDown {};
struct WantPaste {};
struct Paste { std::string text; };      ///< of the clipboard
struct WantCopy { bool cut = false; };
struct Copied {};
struct Back {}; struct Again {};         ///< a step, written as well
struct GoToRow { std::size_t row = 0; };
struct ForgetPaste {};                   ///< what is told of it
struct ToggleTelex {};
struct TypeReason { std::string text; };
struct LetStand { std::size_t broken = 0; };  ///< written with the reason
struct TakeBack { std::size_t broken = 0; };  ///< as it was before

// What jobs answer.
struct Known { std::filesystem::path file; data::Week week; std::vector<geo::Date> weeks; bool newest = false, read_only = false; };
struct Written { std::filesystem::path file; std::size_t cells = 0; std::vector<EntryBroken> broken; };
struct Failed { std::filesystem::path file; bool wrote = false; geo::Error error; OfPage page; };  ///< page: whose job it was

}  // namespace app::entry
// clang-format on

namespace app {

using EntryCommandKinds =
    std::variant<entry::ChooseWeek, entry::Move, entry::ChooseCell, entry::ChooseAll, entry::Type,
                 entry::BeginEdit, entry::EraseLetter, entry::Take, entry::Drop, entry::Clear,
                 entry::FillDown, entry::WantPaste, entry::Paste, entry::WantCopy, entry::Copied,
                 entry::Back, entry::Again, entry::GoToRow, entry::ForgetPaste, entry::TypeReason,
                 entry::LetStand, entry::TakeBack, entry::Known, entry::Written, entry::Failed,
                 entry::ToggleTelex, entry::ChoosePage, entry::OfPage, entry::AskPath,
                 entry::TakePath>;
extern template struct OneOf<EntryCommandKinds>;
using EntryCommand = OneOf<EntryCommandKinds>;

namespace command {

struct OfEntry {
  EntryCommand what;
};

}  // namespace command
}  // namespace app
