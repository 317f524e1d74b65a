#include "app/pages/exchange.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "app/pages/page_command.hpp"
#include "app/state.hpp"
#include "data/names.hpp"

namespace app::exchange_page {
namespace {

constexpr std::size_t most_found = 40;

void find_units(State& page) {
  page.units_found.clear();
  if (!page.now) return;
  const std::string words = data::fold_search(page.unit_words);
  for (std::size_t i = 0; i < page.now->units.size() && page.units_found.size() < most_found; ++i)
    if (words.empty() || page.now->units[i].search.find(words) != std::string::npos)
      page.units_found.push_back(i);
}

void still_shown(State& page) {
  const std::size_t open = page.now->conflicts.size();
  if (page.conflict >= open) page.conflict = open == 0 ? 0 : open - 1;
}

/// What is open of some records takes the place of what was open of them.
template <class One, class RecordOf>
void replace(std::vector<One>& all, const std::vector<One>& by,
             const std::vector<data::RecordKey>& records, const RecordOf& record_of) {
  std::vector<One> out;
  std::set<data::RecordKey> put;
  for (One& one : all) {
    const data::RecordKey record = record_of(one);
    if (!std::binary_search(records.begin(), records.end(), record)) {
      out.push_back(std::move(one));
    } else if (put.insert(record).second) {
      std::copy_if(by.begin(), by.end(), std::back_inserter(out),
                   [&](const One& other) { return record_of(other) == record; });
    }
  }
  all = std::move(out);
}

struct Applying {
  AppState& s;

  const std::shared_ptr<const State>& page() const { return s.entry.pages.exchange; }
  template <class How>
  void with(How how) const {
    change(s.entry.pages.exchange, how);
  }
  void ask(Job job, bool waited_for = false) const {
    if (!waited_for) with([](State& p) { p.asked = true; });
    s.requests.emplace_back(EntryJob(page_work(std::move(job), waited_for)));
  }
  bool of_this(const std::filesystem::path& file) const {
    return s.loaded && s.loaded->file == file;
  }
  bool may_write() const { return s.loaded && page() && page()->now && !page()->now->read_only; }

  void operator()(const Read&) const {
    if (s.loaded) ask(ReadAll{s.loaded->file});
  }
  void operator()(const ChoosePart& c) const {
    with([&](State& p) { p.part = c.part; });
  }
  void operator()(const ChooseFrom& c) const {
    with([&](State& p) { p.from = c.from; });
  }
  void operator()(const TypeDay& c) const {
    const auto since = utc_of(c.text, DayMeans::first_second);
    with([&](State& p) {
      p.day = c.text;
      p.from = SendFrom::day;
      p.since = since;
      p.since_count.reset();
    });
    if (since && s.loaded) ask(Count{s.loaded->file, *since});
  }
  void operator()(const ForgetKey&) const {
    with([](State& p) { p.key.clear(); });
  }
  void operator()(const WantUnit& c) const {
    with([&](State& p) {
      p.unit_wanted = c.wanted;
      p.unit_words.clear();
      find_units(p);
    });
  }
  void operator()(const TypeUnit& c) const {
    with([&](State& p) {
      p.unit_words = c.text;
      find_units(p);
    });
  }
  void operator()(const ChooseUnit& c) const {
    if (!may_write() || c.unit >= page()->now->units.size()) return;
    const data::UnitKey unit = page()->now->units[c.unit].key;
    with([](State& p) { p.unit_wanted = false; });
    ask(SetUnit{s.loaded->file, unit});
  }

  void look(std::vector<std::filesystem::path> files,
            std::vector<std::filesystem::path> folders) const {
    if (!s.loaded) return;
    with([&](State& p) {
      p.part = Part::receive;
      p.received.reset();
      p.files = files;
      ++p.looked;
    });
    if (files.empty() && folders.empty()) return;
    // A preview writes and takes it back, which a file that cannot be written does not allow.
    ask(Merge{s.loaded->file, std::move(files), std::move(folders), true, page()->looked}, true);
  }
  void operator()(const AddFiles& c) const {
    // What was received already is done with.
    const bool on = page() && !(page()->received && !page()->received->preview);
    auto files = on ? page()->files : std::vector<std::filesystem::path>{};
    for (const auto& file : c.files)
      if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
    look(std::move(files), {});
  }
  void operator()(const RemoveFile& c) const {
    if (!page() || c.file >= page()->files.size()) return;
    auto files = page()->files;
    files.erase(files.begin() + static_cast<std::ptrdiff_t>(c.file));
    look(std::move(files), {});
  }
  void operator()(const Receive&) const {
    if (!may_write() || page()->files.empty()) return;
    with([](State& p) { ++p.looked; });
    ask(Merge{s.loaded->file, page()->files, {}, false, page()->looked}, true);
  }
  void operator()(const ForgetReceived&) const { look({}, {}); }

