// Rows that cannot be among the first are cut off by columns.
#include "query/executor/member_sorting.h"

namespace callisto::query {

namespace {

// What a number of the first key has to reach to be among the rows kept; nullopt: anything is.
std::optional<double> worst_number(const PathSorter& sorter) {
  const ValueView* worst = sorter.threshold();
  if (worst == nullptr || worst->kind() != ValueKind::Number) return std::nullopt;
  return worst->as_number();
}

const Column* stored_column(const RunContext& run,
                            std::uint32_t type,
                            std::uint32_t chunk,
                            PropertyId property) {
  const EntityTable& table = *run.snapshot->entity_table({type});
  const auto slot = property == kNoProperty ? std::nullopt : table.slot(property);
  return slot ? table.chunks()[chunk]->column(*slot) : nullptr;
}

}  // namespace

bool sort_members(RunContext& run, PathSource& source, PathSorter& sorter) {
  const BoundQuery& query = run.query();
  const SortKey& key = query.order_by.front();
  const Expression& sorted_by = query.items[key.column].expression;
  const ReadId read = sorted_by.kind == Expression::Kind::Read ? sorted_by.index : kNone;
  const bool numeric = read != kNone && query.limit && run.plan->optimized && run.plain_layer();
  if (!numeric || !source.by_chunks() || query.reads[read].variable != source.member()) {
    return false;
  }
  std::uint32_t type = 0;
  std::uint32_t chunk = 0;
  RowMask rows;
  while (source.next_mask(type, chunk, rows)) {
    const Column* column = stored_column(run, type, chunk, run.plan->reads[read]);
    const bool numbers = column != nullptr && (column->kind() == Column::Kind::Integer ||
                                               column->kind() == Column::Kind::Double);
    if (const auto worst = worst_number(sorter); worst && numbers) {
      // Equal values may still come before by their ids.
      const Test test = key.descending ? Test::GreaterEqual : Test::LessEqual;
      rows &= select(*column, {.test = test, .operand = ValueView::number(*worst)});
    }
    std::optional<double> worst = worst_number(sorter);
    bool goes_on = true;
    rows.for_each([&](std::uint32_t row) {
      if (!goes_on) return;
      if (numbers && worst && column->present(row)) {
        const double number = column->at(row).as_number();
        if (key.descending ? number < *worst : number > *worst) return;
      }
      goes_on = sorter.add(source.row_of_entity(pack(type, chunk * kChunkRows + row)));
      worst = worst_number(sorter);
    });
    if (!goes_on) break;
  }
  return true;
}

}  // namespace callisto::query
