// What is in a graph, counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace callisto {

struct NamedCount {
  std::string name;
  std::uint64_t count = 0;
};

// What a property of a type looks like, for people (.describe).
struct PropertySummary {
  std::string name;
  std::string kinds;                  // "string", "number", "string, list", ...
  std::vector<NamedCount> counts;     // Of each of these.
  std::uint64_t present = 0;          // Live entities that have it.
  std::uint64_t overridden = 0;       // Of these, decided by a layer above the base.
  std::vector<std::string> examples;  // JSON, at most 3.
};

struct VerbSummary {
  std::string verb;
  std::string from_type;
  std::string to_type;
  std::uint64_t count = 0;
};

struct GraphSummary {
  std::uint64_t version = 0;
  std::uint64_t entities = 0;
  std::uint64_t relationships = 0;
  std::uint64_t overrides = 0;
  std::uint64_t memory_bytes = 0;  // Of the graph's own structures.
};

}  // namespace callisto
