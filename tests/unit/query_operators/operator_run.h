// What an operator needs to run alone: a query with its plan over a graph.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "query/executor/evaluator.h"
#include "query/executor/executable.h"

namespace callisto::test {

// Throws std::runtime_error for a query that is not well-formed.
class OperatorRun {
 public:
  OperatorRun(const std::string& text, SnapshotPtr snapshot);

  // The properties that the items of RETURN ask for, or what else they are.
  [[nodiscard]] std::vector<const query::Expression*> items() const;

  // A property of a row, as JSON, read without the operators. `read`: an expression that is one.
  [[nodiscard]] std::string stored(const query::Expression& read, query::PackedRef row) const;
  [[nodiscard]] std::string key(query::PackedRef row) const;

  // The type of the first entity's only table, and how many rows it has.
  [[nodiscard]] std::uint32_t type() const { return run.plan->nodes[0].tables.at(0).type.value; }

  [[nodiscard]] const PropertyTable& table() const {
    return run.table(false, query::pack(type(), 0));
  }

 private:
  std::shared_ptr<query::Guard> guard_;
  std::shared_ptr<const query::Executable> executable_;

 public:
  query::RunContext run;
};

// `count` entities of the type `node` and the class Node, in the order of their rows; `properties`
// gives the JSON of what each has besides, with a comma before each property.
[[nodiscard]] SnapshotPtr nodes(std::size_t count,
                                const std::function<std::string(std::size_t)>& properties);

}  // namespace callisto::test
