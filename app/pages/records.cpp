#include "app/pages/records.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/pages/page_command.hpp"
#include "app/pages/records_form.hpp"
#include "app/state.hpp"
#include "data/clock.hpp"

namespace app::records_page {
namespace {

using data::RecordKind;

void list(State& page) {
  page.shown = page.book ? data::rows_like(*page.book, page.kind, page.filter, page.others)
                         : std::vector<std::uint32_t>();
}

struct Applying {
  AppState& s;

  const State& page() const {
    static const State none;
    return s.entry.pages.records ? *s.entry.pages.records : none;
  }
  template <class How>
  void set(How how) const {
    change(s.entry.pages.records, how);
  }
  void send(Job job) const { s.requests.emplace_back(EntryJob(page_work(std::move(job)))); }
  bool ours(const std::filesystem::path& file) const {
    return s.loaded && s.loaded->file == file && s.entry.pages.records;
  }

  /// The rules of what is typed, and where the commune is that it says, looked up by a job: one at
  /// a time, the next when it has answered.
  void look() const {
    if (!s.loaded || !page().chosen || page().looking) return;
    records_page::Look job{s.loaded->file, page().typed, *page().chosen, changes(page()), {}};
    if (page().making()) {
      const std::string code = page().chosen->kind == RecordKind::activity
                                   ? data::uuid_text(data::random_uuid())
                                   : form_code(page());
      job.record.key = code;
      for (data::FieldChange& change : job.changes) change.record.key = code;
      if (!data::is_record(job.record)) job.changes.clear();
    }
    const auto unit = said_unit();
    if (unit && !(page().map && page().map->unit == *unit)) job.map_of = unit;
    set([](State& p) { p.looking = true; });
    send(std::move(job));
  }
  /// Of the form, else of the record: before that is read there is none.
  std::optional<data::UnitKey> said_unit() const {
    for (const char* name : {"unit", "former_unit"}) {
      const data::RecordField* const field = data::find_field(page().chosen->kind, name);
      if (field == nullptr) continue;
      if (const auto value = form_value(page(), *field).value) return data::unit_key(*value);
    }
    return std::nullopt;
  }
  void typed_anew() const {
    set([](State& p) { ++p.typed; });
    look();
  }
  std::string today_typed() const {
    return in_words(s.view.language, *data::find_field(RecordKind::activity, "date"),
                    geo::iso(data::local_today()));
  }
  bool writable() const {
    return page().chosen && page().sheet && !page().sheet->not_ours && !page().read_only;
  }

