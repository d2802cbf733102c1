#include "core/values/arena.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace callisto {

TEST_CASE("an arena aligns what it hands out and never moves it") {
  Arena arena;
  std::vector<std::pair<std::byte*, std::size_t>> pieces;
  for (std::size_t i = 0; i < 2000; ++i) {
    const std::size_t alignment = std::size_t{1} << (i % 5);
    const std::size_t size = (i * 37) % 700;
    auto* piece = static_cast<std::byte*>(arena.allocate(size, alignment));
    CHECK(reinterpret_cast<std::uintptr_t>(piece) % alignment == 0);
    std::memset(piece, static_cast<int>(i % 251), size);
    pieces.emplace_back(piece, size);
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    for (std::size_t at = 0; at < pieces[i].second; ++at) {
      if (pieces[i].first[at] != static_cast<std::byte>(i % 251)) FAIL("piece " << i);
    }
  }
}

TEST_CASE("an arena holds a piece that is larger than any block") {
  Arena arena;
  const std::string text(std::size_t{3} << 20, 'x');
  CHECK(arena.copy(text) == text);
  CHECK(arena.copy("after") == "after");
  CHECK(arena.bytes() >= text.size());
}

TEST_CASE("a reused arena keeps its largest block and soon allocates no more") {
  Arena arena;
  std::size_t held = 0;
  for (int round = 0; round < 20; ++round) {
    arena.clear();
    for (int i = 0; i < 500; ++i) {
      (void)arena.allocate(100, 8);
    }
    if (round == 12) held = arena.bytes();
  }
  CHECK(arena.bytes() == held);
  arena.clear();
  CHECK(arena.bytes() > 0);
  CHECK(arena.bytes() <= std::size_t{1} << 20);
}

TEST_CASE("a cleared arena gives back what a huge value took") {
  Arena arena;
  (void)arena.allocate(std::size_t{8} << 20, 1);
  arena.clear();
  CHECK(arena.bytes() == 0);
  CHECK(arena.copy("still usable") == "still usable");
}

TEST_CASE("an arena copies lists deeply") {
  Arena arena;
  ValueView copy;
  {
    std::string text = "one";
    const std::vector<ValueView> elements = {
        ValueView::string(text), ValueView::number(2), ValueView{}};
    copy = arena.copy(ValueView::list(elements));
    text = "two";
  }
  REQUIRE(copy.as_list().size() == 3);
  CHECK(copy.as_list()[0].as_string() == "one");
  CHECK(copy.as_list()[1].as_number() == 2);
  CHECK(copy.as_list()[2].is_null());
}

}  // namespace callisto
