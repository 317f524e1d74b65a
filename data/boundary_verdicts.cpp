// What is thought of each row of a decree's crosswalk, with what a person decided.
#include <algorithm>
#include <cmath>
#include <set>

#include "data/boundary_change_parts.hpp"

namespace data {
namespace {

using geo::msg;
using geo::UnitLevel;

class Judging {
 public:
  Judging(const DecreeDraft& draft, const DecreeFixes& fixes) : draft_(draft), fixes_(fixes) {}

  Decree run() {
    for (const auto& row : draft_.rows) judge(row);
    take_by_hand();
    settle_formers();
    goes_on();
    without_successor();
    without_predecessor();
    links();
    for (const DecreeItem& item : out_.items) ++out_.counts[static_cast<std::size_t>(item.verdict)];
    return std::move(out_);
  }

 private:
  /// A row that tells what became of a unit.
  struct Settled {
    std::size_t item, former, unit;
    std::optional<bool> whole;
    std::optional<double> share;
    bool dropped = false;
  };

  const DecreeFix* fix_of(const std::string& key) const {
    const auto at = fixes_.find(key);
    return at == fixes_.end() ? nullptr : &at->second;
  }
  std::optional<std::size_t> former(const std::string& code) const {
    const auto at = draft_.former_by_code.find(code);
    if (at == draft_.former_by_code.end()) return {};
    return at->second;
  }
  std::optional<std::size_t> unit(const std::string& code) const {
    const auto at = draft_.unit_by_code.find(code);
    if (at == draft_.unit_by_code.end()) return {};
    return at->second;
  }
  void name_former(DecreeItem& item, std::size_t f) const {
    const auto& of = draft_.formers[f];
    item.old_code = of.key.code;
    item.old_name = of.name;
    item.old_place = of.place;
  }
  void name_unit(DecreeItem& item, std::size_t u) const {
    item.new_code = draft_.units[u].code;
    item.new_name = draft_.units[u].name;
  }

  void judge(const DecreeDraft::Row& row) {
    DecreeItem item;
    item.key = "r" + std::to_string(row.row);
    item.row = row.row;
    item.old_code = row.old_code;
    item.old_name = row.old_name;
    item.old_place = row.old_district.empty() ? row.old_province : row.old_district;
    item.new_code = row.new_code;
    item.new_name = row.new_name;
    item.fuzzy = row.fuzzy;
    item.why = row.why;
    item.formers = row.formers_meant;
    item.units = row.units_meant;
    auto f = row.former, u = row.unit;
    Verdict verdict = row.problem;
    auto share = row.share;
    if (const DecreeFix* fix = fix_of(item.key)) {
      item.fixed = true;
      if (fix->former) f = former(*fix->former);
      if (fix->unit) u = unit(*fix->unit);
      if (fix->share) share = fix->share;
      if (fix->leave) {
        verdict = Verdict::left;
      } else if (f && u) {
        verdict = Verdict::whole;
        item.why = {};
      } else {
        verdict = f ? Verdict::unknown_unit : Verdict::unknown_former;
      }
    }
    if (f && (verdict != Verdict::ambiguous || item.fixed)) name_former(item, *f);
    if (u) name_unit(item, *u);
    item.given = share;
    item.verdict = verdict;
    if (verdict == Verdict::whole)
      settled_.push_back({out_.items.size(), *f, *u, row.whole, share});
    out_.items.push_back(std::move(item));
  }

  /// What a person says of units that no row speaks of is judged with the rows.
  void take_by_hand() {
    std::set<std::size_t> formers, units;
    for (const Settled& s : settled_) {
      formers.insert(s.former);
      units.insert(s.unit);
    }
    const auto take = [&](std::string key, const DecreeFix& fix, std::size_t f, std::size_t u) {
      // A unit that goes on as itself has the rest: see add_rest().
      const auto own = unit(draft_.formers[f].key.code);
      const bool goes_on = own && *own != u && draft_.units[*own].in_land && draft_.formers[f].here;
      DecreeItem item;
      item.key = std::move(key);
      item.fixed = true;
      item.given = fix.share;
      name_former(item, f);
      name_unit(item, u);
      by_hand_.insert(item.key);
      settled_.push_back(
          {out_.items.size(), f, u, goes_on ? std::optional(false) : std::nullopt, fix.share});
      out_.items.push_back(std::move(item));
    };
    for (std::size_t f = 0; f < draft_.formers.size(); ++f) {
      const std::string key = "f" + draft_.formers[f].key.code;
      const DecreeFix* const fix = formers.contains(f) ? nullptr : fix_of(key);
      if (fix == nullptr || fix->leave || !fix->unit) continue;
      if (const auto u = unit(*fix->unit)) take(key, *fix, f, *u);
    }
    for (std::size_t u = 0; u < draft_.units.size(); ++u) {
      const std::string key = "n" + draft_.units[u].code;
      const DecreeFix* const fix = units.contains(u) ? nullptr : fix_of(key);
      if (fix == nullptr || fix->leave || !fix->former) continue;
      if (const auto f = former(*fix->former)) take(key, *fix, *f, u);
    }
  }

