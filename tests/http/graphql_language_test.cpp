// The GraphQL language: what is read, and where a mistake is.
#include <catch2/catch.hpp>

#include "server/graphql/document.h"
#include "server/graphql/schema.h"

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
