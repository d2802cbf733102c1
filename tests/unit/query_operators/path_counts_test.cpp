// Numbers of paths that go on from a row, against those of the small graph (j1ql 7.4).
#include "query/operators/path_counts.h"

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/queries/graph_loader.h"
#include "tests/unit/query_operators/operator_run.h"

namespace callisto::test {
namespace {

struct Counting {
  explicit Counting(const std::string& text) : with(text, load_graph("groups")) {}

  // By key: what count() found beyond the rows of a node, where there is anything.
  std::map<std::string, double> beyond(bool right, std::uint32_t node) {
    counts.count(right, node);
    std::map<std::string, double> found;
    for_rows(node, [&](std::uint32_t table, std::uint32_t row, query::PackedRef ref) {
      const double paths = counts.beyond(right, node, table, row);
      if (paths > 0) found[with.key(ref)] = paths;
    });
    return found;
  }

  template <class Visit>
  void for_rows(std::uint32_t node, Visit&& visit) {
    const auto& tables = with.run.plan->nodes[node].tables;
    for (std::uint32_t table = 0; table < tables.size(); ++table) {
      members[node].set()[table].for_each(
          filters.nodes[node].at(table).table(), [&](std::uint32_t row) {
            visit(table, row, query::pack(tables[table].type.value, row));
          });
    }
  }

  OperatorRun with;
  query::PatternFilters filters{with.run};
  std::vector<query::NodeMembers> members = query::members_on_paths(with.run, filters, {});
  query::PathCounts counts{with.run, filters, members};
};

using Counts = std::map<std::string, double>;

}  // namespace

TEST_CASE("j1ql 7.4 paths to either end are counted from every place of the chain") {
  Counting a("FIND Team AS t THAT OWNS App AS a THAT USES Disk AS d RETURN COUNT(*)");
  REQUIRE(a.with.run.plan->chain == 2);
  CHECK(a.beyond(true, 0) == Counts{{"t1", 5}, {"t2", 3}});
  CHECK(a.beyond(true, 1) == Counts{{"w1", 2}, {"w2", 1}, {"j1", 1}});
  CHECK(a.beyond(true, 2) == Counts{{"d1", 1}, {"d2", 1}, {"d3", 1}});
  CHECK(a.beyond(false, 2) == Counts{{"d1", 5}, {"d2", 3}});
  CHECK(a.beyond(false, 1) == Counts{{"w1", 3}, {"w2", 1}, {"j1", 1}, {"j2", 1}});
  CHECK(a.beyond(false, 0) == Counts{{"t1", 1}, {"t2", 1}, {"t3", 1}, {"t4", 1}});
}

TEST_CASE("j1ql 7.4 paths on both sides of a row make those through it") {
  Counting a("FIND Team AS t THAT OWNS App AS a THAT USES Disk AS d RETURN COUNT(*)");
  a.counts.count(true, 1);
  a.counts.count(false, 1);
  double paths = 0;
  a.for_rows(1, [&](std::uint32_t table, std::uint32_t row, query::PackedRef) {
    paths += a.counts.beyond(true, 1, table, row) * a.counts.beyond(false, 1, table, row);
  });
  CHECK(paths == 8);
}

TEST_CASE("j1ql 7.4 paths beyond a relationship are those of its ends") {
  Counting a("FIND Team AS t THAT OWNS AS o App AS a THAT USES Disk AS d RETURN COUNT(*)");
  const query::Place owns{true, 0};
  a.counts.count(true, owns);
  a.counts.count(false, owns);
  double right = 0;
  double left = 0;
  const query::PlanHop& hop = a.with.run.plan->hops[0];
  for (std::uint32_t at = 0; at < hop.tables.size(); ++at) {
    for (std::uint32_t row = 0; row < a.with.run.relationships(hop.tables[at].table).rows();
         ++row) {
      right += a.counts.beyond(true, owns, at, row);
      left += a.counts.beyond(false, owns, at, row);
    }
  }
  CHECK(right == 8);
  CHECK(left == 6);
}

TEST_CASE("j1ql 5.13, 7.4 a relationship taken both ways is on two paths") {
  Counting a("FIND App AS a THAT CALLS App AS b RETURN COUNT(*)");
  CHECK(a.beyond(true, 0) == Counts{{"w1", 3}, {"w2", 2}, {"j1", 1}});
  CHECK(a.beyond(false, 1) == Counts{{"w1", 3}, {"w2", 2}, {"j1", 1}});
}

TEST_CASE("j1ql 7.4 conditions on the way count") {
  Counting a("FIND Team AS t THAT OWNS App AS a THAT USES Disk WITH gb < 60 AS d RETURN COUNT(*)");
  CHECK(a.beyond(true, 0) == Counts{{"t1", 2}, {"t2", 1}});
  CHECK(a.beyond(false, 2) == Counts{{"d2", 3}});
}

}  // namespace callisto::test
