// HAVING, ORDER BY, SKIP and LIMIT over held rows.
#include "query/executor/cell_table.h"

#include <algorithm>
#include <numeric>

#include "core/ids/uuid.h"
#include "query/executor/guarded_sort.h"

namespace callisto::query {

namespace {

ValueView sort_value(const RunContext& run, const Cell& cell, Arena& arena) {
  if (cell.kind == CellKind::Value) return cell.value;
  return run.value(cell.kind == CellKind::Relationship, cell.ref, metadata::kId, arena);
}

// Sorts as far as SKIP and LIMIT look. Rows that the keys leave equal come by their cells, then as
// they stand.
void sort_rows(const RunContext& run, const CellTable& table, std::vector<std::uint32_t>& order) {
  const BoundQuery& query = run.query();
  Arena arena;
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    arena.clear();
    const std::span<const Cell> left = table.row(a);
    const std::span<const Cell> right = table.row(b);
    for (const SortKey& key : query.order_by) {
      const auto compared = compare_sort_values(sort_value(run, left[key.column], arena),
                                                sort_value(run, right[key.column], arena),
                                                key.descending);
      if (compared != 0) return compared < 0;
    }
    for (std::size_t i = 0; i < query.items.size(); ++i) {
      if (!table.by_cells || !query.items[i].is_key()) continue;
      const auto compared = compare_cells(left[i], right[i]);
      if (compared != 0) return compared < 0;
    }
    return a < b;
  };
  std::size_t wanted = order.size();
  if (query.limit) wanted = std::min<std::uint64_t>(wanted, query.skip + *query.limit);
  guarded_sort(order, wanted, run.guard, before);
}

ValueView first_element(ValueView list) {
  return list.as_list().empty() ? ValueView() : list.as_list().front();
}

}  // namespace

std::uint64_t hash_cells(std::span<const Cell> cells) {
  std::uint64_t hash = 0;
  for (const Cell& cell : cells) {
    const std::uint64_t own =
        cell.kind == CellKind::Value ? hash_value(cell.value) : cell.ref * 0x9E3779B97F4A7C15ULL;
    hash = (hash ^ own) * 0xD6E8FEB86659FD93ULL;
    hash ^= hash >> 32U;
  }
  return hash;
}

bool same_cells(std::span<const Cell> a, std::span<const Cell> b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].kind != b[i].kind || a[i].ref != b[i].ref) return false;
    if (a[i].kind == CellKind::Value && !(a[i].value == b[i].value)) return false;
  }
  return true;
}

std::strong_ordering compare_cells(const Cell& a, const Cell& b) {
  if (a.kind != b.kind) return b.kind <=> a.kind;  // Objects before absence.
  if (a.kind == CellKind::Value) return compare_total(a.value, b.value);
  return a.ref <=> b.ref;
}

std::strong_ordering compare_sort_values(ValueView a, ValueView b, bool descending) {
  if (a.kind() == ValueKind::List) a = first_element(a);
  if (b.kind() == ValueKind::List) b = first_element(b);
  if (a.is_null() || b.is_null()) return a.is_null() <=> b.is_null();
  return descending ? compare_total(b, a) : compare_total(a, b);
}

std::vector<std::uint32_t> arrange(const RunContext& run, const CellTable& table) {
  const BoundQuery& query = run.query();
  std::vector<std::uint32_t> order(table.rows);
  std::iota(order.begin(), order.end(), 0U);
  Arena arena;
  if (query.having) {
    const auto dropped = std::remove_if(order.begin(), order.end(), [&](std::uint32_t row) {
      arena.clear();
      return run.guard.step() ||
             !holds(
                 *query.having,
                 run,
                 [&](ReadId read) {
                   return sort_value(run, table.row(row)[query.reads[read].column], arena);
                 },
                 [](VariableId, const StringMatcher&) { return false; });
    });
    order.erase(dropped, order.end());
  }
  if (!query.order_by.empty()) sort_rows(run, table, order);
  const std::size_t skip = std::min<std::uint64_t>(query.skip, order.size());
  order.erase(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(skip));
  if (query.limit && *query.limit < order.size()) order.resize(*query.limit);
  return order;
}

}  // namespace callisto::query
