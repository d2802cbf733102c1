#include "core/graph/relationship_table_writer.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace callisto {

RelationshipTableWriter::RelationshipTableWriter(Kind kind,
                                                 std::shared_ptr<const RelationshipTable> current,
                                                 Names& names)
    : kind_(kind),
      current_(std::move(current)),
      names_(names),
      rows_(current_.get(), names),
      first_new_row_(current_ ? current_->rows() : 0) {}

std::uint32_t RelationshipTableWriter::from_row(std::uint32_t row) const {
  return row >= first_new_row_ ? new_links_[row - first_new_row_].from : current_->from_row(row);
}

std::uint32_t RelationshipTableWriter::to_row(std::uint32_t row) const {
  return row >= first_new_row_ ? new_links_[row - first_new_row_].to : current_->to_row(row);
}

RowPut RelationshipTableWriter::row_put(const RelationshipPut& put,
                                        std::uint32_t row,
                                        bool is_new) const {
  RowPut out{.row = row, .meta = &put.meta, .partition = put.partition, .key = put.key};
  out.is_new = is_new;
  out.sets_base = put.sets_base;
  out.base = put.base;
  out.layers = put.sets_layers ? &put.layers : nullptr;
  out.class_value = ValueView::string(names_.text(kind_.verb));
  out.type_value = ValueView::string(names_.relationship_types.at(put.relationship_type));
  return out;
}

void RelationshipTableWriter::put_new(const RelationshipPut& put,
                                      std::uint32_t from,
                                      std::uint32_t to) {
  const std::uint32_t row = rows_.add_row(put.id);
  new_links_.push_back({from, to, row});
  new_mapped_.push_back(put.mapped);
  rows_.put(row_put(put, row, true));
  if (!put.meta.deleted) added_.push_back({from, to, row});
}

void RelationshipTableWriter::put(const RelationshipPut& put, std::uint32_t row) {
  const bool was_live = rows_.was_live(row);
  rows_.put(row_put(put, row, false));
  if (was_live == !put.meta.deleted) return;
  (was_live ? removed_ : added_).push_back({from_row(row), to_row(row), row});
}

void RelationshipTableWriter::erase(std::uint32_t row) {
  if (rows_.was_live(row)) removed_.push_back({from_row(row), to_row(row), row});
  RowPut out;
  out.row = row;
  out.erased = true;
  rows_.put(out);
}

void RelationshipTableWriter::append_ends(RelationshipTable& out) const {
  for (std::size_t i = 0; i < new_links_.size();) {
    const auto row = static_cast<std::uint32_t>(first_new_row_ + i);
    const std::uint32_t chunk = row / kChunkRows;
    auto ends = chunk < out.ends_.size()
                    ? std::make_shared<RelationshipTable::Ends>(*out.ends_[chunk])
                    : std::make_shared<RelationshipTable::Ends>();
    const std::size_t count =
        std::min<std::size_t>(kChunkRows - row % kChunkRows, new_links_.size() - i);
    ends->from.reserve(row % kChunkRows + count);
    ends->to.reserve(row % kChunkRows + count);
    for (const std::size_t end = i + count; i < end; ++i) {
      if (new_mapped_[i]) ends->mapped.set(static_cast<std::uint32_t>(ends->from.size()));
      ends->from.push_back(new_links_[i].from);
      ends->to.push_back(new_links_[i].to);
    }
    if (chunk < out.ends_.size()) {
      out.ends_[chunk] = std::move(ends);
    } else {
      out.ends_.push_back(std::move(ends));
    }
  }
}

