#include "data/author.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>

#ifndef _WIN32
#include <pwd.h>
#include <unistd.h>
#endif

namespace data {

std::string utc_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
#ifdef _WIN32
  gmtime_s(&utc, &now);
#else
  gmtime_r(&now, &utc);
#endif
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

std::string account_name() {
  for (const char* variable : {"USERNAME", "LOGNAME", "USER"})
    if (const char* name = std::getenv(variable); name != nullptr && *name != '\0') return name;
#ifndef _WIN32
  if (const passwd* entry = getpwuid(getuid()); entry != nullptr) return entry->pw_name;
#endif
  return {};
}

}  // namespace data
