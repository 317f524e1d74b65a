// A boundary change in words, for other programs, and as a table to be filled in.
#include "app/cli/decree_report.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/cli/issue_list.hpp"
#include "app/cli/json_text.hpp"
#include "app/cli/text_table.hpp"
#include "app/decree_words.hpp"
#include "app/entry_words.hpp"
#include "data/report_counts.hpp"
#include "data/table_out.hpp"

namespace app {
namespace {

using nlohmann::ordered_json;
constexpr std::size_t most_listed = 30, most_days = 12;

/// What stands in the column `row` of the fixes: the row's number, or the item's key.
std::string row_text(const data::DecreeItem& item) {
  return item.row > 0 ? std::to_string(item.row) : item.key;
}
std::string meant_text(const data::DecreeItem& item) {
  std::string out;
  for (const auto* units : {&item.formers, &item.units})
    for (const data::UnitChoice& unit : *units)
      out += (out.empty() ? "" : "; ") + unit_words(unit.code, unit.name) +
             (unit.place.empty() ? "" : " (" + unit.place + ")");
  return out;
}

/// A table of some of the items; of long ones the first, and how many more there are.
template <class Wanted, class Last>
std::string items_text(const DecreeRun& run, Language l, bool all, const char* heading,
                       const Wanted& wanted, const Last& last) {
  TextTable table;
  table.columns = {{say(l, "cli.head_row"), true},
                   {say(l, "boundary.head_old")},
                   {say(l, "boundary.head_new")},
                   {say(l, "boundary.head_verdict")},
                   {say(l, heading)}};
  std::size_t count = 0;
  for (std::size_t i = 0; i < run.decree.items.size(); ++i) {
    const data::DecreeItem& item = run.decree.items[i];
    if (!wanted(i, item)) continue;
    if (++count > most_listed && !all) continue;
    std::string old = unit_words(item.old_code, item.old_name);
    if (!item.old_place.empty()) old += " (" + item.old_place + ")";
    table.rows.push_back({row_text(item), old, unit_words(item.new_code, item.new_name),
                          verdict_words(l, item.verdict), last(i, item)});
  }
  std::string out = to_text(table);
  if (count > table.rows.size())
    out += say(l, "cli.exchange_more", count - table.rows.size()) + "\n";
  return out;
}

std::string undecided_text(const DecreeRun& run, Language l, bool all) {
  return say(l, "cli.decree_open", run.decree.open(), run.told.crosswalk) + "\n" +
         items_text(
             run, l, all, "cli.head_may_be",
             [](std::size_t, const data::DecreeItem& item) { return undecided(item.verdict); },
             [&](std::size_t, const data::DecreeItem& item) {
               std::string out = item.why.id.empty() ? "" : one_line(say(l, item.why));
               if (const auto meant = meant_text(item); !meant.empty())
                 out += (out.empty() ? "" : " ") + say(l, "cli.decree_may_be", meant);
               return out;
             });
}

using Shares = std::map<std::size_t, const data::DecreeShare*>;
Shares estimates(const DecreeRun& run) {
  Shares out;
  for (const data::DecreeShare& share : run.totals.shares)
    if (share.basis != data::ShareBasis::whole) out.emplace(share.item, &share);
  return out;
}

std::string estimates_text(const DecreeRun& run, Language l, bool all) {
  const Shares shares = estimates(run);
  if (shares.empty()) return {};
  return say(l, "boundary.parts_hint", shares.size()) + "\n" +
         items_text(
             run, l, all, "boundary.head_share",
             [&](std::size_t i, const data::DecreeItem&) { return shares.contains(i); },
             [&](std::size_t i, const data::DecreeItem&) {
               const data::DecreeShare& share = *shares.at(i);
               return "≈ " + percent(l, share.share) + " " + basis_words(l, share.basis);
             }) +
         "\n";
}

/// What the file matched by spelling alone: taken, and told.
std::string fuzzy_text(const DecreeRun& run, Language l, bool all) {
  const auto fuzzy = [](std::size_t, const data::DecreeItem& item) {
    return item.fuzzy && !item.fixed && !undecided(item.verdict) &&
           item.verdict != data::Verdict::elsewhere;
  };
  if (std::none_of(run.decree.items.begin(), run.decree.items.end(),
                   [&](const auto& item) { return fuzzy(0, item); }))
    return {};
  return items_text(
             run, l, all, "cli.head_may_be", fuzzy,
             [&](std::size_t, const data::DecreeItem&) { return say(l, "boundary.fuzzy"); }) +
         "\n";
}

std::string totals_text(const DecreeRun& run, Language l, bool all) {
  const data::DecreeTotals& t = run.totals;
  std::string out = (t.equal() ? say(l, "boundary.equal", t.days.size())
                               : say(l, "boundary.differ", t.losses.size())) +
                    "\n";
  if (run.decree.open() > 0) out += say(l, "boundary.totals_open", run.decree.open()) + "\n";
  for (const data::DecreeLoss& loss : t.losses)
    out += say(l, loss.after < 1 ? "boundary.lost" : "boundary.doubled",
               unit_words(loss.code, loss.name), percent(l, loss.before, 0),
               percent(l, loss.after, 0)) +
           "\n";
  TextTable table;
  table.columns = {{say(l, "cli.head_date")}};
  for (const data::Count count : data::all_counts)
    table.columns.push_back({entry_field_text(l, std::string(data::field_of(count))), true});
  std::size_t more = 0;
  for (auto day = t.days.rbegin(); day != t.days.rend(); ++day) {
    // Those that differ are never left out.
    if (!all && table.rows.size() >= most_days && day->before == day->after) {
      ++more;
      continue;
    }
    std::vector<std::string> cells{date(l, day->date)};
    for (std::size_t c = 0; c < data::report_counts; ++c) {
      if (!day->reported[c]) {
        cells.emplace_back("–");
        continue;
      }
      const auto people = [&](std::int64_t n) { return number(l, static_cast<double>(n)); };
      cells.push_back(people(day->before[c]) + (day->before[c] == day->after[c] ? " = " : " → ") +
                      people(day->after[c]));
    }
    table.rows.push_back(std::move(cells));
  }
  if (!table.rows.empty()) out += say(l, "cli.decree_sums") + "\n" + to_text(table);
  if (more > 0) out += say(l, "cli.decree_more_days", more) + "\n";
  if (t.unshown > 0) out += say(l, "boundary.unshown", t.unshown) + "\n";
  if (t.homeless_settlements + t.homeless_teams > 0)
    out += say(l, "boundary.homeless", t.homeless_settlements, t.homeless_teams) + "\n";
  return out;
}

ordered_json choices_json(const std::vector<data::UnitChoice>& units) {
  auto out = ordered_json::array();
  for (const data::UnitChoice& unit : units)
    out.push_back({{"code", unit.code}, {"name", unit.name}, {"place", unit.place}});
  return out;
}

ordered_json item_json(const DecreeRun& run, const data::DecreeItem& item,
                       const data::DecreeShare* share, Language l) {
  ordered_json o;
  o["key"] = item.key;
  o["file"] = run.told.crosswalk;
  o["row"] = item.row > 0 ? ordered_json(item.row) : ordered_json();
  o["verdict"] = data::id(item.verdict);
  o["undecided"] = data::undecided(item.verdict);
  o["former"] = {{"code", item.old_code}, {"name", item.old_name}, {"place", item.old_place}};
  o["unit"] = {{"code", item.new_code}, {"name", item.new_name}};
  o["fixed"] = item.fixed;
  o["fuzzy"] = item.fuzzy;
  o["said_whole"] = item.said_whole;
  o["share"] = share != nullptr ? ordered_json(share->share) : ordered_json();
  o["share_basis"] = share != nullptr ? ordered_json(data::id(share->basis)) : ordered_json();
  o["estimated"] = share != nullptr && share->basis != data::ShareBasis::whole;
  o["why"] = item.why.id.empty() ? ordered_json() : ordered_json(say(l, item.why));
  o["may_be_former"] = choices_json(item.formers);
  o["may_be_unit"] = choices_json(item.units);
  return o;
}

ordered_json totals_json(const data::DecreeTotals& t) {
  ordered_json out;
  out["equal"] = t.equal();
  out["days"] = ordered_json::array();
  for (const auto& day : t.days) {
    ordered_json o;
    o["date"] = geo::iso(day.date);
    for (std::size_t c = 0; c < data::report_counts; ++c) {
      const std::string field(data::count_fields.at(c));
      const auto told = [&](std::int64_t n) {
        return day.reported[c] ? ordered_json(n) : ordered_json();
      };
      o["before"][field] = told(day.before[c]);
      o["after"][field] = told(day.after[c]);
    }
    out["days"].push_back(std::move(o));
  }
  out["losses"] = ordered_json::array();
  for (const data::DecreeLoss& loss : t.losses)
    out["losses"].push_back({{"code", loss.code},
                             {"name", loss.name},
                             {"counted_before", loss.before},
                             {"counted_after", loss.after}});
  out["unshown"] = t.unshown;
  out["homeless_settlements"] = t.homeless_settlements;
  out["homeless_teams"] = t.homeless_teams;
  return out;
}

const char* outcome_id(DecreeOutcome outcome) {
  constexpr std::array words{"undecided", "totals_differ", "preview", "nothing_new", "committed"};
  return words.at(static_cast<std::size_t>(outcome));
}

}  // namespace

std::string decree_text(const DecreeRun& run, Language l, bool all) {
  const data::DecreeSummary& told = run.told;
  std::string out =
      say(l, "cli.decree_files", told.land.empty() ? say(l, "boundary.without_land") : told.land,
          told.crosswalk, date(l, told.from)) +
      "\n" + say(l, "boundary.read_units", told.units, told.new_units, told.formers) + " " +
      say(l, "boundary.read_rows", told.rows) + "\n";
  const auto n = [&](data::Verdict v) { return run.decree.count(v); };
  using data::Verdict;
  out += say(l, "boundary.counts", n(Verdict::whole), n(Verdict::part), n(Verdict::unchanged),
             n(Verdict::left), n(Verdict::elsewhere)) +
         "\n\n";
  if (run.decree.open() > 0) out += undecided_text(run, l, all) + "\n";
  return out + fuzzy_text(run, l, all) + estimates_text(run, l, all) + totals_text(run, l, all);
}

std::string decree_json(const DecreeRun& run, Language l) {
  ordered_json out;
  out["land"] = run.told.land.empty() ? ordered_json() : ordered_json(run.told.land);
  out["crosswalk"] = run.told.crosswalk;
  out["from"] = geo::iso(run.told.from);
  out["outcome"] = outcome_id(run.outcome);
  out["written"] = run.outcome == DecreeOutcome::committed;
  out["source"] = run.source ? ordered_json(run.source->id) : ordered_json();
  out["units"] = run.told.units;
  out["new_units"] = run.told.new_units;
  out["formers"] = run.told.formers;
  out["rows"] = run.told.rows;
  out["open"] = run.decree.open();
  for (std::size_t v = 0; v < data::verdicts; ++v)
    out["counts"][std::string(data::id(static_cast<data::Verdict>(v)))] = run.decree.counts.at(v);
  std::map<std::size_t, const data::DecreeShare*> shares;
  for (const data::DecreeShare& share : run.totals.shares) shares.emplace(share.item, &share);
  out["items"] = ordered_json::array();
  for (std::size_t i = 0; i < run.decree.items.size(); ++i) {
    const data::DecreeItem& item = run.decree.items[i];
    // Thousands of a nation's rows are nothing to a province; their number is told.
    if (item.verdict == data::Verdict::elsewhere) continue;
    const auto share = shares.find(i);
    out["items"].push_back(
        item_json(run, item, share == shares.end() ? nullptr : share->second, l));
  }
  out["totals"] = totals_json(run.totals);
  out["issues"] = ordered_json::parse(issues_json(run.told.issues, l));
  return dumped(out);
}

void write_fix_template(const data::Decree& decree, const data::DecreeFixes& fixes,
                        const std::filesystem::path& file, Language l) {
  data::TableOut table;
  using Kind = data::TableOut::Kind;
  // The first five are what read_fixes knows; the others are for who fills it in.
  for (const char* id : {"row", "former", "unit"}) table.columns.push_back({id, id, Kind::text});
  table.columns.push_back({"share", "share", Kind::decimal});
  table.columns.push_back({"leave", "leave", Kind::text});
  for (const auto& [id, heading] :
       {std::pair{"former_name", "boundary.head_old"}, std::pair{"unit_name", "boundary.head_new"},
        std::pair{"result", "boundary.head_verdict"}, std::pair{"may_be", "cli.head_may_be"}})
    table.columns.push_back({id, say(l, heading), Kind::text});
  std::map<std::string, const data::DecreeItem*> items;
  for (const data::DecreeItem& item : decree.items)
    if (undecided(item.verdict) || fixes.contains(item.key)) items.emplace(item.key, &item);
  const auto add = [&](const std::string& row, const data::DecreeFix& fix,
                       const data::DecreeItem* item) {
    auto& cells = table.rows.emplace_back();
    const auto text = [&](const std::string& words) {
      cells.emplace_back(words.empty() ? data::TableOut::Cell() : data::TableOut::Cell(words));
    };
    text(row);
    text(fix.former.value_or(""));
    text(fix.unit.value_or(""));
    cells.emplace_back(fix.share ? data::TableOut::Cell(*fix.share) : data::TableOut::Cell());
    text(fix.leave ? "x" : "");
    if (item == nullptr) return cells.resize(table.columns.size());
    text(unit_words(item->old_code, item->old_name) +
         (item->old_place.empty() ? "" : " (" + item->old_place + ")"));
    text(unit_words(item->new_code, item->new_name));
    text(verdict_words(l, item->verdict));
    text(meant_text(*item));
  };
  for (const data::DecreeItem& item : decree.items) {
    if (!items.contains(item.key)) continue;
    const auto fix = fixes.find(item.key);
    add(row_text(item), fix == fixes.end() ? data::DecreeFix{} : fix->second, &item);
  }
  for (const auto& [key, fix] : fixes)  // what was decided of nothing is not thrown away
    if (!items.contains(key)) add(key.starts_with('r') ? key.substr(1) : key, fix, nullptr);
  data::write_csv(table, file);
}

}  // namespace app
