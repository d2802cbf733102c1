// Counting and cutting by columns.
#include "query/executor/counting.h"

#include <algorithm>
#include <vector>

namespace callisto::query {

namespace {

const Column* stored_column(const RunContext& run,
                            std::uint32_t type,
                            std::uint32_t chunk,
                            PropertyId property) {
  const EntityTable& table = *run.snapshot->entity_table({type});
  const auto slot = property == kNoProperty ? std::nullopt : table.slot(property);
  return slot ? table.chunks()[chunk]->column(*slot) : nullptr;
}

bool counts_entities_only(const BoundQuery& query) {
  return !query.unwinds() && query.has_aggregates() &&
         std::all_of(query.aggregates.begin(), query.aggregates.end(), [](const Aggregate& one) {
           return one.function == AggregateFunction::Count && one.read == kNone;
         });
}

// The property that is the only group key; kNone: no key. nullopt: something else is.
std::optional<ReadId> only_key(const BoundQuery& query) {
  ReadId key = kNone;
  for (const Item& item : query.items) {
    if (item.aggregates) continue;
    if (item.expression.kind != Expression::Kind::Read || key != kNone) return std::nullopt;
    key = item.expression.index;
  }
  return key;
}

// Counts the codes of the rows of a mask, then each distinct value once.
void count_codes(const Column& column,
                 const RowMask& rows,
                 PackedRef first_row,
                 PathSource& source,
                 Grouper& grouper) {
  std::vector<std::uint32_t> counts(column.coded_values().size());
  std::vector<std::uint32_t> example(counts.size());
  const auto codes = column.codes8();
  rows.for_each([&](std::uint32_t row) {
    const std::uint32_t code = column.code_width() == 1 ? codes[row] : column.code(row);
    ++counts[code];
    example[code] = row;
  });
  for (std::size_t code = 0; code < counts.size(); ++code) {
    if (counts[code] == 0) continue;
    const auto path = source.row_of_entity(first_row + example[code]);
    grouper.add_count(grouper.group_of(path), counts[code]);
  }
}

// Group numbers of the rows of one table; kNone where a row is not in the set.
class GroupNumbers {
 public:
  GroupNumbers(const RunContext& run, std::uint32_t type, const RowSet& rows)
      : run_(run), type_(type) {
    const EntityTable& table = *run.snapshot->entity_table({type});
    if (!rows.empty()) groups_.assign(table.rows(), kNone);
  }

  void fill(const RowSet& rows, VariableId variable, Grouper& grouper) {
    const EntityTable& table = *run_.snapshot->entity_table({type_});
    const std::optional<ReadId> key = only_key(run_.query());
    std::vector<PackedRef> path(run_.query().variables.size(), kUnbound);
    std::uint32_t current = kNone;
    const Column* coded = nullptr;
    std::vector<std::uint32_t> of_code;
    rows.for_each(table, [&](std::uint32_t row) {
      if (run_.guard.stopped()) return;
      if (row / kChunkRows != current) {
        current = row / kChunkRows;
        coded = nullptr;
        if (key && *key != kNone && run_.plain_layer()) {
          coded = stored_column(run_, type_, current, run_.plan->reads[*key]);
        }
        if (coded != nullptr && coded->kind() != Column::Kind::Coded) coded = nullptr;
        if (coded != nullptr) of_code.assign(coded->coded_values().size(), kNone);
      }
      const std::uint32_t at = row % kChunkRows;
      path[variable] = pack(type_, row);
      if (coded == nullptr || at >= coded->rows()) {
        groups_[row] = grouper.group_of(path);
        return;
      }
      std::uint32_t& group = of_code[coded->code(at)];
      if (group == kNone) group = grouper.group_of(path);
      groups_[row] = group;
    });
  }

  [[nodiscard]] std::uint32_t operator[](std::uint32_t row) const {
    return groups_.empty() ? kNone : groups_[row];
  }

