#include "data/table_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "data/names.hpp"
#include "geo/date.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Severity;
using State = CellNumber::State;

bool any_of(std::string_view text, std::span<const std::string_view> list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_roman(std::string_view text) {
  return !text.empty() && text.find_first_not_of("ivxlc") == std::string_view::npos;
}

/// "Tổng cộng", "Cộng huyện …", but not "Cộng Hòa", which is a commune.
bool says_total(std::string_view folded) {
  static const std::array<std::string_view, 10> whole{
      "tong",       "cong",    "tong cong", "tong so",     "toan tinh",
      "toan huyen", "toan xa", "total",     "grand total", "sum"};
  static const std::array<std::string_view, 12> starts{
      "tong cong ", "tong so ",   "cong huyen ", "cong tinh ", "cong toan ",   "cong thanh ",
      "cong thi ",  "cong chung", "cong so ",    "total ",     "cong don vi ", "tong hop toan "};
  return any_of(folded, whole) ||
         std::any_of(starts.begin(), starts.end(), [&](auto s) { return folded.starts_with(s); });
}

bool is_group_kind(std::string_view kind) {
  return kind == "huyện" || kind == "thị xã" || kind == "thành phố" || kind == "quận" ||
         kind == "tỉnh";
}

}  // namespace

std::string quotable(const std::string& cell) {
  if (looks_personal(cell)) return "…";
  if (cell.size() <= 80) return cell;
  std::size_t end = 77;
  while (end > 0 && (static_cast<unsigned char>(cell[end]) & 0xC0) == 0x80) --end;
  return cell.substr(0, end) + "…";
}

const std::string& first_words(const TableRow& row) {
  static const std::string none;
  for (const auto& cell : row.cells) {
    if (cell.empty() || is_roman(fold_search(cell))) continue;
    if (read_number(cell, Quantity::measure, NumberStyle::english).taken()) continue;
    return cell;
  }
  return none;
}

RowRole role_of(const Table& table, const SheetReading& reading, ImportKind kind,
                std::size_t index) {
  const auto& row = table.rows[index];
  std::size_t filled = 0;
  for (const auto& cell : row.cells) filled += !cell.empty();
  if (filled == 0) return RowRole::blank;
  if (index < reading.heading_begin) return RowRole::title;
  if (index < reading.heading_end) return RowRole::heading;

  const auto cell_of = [&](std::string_view id) -> const std::string& {
    static const std::string none;
    for (const auto& f : reading.fields) {
      if (f.field == id && f.column) return row.cells[*f.column];
    }
    return none;
  };
  // A cell in a number column that is a number or says that there is none.
  std::size_t numbers = 0;
  const auto& fields = fields_of(kind);
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const auto type = fields[f].type;
    if (!reading.fields[f].column || type == FieldType::text || type == FieldType::code ||
        type == FieldType::date)
      continue;
    const auto& cell = row.cells[*reading.fields[f].column];
    const auto state = read_number(cell, Quantity::measure, NumberStyle::english).state;
    numbers += state == State::number || state == State::not_reported;
  }
  // Whatever names the row: for most kinds several columns may.
  bool named = false, coded = false;
  for (const auto& f : reading.fields) {
    if (!f.column) continue;
    if (f.field == "code" || f.field == "id" || f.field.ends_with("_code"))
      coded = coded || !row.cells[*f.column].empty();
    if (f.field == "name" || f.field == "scope" || f.field == "old_name")
      named = named || !row.cells[*f.column].empty();
  }
  const auto& words = first_words(row);
  const auto folded = fold_search(words);
  if (!coded && says_total(folded)) return RowRole::total;
  // Headings between rows and signatures are what people put into lists and reports; targets,
  // figures and crosswalks have none.
  const bool typed_by_people =
      kind == ImportKind::reports || kind == ImportKind::settlements || kind == ImportKind::teams;
  if (typed_by_people && !coded) {
    const bool day = geo::find_date(words).has_value() || folded.starts_with("ghi chu") ||
                     folded.starts_with("nguoi lap") || folded.starts_with("noi nhan");
    if (numbers == 0 && day) return RowRole::note;
    const auto& label = kind == ImportKind::reports && named ? cell_of("name") : words;
    if (is_group_kind(split_kind(label).kind) && filled <= numbers + 2) return RowRole::group;
    if (numbers == 0) {
      const bool numeral = is_roman(fold_search(row.cells.front()));
      if (numeral && !words.empty()) return RowRole::group;
      // A name alone, without a running number or any kind of unit: not a row of numbers.
      if (!named || (filled == 1 && split_kind(words).kind.empty())) return RowRole::note;
    }
  }
  return RowRole::data;
}

