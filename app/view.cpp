#include "app/view.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include "render/palette.hpp"

namespace app {
namespace {

std::uint32_t signal_poor(const data::Barriers& b) { return b.weak_signal + b.no_signal; }

/// From how many settlements on a pattern is drawn: the upper third of the communes with any, so
/// that the pattern sets some apart instead of covering the map.
std::uint32_t pattern_from(std::vector<std::uint32_t> counts) {
  std::erase(counts, 0U);
  if (counts.empty()) return 1;
  std::sort(counts.begin(), counts.end());
  return counts[counts.size() * 2 / 3];
}

/// Quantiles at values that can be said: rounded to the coarsest step that keeps them apart.
data::Classes round_classes(std::span<const double> values) {
  data::Classes classes = data::classify_by_quantiles(values);
  if (classes.count() < 2) return classes;
  const double spread = classes.breaks.back() - classes.breaks.front();
  for (double step = 0.1; step > 1e-6; step /= 10) {
    if (spread / step < 10) continue;
    std::vector<double> rounded;
    for (double b : classes.breaks) rounded.push_back(std::round(b / step) * step);
    rounded.front() = std::floor(classes.breaks.front() / step) * step;
    rounded.back() = std::ceil(classes.breaks.back() / step) * step;
    if (std::adjacent_find(rounded.begin(), rounded.end(), std::greater_equal<>()) ==
        rounded.end()) {
      classes.breaks = std::move(rounded);
      break;
    }
  }
  return classes;
}

bool same_target(double a, double b) { return std::abs(a - b) < 5e-4; }

/// The target that most eligible people are held to: districts may have their own, and a mean of
/// them would be nobody's.
std::optional<double> common_target(std::span<const data::Gap> gaps) {
  std::map<double, double> people;
  for (const data::Gap& gap : gaps) {
    if (!gap.target) continue;
    people[std::round(*gap.target * 1000) / 1000] += gap.eligible ? gap.eligible->value : 0;
  }
  const auto most =
      std::max_element(people.begin(), people.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == people.end() ? std::nullopt : std::optional(most->first);
}

/// One more than a picture of a single week would need: the pooled weeks spread wider than any one.
constexpr std::size_t classes_below_target = 5;

/// The scale of the circles: nine in ten stay within `largest_circle`, and the largest of all
/// within half as much again, so that one city does not shrink the rest to dots.
double people_per_circle(std::vector<double> shortfalls) {
  std::erase_if(shortfalls, [](double people) { return people <= 0; });
  if (shortfalls.empty()) return 0;
  std::sort(shortfalls.begin(), shortfalls.end());
  return std::max(shortfalls[shortfalls.size() * 9 / 10], shortfalls.back() / (1.5 * 1.5));
}

bool pooled_over_dates(data::Indicator indicator, const data::Dataset& dataset) {
  return data::is_reported(indicator) && !dataset.dates.empty();
}

/// Classes and circle sizes come from all dates, so that neither moves along the time line.
void pool(Figures& f, const data::Dataset& dataset) {
  std::vector<geo::Date> dates{f.at};
  if (pooled_over_dates(f.indicator, dataset)) dates = dataset.dates;
  std::vector<double> rates, shortfalls;
  for (const geo::Date date : dates) {
    const auto gaps = data::gaps(dataset, f.indicator, date);
    for (const data::Gap& gap : gaps) {
      if (gap.rate && std::isfinite(gap.rate->value)) rates.push_back(gap.rate->value);
      if (gap.shortfall) shortfalls.push_back(gap.shortfall->value);
    }
    if (date == dates.back()) f.target = common_target(gaps);
  }
  f.people_per_circle_area = people_per_circle(std::move(shortfalls));
  if (f.target) {
    f.classes = data::classify_by_target(rates, *f.target, classes_below_target);
    const std::size_t count = f.classes.count();
    const std::size_t below = std::min(f.classes.first_at_target.value_or(count), count);
    f.colours = render::target_palette(below, count - below);
  } else {
    f.classes = round_classes(rates);
    f.colours = render::sequential_palette(f.classes.count());
  }
}

render::Colour faint(render::Colour colour) {
  constexpr render::Colour ground = render::house::ground;
  const auto mix = [](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>((a * 3 + b * 17) / 20);
  };
  return {mix(colour.r, ground.r), mix(colour.g, ground.g), mix(colour.b, ground.b), 255};
}

std::string communes(std::size_t count, Language language) {
  return count == 1 ? say(language, "view.one_commune") : say(language, "view.communes", count);
}

std::uint32_t border_index(std::int32_t index) {
  return index < 0 ? UINT32_MAX : static_cast<std::uint32_t>(index);
}

/// The fewest decimals (at most two) that write every break as it is.
int decimals_of(const std::vector<double>& values) {
  for (int decimals = 0; decimals < 2; ++decimals) {
    const double scale = std::pow(10, decimals);
    if (std::all_of(values.begin(), values.end(), [scale](double v) {
          return std::abs(v * scale - std::round(v * scale)) < 1e-6;
        })) {
      return decimals;
    }
  }
  return 2;
}

/// "60%", "58,5%"
std::string percent_free(Language language, double share) {
  return percent(language, share, decimals_of({share * 100}));
}

render::AreaStyle area_style(const Figures& f, const data::Dataset& dataset, std::size_t i,
                             bool barriers, bool inside) {
  render::AreaStyle style;
  style.district = border_index(dataset.communes[i].district);
  style.province = border_index(dataset.communes[i].province);
  const data::Gap& gap = f.gaps[i];
  const auto in_class = gap.rate ? f.classes.of(gap.rate->value) : std::nullopt;
  if (in_class) {
    style.fill = f.colours[*in_class];
    if (gap.status == data::Status::estimated) style.patterns |= render::pattern_cross;
  } else {
    style.fill = render::house::not_reported;
    style.patterns |= render::pattern_dashed;
  }
  if (barriers && f.barriers[i].no_grid >= f.hatch_from) style.patterns |= render::pattern_hatch;
  if (barriers && signal_poor(f.barriers[i]) >= f.dots_from) {
    style.patterns |= render::pattern_dots;
  }
  if (!inside) {
    style.fill = faint(style.fill);
    style.patterns = render::pattern_none;
  }
  return style;
}

}  // namespace

bool is_incomplete(const data::Gap& gap) {
  return gap.parts_reported > 0 && gap.parts_reported < gap.parts;
}

std::string freshness(const data::Gap& gap, Language language) {
  if (!gap.as_of) return say(language, "view.not_reported_yet");
  const std::string day = date(language, *gap.as_of);
  if (gap.parts_silent == 0) return say(language, "view.report_of", day);
  if (gap.parts_silent == gap.parts) return say(language, "view.silent_since", day);
  return say(language, "view.some_silent", gap.parts_silent, gap.parts, day);
}

geo::Date date_shown(const data::Dataset& dataset, std::optional<geo::Date> at) {
  if (at) return *at;
  if (!dataset.dates.empty()) return dataset.dates.back();
  return {std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
}

Figures figures(const data::Dataset& dataset, data::Indicator indicator,
                std::optional<geo::Date> at, std::span<const geo::UnitIndex> within,
                const Figures* scale) {
  Figures f;
  f.indicator = indicator;
  f.at = date_shown(dataset, at);
  f.gaps = data::gaps(dataset, indicator, f.at);
  f.barriers = data::barriers(dataset);
  f.total = data::total(f.gaps, within);
  if (scale != nullptr && scale->indicator == indicator && pooled_over_dates(indicator, dataset)) {
    f.classes = scale->classes;
    f.colours = scale->colours;
    f.target = scale->target;
    f.people_per_circle_area = scale->people_per_circle_area;
  } else {
    pool(f, dataset);
  }

  std::vector<bool> inside(dataset.communes.size(), within.empty());
  for (const geo::UnitIndex unit : within) inside[unit.value] = true;
  f.class_counts.assign(f.classes.count(), 0);
  std::vector<std::uint32_t> no_grid, poor;
  for (std::size_t i = 0; i < f.gaps.size(); ++i) {
    no_grid.push_back(f.barriers[i].no_grid);
    poor.push_back(signal_poor(f.barriers[i]));
    if (!inside[i]) continue;
    const auto in_class =
        f.gaps[i].rate ? f.classes.of(f.gaps[i].rate->value) : std::optional<std::size_t>{};
    if (in_class) {
      ++f.class_counts[*in_class];
    } else {
      ++f.not_reported;
    }
    if (f.target && f.gaps[i].target && !same_target(*f.target, *f.gaps[i].target)) {
      ++f.other_targets;
    }
    if (f.gaps[i].parts_silent > 0) ++f.silent;
    if (is_incomplete(f.gaps[i])) ++f.incomplete;
    if (f.gaps[i].status == data::Status::estimated) ++f.estimated;
  }
  f.hatch_from = pattern_from(std::move(no_grid));
  f.dots_from = pattern_from(std::move(poor));
  return f;
}

render::Legend legend(const Figures& f, const data::Dataset& dataset, Language language) {
  using Swatch = render::LegendEntry::Swatch;
  render::Legend out;
  const auto add = [&out](Swatch swatch, std::string text, std::string count = {},
                          render::Colour colour = {}) {
    out.entries.push_back({swatch, colour, std::move(text), std::move(count)});
  };
  if (f.target) {
    add(Swatch::heading, say(language, "view.against_target", percent_free(language, *f.target)));
  } else {
    add(Swatch::heading, f.indicator == data::Indicator::teams_per_1000
                             ? say(language, "view.per_1000_residents")
                         : data::is_reported(f.indicator) ? say(language, "view.of_eligible")
                                                          : say(language, "view.of_residents"));
  }
  const auto names = class_names(f.classes, f.indicator, language);
  for (std::size_t i = 0; i < names.size(); ++i) {
    add(Swatch::colour, names[i], communes(f.class_counts[i], language), f.colours[i]);
  }
  if (f.other_targets > 0) {
    add(Swatch::bullet, say(language, "view.other_targets"), communes(f.other_targets, language));
  }
  if (f.not_reported > 0) {
    add(Swatch::dashed,
        data::is_reported(f.indicator) ? say(language, "view.not_reported")
                                       : say(language, "view.no_number"),
        communes(f.not_reported, language), render::house::not_reported);
  }
  if (f.estimated > 0) {
    add(Swatch::cross, say(language, "view.estimated"), communes(f.estimated, language));
  }

  const auto any = [&f](auto count) {
    return std::any_of(f.barriers.begin(), f.barriers.end(),
                       [&](const data::Barriers& b) { return count(b) > 0; });
  };
  const bool hatch = any([](const data::Barriers& b) { return b.no_grid; });
  const bool dots = any(signal_poor);
  if (hatch || dots) add(Swatch::heading, say(language, "view.barriers"));
  if (hatch) add(Swatch::hatch, say(language, "view.no_grid", f.hatch_from));
  if (dots) add(Swatch::dots, say(language, "view.poor_signal", f.dots_from));
  if (f.people_per_circle_area > 0) add(Swatch::circle, say(language, "view.people_short"));
  if (dataset.made_up) add(Swatch::bullet, say(language, "view.made_up"));
  return out;
}

render::Frame make_frame(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                         const Figures& f, const View& view) {
  render::Frame frame;
  frame.land = std::move(land);
  frame.crs_label = frame.land ? frame.land->crs.label : dataset.crs.label;
  if (dataset.made_up) frame.watermark = say(view.language, "view.watermark");
  if (!frame.land) return frame;

  const std::size_t count = std::min(frame.land->shapes.size(), dataset.communes.size());
  std::vector<bool> inside(count, view.within.empty());
  for (const geo::UnitIndex unit : view.within) {
    if (unit.value < count) inside[unit.value] = true;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const geo::UnitIndex unit(i);
    render::AreaStyle style = area_style(f, dataset, i, view.show_barriers, inside[i]);
    style.selected = std::binary_search(view.selected.begin(), view.selected.end(), unit);
    style.hovered = view.hovered == unit;
    frame.areas.push_back(style);

    const bool seen = inside[i] && !frame.land->shapes[i].empty();
    const double people = f.gaps[i].shortfall ? f.gaps[i].shortfall->value : 0;
    if (seen && view.show_circles && people > 0 && f.people_per_circle_area > 0) {
      frame.circles.push_back({frame.land->labels[i].point,
                               f.largest_circle * std::sqrt(people / f.people_per_circle_area),
                               unit.value});
    }
    if ((seen && view.show_labels) || (style.selected && !frame.land->shapes[i].empty())) {
      // The selected commune is always named; then those with the most people short.
      const double priority = (style.selected ? 1e12 : 0) + people;
      frame.labels.push_back(
          {frame.land->labels[i].point, dataset.communes[i].name, priority, 12, true, unit.value});
    }
  }
  return frame;
}

std::vector<std::string> class_names(const data::Classes& classes, data::Indicator indicator,
                                     Language language) {
  const bool share = indicator != data::Indicator::teams_per_1000;
  std::vector<double> breaks = classes.breaks;
  if (share) {
    for (double& b : breaks) b *= 100;
  }
  const std::size_t count = classes.count();
  const std::vector<double> said(breaks.begin() + (count > 1 ? 1 : 0),
                                 breaks.end() - (count > 1 ? 1 : 0));
  const int decimals = decimals_of(said);
  const auto write = [&](double value) { return number(language, value, decimals); };
  const std::string sign = share ? "%" : "";

  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    const bool open_below = i == 0 && (count > 1 || classes.first_at_target == 1U);
    const bool open_above = i + 1 == count && (count > 1 || classes.first_at_target == 0U);
    if (open_below) {
      names.push_back(say(language, "view.class_below", write(breaks[1]) + sign));
    } else if (open_above) {
      names.push_back(say(language, "view.class_from", write(breaks[i]) + sign));
    } else if (write(breaks[i]) == write(breaks[i + 1])) {
      names.push_back(write(breaks[i]) + sign);
    } else {
      names.push_back(write(breaks[i]) + " – " + write(breaks[i + 1]) + sign);
    }
  }
  return names;
}

std::string indicator_name(data::Indicator indicator, Language language) {
  switch (indicator) {
    case data::Indicator::activation_l2:
      return say(language, "view.activation_l2");
    case data::Indicator::activation_l1:
      return say(language, "view.activation_l1");
    case data::Indicator::installed:
      return say(language, "view.installed");
    case data::Indicator::signal_any:
      return say(language, "view.signal_any");
    case data::Indicator::signal_good:
      return say(language, "view.signal_good");
    case data::Indicator::electricity:
      return say(language, "view.electricity");
    case data::Indicator::teams_per_1000:
      return say(language, "view.teams_per_1000");
  }
  return {};
}

std::string rate_text(data::Indicator indicator, data::Rate rate, Language language) {
  return indicator == data::Indicator::teams_per_1000 ? number(language, rate.value, 2)
                                                      : percent(language, rate.value);
}

}  // namespace app
