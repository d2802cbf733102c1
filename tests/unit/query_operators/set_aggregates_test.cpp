// Aggregates over sets of rows against sums by hand (j1ql 7.4).
#include "query/operators/set_aggregates.h"

#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/query_operators/operator_run.h"

namespace callisto::test {
namespace {

using query::AggregateState;

constexpr std::size_t kNodes = 4'500;  // Three chunks, the last not full.
constexpr std::uint32_t kGroups = 3;

constexpr const char* kQuery =
    "FIND Node AS n RETURN COUNT(n), SUM(n.size), MIN(n.ratio), MAX(n.mixed), SUM(n.mixed), "
    "AVG(n.size * 2), COUNT(n.color), COUNT(n.mixed), SUM(n.none), COUNT(CONCAT(n.color, 'y')), "
    "SUM(n.color)";

// Each number of a property as the row of a node has it, beside it as JSON.
struct Plain {
  std::vector<double> sizes{};
  std::vector<double> ratios{};
  std::vector<double> mixed_numbers{};
  std::string mixed{};  // Empty: none.
  std::string color{};
};

Plain plain_of(std::size_t i) {
  Plain plain;
  if (i % 5 != 4) plain.sizes = {static_cast<double>(i % 97) - 20};
  if (i % 4 != 1) plain.ratios = {static_cast<double>(i % 13) * 0.5 - 1};
  switch (i % 6) {
    case 0:
      plain.mixed = std::to_string(i % 9);
      plain.mixed_numbers = {static_cast<double>(i % 9)};
      break;
    case 1:
      plain.mixed = "\"12\"";
      break;
    case 2:
      plain.mixed = "[" + std::to_string(i % 50) + ",\"x\",-3]";
      plain.mixed_numbers = {static_cast<double>(i % 50), -3};
      break;
    case 3:
      plain.mixed = "true";
      break;
    case 4:
      plain.mixed = "[]";
      break;
    default:
      break;
  }
  if (i % kChunkRows < 1900) plain.color = "\"c" + std::to_string(i / 3 % 11) + '"';
  return plain;
}

std::string node(std::size_t i) {
  const Plain plain = plain_of(i);
  const auto number = [](const std::vector<double>& numbers) {
    return to_json(Value(numbers.at(0)));
  };
  std::string json;
  if (!plain.sizes.empty()) json += ",\"size\":" + number(plain.sizes);
  if (!plain.ratios.empty()) json += ",\"ratio\":" + number(plain.ratios);
  if (!plain.mixed.empty()) json += ",\"mixed\":" + plain.mixed;
  if (!plain.color.empty()) json += ",\"color\":" + plain.color;
  return json;
}

const SnapshotPtr& graph() {
  static const SnapshotPtr snapshot = nodes(kNodes, node);
  return snapshot;
}

struct Wanted {
  std::uint64_t count = 0;
  double sum = 0;
  double best = 0;
  std::set<std::string> values{};
};

using Group = std::vector<Wanted>;

void take(Wanted& wanted, const std::vector<double>& numbers, bool smallest, double factor = 1) {
  for (const double number : numbers) {
    const bool better = smallest ? number < wanted.best : number > wanted.best;
    if (wanted.count == 0 || better) wanted.best = number;
    wanted.sum += number * factor;
    ++wanted.count;
  }
}

void count_value(Wanted& wanted, const std::string& value) {
  if (!value.empty()) wanted.values.insert(value);
  wanted.count = wanted.values.size();
}

void take(Group& group, const Plain& plain) {
  ++group[0].count;
  take(group[1], plain.sizes, false);
  take(group[2], plain.ratios, true);
  take(group[3], plain.mixed_numbers, false);
  take(group[4], plain.mixed_numbers, false);
  take(group[5], plain.sizes, false, 2);
  count_value(group[6], plain.color);
  count_value(group[7], plain.mixed);
  count_value(group[9], plain.color.empty() ? "none" : plain.color);
}

// Rows stand in the order of their keys only if the graph keeps that of the upload.
Plain plain_of_row(const OperatorRun& with, std::uint32_t row) {
  return plain_of(std::stoul(with.key(query::pack(with.type(), row)).substr(1)));
}

void check(query::GroupTable& groups,
           std::uint32_t group,
           const Group& wanted,
           bool with_values = true) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const bool values = i == 6 || i == 7 || i == 9;
    if (values && !with_values) continue;
    INFO("group " << group << ", aggregate " << i);
    const AggregateState& state = groups.state(group, i);
    CHECK(state.count == wanted[i].count);
    if (i == 0 || values) continue;
    if (i == 2 || i == 3) {
      CHECK(state.best == wanted[i].best);
    } else {
      CHECK(state.sum == wanted[i].sum);
    }
  }
}

