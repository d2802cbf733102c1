// Raw provider documents (`_rawData`): what an integration read before it made an entity of it.
// They are kept beside the graph: fetched by id, never seen by J1QL (wire-api 5, data-model 2).
#pragma once

#include <string>

namespace callisto {

struct RawDocument {
  std::string name;          // Unique among the documents of an object: "default", ...
  std::string content_type;  // "application/json": `data` is JSON text; else `data` is plain text.
  std::string data;

  bool operator==(const RawDocument&) const = default;

  [[nodiscard]] bool is_json() const { return content_type == "application/json"; }
};

}  // namespace callisto
