// What people ask of the layers: why a property has its value (O-27), and which overrides there are
// in which state (O-28).
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "core/overlay/precedence.h"
#include "persist/jobs/layer_edit.h"
#include "persist/jobs/override_turns.h"
#include "persist/jobs/persister_impl.h"
#include <callisto/utf8.h>

namespace callisto::persist {
namespace {

std::string describe(const PartitionInfo& partition) {
  if (!partition.scope.empty()) return partition.scope;
  if (!partition.integration_name.empty()) return partition.integration_name;
  return partition.instance_id.empty() ? partition.source : partition.instance_id;
}

std::string text_of(ValueView value) {
  return value.kind() == ValueKind::String ? std::string(value.as_string()) : std::string{};
}

std::optional<EntityRef> find_by_id(const Snapshot& snapshot, std::string_view text) {
  const std::optional<Uuid> id = parse_uuid(text);
  return id ? snapshot.find_entity(*id) : std::nullopt;
}

// Live entities with a `_key`, one in each partition at most.
std::vector<EntityRef> find_by_key(const Snapshot& snapshot, std::string_view key) {
  std::vector<EntityRef> found;
  for (std::uint32_t i = 0; i < snapshot.partitions().size(); ++i) {
    if (!snapshot.partitions()[i]) continue;
    const auto ref = snapshot.find_entity(PartitionId{i}, key);
    if (ref && snapshot.entity_table(ref->type)->is_live(ref->row)) found.push_back(*ref);
  }
  return found;
}

Result<EntityRef> find_one(const Snapshot& snapshot, std::string_view entity) {
  if (const auto ref = find_by_id(snapshot, entity)) return *ref;
  const std::vector<EntityRef> found = find_by_key(snapshot, entity);
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return fail(ErrorCode::NotFound,
                fmt::format("there is no entity with _id or _key \"{}\"", shown_text(entity)));
  }
  constexpr std::size_t kHintsMax = 3;
  Error error{.code = ErrorCode::Conflict, .message = {}, .span = {}, .hints = {}};
  error.message = fmt::format(
      "{} entities have the _key \"{}\": name one by its _id", found.size(), shown_text(entity));
  for (std::size_t i = 0; i < std::min(found.size(), kHintsMax); ++i) {
    error.hints.push_back(to_string(snapshot.entity_table(found[i].type)->id(found[i].row)));
  }
  return tl::make_unexpected(std::move(error));
}

LayerValue layer_of(Layer layer, const std::optional<LayerEntry>& entry, const Resolution& winner) {
  LayerValue out;
  out.layer = layer;
  if (!entry) return out;
  out.present = true;
  out.value = entry->value;
  out.origin = entry->origin;
  out.set_at_ms = entry->set_at_ms;
  out.wins = winner.layer == layer;
  return out;
}

// The layers of one property, strongest first. `base` is what the owner said.
std::vector<LayerValue> layers_of(const Snapshot& snapshot,
                                  const PropertyLayers& layers,
                                  ValueView base,
                                  bool gone,
                                  std::int64_t now_ms) {
  const Resolution winner = resolve(layers, LayerView::Effective);
  const Value below = below_overrides(&layers, base);
  std::vector<LayerValue> out;
  for (std::size_t i = 0; i < layers.overrides.size(); ++i) {
    const OverrideEntry& entry = layers.overrides[i];
    const auto scope = snapshot.find_scope(entry.scope);
    LayerValue& value = out.emplace_back();
    value.layer = Layer::Override;
    value.present = true;
    value.value = entry.value;
    value.origin = scope ? scope->name : std::string{};
    value.set_at_ms = entry.set_at_ms;
    value.wins = winner.override_ == &entry;
    value.below = entry.below;
    value.states = states_of(layers, i, below, gone, now_ms);
    value.author = entry.author;
    value.reason = entry.reason;
    value.review_by_ms = entry.review_by_ms;
  }
  if (out.empty()) out.emplace_back().layer = Layer::Override;
  out.push_back(layer_of(Layer::Mutation, layers.mutation, winner));
  out.push_back(layer_of(Layer::Patch, layers.patch, winner));
  LayerValue& owner = out.emplace_back();
  owner.layer = Layer::Base;
  owner.present = !base.is_null();
  owner.value = to_value(base);
  owner.wins = winner.layer == Layer::Base;
  return out;
}

struct Listed {
  std::uint64_t age = 0;
  OverrideInfo info;
};

// All of an override but the name of its scope; nothing when the snapshot has it not.
std::optional<OverrideInfo> describe(const Snapshot& snapshot,
                                     const OverrideKey& key,
                                     std::int64_t now_ms) {
  const auto ref = snapshot.find_entity(key.entity);
  if (!ref) return std::nullopt;
  const EntityTable& table = *snapshot.entity_table(ref->type);
  const ObjectLayers* const all = StoredRows::layers(table, ref->row);
  const PropertyLayers* const layers = all == nullptr ? nullptr : all->find(key.property);
  const OverrideEntry* const entry = find_override(layers, key.scope);
  if (entry == nullptr) return std::nullopt;
  Arena scratch;
  OverrideInfo info;
  info.entity_id = to_string(key.entity);
  info.entity_key = StoredRows::key(table, ref->row);
  info.display_name = text_of(snapshot.value(*ref, metadata::kDisplayName, scratch));
  info.property = snapshot.names().text(key.property);
  info.value = entry->value;
  info.below_then = entry->below;
  info.below_now = below_overrides(layers, table.base_value(ref->row, key.property, scratch));
  info.set_at_ms = entry->set_at_ms;
  info.author = entry->author;
  info.reason = entry->reason;
  info.review_by_ms = entry->review_by_ms;
  const auto index = static_cast<std::size_t>(entry - layers->overrides.data());
  info.states = states_of(*layers, index, info.below_now, !table.is_live(ref->row), now_ms);
  return info;
}

}  // namespace

