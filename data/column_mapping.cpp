#include "data/column_mapping.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "data/names.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Severity;

constexpr std::size_t rows_searched = 60;  // titles are few; a heading lower down is none
constexpr std::size_t most_heading_rows = 3;
constexpr std::string_view joint = " · ";

/// `phrase` as whole words inside `text`, both folded for searching.
bool has_words(std::string_view text, std::string_view phrase) {
  if (phrase.empty()) return false;
  for (auto at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
    const auto end = at + phrase.size();
    if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ')) return true;
  }
  return false;
}

struct FoldedField {
  std::vector<std::string> headings, unless;
};

std::vector<FoldedField> folded(const std::vector<Field>& fields) {
  std::vector<FoldedField> out;
  for (const auto& f : fields) {
    FoldedField one;
    for (const auto h : f.headings) one.headings.push_back(fold_search(h));
    for (const auto u : f.unless) one.unless.push_back(fold_search(u));
    out.push_back(std::move(one));
  }
  return out;
}

/// A heading as a person sees it, and folded for comparing; `own` is its lowest row.
struct Heading {
  std::string text, all, own;
};

/// The whole heading beats its own row, that beats a phrase inside it; then the longest wins.
std::size_t score(const FoldedField& field, const Heading& heading) {
  if (heading.all.empty()) return 0;
  for (const auto& u : field.unless) {
    if (has_words(heading.all, u)) return 0;
  }
  std::size_t best = 0;
  for (const auto& h : field.headings) {
    if (heading.all == h) {
      best = std::max(best, 2000 + h.size());
    } else if (heading.own == h) {
      best = std::max(best, 1000 + h.size());
    } else if (h.size() > 1 && has_words(heading.all, h)) {
      best = std::max(best, h.size());
    }
  }
  return best;
}

struct Assignment {
  std::vector<std::optional<std::size_t>> column;  // by field
  std::size_t found = 0, total = 0;
};

Assignment assign(const std::vector<FoldedField>& fields, const std::vector<Heading>& headings) {
  struct Claim {
    std::size_t score, field, column;
  };
  std::vector<Claim> claims;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    for (std::size_t c = 0; c < headings.size(); ++c) {
      if (const auto s = score(fields[f], headings[c])) claims.push_back({s, f, c});
    }
  }
  std::stable_sort(claims.begin(), claims.end(),
                   [](const Claim& a, const Claim& b) { return a.score > b.score; });
  Assignment out;
  out.column.resize(fields.size());
  std::vector<bool> used(headings.size());
  for (const auto& c : claims) {
    if (out.column[c.field] || used[c.column]) continue;
    out.column[c.field] = c.column;
    used[c.column] = true;
    ++out.found;
    out.total += std::min<std::size_t>(c.score, 1000);
  }
  return out;
}

/// Text of some heading rows per column. A merged cell keeps its text in its first cell: it counts
/// for the empty cells to its right, as long as a lower row says something there.
std::vector<Heading> join(const Table& table, std::size_t begin, std::size_t end) {
  std::vector<Heading> out(table.width);
  for (std::size_t r = begin; r < end; ++r) {
    std::string carried;
    for (std::size_t c = 0; c < table.width; ++c) {
      std::string text = table.rows[r].cells[c];
      if (!text.empty()) {
        carried = text;
      } else if (r + 1 < end) {
        // Only under a merged heading: this column has none of its own further up, and has below.
        bool below = false;
        for (std::size_t b = r + 1; b < end; ++b) below = below || !table.rows[b].cells[c].empty();
        if (below && out[c].text.empty()) text = carried;
      }
      if (text.empty()) continue;
      if (!out[c].text.empty()) out[c].text += joint;
      out[c].text += text;
      out[c].own = fold_search(text);
    }
  }
  for (auto& h : out) h.all = fold_search(h.text);
  return out;
}

/// A line under the headings that numbers the columns: (1) (2) (3), or A B 1 2 3=2/1.
bool numbers_columns(const TableRow& row) {
  std::int64_t last = 0;
  std::size_t cells = 0, digits = 0;
  for (const auto& cell : row.cells) {
    if (cell.empty()) continue;
    ++cells;
    auto text = fold_search(cell);
    if (text.size() == 1 && text.front() >= 'a' && text.front() <= 'h' && digits == 0) continue;
    text = text.substr(0, text.find(' '));
    if (text.empty() || text.size() > 2 ||
        !std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; }))
      return false;
    const auto n = std::stoll(text);
    if (n != last + 1 && last != 0) return false;
    if (last == 0 && n > 3) return false;
    last = n;
    ++digits;
  }
  return cells >= 3 && digits >= 2 && digits * 2 >= cells;
}

