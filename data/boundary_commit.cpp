// What a decree writes: boundaries and crosswalk together, if nobody is lost by it.
#include <map>
#include <set>
#include <utility>

#include "data/boundary_change_parts.hpp"
#include "data/boundary_totals.hpp"
#include "data/names.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;
using geo::UnitLevel;

/// Thrown once all was seen, so that the transaction is taken back.
struct Seen {};

class Records {
 public:
  Records(Workspace& workspace, const DecreeDraft& draft, const Decree& decree)
      : workspace_(workspace), draft_(draft), decree_(decree), difference_(workspace) {}

  ImportRecords take() {
    out_.state = draft_.state;
    for (const DecreeLink& link : decree_.links) {
      if (link.unit.valid_from == draft_.day()) anew_.insert(link.unit.code);
      anew_.insert(link.former.code);
    }
    land();
    formers();
    links();
    return std::move(out_);
  }

 private:
  UnitKey kept(const UnitKey& key) const {
    if (key.level == UnitLevel::province) {
      const auto at = provinces_.find(key.code);
      return at == provinces_.end() ? key : at->second;
    }
    const auto at = draft_.unit_by_code.find(key.code);
    if (key.level != UnitLevel::commune || at == draft_.unit_by_code.end()) return key;
    const auto& today = draft_.units[at->second].today;
    return today && !anew_.contains(key.code) ? *today : key;
  }

  void land() {
    if (!draft_.land) return;
    const ImportRecords& read = draft_.land->records;
    for (const KnownUnit& u : known_units(workspace_.database()))
      if (u.level == UnitLevel::province && u.today())
        for (const auto& [unit, row] : read.units)
          if (unit.key.level == u.level && unit.key.code == u.code.text &&
              fold_name(unit.full_name) == fold_name(u.full_name))
            provinces_.emplace(u.code.text, UnitKey{u.level, u.code.text, u.valid_from});
    for (const auto& [unit, row] : read.units) {
      UnitRecord copy = unit;
      copy.key = kept(unit.key);
      if (unit.province) copy.province = kept(*unit.province);
      const UnitKey key = copy.key;
      const Change change = difference_.add(out_.units, std::move(copy), row);
      // It goes on under the same code: the day on which it got its name stands in the crosswalk.
      if (change == Change::changed && key.level == UnitLevel::commune &&
          key.valid_from != draft_.day())
        out_.crosswalk.push_back({{key, 0, true, {}, draft_.day(), key}, row});
    }
    out_.borders = read.borders;
    for (const UnitKey& key : read.border_units)
      out_.border_units.push_back(key.code.empty() ? key : kept(key));
  }

  /// Those that only the file knows, with their district and province.
  void formers() {
    std::map<std::string, const DecreeDraft::Unit*> heirs;
    for (const DecreeLink& link : decree_.links)
      if (const auto at = draft_.unit_by_code.find(link.unit.code); at != draft_.unit_by_code.end())
        heirs.emplace(link.former.code, &draft_.units[at->second]);
    for (const auto& former : draft_.formers) {
      const auto heir = heirs.find(former.key.code);
      if (former.here || heir == heirs.end()) continue;
      const auto& row = draft_.rows[former.row];
      UnitRecord u = named_unit(former.key, former.name, province_of(row, *heir->second));
      if (!row.old_district_code.empty() && !row.old_district.empty())
        u.district = named({UnitLevel::district, row.old_district_code, ""}, row.old_district,
                           u.province, row.row);
      difference_.add(out_.units, std::move(u), row.row);
    }
  }
  /// A province all of whose communes stayed in it, with none from elsewhere, is the same before
  /// and after; the others were other units before.
  std::optional<UnitKey> province_of(const DecreeDraft::Row& row, const DecreeDraft::Unit& heir) {
    if (!row.old_province_code.empty() && draft_.merged_provinces.contains(row.old_province_code) &&
        !row.old_province.empty())
      return named({UnitLevel::province, row.old_province_code, ""}, row.old_province, {}, row.row);
    if (heir.province.empty()) return {};
    if (const auto at = today_.find(heir.province); at != today_.end()) return at->second;
    UnitKey key = kept({UnitLevel::province, heir.province, draft_.day()});
    if (!draft_.land)
      for (const KnownUnit& u : known_units(workspace_.database()))
        if (u.level == UnitLevel::province && u.today() && u.code.text == heir.province)
          key.valid_from = u.valid_from;
    return today_.emplace(heir.province, key).first->second;
  }
  UnitKey named(UnitKey key, const std::string& full_name, std::optional<UnitKey> province,
                std::int64_t row) {
    difference_.add(out_.units, named_unit(key, full_name, std::move(province)), row);
    return key;
  }

