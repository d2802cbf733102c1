#include "tests/unit/persist_store/sample_changes.h"

#include <stdlib.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "persist/codec/export_snapshot.h"

namespace callisto::tests {
namespace {

PartitionInfo api_partition(std::string scope) {
  return {.source = "api", .scope = std::move(scope), .instance_id = {}};
}

Uuid entity_id(std::string_view key) {
  return uuid_v5(name_spaces(kAccount, api_partition("inventory")).entities, key);
}

std::string describe_layers(const ObjectLayers& layers, const Names& names) {
  std::vector<std::string> lines;
  for (const PropertyLayers& property : layers.properties) {
    std::string line(names.text(property.property));
    if (property.patch) {
      line += fmt::format(" patch {} {} {}",
                          to_json(property.patch->value),
                          property.patch->set_at_ms,
                          property.patch->origin);
    }
    if (property.mutation) {
      line += fmt::format(" mutation {} {} {}",
                          to_json(property.mutation->value),
                          property.mutation->set_at_ms,
                          property.mutation->origin);
    }
    for (const OverrideEntry& entry : property.overrides) {
      line += fmt::format(" override {} {} over {} at {} by {} for {} until {}",
                          entry.scope.value,
                          to_json(entry.value),
                          to_json(entry.below),
                          entry.set_at_ms,
                          entry.author,
                          entry.reason,
                          entry.review_by_ms.value_or(-1));
    }
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, "; "));
}

std::string describe_base(std::span<const NamedValue> base, const Names& names) {
  std::vector<std::string> lines;
  for (const NamedValue& property : base) {
    lines.push_back(fmt::format("{}={}", names.text(property.property), to_json(property.value)));
  }
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, ","));
}

template <class Put>
std::string describe_object(const Put& put, const Names& names) {
  return fmt::format("{} partition {} key {} created {} begin {} end {} version {}{} [{}]{} {}{}",
                     to_string(put.id),
                     put.partition.value,
                     put.key,
                     put.meta.created_on_ms,
                     put.meta.begin_on_ms,
                     put.meta.end_on_ms,
                     put.meta.version,
                     put.meta.deleted ? " deleted" : "",
                     describe_base(put.base, names),
                     put.sets_base ? "" : " base kept",
                     put.layers ? describe_layers(*put.layers, names) : "no layers",
                     put.sets_layers == (put.layers != nullptr) ? "" : " (layers removed)");
}

}  // namespace

void ChangeWriter::partition(std::uint32_t id, std::string scope) {
  change_.partitions.push_back({PartitionId{id}, api_partition(std::move(scope))});
}

void ChangeWriter::scope(std::uint32_t id, std::string name, std::uint64_t age) {
  change_.scopes.push_back({ScopeId{id}, std::move(name), age});
}

EntityPut& ChangeWriter::entity(std::uint32_t partition,
                                std::string_view type,
                                std::string_view key) {
  finish_object();
  entity_open_ = true;
  EntityPut& put = change_.entities.emplace_back();
  put.id = entity_id(key);
  put.partition.value = partition;
  put.type.value = names_.types.intern(type);
  put.key = change_.arena.copy(key);
  put.meta = {.created_on_ms = 1'700'000'000'000, .begin_on_ms = 1'700'000'000'500};
  put.sets_base = true;
  const auto classes = change_.arena.allocate_array<ClassId>(2);
  classes[0] = ClassId{names_.classes.intern("Host")};
  classes[1] = ClassId{names_.classes.intern("Device")};
  put.classes = classes;
  return put;
}

RelationshipPut& ChangeWriter::relationship(std::string_view verb,
                                            std::string_view from_key,
                                            std::string_view to_key) {
  finish_object();
  relationship_open_ = true;
  RelationshipPut& put = change_.relationships.emplace_back();
  const std::string key = fmt::format("{}|{}|{}", from_key, verb, to_key);
  put.id = uuid_v5(name_spaces(kAccount, api_partition("inventory")).relationships, key);
  put.relationship_type = names_.relationship_types.intern("host_" + std::string(verb));
  put.verb.value = names_.verbs.intern(verb);
  put.key = change_.arena.copy(key);
  put.from = entity_id(from_key);
  put.to = entity_id(to_key);
  put.meta = {.created_on_ms = 1'700'000'000'000, .begin_on_ms = 1'700'000'000'500};
  put.sets_base = true;
  return put;
}

void ChangeWriter::property(std::string_view name, const Value& value) {
  const ValueView view = change_.arena.copy(view_of(value, change_.arena));
  base_.push_back({PropertyId{names_.properties.intern(name)}, view});
}

PropertyLayers& ChangeWriter::layers(std::string_view property) {
  PropertyLayers& added = layers_.properties.emplace_back();
  added.property.value = names_.properties.intern(property);
  return added;
}

void ChangeWriter::side(std::string key, std::optional<std::string> value) {
  change_.side.push_back({std::move(key), std::move(value)});
}

