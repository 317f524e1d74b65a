#pragma once
#include <string>

#include "render/image.hpp"

namespace desk_test {

/// Compares with tests/golden; with PHUSONG_UPDATE_GOLDEN set writes it instead.
void expect_golden(const render::Image& picture, const std::string& name);

}  // namespace desk_test
