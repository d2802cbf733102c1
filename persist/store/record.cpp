#include "persist/store/record.h"

#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>
#include <zstd.h>

namespace callisto::persist {
namespace {

constexpr std::uint32_t kMagic = 0x4C4A4C43;  // "CLJL"
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kDigestAt = 32;
constexpr std::size_t kCompressFromBytes = 128;
constexpr int kZstdLevel = 1;

// As stored; every field little endian and aligned.
struct StoredHeader {
  std::uint32_t magic = kMagic;
  std::uint8_t version = kVersion;
  std::uint8_t compressed = 0;
  std::uint8_t last = 0;
  std::uint8_t reserved = 0;
  std::uint64_t sequence = 0;
  std::uint32_t piece = 0;
  std::uint32_t raw_size = 0;
  std::uint64_t before = 0;
  std::uint64_t digest = 0;
};

static_assert(sizeof(StoredHeader) == kRecordHeaderBytes);
static_assert(offsetof(StoredHeader, digest) == kDigestAt);

std::uint64_t compute_digest(std::string_view record) {
  const std::uint64_t head = XXH3_64bits(record.data(), kDigestAt);
  return XXH3_64bits_withSeed(
      record.data() + kRecordHeaderBytes, record.size() - kRecordHeaderBytes, head);
}

bool plausible(const StoredHeader& stored) {
  return stored.magic == kMagic && stored.compressed <= 1 && stored.last <= 1 &&
         stored.reserved == 0 && stored.raw_size <= kPieceBytesMax;
}

}  // namespace

std::string encode_record(const RecordHeader& header, std::string_view payload) {
  StoredHeader stored;
  stored.last = header.last ? 1 : 0;
  stored.sequence = header.sequence;
  stored.piece = header.piece;
  stored.raw_size = static_cast<std::uint32_t>(payload.size());
  stored.before = header.before;

  std::string record(kRecordHeaderBytes, '\0');
  if (payload.size() >= kCompressFromBytes) {
    record.resize(kRecordHeaderBytes + ZSTD_compressBound(payload.size()));
    const std::size_t size = ZSTD_compress(record.data() + kRecordHeaderBytes,
                                           record.size() - kRecordHeaderBytes,
                                           payload.data(),
                                           payload.size(),
                                           kZstdLevel);
    stored.compressed = ZSTD_isError(size) == 0 && size < payload.size() ? 1 : 0;
    record.resize(kRecordHeaderBytes + (stored.compressed != 0 ? size : 0));
  }
  if (stored.compressed == 0) record.append(payload);
  std::memcpy(record.data(), &stored, sizeof stored);
  const std::uint64_t digest = compute_digest(record);
  std::memcpy(record.data() + kDigestAt, &digest, sizeof digest);
  return record;
}

Result<Record> decode_record(std::string_view bytes) {
  if (bytes.size() < kRecordHeaderBytes) return fail(ErrorCode::Corruption, "a record is cut");
  StoredHeader stored;
  std::memcpy(&stored, bytes.data(), sizeof stored);
  if (stored.digest != compute_digest(bytes) || !plausible(stored)) {
    return fail(ErrorCode::Corruption, "a record does not match its digest");
  }
  if (stored.version != kVersion) {
    return fail(ErrorCode::Corruption,
                "a record has version " + std::to_string(stored.version) + ", this program reads " +
                    std::to_string(kVersion));
  }
  Record record;
  record.header = {stored.sequence, stored.piece, stored.last != 0, stored.before};
  record.digest = stored.digest;
  const std::string_view payload = bytes.substr(kRecordHeaderBytes);
  if (stored.compressed == 0) {
    if (payload.size() != stored.raw_size) return fail(ErrorCode::Corruption, "a record is cut");
    record.payload = payload;
    return record;
  }
  record.payload.resize(stored.raw_size);
  const std::size_t size =
      ZSTD_decompress(record.payload.data(), record.payload.size(), payload.data(), payload.size());
  if (ZSTD_isError(size) != 0 || size != stored.raw_size) {
    return fail(ErrorCode::Corruption, "a record cannot be decompressed");
  }
  return record;
}

std::uint64_t digest_of(std::string_view record) {
  std::uint64_t digest = 0;
  std::memcpy(&digest, record.data() + kDigestAt, sizeof digest);
  return digest;
}

}  // namespace callisto::persist
