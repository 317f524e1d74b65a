#include "app/solver_program.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "data/mip.hpp"
#include "geo/error.hpp"

namespace {

namespace fs = std::filesystem;

/// An environment variable, as it was again afterwards (unset).
struct Named {
  explicit Named(const std::string& program) { setenv("PHUSONG_SOLVER", program.c_str(), 1); }
  ~Named() { unsetenv("PHUSONG_SOLVER"); }
  Named(const Named&) = delete;
  Named& operator=(const Named&) = delete;
};

TEST(SolverProgram, TheOneThatIsNamed) {
  const Named named(PHUSONG_SOLVER);
  data::Mip mip;
  mip.columns = {{1, 0, 2.5, true, "x"}};
  EXPECT_EQ(data::solve(mip, {}, {}, app::solver_program()).objective, 2);
}

TEST(SolverProgram, ItLiesBesideTheProgramAsBuilt) {
  EXPECT_EQ(fs::path(PHUSONG_SOLVER).parent_path(), fs::path(PHUSONG_PROGRAM).parent_path());
  EXPECT_TRUE(fs::exists(PHUSONG_SOLVER));
}

TEST(SolverProgram, NoneIsAnErrorThatSaysWhatToDo) {
  unsetenv("PHUSONG_SOLVER");
  // Beside the tests there is none.
  try {
    app::solver_program();
    FAIL();
  } catch (const geo::Error& error) {
    EXPECT_EQ(error.message.id, "app.solver_missing");
    EXPECT_EQ(error.remedy.id, "app.solver_missing_remedy");
    EXPECT_EQ(error.where, fs::read_symlink("/proc/self/exe").parent_path().string());
  }
}

}  // namespace
