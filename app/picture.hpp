#pragma once
#include <memory>

#include "app/figures.hpp"

namespace app {

enum class PictureTheme { review, briefing };

/// A map that stands alone, with everything said around it.
struct Picture {
  render::Frame frame;  ///< pixel_ratio is the caller's
  geo::Box box;         ///< what is to be seen
};

/// review: the name of what is shown, its numbers, and all labels. briefing: the finding in a
/// sentence, and the communes it is about named in letters to be read from afar.
Picture make_picture(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                     const Figures& figures, const View& view, PictureTheme theme,
                     const Points* points = nullptr);
/// What a picture of the view shows of the land.
geo::Box picture_box(const geo::Land& land, const View& view);

/// Metres a pixel where the box fills a whole page: no picture of it is any finer.
double least_pixel(const geo::Box& box, int width, int height);

}  // namespace app
