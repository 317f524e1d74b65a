#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "app/briefing_job.hpp"
#include "app/pages/exchange.hpp"
#include "data/author.hpp"
#include "data/history_rows.hpp"
#include "data/matching.hpp"
#include "data/names.hpp"
#include "data/operation_fields.hpp"
#include "data/sent.hpp"
#include "data/workspace.hpp"

namespace app::exchange_page {
namespace {

namespace fs = std::filesystem;

std::vector<ConflictShown> shown(data::Workspace& workspace, std::vector<data::Conflict> conflicts,
                                 UnitNames& names) {
  std::vector<ConflictShown> out;
  data::Authority authority(workspace.database());
  const data::UnitKey author = data::author_unit(workspace);
  for (data::Conflict& conflict : conflicts) {
    ConflictShown one;
    one.record_name = data::record_name(workspace, conflict.record);
    for (const data::Operation& head : conflict.heads) {
      one.authors.push_back(data::unit_name(workspace, head.batch->author));
      look_up(workspace, conflict.record, conflict.field, head.value, names);
    }
    look_up(workspace, conflict.record, conflict.field, conflict.before, names);
    const data::FieldChange change{
        conflict.record, conflict.field, conflict.heads.front().value, {}, {}};
    one.not_ours = data::why_not_entered(workspace, authority, author, {&change, 1});
    if (const auto* field = data::find_field(conflict.record.kind, conflict.field))
      one.value_wish = data::value_wanted(*field);
    one.conflict = std::move(conflict);
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<HeldShown> shown(data::Workspace& workspace, std::vector<data::HeldOperation> held,
                             UnitNames& names) {
  std::vector<HeldShown> out;
  for (data::HeldOperation& one : held) {
    const data::Operation& o = one.operation;
    look_up(workspace, o.record, o.field, o.value, names);
    out.push_back({o, data::record_name(workspace, o.record),
                   data::unit_name(workspace, o.batch->author),
                   data::said(one.standing, workspace, o)});
  }
  return out;
}

Open open_of(data::Workspace& workspace, std::span<const data::RecordKey> records) {
  Open out;
  data::Unsettled open = data::unsettled_of(workspace.database(), records);
  out.conflicts = shown(workspace, std::move(open.conflicts), out.names);
  out.held = shown(workspace, std::move(open.held), out.names);
  return out;
}

std::vector<Unit> units(data::Workspace& workspace) {
  const auto known = data::known_units(workspace.database());
  std::map<std::int64_t, const data::KnownUnit*> by_id;
  for (const data::KnownUnit& unit : known) by_id.emplace(unit.id, &unit);
  std::vector<std::pair<const data::KnownUnit*, Unit>> found;
  for (const data::KnownUnit& unit : known) {
    if (!unit.today() && unit.level == geo::UnitLevel::commune) continue;  // its heir writes now
    Unit one{{unit.level, unit.code.text, unit.valid_from}, unit.full_name, {}, {}};
    for (const std::int64_t id : {unit.district, unit.province})
      if (const auto at = by_id.find(id); id != unit.id && at != by_id.end())
        one.within += (one.within.empty() ? "" : ", ") + at->second->full_name;
    one.search = data::fold_search(one.name + ' ' + unit.code.text + ' ' + one.within);
    found.emplace_back(&unit, std::move(one));
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first->level, a.first->code.text) <
           std::pair(b.first->level, b.first->code.text);
  });
  std::vector<Unit> out;
  for (auto& [unit, one] : found) out.push_back(std::move(one));
  return out;
}

std::shared_ptr<const Overview> overview(const fs::path& file) {
  auto out = std::make_shared<Overview>();
  out->read_only = is_read_only(file);
  data::Workspace workspace = data::Workspace::open_for_reading(file);
  const data::OneMoment moment(workspace.database());
  out->author = data::author_unit(workspace);
  out->author_name = data::unit_name(workspace, out->author);
  out->author_set = data::has_author_unit(workspace);
  out->operations = data::count_operations(workspace.database());
  const data::SentSoFar sent = data::sent_so_far(workspace);
  out->sent = sent.until;
  out->last_sent = sent.at;
  out->since_last = sent.left;
  out->units = units(workspace);
  Open open = open_of(workspace, data::records_with_operations(workspace.database()));
  out->conflicts = std::move(open.conflicts);
  out->held = std::move(open.held);
  out->names = std::move(open.names);
  return out;
}

/// Every package of a folder, by name.
std::vector<fs::path> packages_in(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed))
    if (entry.path().extension() == ".phusong" && entry.is_regular_file(failed))
      out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

struct Work {
  const geo::Progress& progress;

  Command operator()(const ReadAll& r) const { return Known{r.workspace, overview(r.workspace)}; }
  Command operator()(const Count& r) const {
    data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
    return Counted{r.workspace, r.since, data::count_operations(workspace.database(), r.since)};
  }
  Command operator()(const SetUnit& r) const {
    {
      data::Workspace workspace = data::Workspace::open(r.workspace);
      data::set_author_unit(workspace, r.unit);
    }
    return Known{r.workspace, overview(r.workspace)};
  }
  Command operator()(const Pack& r) const {
    progress.at(0, geo::msg("exchange.doing_pack"));
    fs::path out = r.out;
    if (out.extension().empty()) out += ".phusong";
    Packed done{r.workspace, {out, 0, 0, false}};
    data::Package package;
    {
      data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
      package = data::write_package(workspace, out, r.options);
    }
    done.sent.operations = package.operations.size();
    done.sent.is_signed = package.signed_by.has_value();
    std::error_code unknown;
    done.sent.bytes = fs::file_size(out, unknown);
    // A file that cannot be written knows no last time; its package is good nevertheless.
    if (is_read_only(r.workspace)) return done;
    data::Workspace workspace = data::Workspace::open(r.workspace);
    data::remember_sent(workspace, package);
    return done;
  }
  Command operator()(const Merge& r) const {
    std::vector<fs::path> files = r.files;
    for (const fs::path& folder : r.folders)
      for (fs::path& file : packages_in(folder)) files.push_back(std::move(file));
    data::Workspace workspace = data::Workspace::open(r.workspace);
    auto out = std::make_shared<Received>();
    out->preview = r.preview;
    out->merged = data::merge(workspace, files, {.preview = r.preview}, progress);
    for (const data::MergedFile& file : out->merged.files)
      out->units.push_back(file.package ? data::unit_name(workspace, file.package->unit)
                                        : std::string());
    out->conflicts = shown(workspace, out->merged.conflicts, out->names);
    out->held = shown(workspace, out->merged.held, out->names);
    return Merged{r.workspace, r.looked, std::move(files), std::move(out)};
  }
  Command operator()(const Decide& r) const {
    data::Workspace workspace = data::Workspace::open(r.workspace);
    const data::Decided done = data::decide_all(workspace, r.decisions);
    Decided out;
    out.file = r.workspace;
    out.fields = done.entered.operations;
    out.settled = done.settled.size();
    for (const auto& refused : done.refused) out.refused.push_back(refused.why);
    // The others are as they were: only what was decided on is looked at again.
    std::set<data::RecordKey> records;
    for (const data::Decision& decision : r.decisions) records.insert(decision.record);
    out.records.assign(records.begin(), records.end());
    const data::OneMoment moment(workspace.database());
    out.open = open_of(workspace, out.records);
    out.operations = data::count_operations(workspace.database());
    out.since_last = data::sent_so_far(workspace).left;
    return out;
  }
};

}  // namespace

Command work_on(const Job& job, const geo::Progress& progress) {
  return std::visit(Work{progress}, job);
}

}  // namespace app::exchange_page
