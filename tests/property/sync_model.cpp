#include "tests/property/sync_model.h"

#include <algorithm>

namespace callisto::property {
namespace {

constexpr const char* kNull = "null";

std::string value_or_null(const Values& values, const std::string& property) {
  const auto found = values.find(property);
  return found == values.end() ? kNull : found->second;
}

Values without_nulls(Values values) {
  std::erase_if(values, [](const auto& entry) { return entry.second == kNull; });
  return values;
}

// The rule of the deletion guard: more than half, or more than ten and a fifth.
bool is_much(std::uint64_t gone, std::uint64_t before) {
  return gone * 2 > before || (gone > 10 && gone * 5 > before);
}

void merge(Values& base, const Values& given) {
  for (const auto& [property, value] : given) {
    base[property] = value;
  }
  base = without_nulls(base);
}

}  // namespace

bool SyncModel::is_live(const Name& name) const {
  const auto found = entities.find(name);
  return found != entities.end() && found->second.live;
}

std::string SyncModel::below(const ModelEntity& entity, const std::string& property) {
  if (entity.mutation.contains(property)) return entity.mutation.at(property);
  if (entity.patch.contains(property)) return entity.patch.at(property);
  return value_or_null(entity.base, property);
}

std::string SyncModel::effective(const ModelEntity& entity, const std::string& property) const {
  const auto pinned = entity.pins.find(property);
  if (pinned != entity.pins.end()) {
    for (const std::string& scope : scopes) {  // O-14: oldest first.
      if (pinned->second.contains(scope)) return pinned->second.at(scope).value;
    }
  }
  return below(entity, property);
}

Values SyncModel::visible(const ModelEntity& entity) const {
  std::set<std::string> properties;
  for (const Values* values : {&entity.base, &entity.patch, &entity.mutation}) {
    for (const auto& [property, value] : *values)
      properties.insert(property);
  }
  for (const auto& [property, pins] : entity.pins)
    properties.insert(property);
  Values out;
  for (const std::string& property : properties) {
    out[property] = effective(entity, property);
  }
  out = without_nulls(out);
  out["_type"] = entity.type;
  return out;
}

Values SyncModel::visible(const ModelEdge& edge) {
  Values out = edge.base;
  for (const auto& [property, value] : edge.mutation)
    out[property] = value;
  out = without_nulls(out);
  out["_from"] = edge.from.first + "/" + edge.from.second;
  out["_to"] = edge.to.first + "/" + edge.to.second;
  return out;
}

std::string SyncModel::states(const ModelEntity& entity,
                              const std::string& property,
                              const std::string& scope) const {
  const auto& pins = entity.pins.at(property);
  const Pin& pin = pins.at(scope);
  if (!entity.live) return "orphaned";
  std::string out;
  const auto add = [&](const char* state) { out += (out.empty() ? "" : "+") + std::string(state); };
  const auto oldest = std::find_if(
      scopes.begin(), scopes.end(), [&](const std::string& name) { return pins.contains(name); });
  if (*oldest != scope) add("shadowed");
  if (pin.value == below(entity, property)) add("redundant");
  if (pin.below != below(entity, property)) add("drifted");
  return out.empty() ? "active" : out;
}

void SyncModel::forget_empty_scopes() {
  std::erase_if(scopes, [&](const std::string& scope) {
    for (const auto& [name, entity] : entities) {
      for (const auto& [property, pins] : entity.pins) {
        if (pins.contains(scope)) return false;
      }
    }
    return true;
  });
}

// O-3: layers move `_beginOn`, and leave alone since when the owner says what it says.
void SyncModel::note_base(const ModelEntity* before, std::int64_t now, ModelEntity& entity) {
  const auto layered = [](const ModelEntity& one) {
    return !one.patch.empty() || !one.mutation.empty() ||
           std::any_of(one.pins.begin(), one.pins.end(), [](const auto& pins) {
             return !pins.second.empty();
           });
  };
  if (!layered(entity) || before == nullptr) {
    entity.base_set_at = entity.begin_on;
  } else if (entity.live &&
             (!before->live || before->base != entity.base || before->type != entity.type)) {
    entity.base_set_at = now;
  } else if (!layered(*before)) {
    entity.base_set_at = before->begin_on;
  }
}

Outcome SyncModel::settle(const SyncModel& before, std::int64_t now) {
  Outcome outcome;
  forget_empty_scopes();
  for (auto& [name, entity] : entities) {
    const auto old = before.entities.find(name);
    const bool was_live = old != before.entities.end() && old->second.live;
    if (!was_live && entity.live) {
      ++outcome.entities.created;
      ++entity.version;
      entity.begin_on = now;
      if (entity.created_on == 0) entity.created_on = now;
    } else if (was_live && !entity.live) {
      ++outcome.entities.deleted;
    } else if (was_live && visible(entity) != before.visible(old->second)) {
      ++outcome.entities.updated;
      ++entity.version;
      entity.begin_on = now;
    }
    note_base(old == before.entities.end() ? nullptr : &old->second, now, entity);
  }
  for (auto& [name, edge] : edges) {
    if (!is_live(edge.from) || !is_live(edge.to)) edge.live = false;
    const auto old = before.edges.find(name);
    const bool was_live = old != before.edges.end() && old->second.live;
    if (!was_live && edge.live) {
      ++outcome.edges.created;
      ++edge.version;
    } else if (was_live && !edge.live) {
      ++outcome.edges.deleted;
    } else if (was_live && visible(edge) != visible(old->second)) {
      ++outcome.edges.updated;
      ++edge.version;
    }
  }
  return outcome;
}

Outcome SyncModel::diff(const std::string& scope,
                        const std::vector<EntityRowSpec>& rows,
                        const std::vector<EdgeRowSpec>& edge_rows,
                        const std::set<std::string>& partial_types,
                        std::int64_t now) {
  const SyncModel before = *this;
  std::set<Name> uploaded;
  for (const EntityRowSpec& row : rows) {
    ModelEntity& entity = entities[row.name];
    entity.live = true;
    entity.type = row.type;
    entity.base = without_nulls(row.values);
    entity.patch.clear();  // O-17
    uploaded.insert(row.name);
  }
  for (auto& [name, entity] : entities) {
    if (name.first == scope && !uploaded.contains(name) && !partial_types.contains(entity.type)) {
      entity.live = false;
    }
  }
  std::uint64_t unresolved = 0;
  std::set<Name> joined;
  for (const EdgeRowSpec& row : edge_rows) {
    if (!is_live(row.from) || !is_live(row.to)) {
      ++unresolved;
      continue;
    }
    ModelEdge& edge = edges[{scope, row.key}];
    edge.live = true;
    edge.from = row.from;
    edge.to = row.to;
    edge.base = without_nulls(row.values);
    joined.insert({scope, row.key});
  }
  for (auto& [name, edge] : edges) {
    if (name.first == scope && !joined.contains(name)) edge.live = false;
  }
  std::uint64_t kept = 0;
  for (const Name& name : uploaded)
    kept += before.is_live(name) ? 1U : 0U;
  std::uint64_t dropped = 0;  // Relationships whose ends both stay.
  std::uint64_t rejoined = 0;
  for (const auto& [name, edge] : before.edges) {
    if (name.first != scope || !edge.live) continue;
    if (joined.contains(name)) {
      ++rejoined;
    } else if (is_live(edge.from) && is_live(edge.to)) {
      ++dropped;
    }
  }
  Outcome outcome = settle(before, now);
  outcome.unresolved = unresolved;
  outcome.guarded = is_much(outcome.entities.deleted, kept + outcome.entities.deleted) ||
                    is_much(dropped, rejoined + dropped);
  return outcome;
}

Outcome SyncModel::patch(const std::vector<EntityRowSpec>& rows, std::int64_t now) {
  const SyncModel before = *this;
  std::uint64_t skipped = 0;
  for (const EntityRowSpec& row : rows) {
    if (!is_live(row.name)) {
      ++skipped;
      continue;
    }
    for (const auto& [property, value] : row.values) {
      entities[row.name].patch[property] = value;
    }
  }
  Outcome outcome = settle(before, now);
  outcome.skipped = skipped;
  return outcome;
}

Outcome SyncModel::create_or_update(const std::vector<EntityRowSpec>& rows,
                                    const std::vector<Name>& deletes,
                                    std::int64_t now) {
  const SyncModel before = *this;
  std::set<Name> uploaded;
  for (const EntityRowSpec& row : rows) {
    ModelEntity& entity = entities[row.name];
    if (!entity.live) {
      entity.live = true;
      entity.base.clear();
      entity.patch.clear();
    }
    entity.type = row.type;
    merge(entity.base, row.values);
    for (const auto& [property, value] : row.values)
      entity.patch.erase(property);
    uploaded.insert(row.name);
  }
  for (const Name& name : deletes) {
    if (is_live(name) && !uploaded.contains(name)) entities[name].live = false;
  }
  return settle(before, now);
}

Outcome SyncModel::pin(const std::string& scope,
                       const std::vector<EntityRowSpec>& rows,
                       std::int64_t now) {
  const SyncModel before = *this;
  std::map<Name, Values> wanted;  // O-10: the later row replaces the earlier.
  for (const EntityRowSpec& row : rows)
    wanted[row.name] = row.values;
  for (auto& [name, entity] : entities) {  // O-12: the set as a whole.
    for (auto& [property, pins] : entity.pins)
      pins.erase(scope);
  }
  std::uint64_t skipped = 0;
  std::uint64_t kept = 0;
  bool any = false;
  for (const auto& [name, values] : wanted) {
    if (!is_live(name)) {
      ++skipped;
      continue;
    }
    ModelEntity& entity = entities[name];
    const ModelEntity& old = before.entities.at(name);
    for (const auto& [property, value] : values) {
      Pin pin{value, below(entity, property), now};
      const auto held = old.pins.find(property);
      if (held != old.pins.end() && held->second.contains(scope)) ++kept;
      if (held != old.pins.end() && held->second.contains(scope) &&
          held->second.at(scope).value == value) {
        pin = held->second.at(scope);  // O-4: unchanged, so its memory stays.
      }
      entity.pins[property][scope] = pin;
      any = true;
    }
  }
  // O-15: young until a finalize leaves it with an override.
  if (any && std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) {
    scopes.push_back(scope);
  }
  for (auto& [name, entity] : entities) {
    std::erase_if(entity.pins, [](const auto& entry) { return entry.second.empty(); });
  }
  std::uint64_t had = 0;
  for (const auto& [name, entity] : before.entities) {
    for (const auto& [property, pins] : entity.pins)
      had += pins.contains(scope) ? 1U : 0U;
  }
  Outcome outcome = settle(before, now);
  outcome.skipped = skipped;
  outcome.guarded = is_much(had - kept, had);
  return outcome;
}

bool SyncModel::update(const Name& name, const Values& values, std::int64_t now) {
  if (!is_live(name)) return false;
  const SyncModel before = *this;
  for (const auto& [property, value] : values)
    entities[name].mutation[property] = value;
  settle(before, now);
  return true;
}

bool SyncModel::reset(const Name& name,
                      const std::vector<std::string>& properties,
                      std::int64_t now) {
  if (!is_live(name)) return false;
  const SyncModel before = *this;
  for (const std::string& property : properties)
    entities[name].mutation.erase(property);
  settle(before, now);
  return true;
}

bool SyncModel::remove(const Name& name, bool hard, std::int64_t now) {
  const bool known = entities.contains(name);
  if (!known || (!hard && !is_live(name))) return false;
  const SyncModel before = *this;
  if (hard) {
    std::erase_if(edges, [&](const auto& entry) {
      return entry.second.live && (entry.second.from == name || entry.second.to == name);
    });
    entities.erase(name);
  } else {
    entities[name].live = false;
  }
  settle(before, now);
  return true;
}

bool SyncModel::update_edge(const Name& name, const Values& values, std::int64_t now) {
  const auto found = edges.find(name);
  if (found == edges.end() || !found->second.live) return false;
  const SyncModel before = *this;
  for (const auto& [property, value] : values)
    found->second.mutation[property] = value;
  settle(before, now);
  return true;
}

}  // namespace callisto::property
