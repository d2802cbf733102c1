// Who owns an object: (source, scope) for API jobs, (source, integration instance) for
// integrations. `_key` is unique in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/ids/uuid.h"
#include "core/names/names.h"

namespace callisto {

using PartitionId = NameId<struct PartitionTag>;

struct PartitionInfo {
  std::string source;  // `api`, `integration-managed`, `system-mapper`, ...
  std::string scope;   // DIFF scope of an API job; empty for createEntity and for integrations.
  std::string instance_id;  // Integration instance; empty for `api`.
  std::string integration_type{};
  std::string integration_name{};
  std::string integration_class{};
  std::string integration_definition_id{};

  // Same owner: source, scope and instance (the rest describes it).
  [[nodiscard]] bool same_owner(const PartitionInfo& other) const {
    return source == other.source && scope == other.scope && instance_id == other.instance_id;
  }
};

// Name spaces of the version-5 ids of a partition; text fields are length-prefixed, so no two
// partitions can collide (D31).
struct PartitionNameSpaces {
  Uuid entities;
  Uuid relationships;
};

[[nodiscard]] PartitionNameSpaces name_spaces(std::string_view account,
                                              const PartitionInfo& partition);

}  // namespace callisto
