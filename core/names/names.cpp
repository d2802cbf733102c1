#include "core/names/names.h"

#include <array>

namespace callisto {

namespace {

// In the order of the ids in `metadata`.
constexpr std::array<std::string_view, metadata::kCount + 1> kMetadataNames = {
    "_id",
    "_key",
    "_type",
    "_class",
    "_version",
    "_createdOn",
    "_beginOn",
    "_endOn",
    "_deleted",
    "_source",
    "_scope",
    "_integrationInstanceId",
    "_accountId",
    "_integrationType",
    "_integrationName",
    "_integrationClass",
    "_integrationDefinitionId",
    "_latest",
    "_fromEntityId",
    "_toEntityId",
    "_fromEntityKey",
    "_toEntityKey",
    "displayName",
};

}  // namespace

Names::Names() {
  for (const std::string_view name : kMetadataNames) {
    properties.intern(name);
  }
}

}  // namespace callisto
