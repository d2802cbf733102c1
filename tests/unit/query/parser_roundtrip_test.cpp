// parse(print(tree)) == tree for random trees, and printing is a fixed point.
#include <utility>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include "query/ast/printer.h"
#include "query/parser/completion.h"
#include "query/parser/error_excerpt.h"
#include "query/parser/parser.h"
#include "tests/support/random_query.h"

namespace callisto::query {

namespace {

// Draws from RapidCheck's current property: only inside of rc::prop.
test::RandomQuery random_query() {
  return {[](int limit) { return *rc::gen::inRange(0, limit); }, test::odd_words()};
}

}  // namespace

TEST_CASE("parse(print(tree)) is the tree, for every tree") {
  rc::prop("round trip", [] {
    test::RandomQuery random = random_query();
    for (int i = 0; i < 20; ++i) {
      const ast::Query tree = random.query(3);
      const std::string text = print(tree);
      const auto again = parse(text);
      if (!again) RC_FAIL(render_error(text, again.error()));
      if (!(*again == tree)) RC_FAIL(text + "\n" + print(*again));
      RC_ASSERT(print(*again) == text);
    }
  });
}

TEST_CASE("a query cut anywhere is refused at its end or is complete, and completion agrees") {
  rc::prop("prefixes", [] {
    test::RandomQuery random = random_query();
    const std::string text = print(random.query(2));
    const auto cut =
        static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(text.size())));
    const std::string head = text.substr(0, cut);
    const auto tree = parse(head);
    if (!tree) RC_ASSERT(tree.error().span->end <= head.size());
    const Completion completion = complete(text, cut);
    RC_ASSERT(completion.prefix.end == cut);
    RC_ASSERT(completion.prefix.begin <= cut);
  });
}

TEST_CASE("one byte changed anywhere never breaks the parser") {
  rc::prop("mutations", [](char byte) {
    test::RandomQuery random = random_query();
    std::string text = print(random.query(2));
    const auto at =
        static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(text.size())));
    text[at] = byte;
    const auto tree = parse(text);
    if (!tree) {
      RC_ASSERT(tree.error().span->begin <= tree.error().span->end);
      RC_ASSERT(tree.error().span->end <= text.size());
      RC_ASSERT(!render_error(text, tree.error()).empty());
    } else {
      const auto again = parse(print(*tree));
      RC_ASSERT(again.has_value());
      RC_ASSERT(*again == *tree);
    }
  });
}

}  // namespace callisto::query
