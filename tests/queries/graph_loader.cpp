// Builds change sets from JSON fixtures and publishes them.
#include "tests/queries/graph_loader.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/graph/graph_store.h"

namespace callisto::test {

namespace {

using Json = nlohmann::json;

constexpr PartitionId kPartition{0};

Value value_of(const Json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number()) return json.get<double>();
  if (json.is_string()) return json.get<std::string>();
  if (!json.is_array()) return Null{};
  List list;
  for (const Json& element : json) {
    std::visit(
        [&](const auto& scalar) {
          using T = std::decay_t<decltype(scalar)>;
          if constexpr (!std::is_same_v<T, List>) list.emplace_back(scalar);
        },
        value_of(element));
  }
  return list;
}

class Loader {
 public:
  SnapshotPtr load(const Json& json);

 private:
  void commit();
  void add_entity(const Json& json);
  void add_relationship(const Json& json);
  std::span<const NamedValue> properties(const Json& json);
  void add_layers(const Json& overrides, const Json& entities);
  void remove(const Json& entities, const Json& relationships);

  [[nodiscard]] Names& names() { return store_.snapshot()->names(); }

  GraphStore store_{"fixture"};
  ChangeSet change_;
};

void Loader::commit() {
  Result<SnapshotPtr> next = store_.prepare(change_, store_.snapshot()->version() + 1);
  if (!next) throw std::runtime_error("fixture: " + next.error().message);
  store_.publish(*next);
  change_ = ChangeSet();
}

std::span<const NamedValue> Loader::properties(const Json& json) {
  std::vector<NamedValue> values;
  for (const auto& [name, value] : json.items()) {
    if (name.starts_with("_") || value.is_null()) continue;
    const PropertyId property{names().properties.intern(name)};
    Arena views;
    const Value owned = value_of(value);
    values.push_back({property, change_.arena.copy(view_of(owned, views))});
  }
  std::sort(values.begin(), values.end(), [](const NamedValue& a, const NamedValue& b) {
    return a.property < b.property;
  });
  const std::span<NamedValue> stored = change_.arena.allocate_array<NamedValue>(values.size());
  std::copy(values.begin(), values.end(), stored.begin());
  return stored;
}

void Loader::add_entity(const Json& json) {
  EntityPut put;
  const auto key = json.at("_key").get<std::string>();
  put.id = store_.snapshot()->entity_id(kPartition, key);
  put.partition = kPartition;
  put.type = TypeId{names().types.intern(json.at("_type").get<std::string>())};
  put.key = change_.arena.copy(key);
  const std::int64_t created = json.value("_createdOn", std::int64_t{1'700'000'000'000});
  put.meta = {.created_on_ms = created, .begin_on_ms = created};
  put.meta.version = json.value("_version", 1U);
  put.sets_base = true;
  std::vector<std::string> classes;
  if (json.at("_class").is_array()) {
    classes = json.at("_class").get<std::vector<std::string>>();
  } else {
    classes.push_back(json.at("_class").get<std::string>());
  }
  const std::span<ClassId> ids = change_.arena.allocate_array<ClassId>(classes.size());
  for (std::size_t i = 0; i < classes.size(); ++i) {
    ids[i] = ClassId{names().classes.intern(classes[i])};
  }
  put.classes = ids;
  put.base = properties(json);
  change_.entities.push_back(put);
}

void Loader::add_relationship(const Json& json) {
  RelationshipPut put;
  const auto from = json.at("_fromEntityKey").get<std::string>();
  const auto to = json.at("_toEntityKey").get<std::string>();
  const auto verb = json.at("_class").get<std::string>();
  const std::string key = json.value("_key", from + "|" + verb + "|" + to);
  put.id = store_.snapshot()->relationship_id(kPartition, key);
  put.partition = kPartition;
  put.relationship_type = names().relationship_types.intern(json.value("_type", "fixture_" + verb));
  put.verb = VerbId{names().verbs.intern(verb)};
  put.key = change_.arena.copy(key);
  put.from = store_.snapshot()->entity_id(kPartition, from);
  put.to = store_.snapshot()->entity_id(kPartition, to);
  put.meta = {.created_on_ms = 1'700'000'000'000, .begin_on_ms = 1'700'000'000'000};
  put.sets_base = true;
  put.base = properties(json);
  change_.relationships.push_back(put);
}

// Soft deletions, when everything is there.
void Loader::remove(const Json& entities, const Json& relationships) {
  const auto mark = [](ObjectMeta& meta) {
    meta.deleted = true;
    meta.end_on_ms = 1'700'000'100'000;
  };
  for (const Json& json : entities) {
    if (!json.value("_deleted", false)) continue;
    add_entity(json);
    change_.entities.back().sets_base = false;
    mark(change_.entities.back().meta);
  }
  for (const Json& json : relationships) {
    if (!json.value("_deleted", false)) continue;
    add_relationship(json);
    change_.relationships.back().sets_base = false;
    mark(change_.relationships.back().meta);
  }
}

void Loader::add_layers(const Json& overrides, const Json& entities) {
  std::map<std::string, std::uint32_t> scopes;
  std::map<std::string, std::map<std::uint32_t, PropertyLayers>> by_key;
  for (const Json& json : overrides) {
    const auto scope = json.at("scope").get<std::string>();
    const auto id = scopes.try_emplace(scope, static_cast<std::uint32_t>(scopes.size())).first;
    const PropertyId property{names().properties.intern(json.at("property").get<std::string>())};
    PropertyLayers& layers = by_key[json.at("_key").get<std::string>()][property.value];
    layers.property = property;
    OverrideEntry entry;
    entry.scope = ScopeId{id->second};
    entry.value = value_of(json.at("value"));
    const auto younger =
        std::upper_bound(layers.overrides.begin(),
                         layers.overrides.end(),
                         entry.scope,
                         [](ScopeId a, const auto& b) { return a.value < b.scope.value; });
    layers.overrides.insert(younger, std::move(entry));
  }
  for (const auto& [name, id] : scopes) {
    change_.scopes.push_back({.scope = ScopeId{id}, .name = name, .age = id + 1});
  }
  for (const Json& json : entities) {
    const auto found = by_key.find(json.at("_key").get<std::string>());
    if (found == by_key.end()) continue;
    add_entity(json);
    auto layers = std::make_shared<ObjectLayers>();
    for (auto& [property, of_property] : found->second) {
      layers->properties.push_back(std::move(of_property));
    }
    change_.entities.back().sets_base = false;
    change_.entities.back().sets_layers = true;
    change_.entities.back().layers = std::move(layers);
  }
}

SnapshotPtr Loader::load(const Json& json) {
  change_.partitions.push_back({kPartition,
                                {.source = "integration-managed",
                                 .scope = "",
                                 .instance_id = "instance-1",
                                 .integration_type = "fixture",
                                 .integration_name = "Fixture"}});
  commit();
  for (const Json& entity : json.at("entities")) {
    add_entity(entity);
  }
  for (const Json& relationship : json.value("relationships", Json::array())) {
    add_relationship(relationship);
  }
  commit();
  if (json.contains("overrides")) {
    add_layers(json["overrides"], json["entities"]);
    commit();
  }
  remove(json.at("entities"), json.value("relationships", Json::array()));
  if (!change_.empty()) commit();
  return store_.snapshot();
}

}  // namespace

SnapshotPtr load_graph_text(const std::string& json) {
  return Loader().load(Json::parse(json));
}

SnapshotPtr load_graph(const std::string& name) {
  const std::string path = "tests/queries/graphs/" + name + ".json";
  std::ifstream file(path);
  if (!file) throw std::runtime_error("no fixture " + path);
  std::stringstream text;
  text << file.rdbuf();
  return load_graph_text(text.str());
}

}  // namespace callisto::test
