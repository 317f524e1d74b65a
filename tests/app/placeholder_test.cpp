#include <gtest/gtest.h>

TEST(Placeholder, IsReplacedByTheFirstRealTest) { SUCCEED(); }
