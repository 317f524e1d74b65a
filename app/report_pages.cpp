#include "app/report_pages.hpp"

#include <algorithm>
#include <array>

#include "app/export_notes.hpp"
#include "app/reasons.hpp"
#include "app/statement_words.hpp"

namespace app {
namespace {

using render::Paper;
using Blocks = std::vector<Paper::Block>;
using Kind = ReportPart::Kind;
using Style = Paper::Text::Style;
using Units = std::vector<geo::UnitIndex>;

class Page {
 public:
  Page(const ReportSheet& sheet, const ReportPart& part, bool counting)
      : sheet_(sheet), part_(part), counting_(counting), language_(sheet.language()) {}

  Blocks blocks() {
    // Of one commune alone its findings stand below its settlements.
    if (part_.kind != Kind::findings || part_.units.size() > 1) add(Paper::NewPage{});
    switch (part_.kind) {
      case Kind::summary:
      case Kind::province:
      case Kind::district:
        group();
        break;
      case Kind::commune:
        commune();
        break;
      case Kind::ranking:
        ranking();
        break;
      case Kind::findings:
        findings();
        break;
    }
    return std::move(blocks_);
  }

 private:
  const data::Dataset& dataset() const { return sheet_.dataset(); }
  const Figures& figures() const { return sheet_.figures; }
  bool reported() const { return data::is_reported(figures().indicator); }
  std::string day() const { return date(language_, figures().at); }

  void add(Paper::Block block) { blocks_.push_back(std::move(block)); }
  void text(Style style, std::string words) { add(Paper::Text{style, std::move(words)}); }
  void heading(std::string words) { add(Paper::Heading{std::move(words), 2, false}); }
  void title(std::string words) { add(Paper::Heading{std::move(words), part_.level, true, 0}); }

  /// What is shown, of which day: under every title.
  std::string of_what() const {
    std::string out = indicator_name(figures().indicator, language_);
    if (reported() && !dataset().dates.empty()) out += " · " + say(language_, "view.as_of", day());
    return out;
  }

  /// The numbers of one or several communes in a sentence.
  std::string standing(const data::Gap& gap) const {
    if (!gap.reached || !gap.eligible)
      return reported() ? say(language_, "app.report_nothing_reported")
                        : say(language_, "app.report_nothing_known");
    std::string out;
    if (gap.rate)
      out = say(language_, "app.report_standing", sheet_.people(gap.reached->value),
                sheet_.people(gap.eligible->value),
                rate_text(figures().indicator, *gap.rate, language_));
    if (!reported()) return say(language_, "app.report_standing_plain", out);
    if (!gap.target || !gap.shortfall) return out + ' ' + say(language_, "app.report_no_target");
    const bool mean = part_.kind != Kind::commune && figures().other_targets > 0;
    const std::string target =
        mean ? say(language_, "app.report_mean_target", percent(language_, *gap.target))
             : target_text(*gap.target, language_);
    if (gap.shortfall->value < 0.5)
      return out + ' ' + say(language_, "app.report_target_met", target);
    return out + ' ' +
           say(language_, "app.report_short", sheet_.people(gap.shortfall->value), target);
  }

  /// How the communes stand with their reports; every one is counted once.
  void statuses() {
    if (!reported()) return;
    std::array<std::size_t, 4> count{};
    for (const geo::UnitIndex unit : part_.units)
      ++count[static_cast<std::size_t>(figures().gaps[unit.value].status)];
    const auto of = [&](data::Status s) { return count[static_cast<std::size_t>(s)]; };
    text(Style::body, say(language_, "app.report_statuses", part_.units.size(),
                          of(data::Status::reported), of(data::Status::silent),
                          of(data::Status::not_reported), of(data::Status::estimated)));
    std::string notes;
    const auto note = [&notes](const std::string& words) {
      notes += (notes.empty() ? "" : " ") + words;
    };
    // Those that are silent as a whole have been counted.
    if (figures().silent > of(data::Status::silent))
      note(say(language_, "app.report_parts_silent", figures().silent));
    if (figures().incomplete > 0)
      note(say(language_, "app.report_incomplete", figures().incomplete));
    if (figures().estimated > 0)
      note(say(language_, "app.handover_note_estimated", figures().estimated));
    if (figures().other_targets > 0)
      note(say(language_, "app.report_own_targets", figures().other_targets));
    if (!notes.empty()) text(Style::small, notes);
  }

