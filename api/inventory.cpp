#include "api/inventory.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "core/columns/predicate.h"
#include "core/overlay/precedence.h"

namespace callisto::inventory {
namespace {

constexpr std::size_t kExamplesMax = 3;
constexpr std::size_t kExampleBytesMax = 200;
constexpr std::uint32_t kExampleRowsMax = 64;  // Looked at in each chunk.

template <class Summary, class Name>
void sort_by_count(std::vector<Summary>& items, std::uint64_t Summary::*count, const Name& name) {
  std::sort(items.begin(), items.end(), [&](const Summary& a, const Summary& b) {
    return a.*count != b.*count ? a.*count > b.*count : name(a) < name(b);
  });
}

std::vector<NamedCount> sorted(const std::map<std::string_view, std::uint64_t>& counts) {
  std::vector<NamedCount> items;
  for (const auto& [name, count] : counts) {
    if (count > 0) items.push_back({std::string(name), count});
  }
  sort_by_count(items, &NamedCount::count, [](const NamedCount& item) { return item.name; });
  return items;
}

// What is known of one property so far.
class PropertyTally {
 public:
  // The values of `column` on the rows of `mask`.
  void add(const Column& column, RowMask mask) {
    mask &= column.presence();
    const std::uint32_t count = mask.count();
    if (count == 0) return;
    present_ += count;
    add_kinds(column, mask, count);
    add_examples(column, mask);
  }

  void add_overridden() { ++overridden_; }

  [[nodiscard]] PropertySummary take(std::string name) {
    PropertySummary summary;
    summary.name = std::move(name);
    summary.present = present_;
    summary.overridden = overridden_;
    summary.examples = std::move(examples_);
    constexpr std::pair<ValueKind, const char*> kNames[] = {{ValueKind::String, "string"},
                                                            {ValueKind::Number, "number"},
                                                            {ValueKind::Bool, "boolean"},
                                                            {ValueKind::List, "list"}};
    for (const auto& [kind, text] : kNames) {
      const std::uint64_t count = counts_[place_of(kind)];
      if (count == 0) continue;
      if (!summary.kinds.empty()) summary.kinds += ", ";
      summary.kinds += text;
      summary.counts.push_back({text, count});
    }
    return summary;
  }

  [[nodiscard]] bool empty() const { return present_ == 0 && overridden_ == 0; }

 private:
  static std::size_t place_of(ValueKind kind) { return static_cast<std::size_t>(kind); }

  void add_kinds(const Column& column, const RowMask& mask, std::uint32_t count) {
    switch (column.kind()) {
      case Column::Kind::Integer:
      case Column::Kind::Double:
        counts_[place_of(ValueKind::Number)] += count;
        return;
      case Column::Kind::Text:
      case Column::Kind::Ids:
        counts_[place_of(ValueKind::String)] += count;
        return;
      case Column::Kind::Coded:
      case Column::Kind::Mixed:
        break;
    }
    if (const std::optional<ValueKind> only = only_kind_of(column)) {
      counts_[place_of(*only)] += count;
      return;
    }
    mask.for_each([&](std::uint32_t row) { ++counts_[place_of(column.at(row).kind())]; });
  }

  // The kind of all its values, whichever rows are meant; nothing when there may be several.
  static std::optional<ValueKind> only_kind_of(const Column& column) {
    std::optional<ValueKind> only;
    if (column.kind() != Column::Kind::Coded) return only;
    for (const ValueView value : column.coded_values()) {
      if (value.is_null()) continue;
      if (only && *only != value.kind()) return std::nullopt;
      only = value.kind();
    }
    return only;
  }

  void add_examples(const Column& column, const RowMask& mask) {
    if (examples_.size() >= kExamplesMax) return;
    std::uint32_t seen = 0;
    mask.for_each([&](std::uint32_t row) {
      if (examples_.size() >= kExamplesMax || seen++ >= kExampleRowsMax) return;
      std::string json = to_json(column.at(row, scratch_));
      const bool known = std::find(examples_.begin(), examples_.end(), json) != examples_.end();
      if (!known && json.size() <= kExampleBytesMax) examples_.push_back(std::move(json));
    });
  }

