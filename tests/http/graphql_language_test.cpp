// The GraphQL language: what is read, and where a mistake is.
#include <catch2/catch.hpp>

#include "server/graphql/coercion.h"
#include "server/graphql/document.h"
#include "server/graphql/schema.h"
#include "server/graphql/validation.h"

using namespace callisto;
using namespace callisto::server::graphql;

namespace {

std::string message_of(std::string_view text) {
  const Result<Document> document = parse_document(text);
  return document ? "" : document.error().message;
}

// The value of the only argument of the only field.
std::string value_of(std::string_view text) {
  const Result<Document> document = parse_document("{ a(x: " + std::string(text) + ") }");
  if (!document) return document.error().message;
  return to_text(document->operations[0].selections[0].arguments[0].value.plain);
}

}  // namespace

TEST_CASE("a GraphQL document is read into operations, fragments and selections") {
  const Result<Document> document = parse_document(R"(
    "what it is for"
    query Q($a: [String!]! = ["x"] @d, "why" $b: Int) @live(if: true) {
      one: field(a: $a, o: {k: [1, $b, E]}) @include(if: $b) { query on }
      ... Part
      ... on User @skip(if: false) { type }
      ... { null }
    }
    fragment Part on fragment { true }
    { short })");
  REQUIRE(document);
  REQUIRE(document->operations.size() == 2);
  const Operation& operation = document->operations[0];
  CHECK(operation.kind == "query");
  CHECK(operation.name == "Q");
  REQUIRE(operation.variables.size() == 2);
  CHECK(operation.variables[0].type.text == "[String!]!");
  CHECK(operation.variables[0].type.name == "String");
  CHECK(operation.variables[0].type.list);
  CHECK(operation.variables[0].type.required);
  CHECK(operation.variables[0].initial->members.size() == 1);
  CHECK_FALSE(operation.variables[1].type.required);
  REQUIRE(operation.selections.size() == 4);
  const Selection& one = operation.selections[0];
  CHECK(one.alias == "one");
  CHECK(one.name == "field");
  CHECK(one.place.line == 4);
  CHECK(one.place.column == 7);
  CHECK(one.arguments[1].value.members[0].second.members[1].second.name == "b");
  CHECK(one.directives[0].name == "include");
  CHECK(one.selections[1].name == "on");
  CHECK(operation.selections[1].kind == Selection::Kind::Spread);
  CHECK(operation.selections[2].name == "User");
  CHECK(operation.selections[3].kind == Selection::Kind::Inline);
  CHECK(document->fragments[0].type == "fragment");
  CHECK(document->operations[1].selections[0].name == "short");
}

