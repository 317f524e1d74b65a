#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "app/language.hpp"
#include "data/dataset.hpp"

namespace app {

/// The communes a sentence is about, within a sentence: "toàn tỉnh", "cả nước", "huyện Mường Nhé",
/// "xã Si Pa Phìn", "5 xã được chọn". Empty `within`: all there are.
std::string place_name(const data::Dataset& dataset, const std::vector<geo::UnitIndex>& within,
                       Language language);
/// The former district or province (by `member`) that is exactly these communes, each named once;
/// -1: none is.
std::int32_t whole_unit(const data::Dataset& dataset, const std::vector<geo::UnitIndex>& units,
                        std::int32_t data::Commune::*member);
/// As a sentence begins: "Toàn tỉnh".
std::string capitalised(std::string words);

}  // namespace app
