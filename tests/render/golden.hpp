#pragma once
#include <string>

#include "render/image.hpp"

namespace test {

/// Compares with tests/golden/render_NAME.png: at most `share` of the pixels may differ by more
/// than `tolerance`. A failure leaves NAME.png and NAME.difference.png in the test output folder.
/// With PHUSONG_UPDATE_GOLDEN=1 the golden picture is written instead.
void expect_golden(const render::Image& actual, const std::string& name, double share = 0.004,
                   int tolerance = 24);

}  // namespace test