  /// All rows of one former unit together.
  void settle_formers() {
    for (std::size_t i = 0; i < settled_.size(); ++i) of_former_[settled_[i].former].push_back(i);
    for (auto& [f, rows] : of_former_) {
      std::set<std::size_t> heirs;
      std::erase_if(rows, [&](std::size_t i) {
        Settled& s = settled_[i];
        if (heirs.insert(s.unit).second) return false;
        out_.items[s.item].verdict = Verdict::twice;
        return s.dropped = true;
      });
      add_rest(f, rows);
      shares_of(rows);
    }
  }

  /// Of a unit whose code is drawn on: what its parts leave stays with it.
  void add_rest(std::size_t f, std::vector<std::size_t>& rows) {
    const auto own = unit(draft_.formers[f].key.code);
    if (!own || !draft_.units[*own].in_land || !draft_.formers[f].here) return;
    double given = 0;
    for (const std::size_t i : rows) {
      const Settled& s = settled_[i];
      if (s.unit == *own || s.whole.value_or(!s.share)) return;
      given += s.share.value_or(0);
    }
    if (given >= 1 - 1e-9) return;
    implied(f, *own, false, msg("data.decree_rest_stays"));
    rows.push_back(settled_.size() - 1);
  }
  void implied(std::size_t f, std::size_t u, bool whole, geo::Message why) {
    DecreeItem item;
    item.key = "i" + draft_.formers[f].key.code;
    name_former(item, f);
    name_unit(item, u);
    item.why = std::move(why);
    settled_.push_back({out_.items.size(), f, u, whole, {}});
    out_.items.push_back(std::move(item));
  }

  void shares_of(const std::vector<std::size_t>& rows) {
    double sum = 0;
    std::size_t given = 0;
    for (const std::size_t i : rows) {
      given += settled_[i].share.has_value();
      sum += settled_[i].share.value_or(0);
    }
    const bool wrong = sum > 1 + 1e-6 || (given > 0 && given == rows.size() && sum < 1 - 1e-6) ||
                       (given < rows.size() && sum > 1 - 1e-6);
    for (const std::size_t i : rows) {
      Settled& s = settled_[i];
      DecreeItem& item = out_.items[s.item];
      if (given > 0 && wrong) {
        item.verdict = Verdict::shares;
        item.why = msg("data.decree_shares", item.old_name, std::round(sum * 1e4) / 100);
        s.dropped = true;
        continue;
      }
      const bool alone = rows.size() == 1;
      const bool part = !alone || !s.whole.value_or(true);
      item.verdict = part ? Verdict::part : Verdict::whole;
      item.said_whole = part && s.whole.value_or(false);
      if (alone && part && item.why.id.empty()) item.why = msg("data.decree_rest_elsewhere");
      if (alone) s.share.reset();
      s.whole = !part;
    }
  }

  /// Who keeps its code and gets others joined keeps its own reports too; and who alone becomes
  /// itself is the same unit as before.
  void goes_on() {
    for (const Settled& s : settled_)
      if (!s.dropped) ++into_[s.unit];
    std::vector<std::pair<std::size_t, std::size_t>> absorbing;
    for (const auto& [u, links] : into_) {
      const auto f = former(draft_.units[u].code);
      if (!f || !draft_.formers[*f].here || of_former_.contains(*f) || !draft_.units[u].in_land)
        continue;
      if (draft_.units[u].today && draft_.units[u].today != draft_.formers[*f].key) continue;
      absorbing.emplace_back(*f, u);
    }
    for (const auto& [f, u] : absorbing) {
      implied(f, u, true, msg("data.decree_goes_on"));
      of_former_[f].push_back(settled_.size() - 1);
      ++into_[u];
    }
    for (Settled& s : settled_) {
      const auto& f = draft_.formers[s.former];
      const auto& u = draft_.units[s.unit];
      if (s.dropped || u.code != f.key.code || !f.here || !s.whole.value_or(true)) continue;
      if (u.today != f.key || into_[s.unit] != 1) continue;
      out_.items[s.item].verdict = Verdict::unchanged;
      s.dropped = true;
      same_.insert(s.former);
      --into_[s.unit];
    }
  }

