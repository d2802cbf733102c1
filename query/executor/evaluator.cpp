// Reads columns through a one-entry cache per property.
#include "query/executor/evaluator.h"

#include <string>

#include "query/executor/metered.h"

namespace callisto::query {

Evaluator::Evaluator(const RunContext& run)
    : run_(run), last_(run.query().reads.size()), made_(run.guard) {}

ValueView Evaluator::read(ReadId id, std::span<const PackedRef> path, Arena& arena) {
  const Read& read = run_.query().reads[id];
  const PackedRef ref = path[read.variable];
  const PropertyId property = run_.plan->reads[id];
  if (ref == kUnbound || property == kNoProperty) return {};
  const bool relationship = run_.is_relationship(read.variable);
  if (!run_.plain_layer()) return run_.value(relationship, ref, property, arena);
  LastColumn& last = last_[id];
  const std::uint64_t chunk = pack(table_of(ref), row_of(ref) / kChunkRows);
  if (last.chunk != chunk) {
    const PropertyTable& table = run_.table(relationship, ref);
    const auto slot = table.slot(property);
    if (!slot) return run_.value(relationship, ref, property, arena);
    last.chunk = chunk;
    last.column = table.chunk_of(row_of(ref)).column(*slot);
  }
  return last.column == nullptr ? ValueView{} : last.column->at(row_of(ref) % kChunkRows, arena);
}

ValueView Evaluator::value(const Expression& expression,
                           std::span<const PackedRef> path,
                           const RowValues& row,
                           Arena& arena) {
  switch (expression.kind) {
    case Expression::Kind::Literal:
      return run_.constants->value(expression.index);
    case Expression::Kind::Read:
      return read(expression.index, path, arena);
    case Expression::Kind::Aggregate:
      return row.aggregates[expression.index];
    case Expression::Kind::Column:
      return row.cells[expression.index].value;
    case Expression::Kind::Object:
    case Expression::Kind::AllPaths:
      return {};
    case Expression::Kind::Negate: {
      const ValueView operand = value(expression.arguments[0], path, row, arena);
      return apply(ast::ArithmeticOp::Subtract, ValueView::number(0), operand);
    }
    case Expression::Kind::Arithmetic:
      return apply(expression.op,
                   value(expression.arguments[0], path, row, arena),
                   value(expression.arguments[1], path, row, arena));
    case Expression::Kind::Call:
      break;
  }
  std::vector<ValueView> arguments;
  arguments.reserve(expression.arguments.size());
  for (const Expression& argument : expression.arguments) {
    arguments.push_back(value(argument, path, row, arena));
  }
  return call(expression.function, arguments, arena);
}

ValueView Evaluator::call(ScalarFunction function,
                          std::span<const ValueView> arguments,
                          Arena& arena) {
  if (run_.guard.stopped()) return {};
  const std::optional<ValueView> made = apply(function, arguments, arena);
  if (!made) {
    const bool text = function == ScalarFunction::Concat;
    run_.guard.stop(Error{
        .code = ErrorCode::LimitExceeded,
        .message = text ? "A text that CONCAT makes is longer than " +
                              std::to_string(kMadeValueBytesMax) + " bytes."
                        : "A list that MERGE makes has more than " +
                              std::to_string(kMadeValueBytesMax / sizeof(ValueView)) + " elements.",
        .hints = {"Put less together in one value; return the parts as columns of their own."}});
    return {};
  }
  count(arena);
  if (run_.guard.work(bytes_to_compare(*made))) return {};
  return *made;
}

Cell Evaluator::cell(const Expression& expression, std::span<const PackedRef> path, Arena& arena) {
  if (expression.kind != Expression::Kind::Object) {
    return {.value = value(expression, path, {}, arena)};
  }
  const PackedRef ref = path[expression.index];
  if (ref == kUnbound) return {};
  return {
      .ref = ref,
      .kind = run_.is_relationship(expression.index) ? CellKind::Relationship : CellKind::Entity};
}

bool Evaluator::where(const Condition& condition, std::span<const PackedRef> path) {
  scratch_.clear();
  return holds(
      condition,
      run_,
      [&](ReadId id) { return read(id, path, scratch_); },
      [&](VariableId variable, const StringMatcher& matcher) {
        return any_text(run_, run_.is_relationship(variable), path[variable], matcher);
      });
}

}  // namespace callisto::query
