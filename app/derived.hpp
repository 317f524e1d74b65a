#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/figures.hpp"
#include "app/loaded.hpp"
#include "data/rank.hpp"
#include "data/rivals.hpp"
#include "data/score.hpp"

namespace app {

enum class RankColumn : std::uint8_t {
  name,
  rate,
  achievement,
  shortfall,
  teams,
  barrier,
  score,
  // of the table under the map
  district,
  eligible,
  unreached,
  no_grid,
  poor_signal,
  as_of
};

/// The file and row a number came from.
struct ReportTrace {
  std::string reporter, file;
  geo::Date date;
  std::int64_t row = 0;
};

/// What the right panel says about the chosen communes, or about all of them when none is chosen.
struct Chosen {
  std::vector<geo::UnitIndex> units;
  data::Gap gap;
  data::Barriers barriers;
  /// One per date of the dataset. Empty: the indicator has no dates, or they are not there yet.
  std::vector<data::Gap> series;
  std::vector<ReportTrace> traces;         ///< oldest first (those in need of a call), a few
  std::size_t sources = 0;                 ///< reporters behind the number
  std::size_t sources_reported = 0;        ///< of these, by the day shown
  std::int32_t district = -1;              ///< former district of all of them, when they share one
  data::BarrierSplit split;                ///< people short by what blocks them
  std::optional<data::Interval> interval;  ///< of the rate, 95%
  std::string target_of;  ///< whose target it is: "Thành phố Điện Biên Phủ", several: ""
};

/// Something a person should look at, with the communes it is about.
struct Attention {
  geo::Message message;
  std::vector<geo::UnitIndex> units;  ///< empty: opens the list of issues
  bool grave = false;
};

/// Bars of equal width over the values that are classed; breaks can be dragged along them.
struct Histogram {
  double low = 0, high = 1;                        ///< of all bars
  std::vector<std::size_t> all, chosen;            ///< communes shown, and those of them selected
  std::vector<std::vector<geo::UnitIndex>> units;  ///< of each bar, those counted in `all`
};

/// One line of the time chart.
struct TimeLine {
  geo::UnitIndex unit;            ///< invalid: all communes shown
  std::vector<data::Gap> series;  ///< one per date of the dataset
};

struct ScatterPoint {
  geo::UnitIndex unit;
  double x = 0, y = 0;
};
/// Any two indicators at the date, for the communes shown.
struct Scatter {
  std::vector<ScatterPoint> points;
  std::optional<data::Regression> all, chosen;  ///< chosen: of those selected, 3 or more
};

/// What `Derived` was made from; each part is made again only when its share of this changes.
struct DeriveKey {
  std::uint64_t dataset = 0;
  bool all_dates = true;   ///< of the indicator shown are there, see Pool::at_once
  std::size_t beyond = 0;  ///< settlements that are known to be, see Points
  View view;               ///< nothing hovered; `within` only where there is no filter
  RankColumn column = RankColumn::shortfall;
  bool ascending = false;
  data::Barrier rank_barrier = data::Barrier::no_grid;
  data::Weights weights;
  std::size_t first_k = 10;
  data::Indicator scatter_x = data::Indicator::signal_good,
                  scatter_y = data::Indicator::activation_l2;
  bool scatter = false;     ///< wanted: its drawer is open
  bool time_lines = false;  ///< wanted
  bool stays = false;       ///< wanted: the ranking is by score, or its weights are being chosen
  bool operator==(const DeriveKey&) const = default;
};

/// What every panel shows beside the dataset itself. Panels compute nothing.
struct Derived {
  std::optional<DeriveKey> key;
  std::shared_ptr<const Pool> pool;  ///< where Loaded has none
  std::shared_ptr<const Figures> figures;
  std::optional<std::size_t> date_index;  ///< of figures->at in dataset.dates
  render::Legend legend;
  std::vector<render::LegendEntry> points_legend;  ///< below it where settlements are drawn
  std::vector<geo::UnitIndex> shown;   ///< communes within the chosen former district, else all
  std::vector<data::RankRow> ranking;  ///< of `shown`, in the order asked for
  std::vector<double> score;           ///< by UnitIndex, 0…1; NaN: none
  /// By UnitIndex: share of redraws in the first k. Empty while it is not known: a large country's
  /// are worked out by a job.
  std::vector<double> stays;
  data::Scores scores;
  Histogram histogram;
  Scatter scatter;
  /// While the time drawer is open: all communes shown, then those selected (a dozen at most, by
  /// most people short). Empty where the indicator has no dates, or they are not there yet.
  std::vector<TimeLine> time_lines;
  std::vector<data::RivalFigures> rivals;  ///< about what is chosen
  Chosen chosen;
  std::vector<Attention> attention;
};
/// Up to so many communes the stability is worked out with the rest; beyond, by a job.
inline constexpr std::size_t stability_at_once = 400;
/// `stays` by position in `scores`, which must be those of `derived`.
void keep_stability(Derived& derived, const data::Scores& scores, const std::vector<double>& stays);
/// Brings `derived` up to date with the key.
void derive(Derived& derived, const DeriveKey& key, const Loaded& loaded);

/// What to look at, from the statuses at the date and the issues kept with the imports.
std::vector<Attention> attention(const Loaded& loaded, const Figures& figures,
                                 std::span<const geo::UnitIndex> within = {});

}  // namespace app
