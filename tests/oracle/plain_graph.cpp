// Looks properties up the long way.
#include "tests/oracle/plain_graph.h"

#include <algorithm>
#include <optional>

namespace callisto::oracle {

namespace {

Value list_of(const std::vector<std::string>& texts) {
  List list;
  for (const std::string& text : texts) {
    list.emplace_back(text);
  }
  return list;
}

// O-14: the scope that comes first in the list of overrides is the oldest.
std::optional<Value> pinned(const PlainGraph& graph, std::size_t entity, std::string_view name) {
  std::vector<std::string> scopes;
  for (const PlainOverride& pin : graph.overrides) {
    if (std::find(scopes.begin(), scopes.end(), pin.scope) == scopes.end()) {
      scopes.push_back(pin.scope);
    }
  }
  for (const std::string& scope : scopes) {
    for (const PlainOverride& pin : graph.overrides) {
      if (pin.scope == scope && pin.entity == entity && pin.property == name) return pin.value;
    }
  }
  return std::nullopt;
}

Value entity_property(const PlainGraph& graph,
                      std::size_t index,
                      std::string_view name,
                      LayerView view) {
  const PlainEntity& entity = graph.entities[index];
  if (name == "_key") return entity.key;
  if (name == "_id") return "id of " + entity.key;  // Only good for comparisons with each other.
  if (name == "_type") return entity.type;
  if (name == "_class") return list_of(entity.classes);
  if (name == "_deleted") return entity.deleted;
  if (name == "_version") return 1.0;
  if (name == "_source") return std::string("integration-managed");
  if (view == LayerView::Effective) {
    if (const std::optional<Value> pin = pinned(graph, index, name)) return *pin;
  }
  const auto found = entity.properties.find(std::string(name));
  return found == entity.properties.end() ? Value(Null{}) : found->second;
}

Value relationship_property(const PlainGraph& graph, std::size_t index, std::string_view name) {
  const PlainRelationship& relationship = graph.relationships[index];
  if (name == "_key") return relationship.key;
  if (name == "_id") return "id of " + relationship.key;
  if (name == "_class") return relationship.verb;
  if (name == "_type") return "fixture_" + relationship.verb;  // As the loader has it.
  if (name == "_fromEntityKey") return graph.entities[relationship.from].key;
  if (name == "_toEntityKey") return graph.entities[relationship.to].key;
  if (name == "_deleted") return relationship.deleted;
  const auto found = relationship.properties.find(std::string(name));
  return found == relationship.properties.end() ? Value(Null{}) : found->second;
}

std::string quoted(const std::string& text) {
  return callisto::to_json(Value(text));
}

void append_properties(std::string& out, const std::map<std::string, Value>& properties) {
  for (const auto& [name, value] : properties) {
    out += "," + quoted(name) + ":" + callisto::to_json(value);
  }
}

}  // namespace

Value property_of(const PlainGraph& graph, Element element, std::string_view name, LayerView view) {
  return element.is_entity ? entity_property(graph, element.index, name, view)
                           : relationship_property(graph, element.index, name);
}

std::string name_of(const PlainGraph& graph, Element element) {
  return element.is_entity ? "entity " + graph.entities[element.index].key
                           : "relationship " + graph.relationships[element.index].key;
}

std::string to_json(const PlainGraph& graph) {
  std::string text = "{\"entities\":[";
  const char* comma = "\n ";
  for (const PlainEntity& entity : graph.entities) {
    text += comma + std::string("{\"_key\":") + quoted(entity.key) +
            ",\"_type\":" + quoted(entity.type) +
            ",\"_class\":" + callisto::to_json(list_of(entity.classes));
    append_properties(text, entity.properties);
    text += entity.deleted ? ",\"_deleted\":true}" : "}";
    comma = ",\n ";
  }
  text += "\n],\n\"relationships\":[";
  comma = "\n ";
  for (const PlainRelationship& relationship : graph.relationships) {
    text += comma + std::string("{\"_key\":") + quoted(relationship.key) +
            ",\"_class\":" + quoted(relationship.verb) +
            ",\"_fromEntityKey\":" + quoted(graph.entities[relationship.from].key) +
            ",\"_toEntityKey\":" + quoted(graph.entities[relationship.to].key);
    append_properties(text, relationship.properties);
    text += relationship.deleted ? ",\"_deleted\":true}" : "}";
    comma = ",\n ";
  }
  text += "\n],\n\"overrides\":[";
  comma = "\n ";
  for (const PlainOverride& pin : graph.overrides) {
    text += comma + std::string("{\"scope\":") + quoted(pin.scope) +
            ",\"_key\":" + quoted(graph.entities[pin.entity].key) +
            ",\"property\":" + quoted(pin.property) + ",\"value\":" + callisto::to_json(pin.value) +
            "}";
    comma = ",\n ";
  }
  return text + "\n]}\n";
}

PlainGraph with_overrides_in_base(const PlainGraph& graph) {
  PlainGraph base = graph;
  base.overrides.clear();
  for (const PlainOverride& pin : graph.overrides) {
    const Value effective =
        property_of(graph, {true, pin.entity}, pin.property, LayerView::Effective);
    std::map<std::string, Value>& properties = base.entities[pin.entity].properties;
    if (is_null(effective)) {
      properties.erase(pin.property);
    } else {
      properties[pin.property] = effective;
    }
  }
  return base;
}

}  // namespace callisto::oracle