  void map() {
    if (sheet_.basis->land) add(map_of(sheet_, part_, counting_));
  }

  void barriers(const Units& units) {
    Paper::Table table = barrier_table(sheet_, units);
    if (table.rows.empty()) return;
    heading(say(language_, "app.report_barriers"));
    add(std::move(table));
  }

  void group() {
    title(place_name(dataset(), part_));
    std::string below = of_what();
    if (part_.kind != Kind::summary) {
      const std::int32_t p = dataset().communes[part_.units.front().value].province;
      if (part_.kind == Kind::district && p >= 0)
        below = say(language_, "app.report_former_district_of",
                    dataset().provinces[static_cast<std::size_t>(p)].name) +
                " · " + below;
    }
    text(Style::small, below);
    text(part_.kind == Kind::summary ? Style::lead : Style::strong, standing(figures().total));
    add(numbers_table(sheet_, figures().total));
    statuses();
    map();
    if (part_.kind == Kind::district) {
      add(commune_table(sheet_, part_.units, false));
      barriers(part_.units);
      return;
    }
    barriers(part_.units);
    const auto groups = groups_in(dataset(), part_.units);
    if (!groups.empty()) {
      heading(part_.kind == Kind::summary && several_provinces()
                  ? say(language_, "app.report_provinces")
                  : say(language_, "app.report_districts"));
      add(group_table(sheet_, groups, part_.units));
    }
    if (part_.kind == Kind::summary) sources();
  }
  bool several_provinces() const {
    const auto of = [this](geo::UnitIndex unit) { return dataset().communes[unit.value].province; };
    return std::any_of(part_.units.begin(), part_.units.end(),
                       [&](geo::UnitIndex unit) { return of(unit) != of(part_.units.front()); });
  }
  void sources() {
    if (sheet_.basis->sources.empty()) return;
    heading(say(language_, "app.report_sources"));
    add(source_table(sheet_));
  }

  void commune() {
    const geo::UnitIndex unit = part_.units.front();
    const data::Commune& c = sheet_.commune(unit);
    const data::Gap& gap = figures().gaps[unit.value];
    title(c.full_name);
    std::string below;
    if (const auto district = sheet_.district(unit); c.district >= 0)
      below += say(language_, "app.report_former_district", district) + " · ";
    if (c.province >= 0)
      below += dataset().provinces[static_cast<std::size_t>(c.province)].name + " · ";
    text(Style::small, below + say(language_, "app.report_code", c.code.text) + " · " + of_what());
    text(Style::strong, standing(gap));
    add(numbers_table(sheet_, gap));
    text(Style::small, marks(unit, gap));
    text(Style::small, teams(unit));
    map();
    // No headings between them: all of a commune stands on one page.
    if (auto table = barrier_table(sheet_, part_.units); !table.rows.empty()) {
      table.size = 8;
      add(std::move(table));
    }
    if (is_low(sheet_.ask.size)) add(Paper::NewPage{});
    if (auto table = history_table(sheet_, unit); !table.rows.empty()) add(std::move(table));
    if (!sheet_.settlements[unit.value].empty()) {
      Paper::Table table = settlement_table(sheet_, unit);
      if (part_.level == 0) table.left_out = {};  // a report about it alone has another page
      add(std::move(table));
    } else {
      text(Style::small, say(language_, "app.report_no_settlements"));
    }
  }

  /// How far the numbers can be trusted.
  std::string marks(geo::UnitIndex unit, const data::Gap& gap) const {
    std::string out;
    const auto add_words = [&out](const std::string& words) {
      out += (out.empty() ? "" : " · ") + words;
    };
    if (reported()) add_words(freshness(gap, language_));
    if (gap.status == data::Status::estimated) add_words(say(language_, "app.report_estimated"));
    if (is_incomplete(gap))
      add_words(say(language_, "app.report_part_missing", gap.parts_reported, gap.parts));
    if (const auto& interval = figures().intervals[unit.value])
      add_words(say(language_, "app.report_interval", percent(language_, interval->low),
                    percent(language_, interval->high)));
    return out;
  }

