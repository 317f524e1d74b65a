// Reading what a decree brings: its boundaries, its crosswalk, and which units they speak of.
#include "data/boundary_change.hpp"

#include <algorithm>
#include <array>

#include "data/boundary_change_parts.hpp"
#include "data/names.hpp"
#include "data/table_rows.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;
using geo::UnitLevel;

/// Candidates beyond these are no help to anybody.
constexpr std::size_t most_meant = 12;

struct Reader {
  Workspace& workspace;
  DecreeDraft& draft;
  std::vector<KnownUnit> known = known_units(workspace.database());
  UnitBook before{known};  ///< asked with the day before
  UnitBook after{{}};
  std::map<std::string, std::vector<std::size_t>> formers_by_name = {}, units_by_name = {};

  const KnownUnit* by_id(std::int64_t id) const { return before.by_id(id); }

  std::string place_of(const KnownUnit& u) const {
    const auto* place = by_id(u.district != 0 ? u.district : u.province);
    return place == nullptr ? std::string() : place->full_name;
  }
  std::string province_of(const KnownUnit& u) const {
    const auto* p = by_id(u.province);
    if (p == nullptr && by_id(u.district) != nullptr) p = by_id(by_id(u.district)->province);
    return p == nullptr ? std::string() : p->code.text;
  }

  void read_formers() {
    const geo::Date eve = draft.files.from + -1;
    for (const KnownUnit& u : known) {
      if (u.level != UnitLevel::commune || !u.valid_at(eve)) continue;
      const auto [at, is_new] = draft.former_by_code.emplace(u.code.text, draft.formers.size());
      DecreeDraft::Former former{
          {u.level, u.code.text, u.valid_from}, u.full_name, place_of(u), province_of(u)};
      if (is_new) {
        draft.formers.push_back(std::move(former));
      } else if (draft.formers[at->second].key.valid_from < u.valid_from) {
        draft.formers[at->second] = std::move(former);
      }
    }
    draft.told.formers = draft.formers.size();
  }

  void read_units() {
    std::map<std::string, const KnownUnit*> today;
    for (const KnownUnit& u : known) {
      if (u.level != UnitLevel::commune || u.valid_from > draft.day()) continue;
      // Also one that an earlier commit of this very decree ended or began.
      if (u.valid_to && *u.valid_to < geo::iso(draft.files.from + -1)) continue;
      const KnownUnit*& at = today[u.code.text];
      if (at == nullptr || at->valid_from <= u.valid_from) at = &u;
    }
    const auto add = [&](DecreeDraft::Unit unit) {
      draft.unit_by_code.emplace(unit.code, draft.units.size());
      draft.units.push_back(std::move(unit));
    };
    const auto key_of = [](const KnownUnit& u) {
      return UnitKey{u.level, u.code.text, u.valid_from};
    };
    if (draft.land) {
      for (const auto& [unit, row] : draft.land->records.units) {
        if (unit.key.level != UnitLevel::commune) continue;
        add_land(unit, today, add);
      }
      // Those that a first commit of it wrote: nothing about them differs, so they are no record.
      for (const UnitKey& key : draft.land->records.border_units) {
        if (key.code.empty() || draft.unit_by_code.contains(key.code)) continue;
        const auto at = today.find(key.code);
        if (at == today.end()) continue;
        draft.land_provinces.insert(province_of(*at->second));
        add({key.code, at->second->full_name, place_of(*at->second), key_of(*at->second),
             province_of(*at->second), true});
      }
    }
    for (const auto& [code, u] : today) {
      if (!u->valid_at(draft.files.from) || draft.unit_by_code.contains(code)) continue;
      // Where the decree's boundaries are drawn anew, a unit they do not show is one no more.
      if (draft.land && draft.land_provinces.contains(province_of(*u))) continue;
      add({code, u->full_name, place_of(*u), key_of(*u), province_of(*u), false});
    }
    std::vector<KnownUnit> list;
    for (std::size_t i = 0; i < draft.units.size(); ++i) {
      const auto& unit = draft.units[i];
      KnownUnit k;
      k.id = static_cast<std::int64_t>(i) + 1;
      k.code = geo::UnitCode(unit.code);
      k.full_name = unit.name;
      const auto parts = split_kind(unit.name);
      k.name = parts.name;
      k.kind = parts.kind;
      list.push_back(std::move(k));
      draft.told.new_units += !unit.today;
    }
    after = UnitBook(std::move(list));
    draft.told.units = draft.units.size();
  }
  template <class Add>
  void add_land(const UnitRecord& unit, const std::map<std::string, const KnownUnit*>& today,
                const Add& add) {
    const auto at = today.find(unit.key.code);
    const std::string province = unit.province ? unit.province->code : std::string();
    draft.land_provinces.insert(province);
    std::string place;
    for (const auto& [other, row] : draft.land->records.units)
      if (unit.province && other.key == *unit.province) place = other.full_name;
    std::optional<UnitKey> here;
    if (at != today.end())
      here = UnitKey{UnitLevel::commune, at->second->code.text, at->second->valid_from};
    add({unit.key.code, unit.full_name, std::move(place), std::move(here), province, true});
  }

