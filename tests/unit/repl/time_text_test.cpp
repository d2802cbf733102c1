// Times, durations and numbers in words.
#include "repl/time_text.h"

#include <catch2/catch.hpp>

using namespace callisto::repl;

TEST_CASE("times are UTC ISO, with milliseconds only when there are some") {
  CHECK(iso_time(0) == "1970-01-01T00:00:00Z");
  CHECK(iso_time(1'788'358'205'000) == "2026-09-02T14:10:05Z");
  CHECK(iso_time(1'788'358'205'120) == "2026-09-02T14:10:05.120Z");
  CHECK(iso_time(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(iso_time(INT64_MAX) == "9223372036854775807");
}

TEST_CASE("ages are in the largest unit that fits, in both directions") {
  CHECK(age_words(1'000, 1'500) == "just now");
  CHECK(age_words(0, 3 * 3'600'000) == "3 h ago");
  CHECK(age_words(0, 86'400'000) == "1 day ago");
  CHECK(age_words(5 * 86'400'000LL, 0) == "in 5 days");
  CHECK(age_words(0, 800 * 86'400'000LL) == "2 years ago");
}

TEST_CASE("durations and sizes have the unit a person would choose") {
  CHECK(duration_words(850) == "850 µs");
  CHECK(duration_words(4'100) == "4.1 ms");
  CHECK(duration_words(412'000) == "412 ms");
  CHECK(duration_words(2'350'000) == "2.35 s");
  CHECK(duration_words(200'000'000) == "3 min 20 s");
  CHECK(byte_words(999) == "999 B");
  CHECK(byte_words(1'500'000) == "1.5 MB");
}

TEST_CASE("counts are grouped and agree with their noun") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1'000) == "1,000");
  CHECK(grouped(12'345'678) == "12,345,678");
  CHECK(counted(1, "row") == "1 row");
  CHECK(counted(1'204, "row") == "1,204 rows");
  CHECK(counted(0, "entity") == "0 entities");
  CHECK(counted(1, "entity") == "1 entity");
  CHECK(counted(2, "key") == "2 keys");
}
