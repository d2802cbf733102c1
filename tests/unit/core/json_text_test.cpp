#include <catch2/catch.hpp>

#include <callisto/json_text.h>

using namespace callisto;

namespace {

std::string repaired(std::string text) {
  repair_lone_surrogates(text);
  return text;
}

std::string flaw(std::string_view text) {
  const std::optional<JsonFlaw> found = find_json_flaw(text);
  return found ? std::to_string(found->offset) + " " + found->message : "";
}

}  // namespace

TEST_CASE("D43 a byte order mark is no part of a text") {
  CHECK(without_bom("\xef\xbb\xbf{}") == "{}");
  CHECK(without_bom("{}") == "{}");
  CHECK(without_bom("\xef\xbb") == "\xef\xbb");
  CHECK(without_bom("\xef\xbb\xbf").empty());
}

TEST_CASE("D43 halves of characters become U+FFFD, whole ones and other escapes stay") {
  CHECK(repaired(R"("cut \ud83d")") == R"("cut \ufffd")");
  CHECK(repaired(R"("\udce9.txt")") == R"("\ufffd.txt")");
  CHECK(repaired(R"("\ud83d\ude00")") == R"("\ud83d\ude00")");
  CHECK(repaired(R"("\ud83d\ud83d\ude00")") == R"("\ufffd\ud83d\ude00")");
  CHECK(repaired(R"("\ude00\ud83d")") == R"("\ufffd\ufffd")");
  CHECK(repaired(R"("\\ud83d \u0041\uD83D")") == R"("\\ud83d \u0041\ufffd")");
  CHECK(repaired(R"("\ud83dx\ude00")") == R"("\ufffdx\ufffd")");
  CHECK(repaired("\"\\ud8") == "\"\\ud8");
  CHECK(repaired("\"\\") == "\"\\");
  std::string text = R"({"a":"\ud83d","b\udce9":1})";
  const LoneSurrogates found = repair_lone_surrogates(text);
  CHECK(found.count == 2);
  CHECK(found.first == 6);
}

TEST_CASE("what is no JSON is told in the words of who wrote it") {
  CHECK(flaw(R"({"a":NaN})") ==
        "5 NaN is no number of JSON, which has no NaN and no Infinity: write null, or leave the "
        "property out");
  CHECK(flaw(R"([1,-Infinity])").starts_with("3 -Infinity is no number"));
  CHECK(flaw(R"([inf])").starts_with("1 inf is no number"));
  CHECK(flaw(R"({"a":None})") == "5 None is no JSON: write null");
  CHECK(flaw(R"({"a":True})") == "5 True is no JSON: write true");
  CHECK(flaw(R"({"a":1e400})").starts_with("5 the number 1e400 is out of range"));
  CHECK(flaw(R"({"a":-1e400})").starts_with("5 the number -1e400 is out of range"));
  CHECK(flaw("{\"a\":\"x\ty\"}") == "7 a tab stands in a string as it is: JSON writes it \\t");
  CHECK(flaw("[\"x\ny\"]").starts_with("3 a line break"));
  CHECK(flaw(std::string("[\"\x01\"]")).ends_with("\\u0001"));
  CHECK(flaw("[\"caf\xe9\"]") == "5 a byte is no UTF-8: the text has another encoding");
  CHECK(flaw("{'a':1}").starts_with("1 texts stand in double quotes"));
  CHECK(flaw(R"({"NaN":"None \" 'x' \u0041","b":[true,false,null,1.5e3,-0]})").empty());
  CHECK(flaw("").empty());
  CHECK(flaw("\"\\").empty());
}

TEST_CASE("a number is exact when the double has the same digits") {
  const auto inexact = [](const char* text) { return is_inexact(text, std::stod(text)); };
  CHECK(inexact("123456789012345678"));
  CHECK(inexact("-9007199254740993"));
  CHECK(inexact("9007199254740993.0"));
  CHECK(inexact("12345678901234567e10"));
  CHECK(inexact("3.14159265358979323846"));
  CHECK_FALSE(inexact("9007199254740992"));
  CHECK_FALSE(inexact("1795478140705"));
  CHECK_FALSE(inexact("0.1"));
  CHECK_FALSE(inexact("0.10000000000000001"));  // As C prints it.
  CHECK_FALSE(inexact("0.30000000000000004"));
  CHECK_FALSE(inexact("100000000000000000000"));
  CHECK_FALSE(inexact("1000000000000000.00"));
  CHECK_FALSE(inexact("-0.000000000000000000000001"));
  CHECK_FALSE(inexact("1.7976931348623157e308"));
  CHECK(is_inexact("1." + std::string(500, '3'), 4.0 / 3));
}
