#pragma once
#include <memory>

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

/// A picture that stands alone: the map with title, legend, scale bar and footer laid out by
/// `frame.caption` in width × height device pixels. Fits the camera to `box` in the room left for
/// the map. Draws in an own OffscreenContext on an own thread, so whatever is current here stays
/// so.
Image draw_picture(Frame frame, const geo::Box& box, int width, int height);

}  // namespace render
