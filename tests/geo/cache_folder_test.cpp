#include "geo/cache_folder.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "geo/mapped_file.hpp"
#include "tests/geo/files_by_hand.hpp"

#ifndef _WIN32
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#endif

namespace {

namespace fs = std::filesystem;

std::optional<geo::Message> put(const fs::path& folder, const std::string& key,
                                const std::string& name, const std::string& text) {
  const auto bytes = std::as_bytes(std::span(text));
  const std::array parts{bytes.first(text.size() / 2), bytes.subspan(text.size() / 2)};
  return geo::write_cache_file(folder, key, name, parts);
}

std::string text_of(const fs::path& path) {
  const geo::SharedBytes file = geo::map_file(path);
  return {reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size()};
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

/// A variable of the environment, as it was again afterwards.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    set(value);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { set(before_ ? before_->c_str() : nullptr); }

 private:
  void set(const char* value) {
    if (value != nullptr) {
      ::setenv(name_, value, 1);
    } else {
      ::unsetenv(name_);
    }
  }
  const char* name_;
  std::optional<std::string> before_;
};

TEST(CacheFolder, IsWhereTheEnvironmentSays) {
  const Variable home("HOME", "/home/lan");
  {
    const Variable own("PHUSONG_CACHE", "/tmp/mine"), xdg("XDG_CACHE_HOME", "/tmp/xdg");
    EXPECT_EQ(geo::cache_folder(), fs::path("/tmp/mine/phusong"));
  }
  const Variable none("PHUSONG_CACHE", "");
  {
    const Variable xdg("XDG_CACHE_HOME", "/tmp/xdg");
    EXPECT_EQ(geo::cache_folder(), fs::path("/tmp/xdg/phusong"));
  }
  const Variable relative("XDG_CACHE_HOME", "not/absolute");
  EXPECT_EQ(geo::cache_folder(), fs::path("/home/lan/.cache/phusong"));
  const Variable nowhere("HOME", nullptr);
  EXPECT_TRUE(geo::cache_folder().empty());
  EXPECT_EQ(put({}, "key", "name", "text")->id, "geo.cache_nowhere");
}

TEST(CacheFolder, WritesWholeFilesOrNone) {
  const files::TempFolder temp;
  const fs::path folder = temp.path() / "not" / "there yet";
  EXPECT_FALSE(put(folder, "key", "name", "first"));
  EXPECT_EQ(text_of(folder / "key/name"), "first");
  const geo::SharedBytes before = geo::map_file(folder / "key/name");
  EXPECT_FALSE(put(folder, "key", "name", "the second"));
  EXPECT_EQ(text_of(folder / "key/name"), "the second");
  // Who had the first one mapped still has it.
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(before.bytes.data()), 5), "first");
  EXPECT_EQ(names_in(folder / "key"), std::vector<std::string>{"name"});
}

TEST(CacheFolder, SaysWhyItCannotWrite) {
  const files::TempFolder temp;
  temp.write("in the way", "a file");
  const auto why = put(temp.path() / "in the way", "key", "name", "text");
  ASSERT_TRUE(why);
  EXPECT_EQ(why->id, "geo.cache_not_written");
  EXPECT_NE(std::get<std::string>(why->args.at(0)).find("in the way"), std::string::npos);
}

