#include <algorithm>
#include <utility>

#include "app/briefing_job.hpp"
#include "app/export.hpp"
#include "app/file_names.hpp"
#include "app/pages/history.hpp"
#include "data/author.hpp"
#include "data/operation_fields.hpp"
#include "data/table_out.hpp"
#include "data/workspace.hpp"

namespace app::history_page {
namespace {

constexpr std::size_t part_size = 300;

data::HistoryQuery query_of(const Filter& filter) {
  data::HistoryQuery query;
  query.words = filter.words;
  query.author = filter.author;
  query.from = utc_of(filter.from, DayMeans::first_second);
  query.until = utc_of(filter.until, DayMeans::last_second);
  query.most = part_size;
  return query;
}

std::shared_ptr<const Entered> entered(data::Workspace& workspace, const Filter& filter,
                                       const Entered* so_far) {
  auto out = so_far == nullptr ? std::make_shared<Entered>() : std::make_shared<Entered>(*so_far);
  data::HistoryQuery query = query_of(filter);
  if (so_far != nullptr) query.before = so_far->last;
  data::HistoryPart part = data::history_part(workspace, query);
  for (data::HistoryRow& row : part.rows) {
    const data::Operation& o = row.operation;
    look_up(workspace, o.record, o.field, o.value, out->names);
    look_up(workspace, o.record, o.field, row.replaced, out->names);
    const bool first = out->rows.empty() || out->rows.back().operation.batch->uuid != o.batch->uuid;
    if (first) out->lines.push_back({out->rows.size(), true});
    out->lines.push_back({out->rows.size(), false});
    out->rows.push_back(std::move(row));
  }
  out->more = part.more;
  out->last = part.last;
  return out;
}

std::shared_ptr<const Imports> imports(data::Workspace& workspace) {
  auto out = std::make_shared<Imports>();
  out->there = workspace.sources();
  std::reverse(out->there.begin(), out->there.end());
  out->taken_back = data::imports_taken_back(workspace.database());
  out->read_only = is_read_only(workspace.file());
  out->now = data::utc_now();
  return out;
}

std::vector<Left> left(data::Workspace& workspace, const data::Operations& changed_since) {
  std::vector<Left> out;
  for (const data::Operation& o : changed_since)
    out.push_back({o.record, data::record_name(workspace, o.record), o.field});
  return out;
}

struct Work {
  const geo::Progress& progress;

