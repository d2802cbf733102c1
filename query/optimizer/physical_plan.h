// How a query runs on one graph version: which tables, from which end, by which form. Immutable
// after it is made; holds no pointer into the graph.
//
//   nodes    the entity variables of the pattern, in order; hops connect them
//   program  the pattern as a walk: Expand, Optional .. Leave, Absent .. End
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/graph/property_table.h"
#include "core/names/names.h"
#include "query/planner/logical_plan.h"

namespace callisto::query {

struct NodeTable {
  TypeId type{};
  bool tests_class = false;  // Not every row has one of the classes.
};

// How the rows of a node are found when it is the one to start from.
enum class Access : std::uint8_t { Scan, IdLookup, KeyLookup };

struct PlanNode {
  VariableId variable = kNoVariable;
  const Condition* filter = nullptr;  // nullptr: none. Owned by the logical plan.
  std::vector<ClassId> classes{};     // Any of these, for tables that test.
  std::vector<NodeTable> tables{};    // Sorted by type.
  Access access = Access::Scan;
  std::vector<ConstantId> sought{};  // IdLookup, KeyLookup: the ids or keys.
  // Scan: the equality that goes through an index where a table has one. Part of `filter`.
  const Condition* seek = nullptr;
  double rows = 0;      // Live rows of its tables and classes.
  double estimate = 0;  // Of these, expected to pass the filter.
  double joined = 0;    // Chain: expected after the semi-joins from the pivot.
  std::string label{};

  [[nodiscard]] std::optional<std::uint32_t> table_of(TypeId type) const;
};

// One relationship table in one orientation. `forward`: the left entity is its from-end.
struct HopTable {
  std::uint32_t table = 0;
  bool forward = true;
  std::uint32_t source = 0;  // Index into the tables of the left node; chains only.
  std::uint32_t target = 0;  // Index into the tables of the right node.
  TypeId source_type{};
  TypeId target_type{};
};

struct HopSource {
  TypeId type{};
  std::uint32_t begin = 0;  // Into PlanHop::tables.
  std::uint32_t end = 0;
};

struct PlanHop {
  std::uint32_t node = 0;  // The right node.
  VariableId relationship = kNoVariable;
  const Condition* filter = nullptr;  // On the relationship.
  const Condition* seek = nullptr;    // As PlanNode::seek.
  std::vector<HopTable> tables{};     // Grouped by source type; the order of rows of an answer.
  std::vector<HopSource> sources{};   // Sorted by type.
  std::vector<VariableId> distinct_from{};  // Entities on the path that the new one could repeat.
  bool excludes_self = false;               // The left node is among them.
  const Condition* between = nullptr;       // On the relationship and both of its ends.
  const Condition* path = nullptr;          // On the path up to the new entity.
  VariableId same_as = kNoVariable;         // The earlier entity that the new one has to be.
  double relationships = 0;                 // Live rows of its tables.
  double paths = 0;                         // Of a walk, expected after this hop.
  std::string label{};

  [[nodiscard]] const HopSource* source_of(TypeId type) const;
};

struct Instruction {
  enum class Op : std::uint8_t {
    Expand,    // Over hop `index`.
    Optional,  // Take what follows, or skip to the Leave at `jump`.
    Leave,     // End of an optional; `variable`, if any, names the entity it ends at.
    Absent,    // No walk through what follows, up to its End, may exist; goes on at `jump`.
    End,
  };

  Op op = Op::End;
  std::uint32_t index = 0;
  std::uint32_t jump = 0;
  VariableId variable = kNoVariable;
  bool every_path = false;          // Optional: skipped as well where it could be taken.
  std::vector<VariableId> binds{};  // Optional, Absent: the variables inside.
};

// A place of the pattern that rows are about: an entity, or the relationship of a hop.
struct Place {
  bool relationship = false;
  std::uint32_t index = 0;  // Into the nodes or the hops of the plan.

  bool operator==(const Place&) const = default;

  // Places of the chain from left to right.
  [[nodiscard]] std::uint32_t position() const { return 2 * index + (relationship ? 1U : 0U); }
};

// Groups and aggregates that sets of rows answer, so that no path is enumerated: keys on the chain,
// each aggregate of one place.
struct Grouping {
  struct Keys {
    Place place{};
    std::vector<std::uint32_t> items{};
  };

  struct Aggregated {
    std::uint32_t aggregate = 0;  // Into the aggregates of the query.
    Place place{};
  };

  std::vector<Keys> keys{};                  // From left to right.
  std::vector<Aggregated> aggregated{};      // All but COUNT(*).
  std::vector<std::uint32_t> path_counts{};  // The aggregates that are COUNT(*).
  bool rightwards = true;                    // The order in which the keys are fixed.
  std::uint32_t last_step = 0;  // Of the program: what is asked for ends there; 0: with the chain.

  [[nodiscard]] bool counts_paths() const { return !path_counts.empty(); }
};

struct PhysicalPlan {
  std::shared_ptr<const LogicalPlan> logical;
  std::uint64_t version = 0;  // Of the snapshot it was made for.
  bool optimized = true;
  bool include_deleted = false;
  bool revisits = false;
  LayerView layer = LayerView::Effective;

  std::vector<PropertyId> reads{};  // Per read of the query; kNoProperty: not in this graph.
  std::vector<PlanNode> nodes{};
  std::vector<PlanHop> hops{};
  std::vector<Instruction> program{};

  std::uint32_t chain = 0;         // Hops before the first optional or negation: reducible.
  bool linear = false;             // Nothing but the chain and perhaps a negation at its end.
  std::uint32_t negation = kNone;  // Index of the chain's Absent.
  bool negation_by_sets = false;   // Its part of the pattern can be answered by semi-joins.
  bool negation_free = false;      // The negation does not depend on earlier entities of the path.
  bool exact = false;              // Reduced sets hold only rows of real paths.
  bool reduces = false;            // Set form first.
  bool by_sets = false;            // And the sets alone hold what the answer needs.
  std::uint32_t pivot = 0;         // Node of the chain to start from.
  std::uint32_t first_exact = 0;   // First and last node whose sets have to be exact.
  std::uint32_t exact_node = 0;
  std::optional<std::uint32_t> subject{};  // All that the answer shows is about this node.
  std::optional<Grouping> grouping{};
  std::vector<Warning> warnings{};

  [[nodiscard]] const BoundQuery& query() const { return *logical->query; }
};

}  // namespace callisto::query
