#include <algorithm>
#include <cmath>

#include "app/figures.hpp"

namespace app {

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

std::string freshness(const data::Gap& gap, Language language) {
  if (!gap.as_of) return say(language, "view.not_reported_yet");
  const std::string day = date(language, *gap.as_of);
  if (gap.parts_silent == 0) return say(language, "view.report_of", day);
  if (gap.parts_silent == gap.parts) return say(language, "view.silent_since", day);
  return say(language, "view.some_silent", gap.parts_silent, gap.parts, day);
}

std::string communes_of(const data::Gap& total, std::size_t communes, Language language) {
  if (total.counted > 0 && total.counted < communes)
    return say(language, "view.communes_counted", total.counted, communes);
  return communes == 1 ? say(language, "view.one_commune")
                       : say(language, "view.communes", communes);
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