/// Rows that may stand together as headings: several cells each, none of them a number, a long
/// sentence or a day. Keeps titles above and data below out of a block.
bool may_be_headings(const Table& table, std::size_t begin, std::size_t end) {
  for (std::size_t r = begin; r < end; ++r) {
    std::size_t filled = 0;
    for (const auto& cell : table.rows[r].cells) {
      if (cell.empty()) continue;
      ++filled;
      if (cell.size() > 160 || geo::find_date(cell)) return false;
      if (read_number(cell, Quantity::measure, NumberStyle::english).taken()) return false;
    }
    if (filled < 2) return false;
  }
  return true;
}

bool blank(const TableRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const auto& c) { return c.empty(); });
}

/// "B" → 1; nothing when it is no letter of this table.
std::optional<std::size_t> column_by_letter(std::string_view text, std::size_t width) {
  if (text.empty() || text.size() > 3) return {};
  std::size_t n = 0;
  for (const char c : text) {
    const auto u = std::toupper(static_cast<unsigned char>(c));
    if (u < 'A' || u > 'Z') return {};
    n = n * 26 + static_cast<std::size_t>(u - 'A') + 1;
  }
  if (n > width) return {};
  return n - 1;
}

std::optional<std::size_t> column_by_heading(std::string_view wanted,
                                             const std::vector<Heading>& headings) {
  const auto text = fold_search(wanted);
  if (text.empty()) return {};
  for (std::size_t c = 0; c < headings.size(); ++c) {
    if (headings[c].all == text) return c;
  }
  std::optional<std::size_t> only;
  for (std::size_t c = 0; c < headings.size(); ++c) {
    if (headings[c].own != text) continue;
    if (only) return {};  // two columns are called so: the letter must say which
    only = c;
  }
  return only;
}

bool personal_heading(std::string_view folded_heading) {
  static const std::array phrases{fold_search("họ tên"),        fold_search("họ và tên"),
                                  fold_search("tên công dân"),  fold_search("tên người dân"),
                                  fold_search("full name"),     fold_search("citizen name"),
                                  fold_search("ngày sinh"),     fold_search("date of birth"),
                                  fold_search("số điện thoại"), fold_search("sđt"),
                                  fold_search("phone"),         fold_search("phone number"),
                                  fold_search("số cccd"),       fold_search("số cmnd"),
                                  fold_search("số căn cước"),   fold_search("số định danh cá nhân"),
                                  fold_search("national id"),   fold_search("email")};
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](const auto& p) { return has_words(folded_heading, p); });
}

/// Columns of people: by heading, or because a good part of the cells are phone or ID numbers.
std::vector<bool> personal_columns(const Table& table, const SheetReading& reading,
                                   const std::vector<Heading>& headings) {
  std::vector<bool> out(table.width);
  for (std::size_t c = 0; c < table.width; ++c) {
    std::size_t cells = 0, personal = 0, whole = 0;
    for (std::size_t r = reading.heading_end; r < table.rows.size(); ++r) {
      const auto& cell = table.rows[r].cells[c];
      if (cell.empty()) continue;
      ++cells;
      personal += looks_personal(cell);
      const auto n = read_number(cell, Quantity::count, NumberStyle::unknown);
      whole += n.taken() && !looks_personal(cell);
    }
    // "Số căn cước đã cấp" over plain counts is a number of cards, not the cards' numbers.
    const bool counts = cells > 0 && whole * 2 > cells;
    out[c] = cells > 0 && ((personal_heading(headings[c].all) && !counts) || personal * 2 >= cells);
  }
  return out;
}

std::string all_headings(const std::vector<Heading>& headings) {
  std::string out;
  for (std::size_t c = 0; c < headings.size(); ++c) {
    if (!out.empty()) out += "; ";
    out += column_letter(c) + ": " + headings[c].text;
  }
  return out;
}

void apply_mapping(SheetReading& reading, const Table& table, const std::vector<Heading>& headings,
                   const std::map<std::string, std::string>& mapping) {
  for (const auto& [id, wanted] : mapping) {
    const auto field = std::find_if(reading.fields.begin(), reading.fields.end(),
                                    [&](const auto& f) { return f.field == id; });
    if (field == reading.fields.end()) {
      std::string known;
      for (const auto& f : reading.fields) known += (known.empty() ? "" : ", ") + f.field;
      throw geo::Error(geo::ErrorKind::usage, msg("data.no_such_field", id), table.file,
                       msg("data.remedy_choose_field", known));
    }
    std::optional<std::size_t> column;
    if (wanted != "-" && !wanted.empty()) {
      column = column_by_heading(wanted, headings);
      if (!column) column = column_by_letter(wanted, table.width);
      if (!column)
        throw geo::Error(geo::ErrorKind::usage, msg("data.no_such_column", wanted), table.file,
                         msg("data.remedy_choose_column", all_headings(headings)));
    }
    for (auto& other : reading.fields) {
      if (column && other.column == column && !other.given) other.column.reset();
    }
    field->column = column;
    field->given = true;
  }
}

}  // namespace

