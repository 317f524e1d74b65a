#pragma once
#include <cstdint>
#include <string>

namespace data {

/// Invented names that sound like places. Those of consecutive numbers differ (1,000 and more in a
/// row), so units numbered one after another within a district are never namesakes by accident.
class SampleNames {
 public:
  explicit SampleNames(std::uint64_t seed);
  std::string commune(std::uint32_t number) const;   ///< "Khe Sương", "Nà Gấm Thượng"
  std::string district(std::uint32_t number) const;  ///< "Mường Chàm"
  std::string hamlet(std::uint64_t pick) const;      ///< "Lau Bạc"

 private:
  std::uint32_t shift_;
};

}  // namespace data
