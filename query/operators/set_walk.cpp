// Rows are told apart by marks, so a group costs what it touches.
#include "query/operators/set_walk.h"

#include <algorithm>
#include <bit>

#include "core/columns/bit_count.h"

namespace callisto::query {

SetWalk::SetWalk(RunContext& run,
                 PatternFilters& filters,
                 std::span<NodeMembers> members,
                 std::span<const Place> wanted,
                 bool counts_paths)
    : run_(run),
      plan_(*run.plan),
      filters_(filters),
      members_(members),
      counts_paths_(counts_paths),
      of_node_(plan_.nodes.size(), nullptr),
      of_hop_(plan_.hops.size(), nullptr),
      by_target_(plan_.hops.size()) {
  for (const Place place : wanted) {
    if (place.relationship && of_hop_[place.index] == nullptr) add_stop(place);
  }
  for (std::uint32_t node = 0; node < plan_.nodes.size(); ++node) {
    add_stop({.relationship = false, .index = node});
  }
  for (std::uint32_t node = 0; node <= plan_.chain; ++node) {
    chain_.push_back(of_node_[node]);
    if (node < plan_.chain && of_hop_[node] != nullptr) chain_.push_back(of_hop_[node]);
  }
}

void SetWalk::add_stop(Place place) {
  std::vector<std::uint32_t> tables;
  std::vector<std::uint32_t> rows;
  if (place.relationship) {
    for (const HopTable& table : plan_.hops[place.index].tables) {
      tables.push_back(table.table);
      rows.push_back(run_.relationships(table.table).rows());
    }
  } else {
    for (const NodeTable& table : plan_.nodes[place.index].tables) {
      tables.push_back(table.type.value);
      rows.push_back(run_.snapshot->entity_table(table.type)->rows());
    }
  }
  Stop& stop = stops_.emplace_back(
      Stop{.place = place, .tables = std::move(tables), .seen = SeenRows(std::move(rows))});
  stop.rows.tables.resize(stop.tables.size());
  (place.relationship ? of_hop_ : of_node_)[place.index] = &stop;
}

std::size_t SetWalk::index_of(Place place) const {
  const auto found = std::find_if(
      chain_.begin(), chain_.end(), [&](const Stop* stop) { return stop->place == place; });
  return static_cast<std::size_t>(found - chain_.begin());
}

SetWalk::Stop* SetWalk::find(Place place) {
  return (place.relationship ? of_hop_ : of_node_)[place.index];
}

void SetWalk::prepare_paths(Stop& stop) {
  if (!stop.paths.empty()) return;
  for (const std::uint32_t table : stop.tables) {
    const std::uint32_t rows = stop.place.relationship
                                   ? run_.relationships(table).rows()
                                   : run_.snapshot->entity_table(TypeId{table})->rows();
    const bool held = !run_.guard.hold(rows * sizeof(double));
    stop.paths.emplace_back(held ? rows : 0, 0);
  }
}

std::span<const std::uint32_t> SetWalk::tables_from(std::uint32_t hop_index,
                                                    std::uint32_t node,
                                                    std::uint32_t table,
                                                    bool right) {
  const PlanHop& hop = plan_.hops[hop_index];
  if (right) {
    tables_.clear();
    if (const HopSource* source = hop.source_of(plan_.nodes[node].tables[table].type)) {
      for (std::uint32_t at = source->begin; at < source->end; ++at) {
        tables_.push_back(at);
      }
    }
    return tables_;
  }
  auto& by_target = by_target_[hop_index];
  if (by_target.empty()) {
    by_target.resize(plan_.nodes[hop.node].tables.size());
    for (std::uint32_t at = 0; at < hop.tables.size(); ++at) {
      by_target[hop.tables[at].target].push_back(at);
    }
  }
  return by_target[table];
}

// Calls take(table of `to`, row, table of `from`, row of it, relationship's table, its row).
template <class Take>
void SetWalk::from_node(
    const Stop& from, const Stop& to, std::uint32_t hop_index, bool right, Take&& take) {
  const PlanHop& hop = plan_.hops[hop_index];
  NodeMembers& members = members_[right ? hop.node : hop.node - 1];
  for (std::uint32_t table = 0; table < from.rows.tables.size(); ++table) {
    const std::vector<std::uint32_t>& rows = from.rows.tables[table];
    if (rows.empty()) continue;
    for (const std::uint32_t at : tables_from(hop_index, from.place.index, table, right)) {
      const std::uint32_t other = right ? hop.tables[at].target : hop.tables[at].source;
      const NodeMembers::Table kept = members.table(run_, other);
      const HopLoop loop(run_, hop, filters_.hops[hop_index], at, right);
      const std::uint32_t into = to.place.relationship ? at : other;
      for (const std::uint32_t row : rows) {
        loop.for_each(row, [&](std::uint32_t neighbour, std::uint32_t edge) {
          if (!kept.contains(neighbour)) return;
          take(into, to.place.relationship ? edge : neighbour, table, row);
        });
      }
    }
  }
}

template <class Take>
void SetWalk::from_edges(const Stop& from, std::uint32_t hop_index, bool right, Take&& take) {
  const PlanHop& hop = plan_.hops[hop_index];
  for (std::uint32_t at = 0; at < from.rows.tables.size(); ++at) {
    const std::vector<std::uint32_t>& rows = from.rows.tables[at];
    if (rows.empty() || run_.guard.step(static_cast<std::uint32_t>(rows.size()))) continue;
    const HopLoop loop(run_, hop, filters_.hops[hop_index], at, right);
    const std::uint32_t into = right ? hop.tables[at].target : hop.tables[at].source;
    for (const std::uint32_t row : rows) {
      take(into, loop.end_of(row, true), at, row);
    }
  }
}

template <class Take>
void SetWalk::for_reached(
    const Stop& from, const Stop& to, std::uint32_t hop, bool right, Take&& take) {
  if (from.place.relationship) {
    from_edges(from, hop, right, take);
  } else {
    from_node(from, to, hop, right, take);
  }
}

// Charges the lists of a place, as far as they have grown.
void SetWalk::charge(Stop& stop) const {
  std::size_t bytes = 0;
  for (const std::vector<std::uint32_t>& rows : stop.rows.tables) {
    bytes += rows.capacity() * sizeof(std::uint32_t);
  }
  if (bytes <= stop.charged) return;
  (void)run_.guard.hold(bytes - stop.charged);
  stop.charged = bytes;
}

void SetWalk::expand(const Stop& from, Stop& to, std::uint32_t hop, bool right) {
  if (counts_paths_ && !from.paths.empty()) {  // They are counted from the first key on.
    expand_counting(from, to, hop, right);
  } else if (many(from, to, hop)) {
    expand_by_bitmaps(from, to, hop, right);
  } else {
    expand_marking(from, to, hop, right);
  }
  charge(to);
}

// Neighbours of one row are sorted, so repeated ones stand side by side. True when that was enough.
bool SetWalk::count_neighbours(const Stop& from, Stop& to, std::uint32_t hop, bool right) {
  if (from.place.relationship || to.place.relationship || to.joins_more) return false;
  std::uint32_t table = kNone;
  for (std::uint32_t i = 0; i < from.rows.tables.size(); ++i) {
    if (from.rows.tables[i].empty()) continue;
    if (table != kNone || from.rows.tables[i].size() > 1) return false;
    table = i;
  }
  if (table == kNone || tables_from(hop, from.place.index, table, right).size() != 1) return false;
  std::uint32_t last = kNone;
  std::uint64_t count = 0;
  from_node(from, to, hop, right, [&](auto, std::uint32_t row, auto, auto) {
    count += static_cast<std::uint64_t>(row != last);
    last = row;
  });
  to.rows.count += count;
  return true;
}

void SetWalk::expand_marking(const Stop& from, Stop& to, std::uint32_t hop, bool right) {
  if (to.counted && count_neighbours(from, to, hop, right)) return;
  for (std::uint32_t table = 0; table < to.tables.size(); ++table) {
    if (!to.seen.prepare(table, run_.guard)) return;
  }
  if (to.counted) {
    std::uint64_t count = 0;
    for_reached(from, to, hop, right, [&](auto into, auto row, auto, auto) {
      count += static_cast<std::uint64_t>(to.seen.insert(into, row));
    });
    to.rows.count += count;
    return;
  }
  for_reached(from, to, hop, right, [&](auto into, auto row, auto, auto) {
    if (to.seen.insert(into, row)) to.rows.tables[into].push_back(row);
  });
}

void SetWalk::expand_counting(const Stop& from, Stop& to, std::uint32_t hop, bool right) {
  for (std::uint32_t table = 0; table < to.tables.size(); ++table) {
    if (!to.seen.prepare(table, run_.guard)) return;
  }
  prepare_paths(to);
  if (run_.guard.stopped()) return;
  for_reached(from, to, hop, right, [&](auto into, auto row, auto source, auto source_row) {
    double& paths = to.paths[into][row];
    if (to.seen.insert(into, row)) {
      to.rows.tables[into].push_back(row);
      paths = 0;
    }
    paths += from.paths[source][source_row];
  });
}

// More relationships than a bitmap of the other side has words.
bool SetWalk::many(const Stop& from, const Stop& to, std::uint32_t hop) const {
  if (from.place.relationship || to.place.relationship || to.joins_more) return false;
  std::size_t rows = 0;
  for (const std::vector<std::uint32_t>& of_table : from.rows.tables) {
    rows += of_table.size();
  }
  const double others = std::max(1.0, plan_.nodes[to.place.index].rows);
  const double own = std::max(1.0, plan_.nodes[from.place.index].rows);
  return static_cast<double>(rows) * plan_.hops[hop].relationships / own * 64 > others;
}

void SetWalk::expand_by_bitmaps(const Stop& from, Stop& to, std::uint32_t hop_index, bool right) {
  const PlanHop& hop = plan_.hops[hop_index];
  NodeMembers& members = members_[to.place.index];
  bitmaps_.resize(std::max(bitmaps_.size(), to.tables.size()));
  std::vector<bool> reached(to.tables.size(), false);
  for (std::uint32_t table = 0; table < from.rows.tables.size(); ++table) {
    const std::vector<std::uint32_t>& rows = from.rows.tables[table];
    if (rows.empty()) continue;
    for (const std::uint32_t at : tables_from(hop_index, from.place.index, table, right)) {
      const std::uint32_t into = right ? hop.tables[at].target : hop.tables[at].source;
      const std::uint32_t size =
          run_.snapshot->entity_table(TypeId{to.tables[into]})->rows() / 64 + 1;
      if (!reached[into]) {
        const std::size_t more = size - std::min<std::size_t>(size, bitmaps_[into].capacity());
        if (run_.guard.hold(more * sizeof(std::uint64_t))) return;
        if (run_.guard.work(size * sizeof(std::uint64_t))) return;
        bitmaps_[into].assign(size, 0);
        reached[into] = true;
      }
      std::uint64_t* const words = bitmaps_[into].data();
      const HopLoop loop(run_, hop, filters_.hops[hop_index], at, right);
      for (const std::uint32_t row : rows) {
        loop.for_each(row, [&](std::uint32_t neighbour, std::uint32_t) {
          words[neighbour / 64] |= std::uint64_t{1} << (neighbour % 64);
        });
      }
    }
  }
  for (std::uint32_t table = 0; table < to.tables.size(); ++table) {
    if (!reached[table]) continue;
    std::vector<std::uint64_t>& words = bitmaps_[table];
    const NodeMembers::Table kept = members.table(run_, table);
    for (std::uint32_t i = 0; !kept.all() && i < words.size(); ++i) {
      words[i] &= kept.word(i);
    }
    if (to.counted) {
      to.rows.count += count_bits(words.data(), words.size());
      continue;
    }
    std::vector<std::uint32_t>& rows = to.rows.tables[table];
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      for (std::uint64_t word = words[i]; word != 0; word &= word - 1) {
        rows.push_back(i * 64 + static_cast<std::uint32_t>(std::countr_zero(word)));
      }
    }
  }
}

