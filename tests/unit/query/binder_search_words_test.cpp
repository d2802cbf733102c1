// What a full-text search is made of.
#include <catch2/catch.hpp>

#include "query/binder/matchers.h"

using namespace callisto;
using namespace callisto::query;

namespace {

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

}  // namespace

TEST_CASE("j1ql 3.10 a word said twelve thousand times is one word") {
  const auto words = search_words(repeated("some Some \u00a0SOME, ", 4000), {});
  REQUIRE(words);
  CHECK(words->size() == 1);
}

TEST_CASE("j1ql 3.10 blanks of any kind separate words") {
  const auto words = search_words("one\u00a0two\u2003three\nfour\u200bfive -- \u201c six", {});
  REQUIRE(words);
  CHECK(words->size() == 6);
}

TEST_CASE("j1ql 3.10 bytes that are no characters separate tokens") {
  const TokenPattern pattern("left-right");
  CHECK(pattern.matches("left\xff\xc3right"));
  CHECK(pattern.matches("left\xc3(right"));
  CHECK_FALSE(pattern.matches("left\xffup"));
  CHECK(TokenPattern("\xff\xc3").empty());
}

TEST_CASE("j1ql 3.10 a search has a limit of words, and a word of bytes") {
  std::string many;
  for (std::size_t i = 0; i < kSearchWordsMax; ++i) {
    many += "w" + std::to_string(i) + " ";
  }
  CHECK(search_words(many, {}));
  REQUIRE_FALSE(search_words(many + "more", {}));
  CHECK(search_words(many + "more", {}).error().code == ErrorCode::LimitExceeded);
  CHECK(search_words(repeated("x", kSearchWordBytesMax), {}));
  REQUIRE_FALSE(search_words(repeated("x", kSearchWordBytesMax + 1), {}));
  CHECK(
      search_words(repeated("x", kSearchWordBytesMax + 1), {}).error().message.find("256 bytes") !=
      std::string::npos);
}
