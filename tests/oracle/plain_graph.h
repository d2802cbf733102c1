// A graph as plain lists, for the oracle: no column, no index, no id but the place in the list.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <callisto/provenance.h>
#include <callisto/value.h>

namespace callisto::oracle {

struct PlainEntity {
  std::string key{};
  std::string type{};
  std::vector<std::string> classes{};
  std::map<std::string, Value> properties{};  // What the integration said.
  bool deleted = false;
};

struct PlainRelationship {
  std::string key{};
  std::string verb{};
  std::size_t from = 0;
  std::size_t to = 0;
  std::map<std::string, Value> properties{};
  bool deleted = false;  // Always when an end is.
};

// One pinned value. A Null pins absence (O-11).
struct PlainOverride {
  std::string scope{};
  std::size_t entity = 0;
  std::string property{};
  Value value{};
};

// The first override of a scope says how old the scope is: earlier in the list is older (O-14).
struct PlainGraph {
  std::vector<PlainEntity> entities{};
  std::vector<PlainRelationship> relationships{};
  std::vector<PlainOverride> overrides{};
};

// An entity or a relationship by its place in the graph's list.
struct Element {
  bool is_entity = true;
  std::size_t index = 0;

  auto operator<=>(const Element&) const = default;
};

// The value that a reader of `view` sees, Null when absent; metadata included.
[[nodiscard]] Value property_of(const PlainGraph& graph,
                                Element element,
                                std::string_view name,
                                LayerView view);

// "entity KEY", "relationship KEY".
[[nodiscard]] std::string name_of(const PlainGraph& graph, Element element);

// The graph as a fixture of tests/queries, one object per line.
[[nodiscard]] std::string to_json(const PlainGraph& graph);

// The graph with every override made a base value (the law of overrides).
[[nodiscard]] PlainGraph with_overrides_in_base(const PlainGraph& graph);

}  // namespace callisto::oracle
