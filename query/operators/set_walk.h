// Expand over sets: from the rows that a group has at one place of the pattern to those it has at
// the next one, each once.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "query/executor/pattern_filters.h"
#include "query/operators/hop.h"
#include "query/operators/node_members.h"
#include "query/operators/place_rows.h"

namespace callisto::query {

// Belongs to one run. Rows are of the group that was walked last.
class SetWalk {
 public:
  // A place and what the group at hand has there.
  struct Stop {
    Place place{};
    std::vector<std::uint32_t> tables{};  // Types of a node, relationship tables of a hop.
    PlaceRows rows{};
    SeenRows seen;
    std::vector<std::vector<double>> paths{};  // To each row, when paths are counted.
    std::size_t charged = 0;                   // Bytes of the lists that the run was charged for.
    bool joins_more = false;  // Rows come from several places, and may be the same.
    bool counted = false;     // Nothing is asked of the rows but their number: `rows.count`.
  };

  // `members`: per node of the plan, the rows that may be on a path; must outlive this. `wanted`:
  // places besides the nodes of the chain that rows are asked of. `counts_paths`: along the chain.
  SetWalk(RunContext& run,
          PatternFilters& filters,
          std::span<NodeMembers> members,
          std::span<const Place> wanted,
          bool counts_paths);

  // The places of the chain that are walked, from left to right: all entities and the relationships
  // wanted.
  [[nodiscard]] std::size_t size() const { return chain_.size(); }

  [[nodiscard]] Stop& at(std::size_t index) { return *chain_[index]; }

  [[nodiscard]] std::size_t index_of(Place place) const;

  // The stop of any place that is walked; nullptr when it is not.
  [[nodiscard]] Stop* find(Place place);

  // Where the walk through the optionals ends; nullptr: it is not asked for.
  [[nodiscard]] Stop* last_optional() {
    const std::uint32_t end = plan_.grouping->last_step;
    return end == 0 ? nullptr : of_node_[plan_.hops[plan_.program[end - 1].index].node];
  }

  // Room for what is counted per row of a place.
  void prepare_paths(Stop& stop);

  // From a place of the chain to the one left or right of it. False when there are no rows.
  [[nodiscard]] bool advance(std::size_t from, std::size_t to);

  // Keeps of the rows at `to` those that lead to rows at `from`: the way back of advance(to, from).
  void keep_leading(std::size_t from, std::size_t to);

  // From the end of the chain through the optionals that come after it.
  void walk_optionals();

 private:
  void add_stop(Place place);
  template <class Take>
  void for_reached(const Stop& from, const Stop& to, std::uint32_t hop, bool right, Take&& take);
  template <class Take>
  void from_node(const Stop& from, const Stop& to, std::uint32_t hop, bool right, Take&& take);
  template <class Take>
  void from_edges(const Stop& from, std::uint32_t hop, bool right, Take&& take);
  [[nodiscard]] std::span<const std::uint32_t> tables_from(std::uint32_t hop,
                                                           std::uint32_t node,
                                                           std::uint32_t table,
                                                           bool right);
  void charge(Stop& stop) const;
  void expand(const Stop& from, Stop& to, std::uint32_t hop, bool right);
  [[nodiscard]] bool count_neighbours(const Stop& from, Stop& to, std::uint32_t hop, bool right);
  void expand_marking(const Stop& from, Stop& to, std::uint32_t hop, bool right);
  void expand_counting(const Stop& from, Stop& to, std::uint32_t hop, bool right);
  void expand_by_bitmaps(const Stop& from, Stop& to, std::uint32_t hop, bool right);
  [[nodiscard]] bool many(const Stop& from, const Stop& to, std::uint32_t hop) const;
  void walk_part(std::uint32_t& pc, std::vector<std::uint32_t>& standing);
  void expand_optional(std::uint32_t hop, std::span<const std::uint32_t> standing);

  RunContext& run_;
  const PhysicalPlan& plan_;
  PatternFilters& filters_;
  std::span<NodeMembers> members_;
  bool counts_paths_;
  std::deque<Stop> stops_;
  std::vector<Stop*> of_node_;
  std::vector<Stop*> of_hop_;
  std::vector<Stop*> chain_;
  std::vector<std::vector<std::vector<std::uint32_t>>> by_target_;  // Per hop, table of the right.
  std::vector<std::uint32_t> tables_;
  std::vector<std::vector<std::uint64_t>> bitmaps_;  // Per table of the place that is reached.
};

}  // namespace callisto::query