  void without_successor() {
    if (!draft_.land) return;
    for (std::size_t f = 0; f < draft_.formers.size(); ++f) {
      const auto& of = draft_.formers[f];
      if (!of.here || same_.contains(f) || unit(of.key.code)) continue;
      const auto rows = of_former_.find(f);
      if (rows != of_former_.end() && !rows->second.empty()) continue;
      // Boundaries of another province say nothing of this one.
      if (!draft_.land_provinces.contains(of.province)) continue;
      DecreeItem item;
      item.key = "f" + of.key.code;
      name_former(item, f);
      item.verdict = Verdict::no_successor;
      if (const DecreeFix* fix = fix_of(item.key)) {
        item.fixed = true;
        if (fix->leave) item.verdict = Verdict::left;
      }
      out_.items.push_back(std::move(item));
    }
  }

  void without_predecessor() {
    for (std::size_t u = 0; u < draft_.units.size(); ++u) {
      const auto& of = draft_.units[u];
      if (into_[u] > 0 || by_hand_.contains("n" + of.code) || draft_.rows.empty()) continue;
      if (of.today && of.today->valid_from != draft_.day() && !ended(former(of.code))) continue;
      DecreeItem item;
      item.key = "n" + of.code;
      name_unit(item, u);
      item.verdict = Verdict::no_predecessor;
      if (const DecreeFix* fix = fix_of(item.key)) {
        item.fixed = true;
        if (fix->leave) item.verdict = Verdict::left;
      }
      out_.items.push_back(std::move(item));
    }
  }

  /// It became others, so that whoever bears its code is somebody else.
  bool ended(std::optional<std::size_t> f) const {
    const auto rows = f ? of_former_.find(*f) : of_former_.end();
    return rows != of_former_.end() &&
           std::any_of(rows->second.begin(), rows->second.end(),
                       [&](std::size_t i) { return !settled_[i].dropped; });
  }

  void links() {
    // A unit whose code also ends, or that others join, begins anew on that day.
    std::set<std::string> anew;
    for (const Settled& s : settled_) {
      if (s.dropped || !draft_.land) continue;
      if (draft_.units[s.unit].in_land) anew.insert(draft_.units[s.unit].code);
      anew.insert(draft_.formers[s.former].key.code);
    }
    for (const Settled& s : settled_) {
      if (s.dropped) continue;
      const auto& f = draft_.formers[s.former];
      const auto& u = draft_.units[s.unit];
      UnitKey key{UnitLevel::commune, u.code, draft_.day()};
      if (u.today && (u.today->valid_from == draft_.day() || !anew.contains(u.code)))
        key = *u.today;
      DecreeItem& item = out_.items[s.item];
      if (key == f.key) {  // only new boundaries could tell both apart
        item.verdict = Verdict::unknown_unit;
        item.why = msg("data.decree_needs_land", item.new_name);
        continue;
      }
      out_.links.push_back({f.key, key, s.whole.value_or(true), s.share, s.item});
    }
  }

  const DecreeDraft& draft_;
  const DecreeFixes& fixes_;
  Decree out_;
  std::vector<Settled> settled_;
  std::map<std::size_t, std::vector<std::size_t>> of_former_;
  std::map<std::size_t, std::size_t> into_;  ///< links by unit
  std::set<std::string> by_hand_;            ///< keys of what a person said of no row
  std::set<std::size_t> same_;               ///< formers that go on as they are
};

}  // namespace

std::size_t Decree::open() const {
  std::size_t n = 0;
  for (std::size_t v = 0; v < verdicts; ++v)
    if (undecided(static_cast<Verdict>(v))) n += counts[v];
  return n;
}

Decree judge(const DecreeDraft& draft, const DecreeFixes& fixes) {
  return Judging(draft, fixes).run();
}

}  // namespace data
