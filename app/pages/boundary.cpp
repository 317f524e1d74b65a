#include "app/pages/boundary.hpp"

#include "app/pages/page_command.hpp"
#include "app/state.hpp"

namespace app::boundary_page {
namespace {

struct Applying {
  AppState& s;

  void operator()(const Read&) const {
    if (!s.loaded) return;
    change(s.entry.pages.boundary, [](State& page) { page.asked = true; });
    s.requests.emplace_back(EntryJob(page_work(Job(ReadAll{s.loaded->file}))));
  }
  void operator()(const Known& c) const {
    if (!s.loaded || s.loaded->file != c.file) return;
    change(s.entry.pages.boundary, [](State& page) { page.asked = false; });
  }
};

struct Work {
  const geo::Progress& progress;
  Command operator()(const ReadAll& r) const { return Known{r.workspace}; }
};

}  // namespace

void opened(AppState& s) { apply(s, Read{}); }
void failed(AppState& s) {
  change(s.entry.pages.boundary, [](State& page) { page.asked = false; });
}
void apply(AppState& s, const Command& command) { std::visit(Applying{s}, command); }
void step(AppState&, bool) {}
void take_path(AppState&, const std::string&, const std::filesystem::path&) {}
Command work_on(const Job& job, const geo::Progress& progress) {
  return std::visit(Work{progress}, job);
}

}  // namespace app::boundary_page
