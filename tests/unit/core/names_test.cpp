#include "core/names/names.h"

#include <catch2/catch.hpp>

namespace callisto {

TEST_CASE("every graph knows the metadata names by the same ids") {
  const Names names;
  CHECK(names.properties.size() == metadata::kCount + 1);
  CHECK(names.text(metadata::kId) == "_id");
  CHECK(names.text(metadata::kKey) == "_key");
  CHECK(names.text(metadata::kType) == "_type");
  CHECK(names.text(metadata::kClass) == "_class");
  CHECK(names.text(metadata::kVersion) == "_version");
  CHECK(names.text(metadata::kCreatedOn) == "_createdOn");
  CHECK(names.text(metadata::kBeginOn) == "_beginOn");
  CHECK(names.text(metadata::kEndOn) == "_endOn");
  CHECK(names.text(metadata::kDeleted) == "_deleted");
  CHECK(names.text(metadata::kSource) == "_source");
  CHECK(names.text(metadata::kScope) == "_scope");
  CHECK(names.text(metadata::kIntegrationInstanceId) == "_integrationInstanceId");
  CHECK(names.text(metadata::kAccountId) == "_accountId");
  CHECK(names.text(metadata::kIntegrationType) == "_integrationType");
  CHECK(names.text(metadata::kIntegrationName) == "_integrationName");
  CHECK(names.text(metadata::kIntegrationClass) == "_integrationClass");
  CHECK(names.text(metadata::kIntegrationDefinitionId) == "_integrationDefinitionId");
  CHECK(names.text(metadata::kLatest) == "_latest");
  CHECK(names.text(metadata::kFromEntityId) == "_fromEntityId");
  CHECK(names.text(metadata::kToEntityId) == "_toEntityId");
  CHECK(names.text(metadata::kFromEntityKey) == "_fromEntityKey");
  CHECK(names.text(metadata::kToEntityKey) == "_toEntityKey");
  CHECK(names.text(metadata::kDisplayName) == "displayName");
}

TEST_CASE("displayName is no metadata") {
  CHECK(metadata::is_metadata(metadata::kToEntityKey));
  CHECK_FALSE(metadata::is_metadata(metadata::kDisplayName));
}

}  // namespace callisto