SheetReading read_headings(const Table& table, ImportKind kind,
                           const std::map<std::string, std::string>& mapping) {
  const auto& fields = fields_of(kind);
  const auto words = folded(fields);
  SheetReading reading;
  std::vector<Heading> headings(table.width);
  Assignment best;
  best.column.resize(fields.size());
  std::size_t best_begin = 0, best_depth = 0;
  const auto last = std::min(table.rows.size(), rows_searched);
  for (std::size_t depth = 1; depth <= most_heading_rows; ++depth) {
    for (std::size_t begin = 0; begin + depth <= last; ++begin) {
      if (blank(table.rows[begin])) continue;
      if (depth > 1 && !may_be_headings(table, begin, begin + depth)) continue;
      auto joined = join(table, begin, begin + depth);
      const auto a = assign(words, joined);
      // More fields win. With as many, fewer rows, then the better wording: a row of data or a
      // title put on top of the headings adds no field.
      const bool better = a.found > best.found ||
                          (a.found == best.found && depth == best_depth && a.total > best.total);
      if (!better) continue;
      best = a;
      best_begin = begin;
      best_depth = depth;
      headings = std::move(joined);
    }
  }
  if (best_depth == 0) {  // no heading known: the first row with several cells, for the person
    for (std::size_t r = 0; r < last && best_depth == 0; ++r) {
      const auto filled = std::count_if(table.rows[r].cells.begin(), table.rows[r].cells.end(),
                                        [](const auto& c) { return !c.empty(); });
      if (filled < 2) continue;
      best_begin = r;
      best_depth = 1;
      headings = join(table, r, r + 1);
    }
  }
  reading.heading_begin = best_begin;
  reading.heading_end = best_begin + best_depth;
  while (reading.heading_end < table.rows.size() && best_depth > 0 &&
         numbers_columns(table.rows[reading.heading_end]))
    ++reading.heading_end;

  for (std::size_t f = 0; f < fields.size(); ++f) {
    reading.fields.push_back(
        {std::string(fields[f].id), best.column[f], {}, fields[f].required, false});
  }
  apply_mapping(reading, table, headings, mapping);
  reading.personal = personal_columns(table, reading, headings);
  for (std::size_t c = 0; c < table.width; ++c) {
    if (!reading.personal[c]) continue;
    geo::Issue issue{Severity::error,
                     msg("data.personal_column", column_letter(c)),
                     table.file,
                     table.sheet,
                     {},
                     column_letter(c),
                     {},
                     {}};
    reading.issues.push_back(std::move(issue));
  }
  for (auto& f : reading.fields) {
    if (f.column && reading.personal[*f.column]) f.column.reset();
    if (f.column) f.heading = headings[*f.column].text;
    reading.found += f.column.has_value();
  }
  for (auto& h : headings) reading.headings.push_back(std::move(h.text));
  for (std::size_t r = 0; r < reading.heading_end && !reading.date; ++r) {
    for (const auto& cell : table.rows[r].cells) {
      if (!reading.date && !cell.empty()) reading.date = geo::find_date(cell);
    }
  }
  return reading;
}

std::vector<NumberStyle> column_styles(const Table& table, const SheetReading& reading,
                                       ImportKind kind) {
  const auto& fields = fields_of(kind);
  std::vector<NumberStyle> styles(table.width, NumberStyle::unknown);
  std::vector<std::string> all;
  std::vector<NumberStyle> from_counts;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const auto type = fields[f].type;
    if (!reading.fields[f].column || type == FieldType::text || type == FieldType::code ||
        type == FieldType::date)
      continue;
    const auto c = *reading.fields[f].column;
    std::vector<std::string> cells;
    for (std::size_t r = reading.heading_end; r < table.rows.size(); ++r)
      cells.push_back(table.rows[r].cells[c]);
    styles[c] = number_style(cells, type == FieldType::count);
    if (type == FieldType::count) {
      from_counts.push_back(styles[c]);
    } else {
      all.insert(all.end(), cells.begin(), cells.end());
    }
  }
  auto sheet = number_style(all);
  if (sheet == NumberStyle::unknown) {
    const auto has = [&](NumberStyle s) {
      return std::find(from_counts.begin(), from_counts.end(), s) != from_counts.end();
    };
    if (has(NumberStyle::vietnamese) != has(NumberStyle::english))
      sheet = has(NumberStyle::vietnamese) ? NumberStyle::vietnamese : NumberStyle::english;
  }
  for (auto& s : styles) {
    if (s == NumberStyle::unknown) s = sheet;
  }
  return styles;
}

}  // namespace data
