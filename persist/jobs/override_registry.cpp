#include "persist/jobs/override_registry.h"

#include <boost/tuple/tuple.hpp>

namespace callisto::persist {

void OverrideRegistry::rebuild(SnapshotPtr snapshot) {
  snapshot_ = std::move(snapshot);
  keys_.clear();
  for (const auto& table : snapshot_->entity_tables()) {
    if (!table) continue;
    std::uint32_t first = 0;
    for (const ChunkPtr& chunk : table->chunks()) {
      for (const RowLayers& row : chunk->layers()) {
        if (row.layers) add(table->id(first + row.row), *row.layers);
      }
      first += kChunkRows;
    }
  }
}

void OverrideRegistry::apply(const ChangeSet& change, SnapshotPtr after) {
  snapshot_ = std::move(after);
  for (const Erase& erased : change.erased) {
    if (!erased.relationship) remove(erased.id);
  }
  for (const EntityPut& put : change.entities) {
    if (!put.sets_layers) continue;
    remove(put.id);
    if (put.layers) add(put.id, *put.layers);
  }
}

void OverrideRegistry::add(const Uuid& entity, const ObjectLayers& layers) {
  for (const PropertyLayers& property : layers.properties) {
    for (const OverrideEntry& entry : property.overrides) {
      const auto scope = snapshot_->find_scope(entry.scope);
      keys_.insert({.entity = entity,
                    .property = property.property,
                    .scope = entry.scope,
                    .age = scope ? scope->age : 0});
    }
  }
}

void OverrideRegistry::remove(const Uuid& entity) {
  auto& index = keys_.get<ByEntity>();
  const auto [begin, end] = index.equal_range(boost::make_tuple(entity));
  index.erase(begin, end);
}

std::vector<Uuid> OverrideRegistry::entities_of(ScopeId scope) const {
  std::vector<Uuid> found;
  const auto [begin, end] = keys_.get<ByScope>().equal_range(boost::make_tuple(scope));
  for (auto at = begin; at != end; ++at) {
    if (found.empty() || found.back() != at->entity) found.push_back(at->entity);
  }
  return found;
}

std::size_t OverrideRegistry::size_of(ScopeId scope) const {
  return keys_.get<ByScope>().count(boost::make_tuple(scope));
}

std::vector<OverrideKey> OverrideRegistry::of_entity(const Uuid& entity) const {
  const auto [begin, end] = keys_.get<ByEntity>().equal_range(boost::make_tuple(entity));
  return {begin, end};
}

std::vector<OverrideKey> OverrideRegistry::of_scope(ScopeId scope) const {
  const auto [begin, end] = keys_.get<ByScope>().equal_range(boost::make_tuple(scope));
  return {begin, end};
}

std::vector<OverrideKey> OverrideRegistry::all() const {
  const auto& index = keys_.get<ByAge>();
  return {index.begin(), index.end()};
}

}  // namespace callisto::persist
