#pragma once
#include <string>

#include "app/language.hpp"
#include "data/boundary_change.hpp"

namespace app {

// How a decree's items are named, by the page and by the command alike.

std::string verdict_words(Language language, data::Verdict verdict);
std::string basis_words(Language language, data::ShareBasis basis);
/// "00011 Xã An Hòa"; a dash where there is nothing.
std::string unit_words(const std::string& code, const std::string& name);

}  // namespace app
