#include "render/offscreen.hpp"

#include <epoxy/egl.h>

#include <array>
#include <cstring>
#include <future>
#include <string>
#include <utility>

#include "geo/error.hpp"
#include "render/map_painter.hpp"

namespace render {
namespace {

geo::Error no_context(const std::string& reason) {
  return {geo::ErrorKind::io, geo::msg("render.no_context", reason), "EGL",
          geo::msg("render.install_egl", "libegl1 libegl-mesa0 libgl1-mesa-dri")};
}

bool has_word(const char* words, const char* word) {
  return words != nullptr && std::strstr(words, word) != nullptr;
}

bool usable(EGLDisplay display) {
  if (display == EGL_NO_DISPLAY || eglInitialize(display, nullptr, nullptr) != EGL_TRUE)
    return false;
  const char* extensions = eglQueryString(display, EGL_EXTENSIONS);
  return has_word(extensions, "EGL_KHR_surfaceless_context") &&
         has_word(extensions, "EGL_KHR_no_config_context") &&
         eglBindAPI(EGL_OPENGL_API) == EGL_TRUE;
}

EGLDisplay open_display() {
  const char* client = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
  if (has_word(client, "EGL_MESA_platform_surfaceless")) {
    EGLDisplay display =
        eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    if (usable(display)) return display;
  }
  if (has_word(client, "EGL_EXT_platform_device") &&
      has_word(client, "EGL_EXT_device_enumeration")) {
    std::array<EGLDeviceEXT, 16> devices{};
    EGLint count = 0;
    if (eglQueryDevicesEXT(static_cast<EGLint>(devices.size()), devices.data(), &count) !=
        EGL_TRUE) {
      count = 0;
    }
    for (EGLint i = 0; i < count; ++i) {
      EGLDisplay display = eglGetPlatformDisplayEXT(EGL_PLATFORM_DEVICE_EXT,
                                                    devices[static_cast<std::size_t>(i)], nullptr);
      if (usable(display)) return display;
    }
  }
  throw no_context("no surfaceless or device platform");
}

/// EGL hands out one display per platform and process, and terminating it ends every context on it,
/// also those of other threads: so it is opened once and stays.
EGLDisplay process_display() {
  static EGLDisplay const display = open_display();
  return display;
}

}  // namespace

struct OffscreenContext::Impl {
  EGLDisplay display = process_display();
  EGLContext context = EGL_NO_CONTEXT;

  Impl() {
    eglBindAPI(EGL_OPENGL_API);  // per thread
    const std::array<EGLint, 7> wanted{EGL_CONTEXT_MAJOR_VERSION,
                                       3,
                                       EGL_CONTEXT_MINOR_VERSION,
                                       3,
                                       EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                       EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                       EGL_NONE};
    context = eglCreateContext(display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, wanted.data());
    if (context == EGL_NO_CONTEXT) throw no_context("OpenGL 3.3 core");
    if (eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context) != EGL_TRUE) {
      eglDestroyContext(display, context);
      throw no_context("eglMakeCurrent");
    }
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(display, context);
    eglReleaseThread();
  }
};

OffscreenContext::OffscreenContext() : impl_(std::make_unique<Impl>()) {}
OffscreenContext::~OffscreenContext() = default;

struct Studio::Impl {
  struct Order {
    Frame frame;
    geo::Box box;
    int width = 0, height = 0;
  };
  std::promise<Order> order;
  std::future<Image> image;
};

Studio::Studio() : impl_(std::make_unique<Impl>()) {
  impl_->image = std::async(std::launch::async, [order = impl_->order.get_future()]() mutable {
    const OffscreenContext context;
    MapPainter painter;
    const Impl::Order wanted = order.get();  // throws where none will come
    painter.draw_page(wanted.frame, wanted.box, wanted.width, wanted.height);
    return painter.read_back();
  });
}

Studio::~Studio() {
  impl_->order = {};  // nobody orders any more
}

Image Studio::draw(Frame frame, const geo::Box& box, int width, int height) {
  impl_->order.set_value({std::move(frame), box, width, height});
  return impl_->image.get();
}

void draw_pictures(const std::function<std::optional<PictureOrder>()>& next,
                   const std::function<void(Image image)>& take) {
  std::async(std::launch::async, [&] {
    const OffscreenContext context;
    MapPainter painter;
    while (const auto order = next()) {
      painter.draw_page(order->frame, order->box, order->width, order->height);
      take(painter.read_back());
    }
  }).get();
}

Image draw_picture(Frame frame, const geo::Box& box, int width, int height) {
  return Studio().draw(std::move(frame), box, width, height);
}

}  // namespace render