  Command operator()(const ReadAll& r) const {
    data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
    const data::OneMoment moment(workspace.database());
    return Known{r.workspace, r.query, imports(workspace), entered(workspace, r.filter, nullptr)};
  }
  Command operator()(const ReadPart& r) const {
    data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
    return PartRead{r.workspace, r.query, entered(workspace, r.filter, r.so_far.get())};
  }
  Command operator()(const UndoBatch& r) const {
    data::Workspace workspace = data::Workspace::open(r.workspace);
    const data::Undone undone = data::undo_batch(workspace, r.batch);
    const std::size_t n = undone.entered.operations;
    return Undone{
        r.workspace, n > 0, {geo::msg("history.undone", n), left(workspace, undone.changed_since)}};
  }
  Command operator()(const TakeBackImport& r) const {
    progress.at(0, geo::msg("history.doing_take_back"));
    data::Workspace workspace = data::Workspace::open(r.workspace);
    const auto undone = data::take_back_import(workspace, r.source);
    if (!undone) return Undone{r.workspace, false, {geo::msg("history.other_import"), {}}};
    const geo::Message said =
        undone->as_operations
            ? geo::msg("history.import_set_back", undone->source.file, undone->set_back)
        : undone->held > 0
            ? geo::msg("history.import_undone_held", undone->source.file, undone->source.rows,
                       undone->held)
            : geo::msg("history.import_undone", undone->source.file, undone->source.rows);
    return Undone{r.workspace, true, {said, left(workspace, undone->changed_since)}, r.source};
  }
  Command operator()(const LookBack& r) const {
    progress.at(0, geo::msg("history.doing_look"));
    data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
    return StateKnown{r.workspace, std::make_shared<const data::KnownState>(
                                       data::known_state(workspace, r.time))};
  }
  Command operator()(const CompareStates& r) const {
    data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
    auto out = std::make_shared<Difference>();
    const std::string later = std::min(r.later, data::utc_now());
    out->is = data::compare_states(workspace, r.then, later, 200'000, progress);
    for (const data::FieldDifference& d : out->is.fields) {
      look_up(workspace, d.record, d.field, d.then, out->names);
      look_up(workspace, d.record, d.field, d.later, out->names);
    }
    return Compared{r.workspace, std::move(out)};
  }
  Command operator()(const Export& r) const {
    progress.at(0, geo::msg("history.doing_export"));
    std::filesystem::path out = r.out;
    if (out.extension().empty()) out += ".xlsx";
    data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
    export_difference(*r.difference, workspace.setting("title").value_or(file_name(r.workspace)),
                      r.language, out);
    return Exported{r.workspace, out};
  }
};

using Cell = data::TableOut::Cell;
using Kind = data::TableOut::Kind;

Cell cell(const std::optional<data::People>& people) {
  if (!people) return std::monostate{};
  return people->value;
}
Cell cell(const std::optional<data::Rate>& rate) {
  if (!rate) return std::monostate{};
  return rate->value;
}
/// A count stays a number, so that a spreadsheet can reckon with it.
Cell value_cell(const data::FieldDifference& d, const std::optional<std::string>& value,
                const UnitNames& names, Language language) {
  if (!value) return std::monostate{};
  const data::RecordField* const field = data::find_field(d.record.kind, d.field);
  if (field != nullptr && field->value == data::ValueKind::count) return std::stod(*value);
  return value_words(language, d.record.kind, d.field, value, names);
}

data::TableOut totals(const Difference& difference, Language l) {
  data::TableOut out;
  out.title = say(l, "history.out_totals");
  out.columns = {{"code", say(l, "history.out_code"), Kind::text},
                 {"name", say(l, "history.head_place"), Kind::text},
                 {"eligible_then", say(l, "history.out_eligible_then"), Kind::people},
                 {"eligible_later", say(l, "history.out_eligible_later"), Kind::people},
                 {"activated_then", say(l, "history.out_activated_then"), Kind::people},
                 {"activated_later", say(l, "history.out_activated_later"), Kind::people},
                 {"rate_then", say(l, "history.out_rate_then"), Kind::share},
                 {"rate_later", say(l, "history.out_rate_later"), Kind::share}};
  const auto row = [&](const std::string& code, const std::string& name, const data::Gap& a,
                       const data::Gap& b) {
    out.rows.push_back({code, name, cell(a.eligible), cell(b.eligible), cell(a.reached),
                        cell(b.reached), cell(a.rate), cell(b.rate)});
  };
  for (const data::PlaceDifference& place : difference.is.places)
    row(place.unit.code, place.name.empty() ? say(l, "history.no_district") : place.name,
        place.then, place.later);
  row("", say(l, "history.all"), difference.is.then.whole, difference.is.later.whole);
  return out;
}

}  // namespace

Command work_on(const Job& job, const geo::Progress& progress) {
  return std::visit(Work{progress}, job);
}

void export_difference(const Difference& difference, const std::string& title, Language l,
                       const std::filesystem::path& file) {
  const std::string ending = extension_of(file);
  if (ending != ".csv" && ending != ".xlsx")
    throw geo::Error(geo::ErrorKind::usage, geo::msg("history.not_exportable", ending),
                     file_name(file), geo::msg("history.not_exportable_remedy"));
  const data::StateDifference& is = difference.is;
  data::TableOut table;
  table.title =
      say(l, "history.out_title", time_words(l, is.then.time), time_words(l, is.later.time));
  table.notes_title = say(l, "history.out_notes");
  table.notes = {title, table.title};
  if (is.all > is.fields.size())
    table.notes.push_back(say(l, "history.out_cut", is.fields.size(), is.all));
  for (const data::KnownState* state : {&is.then, &is.later})
    for (const data::ImportTakenBack& one : state->missing)
      table.notes.push_back(say(l, "history.missing", time_words(l, state->time), one.source.file,
                                time_words(l, one.taken_back_at)));
  table.columns = {{"kind", say(l, "history.out_kind"), Kind::text},
                   {"record", say(l, "history.out_key"), Kind::text},
                   {"name", say(l, "exchange.head_record"), Kind::text},
                   {"field_id", say(l, "history.out_field"), Kind::text},
                   {"field", say(l, "exchange.head_field"), Kind::text},
                   {"then", say(l, "history.head_then"), Kind::people},
                   {"later", say(l, "history.head_later"), Kind::people}};
  for (const data::FieldDifference& d : is.fields)
    table.rows.push_back({std::string(data::id(d.record.kind)), d.record.key,
                          record_words(l, d.record, d.name), d.field, entry_field_text(l, d.field),
                          value_cell(d, d.then, difference.names, l),
                          value_cell(d, d.later, difference.names, l)});
  if (ending == ".csv") return data::write_csv(table, file);
  data::TableOut notes;
  notes.title = table.notes_title;
  notes.columns = {{"note", table.notes_title, Kind::text}};
  for (const std::string& note : table.notes) notes.rows.push_back({note});
  const std::vector<data::TableOut> sheets{totals(difference, l), table, notes};
  data::write_xlsx(sheets, table.title, file);
}

}  // namespace app::history_page
