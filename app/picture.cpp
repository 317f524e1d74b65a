#include "app/picture.hpp"

#include <algorithm>
#include <string_view>

#include "app/actions.hpp"
#include "app/export_notes.hpp"
#include "app/file_names.hpp"
#include "app/points.hpp"
#include "app/reasons.hpp"
#include "data/rank.hpp"

namespace app {
namespace {

/// How many communes a briefing names.
constexpr std::size_t briefing_communes = 8;

std::string title_of(const data::Dataset& dataset, const View& view) {
  // The names of what was asked for: a commune, a former district, or everything. What a filter
  // leaves is told in the subtitle: its sums are no district's or province's.
  if (!view.filter.empty()) {
    const std::int32_t district = district_asked(dataset, view.filter);
    return district < 0 ? dataset.title
                        : dataset.districts[static_cast<std::size_t>(district)].name;
  }
  if (view.within.size() == 1) return dataset.communes[view.within.front().value].full_name;
  if (!view.within.empty()) {
    const auto& first = dataset.communes[view.within.front().value];
    const bool one_district =
        first.district >= 0 &&
        std::all_of(view.within.begin(), view.within.end(), [&](geo::UnitIndex unit) {
          return dataset.communes[unit.value].district == first.district;
        });
    if (one_district) return dataset.districts[static_cast<std::size_t>(first.district)].name;
    if (first.province >= 0)
      return dataset.provinces[static_cast<std::size_t>(first.province)].name;
  }
  return dataset.title;
}

/// Without any report there is no day that the numbers are of.
bool dated(const data::Dataset& dataset, const Figures& f) {
  return data::is_reported(f.indicator) && !dataset.dates.empty();
}

std::string subtitle_of(const data::Dataset& dataset, const Figures& f, const View& view) {
  const Language language = view.language;
  std::string out;
  const auto add = [&out](const std::string& words) { out += (out.empty() ? "" : " · ") + words; };
  if (dated(dataset, f)) add(say(language, "view.as_of", date(language, f.at)));
  if (f.total.rate) add(rate_text(f.indicator, *f.total.rate, language));
  if (f.total.shortfall) {
    add(say(language, "view.total_short", number(language, f.total.shortfall->value)));
  }
  if (!view.filter.empty() && district_asked(dataset, view.filter) < 0) {
    for (const std::string& words : filter_texts(dataset, f, view)) add(words);
  }
  const std::size_t count = f.none                ? 0
                            : view.within.empty() ? dataset.communes.size()
                                                  : view.within.size();
  add(communes_of(f.total, count, language));
  if (f.silent > 0) add(say(language, "view.silent", f.silent));
  if (f.incomplete > 0) add(say(language, "view.incomplete", f.incomplete));
  return out;
}

/// The kinds of import that what is drawn comes from: first those of the colours.
std::vector<std::string_view> kinds_drawn(const Figures& f, const View& view) {
  std::vector<std::string_view> kinds;
  if (data::is_reported(f.indicator)) {
    kinds = {"reports"};
  } else if (f.indicator == data::Indicator::teams_per_1000) {
    kinds = {"teams", "settlements"};
  } else {
    kinds = {"settlements"};
  }
  if (f.layer == MapLayer::two_way) {
    kinds.push_back(f.across == Across::teams ? "teams" : "settlements");
  }
  if (f.target) kinds.push_back("targets");
  kinds.push_back("boundaries");
  const bool patterns = std::any_of(f.barriers.begin(), f.barriers.end(), [](const auto& b) {
    return b.no_grid + b.weak_signal + b.no_signal > 0;
  });
  if (view.show_barriers && patterns && has_patterns(f.layer) && data::is_reported(f.indicator))
    kinds.push_back("settlements");
  return kinds;
}

/// The files behind the picture: of each kind the newest, then the others, newest first.
std::vector<std::string> files_drawn(const data::Dataset& dataset, const Figures& f,
                                     const View& view) {
  std::vector<std::string> newest, others;
  const auto add = [](std::vector<std::string>& to, const std::string& file) {
    const std::string name = file_name(file);
    if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
  };
  for (const std::string_view kind : kinds_drawn(f, view)) {
    bool first = true;
    for (const data::SourceFile& source : dataset.source_files) {
      if (source.kind != kind) continue;
      add(first ? newest : others, source.file);
      first = false;
    }
  }
  for (const std::string& name : others) add(newest, name);
  return newest;
}

std::string footer_of(const data::Dataset& dataset, const Figures& f, const View& view) {
  constexpr std::size_t most = 4;
  const Language language = view.language;
  const std::string files = listed(files_drawn(dataset, f, view), most, language);
  std::string out = files.empty() ? "" : say(language, "view.sources", files);
  if (dated(dataset, f)) {
    out += (out.empty() ? "" : " · ") + say(language, "view.numbers_of", date(language, f.at));
  }
  return out;
}

/// The communes with the most people short, and their share of all who are.
struct Finding {
  std::vector<geo::UnitIndex> communes;
  double share = 0;
};
Finding finding_of(const data::Dataset& dataset, const Figures& f) {
  const auto units = exported_units(dataset, f);
  const auto rows = data::rank(dataset, f.gaps, f.barriers, data::RankBy::shortfall, units);
  Finding finding;
  double people = 0;
  for (const data::RankRow& row : rows) {
    if (finding.communes.size() == briefing_communes) break;
    if (!row.gap.shortfall || row.gap.shortfall->value <= 0) break;
    finding.communes.push_back(row.unit);
    people += row.gap.shortfall->value;
  }
  if (f.total.shortfall && f.total.shortfall->value > 0) {
    finding.share = people / f.total.shortfall->value;
  }
  return finding;
}

/// A map of the nation names its archipelagos, however few people live there.
bool is_archipelago(const data::Commune& commune) {
  return commune.name == "Hoàng Sa" || commune.name == "Trường Sa";
}
void name_archipelagos(render::Frame& frame, const data::Dataset& dataset) {
  if (dataset.provinces.size() < 2) return;
  for (render::Label& label : frame.labels) {
    if (label.unit < dataset.communes.size() && is_archipelago(dataset.communes[label.unit]))
      label.must = true;
  }
}

void as_briefing(Picture& picture, const data::Dataset& dataset, const Figures& f,
                 const View& view) {
  render::Frame& frame = picture.frame;
  frame.background = render::house::panel;
  const Finding finding = finding_of(dataset, f);
  const auto named = [&](const render::Label& label) {
    return std::any_of(finding.communes.begin(), finding.communes.end(),
                       [&](geo::UnitIndex unit) { return unit.value == label.unit; });
  };
  if (finding.communes.size() > 1) {
    std::erase_if(frame.labels,
                  [&](const render::Label& label) { return !label.must && !named(label); });
    frame.caption.subtitle = frame.caption.title + " · " + frame.caption.subtitle;
    frame.caption.title = say(view.language, "view.finding", finding.communes.size(),
                              percent(view.language, finding.share, 0));
  }
}

}  // namespace

double least_pixel(const geo::Box& box, int width, int height) {
  return std::max(box.width() / width, box.height() / height);
}

geo::Box picture_box(const geo::Land& land, const View& view) {
  if (view.within.empty()) return land.bounds;
  geo::Box box;
  for (const geo::UnitIndex unit : view.within) box.add(land.boxes[unit.value]);
  return box.empty() ? land.bounds : box;
}

Picture make_picture(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                     const Figures& f, const View& view, PictureTheme theme, const Points* points) {
  Picture picture;
  picture.box = picture_box(*land, view);
  picture.frame = make_frame(dataset, std::move(land), f, view, points);
  name_archipelagos(picture.frame, dataset);
  render::Caption& caption = picture.frame.caption;
  caption.title = say(view.language, "view.title", title_of(dataset, view),
                      indicator_name(f.indicator, view.language));
  if (f.layer != MapLayer::gap) caption.title += " · " + say(view.language, layer_name(f.layer));
  caption.subtitle = subtitle_of(dataset, f, view);
  caption.footer = footer_of(dataset, f, view);
  caption.legend = legend(f, dataset, view.language);
  if (picture.frame.points.cloud) {
    caption.points = [points, &dataset, &f,
                      language = view.language](const render::PointsInView& seen) {
      return points_legend(points, dataset, f, seen, language);
    };
  }
  if (theme == PictureTheme::briefing) as_briefing(picture, dataset, f, view);
  return picture;
}

}  // namespace app
