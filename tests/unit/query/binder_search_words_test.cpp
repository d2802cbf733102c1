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

TEST_CASE("j1ql 3.10 letters of the frequent alphabets fold as all others do") {
  // ḁ is none of them: with it the whole token goes the long way.
  const std::string other = "\u1e01";
  for (unsigned code = 0xC0; code < 0x460; ++code) {
    const std::string letter{static_cast<char>(0xC0U | (code >> 6U)),
                             static_cast<char>(0x80U | (code & 0x3FU))};
    std::string alone;
    std::string together;
    fold_tokens(letter, alone);
    fold_tokens(letter + other, together);
    if (alone.empty()) continue;  // No letter.
    INFO(code);
    CHECK(together == alone + other);
  }
  CHECK(TokenPattern("M\u00dcLLER").form() == "m\u00fcller");
  CHECK(TokenPattern("\u0178").form() == "\u00ff");
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