TEST(CacheFolder, ManyWriteAtOnceAndNobodyReadsHalf) {
  const files::TempFolder temp;
  const auto text = [](int i) { return std::string(100'000, static_cast<char>('a' + i)); };
  ASSERT_FALSE(put(temp.path(), "key", "name", text(0)));
  std::vector<std::jthread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&, i] {
      for (int k = 0; k < 20; ++k) EXPECT_FALSE(put(temp.path(), "key", "name", text(i)));
    });
  }
  for (int k = 0; k < 200; ++k) {
    const std::string read = text_of(temp.path() / "key/name");
    ASSERT_EQ(read.size(), 100'000U);
    EXPECT_EQ(read, std::string(100'000, read[0]));
  }
  writers.clear();
  EXPECT_EQ(names_in(temp.path() / "key"), std::vector<std::string>{"name"});
}

TEST(MappedFile, IsReadAgainAfterItWasLetGo) {
  const files::TempFolder temp;
  ASSERT_FALSE(put(temp.path(), "key", "name", std::string(100'000, 'x')));
  const geo::SharedBytes file = geo::map_file(temp.path() / "key/name");
  geo::let_go(file);
  EXPECT_EQ(static_cast<char>(file.bytes.back()), 'x');
  // Memory of one's own is not a file's, and stays.
  const auto own = std::make_shared<const std::vector<std::byte>>(100'000, std::byte{7});
  geo::let_go({*own, own});
  EXPECT_EQ(own->back(), std::byte{7});
}

TEST(CacheFolder, ForgetsTheLeastRecentlyUsed) {
  const files::TempFolder temp;
  const auto now = fs::file_time_type::clock::now();
  int age = 0;
  for (const char* key : {"d", "c", "b", "a"}) {
    ASSERT_FALSE(put(temp.path(), key, "large", std::string(1000, 'x')));
    fs::last_write_time(temp.path() / key, now - std::chrono::hours(10 * age++));
  }
  temp.write("a file of somebody", "untouched");
  geo::touch_cache(temp.path(), "b");
  geo::trim_cache(temp.path(), "a", 4000);
  EXPECT_EQ(names_in(temp.path()),
            (std::vector<std::string>{"a", "a file of somebody", "b", "c", "d"}));
  geo::trim_cache(temp.path(), "a", 3000);  // "a" is older than "c", but in use
  EXPECT_EQ(names_in(temp.path()), (std::vector<std::string>{"a", "a file of somebody", "b", "d"}));
  geo::trim_cache(temp.path(), "a", 2000);
  EXPECT_EQ(names_in(temp.path()), (std::vector<std::string>{"a", "a file of somebody", "b"}));
  geo::trim_cache(temp.path(), "a", 0);
  EXPECT_EQ(names_in(temp.path()), (std::vector<std::string>{"a", "a file of somebody"}));
  geo::trim_cache(temp.path() / "not there", "a", 0);
}

TEST(CacheFolder, SweepsUpWhatWasLeftHalfWritten) {
  const files::TempFolder temp;
  ASSERT_FALSE(put(temp.path(), "key", "name", "whole"));
  for (const char* name : {"old.1.2.3.part", "new.1.2.3.part"}) {
    std::ofstream(temp.path() / "key" / name) << "half";
  }
  fs::last_write_time(temp.path() / "key/old.1.2.3.part",
                      fs::file_time_type::clock::now() - std::chrono::hours(30));
  geo::trim_cache(temp.path(), "key");
  EXPECT_EQ(names_in(temp.path() / "key"), (std::vector<std::string>{"name", "new.1.2.3.part"}));
}

TEST(MappedFile, IsEmptyWhereThereIsNothingToMap) {
  const files::TempFolder temp;
  EXPECT_TRUE(geo::map_file(temp.path() / "not there").bytes.empty());
  EXPECT_TRUE(geo::map_file(temp.path()).bytes.empty());
  EXPECT_TRUE(geo::map_file(temp.write("empty", "")).bytes.empty());
}

#ifndef _WIN32
TEST(MappedFile, DoesNotWaitForAPipe) {
  const files::TempFolder temp;
  const fs::path pipe = temp.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_TRUE(geo::map_file(pipe).bytes.empty());
}

/// In a process of its own, since a limit cannot be taken back.
template <class Work>
int status_of_child(Work work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

TEST(CacheFolder, WithoutRoomNothingIsLeftBehind) {
  const files::TempFolder temp;
  ASSERT_FALSE(put(temp.path(), "key", "name", "as before"));
  const int status = status_of_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{5000, 5000};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
    const auto why = put(temp.path(), "key", "name", std::string(100'000, 'x'));
    return why && why->id == "geo.cache_not_written" ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
  EXPECT_EQ(names_in(temp.path() / "key"), std::vector<std::string>{"name"});
  EXPECT_EQ(text_of(temp.path() / "key/name"), "as before");
}
#endif

}  // namespace
