#pragma once
#include <string>

#include "data/table_out.hpp"

namespace data {

/// The style of the map as QGIS writes one (QML): a colour per class by the number in
/// `class_field` (from 1; 0 is no number: pale with a dashed outline) and names of the communes.
std::string layer_style(const TableOut& table, const MapOut& map, const std::string& class_field);

}  // namespace data