  // Rows.

  void read_rows(const geo::Progress& progress) {
    const Table table = read_table(draft.files.crosswalk);
    const SheetReading reading = read_headings(table, ImportKind::crosswalk, {});
    const auto has = [&](std::string_view field) {
      return std::any_of(reading.fields.begin(), reading.fields.end(),
                         [&](const auto& f) { return f.field == field && f.column; });
    };
    if (!(has("old_code") || has("old_name")) || !(has("new_code") || has("new_name")))
      throw geo::Error(geo::ErrorKind::io, msg("data.decree_no_crosswalk"), table.file,
                       msg("data.decree_no_crosswalk_remedy"));
    ImportPreview preview;
    preview.file = table.file;
    TableRows rows(table, reading, ImportKind::crosswalk, preview);
    for (std::size_t i = reading.heading_end; i < table.rows.size(); ++i) {
      if (i % 256 == 0)
        progress.at(static_cast<double>(i) / static_cast<double>(table.rows.size()),
                    msg("data.doing_compare"));
      if (role_of(table, reading, ImportKind::crosswalk, i) != RowRole::data) continue;
      rows.begin(i);
      draft.rows.push_back(row(rows));
    }
    draft.told.rows = draft.rows.size();
    auto& issues = draft.told.issues;
    issues.insert(issues.end(), reading.issues.begin(), reading.issues.end());
    issues.insert(issues.end(), preview.issues.begin(), preview.issues.end());
  }
  static DecreeDraft::Row row(TableRows& rows) {
    DecreeDraft::Row r;
    r.row = rows.row_number();
    r.old_code = with_zeros(rows.raw("old_code"), UnitLevel::commune);
    r.old_name = quotable(rows.raw("old_name"));
    r.old_district_code = with_zeros(rows.raw("old_district_code"), UnitLevel::district);
    r.old_district = rows.raw("old_district");
    r.old_province_code = with_zeros(rows.raw("old_province_code"), UnitLevel::province);
    r.old_province = rows.raw("old_province");
    r.new_code = with_zeros(rows.raw("new_code"), UnitLevel::commune);
    r.new_name = quotable(rows.raw("new_name"));
    r.new_province_code = with_zeros(rows.raw("new_province_code"), UnitLevel::province);
    rows.row().label = r.old_name;
    r.whole = said_whole(rows);
    r.share = rows.share("share");
    if (r.share && *r.share <= 0) r.share.reset();
    const auto status = fold_search(rows.raw("status"));
    r.fuzzy = status == "fuzzy";
    if (status == "ambiguous") r.problem = Verdict::ambiguous;
    if (status == "unmatched") r.problem = Verdict::unknown_former;
    return r;
  }

  /// Where the workspace knows no unit of the day before, the rows tell which there were.
  void formers_of_rows() {
    if (draft.told.formers > 0) return;
    for (std::size_t i = 0; i < draft.rows.size(); ++i) {
      const auto& r = draft.rows[i];
      if (r.old_code.empty() || r.old_name.empty()) continue;
      if (!draft.former_by_code.emplace(r.old_code, draft.formers.size()).second) continue;
      draft.formers.push_back({{UnitLevel::commune, r.old_code, ""},
                               r.old_name,
                               r.old_district.empty() ? r.old_province : r.old_district,
                               r.old_province_code,
                               false,
                               i});
    }
    for (const auto& r : draft.rows) {
      if (r.old_province_code.empty() || r.new_province_code.empty() ||
          r.old_province_code == r.new_province_code)
        continue;
      draft.merged_provinces.insert(r.old_province_code);
      draft.merged_provinces.insert(r.new_province_code);
    }
  }

  void match_rows(const geo::Progress& progress) {
    for (std::size_t i = 0; i < draft.formers.size(); ++i)
      formers_by_name[fold_search(split_kind(draft.formers[i].name).name)].push_back(i);
    for (std::size_t i = 0; i < draft.units.size(); ++i)
      units_by_name[fold_search(split_kind(draft.units[i].name).name)].push_back(i);
    for (std::size_t i = 0; i < draft.rows.size(); ++i) {
      if (i % 64 == 0)
        progress.at(static_cast<double>(i) / static_cast<double>(draft.rows.size()),
                    msg("data.doing_compare"));
      match(draft.rows[i]);
    }
  }

