#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "geo/error.hpp"
#include "geo/message.hpp"

/// Entry mode beside the week's table: each page has its state, commands and jobs in a header of
/// its own, which nobody includes who does not need it.
namespace app {

enum class EntryPage : std::uint8_t {
  week,
  district,  ///< progress, and a list to read out on the telephone
  records,   ///< teams, settlements, activities
  exchange,  ///< packages, and what they disagree about
  history,   ///< who entered what, and states as they were known
  boundary,  ///< a decree changes the units
  safety     ///< backups
};

struct PageCommand;  ///< of any page: page_command.hpp
struct PageJob;

namespace district_page {
struct State;
}
namespace records_page {
struct State;
}
namespace exchange_page {
struct State;
}
namespace history_page {
struct State;
}
namespace boundary_page {
struct State;
}
namespace safety_page {
struct State;
}

/// What the pages hold; a page that was never shown holds nothing.
struct Pages {
  EntryPage shown = EntryPage::week;
  std::shared_ptr<const district_page::State> district;
  std::shared_ptr<const records_page::State> records;
  std::shared_ptr<const exchange_page::State> exchange;
  std::shared_ptr<const history_page::State> history;
  std::shared_ptr<const boundary_page::State> boundary;
  std::shared_ptr<const safety_page::State> safety;
};

namespace entry {

struct ChoosePage {
  EntryPage page = EntryPage::week;
};
struct OfPage {
  std::shared_ptr<const PageCommand> what;
};
/// A file is asked for in the desk's dialog; the page that is shown gets it.
struct AskPath {
  std::string what;                  ///< of the page: which file
  geo::Message title;                ///< of the dialog
  std::string name;                  ///< offered
  std::vector<std::string> endings;  ///< ".phusong"; shown are files with one of them
  bool writes = false;               ///< a file that is there is asked about
};
struct TakePath {
  std::filesystem::path file;
};

}  // namespace entry

/// Done on a job's thread.
struct PageWork {
  std::shared_ptr<const PageJob> what;
  bool waited_for = false;  ///< long: its progress is shown, and it can be stopped
};

}  // namespace app
