// Three ways to count, by what the groups are like: groups of one entity each by their degree, few
// groups by a bitmap of what they reach, and others from the far side, by remembering the last
// entity that each group counted.
#include "query/executor/pair_counting.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "query/executor/group_numbers.h"
#include "query/executor/hop_side.h"

namespace callisto::query {

namespace {

// A relationship costs about this much more when it is walked from the counted side.
constexpr double kMarkCost = 3;

class PairCounter {
 public:
  PairCounter(RunContext& run, PathSource& source, Grouper& grouper)
      : run_(run),
        plan_(*run.plan),
        pair_(*plan_.pair_count),
        key_left_(pair_.key < pair_.counted),
        hop_(plan_.hops[pair_.first_hop()]),
        edges_(source.filters().hops[pair_.first_hop()]),
        grouper_(grouper),
        key_node_(source.filters().nodes[pair_.key]),
        counted_node_(source.filters().nodes[pair_.counted]) {
    if (pair_.optional || stands_alone()) {
      keys_ = scan_all(run, key_node_);
      counted_ = scan_all(run, counted_node_);
      return;
    }
    const std::span<const NodeSet> sets = source.reduced_sets();
    keys_ = sets[pair_.key];
    counted_ = sets[pair_.counted];
  }

  void count() {
    numbers_ = number_groups(run_, key_node_.node(), keys_, grouper_);
    key_rows_ = count_of(keys_);
    if (run_.guard.stopped()) return;
    if (run_.guard.hold(grouper_.size() * sizeof counts_[0])) return;
    counts_.assign(grouper_.size(), 0);
    if (!starts_from_keys()) {
      count_marks();
    } else if (singles()) {
      count_degrees();
    } else {
      count_bitmaps();
    }
    for (std::uint32_t group = 0; group < counts_.size(); ++group) {
      grouper_.add_count(group, counts_[group]);
    }
    if (!pair_.optional) grouper_.leave_out_uncounted();
  }

 private:
  // One hop of which most is wanted needs no semi-joins first: entities without a partner end up
  // with nothing counted.
  [[nodiscard]] bool stands_alone() const {
    if (plan_.chain != 1 || plan_.negation != kNone) return false;
    const auto mostly_wanted = [](const PlanNode& node) { return node.estimate * 3 >= node.rows; };
    return mostly_wanted(plan_.nodes[0]) && mostly_wanted(plan_.nodes[1]);
  }

  [[nodiscard]] std::uint32_t key_table(const HopTable& table) const {
    return key_left_ ? table.source : table.target;
  }

  [[nodiscard]] std::uint32_t counted_table(const HopTable& table) const {
    return key_left_ ? table.target : table.source;
  }

  [[nodiscard]] bool excludes_self(const HopTable& table) const {
    return hop_.excludes_self && table.source_type == table.target_type;
  }

  // Calls visit(neighbour) for the neighbours of a row that the relationship's filter lets pass.
  // `left`: the row is of the hop's left node.
  template <class Visit>
  void for_neighbours(std::uint32_t at, bool left, std::uint32_t row, Visit&& visit) {
    const HopTable& table = hop_.tables[at];
    const Neighbours neighbours = side_of(run_, table, left).of(row);
    if (run_.guard.step(1 + static_cast<std::uint32_t>(neighbours.rows.size()))) return;
    const bool self = excludes_self(table);
    if (edges_.trivial() && !self) {
      for (const std::uint32_t other : neighbours.rows) {
        visit(other);
      }
      return;
    }
    for (std::size_t i = 0; i < neighbours.rows.size(); ++i) {
      if (self && neighbours.rows[i] == row) continue;
      if (edges_.matches(at, neighbours.edges[i])) visit(neighbours.rows[i]);
    }
  }

