#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/pool.hpp"
#include "app/view.hpp"
#include "data/quality.hpp"
#include "data/workspace.hpp"
#include "geo/land.hpp"
#include "geo/progress.hpp"
#include "render/page/paper.hpp"

namespace app {

struct Points;
struct Loaded;

/// What is to be printed, and on what sheets.
struct ReportAsk {
  View view;           ///< indicator, date, language and classes; its `within` is not looked at
  std::string within;  ///< code or name of a unit; empty: everything
  bool atlas = false;  ///< a page for every commune too
  render::PaperSize size;
};

/// What the pages are made of; none of it changes while they are printed.
struct ReportBasis {
  std::shared_ptr<const data::Dataset> dataset;
  std::shared_ptr<const geo::Land> land;  ///< with the levels that the maps need; may be empty
  std::shared_ptr<const Pool> pool;       ///< may be empty: then one is made
  std::shared_ptr<const Points> points;   ///< may be empty
  std::vector<data::Finding> findings;
  std::vector<data::Source> sources;  ///< oldest first
};
/// Reads all of it. Error (io) where there are no communes.
ReportBasis report_basis(data::Workspace& workspace, const geo::Progress& progress = {});

/// What the desk has of it already, and the rest read.
ReportBasis report_basis(const Loaded& loaded, const geo::Progress& progress = {});

/// The summary, a page for every former district (of a country: every province too), with `atlas`
/// one for every commune, the ranking, and what the numbers say about themselves. Each part is made
/// when it is printed, from what all share. Same basis, same pages. Error (usage) where `within`
/// names no unit.
render::Paper report_paper(std::shared_ptr<const ReportBasis> basis, const ReportAsk& ask);

/// To a PDF, which is there when all of it is written.
void write_report(std::shared_ptr<const ReportBasis> basis, const ReportAsk& ask,
                  const std::filesystem::path& file, const geo::Progress& progress = {});
/// The whole way from a workspace.
void export_report(const std::filesystem::path& workspace, const ReportAsk& ask,
                   const std::filesystem::path& file, const geo::Progress& progress = {});
/// Error (usage) when the file is not to be a .pdf; said before any work is done.
void require_pdf(const std::filesystem::path& file);

}  // namespace app
