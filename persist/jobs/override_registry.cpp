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
        if (row.layers) add(keys_, *snapshot_, table->id(first + row.row), *row.layers);
      }
      first += kChunkRows;
    }
  }
}

OverrideRegistry::Update OverrideRegistry::prepare(const ChangeSet& change, SnapshotPtr after) {
  Update update;
  for (const Erase& erased : change.erased) {
    if (!erased.relationship) update.touched_.push_back(erased.id);
  }
  for (const EntityPut& put : change.entities) {
    if (!put.sets_layers) continue;
    update.touched_.push_back(put.id);
    remove(update.keys_, put.id);
    if (put.layers) add(update.keys_, *after, put.id, *put.layers);
  }
  update.after_ = std::move(after);
  return update;
}

void OverrideRegistry::apply(Update&& update) noexcept {
  for (const Uuid& id : update.touched_) {
    remove(keys_, id);
  }
  while (!update.keys_.empty()) {
    keys_.insert(update.keys_.extract(update.keys_.begin()));
  }
  snapshot_ = std::move(update.after_);
}

void OverrideRegistry::add(Keys& keys,
                           const Snapshot& snapshot,
                           const Uuid& entity,
                           const ObjectLayers& layers) {
  for (const PropertyLayers& property : layers.properties) {
    for (const OverrideEntry& entry : property.overrides) {
      const auto scope = snapshot.find_scope(entry.scope);
      keys.insert({.entity = entity,
                   .property = property.property,
                   .scope = entry.scope,
                   .age = scope ? scope->age : 0});
    }
  }
}

void OverrideRegistry::remove(Keys& keys, const Uuid& entity) noexcept {
  auto& index = keys.get<ByEntity>();
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