  // Calls visit(at, row) for each counted row and each table of the hop that leads from it, then
  // done().
  template <class Visit, class Done>
  void for_counted(Visit&& visit, Done&& done) {
    for (std::uint32_t i = 0; i < counted_.size(); ++i) {
      if (counted_[i].empty()) continue;
      std::vector<std::uint32_t> tables;
      for (std::uint32_t at = 0; at < hop_.tables.size(); ++at) {
        if (counted_table(hop_.tables[at]) == i) tables.push_back(at);
      }
      counted_[i].for_each(counted_node_.at(i).table(), [&](std::uint32_t row) {
        if (run_.guard.stopped()) return;
        for (const std::uint32_t at : tables) {
          visit(at, row);
        }
        done();
      });
    }
  }

  // A group at a time: what its entities lead to, marked in a bitmap of each counted table.
  void count_bitmaps() {
    const GroupMembers members =
        members_of(run_, key_node_.node(), keys_, numbers_, counts_.size());
    std::vector<std::vector<std::uint64_t>> reached(counted_.size());
    for (std::uint32_t i = 0; i < counted_.size(); ++i) {
      reached[i].resize((counted_node_.at(i).table().rows() + 63) / 64);
    }
    for (std::size_t group = 0; group < members.size(); ++group) {
      for (std::vector<std::uint64_t>& words : reached) {
        if (run_.guard.work(words.size() * sizeof words[0])) return;
        std::fill(words.begin(), words.end(), 0);
      }
      for (const auto& [table, row] : members[group]) {
        for (const std::uint32_t at : hops_of_key(table)) {
          std::vector<std::uint64_t>& words = reached[counted_table(hop_.tables[at])];
          for_neighbours(at, key_left_, row, [&](std::uint32_t other) {
            words[other / 64] |= std::uint64_t{1} << (other % 64);
          });
        }
      }
      for (std::uint32_t i = 0; i < counted_.size(); ++i) {
        counts_[group] += count_marked(reached[i], i);
      }
      if (run_.guard.stopped()) return;
    }
  }

  // Of the marked rows of a table those that are to be counted.
  [[nodiscard]] std::uint64_t count_marked(std::span<const std::uint64_t> words,
                                           std::uint32_t table) const {
    const RowSet& counted = counted_[table];
    std::uint64_t count = 0;
    if (counted.kind() == RowSet::Kind::Sparse) {
      for (const std::uint32_t row : counted.list()) {
        count += (words[row / 64] >> (row % 64)) & 1U;
      }
      return count;
    }
    const bool all = counted.kind() == RowSet::Kind::All;  // Adjacency knows live rows only.
    if (all) return count_bits(words.data(), words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
      count += count_bits(words[i] & counted.words()[i]);
    }
    return count;
  }

  void count_marks() {
    std::vector<std::uint32_t> marked(counts_.size(), 0);  // The entity that a group counted last.
    std::uint32_t entity = 1;
    for_counted(
        [&](std::uint32_t at, std::uint32_t row) {
          const GroupNumbers& numbers = numbers_[key_table(hop_.tables[at])];
          for_neighbours(at, !key_left_, row, [&](std::uint32_t key) {
            const std::uint32_t group = numbers[key];
            if (group == kNone || marked[group] == entity) return;
            marked[group] = entity;
            ++counts_[group];
          });
        },
        [&] { ++entity; });
  }

  [[nodiscard]] std::vector<std::uint32_t> hops_of_key(std::uint32_t table) const {
    std::vector<std::uint32_t> hops;
    for (std::uint32_t at = 0; at < hop_.tables.size(); ++at) {
      const bool leads = !counted_[counted_table(hop_.tables[at])].empty();
      if (leads && key_table(hop_.tables[at]) == table) hops.push_back(at);
    }
    return hops;
  }

  // Every group is one entity, and no neighbour of it can come by two tables.
  [[nodiscard]] bool singles() const {
    if (counts_.size() != key_rows_) return false;
    for (const HopTable& a : hop_.tables) {
      for (const HopTable& b : hop_.tables) {
        if (&a != &b && a.source == b.source && a.target == b.target) return false;
      }
    }
    return true;
  }

