// EXPLAIN and PROFILE as text.
#include "repl/plan_text.h"

#include <catch2/catch.hpp>

using namespace callisto;
using namespace callisto::repl;

TEST_CASE("a plan shows operators as a tree with estimates") {
  const std::string text = render_plan({{.depth = 0, .text = "Return", .estimated_rows = 12.4},
                                        {.depth = 1, .text = "TypeScan host"}});
  CHECK(text ==
        "operator         estimated\n"
        "Return                  12\n"
        "  TypeScan host           \n");
}

TEST_CASE("a profile adds rows and times, and marks estimates that are far off") {
  const std::string text = render_plan(
      {{.depth = 0, .text = "Return", .estimated_rows = 10, .actual_rows = 100, .time_us = 2'000},
       {.depth = 1,
        .text = "TypeScan host",
        .estimated_rows = 90,
        .actual_rows = 100,
        .time_us = 500}});
  CHECK_THAT(text, Catch::Contains("100 ≠") && Catch::Contains("2.0 ms 100 %"));
  CHECK_THAT(text, Catch::Contains("500 µs 25 %"));
  CHECK(text.find("≠") != text.rfind("≠"));  // The mark, and the line that explains it.
}
