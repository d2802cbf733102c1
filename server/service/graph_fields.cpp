#include "server/service/graph_fields.h"

#include <algorithm>

#include <callisto/number_text.h>

namespace callisto::server {
namespace {

constexpr std::size_t kPageItems = 100;
constexpr std::size_t kPageItemsMax = 1000;

}  // namespace

const FieldEntry* find_field(std::string_view name) {
  for (const std::span<const FieldEntry> fields : {read_fields(),
                                                   vertex_fields(),
                                                   write_fields(),
                                                   question_fields(),
                                                   parameter_fields(),
                                                   integration_fields(),
                                                   raw_data_fields(),
                                                   smart_class_fields()}) {
    const auto found = std::find_if(
        fields.begin(), fields.end(), [&](const FieldEntry& entry) { return entry.name == name; });
    if (found != fields.end()) return &*found;
  }
  return nullptr;
}

Result<Json> page_of(const char* name,
                     const std::vector<Json>& items,
                     const Json& arguments,
                     std::string_view size_name) {
  const Json* wanted = arguments.find(size_name);
  std::size_t size = kPageItems;
  if (wanted != nullptr && wanted->number() != nullptr) {
    if (!(*wanted->number() >= 1)) {
      return fail(ErrorCode::InvalidInput,
                  "\"" + std::string(size_name) + "\" must be a value of 1 or more");
    }
    size =
        static_cast<std::size_t>(std::min(*wanted->number(), static_cast<double>(kPageItemsMax)));
  }
  const std::string cursor = arguments.text_of("cursor");
  const auto place =
      cursor.empty() ? std::optional<std::size_t>(0) : number_from<std::size_t>(cursor);
  if (!place) return fail(ErrorCode::InvalidInput, "this cursor is none of ours");
  const std::size_t begin = std::min(*place, items.size());
  const std::size_t end = std::min(items.size(), begin + size);
  Json page(Json::Array{});
  for (std::size_t i = begin; i < end; ++i) {
    page.push(items[i]);
  }
  const bool more = end < items.size();
  Json info;
  info.set("endCursor", more ? Json(std::to_string(end)) : Json()).set("hasNextPage", more);
  Json out;
  out.set(name, std::move(page)).set("pageInfo", std::move(info));
  return out.set("totalHits", std::uint64_t{items.size()});
}

}  // namespace callisto::server