 private:
  const RunContext& run_;
  std::uint32_t type_;
  std::vector<std::uint32_t> groups_;
};

}  // namespace

bool count_members(RunContext& run, PathSource& source, Grouper& grouper) {
  const BoundQuery& query = run.query();
  const std::optional<ReadId> key = only_key(query);
  if (!counts_entities_only(query) || !key || !run.plain_layer() || !source.by_chunks()) {
    return false;
  }
  std::uint32_t type = 0;
  std::uint32_t chunk = 0;
  RowMask rows;
  while (source.next_mask(type, chunk, rows)) {
    const PackedRef first_row = pack(type, chunk * kChunkRows);
    if (*key == kNone) {
      const std::uint32_t count = rows.count();
      if (count > 0) grouper.add_count(grouper.group_of(source.row_of_entity(first_row)), count);
      continue;
    }
    const Column* column = stored_column(run, type, chunk, run.plan->reads[*key]);
    const bool coded =
        column != nullptr && column->kind() == Column::Kind::Coded &&
        column->rows() == run.snapshot->entity_table({type})->chunks()[chunk]->rows();
    if (coded) {
      count_codes(*column, rows, first_row, source, grouper);
      continue;
    }
    bool goes_on = true;
    rows.for_each([&](std::uint32_t row) {
      goes_on = goes_on && grouper.add(source.row_of_entity(first_row + row));
    });
    if (!goes_on) break;
  }
  return true;
}

void count_pairs(RunContext& run, PathSource& source, Grouper& grouper) {
  const PhysicalPlan& plan = *run.plan;
  const PairCount& pair = *plan.pair_count;
  const PlanHop& hop = plan.hops[pair.hop];
  const std::span<const NodeSet> sets = source.reduced_sets();
  const std::uint32_t key_node = pair.key_left ? pair.hop : pair.hop + 1;
  const std::uint32_t counted_node = pair.key_left ? pair.hop + 1 : pair.hop;
  const PlanNode& keys = plan.nodes[key_node];
  std::vector<GroupNumbers> groups;
  for (std::uint32_t i = 0; i < keys.tables.size(); ++i) {
    const RowSet& rows = sets[key_node][i];
    groups.emplace_back(run, keys.tables[i].type.value, rows);
    if (!rows.empty()) groups.back().fill(rows, keys.variable, grouper);
  }
  std::vector<std::uint32_t> marked;  // Per group: the counted entity that marked it last.
  std::vector<std::uint64_t> counts;
  std::uint32_t entity = 0;
  HopFilter& edges = source.filters().hops[pair.hop];
  const auto count_from = [&](std::uint32_t at, std::uint32_t row) {
    const HopTable& table = hop.tables[at];
    const RelationshipTable& relationships = *run.snapshot->relationship_tables()[table.table];
    // Seen from the counted side.
    const bool out = table.forward != pair.key_left;
    const Neighbours neighbours = out ? relationships.out(row) : relationships.in(row);
    const GroupNumbers& numbers = groups[pair.key_left ? table.source : table.target];
    const bool self = hop.excludes_self && table.source_type == table.target_type;
    for (std::size_t i = 0; i < neighbours.rows.size(); ++i) {
      const std::uint32_t group = numbers[neighbours.rows[i]];
      if (group == kNone || (self && neighbours.rows[i] == row)) continue;
      if (!edges.matches(at, neighbours.edges[i])) continue;
      if (group >= marked.size()) {
        marked.resize(group + 1, 0);
        counts.resize(group + 1, 0);
      }
      if (marked[group] == entity) continue;
      marked[group] = entity;
      ++counts[group];
    }
  };
  for (std::uint32_t i = 0; i < plan.nodes[counted_node].tables.size(); ++i) {
    const RowSet& rows = sets[counted_node][i];
    if (rows.empty()) continue;
    rows.for_each(source.filters().nodes[counted_node].at(i).table(), [&](std::uint32_t row) {
      if (run.guard.step(8)) return;
      ++entity;
      for (std::uint32_t at = 0; at < hop.tables.size(); ++at) {
        const HopTable& table = hop.tables[at];
        if ((pair.key_left ? table.target : table.source) == i) count_from(at, row);
      }
    });
  }
  for (std::uint32_t group = 0; group < counts.size(); ++group) {
    grouper.add_count(group, counts[group]);
  }
}

bool sort_members(RunContext& run, PathSource& source, PathSorter& sorter) {
  const BoundQuery& query = run.query();
  const SortKey& key = query.order_by.front();
  ReadId read = key.read;
  if (read == kNone && query.items[key.column].expression.kind == Expression::Kind::Read) {
    read = query.items[key.column].expression.index;
  }
  const bool numeric = read != kNone && query.limit && run.plan->optimized && run.plain_layer();
  if (!numeric || !source.by_chunks() || query.reads[read].variable != source.member()) {
    return false;
  }
  std::uint32_t type = 0;
  std::uint32_t chunk = 0;
  RowMask rows;
  while (source.next_mask(type, chunk, rows)) {
    const Column* column = stored_column(run, type, chunk, run.plan->reads[read]);
    const ValueView* worst = sorter.threshold();
    if (column != nullptr && worst != nullptr && worst->kind() == ValueKind::Number &&
        (column->kind() == Column::Kind::Integer || column->kind() == Column::Kind::Double)) {
      // Equal values may still come before by their ids.
      const Test test = key.descending ? Test::GreaterEqual : Test::LessEqual;
      rows &= select(*column, {.test = test, .operand = *worst});
    }
    bool goes_on = true;
    rows.for_each([&](std::uint32_t row) {
      goes_on = goes_on && sorter.add(source.row_of_entity(pack(type, chunk * kChunkRows + row)));
    });
    if (!goes_on) break;
  }
  return true;
}

}  // namespace callisto::query
