// Logical plan + graph version -> physical plan.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/graph/snapshot.h"
#include "query/optimizer/physical_plan.h"
#include <callisto/query_options.h>
#include <callisto/query_result.h>

namespace callisto::query {

// Looks all names up, warns of those the graph does not have, picks the end to start from.
// Errors: none of the graph's making; LimitExceeded never.
// Complexity: linear in the types and relationship tables that the pattern names.
[[nodiscard]] std::shared_ptr<const PhysicalPlan> optimize(
    std::shared_ptr<const LogicalPlan> logical,
    const Snapshot& snapshot,
    const QueryOptions& options);

// The share of a node's rows that is expected to fulfil a condition, from a sample of its largest
// table. Complexity: a pass over a few chunks for each property the condition compares.
[[nodiscard]] double estimate_selectivity(const PlanNode& node,
                                          const Condition& condition,
                                          const PhysicalPlan& plan,
                                          const Snapshot& snapshot);

// Rows of a node that are expected to pass its filter.
[[nodiscard]] double estimate_rows(const PlanNode& node,
                                   const PhysicalPlan& plan,
                                   const Snapshot& snapshot);

// Rows and paths that are expected on the way from the pivot. Called when the form is chosen.
void estimate_joins(PhysicalPlan& plan);

// Picks the equalities that go through an index: of those on a table that is worth one, the most
// selective. Where the index is made only by a later look-up, the run scans (value_index.h).
void choose_indexes(PhysicalPlan& plan, const Snapshot& snapshot);

// A later entity that could repeat one that is not next to it: sets alone cannot tell.
[[nodiscard]] bool repeats_at_distance(const PhysicalPlan& plan, const PlanHop& hop);

// Finds out whether sets of rows answer groups and aggregates. Called when the form is chosen.
void choose_grouping(PhysicalPlan& plan);

// Chooses access paths, the pivot and the form. Called by optimize().
void choose_form(PhysicalPlan& plan, const Snapshot& snapshot);

// Warnings for classes, types, verbs and properties that the graph does not have, with the nearest
// name it has (j1ql 3.3, 5.7: not errors).
void warn_of_unknown_names(PhysicalPlan& plan, const Snapshot& snapshot);

// Warnings for comparisons with a kind of value that the property never has: a number against a
// text and so on (j1ql 4.3, 12.9: nothing is converted). Complexity: a few values per comparison
// where the kinds fit, else a pass over the property's columns.
void warn_of_kinds(PhysicalPlan& plan, const Snapshot& snapshot);

// The same of variables and stored parameters, whose values a run has. `value_of`: of a constant,
// in expressions.
[[nodiscard]] std::vector<Warning> variable_warnings(
    const PhysicalPlan& plan,
    const Snapshot& snapshot,
    const std::function<ValueView(ConstantId)>& value_of);

}  // namespace callisto::query
