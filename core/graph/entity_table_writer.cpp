#include "core/graph/entity_table_writer.h"

#include <algorithm>
#include <utility>

#include "core/values/text_hash.h"

namespace callisto {

namespace {

std::uint64_t hash_of(std::span<const ClassId> classes) {
  std::uint64_t hash = classes.size();
  for (const ClassId id : classes) {
    hash = hash_word(hash ^ id.value);
  }
  return hash;
}

}  // namespace

EntityTableWriter::EntityTableWriter(TypeId type,
                                     std::shared_ptr<const EntityTable> current,
                                     Names& names)
    : type_(type),
      current_(std::move(current)),
      names_(names),
      rows_(current_.get(), names),
      type_value_(ValueView::string(names.text(type))) {
  if (!current_) return;
  for (const ClassSet& set : current_->class_sets()) {
    const std::size_t index = class_set(set.classes);
    class_sets_[index].live_rows = set.live_rows;
  }
}

std::size_t EntityTableWriter::class_set(std::span<const ClassId> classes) {
  const auto same = [&](const ClassSet& set) {
    return std::equal(set.classes.begin(), set.classes.end(), classes.begin(), classes.end());
  };
  if (last_set_ < class_sets_.size() && same(class_sets_[last_set_])) return last_set_;
  const std::uint64_t hash = hash_of(classes);
  const auto [begin, end] = sets_by_hash_.equal_range(hash);
  for (auto set = begin; set != end; ++set) {
    if (same(class_sets_[set->second])) return last_set_ = set->second;
  }
  sets_by_hash_.emplace(hash, class_sets_.size());
  class_sets_.push_back({.classes = {classes.begin(), classes.end()}, .live_rows = 0});
  const std::span<ValueView> elements = arena_.allocate_array<ValueView>(classes.size());
  for (std::size_t i = 0; i < classes.size(); ++i) {
    elements[i] = ValueView::string(names_.text(classes[i]));
  }
  class_values_.push_back(ValueView::list(elements));
  last_set_ = class_sets_.size() - 1;
  return last_set_;
}

std::size_t EntityTableWriter::class_set_of(std::uint32_t row) {
  const Column* column = current_->chunk_of(row).base(slots::kClass);
  std::vector<ClassId> classes;
  for (const ValueView name : column->at(row % kChunkRows).as_list()) {
    classes.push_back(ClassId{names_.classes.intern(name.as_string())});
  }
  return class_set(classes);
}

void EntityTableWriter::put(const EntityPut& put, std::uint32_t row, bool is_new) {
  RowPut out{.row = row, .partition = put.partition, .meta = &put.meta, .key = &put.key};
  out.is_new = is_new;
  if (put.sets_base) out.base = &put.base;
  if (put.sets_layers) out.layers = &put.layers;
  if (is_new) out.type_value = &type_value_;

  const bool was_live = !is_new && rows_.was_live(row);
  const bool sets_class = is_new || put.sets_base;
  if (sets_class || was_live == put.meta.deleted) {
    const std::size_t before = is_new ? 0 : class_set_of(row);
    const std::size_t after = sets_class ? class_set(put.classes) : before;
    if (was_live) --class_sets_[before].live_rows;
    if (!put.meta.deleted) ++class_sets_[after].live_rows;
    if (is_new || before != after) out.class_value = &class_values_[after];
  }
  rows_.put(out);
}

void EntityTableWriter::erase(std::uint32_t row) {
  if (rows_.was_live(row)) --class_sets_[class_set_of(row)].live_rows;
  RowPut out;
  out.row = row;
  out.erased = true;
  rows_.put(out);
}

std::shared_ptr<const EntityTable> EntityTableWriter::finish() {
  auto next = current_ ? std::make_shared<EntityTable>(*current_) : std::make_shared<EntityTable>();
  next->type_ = type_;
  rows_.finish(*next);
  next->class_sets_ = class_sets_;
  return next;
}

}  // namespace callisto
