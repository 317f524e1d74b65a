#include <algorithm>
#include <cmath>

#include "app/layers.hpp"
#include "app/reasons.hpp"

namespace app {
namespace {

using Swatch = render::LegendEntry::Swatch;

struct Writer {
  const Figures& f;
  const data::Dataset& dataset;
  Language language;
  render::Legend out;

  std::string count_of(std::size_t category) const {
    return communes_text(f.class_counts[category], language);
  }
  void add(Swatch swatch, std::string text, std::string count = {}, render::Colour colour = {}) {
    out.entries.push_back({swatch, colour, std::move(text), std::move(count)});
  }
  void heading(std::string text) { add(Swatch::heading, std::move(text)); }
  void category(std::size_t i, std::string text) {
    add(Swatch::colour, std::move(text), count_of(i), f.colours[i]);
    out.entries.back().category = i;
  }
  void no_number(std::string text) {
    if (f.not_reported == 0) return;
    add(Swatch::dashed, std::move(text), communes_text(f.not_reported, language),
        render::house::not_reported);
    out.entries.back().category = f.colours.size();
  }
  std::string points(double share) const {
    return number(language, share * 100, decimals_of({share * 100}));
  }
  /// Why a commune has no number: of reported ones and of the others.
  std::string missing() const {
    return data::is_reported(f.indicator) ? say(language, "view.not_reported")
                                          : say(language, "view.no_number");
  }

  void classes() {
    if (f.layer == MapLayer::performance) heading(say(language, "view.layer_performance"));
    if (f.target && f.classes.first_at_target) {
      heading(say(language, "view.against_target", target_text(*f.target, language)));
    } else {
      heading(f.indicator == data::Indicator::teams_per_1000
                  ? say(language, "view.per_1000_residents")
              : data::is_reported(f.indicator) ? say(language, "view.of_eligible")
                                               : say(language, "view.of_residents"));
    }
    const auto names = class_names(f.classes, f.indicator, language);
    for (std::size_t i = 0; i < names.size(); ++i) category(i, names[i]);
    const std::size_t count = names.size();
    if (f.colours.size() > count) {
      if (f.class_counts[count] > 0) category(count, say(language, "view.below_own_target"));
      if (f.class_counts[count + 1] > 0) category(count + 1, say(language, "view.at_own_target"));
    }
    if (f.other_targets > 0) {
      add(Swatch::bullet, say(language, "view.other_targets"),
          communes_text(f.other_targets, language));
    }
    no_number(missing());
    if (f.layer == MapLayer::performance) {
      add(Swatch::bullet, say(language, "view.performance_note"));
    }
  }

  void two_way() {
    const bool teams = f.across == Across::teams;
    const std::string across = f.across == Across::signal ? say(language, "view.across_signal")
                               : f.across == Across::electricity
                                   ? say(language, "view.across_electricity")
                                   : say(language, "view.across_teams");
    heading(indicator_name(f.indicator, language) + " × " +
            indicator_name(teams                        ? data::Indicator::teams_per_1000
                           : f.across == Across::signal ? data::Indicator::signal_good
                                                        : data::Indicator::electricity,
                           language));
    render::LegendGrid grid;
    grid.cells = f.colours;
    for (std::size_t i = 0; i < f.colours.size(); ++i) {
      grid.counts.push_back(std::to_string(f.class_counts[i]));
    }
    const auto value = [&](double v, bool share) {
      return share ? target_text(std::round(v * 1000) / 1000, language) : number(language, v, 2);
    };
    const bool share = f.indicator != data::Indicator::teams_per_1000;
    grid.across = say(language, "view.grid_across", across, value(f.across_breaks[0], !teams),
                      value(f.across_breaks[1], !teams));
    grid.up =
        say(language, "view.grid_up", value(f.up_breaks[0], share), value(f.up_breaks[1], share));
    out.grid = std::move(grid);
    // What each corner asks for. Cell = 3·row + column.
    switch (f.across) {
      case Across::signal:
        category(0, say(language, "view.low_rate_low_signal"));
        category(2, say(language, "view.low_rate_high_signal"));
        category(6, say(language, "view.high_rate_low_signal"));
        category(8, say(language, "view.high_rate_high_signal"));
        break;
      case Across::electricity:
        category(0, say(language, "view.low_rate_low_grid"));
        category(2, say(language, "view.low_rate_high_grid"));
        category(6, say(language, "view.high_rate_low_grid"));
        category(8, say(language, "view.high_rate_high_grid"));
        break;
      case Across::teams:
        category(0, say(language, "view.low_rate_few_teams"));
        category(2, say(language, "view.low_rate_many_teams"));
        category(6, say(language, "view.high_rate_few_teams"));
        category(8, say(language, "view.high_rate_many_teams"));
        break;
    }
    no_number(say(language, "view.one_number_missing"));
  }

