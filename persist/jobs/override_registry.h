// The writer's index of all overrides: who is overridden, by which scope, in which order. Values
// stay in the snapshot's layers; this finds them without scanning the graph.
//
// Not thread-safe: guarded by the persister.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <boost/multi_index/composite_key.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index_container.hpp>

#include "core/graph/change_set.h"
#include "core/graph/snapshot.h"

namespace callisto::persist {

struct OverrideKey {
  Uuid entity;
  PropertyId property{};
  ScopeId scope{};
  std::uint64_t age = 0;  // Of the scope: smaller is older.
};

class OverrideRegistry {
 public:
  // Reads every layer of the snapshot. Complexity: linear in the objects that have layers.
  void rebuild(SnapshotPtr snapshot);
  class Update;

  // What a change set does to the index, made before it is committed. Complexity: O(layers put x
  // log overrides).
  [[nodiscard]] static Update prepare(const ChangeSet& change, SnapshotPtr after);
  // Takes it over when it is committed; cannot fail, as it takes no memory.
  void apply(Update&& update) noexcept;

  // The version this index describes; nullptr before the first rebuild.
  [[nodiscard]] const SnapshotPtr& snapshot() const { return snapshot_; }

  [[nodiscard]] std::size_t size() const { return keys_.size(); }

  // Entities that a scope overrides, each once.
  [[nodiscard]] std::vector<Uuid> entities_of(ScopeId scope) const;
  [[nodiscard]] std::size_t size_of(ScopeId scope) const;
  // By entity, property and scope age.
  [[nodiscard]] std::vector<OverrideKey> of_entity(const Uuid& entity) const;
  // By entity, property.
  [[nodiscard]] std::vector<OverrideKey> of_scope(ScopeId scope) const;
  // By scope age, entity, property.
  [[nodiscard]] std::vector<OverrideKey> all() const;

 private:
  struct ByEntity {};

  struct ByScope {};

  struct ByAge {};

  using Key = OverrideKey;
  // clang-format off
  using Keys = boost::multi_index_container<
      Key,
      boost::multi_index::indexed_by<
          boost::multi_index::ordered_unique<
              boost::multi_index::tag<ByEntity>,
              boost::multi_index::composite_key<
                  Key,
                  boost::multi_index::member<Key, Uuid, &Key::entity>,
                  boost::multi_index::member<Key, PropertyId, &Key::property>,
                  boost::multi_index::member<Key, std::uint64_t, &Key::age>,
                  boost::multi_index::member<Key, ScopeId, &Key::scope>>>,
          boost::multi_index::ordered_unique<
              boost::multi_index::tag<ByScope>,
              boost::multi_index::composite_key<
                  Key,
                  boost::multi_index::member<Key, ScopeId, &Key::scope>,
                  boost::multi_index::member<Key, Uuid, &Key::entity>,
                  boost::multi_index::member<Key, PropertyId, &Key::property>>>,
          boost::multi_index::ordered_unique<
              boost::multi_index::tag<ByAge>,
              boost::multi_index::composite_key<
                  Key,
                  boost::multi_index::member<Key, std::uint64_t, &Key::age>,
                  boost::multi_index::member<Key, Uuid, &Key::entity>,
                  boost::multi_index::member<Key, PropertyId, &Key::property>,
                  boost::multi_index::member<Key, ScopeId, &Key::scope>>>>>;
  // clang-format on

  static void add(Keys& keys,
                  const Snapshot& snapshot,
                  const Uuid& entity,
                  const ObjectLayers& layers);
  static void remove(Keys& keys, const Uuid& entity) noexcept;

  SnapshotPtr snapshot_;
  Keys keys_;
};

class OverrideRegistry::Update {
 private:
  friend class OverrideRegistry;

  std::vector<Uuid> touched_;  // All that the index says of these goes,
  Keys keys_;                  // and this comes in its place.
  SnapshotPtr after_;
};

}  // namespace callisto::persist
