#include "persist/store/block_assembler.h"

#include <utility>

namespace callisto::persist {

Result<std::optional<std::string_view>> BlockAssembler::add(std::string_view bytes) {
  CALLISTO_TRY(Record record, decode_record(bytes));
  const RecordHeader& header = record.header;
  const bool in_order =
      next_piece_ == 0 ? header.sequence > sequence_ : header.sequence == sequence_;
  if (header.before != chain_ || header.piece != next_piece_ || !in_order) {
    return fail(ErrorCode::Corruption, "a record does not follow the one before it");
  }
  sequence_ = header.sequence;
  chain_ = record.digest;
  if (header.piece == 0) {
    block_ = std::move(record.payload);
  } else {
    block_ += record.payload;
  }
  next_piece_ = header.last ? 0 : header.piece + 1;
  if (!header.last) return std::optional<std::string_view>{};
  return std::optional<std::string_view>{block_};
}

}  // namespace callisto::persist
