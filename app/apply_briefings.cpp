#include <algorithm>
#include <chrono>
#include <utility>

#include "app/apply.hpp"
#include "app/briefing_parts.hpp"
#include "data/meeting.hpp"

namespace app {
namespace {

using namespace briefing;
using geo::msg;

struct Keeping {
  AppState& s;
  BriefingDesk& b = s.briefing;

  data::Briefing* chosen() const { return chosen_briefing(s); }
  bool may_write() const { return may_write_briefings(s); }
  void request(BriefingJob job) const { request_writing(s, std::move(job)); }
  void tell(geo::Message message, bool steps_back = false) const {
    tell_of_briefing(s, std::move(message), steps_back);
  }

  void operator()(const AskName& c) {
    write_typed(s);
    const data::Briefing* now = chosen();
    if (!may_write() || (c.renaming && now == nullptr) || !b.book) return;
    b.renaming = c.renaming;
    b.name = c.renaming
                 ? now->name
                 : free_name(b.book->briefings, say(s.view.language, "app.briefing_new_name"));
    s.dialog = Dialog::briefing_name;
  }
  void operator()(const TypeName& c) { b.name = c.text; }
  bool is_free(const std::string& name) const {
    return name.find_first_not_of(' ') != std::string::npos && b.book &&
           free_name(b.book->briefings, name) == name;
  }
  void operator()(const TakeName&) {
    const bool same = b.renaming && chosen() != nullptr && chosen()->name == b.name;
    if (!same && !is_free(b.name)) return;
    s.dialog = Dialog::none;
    if (b.renaming && chosen() != nullptr && may_write()) {
      const data::Briefing before = *chosen();
      chosen()->name = b.name;
      write_briefing(s, before, *chosen());
    } else if (b.renaming) {
      return;
    } else if (may_write()) {
      add(data::Briefing{0, b.name, 12, {}, {}, {}});
    }
  }
  /// Undo knows of it once it has an id.
  void add(data::Briefing fresh) {
    request(ChangeBriefing{s.loaded->file, std::nullopt, std::move(fresh), true, true});
  }
  void operator()(const Duplicate&) {
    write_typed(s);
    if (chosen() == nullptr || !may_write()) return;
    data::Briefing copy = *chosen();
    copy.id = 0;
    copy.made_at.clear();
    copy.name =
        free_name(b.book->briefings, say(s.view.language, "app.briefing_copy_name", copy.name));
    add(std::move(copy));
  }
  void operator()(const Delete&) {
    write_typed(s);
    if (chosen() == nullptr || !may_write()) return;
    const data::Briefing before = *chosen();
    drop_briefing(s, before.id);
    write_briefing(s, before, std::nullopt);
    tell(msg("app.briefing_deleted", before.name), true);
  }
  void operator()(const AskDraft&) {
    write_typed(s);
    if (!may_write() || s.dataset()->dates.empty()) return;
    const auto& dates = s.dataset()->dates;
    DraftWish& wish = b.draft;
    wish.at = dates.back();
    wish.since = dates.front();
    for (const geo::Date day : dates)
      if (wish.at - day >= data::days_between_meetings) wish.since = day;
    if (wish.since == wish.at)
      wish.since = wish.at + -data::days_between_meetings;  // there is but one
    wish.indicator =
        data::is_reported(s.view.indicator) ? s.view.indicator : data::Indicator::activation_l2;
    name_draft();
    s.dialog = Dialog::briefing_draft;
  }
  void name_draft() {
    b.name = say(s.view.language, "app.brief_name", date(s.view.language, b.draft.at));
    if (b.book) b.name = free_name(b.book->briefings, b.name);
  }
  void operator()(const WishDraft& c) {
    const bool named = c.wish.at != b.draft.at;
    b.draft = c.wish;
    if (named) name_draft();
  }
  void operator()(const MakeDraft&) {
    if (!may_write() || !is_free(b.name) || !(b.draft.since < b.draft.at)) return;
    s.dialog = Dialog::none;
    request(DraftBriefing{s.loaded, b.draft, b.name});
  }

