#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/entry_words.hpp"
#include "data/history_rows.hpp"
#include "data/import_undo.hpp"
#include "data/state_difference.hpp"

/// Who entered what, what was imported, and what was known when.
namespace app::history_page {

enum class Part : std::uint8_t { entered, imports, as_known, compare };

/// As typed.
struct Filter {
  std::string words, author, from, until;
  bool operator==(const Filter&) const = default;
};
struct Entered {
  std::vector<data::HistoryRow> rows;  ///< newest first
  /// As listed: each batch has a line of its own above its rows.
  struct Line {
    std::size_t row = 0;
    bool of_batch = false;
  };
  std::vector<Line> lines;
  bool more = false;
  std::int64_t last = 0;
  UnitNames names;
};
struct Imports {
  std::vector<data::Source> there;                ///< newest first
  std::vector<data::ImportTakenBack> taken_back;  ///< likewise
  std::size_t operations = 0;
  bool read_only = false;
  std::string now;  ///< UTC: when this was read
};
/// What an undo left alone.
struct Left {
  data::RecordKey record;
  std::string record_name, field;
};
struct Told {
  geo::Message said;
  std::vector<Left> left;  ///< somebody changed it since
};
struct Difference {
  data::StateDifference is;
  UnitNames names;
};

struct State {
  bool asked = false;    ///< a job of the writing lane is on its way
  bool reading = false;  ///< and it brings the next part of the list
  Part part = Part::entered;
  Filter filter;
  std::uint64_t query = 0;  ///< times; an answer to an older question is void
  std::shared_ptr<const Entered> entered;
  std::optional<std::size_t> chosen;  ///< into its rows
  bool sure = false;                  ///< the undo was asked for once
  std::optional<Told> told;
  std::shared_ptr<const Imports> imports;
  std::string moment, then, later;  ///< as typed; `later` empty: now
  std::shared_ptr<const data::KnownState> known;
  std::shared_ptr<const Difference> difference;
  std::optional<std::filesystem::path> exported;
};

}  // namespace app::history_page
