// Builds the next version of one (verb, from type, to type)'s table: rows, ends and adjacency both
// ways.
#pragma once

#include <cstdint>
#include <memory>
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

 private:
  struct Link {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint32_t edge = 0;
  };

  struct BlockEntry {
    std::uint32_t source = 0;  // Row of this side.
    std::uint32_t neighbour = 0;
    std::uint32_t edge = 0;
  };

  [[nodiscard]] RowPut row_put(const RelationshipPut& put, std::uint32_t row, bool is_new) const;
  void append_ends(RelationshipTable& out) const;
  void rebuild(RelationshipTable::Blocks& blocks, bool outgoing) const;
  [[nodiscard]] std::shared_ptr<const AdjacencyBlock> build_block(
      const AdjacencyBlock* current,
      std::uint32_t chunk,
      std::span<const BlockEntry> added,
      std::span<const BlockEntry> removed) const;

  Kind kind_;
  std::shared_ptr<const RelationshipTable> current_;
  Names& names_;
  TableWriter rows_;
  std::uint32_t first_new_row_ = 0;
  std::vector<Link> new_links_;  // Ends of new rows, in row order.
  std::vector<bool> new_mapped_;
  std::vector<Link> added_;    // Became live.
  std::vector<Link> removed_;  // No longer live.
};

}  // namespace callisto
