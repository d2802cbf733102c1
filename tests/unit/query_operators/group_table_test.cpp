// The rows that groups become.
#include "query/operators/group_table.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/queries/graph_loader.h"
#include "tests/unit/query_operators/operator_run.h"

namespace callisto::test {
namespace {

std::vector<std::string> lines_of(const query::CellTable& table) {
  std::vector<std::string> lines;
  for (std::size_t row = 0; row < table.rows; ++row) {
    std::string line;
    for (const query::Cell& cell : table.row(row)) {
      line += (line.empty() ? "" : " ") + to_json(cell.value);
    }
    lines.push_back(line);
  }
  return lines;
}

// Two groups, the keys of the first behind those of the second.
std::vector<std::string> two_groups(bool by_cells) {
  OperatorRun with(
      "FIND App AS a RETURN COUNT(a), a.name, SUM(a.cost) + 1 AS s, AVG(a.cost), a.mix",
      load_graph("groups"));
  query::GroupTable groups(with.run);
  query::Evaluator evaluator(with.run);
  const std::vector<query::Cell> first{{.value = ValueView::string("b")},
                                       {.value = ValueView::number(1)}};
  const std::vector<query::Cell> second{{.value = ValueView::string("a")}, {}};
  CHECK(groups.add(first) == 0);
  CHECK(groups.add(second) == 1);
  CHECK(groups.size() == 2);
  CHECK(groups.keys(0)[0].value.as_string() == "b");
  CHECK(groups.keys(1)[1].value.is_null());
  groups.state(0, 0).count = 4;
  for (std::size_t i = 1; i < with.run.query().aggregates.size(); ++i) {
    const query::AggregateFunction function = with.run.query().aggregates[i].function;
    query::take_numbers(groups.state(0, i), function, ValueView::number(5));
    query::take_numbers(groups.state(0, i), function, ValueView::number(2));
    query::take_numbers(groups.state(0, i), function, ValueView::string("7"));
  }
  return lines_of(groups.finish(by_cells, evaluator));
}

}  // namespace

TEST_CASE("j1ql 7.4 groups in the order of their cells, or as they were added") {
  const std::string b = R"(4 "b" 8 3.5 1)";
  const std::string a = R"(0 "a" 1 null null)";
  CHECK(two_groups(true) == std::vector{a, b});
  CHECK(two_groups(false) == std::vector{b, a});
}

TEST_CASE("j1ql 7.4 aggregates over nothing are one row, groups are none") {
  const SnapshotPtr snapshot = load_graph("groups");
  OperatorRun alone(
      "FIND App AS a RETURN COUNT(a), SUM(a.cost), AVG(a.cost), MIN(a.cost), COUNT(*)", snapshot);
  query::GroupTable none(alone.run);
  query::Evaluator evaluator(alone.run);
  CHECK(lines_of(none.finish(true, evaluator)) == std::vector<std::string>{"0 0 null null 0"});
  OperatorRun keyed("FIND App AS a RETURN a.mix, COUNT(a)", snapshot);
  query::GroupTable groups(keyed.run);
  query::Evaluator other(keyed.run);
  CHECK(groups.finish(true, other).rows == 0);
}

TEST_CASE("j1ql 7.4 MIN and MAX take the first number as it is") {
  query::AggregateState least;
  query::AggregateState most;
  for (const double number : {3.0, 7.0, 5.0}) {
    least.take(query::AggregateFunction::Min, number);
    most.take(query::AggregateFunction::Max, -number);
  }
  CHECK(least.best == 3);
  CHECK(most.best == -3);
  CHECK(most.sum == -15);
  CHECK(most.count == 3);
}

}  // namespace callisto::test