  std::uint64_t present_ = 0;
  std::uint64_t overridden_ = 0;
  std::array<std::uint64_t, 8> counts_{};  // By kind.
  std::vector<std::string> examples_;
  Arena scratch_;
};

// The rows of a chunk that are meant: live, and of the class when one is given.
RowMask meant_rows(const PropertyChunk& chunk, std::string_view class_name) {
  RowMask mask = chunk.live();
  if (class_name.empty()) return mask;
  const Column* classes = chunk.column(slots::kClass);
  if (classes == nullptr) return RowMask{};
  mask &= select(*classes, {.test = Test::Equal, .operand = ValueView::string(class_name)});
  return mask;
}

void tally(const EntityTable& table,
           std::string_view class_name,
           std::map<PropertyId, PropertyTally>& tallies) {
  for (const ChunkPtr& chunk : table.chunks()) {
    const RowMask mask = meant_rows(*chunk, class_name);
    if (!mask.any()) continue;
    const auto properties = table.properties();
    for (Slot slot = slots::kFirstProperty; slot < properties.size(); ++slot) {
      const Column* column = chunk->column(slot);
      if (column != nullptr) tallies[properties[slot]].add(*column, mask);
    }
    for (const RowLayers& row : chunk->layers()) {
      if (!mask.test(row.row) || !row.layers) continue;
      for (const PropertyLayers& layers : row.layers->properties) {
        const bool above = resolve(layers, LayerView::Effective).layer != Layer::Base;
        if (above) tallies[layers.property].add_overridden();
      }
    }
  }
}

}  // namespace

std::vector<NamedCount> classes(const Snapshot& snapshot) {
  std::map<std::string_view, std::uint64_t> counts;
  for (const auto& table : snapshot.entity_tables()) {
    if (!table) continue;
    for (const ClassSet& set : table->class_sets()) {
      for (const ClassId id : set.classes) {
        counts[snapshot.names().text(id)] += set.live_rows;
      }
    }
  }
  return sorted(counts);
}

std::vector<NamedCount> types(const Snapshot& snapshot) {
  std::map<std::string_view, std::uint64_t> counts;
  for (const auto& table : snapshot.entity_tables()) {
    if (table) counts[snapshot.names().text(table->type())] += table->live_rows();
  }
  return sorted(counts);
}

std::vector<VerbSummary> verbs(const Snapshot& snapshot) {
  std::vector<VerbSummary> items;
  const Names& names = snapshot.names();
  for (const auto& table : snapshot.relationship_tables()) {
    if (!table || table->live_rows() == 0) continue;
    items.push_back({std::string(names.text(table->verb())),
                     std::string(names.text(table->from_type())),
                     std::string(names.text(table->to_type())),
                     table->live_rows()});
  }
  sort_by_count(items, &VerbSummary::count, [](const VerbSummary& item) {
    return std::tie(item.verb, item.from_type, item.to_type);
  });
  return items;
}

std::vector<PropertySummary> properties(const Snapshot& snapshot, std::string_view class_or_type) {
  std::map<PropertyId, PropertyTally> tallies;
  const Names& names = snapshot.names();
  const auto class_code = names.classes.find(class_or_type);
  for (const auto& table : snapshot.entity_tables()) {
    if (!table || table->live_rows() == 0) continue;
    if (class_or_type.empty() || names.text(table->type()) == class_or_type) {
      tally(*table, {}, tallies);
      continue;
    }
    const std::uint32_t rows = class_code ? table->live_rows_of(ClassId{*class_code}) : 0;
    if (rows == 0) continue;
    tally(*table, rows == table->live_rows() ? std::string_view{} : class_or_type, tallies);
  }
  std::vector<PropertySummary> items;
  for (auto& [property, tally] : tallies) {
    if (!tally.empty()) items.push_back(tally.take(std::string(names.text(property))));
  }
  sort_by_count(
      items, &PropertySummary::present, [](const PropertySummary& item) { return item.name; });
  return items;
}

GraphSummary summary(const Snapshot& snapshot) {
  GraphSummary summary;
  summary.version = snapshot.version();
  summary.entities = snapshot.live_entities();
  summary.relationships = snapshot.live_relationships();
  summary.memory_bytes = snapshot.bytes();
  for (const auto& table : snapshot.entity_tables()) {
    if (!table) continue;
    for (const ChunkPtr& chunk : table->chunks()) {
      for (const RowLayers& row : chunk->layers()) {
        if (!row.layers) continue;
        for (const PropertyLayers& layers : row.layers->properties) {
          summary.overrides += layers.overrides.size();
        }
      }
    }
  }
  return summary;
}

}  // namespace callisto::inventory
