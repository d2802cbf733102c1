// The portable bit count against std::popcount.
#include "core/columns/bit_count.h"

#include <bit>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

using callisto::count_bits;

TEST_CASE("set bits are counted with any number of words") {
  std::mt19937_64 random(7);
  std::vector<std::uint64_t> words;
  std::uint64_t expected = 0;
  for (std::size_t i = 0; i < 67; ++i) {
    CHECK(count_bits(words.data(), words.size()) == expected);
    const std::uint64_t word = i % 9 == 0 ? ~std::uint64_t{0} : random() & random();
    CHECK(count_bits(word) == static_cast<std::uint32_t>(std::popcount(word)));
    words.push_back(word);
    expected += static_cast<std::uint64_t>(std::popcount(word));
  }
}
