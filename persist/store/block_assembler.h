// Puts records back together into blocks and checks that they are whole, in order and chained.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "persist/store/record.h"
#include <callisto/error.h>

namespace callisto::persist {

class BlockAssembler {
 public:
  // `before`: the digest that the first record must name.
  explicit BlockAssembler(std::uint64_t before) : chain_(before) {}

  // The next record. Gives the block's bytes when this piece ends it; they live until the next
  // call.
  //
  // Errors: Corruption when the record is damaged or does not follow the one before.
  [[nodiscard]] Result<std::optional<std::string_view>> add(std::string_view record);

  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }  // Of the last record.

  [[nodiscard]] std::uint64_t chain() const { return chain_; }  // Digest of the last record.

  [[nodiscard]] bool inside_block() const { return next_piece_ != 0; }

 private:
  std::uint64_t chain_;
  std::uint64_t sequence_ = 0;
  std::uint32_t next_piece_ = 0;
  std::string block_;
};

}  // namespace callisto::persist
