#include "app/pages/records_form.hpp"

#include <algorithm>

namespace app::records_page {

using data::RecordField;
using data::RecordKind;

const Draft* State::draft() const {
  if (!chosen) return nullptr;
  const auto at = drafts.find(*chosen);
  return at == drafts.end() ? nullptr : &at->second;
}

bool is_typed(const State& page, std::string_view field) {
  const Draft* const draft = page.draft();
  return draft != nullptr && draft->typed.contains(std::string(field));
}

std::string form_text(const State& page, const RecordField& field) {
  if (const Draft* const draft = page.draft())
    if (const auto typed = draft->typed.find(std::string(field.name)); typed != draft->typed.end())
      return typed->second;
  const auto value = page.sheet ? page.sheet->value(field.name) : std::nullopt;
  return value && page.book ? data::form_text(*page.book, field, *value) : std::string();
}

data::TypedValue form_value(const State& page, const RecordField& field) {
  if (is_typed(page, field.name) && page.book)
    return data::typed_value(*page.book, field, form_text(page, field));
  return {page.sheet ? page.sheet->value(field.name) : std::nullopt, {}, {}};
}

std::string in_words(Language language, const RecordField& field, std::string text) {
  if (language != Language::vietnamese) return text;  // ISO, and a point: typed as they are read
  if (field.value == data::ValueKind::day)
    if (const auto day = geo::parse_date(text)) return date(language, *day);
  if (field.value == data::ValueKind::share) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

std::string form_code(const State& page) {
  const Draft* const draft = page.draft();
  if (draft == nullptr) return {};
  const auto code = draft->typed.find(code_field);
  return code == draft->typed.end() ? std::string() : code->second;
}

std::optional<geo::Message> wrong_code(const State& page) {
  if (!page.making() || page.chosen->kind == RecordKind::activity) return std::nullopt;
  const data::RecordKey record{page.chosen->kind, form_code(page)};
  if (!data::is_record(record)) return geo::msg("records.code_wrong");
  if (page.book && page.book->find(record) != nullptr)
    return geo::msg("records.code_taken", record.key);
  return std::nullopt;
}

std::vector<data::FieldChange> changes(const State& page) {
  std::vector<data::FieldChange> out;
  const Draft* const draft = page.draft();
  if (draft == nullptr || !page.book) return out;
  for (const RecordField& field : data::fields_of(page.chosen->kind)) {
    if (!is_typed(page, field.name)) continue;
    const data::TypedValue typed = form_value(page, field);
    if (typed.wrong) continue;
    const data::SheetField* const now = page.sheet ? page.sheet->find(field.name) : nullptr;
    const bool decides = now != nullptr && !now->rivals.empty();
    const auto value = page.sheet ? page.sheet->value(field.name) : std::nullopt;
    if (typed.value == value && !decides) continue;
    out.push_back({*page.chosen, std::string(field.name), typed.value, {}, {}});
  }
  return out;
}

Ready ready(const State& page) {
  const Draft* const draft = page.draft();
  if (draft == nullptr || !page.sheet || page.read_only || page.sheet->not_ours) return {};
  for (const RecordField& field : data::fields_of(page.chosen->kind))
    if (is_typed(page, field.name) && form_value(page, field).wrong) return {};
  const auto has = [&](std::string_view name) {
    const RecordField* const field = data::find_field(page.chosen->kind, name);
    return form_value(page, *field).value.has_value();
  };
  if (page.making()) {
    if (wrong_code(page)) return {};
    const bool activity = page.chosen->kind == RecordKind::activity;
    if (!activity && !has("name")) return {false, geo::msg("records.name_missing")};
    if (activity && !has("date")) return {false, geo::msg("records.date_missing")};
    if (!has("unit")) return {false, geo::msg("records.unit_missing")};
  }
  if (!draft->breaks.empty() && draft->reason.empty()) return {false, {}};
  return {page.making() || !changes(page).empty(), {}};
}

}  // namespace app::records_page
