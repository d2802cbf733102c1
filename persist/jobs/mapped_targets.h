// Finds the targets of mapped relationships (`_mapping`) among the live entities of the account, by
// the properties that `targetFilterKeys` names, or makes them (wire-api 5, D33).
//
// One index per distinct filter, built once per finalize from the values that the upload asks for:
// never a scan a row.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "persist/jobs/sync_plan.h"

namespace callisto::persist {

class MappedTargets {
 public:
  // Reads all mappings of the job. Complexity: linear in the live entities for each filter.
  MappedTargets(PlanContext& context, const Job& job);

  // The targets of a mapping, each once; made when there are none and the mapping allows it.
  // `failed`: one should have been made, but `targetEntity` lacks key, type or class.
  [[nodiscard]] std::vector<Uuid> find(const Mapping& mapping, bool& failed);

 private:
  struct Filter {
    std::vector<PropertyId> properties;
    PropertyId pivot{};  // The property the index is by; the others are checked for each hit.
    boost::unordered_flat_map<std::uint64_t, std::vector<Uuid>> by_value;  // Wanted values only.
  };

  Filter& filter_of(std::span<const PropertyId> properties);
  void index(Filter& filter);
  void index(Filter& filter, const Uuid& entity);
  [[nodiscard]] bool matches(const Uuid& entity,
                             std::span<const PropertyId> properties,
                             const EntityRow& target);
  [[nodiscard]] ValueView wanted(const EntityRow& target, PropertyId property);
  // The effective value after the change.
  [[nodiscard]] ValueView value(const Uuid& entity, PropertyId property);
  [[nodiscard]] ValueView class_list(std::span<const ClassId> classes);
  void update_own(const Uuid& entity, const EntityRow& target);

  PlanContext& context_;
  PartitionInfo mapper_;
  PartitionNameSpaces mapper_spaces_;
  std::vector<Filter> filters_;
  Arena scratch_;
};

}  // namespace callisto::persist
