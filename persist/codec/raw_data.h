// Raw documents as durable records beside the graph.
//
//   "raw/entity/<_id>/<source>"         the documents that <source> gave for an entity
//   "raw/relationship/<_id>/<source>"   the same for a relationship
//
// So a sync of one source never touches what another has stored.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids/uuid.h"
#include <callisto/error.h>
#include <callisto/raw_data.h>

namespace callisto::persist {

inline constexpr std::string_view kRawDataPrefix = "raw/";
inline constexpr std::size_t kRawDocumentsMax = 100;  // Of one object and source.

// nullptr: there is none of that name.
[[nodiscard]] const RawDocument* find_document(std::span<const RawDocument> documents,
                                               std::string_view name);
// Adds a document, in the place of the one of the same name if there is one.
void put_document(RawDocument document, std::vector<RawDocument>& documents);

// Whether a text is one JSON value, of at most 1,024 levels. Complexity: linear.
[[nodiscard]] bool is_json_text(std::string_view text);

// Without a source: the prefix of the keys of all sources.
[[nodiscard]] std::string raw_data_key(const Uuid& id,
                                       bool relationship,
                                       std::string_view source = {});

// Packed; the same documents give the same bytes. Documents without times, as uploads have them,
// make a shorter record.
[[nodiscard]] std::string encode_raw_data(std::span<const RawDocument> documents);
// The part of a record that is equal in two when their documents say the same, whatever their
// times. Of a damaged record: empty.
[[nodiscard]] std::string_view content_of(std::string_view record);
// Errors: Corruption.
[[nodiscard]] Result<std::vector<RawDocument>> decode_raw_data(std::string_view record);

}  // namespace callisto::persist
