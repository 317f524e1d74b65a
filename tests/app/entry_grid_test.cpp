#include "app/entry_grid.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace {

using app::EntryCell;
using app::EntryGrid;
using app::EntryMove;
using testing::ElementsAre;

EntryGrid small(std::size_t rows = 6) {
  EntryGrid grid;
  const char* names[] = {"Xã Mường Tùng", "Xã Nậm Nèn",  "Thị trấn Mường Chà",
                         "Xã Sa Lông",    "Xã Hừa Ngài", "Xã Mường Mươn"};
  for (std::size_t i = 0; i < rows; ++i) {
    data::WeekRow row;
    row.unit.code = "0316" + std::to_string(i);
    row.name = i < 6 ? names[i] : "Xã số " + std::to_string(i);
    row.last[0] = 1000;
    grid.week.rows.push_back(row);
  }
  return grid;
}
std::optional<std::int64_t> at(const EntryGrid& grid, std::size_t row, std::size_t column) {
  return grid.week.rows[row].now[column];
}
std::optional<geo::Message> type(EntryGrid& grid, const std::string& text) {
  std::optional<geo::Message> wrong;
  grid.typing = text;
  app::commit_typing(grid, wrong);
  return wrong;
}

}  // namespace

TEST(EntryGrid, TypedLikeInASpreadsheetTabsThenEnterBelowTheFirst) {
  EntryGrid grid = small();
  app::choose(grid, {1, 1}, false);
  for (const char* number : {"12", "1.234", "7"}) {
    EXPECT_FALSE(type(grid, number));
    app::next_cell(grid, true, false);
  }
  EXPECT_EQ(grid.cursor, (EntryCell{1, 4}));
  app::next_cell(grid, false, false);
  EXPECT_EQ(grid.cursor, (EntryCell{2, 1}));
  EXPECT_EQ(at(grid, 1, 1), 12);
  EXPECT_EQ(at(grid, 1, 2), 1234) << "a count has no decimals: the point parts thousands";
  EXPECT_EQ(at(grid, 1, 3), 7);

  app::choose(grid, {0, 5}, false);
  app::next_cell(grid, true, false);
  EXPECT_EQ(grid.cursor, (EntryCell{1, 0})) << "after the last column comes the next row";
  app::next_cell(grid, true, true);
  EXPECT_EQ(grid.cursor, (EntryCell{0, 5}));
}

TEST(EntryGrid, WhatIsNoCountStaysInTheCellAndSaysWhy) {
  EntryGrid grid = small();
  for (const char* text : {"12,5", "abc", "-3", "20%", "≈20", "99999999999"}) {
    EXPECT_TRUE(type(grid, text)) << text;
    EXPECT_TRUE(grid.typing) << text;
    EXPECT_EQ(at(grid, 0, 0), std::nullopt) << text;
  }
  EXPECT_FALSE(type(grid, " 1 234 "));
  EXPECT_EQ(at(grid, 0, 0), 1234);
  EXPECT_FALSE(type(grid, ""));
  EXPECT_EQ(at(grid, 0, 0), std::nullopt) << "taken back: not reported, which is not zero";
  EXPECT_FALSE(type(grid, "0"));
  EXPECT_EQ(at(grid, 0, 0), 0);
}

TEST(EntryGrid, EnterAndTabStayInsideWhatIsChosen) {
  EntryGrid grid = small();
  app::choose(grid, {1, 1}, false);
  app::choose(grid, {2, 2}, true);
  std::vector<EntryCell> seen;
  for (int i = 0; i < 5; ++i) {
    seen.push_back(grid.cursor);
    app::next_cell(grid, false, false);
  }
  EXPECT_THAT(seen, ElementsAre(EntryCell{1, 1}, EntryCell{2, 1}, EntryCell{1, 2}, EntryCell{2, 2},
                                EntryCell{1, 1}));
  EXPECT_EQ(app::chosen(grid).last, (EntryCell{2, 2}));
}

TEST(EntryGrid, CtrlArrowsGoToTheEdgeOfWhatIsFilled) {
  EntryGrid grid = small();
  for (const std::size_t row : {0U, 1U, 2U, 4U}) grid.week.rows[row].now[0] = 5;
  app::choose(grid, {0, 0}, false);
  app::move(grid, EntryMove::down, false, true);
  EXPECT_EQ(grid.cursor.row, 2U);
  app::move(grid, EntryMove::down, false, true);
  EXPECT_EQ(grid.cursor.row, 4U);
  app::move(grid, EntryMove::down, false, true);
  EXPECT_EQ(grid.cursor.row, 5U);
  app::move(grid, EntryMove::up, true, true);
  EXPECT_EQ(grid.cursor.row, 5U) << "where typing goes stays while the rectangle grows";
  EXPECT_EQ(app::chosen(grid).first.row, 4U);
}

