#pragma once
#include <functional>
#include <memory>
#include <optional>

#include "render/frame.hpp"
#include "render/image.hpp"

namespace render {

/// An OpenGL 3.3 core context without a display or window (EGL: surfaceless, then device platform),
/// current on this thread while it lives.
class OffscreenContext {
 public:
  OffscreenContext();  ///< Error (io) that says which packages or drivers are missing
  ~OffscreenContext();
  OffscreenContext(const OffscreenContext&) = delete;
  OffscreenContext& operator=(const OffscreenContext&) = delete;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Draws a picture that stands alone, in an OffscreenContext on a thread of its own, so that
/// whatever is current here stays so. Context, shaders and fonts are made ready from the beginning
/// on, while the caller gets together what is to be drawn.
class Studio {
 public:
  Studio();
  ~Studio();  ///< waits for what was begun
  Studio(const Studio&) = delete;
  Studio& operator=(const Studio&) = delete;

  /// The map with title, legend, scale bar and footer laid out by `frame.caption` in width × height
  /// device pixels. Fits the camera to `box` in the room left for the map. Once only. Error (io)
  /// also for what went wrong in getting ready.
  Image draw(Frame frame, const geo::Box& box, int width, int height);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Several, one after the other with the same painter: as many as `next` gives, each handed to
/// `take`, both on a thread of the drawing's own. Their errors come out here.
struct PictureOrder {
  Frame frame;
  geo::Box box;
  int width = 0, height = 0;
};
void draw_pictures(const std::function<std::optional<PictureOrder>()>& next,
                   const std::function<void(Image image)>& take);

/// The same for those who have it all together.
Image draw_picture(Frame frame, const geo::Box& box, int width, int height);

}  // namespace render
