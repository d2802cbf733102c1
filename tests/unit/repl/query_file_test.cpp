#include "repl/packs/query_file.h"

#include <catch2/catch.hpp>

using callisto::ErrorCode;
using callisto::repl::find_queries;
using callisto::repl::format_of;
using callisto::repl::FoundQuery;
using callisto::repl::offset_in_file;
using callisto::repl::PackFormat;

namespace {

std::vector<FoundQuery> found(std::string_view content, PackFormat format) {
  auto queries = find_queries(content, format);
  REQUIRE(queries);
  return *queries;
}

std::vector<std::string> texts(std::string_view content, PackFormat format) {
  std::vector<std::string> all;
  for (const FoundQuery& query : found(content, format))
    all.push_back(query.text);
  return all;
}

// "line:column" of a word of the only query, in its file.
std::string place_of_word(std::string_view content, PackFormat format, std::string_view word) {
  const FoundQuery query = found(content, format).at(0);
  const auto place =
      callisto::repl::place_of(content, offset_in_file(content, query, query.text.find(word)));
  return std::to_string(place.line) + ":" + std::to_string(place.column);
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("queries of question packs, in YAML") {
  const std::string pack =
      "questions:\n"
      "- title: FIND nothing\n"
      "  queries:\n"
      "  - name: a\n"
      "    query: FIND a\n"
      "  - query: &b >-\n"
      "      FIND\n"
      "      b\n"
      "  - {query: *b, resultsAre: GOOD}\n"
      "  tags: [query, FIND c]\n"
      "? [complex, {query: FIND key}]\n"
      ": {query: FIND d}\n";
  CHECK(texts(pack, PackFormat::Yaml) == Texts{"FIND a", "FIND b", "FIND b", "FIND key", "FIND d"});
  CHECK(texts("- FIND a\n- FIND b\n---\nquery: FIND c\n...\n", PackFormat::Yaml) ==
        Texts{"FIND a", "FIND b", "FIND c"});
}

TEST_CASE("queries in a map, and under other keys") {
  CHECK(texts(R"({"queries":{"query0":"FIND a","query1":"FIND b"}})", PackFormat::Json) ==
        Texts{"FIND a", "FIND b"});
  CHECK(texts(R"({"queries":{"a":{"query":"FIND a","name":"x"},"b":{"j1ql":"FIND b"}}})",
              PackFormat::Json) == Texts{"FIND a", "FIND b"});
  CHECK(texts(R"({"rules":[{"j1ql":"FIND a","name":"x"},{"j1ql":["FIND b","FIND c"]}]})",
              PackFormat::Json) == Texts{"FIND a", "FIND b", "FIND c"});
  CHECK(texts(R"({"queries":[{"name":"FIND x","query":"FIND a","version":"v1"}]})",
              PackFormat::Json) == Texts{"FIND a"});
  CHECK(texts(R"({"queries":{"name":"x","version":"v1","main":"FIND a"}})", PackFormat::Json) ==
        Texts{"FIND a"});
  CHECK(texts("queries:\n  first: FIND a\n  second: |\n    FIND b\n", PackFormat::Yaml) ==
        Texts{"FIND a", "FIND b\n"});
  CHECK(texts(R"({"name":"FIND a","tags":["FIND b"],"more":{"queries":{}}})", PackFormat::Json)
            .empty());
}

TEST_CASE("escapes of YAML are read as the characters they stand for") {
  CHECK(texts("query: \"FIND \\_\\N\\L\\P\\e é\"", PackFormat::Yaml) ==
        Texts{"FIND \u00a0\u0085\u2028\u2029\x1b é"});
}

TEST_CASE("queries of rule packs and lists, in JSON") {
  CHECK(texts(R"([{"instance":{"question":{"queries":[{"name":"query0","query":"FIND a"},
                  {"query":"FIND\nb"}]},"query":{"x":"FIND no"},"when":["query","FIND no"]}}])",
              PackFormat::Json) == Texts{"FIND a", "FIND\nb"});
  CHECK(texts(R"(["FIND a", {"query": "FIND b", "n": 1, "t": [null, true]}])", PackFormat::Json) ==
        Texts{"FIND a", "FIND b"});
  CHECK(texts(R"({"queries": ["FIND a", "FIND b"]})", PackFormat::Json) ==
        Texts{"FIND a", "FIND b"});
  CHECK(texts("\"FIND a\"\n\n{\"query\":\"FIND b\"}\r\n", PackFormat::Ndjson) ==
        Texts{"FIND a", "FIND b"});
}

TEST_CASE("a script has a query for each semicolon that stands in no text") {
  CHECK(texts("FIND a;\n/* ; */ FIND b WITH c = ';' ;;", PackFormat::J1ql) ==
        Texts{"FIND a", "FIND b WITH c = ';'"});
}