  void operator()(const ChooseConflict& c) const {
    with([&](State& p) {
      p.conflict = c.conflict;
      p.value.clear();
      p.reason.clear();
      p.sure_later = false;
    });
  }
  void operator()(const TypeValue& c) const {
    with([&](State& p) { p.value = c.text; });
  }
  void operator()(const TypeReason& c) const {
    with([&](State& p) { p.reason = c.text; });
  }
  const ConflictShown* shown() const {
    if (!may_write() || page()->conflict >= page()->now->conflicts.size()) return nullptr;
    return &page()->now->conflicts[page()->conflict];
  }
  void decide(const ConflictShown& on, std::optional<std::string> value) const {
    data::Decision decision{on.conflict.record, on.conflict.field, std::move(value),
                            page()->reason};
    ask(Decide{s.loaded->file, {std::move(decision)}});
  }
  void operator()(const DecideHead& c) const {
    const ConflictShown* on = shown();
    if (on != nullptr && c.head < on->conflict.heads.size())
      decide(*on, on->conflict.heads[c.head].value);
  }
  void operator()(const DecideTyped&) const {
    const ConflictShown* on = shown();
    if (on != nullptr && !page()->value.empty()) decide(*on, page()->value);
  }
  void operator()(const DecideNothing&) const {
    if (const ConflictShown* on = shown(); on != nullptr) decide(*on, std::nullopt);
  }
  void operator()(const LaterForAll& c) const {
    if (!may_write()) return;
    with([&](State& p) { p.sure_later = !c.sure; });
    if (!c.sure) return;
    std::vector<data::Decision> all;
    for (const ConflictShown& on : page()->now->conflicts) {
      if (on.not_ours) continue;
      // The order of all that was entered, which no clock set ahead can win.
      const data::Conflict& conflict = on.conflict;
      all.push_back(
          {conflict.record, conflict.field, conflict.heads.front().value, page()->reason});
    }
    ask(Decide{s.loaded->file, std::move(all)});
  }
  void operator()(const NotLater&) const {
    with([](State& p) { p.sure_later = false; });
  }

  void operator()(const Known& c) const {
    if (!of_this(c.file)) return;
    with([&](State& p) {
      p.asked = false;
      p.now = c.now;
      still_shown(p);
      if (p.from == SendFrom::last_time && !c.now->last_sent) p.from = SendFrom::everything;
      find_units(p);
    });
  }
  void operator()(const Counted& c) const {
    if (!of_this(c.file)) return;
    with([&](State& p) {
      p.asked = false;
      if (p.since == c.since) p.since_count = c.operations;
    });
  }
  void operator()(const Packed& c) const {
    if (!of_this(c.file)) return;
    with([&](State& p) { p.sent = c.sent; });
    (*this)(Read{});
  }
  void operator()(const Merged& c) const {
    if (!of_this(c.file)) return;
    const bool wrote = !c.received->preview && c.received->merged.added > 0;
    if (wrote) s.entry.wrote = true;
    if (page() && page()->looked == c.looked)
      with([&](State& p) {
        p.files = c.files;
        p.received = c.received;
      });
    if (wrote) (*this)(Read{});
  }
  void operator()(const Decided& c) const {
    if (!of_this(c.file)) return;
    if (c.fields > 0) s.entry.wrote = true;
    with([&](State& p) {
      p.value.clear();
      p.reason.clear();
      p.sure_later = false;
      p.told.clear();
      if (c.fields > 0) p.told.push_back(geo::msg("exchange.decided", c.fields));
      if (c.settled > 0) p.told.push_back(geo::msg("exchange.settled", c.settled));
      p.told.insert(p.told.end(), c.refused.begin(), c.refused.end());
    });
    // Where somebody else wrote meanwhile, all of it is another.
    if (!page()->now || page()->now->operations + c.fields != c.operations) return (*this)(Read{});
    with([&](State& p) {
      p.asked = false;
      auto now = std::make_shared<Overview>(*p.now);
      replace(now->conflicts, c.open.conflicts, c.records,
              [](const ConflictShown& one) { return one.conflict.record; });
      replace(now->held, c.open.held, c.records,
              [](const HeldShown& one) { return one.operation.record; });
      now->names.insert(c.open.names.begin(), c.open.names.end());
      now->operations = c.operations;
      now->since_last = c.since_last;
      p.now = std::move(now);
      still_shown(p);
    });
  }
};

}  // namespace

void opened(AppState& s) { apply(s, Read{}); }
void failed(AppState& s) {
  change(s.entry.pages.exchange, [](State& page) { page.asked = false; });
}
void apply(AppState& s, const Command& command) { std::visit(Applying{s}, command); }
void step(AppState&, bool) {}  // decisions are taken back in the history, with their words

void take_path(AppState& s, const std::string& what, const std::filesystem::path& file) {
  const Applying applying{s};
  const auto& page = s.entry.pages.exchange;
  if (what == "key") {
    change(s.entry.pages.exchange, [&](State& p) { p.key = file; });
  } else if (what == "file") {
    applying(AddFiles{{file}});
  } else if (what == "folder") {
    applying.look({}, {file.parent_path()});
  } else if (what == "package" && s.loaded && page && page->now) {
    data::PackOptions options;
    if (page->from == SendFrom::last_time) options.after = page->now->sent;
    if (page->from == SendFrom::day) options.since = page->since.value_or("");
    options.key = page->key;
    applying.ask(Pack{s.loaded->file, file, std::move(options)}, true);
  }
}

}  // namespace app::exchange_page
