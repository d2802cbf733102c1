// Reads properties of whatever a path holds.
#include "query/executor/run_context.h"

#include "core/graph/relationship_table_writer.h"
#include "query/executor/metered.h"

namespace callisto::query {

ValueView RunContext::value(bool relationship,
                            PackedRef ref,
                            PropertyId property,
                            Arena& scratch) const {
  if (ref == kUnbound || property == kNoProperty) return {};
  const PropertyTable& owner = table(relationship, ref);
  const std::uint32_t row = row_of(ref);
  if (plain_layer()) {
    if (const auto slot = owner.slot(property)) {
      const Column* column = owner.chunk_of(row).column(*slot);
      return column == nullptr ? ValueView{} : column->at(row % kChunkRows, scratch);
    }
    if (!metadata::is_metadata(property)) return {};
  }
  if (relationship) {
    return snapshot->value(RelationshipRef{table_of(ref), row}, property, scratch, plan->layer);
  }
  return snapshot->value(EntityRef{{table_of(ref)}, row}, property, scratch, plan->layer);
}

void RunContext::widen() {
  if (!plan->include_deleted) return;
  const auto tables = snapshot->relationship_tables();
  widened.resize(tables.size());
  for (const PlanHop& hop : plan->hops) {
    for (const HopTable& at : hop.tables) {
      const std::shared_ptr<const RelationshipTable>& table = tables[at.table];
      if (widened[at.table] || table->live_rows() == table->rows()) continue;
      if (guard.step(table->rows())) return;
      widened[at.table] =
          RelationshipTableWriter::with_deleted(table,
                                                *snapshot->entity_table(table->from_type()),
                                                *snapshot->entity_table(table->to_type()));
      if (guard.hold(widened[at.table]->adjacency_bytes())) return;
    }
  }
}

bool any_text(const RunContext& run,
              bool relationship,
              PackedRef ref,
              const StringMatcher& matcher) {
  if (ref == kUnbound) return false;
  Arena scratch;
  const MeteredMatcher metered(matcher, run.guard);
  const Predicate predicate{.test = Test::Matches, .matcher = &metered};
  for (const PropertyId property : run.table(relationship, ref).properties()) {
    if (property == kNoProperty) continue;
    if (run.guard.stopped()) return false;
    if (callisto::passes(run.value(relationship, ref, property, scratch), predicate)) return true;
  }
  for (std::uint32_t id = 0; id < metadata::kCount; ++id) {
    if (callisto::passes(run.value(relationship, ref, PropertyId{id}, scratch), predicate)) {
      return true;
    }
  }
  return false;
}

}  // namespace callisto::query