  /// Of a former unit all links or none: those it has already are not written again.
  void links() {
    using Said = std::tuple<UnitKey, bool, std::optional<double>, std::string>;
    std::map<UnitKey, std::set<Said>> current, wanted;
    Statement row = workspace_.database().prepare(
        "SELECT f.code, f.valid_from, u.code, u.valid_from, c.part, c.share, c.changed_on"
        " FROM current_crosswalk AS c JOIN unit AS f ON f.id = c.former_id"
        " JOIN unit AS u ON u.id = c.unit_id");
    while (row.step())
      current[{UnitLevel::commune, row.text(0), row.text(1)}].insert(
          {UnitKey{UnitLevel::commune, row.text(2), row.text(3)}, row.text(4) == "whole",
           row.maybe_real(5), row.text(6)});
    for (const DecreeLink& l : decree_.links)
      wanted[l.former].insert({l.unit, l.whole, l.share, draft_.day()});
    for (const DecreeLink& l : decree_.links) {
      if (const auto at = current.find(l.former);
          at != current.end() && at->second == wanted.at(l.former))
        continue;
      out_.crosswalk.push_back(
          {{l.former, 0, l.whole, l.share, draft_.day(), l.unit}, decree_.items[l.item].row});
    }
  }

  Workspace& workspace_;
  const DecreeDraft& draft_;
  const Decree& decree_;
  UnitDifference difference_;
  ImportRecords out_;
  std::set<std::string> anew_;  ///< codes whose unit begins on that day
  std::map<std::string, UnitKey> provinces_, today_;
};

/// Writes, and lets `look` see what comes of it before it is kept.
std::optional<Source> write(Workspace& workspace, const DecreeDraft& draft, const Decree& decree,
                            std::function<void(Workspace&)> look, const geo::Progress& progress) {
  ImportRecords records = records_of(workspace, draft, decree);
  if (records.size() == 0) {
    look(workspace);
    return {};
  }
  records.look = std::move(look);
  PendingImport pending;
  pending.preview.kind = ImportKind::boundaries;
  pending.preview.file = draft.told.land.empty() ? draft.told.crosswalk
                                                 : draft.told.land + " + " + draft.told.crosswalk;
  pending.preview.added =
      static_cast<std::int64_t>(records.units.size() + records.crosswalk.size());
  if (draft.land) pending.preview.issues = draft.land->preview.issues;
  pending.records = std::make_shared<const ImportRecords>(std::move(records));
  return write_import(workspace, pending, progress);
}

DecreeTotals totals(Workspace& workspace, const DecreeDraft& draft, const Decree& decree,
                    const Totalled& before) {
  return totals_after(workspace.database(), before, draft.day(), decree);
}

}  // namespace

ImportRecords records_of(Workspace& workspace, const DecreeDraft& draft, const Decree& decree) {
  return Records(workspace, draft, decree).take();
}

DecreeTotals try_decree(Workspace& workspace, const DecreeDraft& draft, const Decree& decree,
                        const geo::Progress& progress) {
  DecreeTotals out;
  const auto before = totals_before(workspace.database(), progress.part(0, 0.2));
  try {
    write(
        workspace, draft, decree,
        [&](Workspace& w) {
          out = totals(w, draft, decree, *before);
          throw Seen{};
        },
        progress.part(0.2, 1));
  } catch (const Seen&) {
  }
  return out;
}

DecreeCommitted commit_decree(Workspace& workspace, const DecreeDraft& draft, const Decree& decree,
                              const geo::Progress& progress) {
  if (decree.open() > 0)
    throw geo::Error(geo::ErrorKind::usage, msg("data.decree_undecided", decree.open()),
                     draft.told.crosswalk, msg("data.decree_undecided_remedy"));
  DecreeCommitted out;
  const auto before = totals_before(workspace.database(), progress.part(0, 0.2));
  out.source = write(
      workspace, draft, decree,
      [&](Workspace& w) {
        out.totals = totals(w, draft, decree, *before);
        if (!out.totals.equal())
          throw geo::Error(geo::ErrorKind::usage,
                           msg("data.decree_totals_differ", out.totals.losses.size()),
                           draft.told.crosswalk, msg("data.decree_totals_differ_remedy"));
      },
      progress.part(0.2, 1));
  return out;
}

}  // namespace data