  // What jobs answer.
  bool of_another(const std::filesystem::path& file) const {
    return !s.loaded || s.loaded->file != file;
  }
  /// What is on its way is newer than what was read.
  void take(const BriefingBook& book) {
    if (b.writing > 0 || b.before_typing) return;
    const auto plans = b.book ? b.book->plans : nullptr;
    b.book = book;
    // Scenes that were worked out with them stand.
    if (plans && *plans == *book.plans) b.book->plans = plans;
    if (chosen() == nullptr) b.chosen.reset();
    if (!b.chosen && !book.briefings.empty()) b.chosen = book.briefings.front().id;
    if (b.chosen) choose_scene(s, *b.chosen, b.scene);
  }
  void operator()(const Known& c) {
    if (of_another(c.file)) return;
    b.asked = false;
    take(c.book);
  }
  void forget_steps() {
    for (auto* steps : {&s.history.past, &s.history.future})
      std::erase_if(*steps,
                    [](const Step& step) { return std::holds_alternative<BriefingChanged>(step); });
  }
  void operator()(const Changed& c) {
    if (of_another(c.file)) return;
    if (b.writing > 0) --b.writing;
    if (c.scene) write_typed(s);  // before another one is chosen
    if (c.theirs) forget_steps();
    if (c.step) add_step(s.history, BriefingChanged{c.before, c.after});
    take(c.book);
    if (c.scene && c.after) choose_scene(s, c.after->id, *c.scene);
    if (!c.told.id.empty()) tell(c.told, c.step);
  }
  void operator()(const Failed& c) {
    if (of_another(c.file)) return;
    b.asked = false;
    s.error = c.error;
    if (!c.wrote) return;
    if (b.writing > 0) --b.writing;
    // What the desk shows is not what is kept.
    forget_steps();
    b.before_typing.reset();
    b.typing_headline = false;
    b.asked = true;
    s.requests.emplace_back(BriefingJob(ReadBriefings{s.loaded->file}));
  }
  void operator()(const Exported& c) { tell(msg("app.briefing_exported", c.to.string())); }
  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

void apply_briefings(AppState& state, const BriefingCommand& command) {
  std::visit(Keeping{state}, command);
}

data::Briefing* chosen_briefing(AppState& s) {
  BriefingDesk& b = s.briefing;
  if (!b.book || !b.chosen) return nullptr;
  auto& all = b.book->briefings;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const data::Briefing& one) { return one.id == *b.chosen; });
  return found == all.end() ? nullptr : &*found;
}

data::Scene* scene_in(const AppState& s, data::Briefing& of) {
  return s.briefing.scene < of.scenes.size() ? &of.scenes[s.briefing.scene] : nullptr;
}

void choose_scene(AppState& s, std::int64_t briefing, std::size_t scene) {
  BriefingDesk& b = s.briefing;
  if (b.chosen != briefing) b.shown.clear();
  b.chosen = briefing;
  b.scene = scene;
  const data::Briefing* now = chosen_briefing(s);
  if (now != nullptr && b.scene >= now->scenes.size())
    b.scene = now->scenes.empty() ? 0 : now->scenes.size() - 1;
}

void drop_briefing(AppState& s, std::int64_t id) {
  BriefingDesk& b = s.briefing;
  auto& all = b.book->briefings;
  const auto at = std::find_if(all.begin(), all.end(),
                               [id](const data::Briefing& one) { return one.id == id; });
  if (at == all.end()) return;
  const auto next = all.erase(at);
  if (b.chosen != id) return;
  b.chosen.reset();
  b.shown.clear();
  if (!all.empty()) choose_scene(s, next == all.end() ? all.back().id : next->id, 0);
}

void tell_of_briefing(AppState& s, geo::Message message, bool steps_back) {
  s.toast = Toast{std::move(message), false, s.now + std::chrono::seconds(8), steps_back};
}

void request_writing(AppState& s, BriefingJob job) {
  ++s.briefing.writing;
  s.requests.emplace_back(std::move(job));
}

bool may_write_briefings(AppState& s) {
  if (!s.loaded) return false;
  if (!s.briefing.book || !s.briefing.book->read_only) return true;
  tell_of_briefing(s, msg("app.briefing_read_only"));
  return false;
}

void write_briefing(AppState& s, std::optional<data::Briefing> before,
                    std::optional<data::Briefing> after) {
  if (before && after && same_content(*before, *after)) return;
  if (s.toast && s.toast->steps_back) s.toast.reset();
  add_step(s.history, BriefingChanged{before, after});
  request_writing(
      s, ChangeBriefing{s.loaded->file, std::move(before), std::move(after), false, false});
}

}  // namespace app
