// Full-text index over the effective texts of one chunk: each token with the rest of its word,
// folded -> rows. What a search finds with it is what TokenPattern finds without it.
//
//   tokens, sorted:  "accesslogs" "logs" "prodaccesslogs"      ("prodAccessLogs" in row 7)
//   rows of each:     7            7      7
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/columns/row_mask.h"
#include "core/columns/text_tokens.h"
#include "core/graph/property_table.h"

namespace callisto {

// Immutable. A chunk never changes either: an index of a chunk is right for as long as there is
// one.
class TextIndex {
 public:
  // Of a longer word the beginning is indexed.
  static constexpr std::size_t kWordBytesMax = 40;

  struct Found {
    RowMask rows;
    bool exact = false;  // Else some of the rows may not have the word.
  };

  // nullptr when the chunk holds more text than is worth indexing. Complexity: linear in the
  // distinct texts of each column and in the rows.
  [[nodiscard]] static std::shared_ptr<const TextIndex> build(ChunkPtr chunk, std::size_t slots);

  // All rows with a text that has the word. Complexity: a binary search for each of its tokens, and
  // the rows found.
  [[nodiscard]] Found find(const TokenPattern& word) const;

  [[nodiscard]] const ChunkPtr& chunk() const { return chunk_; }

  [[nodiscard]] std::size_t bytes() const;

 private:
  // While it is built: rows of each token, and how much text was seen.
  struct Postings {
    std::unordered_map<std::string, std::vector<std::uint16_t>> rows{};
    std::size_t text_bytes = 0;
    std::string folded{};  // Scratch.
  };

  // Rows with a token that begins with `token`, which is folded and has no marks.
  [[nodiscard]] RowMask rows_with(std::string_view token) const;

  static void add_text(Postings& postings,
                       std::string_view text,
                       std::span<const std::uint16_t> rows);
  static void add_value(Postings& postings, ValueView value, std::span<const std::uint16_t> rows);
  static void add_column(Postings& postings, const Column& column);

  ChunkPtr chunk_;  // Held, so that its address cannot be used again.
  std::string heap_;
  std::vector<std::uint32_t> ends_;  // Of tokens in the heap.
  std::vector<std::uint32_t> row_ends_;
  std::vector<std::uint16_t> rows_;
};

}  // namespace callisto
