// Lists and bitmaps of rows.
#include "query/executor/row_set.h"

namespace callisto::query {

namespace {

// A list entry costs as much as this many bits of a bitmap.
constexpr std::size_t kBitsPerListEntry = 64;

}  // namespace

RowSet RowSet::of(std::vector<std::uint32_t> rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  RowSet set;
  set.count_ = static_cast<std::uint32_t>(rows.size());
  set.rows_ = std::move(rows);
  return set;
}

RowSet RowSet::bitmap(std::uint32_t rows) {
  RowSet set;
  set.kind_ = Kind::Dense;
  set.words_.resize(std::size_t{(rows + kChunkRows - 1) / kChunkRows} * RowMask::kWords);
  return set;
}

void RowSet::mark(std::uint32_t chunk, const RowMask& mask) {
  std::uint64_t* words = words_.data() + std::size_t{chunk} * RowMask::kWords;
  for (std::uint32_t i = 0; i < RowMask::kWords; ++i) {
    words[i] |= mask.word(i);
  }
}

void RowSet::close() {
  const std::size_t count = count_bits(words_.data(), words_.size());
  count_ = static_cast<std::uint32_t>(count);
  if (count * kBitsPerListEntry > words_.size() * 64) return;
  std::vector<std::uint32_t> rows;
  rows.reserve(count);
  for (std::uint32_t at = 0; at < words_.size(); ++at) {
    for (std::uint64_t word = words_[at]; word != 0; word &= word - 1) {
      rows.push_back(at * 64 + static_cast<std::uint32_t>(std::countr_zero(word)));
    }
  }
  rows_ = std::move(rows);
  words_ = {};
  kind_ = Kind::Sparse;
}

RowMask RowSet::mask(const PropertyTable& table, std::uint32_t chunk) const {
  if (kind_ == Kind::All) return table.chunks()[chunk]->live();
  RowMask mask;
  if (kind_ == Kind::Dense) {
    const std::size_t first = std::size_t{chunk} * RowMask::kWords;
    for (std::uint32_t i = 0; i < RowMask::kWords && first + i < words_.size(); ++i) {
      mask.word(i) = words_[first + i];
    }
    return mask;
  }
  auto row = std::lower_bound(rows_.begin(), rows_.end(), chunk * kChunkRows);
  for (; row != rows_.end() && *row < (chunk + 1) * kChunkRows; ++row) {
    mask.set(*row % kChunkRows);
  }
  return mask;
}

}  // namespace callisto::query
