#include "app/file_names.hpp"

#include <gtest/gtest.h>

namespace {

TEST(FileNames, ExtensionsAreInSmallLetters) {
  EXPECT_EQ(app::extension_of("báo cáo.PDF"), ".pdf");
  EXPECT_EQ(app::extension_of("tables/a.b.XLSX"), ".xlsx");
  EXPECT_EQ(app::extension_of("folder.d/handout"), "");
}

TEST(FileNames, SourcesAreNamedOnceWithoutTheirFolders) {
  data::Dataset dataset;
  dataset.source_files = {{"/home/lan/tuần 12.csv", "reports"},
                          {"xã.gpkg", "boundaries"},
                          {"D/tuần 12.csv", "reports"}};
  EXPECT_EQ(app::source_names(dataset), (std::vector<std::string>{"tuần 12.csv", "xã.gpkg"}));
}

TEST(FileNames, WhatALineDoesNotHoldIsCounted) {
  const std::vector<std::string> names{"a.csv", "b.csv", "c.csv"};
  const auto vietnamese = app::Language::vietnamese, english = app::Language::english;
  EXPECT_EQ(app::listed(names, 3, vietnamese), "a.csv, b.csv, c.csv");
  EXPECT_EQ(app::listed(names, 1, vietnamese), "a.csv và 2 tệp khác");
  EXPECT_EQ(app::listed(names, 2, english), "a.csv, b.csv and 1 more");
  EXPECT_EQ(app::listed({}, 2, english), "");
}

}  // namespace
