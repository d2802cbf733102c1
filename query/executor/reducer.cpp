// Semi-joins over the adjacency blocks.
#include "query/executor/reducer.h"

#include <algorithm>
#include <utility>

#include "query/operators/hop.h"

namespace callisto::query {

namespace {

// A walk from one row costs about as much as this many rows of the negated part's far end.
constexpr double kRowsPerWalk = 16;

// Rows that have any relationship, straight from the offsets of their blocks.
void mark_connected(std::span<const std::shared_ptr<const AdjacencyBlock>> blocks, RowSet& set) {
  for (std::uint32_t chunk = 0; chunk < blocks.size(); ++chunk) {
    if (!blocks[chunk]) continue;
    const std::uint32_t* const offsets = blocks[chunk]->offsets.data();
    RowMask mask;
    for (std::uint32_t word = 0; word < RowMask::kWords; ++word) {
      std::uint64_t bits = 0;
      for (std::uint32_t bit = 0; bit < 64; ++bit) {
        const std::uint32_t row = word * 64 + bit;
        bits |= std::uint64_t{offsets[row + 1] != offsets[row]} << bit;
      }
      mask.word(word) = bits;
    }
    set.mark(chunk, mask);
  }
}

// Collects the rows that an expansion reaches in one table.
class Reached {
 public:
  void expect(double relationships, std::uint32_t table_rows) {
    expected_ += relationships;
    table_rows_ = table_rows;
  }

  // How many bytes that takes.
  [[nodiscard]] std::size_t begin() {
    dense_ = expected_ * 32 > table_rows_;
    if (dense_) bitmap_ = RowSet::bitmap(table_rows_);
    return bitmap_.bytes();
  }

  void add(std::uint32_t row) {
    if (dense_) {
      bitmap_.mark(row);
    } else {
      rows_.push_back(row);
    }
  }

  // The whole bitmap is needed.
  RowSet& bitmap() {
    if (!dense_) {
      dense_ = true;
      bitmap_ = RowSet::bitmap(table_rows_);
      for (const std::uint32_t row : rows_) {
        bitmap_.mark(row);
      }
      rows_.clear();
    }
    return bitmap_;
  }

  [[nodiscard]] RowSet finish() {
    if (!dense_) return RowSet::of(std::move(rows_));
    bitmap_.close();
    return std::move(bitmap_);
  }

 private:
  double expected_ = 0;
  std::uint32_t table_rows_ = 0;
  bool dense_ = false;
  std::vector<std::uint32_t> rows_;
  RowSet bitmap_;
};

// Rows of `set` that pass the filter of their table.
RowSet passing(RunContext& run, TableFilter& filter, RowSet set) {
  if (filter.trivial() || set.empty()) return set;
  if (set.kind() == RowSet::Kind::Sparse) {
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t row : set.list()) {
      if (run.guard.step()) break;
      if (filter.matches(row)) rows.push_back(row);
    }
    return RowSet::of(std::move(rows));
  }
  RowSet good_rows = RowSet::bitmap(filter.table().rows());
  for (std::uint32_t chunk = 0; chunk < filter.table().chunks().size(); ++chunk) {
    if (run.guard.step(kChunkRows / 8)) break;
    RowMask mask = set.mask(filter.table(), chunk);
    const std::uint32_t count = mask.count();
    if (count == 0) continue;
    if (count > 64) {
      mask &= filter.mask(chunk);
    } else {
      RowMask good;
      mask.for_each([&](std::uint32_t row) {
        if (filter.matches(chunk * kChunkRows + row)) good.set(row);
      });
      mask = good;
    }
    good_rows.mark(chunk, mask);
  }
  good_rows.close();
  return good_rows;
}

}  // namespace

Reducer::Reducer(RunContext& run, PatternFilters& filters)
    : run_(run), plan_(*run.plan), filters_(filters), sets_(plan_.chain + 1) {}

void Reducer::reduce() {
  const std::uint32_t pivot = plan_.pivot;
  {
    const Stopwatch timed(run_.node_figures(pivot));
    sets_[pivot] = scan_all(run_, filters_.nodes[pivot]);
  }
  if (pivot == plan_.chain) apply_negation();
  if (any_empty(pivot)) return clear();
  for (std::uint32_t node = pivot + 1; node <= plan_.chain; ++node) {
    {
      const Stopwatch timed(run_.node_figures(node));
      sets_[node] = expand(node - 1, true, sets_[node - 1]);
    }
    if (node == plan_.chain) apply_negation();
    if (any_empty(node) || run_.guard.stopped()) return clear();
  }
  // Reached from the first node, rows are exact once they lead to the end.
  const std::uint32_t first = pivot == 0 && plan_.by_sets ? plan_.first_exact : pivot;
  for (std::uint32_t node = plan_.chain; node-- > first;) {
    const Stopwatch timed(run_.node_figures(node));
    keep_connected(node, true, sets_[node], sets_[node + 1]);
    if (any_empty(node)) return clear();
  }
  // From the first node on, every row that is left was reached from one that is left.
  if (pivot == 0) return note_rows();
  for (std::uint32_t node = pivot; node-- > 0;) {
    const Stopwatch timed(run_.node_figures(node));
    sets_[node] = expand(node, false, sets_[node + 1]);
    if (any_empty(node) || run_.guard.stopped()) return clear();
  }
  for (std::uint32_t node = 1; node <= plan_.exact_node; ++node) {
    const Stopwatch timed(run_.node_figures(node));
    keep_connected(node - 1, false, sets_[node], sets_[node - 1]);
  }
  note_rows();
}