TEST_CASE("GraphQL strings: escapes, surrogate pairs, blocks without their indentation") {
  CHECK(value_of(R"("a\n\"\\\u00e4\uD83D\uDE00\u{1F600}")") == "\"a\\n\\\"\\\\ä😀😀\"");
  CHECK(value_of("\"\"\"\n    one\n      two\n\n    three\n  \"\"\"") ==
        "\"one\\n  two\\n\\nthree\"");
  CHECK(value_of(R"("""a \n \""" b""")") == R"("a \\n \"\"\" b")");
  CHECK(value_of("\"\"") == "\"\"");
  CHECK(value_of("-1.5e3") == "-1500");
  CHECK(value_of("ENUM") == "\"ENUM\"");
  CHECK(value_of(R"("\uD83D")").find("Syntax Error: Invalid Unicode escape at line 1") == 0);
  CHECK(value_of("\"a\nb\"").find("Syntax Error: Unterminated or invalid string") == 0);
  CHECK(value_of(R"("""a")").find("Syntax Error: Unterminated or invalid string") == 0);
  CHECK(value_of("01").find("Syntax Error: Unexpected character") == 0);
  CHECK(value_of("1a").find("Syntax Error: Unexpected character") == 0);
}

TEST_CASE("a mistake in a GraphQL document is named with its line and column") {
  CHECK(message_of("{ a(b: ) }") == "Syntax Error: Unexpected \")\" at line 1 column 8.");
  CHECK(message_of("{ a {\n} }") == "Syntax Error: Unexpected \"}\" at line 2 column 1.");
  CHECK(message_of("{ a ") == "Syntax Error: Unexpected end of the document at line 1 column 5.");
  CHECK(message_of("") == "Syntax Error: Unexpected end of the document at line 1 column 1.");
  CHECK(message_of("query($a: Int = $b) { a }").find("Unexpected \"$\"") != std::string::npos);
  CHECK(message_of("query() { a }").find("Unexpected \")\"") != std::string::npos);
  CHECK(message_of("fragment on on User { a }").find("Unexpected \"on\"") != std::string::npos);
  CHECK(message_of("{ ...on }").find("Unexpected \"}\"") != std::string::npos);
  CHECK(message_of("{ a } ?").find("Unexpected character") != std::string::npos);
  CHECK(message_of("{ a(x: " + std::string(40, '[')).find("more than 32 brackets") !=
        std::string::npos);
  CHECK(message_of("{" + std::string(50'000, '!')).find("more than 20000 tokens") !=
        std::string::npos);
}

TEST_CASE("every type that the served schema names is defined in it") {
  const Schema& schema = Schema::served();
  const server::Json introspection = schema.introspect();
  for (const server::Json& type : *introspection.find("types")->array()) {
    const TypeDefinition* defined = schema.type(type.text_of("name"));
    REQUIRE(defined != nullptr);
    for (const FieldDefinition& field : defined->fields) {
      INFO(defined->name << "." << field.name << ": " << field.type.text);
      const bool names_a_type = defined->kind == "type" || defined->kind == "input";
      if (names_a_type) CHECK(schema.type(field.type.name) != nullptr);
      if (defined->kind == "union") CHECK(schema.type(field.name) != nullptr);
      for (const FieldDefinition& argument : field.arguments) {
        INFO(argument.name);
        CHECK(schema.type(argument.type.name) != nullptr);
      }
    }
  }
}

namespace {

// What is wrong with a document by the served schema, with its line and column.
std::string mistake_of(const std::string& text) {
  const Result<Document> document = parse_document(text);
  REQUIRE(document);
  const std::optional<Mistake> mistake = first_mistake(*document, Schema::served());
  if (!mistake) return "";
  return std::to_string(mistake->place.line) + ":" + std::to_string(mistake->place.column) + " " +
         mistake->error.message;
}

std::string coerced_text(const std::string& type, const std::string& value) {
  const Result<server::Json> json = server::parse_json(value);
  REQUIRE(json);
  const Result<server::Json> good = coerced(Schema::served(), type, *json, "x");
  return good ? to_text(*good) : good.error().message;
}

}  // namespace

TEST_CASE("wire-api 7: what is wrong with a GraphQL document is found before any of it runs") {
  CHECK(
      mistake_of("{ a: typeCounts a: getEntityCounts { classes } }") ==
      "1:17 Fields \"a\" conflict because they are different fields. Use different aliases on the "
      "fields to fetch both if this was intentional.");
  CHECK(
      mistake_of("{ edge(id: \"1\") { id } edge(id: \"2\") { id } }").find("differing arguments") !=
      std::string::npos);
  CHECK(mistake_of(
            "{ edge(id: \"1\") { id } ...F } fragment F on Query { edge(id: \"1\") { id: _id } }")
            .find("\"id\" conflict") != std::string::npos);
  CHECK(mistake_of("{ typeCounts } query B { typeCounts }").find("1:1 This anonymous") == 0);
  CHECK(mistake_of("query B { typeCounts } query B { typeCounts }").find("named \"B\"") !=
        std::string::npos);
  CHECK(mistake_of("{ typeCounts } fragment F on A { b } fragment F on A { b }")
            .find("one fragment named \"F\"") != std::string::npos);
  CHECK(mistake_of("{\n ...Nothing }") == "2:2 Unknown fragment \"Nothing\".");
  CHECK(mistake_of("query($a: Int, $a: Int) { typeCounts }").find("variable named \"$a\"") !=
        std::string::npos);
  CHECK(mistake_of("query($a: ID) { ...F } fragment F on Query { edge(id: [{x: $b}]) { id } }") ==
        "1:46 Variable \"$b\" is not defined.");
  CHECK(mistake_of("{ typeCounts @skip(if: $b) }").find("\"$b\" is not defined") !=
        std::string::npos);
  CHECK(mistake_of("{ edge(id: \"1\", id: \"2\") { id } }").find("one argument named \"id\"") !=
        std::string::npos);
  CHECK(mistake_of("{ vertex(filters: {_id: \"1\", _id: \"2\"}) { id } }").find("input field") !=
        std::string::npos);
  CHECK(mistake_of("{ getEntityCounts }").find("must have a selection") != std::string::npos);
  CHECK(mistake_of("{ iamGetAccount { accountId { x } } }").find("must not have a selection") !=
        std::string::npos);
}

TEST_CASE("wire-api 7: what a client of another schema asks for is no mistake") {
  for (const char* text : {
           "{ iamGetAccount { accountId plan { name } } }",
           "query($q: Other, $unused: X) @live { queryV1(query: $q) { ...F } } fragment F on Newer "
           "{ a }",
           "{ entityRawDataLegacy { payload { ... on RawDataJSONEntityLegacy { data } ... on "
           "RawDataTextEntityLegacy { data: name } } } }",
           "{ typeCounts { a b } createEntity { entity { _id } } } fragment Unused on B { c }",
           "{ edge(id: {a: 1, b: [E]}) { id } edge(id: {b: [E], a: 1}) { id _key: id } }",
       }) {
    CHECK(mistake_of(text) == "");
  }
}

TEST_CASE("fragments that nest without end, or too deep, are refused and cost little") {
  CHECK(
      mistake_of("{ ...A } fragment A on Query { edge { ...B } } fragment B on Edge { x { ...A } }")
          .find("Cannot spread fragment \"A\" within itself.") != std::string::npos);
  CHECK(mistake_of(
            "{ __schema { types { ...T } } } fragment T on __Type { fields { type { ...T } } }")
            .find("within itself") != std::string::npos);
  // Each fragment holds the next one twice, in fields of their own: 2^n selections when written
  // out.
  const auto chain = [](int length) {
    std::string text = "{ ...F0 }";
    for (int i = 0; i < length; ++i) {
      const std::string next = "F" + std::to_string(i + 1);
      text += " fragment F" + std::to_string(i) + " on Query { a { ..." + next + " } b { ..." +
              next + " } }";
    }
    return text + " fragment F" + std::to_string(length) + " on Query { c }";
  };
  CHECK(mistake_of(chain(25)) == "");
  CHECK(mistake_of(chain(40)).find("nests more than 64 selections") != std::string::npos);
}

TEST_CASE("values of arguments are read by their types") {
  CHECK(coerced_text("[String!]!", R"("a")") == R"(["a"])");
  CHECK(coerced_text("[[Int]]", "[1,[2,null]]") == "[[1],[2,null]]");
  CHECK(coerced_text("ID", "12") == R"("12")");
  CHECK(coerced_text("VertexFilters", R"({"_type":"t"})") == R"({"_type":["t"]})");
  CHECK(coerced_text("VertexFilters", R"({"_type":"t","other":1})") ==
        "x: field \"other\" is not defined by type \"VertexFilters\", which has _id, _key, _type, "
        "_class.");
  CHECK(coerced_text("JSON", R"([1,{"a":null}])") == R"([1,{"a":null}])");
  CHECK(coerced_text("Long", "1795478140705") == "1795478140705");
  CHECK(coerced_text("String!", "5") == "x has invalid value 5: expected type \"String\".");
  CHECK(coerced_text("String!", "null") ==
        "x: expected a value of non-null type \"String!\", found null.");
  CHECK(coerced_text("[String!]", "[null]").find("non-null") != std::string::npos);
  CHECK(coerced_text("Int", "1.5").find("invalid value 1.5") != std::string::npos);
  CHECK(coerced_text("Int", "3000000000").find("invalid value") != std::string::npos);
  CHECK(coerced_text("Boolean", "1").find("invalid value 1") != std::string::npos);
  CHECK(coerced_text("DeferredResponseOption", R"("FOO")").find("invalid value") !=
        std::string::npos);
  CHECK(coerced_text("CreateEntityInput", "{}").find("\"entity\" of required type \"JSON!\"") !=
        std::string::npos);
  CHECK(coerced_text("VertexFilters", R"({"_id":5})").find("x, field \"_id\"") == 0);
}
