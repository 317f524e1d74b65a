#include <chrono>

#include "app/briefing_job.hpp"
#include "app/pages/records.hpp"
#include "data/authority.hpp"
#include "data/clock.hpp"
#include "data/unit_shape.hpp"
#include "geo/error.hpp"

namespace app::records_page {
namespace {

struct Work {
  Command operator()(const ReadAll& r) const {
    const bool read_only = is_read_only(r.workspace);
    data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
    return Known{
        r.workspace,
        std::make_shared<const data::RecordBook>(data::record_book(workspace, data::local_today())),
        read_only};
  }

  Command operator()(const Look& r) const {
    data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
    const data::OneMoment moment(workspace.database());
    Looked out{r.workspace, r.typed, {}, {}, {}};
    out.sheet = std::make_shared<const data::RecordSheet>(data::record_sheet(workspace, r.record));
    out.breaks = data::broken_rules(workspace, r.record, r.changes);
    if (r.map_of) {
      data::Authority authority(workspace.database());
      CommuneMap map{*r.map_of, {}};
      if (const auto id = authority.id_of(*r.map_of))
        map.shape = data::unit_shape(workspace.database(), *id);
      out.map = std::make_shared<const CommuneMap>(std::move(map));
    }
    return out;
  }

  Command operator()(const Write& r) const {
    data::Workspace workspace = data::Workspace::open(r.workspace);
    Written out{r.workspace, r.how, r.drafted, r.typed, r.step, {}, {}};
    try {
      if (r.how == How::taken_back) data::take_back(workspace, r.step);
      if (r.how == How::done_again) data::do_again(workspace, r.step);
      if (r.how == How::entered) {
        if (r.drafted.key.empty() && data::record_sheet(workspace, r.record).exists)
          return Refused{r.workspace, r.how, r.drafted,
                         geo::msg("records.code_taken", r.record.key),
                         geo::msg("records.code_taken_remedy")};
        out.step = data::enter_record(workspace, r.changes);
      }
    } catch (const geo::Error& error) {
      if (error.kind != geo::ErrorKind::usage) throw;
      return Refused{r.workspace, r.how, r.drafted, error.message, error.remedy};
    }
    out.book =
        std::make_shared<const data::RecordBook>(data::record_book(workspace, data::local_today()));
    out.sheet = std::make_shared<const data::RecordSheet>(data::record_sheet(workspace, r.record));
    return out;
  }
};

}  // namespace

Command work_on(const Job& job, const geo::Progress&) { return std::visit(Work{}, job); }

}  // namespace app::records_page
