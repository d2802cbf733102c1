// The one loop over relationships: from rows on one side of a hop to those on the other.
#pragma once

#include <cstdint>

#include "core/graph/relationship_table.h"
#include "query/executor/run_context.h"
#include "query/executor/table_filter.h"

namespace callisto::query {

// One relationship table of a hop, seen from one of its sides. Belongs to one run.
class HopLoop {
 public:
  // `at`: an index into the hop's tables. `rightwards`: from its left entity to its right one.
  HopLoop(const RunContext& run,
          const PlanHop& hop,
          HopFilter& filter,
          std::uint32_t at,
          bool rightwards)
      : guard_(run.guard),
        filter_(filter),
        table_(run.relationships(hop.tables[at].table)),
        at_(at),
        out_(hop.tables[at].forward == rightwards),
        self_(hop.excludes_self && hop.tables[at].source_type == hop.tables[at].target_type),
        plain_(filter.trivial() && !self_) {}

  [[nodiscard]] Neighbours neighbours(std::uint32_t row) const {
    return out_ ? table_.out(row) : table_.in(row);
  }

  // Every relationship of the table counts, whatever its ends.
  [[nodiscard]] bool plain() const { return plain_; }

  // Adjacency blocks by chunk of this side, or of the other.
  [[nodiscard]] std::span<const std::shared_ptr<const AdjacencyBlock>> blocks(bool other) const {
    return out_ != other ? table_.out_blocks() : table_.in_blocks();
  }

  // The row on this side, or on the other, that a relationship row has.
  [[nodiscard]] std::uint32_t end_of(std::uint32_t relationship, bool other) const {
    return out_ != other ? table_.from_row(relationship) : table_.to_row(relationship);
  }

  // Calls visit(neighbour, relationship row) for each relationship of `row` that the hop takes.
  // Nothing once the run has to end.
  template <class Visit>
  void for_each(std::uint32_t row, Visit&& visit) const {
    const Neighbours found = neighbours(row);
    const std::size_t count = found.rows.size();
    if (guard_.step(1 + static_cast<std::uint32_t>(count))) return;
    if (plain_) {
      for (std::size_t i = 0; i < count; ++i) {
        visit(found.rows[i], found.edges[i]);
      }
      return;
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (self_ && found.rows[i] == row) continue;
      if (filter_.matches(at_, found.edges[i])) visit(found.rows[i], found.edges[i]);
    }
  }

  // Whether a relationship of `row` that the hop takes has `wanted(neighbour)`.
  template <class Wanted>
  [[nodiscard]] bool any(std::uint32_t row, Wanted&& wanted) const {
    const Neighbours found = neighbours(row);
    for (std::size_t i = 0; i < found.rows.size(); ++i) {
      if (guard_.step()) return false;
      if (self_ && found.rows[i] == row) continue;
      if (wanted(found.rows[i]) && (plain_ || filter_.matches(at_, found.edges[i]))) return true;
    }
    return false;
  }

 private:
  Guard& guard_;
  HopFilter& filter_;
  const RelationshipTable& table_;
  std::uint32_t at_;
  bool out_;   // From this side the relationship goes out.
  bool self_;  // A row is not its own neighbour.
  bool plain_;
};

}  // namespace callisto::query
