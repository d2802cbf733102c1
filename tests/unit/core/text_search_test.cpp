#include "core/columns/text_search.h"

#include <random>
#include <string>

#include <catch2/catch.hpp>

namespace callisto {

TEST_CASE("text search finds what std::string finds") {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string heap(random() % 200, ' ');
    for (char& c : heap) {
      c = static_cast<char>('a' + random() % 3);
    }
    std::string needle(1 + random() % 20, ' ');
    for (char& c : needle) {
      c = static_cast<char>('a' + random() % 3);
    }
    if (round % 2 == 0 && heap.size() > needle.size()) {  // One that is there, mostly.
      needle = heap.substr(random() % (heap.size() - needle.size()), needle.size());
    }
    for (std::size_t from = 0; from <= heap.size(); from += 1 + from / 4) {
      CAPTURE(heap, needle, from);
      REQUIRE(find_text(heap, needle, from) == heap.find(needle, from));
    }
  }
}

TEST_CASE("text search finds a needle that ends with the heap") {
  for (std::size_t size = 1; size < 70; ++size) {
    const std::string heap = std::string(size, '.') + "end";
    CHECK(find_text(heap, "end", 0) == size);
    CHECK(find_text(heap, "ends", 0) == kNotFound);
    CHECK(find_text(heap, "d", size + 2) == size + 2);
  }
}

}  // namespace callisto
