#include "app/pages/page_command.hpp"

#include "app/state.hpp"

namespace app {
namespace {

EntryPage page_of(const PageJob& job) {
  struct Of {
    EntryPage operator()(const district_page::Job&) const { return EntryPage::district; }
    EntryPage operator()(const records_page::Job&) const { return EntryPage::records; }
    EntryPage operator()(const exchange_page::Job&) const { return EntryPage::exchange; }
    EntryPage operator()(const history_page::Job&) const { return EntryPage::history; }
    EntryPage operator()(const boundary_page::Job&) const { return EntryPage::boundary; }
    EntryPage operator()(const safety_page::Job&) const { return EntryPage::safety; }
  };
  return std::visit(Of{}, job.what);
}

void fail(AppState& s, EntryPage page) {
  switch (page) {
    case EntryPage::week:
      break;
    case EntryPage::district:
      district_page::failed(s);
      break;
    case EntryPage::records:
      records_page::failed(s);
      break;
    case EntryPage::exchange:
      exchange_page::failed(s);
      break;
    case EntryPage::history:
      history_page::failed(s);
      break;
    case EntryPage::boundary:
      boundary_page::failed(s);
      break;
    case EntryPage::safety:
      safety_page::failed(s);
      break;
  }
}

}  // namespace

bool page_writes(const PageWork& work) {
  return std::visit([](const auto& job) { return writes(job); }, work.what->what);
}

void open_page(AppState& s) {
  switch (s.entry.pages.shown) {
    case EntryPage::week:
      break;
    case EntryPage::district:
      district_page::opened(s);
      break;
    case EntryPage::records:
      records_page::opened(s);
      break;
    case EntryPage::exchange:
      exchange_page::opened(s);
      break;
    case EntryPage::history:
      history_page::opened(s);
      break;
    case EntryPage::boundary:
      boundary_page::opened(s);
      break;
    case EntryPage::safety:
      safety_page::opened(s);
      break;
  }
}

void apply_page(AppState& s, const PageCommand& command) {
  struct Apply {
    AppState& s;
    void operator()(const PageFailed& c) const { fail(s, c.page); }
    void operator()(const district_page::Command& c) const { district_page::apply(s, c); }
    void operator()(const records_page::Command& c) const { records_page::apply(s, c); }
    void operator()(const exchange_page::Command& c) const { exchange_page::apply(s, c); }
    void operator()(const history_page::Command& c) const { history_page::apply(s, c); }
    void operator()(const boundary_page::Command& c) const { boundary_page::apply(s, c); }
    void operator()(const safety_page::Command& c) const { safety_page::apply(s, c); }
  };
  std::visit(Apply{s}, command.what);
}

void step_page(AppState& s, bool back) {
  switch (s.entry.pages.shown) {
    case EntryPage::week:
      break;
    case EntryPage::district:
      district_page::step(s, back);
      break;
    case EntryPage::records:
      records_page::step(s, back);
      break;
    case EntryPage::exchange:
      exchange_page::step(s, back);
      break;
    case EntryPage::history:
      history_page::step(s, back);
      break;
    case EntryPage::boundary:
      boundary_page::step(s, back);
      break;
    case EntryPage::safety:
      safety_page::step(s, back);
      break;
  }
}

void take_page_path(AppState& s, const std::string& what, const std::filesystem::path& file) {
  switch (s.entry.pages.shown) {
    case EntryPage::week:
      break;
    case EntryPage::district:
      district_page::take_path(s, what, file);
      break;
    case EntryPage::records:
      records_page::take_path(s, what, file);
      break;
    case EntryPage::exchange:
      exchange_page::take_path(s, what, file);
      break;
    case EntryPage::history:
      history_page::take_path(s, what, file);
      break;
    case EntryPage::boundary:
      boundary_page::take_path(s, what, file);
      break;
    case EntryPage::safety:
      safety_page::take_path(s, what, file);
      break;
  }
}

entry::OfPage work_on(const PageWork& work, const geo::Progress& progress) {
  struct Do {
    const geo::Progress& progress;
    entry::OfPage operator()(const district_page::Job& job) const {
      return of_page(district_page::work_on(job, progress));
    }
    entry::OfPage operator()(const records_page::Job& job) const {
      return of_page(records_page::work_on(job, progress));
    }
    entry::OfPage operator()(const exchange_page::Job& job) const {
      return of_page(exchange_page::work_on(job, progress));
    }
    entry::OfPage operator()(const history_page::Job& job) const {
      return of_page(history_page::work_on(job, progress));
    }
    entry::OfPage operator()(const boundary_page::Job& job) const {
      return of_page(boundary_page::work_on(job, progress));
    }
    entry::OfPage operator()(const safety_page::Job& job) const {
      return of_page(safety_page::work_on(job, progress));
    }
  };
  return std::visit(Do{progress}, work.what->what);
}

entry::OfPage page_failure(const PageWork& work) {
  return of_page(PageFailed{page_of(*work.what)});
}

}  // namespace app