  // The relationships of the keys are fewer than kMarkCost times those of the counted entities,
  // which come in shorter runs and have to be told apart; bitmaps have to be cleared, too.
  [[nodiscard]] bool starts_from_keys() const {
    const auto share = [](std::uint64_t rows, const PlanNode& node) {
      return static_cast<double>(rows) / std::max(1.0, node.rows);
    };
    double cost = share(key_rows_, key_node_.node()) * hop_.relationships;
    if (!singles()) cost += static_cast<double>(counts_.size()) * counted_node_.node().rows / 64;
    const double marks =
        share(count_of(counted_), counted_node_.node()) * hop_.relationships * kMarkCost;
    return cost <= marks;
  }

  void count_degrees() {
    for (std::uint32_t i = 0; i < keys_.size(); ++i) {
      for (const std::uint32_t at : hops_of_key(i)) {
        keys_[i].for_each(key_node_.at(i).table(),
                          [&](std::uint32_t row) { counts_[numbers_[i][row]] += degree(at, row); });
      }
    }
  }

  // Distinct counted neighbours; parallel relationships stand side by side.
  [[nodiscard]] std::uint64_t degree(std::uint32_t at, std::uint32_t row) {
    const RowSet& counted = counted_[counted_table(hop_.tables[at])];
    std::uint64_t count = 0;
    std::uint32_t last = kNone;
    if (counted.kind() == RowSet::Kind::Dense) {
      const std::uint64_t* const words = counted.words().data();
      for_neighbours(at, key_left_, row, [&](std::uint32_t other) {
        const std::uint64_t member = (words[other / 64] >> (other % 64)) & 1U;
        count += member & static_cast<std::uint64_t>(other != last);
        last = other;
      });
      return count;
    }
    for_neighbours(at, key_left_, row, [&](std::uint32_t other) {
      count += other != last && counted.contains(other) ? 1U : 0U;
      last = other;
    });
    return count;
  }

  RunContext& run_;
  const PhysicalPlan& plan_;
  const PairCount& pair_;
  bool key_left_;
  const PlanHop& hop_;
  HopFilter& edges_;
  Grouper& grouper_;
  NodeFilter& key_node_;
  NodeFilter& counted_node_;
  NodeSet keys_;
  NodeSet counted_;
  std::vector<GroupNumbers> numbers_;  // Per table of the key's node.
  std::uint64_t key_rows_ = 0;
  std::vector<std::uint64_t> counts_;  // Per group.
};

// Over several hops: what each group reaches, a hop at a time, within the rows that lie on paths.
void count_reached(RunContext& run, PathSource& source, Grouper& grouper) {
  const PairCount& pair = *run.plan->pair_count;
  const NodeSet keys = source.reduced_sets()[pair.key];
  const PlanNode& node = run.plan->nodes[pair.key];
  const std::vector<GroupNumbers> numbers = number_groups(run, node, keys, grouper);
  if (run.guard.stopped()) return;
  const GroupMembers groups = members_of(run, node, keys, numbers, grouper.size());
  const bool rightwards = pair.key < pair.counted;
  for (std::uint32_t group = 0; group < groups.size(); ++group) {
    if (run.guard.step() || run.guard.stopped()) return;
    std::vector<std::vector<std::uint32_t>> rows(keys.size());
    for (const auto& [table, row] : groups[group]) {
      rows[table].push_back(row);
    }
    NodeSet reached;
    for (std::vector<std::uint32_t>& of_table : rows) {
      reached.push_back(RowSet::of(std::move(of_table)));
    }
    for (std::uint32_t i = 0; i < pair.hops(); ++i) {
      const std::uint32_t hop = rightwards ? pair.key + i : pair.key - 1 - i;
      reached = source.reach(hop, rightwards, reached);
    }
    grouper.add_count(group, count_of(reached));
  }
}

}  // namespace

void count_pairs(RunContext& run, PathSource& source, Grouper& grouper) {
  const PairCount& pair = *run.plan->pair_count;
  if (pair.hops() == 1) {
    PairCounter(run, source, grouper).count();
  } else {
    count_reached(run, source, grouper);
  }
}

}  // namespace callisto::query
