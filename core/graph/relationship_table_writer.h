// Builds the next version of one (verb, from type, to type)'s table: rows, ends and adjacency both
// ways.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/graph/relationship_table.h"
#include "core/graph/table_writer.h"

namespace callisto {

class RelationshipTableWriter {
 public:
  struct Kind {
    VerbId verb{};
    TypeId from_type{};
    TypeId to_type{};
  };

  RelationshipTableWriter(Kind kind,
                          std::shared_ptr<const RelationshipTable> current,
                          Names& names);

  [[nodiscard]] const Kind& kind() const { return kind_; }

  [[nodiscard]] const TableWriter& rows() const { return rows_; }

  [[nodiscard]] std::uint32_t from_row(std::uint32_t row) const;
  [[nodiscard]] std::uint32_t to_row(std::uint32_t row) const;
  void put_new(const RelationshipPut& put, std::uint32_t from, std::uint32_t to);
  void put(const RelationshipPut& put, std::uint32_t row);
  void erase(std::uint32_t row);
  [[nodiscard]] std::shared_ptr<const RelationshipTable> finish();

  // The same rows with an adjacency that also leads over soft-deleted relationships, as far as both
  // ends are in the graph or soft-deleted; `table` itself when it has none. For queries that ask
  // for deleted objects (j1ql 8.4). `from`, `to`: the tables of the ends. Complexity: linear in the
  // rows of the table.
  [[nodiscard]] static std::shared_ptr<const RelationshipTable> with_deleted(
      const std::shared_ptr<const RelationshipTable>& table,
      const PropertyTable& from,
      const PropertyTable& to);

 private:
  struct Link {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint32_t edge = 0;
  };

  // One direction of a link.
  struct BlockEntry {
    std::uint32_t source = 0;  // Row of this side.
    std::uint32_t neighbour = 0;
    std::uint32_t edge = 0;
  };

  // Entries grouped by the chunk of their source: those of chunk c stand at offsets[c] .. offsets[c
  // + 1].
  struct ByChunk {
    std::vector<BlockEntry> entries;
    std::vector<std::uint32_t> offsets;
    [[nodiscard]] std::span<const BlockEntry> of(std::uint32_t chunk) const;

    [[nodiscard]] std::uint32_t chunks() const {
      return static_cast<std::uint32_t>(offsets.size()) - 1;
    }
  };

  [[nodiscard]] static ByChunk by_chunk(const std::vector<Link>& links, bool outgoing);
  [[nodiscard]] RowPut row_put(const RelationshipPut& put, std::uint32_t row, bool is_new);
  [[nodiscard]] const ValueView* type_value(std::uint32_t relationship_type);
  void append_ends(RelationshipTable& out) const;
  static void rebuild(RelationshipTable::Blocks& blocks,
                      const ByChunk& added,
                      const ByChunk& removed);
  [[nodiscard]] static std::shared_ptr<const AdjacencyBlock> build_block(
      const AdjacencyBlock* current,
      std::span<const BlockEntry> added,
      std::span<const BlockEntry> removed);

  Kind kind_;
  std::shared_ptr<const RelationshipTable> current_;
  ValueView class_value_;
  std::deque<ValueView> type_values_;  // Distinct `_type`s; rows point into it.
  std::unordered_map<std::uint32_t, const ValueView*> type_value_of_;
  Names& names_;
  TableWriter rows_;
  std::uint32_t first_new_row_ = 0;
  std::vector<Link> new_links_;  // Ends of new rows, in row order.
  std::vector<bool> new_mapped_;
  std::vector<Link> added_;    // Became live.
  std::vector<Link> removed_;  // No longer live.
};

}  // namespace callisto
