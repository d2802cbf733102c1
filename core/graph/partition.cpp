#include "core/graph/partition.h"

#include <initializer_list>

namespace callisto {
namespace {

// Name space of all Callisto ids: a random version-4 UUID, fixed for ever, since every `_id`
// depends on it.
constexpr Uuid kRoot{{0x6d,
                      0x1c,
                      0x0e,
                      0x5f,
                      0x3b,
                      0x0a,
                      0x4c,
                      0x66,
                      0x9e,
                      0x1f,
                      0x7a,
                      0x52,
                      0x20,
                      0xb4,
                      0x8d,
                      0x11}};

std::string joined(std::initializer_list<std::string_view> fields) {
  std::string text;
  for (const std::string_view field : fields) {
    text += std::to_string(field.size());
    text += ':';
    text += field;
  }
  return text;
}

}  // namespace

PartitionNameSpaces name_spaces(std::string_view account, const PartitionInfo& partition) {
  const auto of = [&](std::string_view kind) {
    return uuid_v5(
        kRoot, joined({account, partition.source, partition.scope, partition.instance_id, kind}));
  };
  return {.entities = of("entity"), .relationships = of("relationship")};
}

}  // namespace callisto
