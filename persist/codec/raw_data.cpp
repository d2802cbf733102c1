#include "persist/codec/raw_data.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "persist/codec/byte_stream.h"
#include "persist/codec/packed.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

constexpr std::string_view kFormat = "\x01";

}  // namespace

const RawDocument* find_document(std::span<const RawDocument> documents, std::string_view name) {
  const auto at = std::ranges::find(documents, name, &RawDocument::name);
  return at == documents.end() ? nullptr : &*at;
}

void put_document(RawDocument document, std::vector<RawDocument>& documents) {
  const auto at = std::ranges::find(documents, document.name, &RawDocument::name);
  if (at == documents.end()) {
    documents.push_back(std::move(document));
  } else {
    *at = std::move(document);
  }
}

std::string raw_data_key(const Uuid& id, bool relationship, std::string_view source) {
  return fmt::format("{}{}/{}/{}",
                     kRawDataPrefix,
                     relationship ? "relationship" : "entity",
                     to_string(id),
                     source);
}

std::string encode_raw_data(std::span<const RawDocument> documents) {
  ByteWriter out;
  out.varint(documents.size());
  for (const RawDocument& document : documents) {
    out.text(document.name);
    out.text(document.content_type);
    out.text(document.data);
  }
  return pack(kFormat, out.take());
}

Result<std::vector<RawDocument>> decode_raw_data(std::string_view record) {
  if (!record.starts_with(kFormat)) {
    return fail(ErrorCode::Corruption, "a record of raw data has an unknown format");
  }
  CALLISTO_TRY(const std::string bytes, unpack(record.substr(kFormat.size()), kUploadBytesMax));
  ByteReader in(bytes);
  std::vector<RawDocument> documents(in.count(3));
  for (RawDocument& document : documents) {
    document.name = in.text();
    document.content_type = in.text();
    document.data = in.text();
  }
  if (!in.ok() || in.remaining() != 0) {
    return fail(ErrorCode::Corruption, "a record of raw data is cut short");
  }
  return documents;
}

}  // namespace callisto::persist
