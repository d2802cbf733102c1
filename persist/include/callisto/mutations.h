// Single-object writes (GraphQL's createEntity, updateEntity, ...) as values.
//
// Texts and numbers keep the rules and limits of uploads (limits.h): keys, types and classes are
// not empty, lists hold one kind, numbers are finite, texts UTF-8. A breach is InvalidInput.
// Properties whose name begins with `_` are left out, as in uploads: metadata is the store's own.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <callisto/value.h>

namespace callisto {

using Properties = std::map<std::string, Value>;

// createEntity: source `api`, no scope; an existing key is updated by merging (D32).
struct CreateEntity {
  std::string key;
  std::string type;
  std::vector<std::string> classes;
  Properties properties;
};

// updateEntity: the mutation layer, above base and PATCH, below overrides (O-16, D23). Null hides.
struct UpdateEntity {
  std::string id;
  Properties properties;
  std::string origin = "api";  // Shown by why().
};

struct CreateRelationship {
  std::string key;
  std::string type;
  std::string verb;
  std::string from_id;
  std::string to_id;
  Properties properties;
};

struct UpdateRelationship {
  std::string id;
  Properties properties;
  std::string origin = "api";
};

// A value that a mutation sets and an override hides (O-31).
struct HiddenValue {
  std::string property;
  std::string scope;  // The one that shows instead.
};

// What a write of a single entity has come to, by property, in the order asked for.
struct WriteReport {
  std::vector<std::string> changed{};
  std::vector<std::string> unchanged{};  // The mutation layer says so already, or has nothing.
  std::vector<std::string> ignored{};    // Keys with `_`: not for mutations to set.
  std::vector<HiddenValue> hidden{};     // Of those changed or unchanged.
};

}  // namespace callisto