TableRows::TableRows(const Table& table, const SheetReading& reading, ImportKind kind,
                     ImportPreview& preview)
    : table_(table),
      reading_(reading),
      fields_(fields_of(kind)),
      preview_(preview),
      styles_(column_styles(table, reading, kind)),
      percent_(table.width) {
  for (std::size_t f = 0; f < fields_.size(); ++f) {
    if (fields_[f].type != FieldType::share || !reading.fields[f].column) continue;
    const auto c = *reading.fields[f].column;
    std::size_t signs = 0, above = 0, shares = 0;
    for (std::size_t r = reading.heading_end; r < table.rows.size(); ++r) {
      const auto n = read_number(table.rows[r].cells[c], Quantity::share, styles_[c]);
      if (!n.taken()) continue;
      if (n.percent) {
        ++signs;
      } else {
        ++(n.value > 1 ? above : shares);
      }
    }
    const bool said = reading.headings[c].find('%') != std::string::npos;
    percent_[c] = signs == 0 && above > shares;
    if (said && above > 0 && signs == 0) percent_[c] = true;
    if (percent_[c]) {
      preview_.issues.push_back({Severity::info,
                                 msg("data.read_as_percent", reading.headings[c]),
                                 table.file,
                                 table.sheet,
                                 {},
                                 column_letter(c),
                                 {},
                                 {}});
    }
  }
}

std::size_t TableRows::field_index(std::string_view field) const {
  const auto found =
      std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return f.id == field; });
  return static_cast<std::size_t>(found - fields_.begin());
}

void TableRows::begin(std::size_t index) {
  index_ = index;
  RowReading r;
  r.row = table_.rows[index].row;
  r.values.resize(fields_.size());
  preview_.rows.push_back(std::move(r));
}

const std::string& TableRows::raw(std::string_view field) const {
  static const std::string none;
  const auto& column = reading_.fields[field_index(field)].column;
  return column ? table_.rows[index_].cells[*column] : none;
}

void TableRows::tell(Severity severity, geo::Message message, std::string_view field,
                     const std::string& unit) {
  geo::Issue issue{severity, std::move(message), table_.file, table_.sheet, row_number(), {}, unit,
                   {}};
  if (!field.empty()) {
    const auto& column = reading_.fields[field_index(field)].column;
    if (column) issue.column = column_letter(*column);
  }
  preview_.issues.push_back(std::move(issue));
}

void TableRows::understood(std::string_view field, std::string value) {
  row().values[field_index(field)] = std::move(value);
}

CellNumber TableRows::number(std::string_view field, Quantity quantity, bool tell_missing) {
  const auto& column = reading_.fields[field_index(field)].column;
  if (!column) return {};
  const auto& cell = table_.rows[index_].cells[*column];
  auto n = read_number(cell, quantity, styles_[*column]);
  switch (n.state) {
    case State::number:
      if (quantity == Quantity::share && percent_[*column] && !n.percent)
        n.value = hundredths(n.value);
      break;
    case State::empty:
    case State::not_reported:
      if (tell_missing)
        tell(Severity::info,
             cell.empty() ? msg("data.cell_empty") : msg("data.cell_not_reported", quotable(cell)),
             field, row().label);
      break;
    case State::ambiguous:
      tell(Severity::warning, msg("data.cell_ambiguous", quotable(cell)), field, row().label);
      break;
    case State::unreadable:
      tell(Severity::warning, msg("data.cell_no_number", quotable(cell)), field, row().label);
      break;
  }
  return n;
}

