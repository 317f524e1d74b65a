#include "data/record_sheet.hpp"

#include <algorithm>

#include "data/operation_fields.hpp"

namespace data {
namespace {

/// The file and row that imports have a record from.
ValueOrigin imported_from(Database& database, const RecordKey& record) {
  ValueOrigin out;
  if (record.kind != RecordKind::team && record.kind != RecordKind::settlement) return out;
  Statement row = database.prepare(
      "SELECT s.file, s.imported_at, r.source_row FROM " + std::string(id(record.kind)) +
      " AS r JOIN source AS s ON s.id = r.source_id WHERE r.code = ? AND r.source_id <> ?"
      " ORDER BY r.source_id DESC LIMIT 1");
  row.bind(1, record.key).bind(2, entries_source(database));
  if (!row.step()) return out;
  out.file = row.text(0);
  out.at = row.text(1);
  out.row = row.maybe_integer(2);
  return out;
}

SheetValue entered(Workspace& workspace, const Operation& operation) {
  return {operation.value,
          {unit_name(workspace, operation.batch->author), operation.batch->made_at,
           operation.batch->file, operation.row, operation.reason}};
}

}  // namespace

std::optional<std::string> RecordSheet::value(std::string_view field) const {
  const SheetField* const found = find(field);
  return found != nullptr && found->now ? found->now->value : std::nullopt;
}

const SheetField* RecordSheet::find(std::string_view field) const {
  const auto at = std::find_if(fields.begin(), fields.end(),
                               [&](const SheetField& f) { return f.field == field; });
  return at == fields.end() ? nullptr : &*at;
}

RecordSheet record_sheet(Workspace& workspace, const RecordKey& record) {
  Database& database = workspace.database();
  const OneMoment moment(database);
  Authority authority(database);
  RecordSheet out;
  out.record = record;
  const RecordNow now = record_now(database, record, authority);
  const ValueOrigin imported = imported_from(database, record);
  out.home = now.state.home;
  out.exists = now.imported.exists;
  for (const RecordField& field : fields_of(record.kind)) {
    SheetField& f = out.fields.emplace_back();
    f.field = field.name;
    if (const FieldState* const state = now.field(field.name)) {
      f.now = entered(workspace, now.operations[state->heads.front()]);
      if (state->conflict)
        for (const std::uint32_t head : state->heads)
          f.rivals.push_back(entered(workspace, now.operations[head]));
    } else if (const auto value = now.imported.values.find(field.name);
               value != now.imported.values.end()) {
      f.now = SheetValue{value->second, imported};
    }
    out.exists = out.exists || (f.now && f.now->value);
  }
  // Asked as a change of any field that does not say where it lies.
  const auto any = record.kind == RecordKind::activity ? "sessions" : "name";
  if (out.exists) {
    const FieldChange change{record, any, out.value(any), {}, {}};
    out.not_ours = why_not_entered(workspace, authority, author_unit(workspace), {&change, 1});
  }
  return out;
}

}  // namespace data
