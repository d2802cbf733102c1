#include <catch2/catch.hpp>

#include "query/validation.h"

using callisto::ErrorCode;

namespace {

callisto::Status validate(std::string_view text) {
  return callisto::query::validate(
      text, std::make_shared<const callisto::Definitions>(callisto::default_definitions()));
}

}  // namespace

TEST_CASE("j1ql 4.12 placeholders that other programs fill in are no mistakes") {
  const std::string text = GENERATE("FIND Host WITH name = {{name}}",
                                    "FIND Host WITH name ~= '{{ name }}'",
                                    "FIND aws_{{kind}} WITH a = {{v}} AND {{condition}}",
                                    "FIND {{type}} THAT {{verb}} >> {{other}} AS o",
                                    "FIND Host WHERE {{condition}} RETURN Host.{{property}}",
                                    "FIND Host WITH a = ({{list}}) {{hop}}",
                                    "FIND Host {{#if x}} WITH a = 1 {{/if}}",
                                    "FIND Host AS h RETURN {{columns}} ORDER BY {{o}} LIMIT {{n}}",
                                    "FIND ${a} THAT ${verb} ${b}",
                                    "FIND Host WITH seenOn > date.now-${n}${unit}",
                                    "FIND Host WITH [tag.{{name}}] = 1",
                                    "{{query}}",
                                    "FIND Host WITH name = ${name}");
  CAPTURE(text);
  CHECK(validate(text));
}

TEST_CASE("the properties that a query reads are bounded, those of a megabyte refused in time") {
  const auto properties = [](int count) {
    std::string text = "FIND Host WITH a0 = 1";
    for (int i = 1; i < count; ++i)
      text += " OR a" + std::to_string(i) + "=1";
    return text;
  };
  CHECK(validate(properties(4'000)));
  const auto refused = validate(properties(70'000));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::LimitExceeded);
  CHECK_THAT(refused.error().message, Catch::Contains("at most 4000 different properties"));
}

TEST_CASE("j1ql 4.12 a mistake beside a placeholder is found where it stands") {
  const auto [text, begin, code] = GENERATE(table<std::string, unsigned, ErrorCode>(
      {{"FIND Host WITH a = {{x}} retrun y", 25, ErrorCode::ParseError},
       {"FIND {{longer than all}} WITH a == 1", 32, ErrorCode::ParseError},
       {"FIND Host {{a}} {{b}} LIMIT x", 28, ErrorCode::ParseError},
       {"FIND Host WITH a = {{a}} {{b}} AND", 34, ErrorCode::ParseError},
       {"FIND Host AS h WHERE h.a = {{x}} RETURN y.{{z}}", 40, ErrorCode::BindError},
       {"FIND Host AS h RETURN x.y", 22, ErrorCode::BindError}}));
  CAPTURE(text);
  const auto checked = validate(text);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().code == code);
  CHECK(checked.error().span->begin == begin);
}

TEST_CASE("j1ql 7.3a without a graph only tag. begins a property, others go in brackets") {
  CHECK(validate("FIND Host RETURN name, tag.Env, [encryption.key], [odd name] ORDER BY tag.Env"));
  CHECK(validate("FIND Host AS hosts RETURN host, COUNT(tag.Env) HAVING COUNT(tag.Env) > 1"));
  const auto checked = validate("FIND Host AS h RETURN encryption.key");
  REQUIRE_FALSE(checked);
  CHECK_THAT(checked.error().message,
             Catch::StartsWith("Invalid return selector provided: \"encryption\", valid return "
                               "selectors are: \"h\""));
  CHECK(checked.error().hints ==
        std::vector<std::string>{"A property with a dot in its name is written [encryption.key]."});
}

TEST_CASE("what is ours is told with its place, beside placeholders too") {
  const std::string text = "FIND Host WITH a = {{x}} AND b > date.now - 2 weeks RETURN COUNT(*)";
  REQUIRE(validate(text));
  const auto warnings = callisto::query::portability_warnings(text);
  REQUIRE(warnings.size() == 2);
  CHECK(warnings[0].span->begin == text.find("date.now"));
  CHECK(warnings[1].span->begin == text.find("*)"));
  CHECK(callisto::query::portability_warnings("FIND Host RETURN COUNT(Host) LIMIT 250").empty());
}