void Reducer::note_rows() {
  if (run_.profile == nullptr) return;
  for (std::uint32_t node = 0; node <= plan_.chain; ++node) {
    run_.profile->nodes[node].rows = count_of(sets_[node]);
  }
}

NodeSet Reducer::expand(std::uint32_t hop_index,
                        bool rightwards,
                        const NodeSet& from,
                        bool filtered) {
  const PlanHop& hop = plan_.hops[hop_index];
  NodeFilter& targets = filters_.nodes[rightwards ? hop_index + 1 : hop_index];
  NodeFilter& sources = filters_.nodes[rightwards ? hop_index : hop_index + 1];
  HopFilter& edges = filters_.hops[hop_index];
  std::vector<Reached> reached(targets.node().tables.size());
  for (const HopTable& table : hop.tables) {
    const std::uint32_t source = rightwards ? table.source : table.target;
    const std::uint32_t target = rightwards ? table.target : table.source;
    const double rows = std::max(1U, sources.at(source).table().rows());
    const double per_row = run_.snapshot->relationship_tables()[table.table]->live_rows() / rows;
    reached[target].expect(per_row * from[source].count(), targets.at(target).table().rows());
  }
  for (Reached& rows : reached) {
    if (run_.guard.work(rows.begin())) return NodeSet(reached.size());
  }
  for (std::uint32_t at = 0; at < hop.tables.size(); ++at) {
    const HopTable& table = hop.tables[at];
    const std::uint32_t source = rightwards ? table.source : table.target;
    Reached& into = reached[rightwards ? table.target : table.source];
    const RowSet& rows = from[source];
    if (rows.empty()) continue;
    const HopLoop loop(run_, hop, edges, at, rightwards);
    if (rows.kind() == RowSet::Kind::All && loop.plain()) {
      mark_connected(loop.blocks(true), into.bitmap());
      if (run_.guard.step(kChunkRows)) return NodeSet(reached.size());
      continue;
    }
    rows.for_each(sources.at(source).table(), [&](std::uint32_t row) {
      loop.for_each(row, [&](std::uint32_t neighbour, std::uint32_t) { into.add(neighbour); });
    });
  }
  NodeSet set(reached.size());
  for (std::uint32_t i = 0; i < reached.size(); ++i) {
    set[i] = reached[i].finish();
    if (filtered) set[i] = passing(run_, targets.at(i), std::move(set[i]));
  }
  return set;
}

void Reducer::keep_connected(std::uint32_t hop_index,
                             bool left,
                             NodeSet& kept,
                             const NodeSet& other) {
  const PlanHop& hop = plan_.hops[hop_index];
  double kept_rows = 0;
  double other_rows = 0;
  const NodeFilter& kept_node = filters_.nodes[left ? hop_index : hop_index + 1];
  const NodeFilter& other_node = filters_.nodes[left ? hop_index + 1 : hop_index];
  for (std::size_t i = 0; i < kept.size(); ++i) {
    kept_rows += kept[i].count();
  }
  for (std::size_t i = 0; i < other.size(); ++i) {
    other_rows += other[i].count();
  }
  const double push_cost = other_rows * hop.relationships / std::max(1.0, other_node.node().rows);
  const double pull_cost =
      kept_rows * std::min(4.0, 1 + hop.relationships / std::max(1.0, kept_node.node().rows));
  if (pull_cost <= push_cost || !filters_.hops[hop_index].trivial()) {
    pull(hop_index, left, kept, other);
    return;
  }
  // Coming from the other side, only what is kept already may pass.
  keep_common(left ? hop_index : hop_index + 1, kept, expand(hop_index, !left, other));
}