std::optional<std::int64_t> TableRows::count(std::string_view field, bool tell_missing) {
  const auto n = number(field, Quantity::count, tell_missing);
  if (!n.taken()) return {};
  if (n.qualifier != CellNumber::Qualifier::exact) {
    tell(Severity::warning, msg("data.cell_not_exact", quotable(raw(field))), field, row().label);
    return {};
  }
  if (n.value < 0) {
    tell(Severity::warning, msg("data.cell_negative", quotable(raw(field))), field, row().label);
    return {};
  }
  understood(field, plain_number(n.value));
  return static_cast<std::int64_t>(n.value);
}

std::optional<double> TableRows::share(std::string_view field) {
  const auto n = number(field, Quantity::share, false);
  if (!n.taken()) return {};
  if (n.value < 0 || n.value > 1 || n.qualifier != CellNumber::Qualifier::exact) {
    tell(Severity::warning, msg("data.cell_no_share", quotable(raw(field))), field, row().label);
    return {};
  }
  understood(field, plain_number(n.value));
  return n.value;
}

bool TableRows::in_hundredths(std::string_view field) const {
  const auto& column = reading_.fields[field_index(field)].column;
  return column && (percent_[*column] || raw(field).find('%') != std::string::npos);
}

std::optional<double> TableRows::degrees(std::string_view field) {
  const auto n = number(field, Quantity::degrees, false);
  if (!n.taken()) return {};
  understood(field, plain_number(n.value));
  return n.value;
}

CellNumber TableRows::measure(std::string_view field) {
  const auto n = number(field, Quantity::measure, true);
  if (n.taken()) understood(field, plain_number(n.value));
  return n;
}

std::optional<geo::Date> TableRows::date(std::string_view field) {
  const auto& cell = raw(field);
  if (cell.empty()) return {};
  auto day = geo::parse_date(cell);
  if (!day) day = geo::find_date(cell);
  if (!day) {
    tell(Severity::warning, msg("data.cell_no_date", quotable(cell)), field, row().label);
    return {};
  }
  understood(field, geo::iso(*day));
  return day;
}

std::string TableRows::text(std::string_view field) {
  const auto& cell = raw(field);
  if (looks_personal(cell)) {
    tell(Severity::error, msg("data.cell_personal"), field);
    return {};
  }
  understood(field, cell);
  return cell;
}

std::optional<std::string> TableRows::word(std::string_view field, std::span<const Word> words) {
  const auto& cell = raw(field);
  if (cell.empty()) return {};
  const auto meaning = [&](const Word& w) -> std::optional<std::string> {
    if (w.means.empty()) return {};  // says that it is not reported
    understood(field, std::string(w.means));
    return std::string(w.means);
  };
  for (const auto& w : words) {
    if (w.spelling == cell) return meaning(w);
  }
  const auto folded = fold_search(cell);
  if (folded.empty()) return {};
  for (const auto& w : words) {
    if (fold_search(w.spelling) == folded) return meaning(w);
  }
  tell(Severity::warning, msg("data.cell_unknown_word", quotable(cell)), field, row().label);
  return {};
}

UnitMatch TableRows::match(const UnitBook& book, const UnitQuery& query, std::string_view field) {
  auto m = book.match(query);
  if (m.remark) {
    for (auto& a : m.remark->args) {
      if (auto* s = std::get_if<std::string>(&a)) *s = quotable(*s);
    }
    // A suggestion is no match: there the issue is about what the file says.
    const auto& said = query.name.empty() ? query.code : query.name;
    tell(m.severity, *m.remark, field, m.applied() ? m.unit->label() : quotable(said));
  }
  zeros_restored_ += m.zeros_restored && m.applied();
  return m;
}

void TableRows::finish() {
  if (zeros_restored_ == 0) return;
  preview_.issues.push_back({Severity::info,
                             msg("data.zeros_restored", zeros_restored_),
                             table_.file,
                             table_.sheet,
                             {},
                             {},
                             {},
                             {}});
}

}  // namespace data