bool SetWalk::advance(std::size_t from, std::size_t to) {
  Stop& source = *chain_[from];
  Stop& target = *chain_[to];
  const bool right = to > from;
  // The place on the left of the two tells which hop lies between them.
  const std::uint32_t hop = (right ? source : target).place.index;
  target.rows.clear();
  target.seen.begin();
  expand(source, target, hop, right);
  return !target.rows.empty();
}

void SetWalk::keep_leading(std::size_t from, std::size_t to) {
  Stop& source = *chain_[from];
  Stop& target = *chain_[to];
  const bool right = to > from;
  const std::uint32_t hop = (right ? source : target).place.index;
  SeenRows& seen = target.seen;
  seen.begin();
  for (std::uint32_t table = 0; table < target.tables.size(); ++table) {
    if (!seen.prepare(table, run_.guard)) return;
  }
  for_reached(
      source, target, hop, right, [&](auto into, auto row, auto, auto) { seen.insert(into, row); });
  for (std::uint32_t table = 0; table < target.tables.size(); ++table) {
    std::vector<std::uint32_t>& rows = target.rows.tables[table];
    const auto leads = [&](std::uint32_t row) { return seen.contains(table, row); };
    rows.erase(std::partition(rows.begin(), rows.end(), leads), rows.end());
  }
}

