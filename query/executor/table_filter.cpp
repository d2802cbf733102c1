// Conditions over columns: masks per chunk, complements within the rows that are asked about.
#include "query/executor/table_filter.h"

#include <algorithm>
#include <utility>

#include "core/indexes/value_index.h"
#include "query/binder/matchers.h"
#include "query/executor/metered.h"

namespace callisto::query {

namespace {

// Fewer rows than this are tested one by one.
constexpr std::uint32_t kRowsTestedMax = 48;

// Whether an id can have a word.
bool fits_id(const TokenPattern& word) {
  return std::all_of(word.form().begin(), word.form().end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || is_token_mark(c);
  });
}

}  // namespace

TableFilter::TableFilter(const RunContext& run,
                         bool relationship,
                         std::uint32_t table,
                         const Condition* filter,
                         const Condition* seek,
                         std::span<const ClassId> classes)
    : run_(run),
      relationship_(relationship),
      table_index_(table),
      table_(run.table(relationship, pack(table, 0))),
      filter_(filter),
      seek_(seek),
      classes_(classes) {}

RowMask TableFilter::universe(std::uint32_t chunk) const {
  RowMask mask = table_.chunks()[chunk]->live();
  if (run_.plan->include_deleted) mask |= table_.chunks()[chunk]->deleted();
  return mask;
}

bool TableFilter::visible(std::uint32_t row) const {
  if (row >= table_.rows()) return false;
  const PropertyChunk& chunk = table_.chunk_of(row);
  return chunk.live().test(row % kChunkRows) ||
         (run_.plan->include_deleted && chunk.deleted().test(row % kChunkRows));
}

bool TableFilter::matches(std::uint32_t row) {
  if (trivial()) return true;
  if (!run_.plan->optimized) return test(row);
  if (chunks_.empty()) chunks_.resize(table_.chunks().size());
  ChunkState& state = chunks_[row / kChunkRows];
  if (state.mask) return state.mask->test(row % kChunkRows);
  if (++state.tests <= kRowsTestedMax) return test(row);
  state.mask = std::make_unique<RowMask>(mask(row / kChunkRows));
  return state.mask->test(row % kChunkRows);
}

bool TableFilter::test(std::uint32_t row) {
  if (!classes_.empty()) {
    const ValueView all =
        run_.value(relationship_, pack(table_index_, row), metadata::kClass, scratch_);
    bool member = false;
    for (const ClassId id : classes_) {
      const ValueView name = ValueView::string(run_.snapshot->names().text(id));
      member = member || callisto::passes(all, {.test = Test::Equal, .operand = name});
    }
    if (!member) return false;
  }
  if (filter_ == nullptr) return true;
  scratch_.clear();
  const PackedRef ref = pack(table_index_, row);
  return holds(
      *filter_,
      run_,
      [&](ReadId read) { return run_.value(relationship_, ref, run_.plan->reads[read], scratch_); },
      [&](VariableId, const StringMatcher& matcher) {
        return query::any_text(run_, relationship_, ref, matcher);
      });
}

const std::vector<std::uint32_t>* TableFilter::candidates() {
  if (!sought_) {
    sought_ = true;
    if (seek_ == nullptr) return nullptr;
    const auto slot = table_.slot(run_.plan->reads[seek_->left]);
    const Operand& operand = (*run_.constants)[seek_->constant];
    // A variable may turn out to be a list, or nothing.
    if (slot && !operand.null && operand.matcher == nullptr && operand.values.size() == 1 &&
        operand.values[0].kind() != ValueKind::List) {
      candidates_ = table_.indexes().find_equal(table_, *slot, operand.values[0]);
    }
  }
  return candidates_ ? &*candidates_ : nullptr;
}

std::uint32_t TableFilter::next_chunk(std::uint32_t chunk) {
  const auto chunks = static_cast<std::uint32_t>(table_.chunks().size());
  const std::vector<std::uint32_t>* rows = candidates();
  if (rows == nullptr || chunk >= chunks) return std::min(chunk, chunks);
  const auto next = std::lower_bound(rows->begin(), rows->end(), chunk * kChunkRows);
  return next == rows->end() ? chunks : *next / kChunkRows;
}

RowMask TableFilter::mask(std::uint32_t chunk) {
  RowMask rows = universe(chunk);
  if (const std::vector<std::uint32_t>* found = candidates()) {
    RowMask among;
    auto row = std::lower_bound(found->begin(), found->end(), chunk * kChunkRows);
    for (; row != found->end() && *row / kChunkRows == chunk; ++row) {
      among.set(*row % kChunkRows);
    }
    rows &= among;
  }
  if (!classes_.empty()) rows = of_classes(chunk, rows);
  if (filter_ != nullptr && rows.any()) rows = select_rows(*filter_, chunk, rows);
  return rows;
}

