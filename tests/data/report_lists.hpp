#pragma once
#include <vector>

#include "data/dataset.hpp"

namespace data::test {

/// The reports of every reporter as lists, which are easier to write by hand than columns.
using ReportLists = std::vector<std::vector<Report>>;

inline ReportLists report_lists(const Dataset& dataset) {
  ReportLists out;
  for (const Reporter& reporter : dataset.reporters)
    out.push_back(dataset.reports.of(reporter.column));
  return out;
}

inline void set_reports(Dataset& dataset, const ReportLists& lists) {
  dataset.reports = reports_of(lists);
  for (std::size_t r = 0; r < dataset.reporters.size(); ++r)
    dataset.reporters[r].column =
        r < lists.size() ? static_cast<std::uint32_t>(r) : Reporter::never_reported;
}

/// Changes the reports of one reporter, or all lists.
template <class Change>
void change_reports(Dataset& dataset, std::size_t reporter, const Change& change) {
  ReportLists lists = report_lists(dataset);
  change(lists.at(reporter));
  set_reports(dataset, lists);
}
template <class Change>
void change_reports(Dataset& dataset, const Change& change) {
  ReportLists lists = report_lists(dataset);
  for (auto& list : lists) change(list);
  set_reports(dataset, lists);
}

}  // namespace data::test
