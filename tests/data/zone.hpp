#pragma once
#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>

namespace test {

/// This process's clock stands in a place ("ICT-7": seven hours ahead of UTC, as in Việt Nam) as
/// long as the object lives.
class Zone {
 public:
  explicit Zone(const std::string& place) {
    if (const char* was = std::getenv("TZ")) was_ = was;
    set(place);
  }
  ~Zone() { set(was_); }
  Zone(const Zone&) = delete;
  Zone& operator=(const Zone&) = delete;

 private:
  static void set(const std::optional<std::string>& place) {
#ifdef _WIN32
    _putenv_s("TZ", place.value_or("").c_str());
    _tzset();
#else
    if (place)
      setenv("TZ", place->c_str(), 1);
    else
      unsetenv("TZ");
    tzset();
#endif
  }
  std::optional<std::string> was_;
};

}  // namespace test