  void match(DecreeDraft::Row& r) {
    match_unit(r);
    match_former(r);
    if (!r.unit && (!r.former || !draft.formers[*r.former].here)) {
      r.problem = Verdict::elsewhere;
      return;
    }
    if (!r.former) {
      r.problem = Verdict::unknown_former;
    } else if (!r.unit) {
      r.problem = Verdict::unknown_unit;
    }
    if (!undecided(r.problem)) return;
    if (r.problem == Verdict::unknown_unit) {
      meant(r.new_name, r.unit, units_by_name, draft.units, r.new_province_code, r.units_meant);
    } else {
      // A row the file itself doubts: what it says is one of those that may be meant.
      meant(r.old_name, r.former, formers_by_name, draft.formers,
            r.old_province_code.empty() && r.unit ? draft.units[*r.unit].province
                                                  : r.old_province_code,
            r.formers_meant);
      if (r.problem == Verdict::unknown_former) r.former.reset();
    }
  }

  /// An import tells a person to mend the file; here the unit can be chosen.
  static geo::Message about(geo::Message remark) {
    if (remark.id == "data.match_none") return {};
    if (remark.id == "data.match_suggestion") remark.id = "data.decree_suggestion";
    return remark;
  }
  void match_unit(DecreeDraft::Row& r) {
    UnitQuery query;
    query.code = r.new_code;
    query.name = r.new_name;
    auto m = after.match(query);
    // Its code alone tells the heir, whatever was done to its name since.
    if (!m.applied() && !r.new_code.empty()) {
      query.name.clear();
      if (auto by_code = after.match(query); by_code.applied()) {
        by_code.remark = m.remark;
        m = by_code;
      }
    }
    if (m.remark) r.why = about(*m.remark);
    if (m.applied()) r.unit = static_cast<std::size_t>(m.unit->id - 1);
  }

  void match_former(DecreeDraft::Row& r) {
    if (draft.told.formers == 0) {  // the file is all that is known
      const auto at = draft.former_by_code.find(r.old_code);
      if (at == draft.former_by_code.end()) return;
      r.former = at->second;
      const auto& first = draft.formers[at->second];
      if (fold_name(first.name) == fold_name(r.old_name)) return;
      r.why = msg("data.crosswalk_two_names", r.old_code, first.name, r.old_name);
      r.problem = Verdict::unknown_former;
      return;
    }
    UnitQuery query;
    query.code = r.old_code;
    query.name = r.old_name;
    query.at = draft.files.from + -1;
    auto m = before.match(query);
    if (m.remark) r.why = about(*m.remark);
    if (!m.applied()) {
      // It bears the name that this very decree gave it: it was committed before.
      const auto at = draft.former_by_code.find(r.old_code);
      if (at == draft.former_by_code.end() || r.old_code != r.new_code ||
          fold_name(draft.formers[at->second].name) != fold_name(r.new_name))
        return;
      r.why = {};
      r.former = at->second;
      return;
    }
    const auto at = draft.former_by_code.find(m.unit->code.text);
    if (at != draft.former_by_code.end()) r.former = at->second;
  }

  /// Units by that name, the row's own first, then those of the same province, then alike ones.
  template <class Of>
  void meant(const std::string& name, std::optional<std::size_t> own,
             const std::map<std::string, std::vector<std::size_t>>& by_name,
             const std::vector<Of>& of, const std::string& province,
             std::vector<UnitChoice>& out) const {
    const auto bare = fold_search(split_kind(name).name);
    std::vector<std::size_t> found;
    if (own) found.push_back(*own);
    const auto add = [&](std::size_t i, bool anywhere) {
      if (!anywhere && !province.empty() && of[i].province != province) return;
      if (found.size() < most_meant && std::find(found.begin(), found.end(), i) == found.end())
        found.push_back(i);
    };
    const auto same = by_name.find(bare);
    for (const bool anywhere : {false, true}) {
      if (anywhere && found.size() > 1) break;
      if (same != by_name.end())
        for (const std::size_t i : same->second) add(i, anywhere);
    }
    const std::size_t most = bare.size() < 4 ? 0 : bare.size() < 8 ? 1 : 2;
    if (found.size() <= (own ? 1U : 0U) && most > 0) {
      for (const auto& [other, places] : by_name)
        if (edit_distance(bare, other, most) <= most)
          for (const std::size_t i : places) add(i, false);
    }
    for (const std::size_t i : found) out.push_back(draft.choice(of[i]));
  }
};

}  // namespace