void ChangeWriter::finish_object() {
  const auto base = change_.arena.allocate_array<NamedValue>(base_.size());
  std::copy(base_.begin(), base_.end(), base.begin());
  std::ranges::sort(base, {}, &NamedValue::property);
  std::ranges::sort(layers_.properties, {}, &PropertyLayers::property);
  LayersPtr layers;
  if (!layers_.properties.empty()) layers = std::make_shared<const ObjectLayers>(layers_);
  if (entity_open_) {
    change_.entities.back().base = base;
    change_.entities.back().sets_layers = layers != nullptr;
    change_.entities.back().layers = layers;
  } else if (relationship_open_) {
    change_.relationships.back().base = base;
    change_.relationships.back().sets_layers = layers != nullptr;
    change_.relationships.back().layers = layers;
  }
  base_.clear();
  layers_.properties.clear();
  entity_open_ = relationship_open_ = false;
}

ChangeSet ChangeWriter::take() {
  finish_object();
  return std::move(change_);
}

ChangeSet rich_change(Names& names) {
  ChangeWriter change(names);
  change.partition(0, "inventory");
  change.scope(0, "older", 3);
  change.scope(1, "younger", 7);
  change.entity(0, "server", "web-1");
  change.property("name", std::string("web-1"));
  change.property("active", true);
  change.property("public", false);
  change.property("cores", 8.0);
  change.property("offset", -12.0);
  change.property("big", 9007199254740992.0);
  change.property("load", 0.1);
  change.property("huge", 1e300);
  change.property("minus zero", -0.0);
  change.property("tag.Ümlaut \n\"", std::string("\xC3\xA9\t\"quoted\"\\"));
  change.property("long", std::string(3000, 'x'));
  change.property("empty", std::string());
  change.property("list", List{Scalar(std::string("a")), Scalar(std::string("b"))});
  change.property("numbers", List{Scalar(1.0), Scalar(2.5)});
  change.property("none", List{});
  PropertyLayers& cores = change.layers("cores");
  cores.patch = LayerEntry{Value(9.0), 1'700'000'001'000, "patcher"};
  cores.mutation = LayerEntry{Value(Null{}), 1'700'000'002'000, "alice"};
  cores.overrides.push_back(
      {ScopeId{0}, Value(10.0), Value(Null{}), 1'700'000'003'000, "bob", "because", 1'800'000});
  cores.overrides.push_back({ScopeId{1}, Value(Null{}), Value(8.0), 1'700'000'004'000});
  change.layers("owner").overrides.push_back(
      {ScopeId{1}, Value(std::string("team")), Value(Null{}), 1'700'000'004'000});
  EntityPut& gone = change.entity(0, "server", "web-2");
  gone.meta.deleted = true;
  gone.meta.end_on_ms = 1'700'000'009'000;
  gone.meta.version = 4;
  change.property("name", std::string("web-1"));  // Repeats a string: written as a reference.
  change.entity(0, "disk", "disk-1");
  change.property("name", std::string("disk-1"));
  change.relationship("HAS", "web-1", "disk-1").mapped = true;
  change.property("weight", 0.5);
  change.relationship("USES", "disk-1", "web-1");
  change.side("job/1", "{\"status\":\"AWAITING_UPLOADS\"}");
  change.side("upload/1/0", std::string("\0binary\xFF", 8));
  return change.take();
}

ChangeSet hosts_change(Names& names, int first, int count) {
  ChangeWriter change(names);
  if (first == 0) change.partition(0, "inventory");
  for (int i = first; i < first + count; ++i) {
    change.entity(0, "server", fmt::format("host-{}", i));
    change.property("name", fmt::format("host {}", i));
    change.property("number", static_cast<double>(i));
  }
  change.side("hosts", std::to_string(first + count));
  return change.take();
}

std::string describe(const ChangeSet& change, const Names& names) {
  std::vector<std::string> lines;
  for (const PartitionPut& put : change.partitions) {
    lines.push_back(
        fmt::format("partition {} {} {}", put.id.value, put.info.source, put.info.scope));
  }
  for (const ScopePut& put : change.scopes) {
    lines.push_back(fmt::format("scope {} {} {}", put.scope.value, put.name, put.age));
  }
  for (const EntityPut& put : change.entities) {
    std::string classes;
    for (const ClassId id : put.classes) {
      classes += std::string(names.text(id)) + " ";
    }
    lines.push_back(
        fmt::format("entity {} {}{}", names.text(put.type), classes, describe_object(put, names)));
  }
  for (const RelationshipPut& put : change.relationships) {
    lines.push_back(fmt::format("relationship {} {} {} -> {}{} {}",
                                names.relationship_types.at(put.relationship_type),
                                names.text(put.verb),
                                to_string(put.from),
                                to_string(put.to),
                                put.mapped ? " mapped" : "",
                                describe_object(put, names)));
  }
  for (const Erase& erase : change.erased) {
    lines.push_back(fmt::format("erase {} {}", erase.relationship, to_string(erase.id)));
  }
  for (const SidePut& put : change.side) {
    lines.push_back(fmt::format("side {} {}", put.key, put.value.value_or("deleted")));
  }
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}\n", fmt::join(lines, "\n"));
}

std::string describe(const Snapshot& snapshot) {
  std::string text;
  const Status status =
      persist::for_each_change_set(snapshot, [&](const ChangeSet& change) -> Status {
        text += describe(change, snapshot.names());
        return {};
      });
  if (!status) throw std::runtime_error(status.error().message);
  return fmt::format("version {}\n{}", snapshot.version(), text);
}

}  // namespace callisto::tests