Result<Explanation> Persister::Impl::why(std::string_view entity, std::string_view property) const {
  const SnapshotPtr snapshot = committer_.snapshot();
  CALLISTO_TRY(const EntityRef ref, find_one(*snapshot, entity));
  const EntityTable& table = *snapshot->entity_table(ref.type);
  Arena scratch;
  Explanation out;
  out.entity_id = to_string(table.id(ref.row));
  out.entity_key = StoredRows::key(table, ref.row);
  out.display_name = text_of(snapshot->value(ref, metadata::kDisplayName, scratch));
  out.property = property;
  PropertyLayers layers;
  ValueView base;
  if (const auto known = snapshot->names().properties.find(property)) {
    layers.property = PropertyId{*known};
    const ObjectLayers* const all = StoredRows::layers(table, ref.row);
    if (const PropertyLayers* held = all == nullptr ? nullptr : all->find(layers.property)) {
      layers = *held;
    }
    base = metadata::is_metadata(layers.property)
               ? snapshot->value(ref, layers.property, scratch)
               : table.base_value(ref.row, layers.property, scratch);
  }
  out.effective = to_value(resolve_value(&layers, base, LayerView::Effective, scratch));
  out.layers = layers_of(*snapshot, layers, base, !table.is_live(ref.row), clock_.now_ms());
  LayerValue& owner = out.layers.back();
  const PartitionId partition = table.partition(ref.row);
  if (partition.value < snapshot->partitions().size() && snapshot->partitions()[partition.value]) {
    owner.origin = describe(*snapshot->partitions()[partition.value]);
  }
  const ObjectLayers* const above = StoredRows::layers(table, ref.row);
  owner.set_at_ms = above != nullptr && above->base_set_at_ms != 0
                        ? above->base_set_at_ms
                        : StoredRows::meta(table, ref.row).begin_on_ms;
  return out;
}

std::vector<OverrideInfo> Persister::Impl::overrides(const OverrideQuery& filter) const {
  SnapshotPtr snapshot;
  std::vector<OverrideKey> keys;
  {
    // The registry and the snapshot it describes are taken together.
    const std::shared_lock lock(mutex_);
    snapshot = overrides_.snapshot();
    if (!filter.entity_id.empty()) {
      const std::optional<Uuid> id = parse_uuid(filter.entity_id);
      if (id) keys = overrides_.of_entity(*id);
    } else if (!filter.scope.empty()) {
      const auto scope = snapshot->find_scope(filter.scope);
      if (scope) keys = overrides_.of_scope(scope->id);
    } else {
      keys = overrides_.all();
    }
  }
  const std::int64_t now_ms = told_now_ms();
  std::vector<Listed> found;
  for (const OverrideKey& key : keys) {
    const auto scope = snapshot->find_scope(key.scope);
    if (!scope || (!filter.scope.empty() && scope->name != filter.scope)) continue;
    if (!filter.property.empty() && snapshot->names().text(key.property) != filter.property) {
      continue;
    }
    std::optional<OverrideInfo> info = describe(*snapshot, key, now_ms);
    if (!info) continue;
    const auto& states = info->states;
    if (filter.state && std::find(states.begin(), states.end(), *filter.state) == states.end()) {
      continue;
    }
    info->scope = scope->name;
    found.push_back({scope->age, *std::move(info)});
  }
  std::sort(found.begin(), found.end(), [](const Listed& a, const Listed& b) {
    return std::tie(a.age, a.info.entity_key, a.info.property, a.info.entity_id) <
           std::tie(b.age, b.info.entity_key, b.info.property, b.info.entity_id);
  });
  if (filter.limit != 0 && found.size() > filter.limit) {
    found.erase(found.begin() + static_cast<std::ptrdiff_t>(filter.limit), found.end());
  }
  std::vector<OverrideInfo> out;
  out.reserve(found.size());
  for (Listed& one : found) {
    out.push_back(std::move(one.info));
  }
  return out;
}

}  // namespace callisto::persist
