// All relationships of one (verb, from `_type`, to `_type`): rows with columns, and compressed
// adjacency both ways. Immutable.
//
//   out: block per chunk of the from-table:  offsets[2049] -> neighbours[] (rows of the to-table),
//   edges[] (own rows) in:  the same from the to-table's side
//
// Adjacency holds live relationships only; both of their ends are live. Neighbours of a row are
// sorted.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/graph/property_table.h"
#include "core/names/names.h"

namespace callisto {

struct AdjacencyBlock {
  std::vector<std::uint32_t> offsets;  // kChunkRows + 1.
  std::vector<std::uint32_t> neighbours;
  std::vector<std::uint32_t> edges;
};

// The neighbours of one row: neighbours[i] is reached over relationship row edges[i].
struct Neighbours {
  std::span<const std::uint32_t> rows;
  std::span<const std::uint32_t> edges;
};

class RelationshipTable : public PropertyTable {
 public:
  [[nodiscard]] VerbId verb() const { return verb_; }

  [[nodiscard]] TypeId from_type() const { return from_type_; }

  [[nodiscard]] TypeId to_type() const { return to_type_; }

  [[nodiscard]] std::uint32_t from_row(std::uint32_t row) const {
    return ends_[row / kChunkRows]->from[row % kChunkRows];
  }

  [[nodiscard]] std::uint32_t to_row(std::uint32_t row) const {
    return ends_[row / kChunkRows]->to[row % kChunkRows];
  }

  // From-row -> to-rows, and back. Empty for rows without any. O(1).
  [[nodiscard]] Neighbours out(std::uint32_t from_row) const { return neighbours(out_, from_row); }

  [[nodiscard]] Neighbours in(std::uint32_t to_row) const { return neighbours(in_, to_row); }

  // Blocks for set-at-a-time work; nullptr or a missing tail: no relationship there.
  [[nodiscard]] std::span<const std::shared_ptr<const AdjacencyBlock>> out_blocks() const {
    return out_;
  }

  [[nodiscard]] std::span<const std::shared_ptr<const AdjacencyBlock>> in_blocks() const {
    return in_;
  }

  [[nodiscard]] bool mapped(std::uint32_t row) const {
    return ends_[row / kChunkRows]->mapped.test(row % kChunkRows);
  }

  [[nodiscard]] std::size_t adjacency_bytes() const;

 private:
  friend class RelationshipTableWriter;
  using Blocks = std::vector<std::shared_ptr<const AdjacencyBlock>>;

  struct Ends {
    std::vector<std::uint32_t> from;
    std::vector<std::uint32_t> to;
    RowMask mapped;
  };

  [[nodiscard]] static Neighbours neighbours(const Blocks& blocks, std::uint32_t row) {
    const std::uint32_t chunk = row / kChunkRows;
    if (chunk >= blocks.size() || !blocks[chunk]) return {};
    const AdjacencyBlock& block = *blocks[chunk];
    const std::uint32_t begin = block.offsets[row % kChunkRows];
    const std::uint32_t count = block.offsets[row % kChunkRows + 1] - begin;
    return {{block.neighbours.data() + begin, count}, {block.edges.data() + begin, count}};
  }

  VerbId verb_{};
  TypeId from_type_{};
  TypeId to_type_{};
  std::vector<std::shared_ptr<const Ends>> ends_;  // Per chunk of relationship rows.
  Blocks out_;
  Blocks in_;
};

}  // namespace callisto