  void operator()(const Read&) const {
    if (!s.loaded) return;
    set([&](State& p) {
      if (p.of != s.loaded->file) p = State{};
      p.of = s.loaded->file;
      p.asked = true;
    });
    send(ReadAll{s.loaded->file});
  }
  void operator()(const Known& c) const {
    if (!ours(c.file)) return;
    set([&](State& p) {
      p.asked = false;
      p.book = c.book;
      p.read_only = c.read_only;
      list(p);
      // Another may have been merged in, or taken back, since.
      if (p.chosen && !p.chosen->key.empty() && p.book->find(*p.chosen) == nullptr) {
        p.chosen.reset();
        p.sheet.reset();
      }
    });
    look();
  }
  void operator()(const ChooseKind& c) const {
    if (c.kind == page().kind) return;
    set([&](State& p) {
      p.kind = c.kind;
      p.chosen.reset();
      p.sheet.reset();
      list(p);
    });
  }
  void operator()(const Filter& c) const {
    set([&](State& p) {
      p.filter = c.text;
      list(p);
    });
  }
  void operator()(const ShowOthers& c) const {
    set([&](State& p) {
      p.others = c.on;
      list(p);
    });
  }
  void operator()(const Choose& c) const {
    if (page().chosen == c.record) return;
    set([&](State& p) {
      p.chosen = c.record;
      p.sheet.reset();
      p.told.reset();
    });
    typed_anew();
  }
  void operator()(const Make&) const {
    if (!page().book || page().read_only) return;
    set([&](State& p) {
      p.chosen = data::RecordKey{p.kind, ""};
      p.told.reset();
      data::RecordSheet empty;
      empty.record = *p.chosen;
      for (const data::RecordField& field : data::fields_of(p.kind))
        empty.fields.push_back({std::string(field.name), {}, {}});
      p.sheet = std::make_shared<const data::RecordSheet>(std::move(empty));
      if (p.drafts.contains(*p.chosen)) return;
      Draft& draft = p.drafts[*p.chosen];
      if (p.kind != RecordKind::activity)
        draft.typed[code_field] = data::proposed_code(*p.book, p.kind);
      else
        draft.typed["date"] = today_typed();
      if (p.kind == RecordKind::team) {
        draft.typed["level"] = p.book->author.level == geo::UnitLevel::commune    ? "commune"
                               : p.book->author.level == geo::UnitLevel::district ? "district"
                                                                                  : "province";
      }
      const auto unit = std::find_if(p.book->units.begin(), p.book->units.end(),
                                     [&](const auto& u) { return u.unit == p.book->author; });
      if (unit != p.book->units.end()) draft.typed["unit"] = unit->label;
    });
    typed_anew();
  }
  void operator()(const TypeField& c) const {
    if (!writable()) return;
    set([&](State& p) {
      Draft& draft = p.drafts[*p.chosen];
      draft.refused.reset();
      draft.typed[c.field] = c.text;
      draft.by_hand = true;
      // An activity is where its team is at home, until somebody says otherwise.
      if (p.making() && c.field == "team" && !draft.typed.contains("unit")) {
        const auto team =
            data::typed_value(*p.book, *data::find_field(RecordKind::activity, "team"), c.text);
        const auto* row = team.value ? p.book->find({RecordKind::team, *team.value}) : nullptr;
        if (row != nullptr && row->home)
          draft.typed["unit"] =
              data::form_text(*p.book, *data::find_field(RecordKind::activity, "unit"),
                              data::unit_text(*row->home));
      }
    });
    typed_anew();
  }
  void operator()(const TypeReason& c) const {
    if (!writable()) return;
    set([&](State& p) { p.drafts[*p.chosen].reason = c.text; });
  }
  void operator()(const Discard&) const {
    if (!page().chosen) return;
    const bool making = page().making();
    set([&](State& p) {
      p.drafts.erase(*p.chosen);
      if (!making) return;
      p.chosen.reset();
      p.sheet.reset();
    });
    if (!making) typed_anew();
  }
  void operator()(const Close&) const {
    if (page().chosen && page().chosen->kind == RecordKind::team)
      (*this)(TypeField{"closed_on", today_typed()});
  }
  void operator()(const Reopen&) const {
    if (page().chosen && page().chosen->kind == RecordKind::team)
      (*this)(TypeField{"closed_on", ""});
  }
  void operator()(const Save&) const {
    if (!writable() || !ready(page()).save) return;
    const Draft& draft = *page().draft();
    Write job{s.loaded->file,
              How::entered,
              *page().chosen,
              *page().chosen,
              draft.typed,
              changes(page()),
              {}};
    if (page().making())
      job.record.key = page().chosen->kind == RecordKind::activity
                           ? data::uuid_text(data::random_uuid())
                           : form_code(page());
    // The reason stands with the fields that break a rule; with all where the one it is about was
    // not typed into.
    bool any = false;
    const auto broken = [&](const std::string& field) {
      return std::any_of(draft.breaks.begin(), draft.breaks.end(),
                         [&](const data::RuleBreak& b) { return b.field == field; });
    };
    for (const data::FieldChange& change : job.changes) any = any || broken(change.field);
    for (data::FieldChange& change : job.changes) {
      change.record = job.record;
      if (!draft.breaks.empty() && (!any || broken(change.field))) change.reason = draft.reason;
    }
    set([](State& p) { ++p.writing; });
    send(std::move(job));
  }
  void operator()(const ToggleMap&) const {
    set([](State& p) { p.map_open = !p.map_open; });
  }
  void operator()(const ForgetTold&) const {
    set([](State& p) { p.told.reset(); });
  }
  void operator()(const Looked& c) const {
    if (!ours(c.file)) return;
    const bool now = c.typed == page().typed;
    set([&](State& p) {
      p.looking = false;
      if (!p.chosen) return;
      if (c.map) p.map = c.map;
      if (!now) return;
      if (!p.chosen->key.empty()) p.sheet = c.sheet;
      if (const auto draft = p.drafts.find(*p.chosen); draft != p.drafts.end())
        draft->second.breaks = c.breaks;
    });
    if (!page().chosen) return;
    // Only with the record's own unit known can its boundary be asked for.
    const auto unit = said_unit();
    const bool map_missing = unit && !(page().map && page().map->unit == *unit) && !c.map;
    if (!now || map_missing) look();
  }
  void operator()(const Written& c) const {
    if (!ours(c.file)) return;
    s.entry.wrote = s.entry.wrote || !c.step.changes.empty();
    set([&](State& p) {
      if (p.writing > 0) --p.writing;
      if (c.how == How::entered) {
        if (!c.step.changes.empty()) {
          p.done.push_back(c.step);
          p.undone.clear();
        }
        // What was typed meanwhile stays.
        if (const auto draft = p.drafts.find(c.drafted); draft != p.drafts.end()) {
          for (const auto& [field, text] : c.typed)
            if (draft->second.typed[field] == text) draft->second.typed.erase(field);
          if (c.drafted.key.empty() || draft->second.typed.empty()) p.drafts.erase(draft);
        }
      }
      p.book = c.book;
      const data::RecordKey& record = c.sheet->record;
      const bool follows = c.how != How::entered || p.chosen == c.drafted;
      if (follows) {
        p.kind = record.kind;
        p.chosen = record;
        p.sheet = c.sheet;
        p.scroll_to_chosen = true;
        if (!c.sheet->exists) {
          p.chosen.reset();
          p.sheet.reset();
        }
      }
      list(p);
      // A new record that the filter would hide looks as if it were lost.
      if (follows && p.chosen && !is_shown(p)) {
        p.filter.clear();
        list(p);
      }
    });
    typed_anew();
  }
  static bool is_shown(const State& p) {
    const auto& rows = p.book->rows(p.kind);
    return std::any_of(p.shown.begin(), p.shown.end(),
                       [&](std::uint32_t i) { return rows[i].record == *p.chosen; });
  }
  void operator()(const Refused& c) const {
    if (!ours(c.file)) return;
    set([&](State& p) {
      if (p.writing > 0) --p.writing;
      if (c.how != How::entered) {
        p.told = c.why;
        p.told_way_out = c.way_out;
      } else if (const auto draft = p.drafts.find(c.drafted); draft != p.drafts.end()) {
        draft->second.refused = c.why;
        draft->second.way_out = c.way_out;
      }
    });
  }
};

}  // namespace

void opened(AppState& s) { apply(s, Read{}); }

std::size_t unsaved(AppState& s) {
  if (!s.entry.pages.records) return 0;
  std::vector<data::RecordKey> all;
  for (const auto& [key, draft] : s.entry.pages.records->drafts)
    if (draft.by_hand && !draft.typed.empty()) all.push_back(key);
  if (!all.empty()) apply(s, Choose{all.front()});
  return all.size();
}
void failed(AppState& s) {
  change(s.entry.pages.records, [](State& page) {
    page.asked = page.looking = false;
    page.writing = 0;
  });
}

void apply(AppState& s, const Command& command) { std::visit(Applying{s}, command); }

void step(AppState& s, bool back) {
  if (!s.loaded || !s.entry.pages.records || s.entry.pages.records->read_only) return;
  const auto& from = back ? s.entry.pages.records->done : s.entry.pages.records->undone;
  if (from.empty()) return;
  Write job{s.loaded->file,
            back ? How::taken_back : How::done_again,
            from.back().record,
            from.back().record,
            {},
            {},
            from.back()};
  // At once, so that steps asked for quickly after each other are different ones.
  change(s.entry.pages.records, [&](State& page) {
    auto& taken = back ? page.done : page.undone;
    (back ? page.undone : page.done).push_back(taken.back());
    taken.pop_back();
    page.told.reset();
    ++page.writing;
  });
  s.requests.emplace_back(EntryJob(page_work(Job(std::move(job)))));
}

void take_path(AppState&, const std::string&, const std::filesystem::path&) {}

}  // namespace app::records_page