TEST(EntryGrid, FillsDownClearsAndTakesBackWithoutEnd) {
  EntryGrid grid = small();
  type(grid, "40");
  app::choose(grid, {0, 0}, false);
  app::choose(grid, {5, 0}, true);
  EXPECT_EQ(app::fill_down(grid).size(), 5U);
  EXPECT_EQ(at(grid, 5, 0), 40);
  app::choose(grid, {2, 1}, false);
  grid.week.rows[1].now[1] = 9;
  app::fill_down(grid);
  EXPECT_EQ(at(grid, 2, 1), 9) << "of one cell: what stands above it";
  app::choose_all(grid);
  EXPECT_FALSE(app::clear_chosen(grid).empty());
  EXPECT_EQ(at(grid, 3, 0), std::nullopt);
  EXPECT_TRUE(app::clear_chosen(grid).empty()) << "nothing changed: nothing to write or undo";
  app::undo(grid);
  EXPECT_EQ(at(grid, 3, 0), 40);
  app::undo(grid);
  app::undo(grid);
  EXPECT_EQ(at(grid, 3, 0), std::nullopt);
  EXPECT_EQ(at(grid, 0, 0), 40);
  app::undo(grid);
  EXPECT_EQ(at(grid, 0, 0), std::nullopt);
  EXPECT_TRUE(app::undo(grid).empty());
  for (int i = 0; i < 4; ++i) app::redo(grid);
  EXPECT_EQ(at(grid, 0, 0), std::nullopt);
  EXPECT_TRUE(app::redo(grid).empty());
}

TEST(EntryGrid, AnyRunOfStepsUndoneIsAsBeforeAndRedoneIsAsAfter) {
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    std::mt19937 random(seed);
    EntryGrid grid = small();
    const auto values = [&] {
      std::vector<data::ReportCounts> out;
      for (const auto& row : grid.week.rows) out.push_back(row.now);
      return out;
    };
    const auto before = values();
    std::size_t steps = 0;
    for (int i = 0; i < 60; ++i) {
      app::choose(grid, {random() % 6, random() % 6}, false);
      if (random() % 2) app::choose(grid, {random() % 6, random() % 6}, true);
      switch (random() % 4) {
        case 0:
          type(grid, std::to_string(random() % 100));
          break;
        case 1:
          app::fill_down(grid);
          break;
        case 2:
          app::clear_chosen(grid);
          break;
        default:
          app::paste(grid, "1\t2\n3\t" + std::to_string(random() % 9) + "\n");
      }
      steps = grid.done.size();
    }
    const auto after = values();
    while (!app::undo(grid).empty()) {
    }
    EXPECT_EQ(values(), before);
    for (std::size_t i = 0; i < steps; ++i) EXPECT_FALSE(app::redo(grid).empty());
    EXPECT_EQ(values(), after);
  }
}

TEST(EntryGrid, PastesABlockAsSpreadsheetsHaveItOnTheirClipboard) {
  EntryGrid grid = small();
  app::choose(grid, {1, 2}, false);
  const auto pasted = app::paste(grid, "10\t1.020\t\r\n11\t\"1 021\"\t5\r\n");
  EXPECT_EQ(pasted.cells, 5U);
  EXPECT_EQ(pasted.empty, 1U);
  EXPECT_EQ(at(grid, 1, 2), 10);
  EXPECT_EQ(at(grid, 1, 3), 1020);
  EXPECT_EQ(at(grid, 1, 4), std::nullopt);
  EXPECT_EQ(at(grid, 2, 3), 1021);
  EXPECT_EQ(at(grid, 2, 4), 5);
  EXPECT_EQ(app::chosen(grid).last, (EntryCell{2, 4}));
  EXPECT_EQ(app::copied(grid), "10\t1020\t\n11\t1021\t5\n");
  EXPECT_EQ(grid.done.size(), 1U) << "one step to take back";
}

TEST(EntryGrid, ABlockWithNamesGoesToThoseUnitsInAnyOrder) {
  EntryGrid grid = small();
  app::choose(grid, {4, 4}, false);
  const auto pasted = app::paste(grid,
                                 "Xã, thị trấn\tĐủ điều kiện\tCài đặt\n"
                                 "X. Sa Lông\t300\t30\n"
                                 "TT Mường Chà\t200\t20\n"
                                 "Xã Không Đâu\t1\t1\n"
                                 "mường tùng\t100\t10\n");
  EXPECT_TRUE(pasted.headings_skipped);
  EXPECT_EQ(pasted.by_name, 3U);
  EXPECT_THAT(pasted.unknown_names, ElementsAre("Xã Không Đâu"));
  EXPECT_EQ(at(grid, 3, 0), 300);
  EXPECT_EQ(at(grid, 3, 1), 30);
  EXPECT_EQ(at(grid, 2, 0), 200);
  EXPECT_EQ(at(grid, 0, 1), 10);
}

