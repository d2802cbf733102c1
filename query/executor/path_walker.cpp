// The walk: a stack of choices, one frame for each Expand and Optional on the way.
#include "query/executor/path_walker.h"

#include <algorithm>

#include "query/operators/hop.h"

namespace callisto::query {

PathWalker::PathWalker(RunContext& run, PatternFilters& filters, std::span<const NodeSet> sets)
    : run_(run),
      plan_(*run.plan),
      filters_(filters),
      sets_(sets),
      evaluator_(run),
      values_(run.query().variables.size(), kUnbound),
      closings_(plan_.hops.size()) {
  if (plan_.optimized) find_closings();
}

void PathWalker::find_closings() {
  for (std::uint32_t hop = 0; hop + 1 < plan_.chain; ++hop) {
    const VariableId anchor = plan_.hops[hop + 1].same_as;
    const PlanNode& node = plan_.nodes[plan_.hops[hop].node];
    if (anchor == kNoVariable || anchor == node.variable) continue;
    std::vector<std::uint32_t> rows;
    for (const NodeTable& table : node.tables) {
      rows.push_back(run_.snapshot->entity_table(table.type)->rows());
    }
    Closing& closing = closings_[hop].emplace(
        Closing{.hop = hop + 1, .anchor = anchor, .neighbours = SeenRows(std::move(rows))});
    for (std::uint32_t table = 0; table < node.tables.size(); ++table) {
      if (!closing.neighbours.prepare(table, run_.guard)) return;
    }
  }
}

void PathWalker::mark_neighbours(Closing& closing) {
  const PackedRef anchor = values_[closing.anchor];
  if (closing.marked == anchor) return;
  closing.marked = anchor;
  closing.neighbours.begin();
  const PlanHop& hop = plan_.hops[closing.hop];
  for (std::uint32_t at = 0; at < hop.tables.size(); ++at) {
    const HopTable& table = hop.tables[at];
    if (table.target_type.value != table_of(anchor)) continue;
    HopLoop(run_, hop, filters_.hops[closing.hop], at, false)
        .for_each(row_of(anchor), [&](std::uint32_t row, std::uint32_t) {
          closing.neighbours.insert(table.source, row);
        });
  }
}

void PathWalker::start(PackedRef current, std::uint32_t first) {
  std::fill(values_.begin(), values_.end(), kUnbound);
  values_[plan_.nodes[0].variable] = current;
  stack_.clear();
  base_ = 0;
  current_ = current;
  first_ = first;
  fresh_ = true;
}

bool PathWalker::next() {
  bool backtracking = !fresh_;
  fresh_ = false;
  while (run(first_, backtracking)) {
    if (!redundant()) return true;
    backtracking = true;
  }
  return false;
}

bool PathWalker::run(std::uint32_t pc, bool backtracking) {
  for (;;) {
    if (backtracking) {
      if (run_.guard.step()) return false;
      if (stack_.size() == base_) return false;
      if (!advance_top(pc)) continue;
      backtracking = false;
    }
    const Instruction& step = plan_.program[pc];
    switch (step.op) {
      case Instruction::Op::End:
        return true;
      case Instruction::Op::Leave:
        if (step.variable != kNoVariable) values_[step.variable] = current_;
        ++pc;
        break;
      case Instruction::Op::Absent: {
        if (negation_done_ && pc == plan_.negation) {
          pc = step.jump;
          break;
        }
        const bool found = exists(pc + 1, current_);
        unbind(step.binds);
        if (found) {
          backtracking = true;
        } else {
          pc = step.jump;
        }
        break;
      }
      case Instruction::Op::Optional:
        stack_.push_back({.pc = pc, .current = current_});
        backtracking = true;
        break;
      case Instruction::Op::Expand:
        push_expand(pc);
        backtracking = true;
        break;
    }
  }
}

bool PathWalker::exists(std::uint32_t pc, PackedRef current) {
  const std::size_t base = base_;
  const PackedRef before = current_;
  base_ = stack_.size();
  current_ = current;
  const bool found = run(pc, false);
  stack_.resize(base_);
  base_ = base;
  current_ = before;
  return found;
}

bool PathWalker::absent_from(PackedRef entity, std::uint32_t pc) {
  std::fill(values_.begin(), values_.end(), kUnbound);
  values_[plan_.nodes[plan_.chain].variable] = entity;
  stack_.clear();
  base_ = 0;
  return !exists(pc + 1, entity);
}

bool PathWalker::advance_top(std::uint32_t& pc) {
  Frame& frame = stack_.back();
  current_ = frame.current;
  const Instruction& step = plan_.program[frame.pc];
  if (step.op == Instruction::Op::Optional) {
    if (advance_optional(frame, pc)) return true;
    stack_.pop_back();
    return false;
  }
  if (advance_expand(frame)) {
    pc = frame.pc + 1;
    return true;
  }
  const PlanHop& hop = plan_.hops[step.index];
  values_[hop.relationship] = kUnbound;
  values_[plan_.nodes[hop.node].variable] = kUnbound;
  stack_.pop_back();
  return false;
}

bool PathWalker::advance_optional(Frame& frame, std::uint32_t& pc) {
  const Instruction& step = plan_.program[frame.pc];
  bool may_take = true;
  bool may_skip = true;
  if (pins_ != nullptr && frame.pc > pins_->after) {
    may_take = std::any_of(step.binds.begin(), step.binds.end(), [this](VariableId variable) {
      return pins_->values[variable] != kUnbound;
    });
    may_skip = !may_take;
  }
  ++frame.choice;
  if (frame.choice == 1 && !may_take) ++frame.choice;
  if (frame.choice == 1) {
    pc = frame.pc + 1;
    return true;
  }
  unbind(step.binds);
  if (frame.choice == 2 && may_skip) {
    pc = step.jump;
    return true;
  }
  return false;
}

void PathWalker::push_expand(std::uint32_t pc) {
  const PlanHop& hop = plan_.hops[plan_.program[pc].index];
  Frame frame{.pc = pc, .current = current_};
  if (const HopSource* source = hop.source_of(TypeId{table_of(current_)})) {
    frame.choice = source->begin;
    frame.end = source->end;
  }
  stack_.push_back(frame);
}

void PathWalker::load_neighbours(Frame& frame, const HopTable& table) {
  const RelationshipTable& relationships = run_.relationships(table.table);
  const std::uint32_t row = row_of(frame.current);
  frame.neighbours = table.forward ? relationships.out(row) : relationships.in(row);
  frame.at = 0;
}

void PathWalker::keep_same(Frame& frame, const PlanHop& hop, const HopTable& table) const {
  const PackedRef wanted = values_[hop.same_as];
  std::span<const std::uint32_t>& rows = frame.neighbours.rows;
  if (wanted == kUnbound || table_of(wanted) != table.target_type.value) {
    rows = {};
    return;
  }
  const auto same = std::equal_range(rows.begin(), rows.end(), row_of(wanted));
  const auto begin = static_cast<std::size_t>(same.first - rows.begin());
  const auto count = static_cast<std::size_t>(same.second - same.first);
  rows = rows.subspan(begin, count);
  frame.neighbours.edges = frame.neighbours.edges.subspan(begin, count);
}

bool PathWalker::advance_expand(Frame& frame) {
  const PlanHop& hop = plan_.hops[plan_.program[frame.pc].index];
  const Stopwatch timed(run_.hop_figures(plan_.program[frame.pc].index));
  std::optional<Closing>& closing = closings_[plan_.program[frame.pc].index];
  if (closing) mark_neighbours(*closing);
  for (;;) {
    const std::span<const std::uint32_t> rows = frame.neighbours.rows;
    while (frame.at < rows.size()) {
      const std::uint32_t at = frame.choice - 1;
      if (hop.node < sets_.size()) {
        const RowSet& set = sets_[hop.node][hop.tables[at].target];
        if (set.kind() == RowSet::Kind::Sparse) {
          // Leapfrog: both lists are sorted.
          const auto wanted = set.list();
          const auto next = std::lower_bound(wanted.begin(), wanted.end(), rows[frame.at]);
          if (next == wanted.end()) break;
          if (*next != rows[frame.at]) {
            const auto from = rows.begin() + static_cast<std::ptrdiff_t>(frame.at);
            frame.at =
                static_cast<std::size_t>(std::lower_bound(from, rows.end(), *next) - rows.begin());
            if (run_.guard.step()) return false;
            continue;
          }
        }
      }
      const std::size_t i = frame.at++;
      if (run_.guard.step()) return false;
      if (closing && !closing->neighbours.contains(hop.tables[at].target, rows[i])) continue;
      if (try_neighbour(hop, at, rows[i], frame.neighbours.edges[i])) return true;
    }
    if (frame.choice == frame.end) return false;
    const HopTable& table = hop.tables[frame.choice++];
    load_neighbours(frame, table);
    if (hop.same_as != kNoVariable) keep_same(frame, hop, table);
  }
}

bool PathWalker::try_neighbour(const PlanHop& hop,
                               std::uint32_t at,
                               std::uint32_t row,
                               std::uint32_t edge) {
  const HopTable& table = hop.tables[at];
  const PackedRef entity = pack(table.target_type.value, row);
  const VariableId variable = plan_.nodes[hop.node].variable;
  if (pins_ != nullptr && variable < pins_->values.size()) {
    const PackedRef pinned = pins_->values[variable];
    if (pinned != kUnbound && pinned != entity) return false;
    const PackedRef edge_pinned = pins_->values[hop.relationship];
    if (edge_pinned != kUnbound && edge_pinned != pack(table.table, edge)) return false;
  }
  for (const VariableId other : hop.distinct_from) {
    if (values_[other] == entity) return false;
  }
  const bool fits = hop.node < sets_.size() ? sets_[hop.node][table.target].contains(row)
                                            : filters_.nodes[hop.node].matches(table.target, row);
  if (!fits) return false;
  const auto hop_index = static_cast<std::size_t>(&hop - plan_.hops.data());
  if (!filters_.hops[hop_index].matches(at, edge)) return false;
  values_[hop.relationship] = pack(table.table, edge);
  values_[variable] = entity;
  if (hop.path != nullptr && !evaluator_.where(*hop.path, values_)) return false;
  current_ = entity;
  if (run_.profile != nullptr) ++run_.profile->hops[hop_index].rows;
  return true;
}

bool PathWalker::redundant() {
  if (plan_.linear) return false;
  for (std::size_t i = base_; i < stack_.size(); ++i) {
    const Frame frame = stack_[i];
    const Instruction& step = plan_.program[frame.pc];
    if (step.op != Instruction::Op::Optional || step.every_path || frame.choice != 2) continue;
    if (could_take(frame)) return true;
  }
  return false;
}

bool PathWalker::could_take(const Frame& skipped) {
  const std::vector<PackedRef> path = values_;
  // Only what comes after the optional is pinned; what is inside it is free.
  std::vector<PackedRef> pinned(path.size(), kUnbound);
  const std::uint32_t leave = plan_.program[skipped.pc].jump;
  for (std::uint32_t pc = leave + 1; pc < plan_.program.size(); ++pc) {
    const Instruction& step = plan_.program[pc];
    if (step.op == Instruction::Op::Absent) {  // Binds nothing; decided anew.
      pc = step.jump - 1;
      continue;
    }
    if (step.op != Instruction::Op::Expand) continue;
    const PlanHop& hop = plan_.hops[step.index];
    const VariableId entity = plan_.nodes[hop.node].variable;
    pinned[entity] = path[entity];
    pinned[hop.relationship] = path[hop.relationship];
    values_[entity] = kUnbound;
    values_[hop.relationship] = kUnbound;
  }
  const Pins pins{.after = leave, .values = pinned};
  pins_ = &pins;
  const bool found = exists(skipped.pc + 1, skipped.current);
  pins_ = nullptr;
  values_ = path;
  return found;
}

void PathWalker::unbind(std::span<const VariableId> variables) {
  for (const VariableId variable : variables) {
    values_[variable] = kUnbound;
  }
}

}  // namespace callisto::query
