// Chooses between sets and walks, and applies the rest of WHERE.
#include "query/executor/path_source.h"

namespace callisto::query {

namespace {

// Where the optionals at the end of program[begin, end) lead; inside an optional also where the hop
// before them does, as they may be skipped.
void add_ends(const PhysicalPlan& plan,
              std::size_t begin,
              std::size_t end,
              bool inside,
              std::vector<VariableId>& ends) {
  std::size_t pc = end;
  const auto back_to = [&](Instruction::Op op, std::size_t jump) {
    while (plan.program[pc].op != op || plan.program[pc].jump != jump) {
      --pc;
    }
  };
  while (pc > begin) {
    const std::size_t last = --pc;
    const Instruction& step = plan.program[last];
    if (step.op == Instruction::Op::Leave) {
      back_to(Instruction::Op::Optional, last);
      add_ends(plan, pc + 1, last, true, ends);
    } else if (!inside) {
      return;
    } else if (step.op == Instruction::Op::End) {
      back_to(Instruction::Op::Absent, last + 1);
    } else {
      ends.push_back(plan.nodes[plan.hops[step.index].node].variable);
      return;
    }
  }
}

// The entities at the ends of optionals at the end of the pattern: a list shows them too (5.16).
std::vector<VariableId> trailing_ends(const PhysicalPlan& plan) {
  std::vector<VariableId> ends;
  add_ends(plan, 0, plan.program.size() - 1, false, ends);  // Without its End.
  return ends;
}

}  // namespace

PathSource::PathSource(RunContext& run)
    : run_(run),
      plan_(*run.plan),
      filters_(run),
      evaluator_(run),
      own_row_(run.query().variables.size(), kUnbound),
      row_(own_row_) {
  choose_mode();
}

void PathSource::choose_mode() {
  member_ = plan_.nodes[0].variable;
  const bool single = plan_.program.size() == 1 && !plan_.logical->where;
  if (run_.query().shape == ResultType::List) list_ends_ = trailing_ends(plan_);
  if (plan_.logical->need == Need::Starts) {
    mode_ = plan_.by_sets || single ? Mode::Members : Mode::Starts;
    distinct_ = true;
    return;
  }
  if (single || (plan_.subject && plan_.by_sets)) {
    mode_ = Mode::Members;
    if (plan_.subject) member_ = plan_.nodes[*plan_.subject].variable;
    distinct_ = true;
  } else if (plan_.optimized && plan_.subject == 0U) {
    // One path for each starting entity is enough.
    mode_ = Mode::Starts;
    distinct_ = true;
  }
}

void PathSource::open() {
  opened_ = true;
  NodeFilter* first = &filters_.nodes[0];
  const NodeSet* set = nullptr;
  if (plan_.reduces) {
    reducer_.emplace(run_, filters_);
    reducer_->reduce();
    set = &reducer_->sets()[0];
    if (mode_ == Mode::Members && plan_.subject) {
      first = &filters_.nodes[*plan_.subject];
      set = &reducer_->sets()[*plan_.subject];
    }
  }
  if (set == nullptr) {
    cursor_.emplace(run_, *first);
  } else {
    cursor_.emplace(run_, *first, *set);
  }
  if (mode_ == Mode::Members) return;
  walker_.emplace(run_, filters_, reducer_ ? reducer_->sets() : std::span<const NodeSet>{});
  if (reducer_ && reducer_->negation_done()) walker_->trust_negation();
}

bool PathSource::by_entities() {
  if (mode_ != Mode::Members) return false;
  if (run_.query().shape == ResultType::Table && own_row_.size() != 1) return false;
  if (!opened_) open();
  return true;
}

bool PathSource::by_chunks() {
  if (mode_ != Mode::Members) return false;
  if (!opened_) open();
  return !cursor_->looks_up();
}

std::span<const NodeSet> PathSource::reduced_sets() {
  if (!opened_) open();
  return reducer_->sets();
}

bool PathSource::next() {
  if (!opened_) open();
  switch (mode_) {
    case Mode::Members:
      return next_member();
    case Mode::Starts:
      return next_start();
    case Mode::Paths:
      break;
  }
  return next_path();
}

bool PathSource::next_member() {
  const std::optional<PackedRef> entity = cursor_->next();
  if (!entity) return false;
  own_row_[member_] = *entity;
  return true;
}

bool PathSource::next_of_walk() {
  while (walker_->next()) {
    if (!plan_.logical->where || evaluator_.where(*plan_.logical->where, walker_->values())) {
      return true;
    }
  }
  return false;
}

bool PathSource::emit_list_entity(PackedRef entity) {
  if (!list_ends_.empty() && !seen_.insert(entity).second) return false;
  if (!list_ends_.empty() && run_.guard.hold(4 * sizeof(PackedRef))) return false;
  own_row_[member_] = entity;
  return true;
}

bool PathSource::next_start() {
  for (;;) {
    if (run_.guard.stopped()) return false;
    while (!pending_.empty()) {
      const PackedRef entity = pending_.back();
      pending_.pop_back();
      if (emit_list_entity(entity)) return true;
    }
    if (!walking_) {
      const std::optional<PackedRef> entity = cursor_->next();
      if (!entity) return false;
      walker_->start(*entity);
    }
    const bool found = next_of_walk();
    // One path is enough, unless its optionals add entities of their own.
    walking_ = found && !list_ends_.empty();
    if (!found) continue;
    for (const VariableId end : list_ends_) {
      if (walker_->values()[end] != kUnbound) pending_.push_back(walker_->values()[end]);
    }
    pending_.push_back(walker_->values()[member_]);
  }
}

bool PathSource::next_path() {
  for (;;) {
    if (walking_ && next_of_walk()) {
      row_ = walker_->values();
      return true;
    }
    if (run_.guard.stopped()) return false;
    const std::optional<PackedRef> entity = cursor_->next();
    if (!entity) return false;
    walker_->start(*entity);
    walking_ = true;
  }
}

}  // namespace callisto::query
