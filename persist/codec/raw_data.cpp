#include "persist/codec/raw_data.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "persist/codec/byte_stream.h"
#include "persist/codec/packed.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

// What stands before the packed documents: one byte, and the times of each.
constexpr char kWithoutTimes = 1;
constexpr char kWithTimes = 2;

struct Times {
  std::int64_t created_at_ms = 0;
  std::int64_t begin_at_ms = 0;
};

struct Parts {
  std::vector<Times> times;  // Empty when the record has none.
  std::string_view packed;
};

std::optional<Parts> parts_of(std::string_view record) {
  if (record.empty() || (record[0] != kWithoutTimes && record[0] != kWithTimes)) return {};
  ByteReader in(record.substr(1));
  Parts parts;
  if (record[0] == kWithTimes) parts.times.resize(in.count(2));
  for (Times& times : parts.times) {
    times.created_at_ms = in.zigzag();
    times.begin_at_ms = in.zigzag();
  }
  if (!in.ok()) return {};
  parts.packed = record.substr(1 + in.position());
  return parts;
}

std::string head_of(std::span<const RawDocument> documents) {
  const bool timed = std::ranges::any_of(documents, [](const RawDocument& document) {
    return document.created_at_ms != 0 || document.begin_at_ms != 0;
  });
  ByteWriter head;
  head.byte(timed ? kWithTimes : kWithoutTimes);
  if (!timed) return head.take();
  head.varint(documents.size());
  for (const RawDocument& document : documents) {
    head.zigzag(document.created_at_ms);
    head.zigzag(document.begin_at_ms);
  }
  return head.take();
}

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
  return pack(head_of(documents), out.take());
}

std::string_view content_of(std::string_view record) {
  const std::optional<Parts> parts = parts_of(record);
  return parts ? parts->packed : std::string_view{};
}

Result<std::vector<RawDocument>> decode_raw_data(std::string_view record) {
  const std::optional<Parts> parts = parts_of(record);
  if (!parts) {
    return fail(ErrorCode::Corruption, "a record of raw data has an unknown format");
  }
  CALLISTO_TRY(const std::string bytes, unpack(parts->packed, kUploadBytesMax));
  ByteReader in(bytes);
  std::vector<RawDocument> documents(in.count(3));
  for (RawDocument& document : documents) {
    document.name = in.text();
    document.content_type = in.text();
    document.data = in.text();
  }
  const bool timed = record[0] == kWithTimes;
  if (!in.ok() || in.remaining() != 0 || (timed && parts->times.size() != documents.size())) {
    return fail(ErrorCode::Corruption, "a record of raw data is cut short");
  }
  for (std::size_t i = 0; i < parts->times.size(); ++i) {
    documents[i].created_at_ms = parts->times[i].created_at_ms;
    documents[i].begin_at_ms = parts->times[i].begin_at_ms;
  }
  return documents;
}

}  // namespace callisto::persist
