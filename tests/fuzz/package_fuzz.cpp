// Breaks packages in many ways: none may crash, take longer than a second, or change a workspace.
// Built with the dev preset: cmake --build build/dev --target fuzz_package
//   build/dev/tests/fuzz/fuzz_package FOLDER [TIMES = 20000] [SEED = 1]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "data/merge.hpp"
#include "data/operation_text.hpp"
#include "data/sample.hpp"
#include "tests/fuzz/mutate.hpp"

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// A workspace that holds all that the package brings, so that a break that changes nothing of it
/// (a byte that nobody reads) changes nothing here either.
data::Workspace seeded(const fs::path& folder, const fs::path& package) {
  const fs::path file = folder / "fuzz.sqlite";
  fs::remove(file);
  data::write_sample(file, {.communes = 6, .weeks = 4, .seed = 5});
  auto workspace = data::Workspace::open(file);
  std::vector<data::FieldChange> changes;
  auto row = workspace.database().prepare("SELECT code, valid_from FROM commune_today");
  while (row.step()) {
    const data::UnitKey unit{geo::UnitLevel::commune, row.text(0), row.text(1)};
    for (int week = 0; week < 3; ++week)
      for (const char* field : {"eligible", "installed", "activated_l2"})
        changes.push_back({data::report_record(unit, *geo::parse_date("2025-08-03") + 7 * week),
                           field, std::to_string(1000 + week), "thử", 4 + week});
  }
  const data::EnterOptions from{.file = "tuần 31.xlsx", .sheet = "T1", .let_stand = true};
  data::enter(workspace, changes, from);
  for (data::FieldChange& change : changes) change.value = "1500";
  data::enter(workspace, changes, from);
  data::write_package(workspace, package);
  return workspace;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "fuzz_package FOLDER [TIMES] [SEED]\n");
    return 2;
  }
  const fs::path folder = argv[1];
  const int times = argc > 2 ? std::atoi(argv[2]) : 20'000;
  geo::Random random(argc > 3 ? static_cast<std::uint64_t>(std::atoll(argv[3])) : 1);
  fs::create_directories(folder);
  const fs::path good = folder / "good.phusong", file = folder / "broken.phusong";
  auto workspace = seeded(folder, good);
  const std::string bytes = fuzz::bytes_of(good), before = data::dump_operations(workspace);
  std::map<std::string, int> reasons;
  Clock::duration longest{};
  int failures = 0;
  for (int i = 0; i < times; ++i) {
    if (i % 8 == 0) {
      fuzz::write(file, bytes);
      fuzz::broken_values(file, random);
    } else {
      fuzz::write(file, fuzz::broken_bytes(bytes, random));
    }
    const auto keep = [&](const char* why) {
      ++failures;
      const fs::path kept = folder / ("kept-" + std::to_string(i) + ".phusong");
      fs::copy_file(file, kept, fs::copy_options::overwrite_existing);
      std::fprintf(stderr, "%s: %s\n", kept.c_str(), why);
    };
    const auto start = Clock::now();
    const data::Merged merged = data::merge(workspace, {&file, 1});
    const auto took = Clock::now() - start;
    longest = std::max(longest, took);
    ++reasons[merged.files[0].refused ? merged.files[0].refused->message.id : "taken: unchanged"];
    if (took > std::chrono::seconds(1)) keep("took longer than a second");
    if (merged.added != 0) keep("brought something new");
    if (i % 500 == 0 && data::dump_operations(workspace) != before) keep("changed the workspace");
  }
  if (data::dump_operations(workspace) != before) ++failures;
  for (const auto& [reason, count] : reasons) std::printf("%7d %s\n", count, reason.c_str());
  std::printf("%d packages, the longest %.1f ms, %d failures\n", times,
              std::chrono::duration<double, std::milli>(longest).count(), failures);
  return failures == 0 ? 0 : 1;
}
