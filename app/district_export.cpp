#include "app/district_export.hpp"

#include <cmath>

#include "app/district_words.hpp"
#include "app/file_names.hpp"
#include "app/print_file.hpp"
#include "data/unfinished_file.hpp"

namespace app {
namespace {

using data::TableOut;
using render::Paper;
using Cell = TableOut::Cell;
using Kind = TableOut::Kind;
using Style = Paper::Text::Style;

std::string title_of(const data::DistrictProgress& d, Language l) {
  return say(l, "district.list_title", d.name, date(l, d.week));
}

/// What one looks at while ringing: under the name, in a few short lines.
std::string unit_lines(const data::UnitProgress& u, Language l) {
  std::string out = u.name;
  if (!u.activated) return out;
  out += '\n' + (u.rate ? say(l, "district.line_people", people_text(u.activated, l),
                              share_text(u.rate, l))
                        : say(l, "district.line_people_bare", people_text(u.activated, l)));
  if (u.counted && u.change) out += '\n' + say(l, "district.line_change", change_text(u.change, l));
  if (u.missing) out += '\n' + say(l, "district.line_missing", people_text(u.missing, l));
  return out;
}

Paper::Table call_table(const data::DistrictProgress& d, Language l) {
  Paper::Table table;
  table.size = 9;
  table.columns = {{say(l, "district.head_asked"), 0.7, false, false, true},
                   {say(l, "district.head_unit"), 2.6, false, false},
                   {say(l, "district.head_question"), 6, false, false},
                   {say(l, "district.head_answer"), 2.6, false, false}};
  for (const data::UnitProgress& u : d.units) {
    bool first = true;
    for (const data::Question& q : u.questions) {
      // A row may begin a page: the name is always there.
      table.rows.push_back({" ", first ? unit_lines(u, l) : u.name, question_text(q, u, l), ""});
      first = false;
    }
  }
  return table;
}

std::optional<Paper::Table> quiet_table(const data::DistrictProgress& d, Language l) {
  Paper::Table table;
  table.columns = {{say(l, "district.head_unit"), 4, false, true},
                   {say(l, "district.head_l2"), 1.6, true, false},
                   {say(l, "district.head_change"), 1.4, true, false},
                   {say(l, "district.head_rate"), 1.4, true, false},
                   {say(l, "district.head_achievement"), 1.8, true, false},
                   {say(l, "district.head_missing"), 1.6, true, true}};
  for (const data::UnitProgress& u : d.units)
    if (u.questions.empty())
      table.rows.push_back({u.name, people_text(u.activated, l), change_text(u.change, l),
                            share_text(u.rate, l), share_text(u.achievement, l),
                            people_text(u.missing, l)});
  if (table.rows.empty()) return std::nullopt;
  return table;
}

TableOut::Column column(const char* id, std::string title, Kind kind = Kind::text) {
  return {id, std::move(title), kind};
}
template <class Quantity>
Cell cell(const std::optional<Quantity>& quantity) {
  return quantity ? Cell(quantity->value) : Cell();
}
Cell cell(const std::optional<double>& value) { return value ? Cell(*value) : Cell(); }
Cell cell(const std::optional<geo::Date>& day) { return day ? Cell(*day) : Cell(); }

std::vector<std::string> notes_of(const data::DistrictProgress& d, Language l) {
  std::vector<std::string> notes;
  if (d.made_up) notes.push_back(say(l, "view.watermark"));
  for (std::string& sentence : district_sentences(d, l)) notes.push_back(std::move(sentence));
  notes.push_back(say(l, "district.note_silent"));
  return notes;
}

}  // namespace

render::Paper district_paper(const data::DistrictProgress& d, Language l) {
  Paper paper;
  paper.title = title_of(d, l);
  paper.subject = say(l, "district.list_subject");
  paper.language = language_tag(l);
  paper.made = d.week;
  paper.footer = d.name + " · " + say(l, "view.numbers_of", date(l, d.week));
  if (d.made_up) paper.warning = say(l, "view.watermark");
  paper.page_words = [l](std::size_t page, std::size_t pages) {
    return say(l, "app.handover_page", page, pages);
  };
  const auto add = [&](Paper::Block block) { paper.blocks.push_back(std::move(block)); };
  add(Paper::Heading{paper.title, 0});
  bool lead = true;
  for (const std::string& sentence : district_sentences(d, l)) {
    add(Paper::Text{lead ? Style::lead : Style::body, sentence});
    lead = false;
  }
  Paper::Table calls = call_table(d, l);
  if (!calls.rows.empty()) {
    add(Paper::Heading{say(l, "district.list_calls"), 1});
    add(std::move(calls));
  }
  if (auto quiet = quiet_table(d, l)) {
    add(Paper::Heading{say(l, "district.list_quiet"), 1});
    add(std::move(*quiet));
  }
  add(Paper::Text{Style::small, say(l, "district.note_silent")});
  return paper;
}

std::vector<data::TableOut> district_tables(const data::DistrictProgress& d, Language l) {
  TableOut calls;
  calls.title = say(l, "district.sheet_calls");
  calls.notes_title = say(l, "app.out_notes");
  calls.notes = notes_of(d, l);
  calls.columns = {column("asked", say(l, "district.head_asked")),
                   column("code", say(l, "district.head_code")),
                   column("unit", say(l, "district.head_unit")),
                   column("district", say(l, "district.head_district")),
                   column("about", say(l, "district.head_about")),
                   column("question", say(l, "district.head_question")),
                   column("answer", say(l, "district.head_answer"))};
  TableOut numbers;
  numbers.title = say(l, "district.sheet_numbers");
  numbers.columns = {column("code", say(l, "district.head_code")),
                     column("unit", say(l, "district.head_unit")),
                     column("district", say(l, "district.head_district")),
                     column("report", say(l, "district.head_report")),
                     column("as_of", say(l, "district.head_as_of"), Kind::date),
                     column("eligible", say(l, "district.head_eligible"), Kind::people),
                     column("activated_l2", say(l, "district.head_l2"), Kind::people),
                     column("before", say(l, "district.head_before"), Kind::people),
                     column("change", say(l, "district.head_change"), Kind::people),
                     column("rate", say(l, "district.head_rate"), Kind::share),
                     column("rate_before", say(l, "district.head_rate_before"), Kind::share),
                     column("target", say(l, "district.head_target"), Kind::share),
                     column("achievement", say(l, "district.head_achievement"), Kind::share),
                     column("missing", say(l, "district.head_missing"), Kind::people)};
  for (const data::UnitProgress& u : d.units) {
    for (const data::Question& q : u.questions)
      calls.rows.push_back({Cell(), u.unit.code, u.name, u.district, ask_name(q.ask, l),
                            question_text(q, u, l), Cell()});
    numbers.rows.push_back({u.unit.code, u.name, u.district, report_text(u, l), cell(u.as_of),
                            cell(u.eligible), cell(u.activated), cell(u.before), cell(u.change),
                            cell(u.rate), cell(u.rate_before), cell(u.target), cell(u.achievement),
                            cell(u.missing)});
  }
  return {std::move(calls), std::move(numbers)};
}

void require_district_exportable(const std::filesystem::path& file) {
  const std::string extension = extension_of(file);
  if (extension == ".pdf" || extension == ".xlsx") return;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("app.out_unknown_kind", extension),
                   file.string(), geo::msg("district.unknown_kind_remedy"));
}

void export_district(const data::DistrictProgress& d, const std::filesystem::path& file, Language l,
                     const geo::Progress& progress) {
  require_district_exportable(file);
  progress.at(0, geo::msg("app.handover_exporting"));
  if (extension_of(file) == ".xlsx") {
    data::write_xlsx(district_tables(d, l), title_of(d, l), file);
    return;
  }
  print_file(file, [&](const render::Sink& sink) {
    render::print_pdf(district_paper(d, l), sink, progress);
  });
}

}  // namespace app
