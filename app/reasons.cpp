#include "app/reasons.hpp"

#include <algorithm>
#include <cmath>

namespace app {
namespace {

/// The largest barrier, as a sentence goes on: "không có điện lưới".
std::string because(data::Barrier barrier, Language language) {
  switch (barrier) {
    case data::Barrier::no_grid:
      return say(language, "view.because_no_grid");
    case data::Barrier::signal:
      return say(language, "view.because_signal");
    case data::Barrier::away:
      return say(language, "view.because_away");
    case data::Barrier::no_smartphone:
      return say(language, "view.because_no_smartphone");
    case data::Barrier::own_sim:
      return say(language, "view.because_own_sim");
    case data::Barrier::visit:
    case data::Barrier::unknown:
      break;  // these have sentences of their own
  }
  return barrier_name(barrier, language);
}

/// People short and the largest barrier; "" when nothing is known of it.
std::string short_of(const Figures& f, geo::UnitIndex unit, Language language) {
  const data::Gap& gap = f.gaps[unit.value];
  if (!gap.shortfall) return {};
  // Less than half a person is shown as 0, and is nobody to look for.
  if (gap.shortfall->value < 0.5) {
    return gap.achievement && gap.achievement->value > 1
               ? say(language, "view.row_above", percent(language, gap.achievement->value))
               : say(language, "view.row_reached");
  }
  const std::string people = number(language, gap.shortfall->value);
  const auto barrier = unit.value < f.splits.size() ? data::main_barrier(f.splits[unit.value])
                                                    : std::optional<data::Barrier>{};
  if (!barrier) return say(language, "view.row_short", people);
  if (*barrier == data::Barrier::visit) return say(language, "view.row_short_visit", people);
  if (*barrier == data::Barrier::unknown) return say(language, "view.row_short_unknown", people);
  return say(language, "view.row_short_because", people, because(*barrier, language),
             number(language, f.splits[unit.value].of(*barrier)));
}

}  // namespace

std::int32_t district_asked(const data::Dataset& dataset, const Filter& filter) {
  const bool alone = filter.districts.size() == 1 && filter.kinds.empty() &&
                     filter.categories.empty() && filter.barriers.empty();
  if (!alone || filter.districts[0] < 0) return -1;
  return static_cast<std::size_t>(filter.districts[0]) < dataset.districts.size()
             ? filter.districts[0]
             : -1;
}

std::string barrier_name(data::Barrier barrier, Language language) {
  return say(language, data::name(barrier));
}

std::array<std::int64_t, data::barrier_count> whole_people(const data::BarrierSplit& split) {
  std::array<std::int64_t, data::barrier_count> out{};
  std::array<std::size_t, data::barrier_count> order{};
  std::int64_t left = std::llround(split.total());
  for (std::size_t b = 0; b < out.size(); ++b) {
    order[b] = b;
    out[b] = static_cast<std::int64_t>(std::floor(split.people[b]));
    left -= out[b];
  }
  const auto remainder = [&](std::size_t b) {
    return split.people[b] - std::floor(split.people[b]);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainder(a) > remainder(b); });
  for (std::size_t k = 0; k < order.size() && left > 0; ++k, --left) ++out[order[k]];
  return out;
}

std::string status_name(data::Status status, Language language) {
  switch (status) {
    case data::Status::reported:
      return say(language, "view.status_reported");
    case data::Status::silent:
      return say(language, "view.status_silent");
    case data::Status::not_reported:
      return say(language, "view.status_not_reported");
    case data::Status::estimated:
      return say(language, "view.status_estimated");
  }
  return {};
}

std::string communes_text(std::size_t count, Language language) {
  return count == 1 ? say(language, "view.one_commune") : say(language, "view.communes", count);
}

std::string target_text(double share, Language language) {
  const double percents = share * 100;
  int decimals = 0;
  while (decimals < 2 && std::abs(percents * std::pow(10, decimals) -
                                  std::round(percents * std::pow(10, decimals))) > 1e-6)
    ++decimals;
  return percent(language, share, decimals);
}

std::string figure_text(const data::Figure& f, Language language) {
  const bool of_one = f.unit == "ratio" || f.unit == "share" || f.unit == "share of target";
  const bool percents = of_one || f.unit == "percent" || f.unit == "%";
  const double value = of_one ? f.value * 100 : f.value;
  const std::string words = number(language, value, decimals_of({value})) + (percents ? "%" : "");
  if (f.qualifier == "nearly") return say(language, "app.figure_nearly", words);
  if (f.qualifier == "more_than") return say(language, "app.figure_more_than", words);
  return words;
}

std::string explain_row(const data::Dataset& dataset, const Figures& f, geo::UnitIndex unit,
                        Language language) {
  const data::Gap& gap = f.gaps[unit.value];
  const bool reported = data::is_reported(f.indicator);
  if (gap.status == data::Status::not_reported) {
    if (reported && dataset.communes[unit.value].parts.empty())
      return say(language, "view.row_no_reporter");
    return reported ? say(language, "view.not_reported") : say(language, "view.no_number");
  }
  std::string out = short_of(f, unit, language);
  const auto add = [&out](const std::string& words) { out += (out.empty() ? "" : "; ") + words; };
  if (gap.rate) {
    const std::string rate = rate_text(f.indicator, *gap.rate, language);
    if (gap.target)
      add(say(language, "view.row_rate", rate, target_text(*gap.target, language)));
    else if (f.indicator == data::Indicator::teams_per_1000)
      add(say(language, "view.row_teams", rate));
    else
      add(reported ? say(language, "view.row_rate_only", rate)
                   : say(language, "view.row_rate_of_residents", rate));
  }
  if (gap.status == data::Status::estimated) add(say(language, "view.row_estimated"));
  if (reported) add(freshness(gap, language));
  return out;
}

}  // namespace app
