#pragma once

namespace render {

/// For std::unique_ptr: the C function that takes the thing back.
template <auto destroy>
struct DestroyedBy {
  template <class T>
  void operator()(T* p) const {
    destroy(p);
  }
};

}  // namespace render
