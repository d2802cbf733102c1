#include "persist/jobs/mapped_targets.h"

#include <algorithm>

#include "core/overlay/precedence.h"
#include "persist/jobs/effective_change.h"

namespace callisto::persist {
namespace {

constexpr std::string_view kMapperSource = "system-mapper";

// The most selective property is unlikely to be class or type.
PropertyId choose_pivot(std::span<const PropertyId> properties) {
  for (const PropertyId property : properties) {
    if (property == metadata::kKey || property == metadata::kId) return property;
  }
  for (const PropertyId property : properties) {
    if (property != metadata::kClass && property != metadata::kType) return property;
  }
  return properties.front();
}

// Lists are compared by membership (wire-api 5).
bool holds(ValueView stored, ValueView wanted) {
  if (wanted.kind() == ValueKind::List) {
    const auto elements = wanted.as_list();
    return !elements.empty() &&
           std::all_of(elements.begin(), elements.end(), [&](ValueView element) {
             return holds(stored, element);
           });
  }
  if (stored.kind() != ValueKind::List) return !stored.is_null() && stored == wanted;
  const auto elements = stored.as_list();
  return std::find(elements.begin(), elements.end(), wanted) != elements.end();
}

// The value to look up by: any element of a list does, since all must be held.
std::uint64_t pivot_hash(ValueView wanted) {
  return hash_value(wanted.kind() == ValueKind::List ? wanted.as_list().front() : wanted);
}

bool is_nothing(ValueView wanted) {
  return wanted.is_null() || (wanted.kind() == ValueKind::List && wanted.as_list().empty());
}

}  // namespace

MappedTargets::MappedTargets(PlanContext& context, const Job& job) : context_(context) {
  mapper_.source = kMapperSource;
  mapper_spaces_ = name_spaces(context.snapshot.account(), mapper_);
  for (const UploadBatch& batch : job.rows.batches()) {
    for (const RelationshipRow& row : batch.relationships) {
      if (row.mapping == nullptr) continue;
      for (const std::span<const PropertyId> properties : row.mapping->filters) {
        Filter& filter = filter_of(properties);
        const ValueView value = wanted(row.mapping->target, filter.pivot);
        if (!is_nothing(value)) filter.by_value.try_emplace(pivot_hash(value));
      }
    }
  }
  for (Filter& filter : filters_) {
    index(filter);
  }
}

MappedTargets::Filter& MappedTargets::filter_of(std::span<const PropertyId> properties) {
  for (Filter& filter : filters_) {
    if (std::equal(filter.properties.begin(),
                   filter.properties.end(),
                   properties.begin(),
                   properties.end())) {
      return filter;
    }
  }
  Filter& filter = filters_.emplace_back();
  filter.properties.assign(properties.begin(), properties.end());
  filter.pivot = choose_pivot(properties);
  return filter;
}

void MappedTargets::index(Filter& filter) {
  if (filter.by_value.empty()) return;
  for (const auto& table : context_.snapshot.entity_tables()) {
    if (!table) continue;
    std::uint32_t first = 0;
    for (const ChunkPtr& chunk : table->chunks()) {
      chunk->live().for_each([&](std::uint32_t row) {
        const Uuid& id = table->id(first + row);
        if (context_.edit.edited(id) == nullptr) index(filter, id);
      });
      first += kChunkRows;
    }
  }
  for (const EntityEdit& edit : context_.edit.entities()) {
    if (edit.live) index(filter, edit.id);
  }
}

void MappedTargets::index(Filter& filter, const Uuid& entity) {
  const auto add = [&](ValueView value) {
    const auto found = filter.by_value.find(hash_value(value));
    if (found == filter.by_value.end()) return;
    std::vector<Uuid>& ids = found->second;
    if (std::find(ids.begin(), ids.end(), entity) == ids.end()) ids.push_back(entity);
  };
  const ValueView stored = value(entity, filter.pivot);
  if (stored.kind() == ValueKind::List) {
    for (const ValueView element : stored.as_list()) {
      add(element);
    }
  } else if (!stored.is_null()) {
    add(stored);
  }
  scratch_.clear();
}

ValueView MappedTargets::class_list(std::span<const ClassId> classes) {
  const std::span<ValueView> names = scratch_.allocate_array<ValueView>(classes.size());
  std::transform(classes.begin(), classes.end(), names.begin(), [&](ClassId id) {
    return ValueView::string(context_.snapshot.names().text(id));
  });
  return ValueView::list(names);
}

ValueView MappedTargets::wanted(const EntityRow& target, PropertyId property) {
  if (property == metadata::kKey) {
    return target.key.empty() ? ValueView{} : ValueView::string(target.key);
  }
  if (property == metadata::kType) {
    return target.type ? ValueView::string(context_.snapshot.names().text(*target.type))
                       : ValueView{};
  }
  if (property == metadata::kClass) return class_list(target.classes);
  return base_value(target.properties, property);
}

ValueView MappedTargets::value(const Uuid& entity, PropertyId property) {
  const EntityEdit* const edit = context_.edit.edited(entity);
  if (edit == nullptr) {
    const std::optional<EntityRef> ref = context_.snapshot.find_entity(entity);
    return ref ? context_.snapshot.value(*ref, property, scratch_) : ValueView{};
  }
  if (property == metadata::kKey) return ValueView::string(edit->key);
  if (property == metadata::kType) {
    return ValueView::string(context_.snapshot.names().text(context_.edit.type(*edit)));
  }
  if (property == metadata::kClass) return class_list(context_.edit.classes(*edit));
  if (metadata::is_metadata(property)) {
    return edit->stored ? context_.snapshot.value(*edit->stored, property, scratch_) : ValueView{};
  }
  const ObjectLayers* const layers = context_.edit.layers(*edit);
  const PropertyLayers* const of_property = layers == nullptr ? nullptr : layers->find(property);
  return resolve_value(
      of_property, base_value(context_.edit.base(*edit), property), LayerView::Effective, scratch_);
}

bool MappedTargets::matches(const Uuid& entity,
                            std::span<const PropertyId> properties,
                            const EntityRow& target) {
  return std::all_of(properties.begin(), properties.end(), [&](PropertyId property) {
    const ValueView want = wanted(target, property);
    return !is_nothing(want) && holds(value(entity, property), want);
  });
}

std::vector<Uuid> MappedTargets::find(const Mapping& mapping, bool& failed) {
  std::vector<Uuid> targets;
  for (const std::span<const PropertyId> properties : mapping.filters) {
    const Filter& filter = filter_of(properties);
    const ValueView pivot = wanted(mapping.target, filter.pivot);
    if (is_nothing(pivot)) continue;
    const auto found = filter.by_value.find(pivot_hash(pivot));
    if (found == filter.by_value.end()) continue;
    for (const Uuid& id : found->second) {
      const bool is_new = std::find(targets.begin(), targets.end(), id) == targets.end();
      if (is_new && matches(id, properties, mapping.target)) targets.push_back(id);
    }
  }
  scratch_.clear();
  for (const Uuid& id : targets) {
    update_own(id, mapping.target);
  }
  if (!targets.empty() || mapping.skip_target_creation) return targets;
  EntityRow row = mapping.target;
  row.id = uuid_v5(mapper_spaces_.entities, row.key);
  if (context_.edit.alive(row.id)) row.type.reset();  // It keeps its type.
  const EntityEdit* const made = row.key.empty() ? nullptr : merge_entity(context_, row, mapper_);
  if (made == nullptr) {
    failed = true;
    return targets;
  }
  for (Filter& filter : filters_) {
    index(filter, row.id);
  }
  return {row.id};
}

// A target that the mapper owns takes the given properties; others belong to somebody else.
void MappedTargets::update_own(const Uuid& entity, const EntityRow& target) {
  const std::optional<PartitionId> mapper = context_.snapshot.find_partition(mapper_);
  if (!mapper) return;  // What this change itself has made is up to date.
  const EntityEdit* edit = context_.edit.edited(entity);
  if (edit == nullptr) {
    const std::optional<EntityRef> ref = context_.snapshot.find_entity(entity);
    const EntityTable& table = *context_.snapshot.entity_table(ref->type);
    if (table.partition(ref->row) != *mapper) return;
    if (context_.edit.stored_rows().same_base(table, ref->row, target.properties)) return;
  } else if (edit->partition != *mapper) {
    return;
  }
  EntityRow row = target;
  row.id = entity;
  row.type.reset();
  row.classes = {};
  merge_entity(context_, row, mapper_);
}

}  // namespace callisto::persist
