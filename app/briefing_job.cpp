#include "app/briefing_job.hpp"

#include <algorithm>
#include <utility>

#include "data/plan_to_come.hpp"
#include "data/window_lock.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

using namespace briefing;
using geo::msg;

BriefingBook book_of(data::Workspace& workspace, bool read_only) {
  BriefingBook book;
  book.briefings = data::briefings(workspace, &book.issues);
  // By age, which does not change while they are being edited.
  std::sort(book.briefings.begin(), book.briefings.end(),
            [](const data::Briefing& a, const data::Briefing& b) { return a.id > b.id; });
  book.plans = std::make_shared<const std::vector<data::KeptPlan>>(
      data::kept_plans(workspace, &book.issues));
  book.read_only = read_only;
  return book;
}

const data::Briefing* find(const std::vector<data::Briefing>& all, std::int64_t id) {
  const auto found =
      std::find_if(all.begin(), all.end(), [id](const data::Briefing& b) { return b.id == id; });
  return found == all.end() ? nullptr : &*found;
}

Changed changed(data::Workspace& workspace, std::optional<data::Briefing> before,
                std::optional<data::Briefing> after) {
  Changed out;
  out.file = workspace.file();
  out.before = std::move(before);
  out.after = std::move(after);
  out.book = book_of(workspace, false);
  return out;
}

struct Work {
  BriefingCommand operator()(const ReadBriefings& r) const {
    const bool read_only = is_read_only(r.workspace);
    data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
    return Known{r.workspace, book_of(workspace, read_only)};
  }
  BriefingCommand operator()(const ChangeBriefing& r) const {
    data::Workspace workspace = data::Workspace::open(r.workspace);
    // Nobody else writes between what is read here and what is written.
    data::Transaction transaction(workspace.database());
    const std::int64_t id = r.before ? r.before->id : r.after ? r.after->id : 0;
    const auto kept = data::briefings(workspace);
    const data::Briefing* there = find(kept, id);
    const data::Briefing* expected = r.before ? &*r.before : nullptr;
    const bool others = there != nullptr && !(expected && same_content(*there, *expected)) &&
                        !(r.after && same_content(*there, *r.after));
    if (others) {
      transaction.commit();
      Changed out = changed(workspace, r.before, *there);
      out.theirs = true;
      out.told = msg("app.briefing_theirs", there->name);
      return out;
    }
    std::optional<data::Briefing> after = r.after;
    if (after) {
      after = data::put_briefing(workspace, *after);
    } else {
      data::delete_briefing(workspace, id);
    }
    transaction.commit();
    Changed out = changed(workspace, r.before, std::move(after));
    out.step = r.step;
    if (r.shows && out.after) out.scene = first_difference(r.before, *out.after);
    return out;
  }
  BriefingCommand operator()(const AddScene& r) const {
    data::Workspace workspace = data::Workspace::open(r.workspace);
    data::Transaction transaction(workspace.database());
    const auto kept = data::briefings(workspace);
    const data::Briefing* into = r.briefing != 0 ? find(kept, r.briefing) : nullptr;
    if (into == nullptr && !kept.empty()) into = &kept.front();
    data::Briefing after;
    std::optional<data::Briefing> before;
    if (into != nullptr) {
      before = after = *into;
    } else {
      after.name = free_name(kept, r.name);
    }
    const std::size_t count = after.scenes.size();
    const std::size_t at =
        r.behind && into && into->id == r.briefing ? std::min(count, *r.behind + 1) : count;
    after.scenes.insert(after.scenes.begin() + static_cast<std::ptrdiff_t>(at), r.scene);
    after = data::put_briefing(workspace, after);
    transaction.commit();
    Changed out = changed(workspace, std::move(before), after);
    if (r.expected && into && into->id == r.briefing && same_content(*into, *r.expected))
      return out;
    out.theirs = r.expected.has_value();
    out.step = true;
    out.scene = at;
    out.told = msg("app.briefing_captured", at + 1, after.name);
    return out;
  }
  BriefingCommand operator()(const DraftBriefing& r) const {
    data::Workspace workspace = data::Workspace::open(r.loaded->file);
    const auto plans = data::kept_plans(workspace);
    data::StatementAsk of;
    of.indicator = r.wish.indicator;
    of.since = r.wish.since;
    of.at = r.wish.at;
    of.plan = data::coming_plan(plans, r.wish.indicator, r.wish.at);
    data::Briefing draft = drafted(*r.loaded->dataset, of, r.name);
    data::Transaction transaction(workspace.database());
    draft.name = free_name(data::briefings(workspace), r.name);
    draft = data::put_briefing(workspace, std::move(draft));
    transaction.commit();
    Changed out = changed(workspace, std::nullopt, draft);
    out.step = true;
    out.scene = 0;
    out.told = msg("app.briefing_drafted", draft.scenes.size(), draft.name);
    return out;
  }
};

}  // namespace

bool is_read_only(const std::filesystem::path& file) {
  try {
    data::Workspace::open(file);
  } catch (const geo::Error& error) {
    if (error.message.id == "data.read_only") return true;
    throw;
  }
  // One window writes, the others look.
  const auto window = data::window_of(file);
  return window && !window->self;
}

BriefingCommand work_on(const BriefingJob& job) { return std::visit(Work{}, job); }

BriefingCommand failure(const BriefingJob& job, const geo::Error& error) {
  const std::filesystem::path file = std::visit(
      [](const auto& r) {
        if constexpr (requires { r.workspace; }) {
          return r.workspace;
        } else {
          return r.loaded->file;
        }
      },
      job);
  return Failed{file, !std::holds_alternative<ReadBriefings>(job), error};
}

bool same_content(const data::Briefing& a, const data::Briefing& b) {
  return a.name == b.name && a.seconds == b.seconds && a.scenes == b.scenes;
}

std::size_t first_difference(const std::optional<data::Briefing>& before,
                             const data::Briefing& after) {
  if (!before) return 0;
  const auto [here, there] = std::mismatch(before->scenes.begin(), before->scenes.end(),
                                           after.scenes.begin(), after.scenes.end());
  return static_cast<std::size_t>(there - after.scenes.begin());
}

std::string free_name(const std::vector<data::Briefing>& briefings, const std::string& wanted) {
  const auto taken = [&](const std::string& name) {
    return std::any_of(briefings.begin(), briefings.end(),
                       [&](const data::Briefing& b) { return b.name == name; });
  };
  std::string name = wanted;
  for (std::size_t i = 2; taken(name); ++i) name = wanted + " (" + std::to_string(i) + ")";
  return name;
}

}  // namespace app
