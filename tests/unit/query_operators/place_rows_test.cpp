// Rows of a place, and which of them were seen.
#include "query/operators/place_rows.h"

#include <catch2/catch.hpp>

namespace callisto::test {

TEST_CASE("j1ql 7.4 a row is seen once a turn, in each table by itself") {
  query::Guard guard{QueryOptions{}};
  query::SeenRows seen({5, 0, 70});
  seen.begin();
  REQUIRE(seen.prepare(0, guard));
  REQUIRE(seen.prepare(1, guard));
  REQUIRE(seen.prepare(2, guard));
  CHECK(seen.insert(0, 4));
  CHECK_FALSE(seen.insert(0, 4));
  CHECK(seen.contains(0, 4));
  CHECK_FALSE(seen.contains(2, 4));
  CHECK(seen.insert(2, 4));
  CHECK(seen.insert(2, 69));
  seen.begin();
  CHECK_FALSE(seen.contains(0, 4));
  REQUIRE(seen.prepare(0, guard));  // Forgets nothing.
  CHECK(seen.insert(0, 4));
  REQUIRE(seen.prepare(0, guard));
  CHECK_FALSE(seen.insert(0, 4));
  CHECK_FALSE(seen.contains(2, 69));
}

TEST_CASE("j1ql 7.4 rows of a place are none when they are in no list and not counted") {
  query::PlaceRows rows{.tables = {{}, {}}};
  CHECK(rows.empty());
  rows.tables[1].push_back(3);
  CHECK_FALSE(rows.empty());
  rows.clear();
  CHECK(rows.empty());
  CHECK(rows.tables.size() == 2);
  rows.count = 2;
  CHECK_FALSE(rows.empty());
  rows.clear();
  CHECK(rows.empty());
}

}  // namespace callisto::test
