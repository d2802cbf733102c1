// What two engines' answers have in common when they are equal.
#include "bench/suite/answer.h"

#include <catch2/catch.hpp>

using namespace callisto::bench;

namespace {

std::uint64_t hash_of(double value) {
  RowHash hash;
  hash.add_number(value);
  return hash.value();
}

}  // namespace

TEST_CASE("numbers of an answer count by their first twelve digits") {
  CHECK(hash_of(0.1 + 0.2) == hash_of(0.3));
  CHECK(hash_of(123'456.7 + 1e-7) == hash_of(123'456.7));
  CHECK(hash_of(0.3001) != hash_of(0.3));
  CHECK(hash_of(0.0) == hash_of(-0.0));
  CHECK(hash_of(-1.5) != hash_of(1.5));
}

TEST_CASE("whole numbers of an answer count by all their digits") {
  CHECK(hash_of(1'763'000'000'001) != hash_of(1'763'000'000'000));
  CHECK(hash_of(9'007'199'254'740'991) != hash_of(9'007'199'254'740'990));
}

TEST_CASE("cells of a row count by their kind and their place") {
  RowHash one;
  one.add_text("1");
  one.add_null();
  RowHash other;
  other.add_null();
  other.add_text("1");
  CHECK(one.value() != other.value());
  RowHash text;
  text.add_text("1");
  CHECK(text.value() != hash_of(1));
}