TEST(EntryGrid, ABlockWithAWordAmongItsNumbersChangesNothing) {
  EntryGrid grid = small();
  const auto pasted = app::paste(grid, "10\t20\n11\tkhoảng 20 người\n");
  ASSERT_EQ(pasted.wrong.size(), 1U);
  EXPECT_EQ(pasted.wrong[0].row, 2U);
  EXPECT_TRUE(pasted.step.empty());
  EXPECT_EQ(at(grid, 0, 0), std::nullopt);
  EXPECT_TRUE(grid.done.empty());
}

TEST(EntryGrid, WhatLiesBeyondTheTableIsCounted) {
  EntryGrid grid = small();
  app::choose(grid, {5, 5}, false);
  const auto pasted = app::paste(grid, "1\t2\n3\t4\n");
  EXPECT_EQ(pasted.cells, 1U);
  EXPECT_EQ(pasted.outside, 3U);
}

TEST(EntryGrid, AHundredAndThirtyRowsGoInAtOnce) {
  EntryGrid grid = small(130);
  std::string block;
  for (int i = 0; i < 130; ++i) {
    for (int c = 0; c < 6; ++c) block += (c ? "\t" : "") + std::to_string(1000 * i + c);
    block += "\n";
  }
  const auto pasted = app::paste(grid, block);
  EXPECT_EQ(pasted.cells, 780U);
  EXPECT_EQ(at(grid, 129, 5), 129005);
  app::choose_all(grid);
  EXPECT_EQ(app::copied(grid), block);
}

TEST(EntryGrid, AnyBytesOnTheClipboardAreSurvived) {
  std::mt19937 random(5);
  const std::string letters = "0123456789\t\n\r\"., -%xã\xff\xc3";
  for (int i = 0; i < 3000; ++i) {
    EntryGrid grid = small();
    app::choose(grid, {random() % 6, random() % 6}, false);
    std::string block;
    for (std::size_t k = random() % 60; k > 0; --k) block += letters[random() % letters.size()];
    const auto pasted = app::paste(grid, block);
    EXPECT_TRUE(pasted.wrong.empty() || pasted.step.empty());
    static_cast<void>(app::copied(grid));
  }
  EntryGrid none;
  EXPECT_TRUE(app::paste(none, "1").step.empty());
  app::move(none, EntryMove::down, false);
  app::next_cell(none, true, false);
  app::choose_all(none);
  EXPECT_EQ(app::copied(none), "");
}

TEST(EntryGrid, ACodeBeforeAFewNumbersNamesTheUnit) {
  EntryGrid grid = small();
  const auto pasted = app::paste(grid, "03162\t50\t40\n03160\t70\t60\n");
  EXPECT_EQ(pasted.by_name, 2U);
  EXPECT_EQ(at(grid, 2, 0), 50);
  EXPECT_EQ(at(grid, 0, 1), 60);
  // A spreadsheet has eaten the zeros.
  EXPECT_EQ(app::paste(grid, "3161\t5\n3163\t6\n").by_name, 2U);
  EXPECT_EQ(at(grid, 3, 0), 6);
  // Numbers that are no codes of two units are counts.
  app::choose(grid, {0, 0}, false);
  EXPECT_EQ(app::paste(grid, "3161\t5\n3161\t6\n").by_name, 0U);
  EXPECT_EQ(at(grid, 0, 0), 3161);
}

TEST(EntryGrid, AnotherKindOfTheSameNameIsAnotherUnit) {
  EntryGrid grid = small();
  const auto pasted = app::paste(grid, "Phường Mường Tùng\t5\nXã Nậm Nèn\t6\n");
  EXPECT_THAT(pasted.unknown_names, ElementsAre("Phường Mường Tùng"));
  EXPECT_EQ(at(grid, 0, 0), std::nullopt);
  EXPECT_EQ(at(grid, 1, 0), 6);
}

TEST(EntryGrid, TwoLinesOfOneUnitAreSaidAndNothingIsPasted) {
  EntryGrid grid = small();
  const auto pasted = app::paste(grid, "Xã Sa Lông\t5\nXã Nậm Nèn\t6\nSa Lông\t7\n");
  EXPECT_EQ(pasted.wrong.size(), 1U);
  EXPECT_TRUE(pasted.step.empty());
  EXPECT_EQ(at(grid, 3, 0), std::nullopt);
}

TEST(EntryGrid, UndoLeavesACellAloneThatHasAnotherNumberByNow) {
  EntryGrid grid = small();
  app::paste(grid, "5\t6\n");
  grid.week.rows[0].now[1] = 99;  // came with a package
  EXPECT_EQ(app::undo(grid).size(), 1U);
  EXPECT_EQ(at(grid, 0, 0), std::nullopt);
  EXPECT_EQ(at(grid, 0, 1), 99);
  EXPECT_EQ(app::redo(grid).size(), 1U);
  EXPECT_EQ(at(grid, 0, 0), 5);
  EXPECT_EQ(at(grid, 0, 1), 99);
}
