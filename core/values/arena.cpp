#include "core/values/arena.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace callisto {

namespace {

// The first block is small, because every column with lists owns an arena; blocks double up to
// kBlockBytesMax so that a large arena has few.
constexpr std::size_t kBlockBytesMin = 512;
constexpr std::size_t kBlockBytesMax = std::size_t{256} << 10;
// A reused arena keeps at most this much between uses.
constexpr std::size_t kKeptBytesMax = std::size_t{1} << 20;

}  // namespace

void* Arena::allocate(std::size_t bytes, std::size_t alignment) {
  if (!blocks_.empty()) {
    Block& block = blocks_[block_];
    const std::size_t begin = (used_ + alignment - 1) & ~(alignment - 1);
    if (begin <= block.size && bytes <= block.size - begin) {
      used_ = begin + bytes;
      return block.data.get() + begin;
    }
  }
  // operator new aligns a block for every alignment that is allowed here.
  const std::size_t doubled = blocks_.empty() ? kBlockBytesMin : blocks_.back().size * 2;
  const std::size_t size = std::max(bytes, std::min(doubled, kBlockBytesMax));
  blocks_.push_back(Block{std::unique_ptr<std::byte[]>(new std::byte[size]), size});
  block_ = blocks_.size() - 1;
  bytes_ += size;
  used_ = bytes;
  return blocks_.back().data.get();
}

std::string_view Arena::copy(std::string_view text) {
  if (text.empty()) return {};
  auto* data = static_cast<char*>(allocate(text.size(), 1));
  std::memcpy(data, text.data(), text.size());
  return {data, text.size()};
}

ValueView Arena::copy(ValueView value) {
  if (value.kind() == ValueKind::String) return ValueView::string(copy(value.as_string()));
  if (value.kind() != ValueKind::List) return value;
  const std::span<const ValueView> from = value.as_list();
  const std::span<ValueView> to = allocate_array<ValueView>(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    to[i] = copy(from[i]);
  }
  return ValueView::list(to);
}

void Arena::roll_back(const Mark& mark) {
  for (std::size_t block = mark.blocks; block < blocks_.size(); ++block) {
    bytes_ -= blocks_[block].size;
  }
  blocks_.resize(mark.blocks);
  block_ = mark.block;
  used_ = mark.used;
}

void Arena::clear() {
  if (blocks_.size() > 1) {
    const auto largest =
        std::max_element(blocks_.begin(), blocks_.end(), [](const Block& a, const Block& b) {
          return (a.size <= kKeptBytesMax ? a.size : 0) < (b.size <= kKeptBytesMax ? b.size : 0);
        });
    std::swap(*largest, blocks_.front());
    blocks_.resize(1);
  }
  if (!blocks_.empty() && blocks_.front().size > kKeptBytesMax) blocks_.clear();
  bytes_ = blocks_.empty() ? 0 : blocks_.front().size;
  block_ = 0;
  used_ = 0;
}

}  // namespace callisto
