#pragma once
#include <memory>
#include <span>

#include "render/colour.hpp"
#include "render/mark.hpp"

namespace render {

class MapPainter;

/// Pictures on their way to a screen: copies of what a painter drew, shown in the framebuffer of
/// whichever window is current, of the contexts that share their textures.
class Slides {
 public:
  explicit Slides(std::size_t slots);
  ~Slides();
  Slides(const Slides&) = delete;
  Slides& operator=(const Slides&) = delete;

  /// The painter's last drawing, in the place of what the slot held.
  void keep(std::size_t slot, const MapPainter& painter);

  struct Shown {
    std::size_t slot = 0;
    PixelRect at;        ///< as large as the picture may be there; its shape is kept
    double opacity = 1;  ///< over what was shown before it
  };
  /// Over `ground`, in the framebuffer that is bound.
  void show(std::span<const Shown> pictures, Colour ground, int width, int height) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace render
