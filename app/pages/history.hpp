#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <variant>

#include "app/pages/history_state.hpp"
#include "geo/progress.hpp"

namespace app {
struct AppState;
}

namespace app::history_page {

// clang-format off
// What is asked for, and what jobs answer.
struct Read {};
struct ChoosePart { Part part = Part::entered; };
struct TypeFilter { Filter filter; };
struct More {};
struct ChooseRow { std::size_t row = 0; };
struct Undo { bool sure = false; };        ///< the batch of the row chosen; asks first
struct UndoImport { bool sure = false; };  ///< the latest; asks first
struct NotSure {};
struct TypeMoments { std::string moment, then, later; };
struct LookAt {};
struct Compare {};
struct Known { std::filesystem::path file; std::uint64_t query = 0; std::shared_ptr<const Imports> imports; std::shared_ptr<const Entered> entered; };
struct PartRead { std::filesystem::path file; std::uint64_t query = 0; std::shared_ptr<const Entered> entered; };
struct Undone { std::filesystem::path file; bool wrote = false; Told told; std::int64_t source = 0; };  ///< source: the import taken back
struct StateKnown { std::filesystem::path file; std::shared_ptr<const data::KnownState> known; };
struct Compared { std::filesystem::path file; std::shared_ptr<const Difference> difference; };
struct Exported { std::filesystem::path file, out; };
using Command = std::variant<Read, ChoosePart, TypeFilter, More, ChooseRow, Undo, UndoImport,
                             NotSure, TypeMoments, LookAt, Compare, Known, PartRead, Undone,
                             StateKnown, Compared, Exported>;

// On a job's thread.
struct ReadAll { std::filesystem::path workspace; Filter filter; std::uint64_t query = 0; };
/// What comes after `so_far`, with it.
struct ReadPart { std::filesystem::path workspace; Filter filter; std::uint64_t query = 0; std::shared_ptr<const Entered> so_far; };
struct UndoBatch { std::filesystem::path workspace; data::Uuid batch; };
struct TakeBackImport { std::filesystem::path workspace; std::int64_t source = 0; };  ///< refused where it is not the latest any more
struct LookBack { std::filesystem::path workspace; std::string time; };
struct CompareStates { std::filesystem::path workspace; std::string then, later; };
struct Export { std::filesystem::path workspace, out; std::shared_ptr<const Difference> difference; Language language = Language::vietnamese; };
using Job = std::variant<ReadAll, ReadPart, UndoBatch, TakeBackImport, LookBack, CompareStates, Export>;
/// Whether a job of it changes the workspace.
inline bool writes(const Job& job) { return std::holds_alternative<UndoBatch>(job) || std::holds_alternative<TakeBackImport>(job); }
// clang-format on

void opened(AppState& state);
void failed(AppState& state);  ///< a job of it
void apply(AppState& state, const Command& command);
void step(AppState& state, bool back);  ///< undo, redo
/// "difference": where it is exported to.
void take_path(AppState& state, const std::string& what, const std::filesystem::path& file);
Command work_on(const Job& job, const geo::Progress& progress);

/// The differences and the totals of both moments, as tables for other programs.
void export_difference(const Difference& difference, const std::string& title, Language language,
                       const std::filesystem::path& file);

}  // namespace app::history_page
