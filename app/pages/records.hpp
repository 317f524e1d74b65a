#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "data/record_book.hpp"
#include "data/record_sheet.hpp"
#include "data/record_step.hpp"
#include "geo/polygon.hpp"
#include "geo/progress.hpp"

namespace app {
struct AppState;
}

/// Teams, settlements and activities: a list, and the form of the one chosen.
namespace app::records_page {

/// The key of a record that is being made; `code_field` is typed like a field of it.
inline constexpr const char* code_field = "code";

/// What is typed of a record and not written yet. It stays while others are looked at.
struct Draft {
  std::map<std::string, std::string> typed;  ///< by field, as typed
  bool by_hand = false;                      ///< not only what a new form begins with
  std::string reason;                        ///< for what breaks a rule
  std::vector<data::RuleBreak> breaks;
  std::optional<geo::Message> refused, way_out;  ///< when it was to be saved
};

/// The commune that the form says, to put the place on.
struct CommuneMap {
  data::UnitKey unit;
  geo::GeoShape shape;
};

struct State {
  std::filesystem::path of;  ///< the workspace that all of it is about
  bool asked = false;        ///< a reading is on its way
  bool read_only = false;
  std::shared_ptr<const data::RecordBook> book;  ///< empty: not read yet
  data::RecordKind kind = data::RecordKind::team;
  std::string filter;
  bool others = false;                    ///< records of other units are listed too
  std::vector<std::uint32_t> shown;       ///< of the book's rows of the kind
  std::optional<data::RecordKey> chosen;  ///< with an empty key: one that is being made
  bool scroll_to_chosen = false;
  std::shared_ptr<const data::RecordSheet> sheet;  ///< of the one chosen; empty: being read
  std::map<data::RecordKey, Draft> drafts;
  std::uint64_t typed = 0;  ///< times; an answer about an older text is void
  bool looking = false;     ///< a look is on its way
  bool map_open = false;
  std::shared_ptr<const CommuneMap> map;
  std::size_t writing = 0;  ///< steps on their way to the workspace
  std::vector<data::RecordStep> done, undone;
  std::optional<geo::Message> told, told_way_out;  ///< why a step was left alone

  const Draft* draft() const;  ///< of the one chosen; null: nothing is typed
  bool making() const { return chosen && chosen->key.empty(); }
};

// What is asked for.
struct Read {};
struct ChooseKind {
  data::RecordKind kind = data::RecordKind::team;
};
struct Filter {
  std::string text;
};
struct ShowOthers {
  bool on = false;
};
struct Choose {
  data::RecordKey record;
};
struct Make {};  ///< a new one of the kind shown
struct TypeField {
  std::string field, text;
};
struct TypeReason {
  std::string text;
};
struct Discard {};
struct Save {};
struct Close {};   ///< a team, today: typed into the form, and nothing is deleted
struct Reopen {};  ///< likewise
struct ToggleMap {};
struct ForgetTold {};

// What jobs answer.
struct Known {
  std::filesystem::path file;  ///< the workspace it is about
  std::shared_ptr<const data::RecordBook> book;
  bool read_only = false;
};
struct Looked {
  std::filesystem::path file;
  std::uint64_t typed = 0;
  std::shared_ptr<const data::RecordSheet> sheet;
  std::vector<data::RuleBreak> breaks;
  std::shared_ptr<const CommuneMap> map;  ///< empty: as before
};
enum class How : std::uint8_t { entered, taken_back, done_again };
struct Written {
  std::filesystem::path file;
  How how = How::entered;
  data::RecordKey drafted;  ///< as it was called in the form
  std::map<std::string, std::string> typed;
  data::RecordStep step;
  std::shared_ptr<const data::RecordBook> book;
  std::shared_ptr<const data::RecordSheet> sheet;
};
struct Refused {
  std::filesystem::path file;
  How how = How::entered;
  data::RecordKey drafted;
  geo::Message why, way_out;
};
using Command =
    std::variant<Read, ChooseKind, Filter, ShowOthers, Choose, Make, TypeField, TypeReason, Discard,
                 Save, Close, Reopen, ToggleMap, ForgetTold, Known, Looked, Written, Refused>;

// On a job's thread.
struct ReadAll {
  std::filesystem::path workspace;
};
struct Look {
  std::filesystem::path workspace;
  std::uint64_t typed = 0;
  data::RecordKey record;
  std::vector<data::FieldChange> changes;  ///< canonical
  std::optional<data::UnitKey> map_of;     ///< its boundary is wanted
};
struct Write {
  std::filesystem::path workspace;
  How how = How::entered;
  data::RecordKey drafted, record;
  std::map<std::string, std::string> typed;
  std::vector<data::FieldChange> changes;  ///< when it is entered
  data::RecordStep step;                   ///< else
};
using Job = std::variant<ReadAll, Look, Write>;
/// Whether a job of it changes the workspace.
inline bool writes(const Job& job) { return std::holds_alternative<Write>(job); }

void opened(AppState& state);
/// Forms with something typed in them that is not saved; the first of them is chosen.
std::size_t unsaved(AppState& state);
void failed(AppState& state);  ///< a job of it
void apply(AppState& state, const Command& command);
void step(AppState& state, bool back);  ///< undo, redo
void take_path(AppState& state, const std::string& what, const std::filesystem::path& file);
Command work_on(const Job& job, const geo::Progress& progress);

}  // namespace app::records_page
