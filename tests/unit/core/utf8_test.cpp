// Bytes that are text, and those that are not.
#include <string>

#include <catch2/catch.hpp>

#include <callisto/utf8.h>

using namespace callisto;

TEST_CASE("text is UTF-8, and what is not is shown as U+FFFD") {
  for (const char* good :
       {"", "a", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x92\xa9", "\xed\x9f\xbf"}) {
    CHECK(is_utf8(good));
    CHECK(repaired_utf8(good) == good);
  }
  for (const char* bad : {"\x80",
                          "\xff",
                          "\xc3",
                          "\xc3(",
                          "\xc0\xae",
                          "\xe0\x80\x80",
                          "\xed\xa0\x80",
                          "\xe2\x82",
                          "\xf0\x80\x80\x80",
                          "\xf4\x90\x80\x80",
                          "\xf5\x80\x80\x80"}) {
    CHECK_FALSE(is_utf8(bad));
    CHECK_FALSE(is_utf8("a" + std::string(bad) + "b"));
    CHECK(is_utf8(repaired_utf8(bad)));
  }
  CHECK(repaired_utf8("a\xc3(\xff") == "a\xef\xbf\xbd(\xef\xbf\xbd");
}

TEST_CASE("bad bytes are found wherever they stand in a long text") {
  const std::string text = "0123456789abcdef\xc3\xa4 0123456789abcdef";
  CHECK(is_utf8(text));
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string bad = text;
    bad[at] = '\xff';
    CHECK_FALSE(is_utf8(bad));
  }
}

TEST_CASE("a text is shown cut between characters, never within one") {
  CHECK(shown_text("abc", 3) == "abc");
  CHECK(shown_text("abcd", 3) == "abc\xe2\x80\xa6");
  CHECK(shown_text("ab\xc3\xa4", 4) == "ab\xc3\xa4");
  CHECK(shown_text("ab\xc3\xa4z", 3) == "ab\xe2\x80\xa6");
  CHECK(shown_text("a\xf0\x9f\x92\xa9", 4) == "a\xe2\x80\xa6");
  CHECK(shown_text("\xff", 3) == "\xef\xbf\xbd");
  for (std::size_t size = 0; size < 12; ++size) {
    CHECK(is_utf8(shown_text("\xf0\x9f\x92\xa9\xe2\x82\xac\xc3\xa4\x80\x80\x80\x80", size)));
  }
}
