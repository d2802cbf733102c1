#include "core/names/dictionary.h"

#include <atomic>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace callisto {

TEST_CASE("a dictionary gives dense codes in order of arrival") {
  Dictionary dictionary;
  CHECK(dictionary.size() == 0);
  CHECK(dictionary.intern("a") == 0);
  CHECK(dictionary.intern("") == 1);
  CHECK(dictionary.intern(std::string_view("b\0c", 3)) == 2);
  CHECK(dictionary.intern("a") == 0);
  CHECK(dictionary.size() == 3);
  CHECK(dictionary.at(0) == "a");
  CHECK(dictionary.at(1).empty());
  CHECK(dictionary.at(2) == std::string_view("b\0c", 3));
  CHECK(dictionary.find_any("") == 1U);
  CHECK_FALSE(dictionary.find("b").has_value());
}

TEST_CASE("a dictionary of many strings keeps codes and text in place") {
  Dictionary dictionary;
  const std::uint32_t first = dictionary.intern("first");
  const char* place = dictionary.at(first).data();
  constexpr std::uint32_t kStrings = 100'000;  // Seven segments, eleven doublings of the slots.
  for (std::uint32_t i = 0; i < kStrings; ++i) {
    REQUIRE(dictionary.intern(fmt::format("string {}", i)) == i + 1);
  }
  CHECK(dictionary.at(first).data() == place);
  for (std::uint32_t i = 0; i < kStrings; ++i) {
    const std::string text = fmt::format("string {}", i);
    REQUIRE(dictionary.find_any(text) == i + 1);
    REQUIRE(dictionary.at(i + 1) == text);
  }
  CHECK(dictionary.bytes() > kStrings * 8);
}

TEST_CASE("a dictionary takes back what was not published, and its codes are free again") {
  Dictionary dictionary;
  dictionary.intern("a");
  dictionary.publish();
  CHECK(dictionary.find("a") == 0U);
  const Dictionary::Mark mark = dictionary.mark();
  const std::size_t bytes = dictionary.bytes();
  for (int i = 0; i < 10'000; ++i) {
    dictionary.intern(fmt::format("a name that nobody keeps {}", i));
  }
  CHECK_FALSE(dictionary.find("a name that nobody keeps 7"));
  CHECK(dictionary.find_any("a name that nobody keeps 7") == 8U);
  dictionary.roll_back(mark);
  CHECK(dictionary.size() == 1);
  CHECK_FALSE(dictionary.find_any("a name that nobody keeps 7"));
  CHECK(dictionary.bytes() < bytes + 1'000'000);  // Slots and segments stay, no text does.
  CHECK(dictionary.intern("b") == 1);
  dictionary.publish();
  CHECK(dictionary.find("b") == 1U);
  CHECK(dictionary.find("a") == 0U);
  dictionary.roll_back(mark);  // What is published stays.
  CHECK(dictionary.find("b") == 1U);
  CHECK(dictionary.at(1) == "b");
}

TEST_CASE("readers see whole strings while others intern") {
  Dictionary dictionary;
  constexpr std::uint32_t kStrings = 20'000;
  std::atomic<std::uint32_t> wrong{0};
  std::atomic<bool> done{false};
  {
    std::vector<std::jthread> readers;
    for (int i = 0; i < 2; ++i) {
      readers.emplace_back([&] {
        while (!done.load()) {
          const std::uint32_t size = dictionary.size();
          for (std::uint32_t code = 0; code < size; ++code) {
            const std::string_view text = dictionary.at(code);
            if (!text.starts_with("value ")) ++wrong;
            if (code % 64 == 0 && dictionary.find_any(text) != code) ++wrong;
          }
        }
      });
    }
    std::vector<std::jthread> writers;
    for (int i = 0; i < 2; ++i) {  // Both intern the same strings: each must get one code.
      writers.emplace_back([&] {
        for (std::uint32_t value = 0; value < kStrings; ++value) {
          const std::string text = fmt::format("value {}", value);
          if (dictionary.at(dictionary.intern(text)) != text) ++wrong;
        }
      });
    }
    writers.clear();
    done = true;
  }
  CHECK(wrong == 0);
  CHECK(dictionary.size() == kStrings);
}

}  // namespace callisto
