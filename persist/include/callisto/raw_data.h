// Raw provider documents (`_rawData`): what an integration read before it made an entity of it.
// They are kept beside the graph: fetched by id, never seen by J1QL (wire-api 5, data-model 2).
#pragma once

#include <cstdint>
#include <string>

namespace callisto {

struct RawDocument {
  std::string name;          // Unique among the documents of an object: "default", ...
  std::string content_type;  // "application/json": `data` is JSON text; else `data` is plain text.
  std::string data;
  // When a document of this name came first, and since when it says what it says. Given by the
  // store; 0: not known.
  std::int64_t created_at_ms = 0;
  std::int64_t begin_at_ms = 0;

  bool operator==(const RawDocument&) const = default;

  // Times aside.
  [[nodiscard]] bool says_same(const RawDocument& other) const {
    return name == other.name && content_type == other.content_type && data == other.data;
  }

  [[nodiscard]] bool is_json() const { return content_type == "application/json"; }
};

}  // namespace callisto
