// What every operator of one run shares: the pinned graph version, options, constants, limits.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/graph/snapshot.h"
#include "core/values/arena.h"
#include "query/executor/constants.h"
#include "query/executor/guard.h"
#include "query/executor/run_profile.h"
#include "query/optimizer/physical_plan.h"

namespace callisto::query {

// An entity or relationship on a path: table (or type) in the high half, row in the low one.
using PackedRef = std::uint64_t;
inline constexpr PackedRef kUnbound = ~PackedRef{0};

[[nodiscard]] inline PackedRef pack(std::uint32_t table, std::uint32_t row) {
  return PackedRef{table} << 32U | row;
}

[[nodiscard]] inline std::uint32_t table_of(PackedRef ref) {
  return static_cast<std::uint32_t>(ref >> 32U);
}

[[nodiscard]] inline std::uint32_t row_of(PackedRef ref) {
  return static_cast<std::uint32_t>(ref);
}

struct RunContext {
  SnapshotPtr snapshot;
  std::shared_ptr<const PhysicalPlan> plan;
  const Constants* constants = nullptr;
  Guard& guard;
  RunProfile* profile = nullptr;  // Profiled runs only.
  // By table; nullptr or missing: as in the snapshot. See widen().
  std::vector<std::shared_ptr<const RelationshipTable>> widened{};

  // Where to measure; nullptr when nobody asks.
  [[nodiscard]] Figures* node_figures(std::size_t node) const {
    return profile == nullptr ? nullptr : &profile->nodes[node];
  }

  [[nodiscard]] Figures* hop_figures(std::size_t hop) const {
    return profile == nullptr ? nullptr : &profile->hops[hop];
  }

  [[nodiscard]] const BoundQuery& query() const { return plan->query(); }

  // Makes the hops of the plan lead over soft-deleted relationships, too, when the run asks for
  // deleted objects (j1ql 8.4). Complexity: linear in the rows of their tables.
  void widen();

  // A table as a hop walks it.
  [[nodiscard]] const RelationshipTable& relationships(std::uint32_t table) const {
    if (table < widened.size() && widened[table]) return *widened[table];
    return *snapshot->relationship_tables()[table];
  }

  [[nodiscard]] bool plain_layer() const { return plan->layer == LayerView::Effective; }

  [[nodiscard]] bool is_relationship(VariableId variable) const {
    return query().variables[variable].relationship;
  }

  // The table of a reference of a variable of that kind.
  [[nodiscard]] const PropertyTable& table(bool relationship, PackedRef ref) const {
    if (relationship) return *snapshot->relationship_tables()[table_of(ref)];
    return *snapshot->entity_table({table_of(ref)});
  }

  // Any property; Null when absent, unbound or unknown to the graph. Text lives in the snapshot or
  // in `scratch`.
  [[nodiscard]] ValueView value(bool relationship,
                                PackedRef ref,
                                PropertyId property,
                                Arena& scratch) const;
};

// Whether any text among an object's properties passes (full-text search).
[[nodiscard]] bool any_text(const RunContext& run,
                            bool relationship,
                            PackedRef ref,
                            const StringMatcher& matcher);

// Whether a condition holds. `read(ReadId)` gives the value of a property, `text(VariableId,
// matcher)` answers full-text conditions. Of a stopped run the answer means nothing.
template <class Read, class Text>
bool holds(const Condition& condition, const RunContext& run, Read&& read, Text&& text) {
  switch (condition.kind) {
    case Condition::Kind::All:
      for (const Condition& part : condition.parts) {
        if (!holds(part, run, read, text)) return false;
      }
      return true;
    case Condition::Kind::Any:
      for (const Condition& part : condition.parts) {
        if (holds(part, run, read, text)) return true;
      }
      return false;
    case Condition::Kind::Not:
      return !holds(condition.parts[0], run, read, text);
    case Condition::Kind::Text:
      return text(condition.subject, *(*run.constants)[condition.constant].matcher);
    case Condition::Kind::Compare:
      break;
  }
  const ValueView left = read(condition.left);
  if (condition.right != kNone) {
    return passes_any(left, condition.test, read(condition.right), run.guard);
  }
  if (condition.constant == kNone) return !left.is_null();
  return passes(left, condition.test, (*run.constants)[condition.constant], run.guard);
}

}  // namespace callisto::query