  std::string teams(geo::UnitIndex unit) const {
    const auto& list = sheet_.teams[unit.value];
    if (dataset().teams.empty()) return say(language_, "app.report_no_list_of_teams");
    if (list.empty()) return say(language_, "app.report_no_teams");
    std::int64_t members = 0, union_members = 0;
    std::size_t generators = 0, routers = 0;
    for (const std::uint32_t t : list) {
      const data::Team& team = dataset().teams[t];
      members += team.members;
      union_members += team.union_members;
      generators += team.generator ? 1 : 0;
      routers += team.mobile_router ? 1 : 0;
    }
    return say(language_, "app.report_team_line", list.size(), members, union_members, generators,
               routers);
  }

  void ranking() {
    title(say(language_, "app.report_ranking"));
    const std::string below = place_name(dataset(), part_) + " · " + of_what();
    text(Style::small, reported() ? say(language_, "app.report_ranking_order", below)
                                  : say(language_, "app.report_ranking_order_plain", below));
    add(commune_table(sheet_, part_.units, true));
    text(Style::small, reported() ? say(language_, "app.report_ranking_note")
                                  : say(language_, "app.report_ranking_note_plain"));
  }

  void findings() {
    title(say(language_, "app.report_findings"));
    std::vector<bool> inside(dataset().communes.size());
    for (const geo::UnitIndex unit : part_.units) inside[unit.value] = true;
    const bool all = part_.units.size() == inside.size();
    bool any = false;
    for (const data::Check check : data::all_checks) {
      std::vector<const data::Finding*> of;
      for (const data::Finding& finding : sheet_.basis->findings) {
        const bool here = finding.unit.valid() ? inside[finding.unit.value] : all;
        if (finding.check == check && here) of.push_back(&finding);
      }
      if (of.empty()) continue;
      any = true;
      findings_of(check, of);
    }
    if (!any) text(Style::body, say(language_, "app.report_no_findings"));
    // One commune's own page has no room for them.
    if (part_.units.size() == 1) sources();
  }
  void findings_of(data::Check check, const std::vector<const data::Finding*>& of) {
    constexpr std::size_t most = 500;  // nobody reads more of one kind on paper
    add(Paper::Heading{say(language_, "app.check_heading", check_name(check, language_), of.size()),
                       1, true, 2});
    Paper::Table table;
    table.size = 8;
    table.columns = {{say(language_, "app.out_name"), 2.6, false, true},
                     {say(language_, "app.out_former_district"), 2.4, false, false},
                     {say(language_, "app.report_finding"), 8, false, false}};
    for (std::size_t i = 0; i < std::min(most, of.size()); ++i) {
      const data::Finding& finding = *of[i];
      std::string words = say(language_, finding.message);
      if (const auto& kept = finding.kept)
        words +=
            ' ' + say(language_, "app.finding_kept", without_contacts(kept->reason), kept->unit);
      if (finding.accepted)
        words +=
            ' ' + say(language_, "app.report_accepted", without_contacts(finding.accepted->reason));
      table.rows.push_back(
          {finding.unit.valid() ? sheet_.commune(finding.unit).full_name : std::string("–"),
           finding.unit.valid() ? sheet_.district(finding.unit) : std::string("–"),
           std::move(words)});
    }
    add(std::move(table));
    if (of.size() > most)
      text(Style::small, say(language_, "app.report_findings_left", of.size() - most));
  }

  const ReportSheet& sheet_;
  const ReportPart& part_;
  bool counting_;
  Language language_;
  Blocks blocks_;
};

}  // namespace

Blocks report_page(const ReportSheet& sheet, const ReportPart& part, bool counting) {
  return Page(sheet, part, counting).blocks();
}

}  // namespace app