std::string_view id(Verdict verdict) {
  constexpr std::array<std::string_view, verdicts> words{
      "whole",          "part",         "unchanged", "elsewhere", "twice",        "left",
      "unknown_former", "unknown_unit", "ambiguous", "shares",    "no_successor", "no_predecessor"};
  return words.at(static_cast<std::size_t>(verdict));
}

bool undecided(Verdict verdict) { return verdict >= Verdict::unknown_former; }

std::shared_ptr<const DecreeDraft> read_decree(Workspace& workspace, const DecreeFiles& files,
                                               const geo::Progress& progress) {
  const OneMoment moment(workspace.database());
  auto draft = std::make_shared<DecreeDraft>();
  draft->files = files;
  draft->told.from = files.from;
  draft->told.crosswalk = files.crosswalk.filename().string();
  draft->state = state_of(workspace);
  if (!files.land.empty()) {
    ImportOptions options;
    options.kind = ImportKind::boundaries;
    options.valid_from = files.from;
    draft->land = std::make_shared<const Preparation>(
        prepare_boundaries(workspace, files.land, options, progress.part(0, 0.7)));
    draft->told.land = draft->land->preview.file;
    draft->told.issues = draft->land->preview.issues;
  }
  Reader reader{workspace, *draft};
  reader.read_formers();
  reader.read_units();
  reader.read_rows(progress.part(0.7, 0.8));
  reader.formers_of_rows();
  reader.match_rows(progress.part(0.8, 1));
  return draft;
}

DecreeSummary summary(const DecreeDraft& draft) { return draft.told; }

std::vector<UnitChoice> find_choices(const DecreeDraft& draft, std::string_view text, bool former,
                                     std::size_t most) {
  std::vector<UnitChoice> out;
  const auto wanted = fold_search(text);
  if (wanted.empty()) return out;
  const auto look = [&](const auto& units, const auto& code) {
    for (const bool begins : {true, false})
      for (const auto& unit : units) {
        if (out.size() >= most) return;
        const auto name = fold_search(split_kind(unit.name).name);
        const bool here = name.starts_with(wanted) || code(unit) == text;
        const bool inside = !here && fold_search(unit.name).find(wanted) != std::string::npos;
        if (begins ? here : inside) out.push_back(draft.choice(unit));
      }
  };
  if (former) {
    look(draft.formers, [](const auto& f) { return f.key.code; });
  } else {
    look(draft.units, [](const auto& u) { return u.code; });
  }
  return out;
}

DecreeFixes read_fixes(const std::filesystem::path& file) {
  const Table table = read_table(file);
  const auto wrong = [&](std::int64_t row, const char* what) {
    return geo::Error(geo::ErrorKind::io, msg("data.decree_bad_fixes", row, what), table.file,
                      msg("data.decree_bad_fixes_remedy"));
  };
  if (table.rows.empty()) return {};
  std::map<std::string, std::size_t> columns;
  for (std::size_t c = 0; c < table.width; ++c)
    columns.emplace(fold_search(table.rows.front().cells[c]), c);
  for (const char* name : {"former", "unit"})
    if (!columns.contains(name)) throw wrong(table.rows.front().row, name);
  DecreeFixes out;
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const TableRow& row = table.rows[i];
    const auto cell = [&](const char* name) {
      const auto at = columns.find(name);
      return at == columns.end() ? std::string() : row.cells[at->second];
    };
    DecreeFix fix;
    const auto former = with_zeros(cell("former"), UnitLevel::commune);
    const auto unit = with_zeros(cell("unit"), UnitLevel::commune);
    if (!former.empty()) fix.former = former;
    if (!unit.empty()) fix.unit = unit;
    if (const auto share = cell("share"); !share.empty()) {
      const auto n = read_number(share, Quantity::share, NumberStyle::unknown);
      if (!n.taken() || n.value <= 0 || n.value > 1) throw wrong(row.row, "share");
      fix.share = n.value;
    }
    const auto leave = fold_search(cell("leave"));
    fix.leave = leave == "1" || leave == "x" || leave == "yes" || leave == "co";
    const auto number = cell("row");
    const bool digits = number.find_first_not_of("0123456789") == std::string::npos;
    const std::string key = !number.empty()   ? (digits ? "r" + number : number)
                            : !former.empty() ? "f" + former
                            : !unit.empty()   ? "n" + unit
                                              : std::string();
    if (key.empty()) continue;
    if (!out.emplace(key, fix).second) throw wrong(row.row, key.c_str());
  }
  return out;
}

}  // namespace data
