// The unit of storage: a piece of a block with its digest, chained to the record before it.
//
//   magic u32 │ version u8 │ compression u8 │ last u8 │ 0 u8 │ sequence u64 │ piece u32 │ raw size
//   u32 │ digest of the record before u64 │ digest of this record u64 │ payload
//
// The digest covers all but itself. Pure functions over memory: every bit and every length of a
// record can be tried in a test.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <callisto/error.h>

namespace callisto::persist {

inline constexpr std::size_t kRecordHeaderBytes = 40;
inline constexpr std::size_t kPieceBytesMax = std::size_t{4} << 20;

struct RecordHeader {
  std::uint64_t sequence = 0;
  std::uint32_t piece = 0;   // Counts from 0 in each block.
  bool last = false;         // Ends its block: a block without its last piece does not count.
  std::uint64_t before = 0;  // Digest of the record before.
};

struct Record {
  RecordHeader header;
  std::uint64_t digest = 0;
  std::string payload;  // Decompressed.
};

// Compresses the payload when that makes it smaller. Requires payload.size() <= kPieceBytesMax.
[[nodiscard]] std::string encode_record(const RecordHeader& header, std::string_view payload);

// Errors: Corruption for anything but the exact bytes that encode_record() gave.
[[nodiscard]] Result<Record> decode_record(std::string_view bytes);

// The digest stored in a record that encode_record() gave.
[[nodiscard]] std::uint64_t digest_of(std::string_view record);

// Cuts a block into records that follow each other from `chain`, the digest of the record before
// the block, and gives use(piece, record) each. Leaves the digest of the last one in `chain`.
template <class Use>
[[nodiscard]] Status for_each_record(std::uint64_t sequence,
                                     std::string_view block,
                                     std::uint64_t& chain,
                                     Use&& use) {
  std::uint32_t piece = 0;
  std::size_t at = 0;
  do {
    const std::string_view payload = block.substr(at, kPieceBytesMax);
    at += payload.size();
    const std::string record = encode_record(
        {.sequence = sequence, .piece = piece, .last = at == block.size(), .before = chain},
        payload);
    chain = digest_of(record);
    if (Status status = use(piece, record); !status) return status;
    ++piece;
  } while (at < block.size());
  return {};
}

}  // namespace callisto::persist
