// Makes a disagreement readable: the smallest graph and query that still show it.
#pragma once

#include "query/ast/ast.h"
#include "tests/oracle/compare.h"

namespace callisto::oracle {

struct Question {
  PlainGraph graph{};
  query::ast::Query query{};
  QueryOptions options{};
};

[[nodiscard]] Verdict check(const Question& question);

// Takes away parts of query and graph as long as a difference of the same kind stays.
[[nodiscard]] Question shrunk(Question question);

// Graph, query and what differs, for a person.
[[nodiscard]] std::string report(const Question& question, const Difference& difference);

}  // namespace callisto::oracle