  void clusters() {
    heading(say(language, "view.layer_clusters"));
    if (!f.moran) {
      add(Swatch::bullet, say(language, "view.no_clusters"));
      no_number(missing());
      return;
    }
    category(cluster_low_low, say(language, "view.low_low"));
    category(cluster_high_high, say(language, "view.high_high"));
    category(cluster_low_high, say(language, "view.low_high"));
    category(cluster_high_low, say(language, "view.high_low"));
    category(cluster_none, say(language, "view.not_significant"));
    no_number(say(language, "view.left_out"));
    add(Swatch::bullet, say(language, "view.moran", number(language, f.moran->i, 3),
                            number(language, f.moran->p, 3), f.moran->n));
    add(Swatch::bullet, say(language, "view.not_causes"));
  }

  void change() {
    heading(say(language, "view.change_between", date(language, f.since), date(language, f.at)));
    const double step = f.classes.breaks[4];
    const std::string one = points(step), two = points(2 * step);
    category(0, say(language, "view.fell_over", two));
    category(1, say(language, "view.fell_between", one, two));
    category(2, say(language, "view.fell_under", one));
    category(3, say(language, "view.rose_under", one));
    category(4, say(language, "view.rose_between", one, two));
    category(5, say(language, "view.rose_over", two));
    category(6, say(language, "view.no_new_report"));
    no_number(say(language, "view.no_two_reports"));
  }

  void silence() {
    heading(say(language, "view.layer_silence", date(language, f.at)));
    for (std::size_t i = 0; i + 1 < std::size(silence_from); ++i) {
      category(i, say(language, "view.days", silence_from[i], silence_from[i + 1] - 1));
    }
    category(4, say(language, "view.days_over", silence_from[4] - 1));
    no_number(say(language, "view.never_reported"));
    if (f.incomplete > 0) add(Swatch::bullet, say(language, "view.incomplete", f.incomplete));
  }

  void patterns() {
    if (f.estimated > 0 && f.layer != MapLayer::silence) {
      add(Swatch::cross, say(language, "view.estimated"), communes_text(f.estimated, language));
    }
    if (f.uncertain_count > 0) {
      add(Swatch::lines, say(language, "view.uncertain"),
          communes_text(f.uncertain_count, language));
    }
    if (has_patterns(f.layer)) {
      const auto any = [this](auto count) {
        return std::any_of(f.barriers.begin(), f.barriers.end(),
                           [&](const data::Barriers& b) { return count(b) > 0; });
      };
      const bool hatch = any([](const data::Barriers& b) { return b.no_grid; });
      const bool dots = any([](const data::Barriers& b) { return b.weak_signal + b.no_signal; });
      if (hatch || dots) heading(say(language, "view.barriers"));
      if (hatch) add(Swatch::hatch, say(language, "view.no_grid", f.hatch_from));
      if (dots) add(Swatch::dots, say(language, "view.poor_signal", f.dots_from));
    }
    if (f.people_per_circle_area > 0) add(Swatch::circle, say(language, "view.people_short"));
    if (dataset.boundaries_of)
      add(Swatch::bullet,
          say(language, "view.boundaries_of", date(language, *dataset.boundaries_of)));
    if (dataset.made_up) add(Swatch::bullet, say(language, "view.made_up"));
  }
};

/// Do the colours follow from classes, or rows, of the rate?
bool is_classed(MapLayer layer) {
  return layer == MapLayer::gap || layer == MapLayer::performance || layer == MapLayer::two_way;
}

}  // namespace

render::Legend legend(const Figures& f, const data::Dataset& dataset, Language language) {
  Writer writer{f, dataset, language, {}};
  switch (f.layer) {
    case MapLayer::gap:
    case MapLayer::performance:
      writer.classes();
      break;
    case MapLayer::two_way:
      writer.two_way();
      break;
    case MapLayer::clusters:
      writer.clusters();
      break;
    case MapLayer::change:
      writer.change();
      break;
    case MapLayer::silence:
      writer.silence();
      break;
  }
  if (f.early && f.choice.pooled && is_classed(f.layer)) {
    writer.add(Swatch::bullet, say(language, "view.classes_early"));
  }
  writer.patterns();
  return writer.out;
}

void see_as(render::Legend& legend, render::Eye eye) {
  for (render::LegendEntry& entry : legend.entries) {
    if (entry.swatch == Swatch::colour) entry.colour = render::as_seen(entry.colour, eye);
  }
  if (!legend.grid) return;
  for (render::Colour& cell : legend.grid->cells) cell = render::as_seen(cell, eye);
}

}  // namespace app
