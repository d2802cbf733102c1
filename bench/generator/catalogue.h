// The kinds of entities and relationships of the generated asset graph, and how many of each.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "bench/generator/field.h"

namespace callisto::bench {

struct EntityKind {
  std::string_view type{};
  std::vector<std::string_view> classes{};
  std::uint32_t count = 0;  // At size S.
  bool scales = true;       // False: there is one of it at every size.
  std::vector<Field> fields{};
};

// How the two ends of a kind's relationships are chosen.
enum class Shape : std::uint8_t {
  Skewed,    // Both ends by power law; no pair twice.
  Parallel,  // As Skewed, but pairs may repeat (one per firewall rule, for example).
  EachTo,    // Every to-entity once; from by power law.
  EachFrom,  // Every from-entity once; to by power law.
  OneToOne,  // From number i, to a scattered partner of its own.
  Tree,      // Within one type: every entity but the first has one parent before it.
};

struct RelationshipKind {
  std::string_view from{};
  std::string_view verb{};
  std::string_view to{};
  std::uint32_t count = 0;  // At size S; EachTo, EachFrom and Tree: at most as many as entities.
  Shape shape = Shape::Skewed;
  std::uint32_t from_skew = 2;
  std::uint32_t to_skew = 2;
  std::vector<Field> fields{};
};

[[nodiscard]] const std::vector<EntityKind>& entity_kinds();
[[nodiscard]] const std::vector<RelationshipKind>& relationship_kinds();

}  // namespace callisto::bench
