#include "data/sample_names.hpp"

#include <array>
#include <string_view>

#include "geo/random.hpp"

namespace data {
namespace {

constexpr std::array<std::string_view, 23> lands{
    "Suối", "Nà",  "Pha", "Huổi", "Phiêng", "Khe",  "Đồi",   "Bến", "Làng",  "Rừng", "Núi", "Thung",
    "Đèo",  "Vực", "Bãi", "Gò",   "Dốc",    "Hang", "Nương", "Cầu", "Giếng", "Vườn", "Lũng"};
constexpr std::array<std::string_view, 47> things{
    "Mây", "Sương", "Trăng", "Khói", "Gấm",   "Lụa", "Chàm", "Nắng", "Mận", "Quế",    "Hồi", "Lau",
    "Sim", "Trúc",  "Thông", "Ngô",  "Kê",    "Mơ",  "Bông", "Sóc",  "Nai", "Công",   "Trĩ", "Vàng",
    "Bạc", "Đá",    "Gió",   "Mưa",  "Sen",   "Lúa", "Vừng", "Chè",  "Đào", "Lê",     "Hạc", "Cò",
    "Ong", "Bướm",  "Tre",   "Nứa",  "Giang", "Sấu", "Dẻ",   "Lim",  "Táu", "Nghiến", "Trám"};
constexpr std::array<std::string_view, 8> sides{"",       " Thượng", " Hạ",  " Đông",
                                                " Trung", " Tây",    " Nam", " Bắc"};
constexpr std::array<std::string_view, 7> valleys{"Mường", "Chiềng", "Phong", "Vân",
                                                  "Lâm",   "Sơn",    "Thạch"};

/// 23 and 47 (also 7 and 47) have no common divisor, so counting both up together meets every pair
/// before one comes again; so does counting in steps of 97, without looking like a list.
std::string pair(std::string_view land, std::uint32_t number) {
  std::string name(land);
  name += ' ';
  name += things[number % things.size()];
  return name;
}

}  // namespace

SampleNames::SampleNames(std::uint64_t seed) : shift_(geo::Random(seed).below(10'000)) {}

std::string SampleNames::commune(std::uint32_t number) const {
  const std::uint32_t n = number * 97 + shift_;
  std::string name = pair(lands[n % lands.size()], n);
  name += sides[number / (lands.size() * things.size()) % sides.size()];
  return name;
}

std::string SampleNames::district(std::uint32_t number) const {
  const std::uint32_t n = number * 97 + shift_;
  std::string name = pair(valleys[n % valleys.size()], n);
  name += sides[number / (valleys.size() * things.size()) % sides.size()];
  return name;
}

std::string SampleNames::hamlet(std::uint64_t pick) const {
  const std::uint64_t bits = geo::spread_bits(pick);
  std::string name(things[bits % things.size()]);
  name += ' ';
  name += things[(bits >> 20) % things.size()];
  return name;
}

}  // namespace data