// An operator over the graph.
struct Aggregation {
  OperatorRun with{kQuery, graph()};
  query::GroupTable groups{with.run};
  query::Evaluator evaluator{with.run};
  query::SetAggregates aggregates{with.run, evaluator, groups};
  std::size_t count = with.run.query().aggregates.size();
  std::vector<Group> wanted = std::vector<Group>(kGroups, Group(count));
};

}  // namespace

TEST_CASE("j1ql 7.4 aggregates of rows, one group after the other") {
  Aggregation a;
  REQUIRE(a.count == 11);
  for (std::uint32_t group = 0; group < kGroups; ++group) {
    (void)a.groups.add({});
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < kNodes; ++row) {
      // A row may be in several groups.
      if (row % kGroups != group && row % 10 != 0) continue;
      rows.push_back(row);
      take(a.wanted[group], plain_of_row(a.with, row));
    }
    for (std::size_t i = 0; i < a.count; ++i) {
      a.aggregates.add_rows(i, group, a.with.type(), rows);
    }
  }
  for (std::uint32_t group = 0; group < kGroups; ++group) {
    check(a.groups, group, a.wanted[group]);
  }
}

TEST_CASE("j1ql 7.4 aggregates of chunks, groups in turn") {
  Aggregation a;
  for (std::uint32_t group = 0; group < kGroups; ++group) {
    (void)a.groups.add({});
  }
  for (std::uint32_t chunk = 0; chunk < a.with.table().chunks().size(); ++chunk) {
    RowMask rows;
    query::RowNumbers groups{};
    for (std::uint32_t row = 0; row < a.with.table().chunks()[chunk]->rows(); ++row) {
      if (row % 7 == 0) continue;
      rows.set(row);
      groups[row] = row * 5 % kGroups;
      take(a.wanted[groups[row]], plain_of_row(a.with, chunk * kChunkRows + row));
    }
    for (std::size_t i = 0; i < a.count; ++i) {
      if (a.aggregates.takes_mixed(i)) {
        a.aggregates.add_chunk(i, a.with.type(), chunk, rows, &groups);
      }
    }
  }
  for (const std::size_t values : {6U, 7U, 9U}) {
    CHECK_FALSE(a.aggregates.takes_mixed(values));
  }
  for (std::uint32_t group = 0; group < kGroups; ++group) {
    check(a.groups, group, a.wanted[group], false);
  }
}

TEST_CASE("j1ql 7.4 aggregates of chunks that are all of one group") {
  Aggregation a;
  (void)a.groups.add({});
  for (std::uint32_t chunk = 0; chunk < a.with.table().chunks().size(); ++chunk) {
    RowMask rows;
    for (std::uint32_t row = chunk; row < a.with.table().chunks()[chunk]->rows(); row += 3) {
      rows.set(row);
      take(a.wanted[0], plain_of_row(a.with, chunk * kChunkRows + row));
    }
    for (std::size_t i = 0; i < a.count; ++i) {
      a.aggregates.add_chunk(i, a.with.type(), chunk, rows, nullptr);
    }
  }
  check(a.groups, 0, a.wanted[0]);
}

TEST_CASE("j1ql 7.4 a value is counted once in each group that has it") {
  Aggregation a;
  const std::vector<std::uint32_t> rows{0, 1, 2, 3, 4, 5};
  for (std::uint32_t group = 0; group < kGroups; ++group) {
    (void)a.groups.add({});
    a.aggregates.add_rows(6, group, a.with.type(), rows);
    a.aggregates.add_rows(6, group, a.with.type(), rows);  // As by another relationship table.
    CHECK(a.groups.state(group, 6).count == 2);
  }
}

}  // namespace callisto::test
