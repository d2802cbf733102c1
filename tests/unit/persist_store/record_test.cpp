// Records: digest, chain, blocks from pieces.
#include "persist/store/record.h"

#include <catch2/catch.hpp>

#include "persist/store/block_assembler.h"

using namespace callisto;
using namespace callisto::persist;

namespace {

std::string some_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint64_t state = 88172645463325252U;
  for (char& byte : bytes) {
    state ^= state << 13U;
    state ^= state >> 7U;
    state ^= state << 17U;
    byte = static_cast<char>(state % 7 == 0 ? state >> 8U : 'a');
  }
  return bytes;
}

std::vector<std::string> records_of(std::uint64_t sequence,
                                    const std::string& block,
                                    std::uint64_t& chain) {
  std::vector<std::string> records;
  const Status status = for_each_record(
      sequence, block, chain, [&](std::uint32_t, const std::string& record) -> Status {
        records.push_back(record);
        return {};
      });
  REQUIRE(status);
  return records;
}

}  // namespace

TEST_CASE("R4 every flipped bit of a record is found") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{50}, std::size_t{2000}}) {
    const std::string record =
        encode_record({.sequence = 7, .piece = 2, .last = true, .before = 99}, some_bytes(size));
    REQUIRE(decode_record(record));
    for (std::size_t bit = 0; bit < record.size() * 8; ++bit) {
      std::string damaged = record;
      damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
      const auto back = decode_record(damaged);
      REQUIRE_FALSE(back);
      REQUIRE(back.error().code == ErrorCode::Corruption);
    }
  }
}

TEST_CASE("R4 a record cut or lengthened anywhere is found") {
  const std::string record = encode_record({.sequence = 7, .last = true}, some_bytes(3000));
  for (std::size_t size = 0; size < record.size(); ++size) {
    const std::string cut(record.data(), size);
    REQUIRE_FALSE(decode_record(cut));
  }
  CHECK_FALSE(decode_record(record + '\0'));
}

TEST_CASE("a block comes back from its pieces, whatever its size") {
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, kPieceBytesMax, kPieceBytesMax + 1, 3 * kPieceBytesMax}) {
    const std::string block = some_bytes(size);
    std::uint64_t chain = 5;
    const auto records = records_of(1, block, chain);
    CHECK(records.size() == std::max<std::size_t>(1, (size + kPieceBytesMax - 1) / kPieceBytesMax));
    BlockAssembler assembler(5);
    std::optional<std::string_view> whole;
    for (const std::string& record : records) {
      CHECK_FALSE(whole);
      const auto added = assembler.add(record);
      REQUIRE(added);
      whole = *added;
    }
    REQUIRE(whole);
    CHECK(*whole == block);
    CHECK(assembler.chain() == chain);
    CHECK_FALSE(assembler.inside_block());
  }
}

TEST_CASE("a missing, repeated or foreign record breaks the chain") {
  std::uint64_t chain = 0;
  const auto first = records_of(1, "one", chain);
  const auto second = records_of(2, "two", chain);
  const auto third = records_of(3, "three", chain);
  std::uint64_t other_chain = 1;
  const auto foreign = records_of(2, "two", other_chain);

  BlockAssembler assembler(0);
  CHECK_FALSE(assembler.add(second[0]));
  REQUIRE(assembler.add(first[0]));
  CHECK_FALSE(assembler.add(third[0]));
  CHECK_FALSE(assembler.add(first[0]));
  CHECK_FALSE(assembler.add(foreign[0]));
  CHECK(assembler.add(second[0]));
  CHECK(assembler.add(third[0]));
}

TEST_CASE("compressible payloads are stored smaller, others no larger than their header") {
  const std::string text(100'000, 'x');
  CHECK(encode_record({.last = true}, text).size() < 1000);
  const std::string tiny = "xyz";
  CHECK(encode_record({.last = true}, tiny).size() == kRecordHeaderBytes + tiny.size());
}