// `added` and `removed` belong to this block; `removed` is sorted by edge.
std::shared_ptr<const AdjacencyBlock> RelationshipTableWriter::build_block(
    const AdjacencyBlock* current,
    std::uint32_t chunk,
    std::span<const BlockEntry> added,
    std::span<const BlockEntry> removed) const {
  std::vector<BlockEntry> entries;
  entries.reserve((current == nullptr ? 0 : current->edges.size()) + added.size());
  const std::uint32_t first = chunk * kChunkRows;
  if (current != nullptr) {
    for (std::uint32_t source = 0; source < kChunkRows; ++source) {
      for (std::uint32_t i = current->offsets[source]; i < current->offsets[source + 1]; ++i) {
        const std::uint32_t edge = current->edges[i];
        const bool gone = std::binary_search(
            removed.begin(),
            removed.end(),
            BlockEntry{.edge = edge},
            [](const BlockEntry& a, const BlockEntry& b) { return a.edge < b.edge; });
        if (!gone) entries.push_back({first + source, current->neighbours[i], edge});
      }
    }
  }
  entries.insert(entries.end(), added.begin(), added.end());
  std::sort(entries.begin(), entries.end(), [](const BlockEntry& a, const BlockEntry& b) {
    return std::tie(a.source, a.neighbour, a.edge) < std::tie(b.source, b.neighbour, b.edge);
  });
  if (entries.empty()) return nullptr;

  auto block = std::make_shared<AdjacencyBlock>();
  block->offsets.assign(kChunkRows + 1, 0);
  block->neighbours.reserve(entries.size());
  block->edges.reserve(entries.size());
  for (const BlockEntry& entry : entries) {
    ++block->offsets[entry.source - first + 1];
    block->neighbours.push_back(entry.neighbour);
    block->edges.push_back(entry.edge);
  }
  for (std::uint32_t source = 0; source < kChunkRows; ++source) {
    block->offsets[source + 1] += block->offsets[source];
  }
  return block;
}

void RelationshipTableWriter::rebuild(RelationshipTable::Blocks& blocks, bool outgoing) const {
  const auto sided = [&](const std::vector<Link>& links) {
    std::vector<BlockEntry> entries;
    entries.reserve(links.size());
    for (const Link& link : links) {
      entries.push_back(outgoing ? BlockEntry{link.from, link.to, link.edge}
                                 : BlockEntry{link.to, link.from, link.edge});
    }
    std::sort(entries.begin(), entries.end(), [](const BlockEntry& a, const BlockEntry& b) {
      const std::uint32_t chunk_a = a.source / kChunkRows;
      const std::uint32_t chunk_b = b.source / kChunkRows;
      return std::tie(chunk_a, a.edge) < std::tie(chunk_b, b.edge);
    });
    return entries;
  };
  const std::vector<BlockEntry> added = sided(added_);
  const std::vector<BlockEntry> removed = sided(removed_);
  const auto take =
      [](const std::vector<BlockEntry>& entries, std::size_t& position, std::uint32_t chunk) {
        const std::size_t begin = position;
        while (position < entries.size() && entries[position].source / kChunkRows == chunk) {
          ++position;
        }
        return std::span(entries).subspan(begin, position - begin);
      };
  std::size_t a = 0;
  std::size_t r = 0;
  while (a < added.size() || r < removed.size()) {
    std::uint32_t chunk = 0xFFFFFFFFU;
    if (a < added.size()) chunk = added[a].source / kChunkRows;
    if (r < removed.size()) chunk = std::min(chunk, removed[r].source / kChunkRows);
    const auto chunk_added = take(added, a, chunk);
    const auto chunk_removed = take(removed, r, chunk);
    if (chunk >= blocks.size()) blocks.resize(chunk + 1);
    blocks[chunk] = build_block(blocks[chunk].get(), chunk, chunk_added, chunk_removed);
  }
}

std::shared_ptr<const RelationshipTable> RelationshipTableWriter::finish() {
  auto next = current_ ? std::make_shared<RelationshipTable>(*current_)
                       : std::make_shared<RelationshipTable>();
  next->verb_ = kind_.verb;
  next->from_type_ = kind_.from_type;
  next->to_type_ = kind_.to_type;
  append_ends(*next);
  rows_.finish(*next);
  rebuild(next->out_, true);
  rebuild(next->in_, false);
  return next;
}

}  // namespace callisto
