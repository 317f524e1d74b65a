#pragma once
#include <string>

#include "app/language.hpp"
#include "data/indicator.hpp"

namespace app {

/// data::numbers_of() as a person reads it: "8 xã · 161.954 người · 28,7%". Empty: it says nothing
/// that could be told so.
std::string told_numbers(const std::string& numbers, data::Indicator indicator, Language language);

}  // namespace app
