#include "data/import_operations.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "data/cell.hpp"
#include "data/operation_fields.hpp"

namespace data {
namespace {

using geo::msg;

/// A value of a row that no operation can hold (a name as long as a page): told, not taken.
struct LeftOut {
  std::int64_t row = 0;
  const char* field = "";
  geo::Message why;
};

/// The changes of one row.
class Changes {
 public:
  Changes(RecordKey record, std::int64_t row, Authority& authority, std::vector<LeftOut>* left_out)
      : record_(std::move(record)), row_(row), authority_(authority), left_out_(left_out) {}

  void text(const char* field, const std::string& value) {
    if (!value.empty()) add(field, value);
  }
  void text(const char* field, const std::optional<std::string>& value) {
    if (value) text(field, *value);
  }
  void whole(const char* field, const std::optional<std::int64_t>& value) {
    if (value) add(field, std::to_string(*value));
  }
  void share(const char* field, const std::optional<double>& value) {
    if (value) add(field, plain_number(*value));
  }
  void unit(const char* field, const std::optional<std::int64_t>& id) {
    if (id) add(field, unit_text(authority_.key_of(*id)));
  }
  std::vector<FieldChange> take() { return std::move(out_); }

 private:
  void add(const char* field, const std::string& value) {
    const RecordField* const known = find_field(record_.kind, field);
    if (known == nullptr) return;
    if (!canonical(*known, value)) {
      if (left_out_ != nullptr) left_out_->push_back({row_, field, not_a_value(*known, value)});
      return;
    }
    out_.push_back({record_, field, value, {}, row_ > 0 ? std::optional(row_) : std::nullopt});
  }

  RecordKey record_;
  std::int64_t row_;
  Authority& authority_;
  std::vector<LeftOut>* left_out_;
  std::vector<FieldChange> out_;
};

std::vector<FieldChange> changes_of(const FromRow<ReportRecord>& from, Authority& authority,
                                    std::vector<LeftOut>* left_out = nullptr) {
  constexpr std::array<const char*, 6> fields{"eligible",     "installed", "activated_l1",
                                              "activated_l2", "sessions",  "reached"};
  const auto date = geo::parse_date(from.value.date);
  if (!date) return {};
  Changes out(report_record(authority.key_of(from.value.unit), *date), from.row, authority,
              left_out);
  for (std::size_t i = 0; i < fields.size(); ++i) out.whole(fields[i], from.value.counts[i]);
  return out.take();
}

std::vector<FieldChange> changes_of(const FromRow<TeamRecord>& from, Authority& authority,
                                    std::vector<LeftOut>* left_out = nullptr) {
  const TeamRecord& t = from.value;
  Changes out({RecordKind::team, t.code}, from.row, authority, left_out);
  out.text("name", t.name);
  out.text("level", t.level);
  out.text("kind", t.kind);
  out.unit("unit", t.unit);
  out.unit("former_unit", t.former_unit);
  out.whole("members", t.members);
  out.whole("union_members", t.union_members);
  out.text("established_on", t.established_on);
  out.whole("generator", t.generator);
  out.whole("mobile_router", t.mobile_router);
  out.text("vehicle", t.vehicle);
  return out.take();
}

std::vector<FieldChange> changes_of(const FromRow<SettlementRecord>& from, Authority& authority,
                                    std::vector<LeftOut>* left_out = nullptr) {
  const SettlementRecord& s = from.value;
  Changes out({RecordKind::settlement, s.code}, from.row, authority, left_out);
  out.text("name", s.name);
  out.text("kind", s.kind);
  out.unit("unit", s.unit);
  out.unit("former_unit", s.former_unit);
  out.whole("households", s.households);
  out.whole("residents", s.residents);
  out.whole("eligible", s.eligible);
  out.text("electricity", s.electricity);
  out.text("signal", s.signal);
  out.share("smartphone_share", s.smartphone_share);
  out.share("own_sim_share", s.own_sim_share);
  out.share("away_share", s.away_share);
  out.text("road", s.road);
  if (s.lon && s.lat) out.text("place", place_text(*s.lon, *s.lat));
  return out.take();
}

/// Those of the rows that may be entered; of the others, the row and why not.
template <class T>
void keep_own(Workspace& workspace, Authority& authority, const UnitKey& author,
              std::vector<FromRow<T>>& rows, std::map<std::int64_t, geo::Message>& refused,
              std::vector<LeftOut>& left_out) {
  std::erase_if(rows, [&](const FromRow<T>& from) {
    const auto changes = changes_of(from, authority, &left_out);
    if (changes.empty()) return false;
    const auto why = why_not_entered(workspace, authority, author, changes);
    if (why) refused.emplace(from.row, *why);
    return why.has_value();
  });
}

}  // namespace

bool becomes_operations(Workspace& workspace, ImportKind kind) {
  if (kind != ImportKind::reports && kind != ImportKind::teams && kind != ImportKind::settlements)
    return false;
  return has_author_unit(workspace) || holds_operations(workspace.database());
}

void refuse_what_is_others(Workspace& workspace, Preparation& prepared) {
  Authority authority(workspace.database());
  const UnitKey author = author_unit(workspace);
  std::map<std::int64_t, geo::Message> refused;
  std::vector<LeftOut> left_out;
  keep_own(workspace, authority, author, prepared.records.reports, refused, left_out);
  keep_own(workspace, authority, author, prepared.records.teams, refused, left_out);
  keep_own(workspace, authority, author, prepared.records.settlements, refused, left_out);
  ImportPreview& preview = prepared.preview;
  const auto tell = [&](const RowReading& row, geo::Severity severity, const geo::Message& why,
                        std::string column) {
    preview.issues.push_back({severity,
                              why,
                              preview.file,
                              preview.sheet,
                              row.row,
                              std::move(column),
                              row.unit_code.empty() ? row.label : row.unit_code,
                              {}});
  };
  std::multimap<std::int64_t, const LeftOut*> without;
  for (const LeftOut& one : left_out) without.emplace(one.row, &one);
  for (RowReading& row : preview.rows) {
    const auto found = refused.find(row.row);
    if (found != refused.end()) {
      row.change = Change::refused;
      tell(row, geo::Severity::error, found->second, {});
      continue;
    }
    const auto [first, last] = without.equal_range(row.row);
    for (auto it = first; it != last; ++it)
      tell(row, geo::Severity::warning, it->second->why, it->second->field);
  }
}

Entered enter_records(Workspace& workspace, const ImportRecords& records,
                      const ImportPreview& preview) {
  Authority authority(workspace.database());
  std::vector<FieldChange> changes;
  const auto add = [&](const auto& rows) {
    for (const auto& row : rows)
      for (FieldChange& change : changes_of(row, authority)) changes.push_back(std::move(change));
  };
  add(records.reports);
  add(records.teams);
  add(records.settlements);
  return enter_within(workspace, changes,
                      {.file = preview.file, .sheet = preview.sheet, .let_stand = true});
}

}  // namespace data
