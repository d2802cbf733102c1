#include "core/values/same_text.h"

#include <string>

#include <catch2/catch.hpp>

namespace callisto {

TEST_CASE("texts of every short size differ when any byte does") {
  for (std::size_t size = 0; size < 40; ++size) {
    std::string a;
    for (std::size_t i = 0; i < size; ++i) {
      a += static_cast<char>('a' + i % 23);
    }
    CAPTURE(size);
    const std::string copy = a;  // Other bytes in another place.
    CHECK(same_text(a, copy));
    CHECK(starts_with_text(a + "x", copy));
    CHECK(ends_with_text("x" + a, copy));
    CHECK_FALSE(same_text(a + "x", a));
    CHECK_FALSE(starts_with_text(a, a + "x"));
    CHECK_FALSE(ends_with_text(a, "x" + a));
    for (std::size_t i = 0; i < size; ++i) {
      std::string b = a;
      b[i] = '\0';
      CAPTURE(i);
      CHECK_FALSE(same_text(a, b));
      CHECK_FALSE(starts_with_text(a + "x", b));
      CHECK_FALSE(ends_with_text("x" + a, b));
    }
  }
}

}  // namespace callisto