TEST_CASE("a place in a query is a place in its file, however the query is quoted") {
  const auto yaml = [](std::string_view content) {
    return place_of_word(content, PackFormat::Yaml, "HERE");
  };
  CHECK(yaml("query: FIND HERE") == "1:13");
  CHECK(yaml("query: FIND\n  HERE x") == "2:3");
  CHECK(yaml("query: |\n  FIND\n    HERE") == "3:5");
  CHECK(yaml("query: >- # why\n\n  FIND\n  HERE") == "4:3");
  CHECK(yaml("query: !!str &a FIND HERE") == "1:22");
  CHECK(yaml("query: 'FIND ''x'' HERE'") == "1:20");
  CHECK(yaml("query: \"FIND \\\"\\u00e9\\x41\\\" \\\n  \\  HERE\"") == "2:6");
  CHECK(yaml("# é\r\nquery: |\r\n  é FIND\r\n  HERE") == "4:3");
  CHECK(yaml("query: \"FIND 'x\\Ly\\_\\N\\P' HERE\"") == "1:27");
  CHECK(place_of_word(R"({"query":"FIND\u0020x\u000A\u0009HERE"})", PackFormat::Json, "HERE") ==
        "1:34");
  CHECK(place_of_word(R"({"a": "\"x", "query": "\u00e9\ud83d\ude00 \"\\\n HERE"})",
                      PackFormat::Json,
                      "HERE") == "1:50");
  CHECK(place_of_word("{}\n\n[\"FIND HERE\"]", PackFormat::Ndjson, "HERE") == "3:8");
}

TEST_CASE("what is no document is refused with its place") {
  const auto [content, format, message] = GENERATE(table<std::string, PackFormat, std::string>(
      {{"{\"a\":\n [1,}", PackFormat::Json, "2:5: this is not JSON: "},
       {"{\"a\": 1\n  \"alert\": 2}", PackFormat::Json, "2:3: this is not JSON: "},
       {"[\n  // why\n]", PackFormat::Json, "2:3: this is not JSON: it has no comments"},
       {"query: \"FIND a\" with b = 1\n", PackFormat::Yaml, "1:17: this is not YAML: "},
       {"query: FIND a with b = 'c: d'\n", PackFormat::Yaml, "1:26: this is not YAML: "},
       {"{}\n{\"a\" 1}", PackFormat::Ndjson, "2:6: this is not JSON: "},
       {"a: [b\n", PackFormat::Yaml, "2:1: this is not YAML: "},
       {"a: *b\n", PackFormat::Yaml, "1:4: this is not YAML: "},
       {"a:\n\t- b\n", PackFormat::Yaml, "2:1: this is not YAML: a tab stands in the indentation"},
       {"a:\n  - b: c\n\t  d: e\n", PackFormat::Yaml, "3:1: this is not YAML: a tab stands"},
       {"a:\n  -\tb: c\n", PackFormat::Yaml, "2:4: this is not YAML: a tab stands"},
       {"a: |\n\t\tb\n", PackFormat::Yaml, "2:1: this is not YAML: a tab stands"}}));
  const auto queries = find_queries(content, format);
  REQUIRE_FALSE(queries);
  CHECK(queries.error().code == ErrorCode::InvalidInput);
  CHECK_THAT(queries.error().message, Catch::StartsWith(message));
}

TEST_CASE("a line of NDJSON that is no document does not hide the others") {
  std::vector<callisto::Error> bad_lines;
  const auto queries =
      find_queries("{\"query\":\"FIND a\"}\nnot json\n{\"query\":\"FND b\"}\n[1\n\"FIND c\"",
                   PackFormat::Ndjson,
                   &bad_lines);
  REQUIRE(queries);
  REQUIRE(queries->size() == 3);
  CHECK((*queries)[1].text == "FND b");
  REQUIRE(bad_lines.size() == 2);
  CHECK_THAT(bad_lines[0].message, Catch::StartsWith("2:"));
  CHECK_THAT(bad_lines[1].message, Catch::StartsWith("4:"));
}

TEST_CASE("documents nested without end are refused, and bombs of aliases cost nothing") {
  const auto [part, format] =
      GENERATE(table<std::string, PackFormat>({{"[", PackFormat::Json},
                                               {"{\"a\":", PackFormat::Json},
                                               {"[", PackFormat::Yaml},
                                               {"{a: ", PackFormat::Yaml},
                                               {"- ", PackFormat::Yaml},
                                               {"? ", PackFormat::Yaml},
                                               {"[a, ", PackFormat::Yaml}}));
  std::string deep;
  for (int i = 0; i < 20'000; ++i)
    deep += part;
  const auto queries = find_queries(deep, format);
  REQUIRE_FALSE(queries);
  CHECK(queries.error().code == ErrorCode::LimitExceeded);

  std::string bomb = "a0: &a0 [FIND a, FIND b]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string below = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + below + ", " + below +
            ", " + below + "]\n";
  }
  CHECK(texts(bomb + "queries: *a39\n", PackFormat::Yaml).empty());
}

TEST_CASE("a file is taken for what its name or its beginning says") {
  CHECK(format_of("x.yml", "[]") == PackFormat::Yaml);
  CHECK(format_of("x.json", "") == PackFormat::Json);
  CHECK(format_of("x.jsonl", "") == PackFormat::Ndjson);
  CHECK(format_of("x", "FIND a") == PackFormat::J1ql);
  CHECK(format_of("x", " [\"FIND a\"]") == PackFormat::Json);
  CHECK(format_of("x", "{\"query\":\n \"x\"}") == PackFormat::Json);
  CHECK(format_of("x", "{\"query\":\"x\"}\n{\"query\":\"y\"}") == PackFormat::Ndjson);
  CHECK(format_of("x", "---\nquestions:\n") == PackFormat::Yaml);
  CHECK(format_of("x", "questions:\n") == PackFormat::Yaml);
  CHECK(format_of("x", "# a pack\n---\nquestions:\n") == PackFormat::Yaml);
  CHECK(format_of("x", "%YAML 1.2\n---\n") == PackFormat::Yaml);
  CHECK(format_of("x", "- FIND a\n- FIND b\n") == PackFormat::Yaml);
}