void SetWalk::walk_optionals() {
  std::uint32_t pc = plan_.chain;
  std::vector<std::uint32_t> standing{plan_.chain};
  walk_part(pc, standing);
}

void SetWalk::walk_part(std::uint32_t& pc, std::vector<std::uint32_t>& standing) {
  while (pc < plan_.grouping->last_step) {
    const Instruction& step = plan_.program[pc];
    if (step.op == Instruction::Op::Expand) {
      expand_optional(step.index, standing);
      standing.assign(1, plan_.hops[step.index].node);
      ++pc;
    } else if (step.op == Instruction::Op::Optional) {
      std::vector<std::uint32_t> taken = standing;
      walk_part(++pc, taken);
      for (const std::uint32_t node : taken) {
        if (std::find(standing.begin(), standing.end(), node) == standing.end()) {
          standing.push_back(node);
        }
      }
      pc = step.jump + 1;  // Past its Leave.
    } else {
      return;
    }
  }
}

void SetWalk::expand_optional(std::uint32_t hop, std::span<const std::uint32_t> standing) {
  Stop& target = *of_node_[plan_.hops[hop].node];
  Stop* const edges = of_hop_[hop];
  for (Stop* const stop : {&target, edges}) {
    if (stop == nullptr) continue;
    stop->rows.clear();
    stop->seen.begin();
  }
  target.joins_more = standing.size() > 1;
  for (const std::uint32_t node : standing) {
    expand(*of_node_[node], edges == nullptr ? target : *edges, hop, true);
  }
  if (edges != nullptr) expand(*edges, target, hop, true);
}

}  // namespace callisto::query
