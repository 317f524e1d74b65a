#include "app/panels/plot.hpp"

#include <algorithm>
#include <cmath>

namespace app {

std::vector<double> round_steps(double low, double high, std::size_t most) {
  std::vector<double> out;
  if (!(high > low) || most == 0) return out;
  const double rough = (high - low) / static_cast<double>(most);
  const double power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough) {
      step = factor * power;
      break;
    }
  }
  // Counted, not added up, so that 0,3 is not 0,30000000000000004.
  const double first = std::ceil(low / step - 1e-9);
  for (double i = first; i * step <= high + step * 1e-9 && out.size() <= 2 * most; ++i) {
    out.push_back(i * step);
  }
  return out;
}

}  // namespace app
