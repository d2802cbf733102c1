// GROUP BY without paths: keys on the chain of a pattern, aggregates of one place each, from sets
// of rows (j1ql 7.4, 7.8).
//
//   no key        each aggregate takes the rows that its place has on any path
//   one place     rows are numbered by their keys; a group's rows lead to those of other places
//   more places   the same, split at each further place by the keys that rows have there
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "query/executor/pattern_filters.h"
#include "query/operators/group_keys.h"
#include "query/operators/group_table.h"
#include "query/operators/path_counts.h"
#include "query/operators/set_aggregates.h"
#include "query/operators/set_walk.h"

namespace callisto::query {

class SetAggregation {
 public:
  // `sets`: of the nodes of the chain, the rows on whole paths; empty: rows were not reduced, and
  // the pattern is one hop at most. All must outlive this.
  SetAggregation(RunContext& run, PatternFilters& filters, std::span<const NodeSet> sets);

  // The rows of the answer.
  [[nodiscard]] CellTable run();

 private:
  // A row of a place with the number of its key.
  struct Member {
    std::uint32_t number = 0;
    std::uint32_t table = 0;
    std::uint32_t row = 0;

    auto operator<=>(const Member&) const = default;
  };

  // The keys of one place.
  struct KeyPlace {
    Place place{};
    std::size_t index = 0;  // In the chain that is walked, once there is a walk.
    GroupKeys keys;
    std::vector<std::vector<std::uint32_t>> numbers{};  // Per table and row; kNone: not yet known.
  };

  [[nodiscard]] static std::vector<Place> wanted_places(const Grouping& grouping);
  void add_keys();
  SetWalk& walk();
  void place_aggregates();
  void count_alone(SetWalk::Stop& stop) const;
  void aggregate_all();
  [[nodiscard]] bool own_place_only() const;
  void aggregate_own();
  void aggregate_groups();
  // Calls visit(table of the node, chunk, rows) for the rows on paths.
  template <class Visit>
  void for_chunks(std::uint32_t node, Visit&& visit);
  template <class Visit>
  void for_chunks_of_list(std::span<const std::uint32_t> rows, Visit&& visit);
  void load_rows(std::size_t index);
  [[nodiscard]] std::uint32_t number_of(KeyPlace& place, std::uint32_t table, std::uint32_t row);
  // Rows with equal keys stand together, begins[i] .. begins[i + 1].
  [[nodiscard]] std::vector<Member> sorted_by_key(KeyPlace& place,
                                                  const SetWalk::Stop& stop,
                                                  std::vector<std::uint32_t>& begins);
  void split_by_keys(std::size_t key);
  void fix_key(std::size_t key);
  void finish_group();
  [[nodiscard]] bool spread(std::size_t begin, std::size_t end);
  [[nodiscard]] std::uint32_t add_group();
  void take_rows(std::uint32_t group);
  void take_place(std::uint32_t group, const Grouping::Aggregated& one);
  void start_paths(SetWalk::Stop& stop) const;
  [[nodiscard]] double paths_of_group();
  void count_paths(std::uint32_t group, double paths);

  RunContext& run_;
  const PhysicalPlan& plan_;
  const Grouping& grouping_;
  PatternFilters& filters_;
  bool reduced_;
  GroupTable groups_;
  Evaluator evaluator_;
  SetAggregates aggregates_;
  std::vector<NodeMembers> members_;  // Per node.
  PathCounts path_counts_;
  std::optional<SetWalk> walk_;         // Once rows are walked from one place to another.
  std::vector<KeyPlace> keys_;          // In the order in which they are fixed.
  std::vector<std::uint32_t> numbers_;  // Of the group at hand, per key place.
  std::vector<std::pair<std::size_t, std::size_t>> cell_of_item_;  // Key place and expression.
  std::vector<Cell> cells_;
  std::size_t first_wanted_ = 0;  // Of the chain: how far a group is walked.
  std::size_t last_wanted_ = 0;
  bool optionals_wanted_ = false;
  bool sweeps_ = false;  // Aggregates ask for rows before the last key.
};

}  // namespace callisto::query
