#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/language.hpp"
#include "data/operations.hpp"

namespace app {

// How commands write operations into JSON; Json is nlohmann's ordered_json, which no header shows.

template <class Json>
Json operation_json(const data::Operation& o) {
  const data::Batch& b = *o.batch;
  Json out;
  out["uuid"] = data::uuid_text(o.uuid);
  out["batch"] = data::uuid_text(b.uuid);
  out["author"] = data::unit_text(b.author);
  out["sequence"] = b.sequence;
  out["made_at"] = b.made_at;
  out["received_at"] = o.received_at;
  out["kind"] = data::id(o.record.kind);
  out["record"] = o.record.key;
  out["field"] = o.field;
  out["value"] = o.value ? Json(*o.value) : Json();
  out["bases"] = Json::array();
  for (const data::Uuid& base : o.bases) out["bases"].push_back(data::uuid_text(base));
  out["reason"] = o.reason;
  out["file"] = b.file;
  out["sheet"] = b.sheet;
  out["row"] = o.row ? Json(*o.row) : Json();
  return out;
}

template <class Json>
Json conflicts_json(const std::vector<data::Conflict>& conflicts) {
  Json out = Json::array();
  for (const data::Conflict& conflict : conflicts) {
    Json one;
    one["kind"] = data::id(conflict.record.kind);
    one["record"] = conflict.record.key;
    one["field"] = conflict.field;
    one["before"] = conflict.before ? Json(*conflict.before) : Json();
    one["values"] = Json::array();
    for (const data::Operation& head : conflict.heads)
      one["values"].push_back(operation_json<Json>(head));
    out.push_back(std::move(one));
  }
  return out;
}

template <class Json>
Json held_json(data::Workspace& workspace, const std::vector<data::HeldOperation>& held,
               Language language) {
  Json out = Json::array();
  for (const data::HeldOperation& h : held) {
    Json one = operation_json<Json>(h.operation);
    one["why"] = say(language, data::said(h.standing, workspace, h.operation));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace app
