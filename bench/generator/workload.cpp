#include "bench/generator/workload.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <unordered_map>

namespace callisto::bench {
namespace {

constexpr std::uint32_t kChangedOneIn = 100;

std::uint64_t pair_of(std::uint32_t from, std::uint32_t to) {
  return (std::uint64_t{from} << 32U) | to;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// Makes the edges of one kind.
class EdgeMaker {
 public:
  EdgeMaker(const RelationshipKind& kind,
            std::uint32_t from_rows,
            std::uint32_t to_rows,
            Random random)
      : kind_(kind), from_rows_(from_rows), to_rows_(to_rows), random_(random) {}

  std::vector<Edge> make(std::uint32_t count) {
    std::vector<Edge> edges;
    edges.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i)
      edges.push_back(next(i));
    return edges;
  }

 private:
  std::uint32_t pick(std::uint32_t rows, std::uint32_t skew, std::string_view end) {
    return scatter(random_.skewed(rows, skew), rows, hash_text(kind_.verb) ^ hash_text(end));
  }

  std::uint32_t pick_from() { return pick(from_rows_, kind_.from_skew, kind_.from); }

  std::uint32_t pick_to() { return pick(to_rows_, kind_.to_skew, kind_.to); }

  Edge next(std::uint32_t i) {
    switch (kind_.shape) {
      case Shape::Skewed:
        return fresh_pair();
      case Shape::Parallel:
        return numbered(any_pair());
      case Shape::EachTo:
        return {.from = pick_from(), .to = i};
      case Shape::EachFrom:
        return {.from = i, .to = pick_to()};
      case Shape::OneToOne:
        return {.from = i, .to = scatter(i, to_rows_, hash_text(kind_.to))};
      case Shape::Tree:
        return {.from = random_.skewed(i + 1, 2), .to = i + 1};
    }
    return {};
  }

  // Hubs meet often: after some tries the pair becomes a parallel edge.
  Edge fresh_pair() {
    constexpr int kTries = 16;
    for (int i = 0; i < kTries; ++i) {
      const Edge edge = any_pair();
      const bool loop = kind_.from == kind_.to && edge.from == edge.to;
      if (!loop && seen_.try_emplace(pair_of(edge.from, edge.to), 1).second) return edge;
    }
    return numbered(any_pair());
  }

  // Two statements: the order in which arguments draw numbers would be the compiler's choice.
  Edge any_pair() {
    const std::uint32_t from = pick_from();
    const std::uint32_t to = pick_to();
    return {.from = from, .to = to};
  }

  Edge numbered(Edge edge) {
    edge.parallel = seen_[pair_of(edge.from, edge.to)]++;
    return edge;
  }

  const RelationshipKind& kind_;
  std::uint32_t from_rows_;
  std::uint32_t to_rows_;
  Random random_;
  std::unordered_map<std::uint64_t, std::uint32_t> seen_;
};

void shift_date(std::vector<Property>& properties, std::uint32_t days) {
  if (days == 0) return;
  for (auto property = properties.rbegin(); property != properties.rend(); ++property) {
    if (property->name == "updatedOn" || property->name == "lastSeenOn") {
      std::get<std::int64_t>(property->value) += std::int64_t{days} * kDayMs;
      return;
    }
  }
  properties.push_back({"updatedOn", kWorkloadNowMs + std::int64_t{days} * kDayMs});
}

}  // namespace

Workload::Workload(double scale, std::uint64_t seed) : scale_(scale), seed_(seed) {}

std::uint32_t Workload::scaled(std::uint32_t count) const {
  return std::max(1U, static_cast<std::uint32_t>(static_cast<double>(count) * scale_));
}

std::uint32_t Workload::at_most(std::uint32_t count) const {
  return scale_ < 1 ? scaled(count) : count;
}

std::uint32_t Workload::rows(const EntityKind& kind) const {
  return kind.scales ? scaled(kind.count) : kind.count;
}

std::uint32_t Workload::edge_count(const RelationshipKind& kind) const {
  const std::uint32_t count = scaled(kind.count);
  const std::uint32_t from = rows(kind_of(kind.from));
  const std::uint32_t to = rows(kind_of(kind.to));
  switch (kind.shape) {
    case Shape::Skewed:
    case Shape::Parallel:
      return count;
    case Shape::EachTo:
      return std::min(count, to);
    case Shape::EachFrom:
      return std::min(count, from);
    case Shape::OneToOne:
      return std::min({count, from, to});
    case Shape::Tree:
      return std::min(count, to - 1);
  }
  return 0;
}

std::uint64_t Workload::entities() const {
  std::uint64_t sum = 0;
  for (const EntityKind& kind : entity_kinds())
    sum += rows(kind);
  return sum;
}

std::uint64_t Workload::relationships() const {
  std::uint64_t sum = 0;
  for (const RelationshipKind& kind : relationship_kinds())
    sum += edge_count(kind);
  return sum;
}

Random Workload::random_for(std::string_view kind, std::uint64_t number) const {
  return Random(mix(mix(seed_, hash_text(kind)), number));
}

void Workload::entity(Entity& out,
                      const EntityKind& kind,
                      std::uint32_t row,
                      std::uint32_t revision) const {
  Random random = random_for(kind.type, row);
  out.key = entity_key(kind.type, row);
  out.properties.clear();
  for (const Field& field : kind.fields)
    append_field(out.properties, field, row, random);
  shift_date(out.properties, changes_until(row, revision));
}

std::vector<Edge> Workload::edges(const RelationshipKind& kind) const {
  EdgeMaker maker(kind,
                  rows(kind_of(kind.from)),
                  rows(kind_of(kind.to)),
                  random_for(relationship_type(kind), 0));
  return maker.make(edge_count(kind));
}

void Workload::edge_properties(std::vector<Property>& out,
                               const RelationshipKind& kind,
                               std::uint32_t index,
                               std::uint32_t revision) const {
  out.clear();
  if (!kind.fields.empty()) {
    Random random = random_for(kind.verb, mix(hash_text(kind.from) ^ hash_text(kind.to), index));
    for (const Field& field : kind.fields)
      append_field(out, field, index, random);
  }
  shift_date(out, changes_until(index, revision));
}

std::uint32_t changes_until(std::uint32_t row, std::uint32_t revision) {
  const std::uint32_t first = 1 + static_cast<std::uint32_t>(mix(row) % kChangedOneIn);
  return revision < first ? 0 : 1 + (revision - first) / kChangedOneIn;
}

const EntityKind& kind_of(std::string_view type) {
  for (const EntityKind& kind : entity_kinds()) {
    if (kind.type == type) return kind;
  }
  std::abort();  // A type that the catalogue does not have: a slip in this program.
}

std::string relationship_type(const RelationshipKind& kind) {
  return std::string(kind.from) + "_" + lower(kind.verb) + "_" + std::string(kind.to);
}

const RelationshipKind& relationship_kind_of(std::string_view type) {
  for (const RelationshipKind& kind : relationship_kinds()) {
    if (relationship_type(kind) == type) return kind;
  }
  std::abort();  // As kind_of().
}

std::string entity_key(std::string_view type, std::uint32_t row) {
  return std::string(type) + ":" + std::to_string(row);
}

std::string edge_key(const RelationshipKind& kind, const Edge& edge) {
  std::string key = entity_key(kind.from, edge.from);
  key += "|" + lower(kind.verb) + "|" + entity_key(kind.to, edge.to);
  if (edge.parallel > 0) key += "|" + std::to_string(edge.parallel);
  return key;
}

}  // namespace callisto::bench
