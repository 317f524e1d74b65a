#pragma once
#include <memory>
#include <utility>
#include <variant>

#include "app/pages/boundary.hpp"
#include "app/pages/district.hpp"
#include "app/pages/exchange.hpp"
#include "app/pages/history.hpp"
#include "app/pages/pages.hpp"
#include "app/pages/records.hpp"
#include "app/pages/safety.hpp"
#include "geo/error.hpp"
#include "geo/progress.hpp"

namespace app {

struct AppState;

/// A job of a page could not be done; the error is shown, the page waits no longer.
struct PageFailed {
  EntryPage page = EntryPage::week;
};
struct PageCommand {
  std::variant<PageFailed, district_page::Command, records_page::Command, exchange_page::Command,
               history_page::Command, boundary_page::Command, safety_page::Command>
      what;
};
struct PageJob {
  std::variant<district_page::Job, records_page::Job, exchange_page::Job, history_page::Job,
               boundary_page::Job, safety_page::Job>
      what;
};

/// A page's command, for `commands`, and its job, for `AppState::requests` (through EntryJob).
template <class Command>
entry::OfPage of_page(Command command) {
  return {std::make_shared<const PageCommand>(PageCommand{std::move(command)})};
}
template <class Job>
PageWork page_work(Job job, bool waited_for = false) {
  return {std::make_shared<const PageJob>(PageJob{std::move(job)}), waited_for};
}

/// Whether it changes the workspace: each page says so of its jobs by a function `writes`.
bool page_writes(const PageWork& work);
/// The page shown was chosen, or the workspace was read again while it was shown.
void open_page(AppState& state);
void apply_page(AppState& state, const PageCommand& command);
/// A step of the page shown goes back, or is done again.
void step_page(AppState& state, bool back);
void take_page_path(AppState& state, const std::string& what, const std::filesystem::path& file);
entry::OfPage work_on(const PageWork& work, const geo::Progress& progress);
entry::OfPage page_failure(const PageWork& work);

/// A page's state is a value; a change makes a new one.
template <class State, class How>
void change(std::shared_ptr<const State>& of, How how) {
  auto next = of ? std::make_shared<State>(*of) : std::make_shared<State>();
  how(*next);
  of = std::move(next);
}

}  // namespace app
