// A seeded asset graph as JupiterOne integrations would collect it. Every object is a function of
// (seed, kind, row, revision), so any part can be made again, in any order, on any platform.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/generator/catalogue.h"
#include "bench/generator/field.h"

namespace callisto::bench {

enum class Size : std::uint8_t {
  XS,  // A hundredth of S: shows that the benchmarks run, and measures nothing.
  S,   // About 110 thousand entities and 430 thousand relationships.
  M,   // Ten times that.
};

[[nodiscard]] constexpr double scale_of(Size size) {
  if (size == Size::XS) return 0.01;
  return size == Size::S ? 1 : 10;
}

[[nodiscard]] constexpr std::string_view name_of(Size size) {
  if (size == Size::XS) return "XS";
  return size == Size::S ? "S" : "M";
}

[[nodiscard]] constexpr std::optional<Size> size_from(std::string_view name) {
  for (const Size size : {Size::XS, Size::S, Size::M}) {
    if (name == name_of(size)) return size;
  }
  return std::nullopt;
}

struct Entity {
  std::string key;  // "okta_user:17"
  std::vector<Property> properties;
};

// One relationship by the rows of its ends within their kinds.
struct Edge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t parallel = 0;  // 0, 1, ... among the edges of this kind between the same two.
  friend bool operator==(const Edge&, const Edge&) = default;
};

// Thread safety: immutable.
class Workload {
 public:
  // `scale` multiplies the counts of size S: tests use less than a whole one.
  explicit Workload(Size size, std::uint64_t seed = 1) : Workload(scale_of(size), seed) {}

  Workload(double scale, std::uint64_t seed);

  [[nodiscard]] std::uint32_t rows(const EntityKind& kind) const;
  [[nodiscard]] std::uint64_t entities() const;
  // As many as at size S, or less in proportion when the graph is smaller than that.
  [[nodiscard]] std::uint32_t at_most(std::uint32_t count) const;
  [[nodiscard]] std::uint64_t relationships() const;

  // The entity as the owner's sync number `revision` finds it: each sync changes a hundredth of the
  // rows of a kind (their `updatedOn`), a different hundredth each time, for good.
  void entity(Entity& out,
              const EntityKind& kind,
              std::uint32_t row,
              std::uint32_t revision = 0) const;

  // All relationships of a kind, in upload order. Deterministic, but made as a whole.
  [[nodiscard]] std::vector<Edge> edges(const RelationshipKind& kind) const;

  // Properties of relationship number `index` of its kind; a revision changes a hundredth of them.
  void edge_properties(std::vector<Property>& out,
                       const RelationshipKind& kind,
                       std::uint32_t index,
                       std::uint32_t revision = 0) const;

 private:
  [[nodiscard]] std::uint32_t scaled(std::uint32_t count) const;
  [[nodiscard]] std::uint32_t edge_count(const RelationshipKind& kind) const;
  [[nodiscard]] Random random_for(std::string_view kind, std::uint64_t number) const;

  double scale_;
  std::uint64_t seed_;
};

// How often syncs 1 to `revision` changed object number `row`.
[[nodiscard]] std::uint32_t changes_until(std::uint32_t row, std::uint32_t revision);

// Requires a type of entity_kinds().
[[nodiscard]] const EntityKind& kind_of(std::string_view type);

// "aws_instance_has_aws_inspector_finding": the `_type` and our name of a relationship kind.
[[nodiscard]] std::string relationship_type(const RelationshipKind& kind);

// Requires a name made by relationship_type().
[[nodiscard]] const RelationshipKind& relationship_kind_of(std::string_view type);

[[nodiscard]] std::string entity_key(std::string_view type, std::uint32_t row);
[[nodiscard]] std::string edge_key(const RelationshipKind& kind, const Edge& edge);

}  // namespace callisto::bench
