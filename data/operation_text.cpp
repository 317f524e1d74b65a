#include "data/operation_text.hpp"

#include <algorithm>

#include "data/entries.hpp"
#include "data/workspace.hpp"

namespace data {
namespace {

/// On one line, with what would break it written out.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}
std::string value_text(const std::optional<std::string>& value) {
  return value ? in_quotes(*value) : "-";
}

std::string line_of(const Operation& o) {
  const Batch& b = *o.batch;
  std::string out = uuid_text(o.uuid) + ' ' + uuid_text(b.uuid) + ' ' + unit_text(b.author) + ' ' +
                    std::to_string(b.sequence) + ' ' + b.made_at + ' ' +
                    std::string(id(o.record.kind)) + ' ' + in_quotes(o.record.key) + ' ' + o.field +
                    ' ' + value_text(o.value);
  for (const Uuid& base : o.bases) out += " <" + uuid_text(base);
  if (!o.reason.empty()) out += " reason " + in_quotes(o.reason);
  if (!b.file.empty()) out += " file " + in_quotes(b.file);
  if (!b.sheet.empty()) out += " sheet " + in_quotes(b.sheet);
  if (o.row) out += " row " + std::to_string(*o.row);
  return out + '\n';
}

const char* word_of(Standing standing) {
  switch (standing) {
    case Standing::applied:
      return "applied";
    case Standing::unknown_unit:
      return "unknown_unit";
    case Standing::unknown_author:
      return "unknown_author";
    case Standing::not_under:
      return "not_under";
    case Standing::no_home:
      break;
  }
  return "no_home";
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
  std::uint64_t size = text.size();
  for (int i = 0; i < 8; ++i) {
    out += static_cast<char>(size & 0xff);
    size >>= 8;
  }
  out += text;
}

void append_operation(std::string& out, const Operation& o) {
  const auto raw = [](const Uuid& uuid) {
    return std::string_view(reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size());
  };
  const Batch& b = *o.batch;
  append_text(out, raw(o.uuid));
  append_text(out, raw(b.uuid));
  append_text(out, unit_text(b.author));
  append_text(out, std::to_string(b.sequence));
  append_text(out, b.made_at);
  append_text(out, b.file);
  append_text(out, b.sheet);
  append_text(out, id(o.record.kind));
  append_text(out, o.record.key);
  append_text(out, o.field);
  append_text(out, o.value ? "1" : "0");
  append_text(out, o.value.value_or(std::string()));
  append_text(out, std::to_string(o.bases.size()));
  for (const Uuid& base : o.bases) append_text(out, raw(base));
  append_text(out, o.reason);
  append_text(out, o.row ? std::to_string(*o.row) : std::string());
}

std::string operation_bytes(const Operation& operation) {
  std::string out;
  append_operation(out, operation);
  return out;
}

std::string dump_operations(Workspace& workspace) {
  Database& database = workspace.database();
  const OneMoment moment(database);
  std::string out = "operations\n";
  Operations all = all_operations(database);
  std::sort(all.begin(), all.end(),
            [](const Operation& a, const Operation& b) { return a.uuid < b.uuid; });
  for (const Operation& operation : all) out += line_of(operation);

  std::string held = "held\n";
  out += "fields\n";
  Authority authority(database);
  std::vector<std::string> not_applied;
  for (const RecordKey& record : records_with_operations(database)) {
    const RecordNow now = record_now(database, record, authority);
    for (const auto& [name, field] : now.state.fields) {
      out += std::string(id(record.kind)) + ' ' + in_quotes(record.key) + ' ' + name + ' ' +
             value_text(now.value(name));
      if (field.conflict) out += " conflict";
      for (const std::uint32_t head : field.heads)
        out += ' ' + uuid_text(now.operations[head].uuid);
      out += '\n';
    }
    for (std::size_t i = 0; i < now.operations.size(); ++i)
      if (now.state.standing[i] != Standing::applied)
        not_applied.push_back(uuid_text(now.operations[i].uuid) + ' ' +
                              word_of(now.state.standing[i]) + '\n');
  }
  std::sort(not_applied.begin(), not_applied.end());
  for (const std::string& line : not_applied) held += line;
  return out + held;
}

}  // namespace data
