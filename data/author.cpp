#include "data/author.hpp"

#include <chrono>
#include <cstdlib>

#ifndef _WIN32
#include <pwd.h>
#include <unistd.h>
#endif

#include "data/clock.hpp"

namespace data {

std::string utc_now() {
  return utc_text(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
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
