#pragma once
#include <string>
#include <vector>

#include "app/language.hpp"
#include "app/state.hpp"

namespace app {

// What is said of a plan, in sentences.

/// Why nobody is sent to the commune, and what would change that; one sentence each.
std::vector<std::string> why_not_text(const data::WhyNot& why, const data::Dataset& dataset,
                                      Language language);
/// "máy phát điện", "quãng đường xa nhất"
std::string use_name(data::PlanUse::What what, Language language);
/// "26/26 lượt mang", "thêm 1 máy: +120 tài khoản"
std::string use_detail(const data::PlanUse& use, Language language);
/// "Huyện Nậm Pồ: cần ít nhất 1.200 người, nhiều nhất có thể 980."
std::string conflict_text(const data::PlanConflict& conflict, const data::Dataset& dataset,
                          const data::PlanWishes& wishes, Language language);

}  // namespace app