void Reducer::keep_common(std::uint32_t node, NodeSet& kept, NodeSet other) {
  for (std::uint32_t i = 0; i < kept.size(); ++i) {
    if (kept[i].kind() == RowSet::Kind::All) {
      kept[i] = std::move(other[i]);
      continue;
    }
    if (other[i].kind() == RowSet::Kind::All) continue;
    const PropertyTable& table = filters_.nodes[node].at(i).table();
    std::vector<std::uint32_t> rows;
    const RowSet& fewer = kept[i].count() < other[i].count() ? kept[i] : other[i];
    const RowSet& more = &fewer == &kept[i] ? other[i] : kept[i];
    if (run_.guard.step(fewer.count())) return;
    if (fewer.kind() == RowSet::Kind::Sparse) {
      for (const std::uint32_t row : fewer.list()) {
        if (more.contains(row)) rows.push_back(row);
      }
      kept[i] = RowSet::of(std::move(rows));
      continue;
    }
    RowSet both = RowSet::bitmap(table.rows());
    fewer.for_each(table, [&](std::uint32_t row) {
      if (more.contains(row)) both.mark(row);
    });
    both.close();
    kept[i] = std::move(both);
  }
}

void Reducer::pull(std::uint32_t hop_index, bool left, NodeSet& kept, const NodeSet& other) {
  const PlanHop& hop = plan_.hops[hop_index];
  NodeFilter& node = filters_.nodes[left ? hop_index : hop_index + 1];
  HopFilter& edges = filters_.hops[hop_index];
  for (std::uint32_t i = 0; i < kept.size(); ++i) {
    if (kept[i].empty()) continue;
    const PropertyTable& table = node.at(i).table();
    RowSet connected = RowSet::bitmap(table.rows());
    std::vector<HopLoop> loops;
    std::vector<const RowSet*> wanted;
    for (std::uint32_t at = 0; at < hop.tables.size(); ++at) {
      const HopTable& hop_table = hop.tables[at];
      const RowSet& far = other[left ? hop_table.target : hop_table.source];
      if ((left ? hop_table.source : hop_table.target) != i || far.empty()) continue;
      loops.emplace_back(run_, hop, edges, at, left);
      wanted.push_back(&far);
    }
    kept[i].for_each(table, [&](std::uint32_t row) {
      for (std::size_t n = 0; n < loops.size(); ++n) {
        const auto is_wanted = [&](std::uint32_t far) { return wanted[n]->contains(far); };
        if (!loops[n].any(row, is_wanted)) continue;
        connected.mark(row);
        return;
      }
    });
    connected.close();
    kept[i] = std::move(connected);
  }
}

void Reducer::apply_negation() {
  if (plan_.negation == kNone || !plan_.negation_free || !plan_.linear) return;
  negation_done_ = true;
  const Stopwatch timed(run_.profile == nullptr ? nullptr : &run_.profile->negation);
  const auto rows = static_cast<double>(count_of(sets_[plan_.chain]));
  if (plan_.negation_by_sets && rows * kRowsPerWalk > plan_.nodes[plan_.hops.back().node].rows) {
    negate_by_sets();
  } else {
    negate_by_rows();
  }
}

// Rows from which the negated part can be walked are found from its far end, and taken away.
void Reducer::negate_by_sets() {
  NodeSet reached = scan_all(run_, filters_.nodes[plan_.hops.back().node]);
  for (auto hop = static_cast<std::uint32_t>(plan_.hops.size()); hop-- > plan_.chain;) {
    reached = expand(hop, false, reached, hop > plan_.chain);
    if (run_.guard.stopped()) return;
  }
  NodeSet& set = sets_[plan_.chain];
  for (std::uint32_t i = 0; i < set.size(); ++i) {
    if (set[i].empty() || reached[i].empty()) continue;
    const PropertyTable& table = filters_.nodes[plan_.chain].at(i).table();
    RowSet rest = RowSet::bitmap(table.rows());
    for (std::uint32_t chunk = 0; chunk < table.chunks().size(); ++chunk) {
      RowMask rows = set[i].mask(table, chunk);
      rest.mark(chunk, rows.and_not(reached[i].mask(table, chunk)));
    }
    rest.close();
    set[i] = std::move(rest);
  }
}

void Reducer::negate_by_rows() {
  PathWalker walker(run_, filters_, {});
  NodeSet& set = sets_[plan_.chain];
  for (std::uint32_t i = 0; i < set.size(); ++i) {
    if (set[i].empty()) continue;
    const PropertyTable& table = filters_.nodes[plan_.chain].at(i).table();
    const std::uint32_t type = plan_.nodes[plan_.chain].tables[i].type.value;
    RowSet rest = RowSet::bitmap(table.rows());
    set[i].for_each(table, [&](std::uint32_t row) {
      if (run_.guard.step()) return;
      if (walker.absent_from(pack(type, row), plan_.negation)) rest.mark(row);
    });
    rest.close();
    set[i] = std::move(rest);
  }
}

bool Reducer::any_empty(std::uint32_t node) const {
  return count_of(sets_[node]) == 0;
}

void Reducer::clear() {
  note_rows();  // What led to nothing is what a profile has to show.
  for (std::uint32_t node = 0; node <= plan_.chain; ++node) {
    sets_[node].assign(plan_.nodes[node].tables.size(), RowSet());
  }
}

}  // namespace callisto::query
