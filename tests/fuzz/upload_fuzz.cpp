// Any bytes as an upload in any mode: a batch whose rows keep their promises, or an error for the
// client with its wire code; reading the same again gives the same, and so does reading it after a
// restart under other limits.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "persist/codec/upload.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void require_rows(const callisto::persist::UploadBatch& batch) {
  using callisto::NamedValue;
  const auto require_sorted = [](std::span<const NamedValue> properties) {
    for (std::size_t i = 1; i < properties.size(); ++i) {
      require(properties[i - 1].property < properties[i].property);
    }
    // Every view can be read to its end.
    for (const NamedValue& property : properties) {
      require(!callisto::to_json(property.value).empty());
    }
  };
  for (const auto& row : batch.entities) {
    require_sorted(row.properties);
  }
  for (const auto& row : batch.relationships) {
    require_sorted(row.properties);
    // An end may be left out (it counts as unresolved later), but none has an id and no name.
    require(!row.from.id || !row.from.text.empty());
    require(!row.to.id || !row.to.text.empty());
  }
}

}  // namespace

// The first byte chooses the mode and the options, the rest is the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace callisto;
  if (size == 0) return 0;
  const std::uint8_t choice = data[0];
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Names names;
  PartitionInfo owner;
  owner.source = "api";
  persist::UploadContext context;
  context.names = std::make_shared<persist::UploadNames>(names);
  context.spaces = name_spaces("fuzz", owner);
  context.mode = static_cast<SyncMode>(choice % 5);
  context.options.ignore_duplicates = (choice & 0x20U) != 0;
  context.options.ignore_illegal_properties = (choice & 0x40U) != 0;
  context.entities_max = (choice & 0x80U) != 0 ? 3 : 0;
  if ((choice & 0x10U) != 0) {
    context.limits = {.text_bytes = 20,
                      .list_elements = 3,
                      .key_bytes = 20,
                      .name_bytes = 10,
                      .properties = 3,
                      .types = 3};
  }
  const auto batch = persist::decode_upload(body, context);
  const auto again = persist::decode_upload(body, context);
  require(batch.has_value() == again.has_value());
  if (!batch) {
    require(!batch.error().message.empty());
    require(!batch.error().hints.empty());
    require(batch.error().message == again.error().message);
    return 0;
  }
  require_rows(*batch);
  require(batch->entities.size() == again->entities.size());
  for (std::size_t i = 0; i < batch->entities.size(); ++i) {
    require(persist::same_row(batch->entities[i], again->entities[i]));
  }
  const UploadWarnings& warnings = batch->warnings;
  require(warnings.lone_surrogates == 0 || !warnings.first_lone_surrogate.empty());
  require(warnings.inexact_numbers == again->warnings.inexact_numbers);
  context.acknowledged = true;
  context.limits = {.text_bytes = 1, .list_elements = 1, .key_bytes = 1, .name_bytes = 1};
  const auto restored = persist::decode_upload(body, context);
  require(restored.has_value());
  require(restored->entities.size() == batch->entities.size());
  require(restored->relationships.size() == batch->relationships.size());
  return 0;
}