RowMask TableFilter::select_rows(const Condition& condition,
                                 std::uint32_t chunk,
                                 const RowMask& among) {
  switch (condition.kind) {
    case Condition::Kind::All: {
      RowMask rows = among;
      for (const Condition& part : condition.parts) {
        if (!rows.any() || run_.guard.stopped()) break;
        rows = select_rows(part, chunk, rows);
      }
      return rows;
    }
    case Condition::Kind::Any: {
      RowMask rows;
      for (const Condition& part : condition.parts) {
        RowMask rest = among;
        rest.and_not(rows);
        if (!rest.any() || run_.guard.stopped()) break;
        rows |= select_rows(part, chunk, rest);
      }
      return rows;
    }
    case Condition::Kind::Not: {
      RowMask rows = among;
      rows.and_not(select_rows(condition.parts[0], chunk, among));
      return rows;
    }
    case Condition::Kind::Text:
      return any_text(*(*run_.constants)[condition.constant].matcher, chunk, among);
    case Condition::Kind::Compare:
      break;
  }
  return compare(condition, chunk, among);
}

RowMask TableFilter::compare(const Condition& condition,
                             std::uint32_t chunk,
                             const RowMask& among) {
  if (condition.right != kNone || among.count() <= kRowsTestedMax) {
    return row_by_row(condition, chunk, among);
  }
  ColumnPtr owner;
  const Column* values = column(run_.plan->reads[condition.left], chunk, owner);
  RowMask rows;
  if (condition.constant == kNone) {
    if (values != nullptr) rows = values->presence();
    return rows &= among;
  }
  const Operand& operand = (*run_.constants)[condition.constant];
  if (operand.null) {
    if (condition.test != Test::Equal) return rows;
    rows = among;
    if (values != nullptr) rows.and_not(values->presence());
    return rows;
  }
  if (values == nullptr) return rows;
  if (operand.matcher != nullptr) {
    rows |=
        select_metered(*values, {.test = Test::Matches, .matcher = operand.matcher}, run_.guard);
  }
  if (operand.set != nullptr && condition.test == Test::Equal) {
    rows |= select_metered(*values, {.test = Test::AnyOf, .set = operand.set}, run_.guard);
    return rows &= among;
  }
  for (const ValueView value : operand.values) {
    rows |= select_metered(*values, {.test = condition.test, .operand = value}, run_.guard);
    if (run_.guard.stopped()) break;
  }
  return rows &= among;
}

RowMask TableFilter::row_by_row(const Condition& condition,
                                std::uint32_t chunk,
                                const RowMask& among) {
  RowMask rows;
  among.for_each([&](std::uint32_t row) {
    scratch_.clear();
    const PackedRef ref = pack(table_index_, chunk * kChunkRows + row);
    const bool good = holds(
        condition,
        run_,
        [&](ReadId read) {
          return run_.value(relationship_, ref, run_.plan->reads[read], scratch_);
        },
        [](VariableId, const StringMatcher&) { return false; });
    if (good) rows.set(row);
  });
  return rows;
}

RowMask TableFilter::any_text(const StringMatcher& matcher,
                              std::uint32_t chunk,
                              const RowMask& among) const {
  const Predicate predicate{.test = Test::Matches, .matcher = &matcher};
  RowMask rows;
  const auto* words = dynamic_cast<const TokenMatcher*>(&matcher);
  const TokenPattern* const word = words == nullptr ? nullptr : &words->pattern();
  const auto look = [&](PropertyId property) {
    if (run_.guard.stopped()) return;
    ColumnPtr owner;
    const Column* values = column(property, chunk, owner);
    if (values == nullptr) return;
    if (values->kind() == Column::Kind::Ids && word != nullptr && !fits_id(*word)) return;
    rows |= select_metered(*values, predicate, run_.guard);
  };
  std::optional<TextIndex::Found> indexed;
  if (word != nullptr && run_.plain_layer() && run_.plan->optimized) {
    indexed = table_.indexes().find_word(table_, chunk, *word);
  }
  if (indexed && indexed->exact) {
    rows = indexed->rows;
  } else if (indexed && indexed->rows.count() <= kRowsTestedMax) {
    indexed->rows.for_each([&](std::uint32_t row) {
      const PackedRef ref = pack(table_index_, chunk * kChunkRows + row);
      if (query::any_text(run_, relationship_, ref, matcher)) rows.set(row);
    });
  } else {
    for (const PropertyId property : table_.properties()) {
      if (run_.guard.stopped()) break;
      if (property != kNoProperty) look(property);
    }
  }
  for (std::uint32_t id = 0; id < metadata::kCount; ++id) {
    if (!table_.slot(PropertyId{id})) look(PropertyId{id});
  }
  return rows &= among;
}

