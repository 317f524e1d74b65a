#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "app/pages/exchange_state.hpp"
#include "geo/progress.hpp"

namespace app {
struct AppState;
}

namespace app::exchange_page {

// clang-format off
// What is asked for, and what jobs answer.
struct Read {};
struct ChoosePart { Part part = Part::send; };
struct ChooseFrom { SendFrom from = SendFrom::everything; };
struct TypeDay { std::string text; };
struct ForgetKey {};
struct WantUnit { bool wanted = true; };
struct TypeUnit { std::string text; };
struct ChooseUnit { std::size_t unit = 0; };
struct AddFiles { std::vector<std::filesystem::path> files; };  ///< chosen, or dropped on the window
struct RemoveFile { std::size_t file = 0; };
struct Receive {};
struct ForgetReceived {};
struct ChooseConflict { std::size_t conflict = 0; };
struct TypeValue { std::string text; };
struct TypeReason { std::string text; };
struct DecideHead { std::size_t head = 0; };
struct DecideTyped {};
struct DecideNothing {};  ///< not reported
struct LaterForAll { bool sure = false; };  ///< asks first
struct NotLater {};
struct Known { std::filesystem::path file; std::shared_ptr<const Overview> now; };
struct Counted { std::filesystem::path file; std::string since; std::size_t operations = 0; };
struct Packed { std::filesystem::path file; Sent sent; };
struct Merged { std::filesystem::path file; std::uint64_t looked = 0; std::vector<std::filesystem::path> files; std::shared_ptr<const Received> received; };
/// `open`: what is open of the records decided on; `operations`: held by now, and since the last time.
struct Decided { std::filesystem::path file; std::size_t fields = 0, settled = 0; std::vector<geo::Message> refused; std::vector<data::RecordKey> records; Open open; std::size_t operations = 0, since_last = 0; };
using Command =
    std::variant<Read, ChoosePart, ChooseFrom, TypeDay, ForgetKey, WantUnit, TypeUnit, ChooseUnit,
                 AddFiles, RemoveFile, Receive, ForgetReceived, ChooseConflict, TypeValue,
                 TypeReason, DecideHead, DecideTyped, DecideNothing, LaterForAll, NotLater, Known, Counted, Packed,
                 Merged, Decided>;

// On a job's thread.
struct ReadAll { std::filesystem::path workspace; };
struct Count { std::filesystem::path workspace; std::string since; };
struct SetUnit { std::filesystem::path workspace; data::UnitKey unit; };
struct Pack { std::filesystem::path workspace, out; data::PackOptions options; };
/// Of `folders` every package is taken.
struct Merge { std::filesystem::path workspace; std::vector<std::filesystem::path> files, folders; bool preview = true; std::uint64_t looked = 0; };
struct Decide { std::filesystem::path workspace; std::vector<data::Decision> decisions; };
using Job = std::variant<ReadAll, Count, SetUnit, Pack, Merge, Decide>;
// clang-format on
/// Whether a job of it changes the workspace.
inline bool writes(const Job& job) {
  const auto* merge = std::get_if<Merge>(&job);
  return std::holds_alternative<SetUnit>(job) || std::holds_alternative<Pack>(job) ||
         std::holds_alternative<Decide>(job) || (merge != nullptr && !merge->preview);
}

void opened(AppState& state);
void failed(AppState& state);  ///< a job of it
void apply(AppState& state, const Command& command);
void step(AppState& state, bool back);  ///< undo, redo
/// "package": to be written, "key", "file": received, "folder": with all packages in it.
void take_path(AppState& state, const std::string& what, const std::filesystem::path& file);
Command work_on(const Job& job, const geo::Progress& progress);

}  // namespace app::exchange_page
