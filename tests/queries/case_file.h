// One .j1t file: cases of queries and what they give.
//
//   graph tiny                        the fixture of the cases that follow
//   query "a sentence"                then the text of the query, and
//   ---- rows | ordered | json | warnings | contains | <ErrorCode> <begin>..<end>
//   what is expected, up to a blank line; several blocks may follow one query
//
// `error "…"` and `plan "…"` are the same for errors and EXPLAIN. Between the head and the text:
//   set now 1700000000000, set deleted, set revisit, set layer integration, set name = JSON
//   set metadata                      rows carry `_meta`
//   define Name = FIND …              one more query of the smart class #Name
//   store name = JSON                 a stored parameter
//   scope property = JSON             the filter that entities must pass; `or scope` begins another
// A line that starts with # is a comment.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <callisto/definitions.h>
#include <callisto/query_options.h>

namespace callisto::test {

struct Expectation {
  std::string kind;                // What stands after ----.
  std::vector<std::string> lines;  // As written.
};

struct Case {
  int line = 0;
  std::string kind;  // query, error, plan
  std::string title;
  std::string graph;
  std::string text;
  QueryOptions options{};
  Definitions definitions = default_definitions();
  std::vector<Expectation> expected;
};

// Throws std::runtime_error with the line on a bad file.
[[nodiscard]] std::vector<Case> read_cases(const std::string& path);

}  // namespace callisto::test
