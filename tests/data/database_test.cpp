#include "data/database.hpp"

#include <gtest/gtest.h>

#include "data/schema.hpp"
#include "data/workspace.hpp"

TEST(DbDatabase, Smoke) {
  const std::filesystem::path f = PHUSONG_OUTPUT_DIR "/smoke.sqlite";
  std::filesystem::remove(f);
  data::Workspace::create(f);
  data::Workspace w = data::Workspace::open(f);
  EXPECT_EQ(w.setting("x"), std::nullopt);
}
