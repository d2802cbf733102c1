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
  properties.publish();
}

void Names::publish() {
  for (Dictionary* names : {&types, &classes, &verbs, &properties, &strings, &relationship_types}) {
    names->publish();
  }
}

Names::Mark Names::mark() const {
  return {.types = types.mark(),
          .classes = classes.mark(),
          .verbs = verbs.mark(),
          .properties = properties.mark(),
          .strings = strings.mark(),
          .relationship_types = relationship_types.mark()};
}

void Names::roll_back(const Mark& mark) {
  types.roll_back(mark.types);
  classes.roll_back(mark.classes);
  verbs.roll_back(mark.verbs);
  properties.roll_back(mark.properties);
  strings.roll_back(mark.strings);
  relationship_types.roll_back(mark.relationship_types);
}

std::size_t Names::bytes() const {
  return types.bytes() + classes.bytes() + verbs.bytes() + properties.bytes() + strings.bytes() +
         relationship_types.bytes();
}

}  // namespace callisto
