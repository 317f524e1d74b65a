#pragma once
#include <array>
#include <cstdint>
#include <string>

#include "app/figures.hpp"

namespace app {

/// The former district that the filter asks for and nothing else; else -1. Communes that another
/// filter leaves are no district, even where all of them lie in one.
std::int32_t district_asked(const data::Dataset& dataset, const Filter& filter);

/// "1 xã", "12 xã"
std::string communes_text(std::size_t count, Language language);

/// "Không có điện lưới"
std::string barrier_name(data::Barrier barrier, Language language);

/// People per barrier as they are written: whole, and together the rounded shortfall (what rounding
/// leaves goes to the largest remainders).
std::array<std::int64_t, data::barrier_count> whole_people(const data::BarrierSplit& split);

/// "đã báo cáo", "im lặng" …
std::string status_name(data::Status status, Language language);

/// "60%", "58,5%": a target as it was given.
std::string target_text(double share, Language language);

/// A published value with its qualifier: "gần 300", "180,64%".
std::string figure_text(const data::Figure& figure, Language language);

/// Why a commune stands where it stands, in one line: people short and the largest barrier,
/// rate against target, how old the number is. "thiếu 7.223 người, rào cản lớn nhất: không có điện
/// lưới (2.104); 18,8% so với chỉ tiêu 60%; báo cáo 27/8/2023"
std::string explain_row(const data::Dataset& dataset, const Figures& figures, geo::UnitIndex unit,
                        Language language);

}  // namespace app