RowMask TableFilter::of_classes(std::uint32_t chunk, const RowMask& among) const {
  RowMask rows;
  const Column* values = table_.chunks()[chunk]->column(slots::kClass);
  if (values == nullptr) return rows;
  for (const ClassId id : classes_) {
    const ValueView name = ValueView::string(run_.snapshot->names().text(id));
    rows |= select(*values, {.test = Test::Equal, .operand = name});
  }
  return rows &= among;
}

const Column* TableFilter::column(PropertyId property,
                                  std::uint32_t chunk,
                                  ColumnPtr& owner) const {
  if (property == kNoProperty) return nullptr;
  if (const auto slot = table_.slot(property)) {
    if (run_.plain_layer()) return table_.chunks()[chunk]->column(*slot);
    owner = table_.column_as(run_.plan->layer, chunk, *slot, run_.snapshot->names().strings);
    return owner.get();
  }
  if (!metadata::is_metadata(property)) return nullptr;
  if (relationship_) {
    owner = run_.snapshot->derived_column(
        *run_.snapshot->relationship_tables()[table_index_], chunk, property);
  } else {
    owner = run_.snapshot->derived_column(
        *run_.snapshot->entity_table({table_index_}), chunk, property);
  }
  return owner.get();
}

NodeFilter::NodeFilter(const RunContext& run, const PlanNode& node)
    : run_(run), node_(node), trivial_(node.filter == nullptr) {
  for (const NodeTable& table : node.tables) {
    trivial_ = trivial_ && !table.tests_class;
  }
}

TableFilter& NodeFilter::at(std::uint32_t table_index) {
  if (tables_.empty()) tables_.resize(node_.tables.size());
  std::unique_ptr<TableFilter>& filter = tables_[table_index];
  if (!filter) {
    const NodeTable& table = node_.tables[table_index];
    const std::span<const ClassId> classes(node_.classes);
    filter = std::make_unique<TableFilter>(run_,
                                           false,
                                           table.type.value,
                                           node_.filter,
                                           node_.seek,
                                           table.tests_class ? classes : classes.first(0));
  }
  return *filter;
}

HopFilter::HopFilter(const RunContext& run, const PlanHop& hop) : run_(run), hop_(hop) {
  if (hop.between == nullptr) return;
  ends_.resize(run.query().variables.size(), kUnbound);
  evaluator_.emplace(run);
  known_.resize(hop.tables.size());
}

bool HopFilter::matches(std::uint32_t at, std::uint32_t relationship_row) {
  if (hop_.filter != nullptr) {
    if (tables_.empty()) tables_.resize(hop_.tables.size());
    std::unique_ptr<TableFilter>& filter = tables_[at];
    if (!filter) {
      filter = std::make_unique<TableFilter>(
          run_, true, hop_.tables[at].table, hop_.filter, hop_.seek, std::span<const ClassId>{});
    }
    if (!filter->matches(relationship_row)) return false;
  }
  if (hop_.between == nullptr) return true;
  std::vector<Known>& known = known_[at];
  if (known.empty()) {
    const std::uint32_t rows = run_.relationships(hop_.tables[at].table).rows();
    if (run_.guard.hold(rows)) return false;
    known.assign(rows, Known::Nothing);
  }
  Known& result = known[relationship_row];
  if (result == Known::Nothing) {
    if (run_.guard.step()) return false;
    result = compare_ends(hop_.tables[at], relationship_row) ? Known::Passes : Known::Fails;
  }
  return result == Known::Passes;
}

bool HopFilter::compare_ends(const HopTable& table, std::uint32_t relationship_row) {
  const RelationshipTable& relationships = run_.relationships(table.table);
  const std::uint32_t from = relationships.from_row(relationship_row);
  const std::uint32_t to = relationships.to_row(relationship_row);
  const PlanNode& left = run_.plan->nodes[hop_.node - 1];
  const PlanNode& right = run_.plan->nodes[hop_.node];
  ends_[hop_.relationship] = pack(table.table, relationship_row);
  ends_[left.variable] = pack(table.source_type.value, table.forward ? from : to);
  ends_[right.variable] = pack(table.target_type.value, table.forward ? to : from);
  return evaluator_->where(*hop_.between, ends_);
}

}  // namespace callisto::query
