#include "core/indexes/text_index.h"

#include <algorithm>
#include <utility>

namespace callisto {
namespace {

// 2 KiB a row on average: more than that is documents, not properties.
constexpr std::size_t kTextBytesMax = std::size_t{4} << 20;

}  // namespace

void TextIndex::add_text(Postings& postings,
                         std::string_view text,
                         std::span<const std::uint16_t> rows) {
  postings.text_bytes += text.size();
  if (postings.text_bytes > kTextBytesMax) return;
  fold_tokens(text, postings.folded);
  const std::string_view folded = postings.folded;
  std::string token;
  for (std::size_t at = 0; at < folded.size(); ++at) {
    if (!is_token_mark(folded[at])) continue;
    token.clear();
    for (std::size_t i = at + 1; i < folded.size() && token.size() < kWordBytesMax; ++i) {
      if (folded[i] == kApart) break;
      if (folded[i] != kCapital) token += folded[i];
    }
    std::vector<std::uint16_t>& found = postings.rows[token];
    found.insert(found.end(), rows.begin(), rows.end());
  }
}

void TextIndex::add_value(Postings& postings,
                          ValueView value,
                          std::span<const std::uint16_t> rows) {
  if (value.kind() == ValueKind::String) add_text(postings, value.as_string(), rows);
  if (value.kind() != ValueKind::List) return;
  for (const ValueView element : value.as_list()) {
    if (element.kind() == ValueKind::String) add_text(postings, element.as_string(), rows);
  }
}

void TextIndex::add_column(Postings& postings, const Column& column) {
  if (column.kind() == Column::Kind::Integer || column.kind() == Column::Kind::Double) return;
  if (column.kind() != Column::Kind::Coded) {
    Arena scratch;
    for (std::uint32_t row = 0; row < column.rows(); ++row) {
      scratch.clear();
      const auto only = static_cast<std::uint16_t>(row);
      add_value(postings, column.at(row, scratch), {&only, 1});
    }
    return;
  }
  // Each distinct value once.
  std::vector<std::vector<std::uint16_t>> rows(column.coded_values().size());
  for (std::uint32_t row = 0; row < column.rows(); ++row) {
    rows[column.code(row)].push_back(static_cast<std::uint16_t>(row));
  }
  for (std::size_t code = 0; code < rows.size(); ++code) {
    if (!rows[code].empty()) add_value(postings, column.coded_values()[code], rows[code]);
  }
}

std::shared_ptr<const TextIndex> TextIndex::build(ChunkPtr chunk, std::size_t slots) {
  Postings postings;
  for (Slot slot = 0; slot < slots; ++slot) {
    const Column* column = chunk->column(slot);
    if (column != nullptr) add_column(postings, *column);
    if (postings.text_bytes > kTextBytesMax) return nullptr;
  }
  std::vector<std::pair<std::string_view, const std::vector<std::uint16_t>*>> sorted;
  sorted.reserve(postings.rows.size());
  for (const auto& [token, rows] : postings.rows) {
    sorted.emplace_back(token, &rows);
  }
  std::sort(sorted.begin(), sorted.end());
  auto index = std::make_shared<TextIndex>();
  index->chunk_ = std::move(chunk);
  for (const auto& [token, rows] : sorted) {
    index->heap_ += token;
    index->ends_.push_back(static_cast<std::uint32_t>(index->heap_.size()));
    index->rows_.insert(index->rows_.end(), rows->begin(), rows->end());
    index->row_ends_.push_back(static_cast<std::uint32_t>(index->rows_.size()));
  }
  index->heap_.shrink_to_fit();
  index->rows_.shrink_to_fit();
  return index;
}

TextIndex::Found TextIndex::find(const TokenPattern& word) const {
  const std::string_view form = word.form();
  const auto is_exact = [&] {
    return form.size() <= kWordBytesMax && std::none_of(form.begin(), form.end(), is_token_mark);
  };
  Found found{.rows = {}, .exact = is_exact()};
  bool first = true;
  for (std::size_t at = 0; at < form.size();) {
    // What stands before a capital letter of the word need not end a token; what stands after it
    // need not begin one.
    const auto end =
        std::find_if(form.begin() + static_cast<std::ptrdiff_t>(at), form.end(), is_token_mark);
    const auto size = static_cast<std::size_t>(end - form.begin()) - at;
    if (first || form[at - 1] == kApart) {
      const RowMask rows = rows_with(form.substr(at, std::min(size, kWordBytesMax)));
      if (first) {
        found.rows = rows;
      } else {
        found.rows &= rows;
      }
      first = false;
    }
    at += size + 1;
  }
  return found;
}

RowMask TextIndex::rows_with(std::string_view wanted) const {
  const std::string_view heap(heap_);
  const auto token = [&](std::size_t i) {
    const std::uint32_t begin = i == 0 ? 0 : ends_[i - 1];
    return heap.substr(begin, ends_[i] - begin);
  };
  std::size_t low = 0;
  std::size_t high = ends_.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (token(middle) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  RowMask mask;
  for (; low < ends_.size() && token(low).starts_with(wanted); ++low) {
    for (std::uint32_t i = low == 0 ? 0 : row_ends_[low - 1]; i < row_ends_[low]; ++i) {
      mask.set(rows_[i]);
    }
  }
  return mask;
}

std::size_t TextIndex::bytes() const {
  return heap_.capacity() + (ends_.capacity() + row_ends_.capacity()) * sizeof(std::uint32_t) +
         rows_.capacity() * sizeof(std::uint16_t);
}

}  // namespace callisto
