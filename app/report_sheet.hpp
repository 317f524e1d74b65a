#pragma once
#include <memory>
#include <string>
#include <vector>

#include "app/figures.hpp"
#include "app/report.hpp"
#include "app/report_parts.hpp"

namespace app {

/// Dates that a commune's page looks back over.
inline constexpr std::size_t dates_shown = 5;

/// Too low for a map with all its tables: A4 across.
inline bool is_low(const render::PaperSize& size) { return size.height < 700; }

/// What all parts of a report are made from. Only `figures` change from part to part: they count
/// the communes of the part at hand.
struct ReportSheet {
  std::shared_ptr<const ReportBasis> basis;
  ReportAsk ask;
  Figures figures;
  std::vector<geo::Date> dates;  ///< of the last reports, newest first, and one before them
  std::vector<std::vector<data::Gap>> history;                 ///< by these dates, by UnitIndex
  std::vector<std::vector<std::uint32_t>> settlements, teams;  ///< by UnitIndex

  const data::Dataset& dataset() const { return *basis->dataset; }
  Language language() const { return ask.view.language; }
  const data::Commune& commune(geo::UnitIndex unit) const { return dataset().communes[unit.value]; }
  /// "Huyện Mường Nhé"; "–": not known.
  std::string district(geo::UnitIndex unit) const;
  std::string people(double count) const { return number(language(), count); }
};

// Tables; each says what it is about in its head. What is not reported stands as "–".

/// The numbers of the part in one large row. `interval` of the rate where it is of one commune or
/// of several together.
render::Paper::Table numbers_table(const ReportSheet& sheet, const data::Gap& gap);
/// Communes, those with most people short first, and their sum. `places`: with a number in front,
/// and where they lie.
render::Paper::Table commune_table(const ReportSheet& sheet,
                                   const std::vector<geo::UnitIndex>& units, bool places);
/// Provinces or former districts, worst first, and their sum.
render::Paper::Table group_table(const ReportSheet& sheet, const std::vector<UnitGroup>& groups,
                                 const std::vector<geo::UnitIndex>& all);
/// People short by what blocks them, with what it asks for; empty where nobody is short.
render::Paper::Table barrier_table(const ReportSheet& sheet,
                                   const std::vector<geo::UnitIndex>& units);
/// The last reports of a commune; empty where the indicator has no dates.
render::Paper::Table history_table(const ReportSheet& sheet, geo::UnitIndex unit);
/// A commune's settlements, those that lack most first; as many as the page holds.
render::Paper::Table settlement_table(const ReportSheet& sheet, geo::UnitIndex unit);
/// Files that the numbers come from, and when they were read.
render::Paper::Table source_table(const ReportSheet& sheet);

/// The map of a part: its communes in their colours among faint neighbours, with a legend of its
/// own. `counting`: only how large it is.
render::Paper::Map map_of(const ReportSheet& sheet, const ReportPart& part, bool counting);

}  // namespace app
