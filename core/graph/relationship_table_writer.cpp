#include "core/graph/relationship_table_writer.h"

#include <algorithm>
#include <utility>

namespace callisto {

RelationshipTableWriter::RelationshipTableWriter(Kind kind,
                                                 std::shared_ptr<const RelationshipTable> current,
                                                 Names& names)
    : kind_(kind),
      current_(std::move(current)),
      class_value_(ValueView::string(names.text(kind.verb))),
      names_(names),
      rows_(current_.get(), names),
      first_new_row_(current_ ? current_->rows() : 0) {}

std::uint32_t RelationshipTableWriter::from_row(std::uint32_t row) const {
  return row >= first_new_row_ ? new_links_[row - first_new_row_].from : current_->from_row(row);
}

std::uint32_t RelationshipTableWriter::to_row(std::uint32_t row) const {
  return row >= first_new_row_ ? new_links_[row - first_new_row_].to : current_->to_row(row);
}

const ValueView* RelationshipTableWriter::type_value(std::uint32_t relationship_type) {
  const ValueView*& known = type_value_of_[relationship_type];
  if (known == nullptr) {
    type_values_.push_back(ValueView::string(names_.relationship_types.at(relationship_type)));
    known = &type_values_.back();
  }
  return known;
}

RowPut RelationshipTableWriter::row_put(const RelationshipPut& put,
                                        std::uint32_t row,
                                        bool is_new) {
  RowPut out{.row = row, .partition = put.partition, .meta = &put.meta, .key = &put.key};
  out.is_new = is_new;
  if (put.sets_base) out.base = &put.base;
  if (put.sets_layers) out.layers = &put.layers;
  if (is_new) out.class_value = &class_value_;
  if (is_new || put.sets_base) out.type_value = type_value(put.relationship_type);
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

std::span<const RelationshipTableWriter::BlockEntry> RelationshipTableWriter::ByChunk::of(
    std::uint32_t chunk) const {
  if (chunk >= chunks()) return {};
  return std::span(entries).subspan(offsets[chunk], offsets[chunk + 1] - offsets[chunk]);
}

RelationshipTableWriter::ByChunk RelationshipTableWriter::by_chunk(const std::vector<Link>& links,
                                                                   bool outgoing) {
  ByChunk out;
  std::uint32_t last = 0;
  for (const Link& link : links) {
    last = std::max(last, (outgoing ? link.from : link.to) / kChunkRows + 1);
  }
  out.offsets.assign(last + 1, 0);
  for (const Link& link : links) {
    ++out.offsets[(outgoing ? link.from : link.to) / kChunkRows + 1];
  }
  for (std::uint32_t chunk = 0; chunk < last; ++chunk) {
    out.offsets[chunk + 1] += out.offsets[chunk];
  }
  out.entries.resize(links.size());
  std::vector<std::uint32_t> next(out.offsets.begin(), out.offsets.end() - 1);
  for (const Link& link : links) {
    const std::uint32_t source = outgoing ? link.from : link.to;
    out.entries[next[source / kChunkRows]++] = {source, outgoing ? link.to : link.from, link.edge};
  }
  return out;
}

// A counting sort by source; each source's few neighbours are then put in order.
std::shared_ptr<const AdjacencyBlock> RelationshipTableWriter::build_block(
    const AdjacencyBlock* current,
    std::span<const BlockEntry> added,
    std::span<const BlockEntry> removed) {
  std::vector<std::uint32_t> gone;
  gone.reserve(removed.size());
  for (const BlockEntry& entry : removed) {
    gone.push_back(entry.edge);
  }
  std::sort(gone.begin(), gone.end());
  const auto kept = [&](std::uint32_t edge) {
    return !std::binary_search(gone.begin(), gone.end(), edge);
  };

  auto block = std::make_shared<AdjacencyBlock>();
  std::vector<std::uint32_t>& offsets = block->offsets;
  offsets.assign(kChunkRows + 1, 0);
  const auto for_each_old = [&](auto&& visit) {
    for (std::uint32_t source = 0; current != nullptr && source < kChunkRows; ++source) {
      for (std::uint32_t i = current->offsets[source]; i < current->offsets[source + 1]; ++i) {
        if (gone.empty() || kept(current->edges[i]))
          visit(source, current->neighbours[i], current->edges[i]);
      }
    }
  };
  for_each_old([&](std::uint32_t source, std::uint32_t, std::uint32_t) { ++offsets[source + 1]; });
  for (const BlockEntry& entry : added) {
    ++offsets[entry.source % kChunkRows + 1];
  }
  for (std::uint32_t source = 0; source < kChunkRows; ++source) {
    offsets[source + 1] += offsets[source];
  }
  if (offsets.back() == 0) return nullptr;

  using Neighbour = std::pair<std::uint32_t, std::uint32_t>;  // (row, edge)
  std::vector<Neighbour> sorted(offsets.back());
  std::vector<std::uint32_t> next(offsets.begin(), offsets.end() - 1);
  for_each_old([&](std::uint32_t source, std::uint32_t row, std::uint32_t edge) {
    sorted[next[source]++] = {row, edge};
  });
  for (const BlockEntry& entry : added) {
    sorted[next[entry.source % kChunkRows]++] = {entry.neighbour, entry.edge};
  }
  for (std::uint32_t source = 0; source < kChunkRows; ++source) {
    if (offsets[source + 1] - offsets[source] > 1) {
      std::sort(sorted.begin() + offsets[source], sorted.begin() + offsets[source + 1]);
    }
  }
  block->neighbours.resize(sorted.size());
  block->edges.resize(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    block->neighbours[i] = sorted[i].first;
    block->edges[i] = sorted[i].second;
  }
  return block;
}

void RelationshipTableWriter::rebuild(RelationshipTable::Blocks& blocks,
                                      const ByChunk& added,
                                      const ByChunk& removed) {
  const std::uint32_t chunks = std::max(added.chunks(), removed.chunks());
  if (chunks > blocks.size()) blocks.resize(chunks);
  for (std::uint32_t chunk = 0; chunk < chunks; ++chunk) {
    if (added.of(chunk).empty() && removed.of(chunk).empty()) continue;
    blocks[chunk] = build_block(blocks[chunk].get(), added.of(chunk), removed.of(chunk));
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
  rebuild(next->out_, by_chunk(added_, true), by_chunk(removed_, true));
  rebuild(next->in_, by_chunk(added_, false), by_chunk(removed_, false));
  return next;
}

std::shared_ptr<const RelationshipTable> RelationshipTableWriter::with_deleted(
    const std::shared_ptr<const RelationshipTable>& table,
    const PropertyTable& from,
    const PropertyTable& to) {
  const auto exists = [](const PropertyTable& ends, std::uint32_t row) {
    const PropertyChunk& chunk = ends.chunk_of(row);
    return chunk.live().test(row % kChunkRows) || chunk.deleted().test(row % kChunkRows);
  };
  std::vector<Link> links;
  for (std::uint32_t chunk = 0; chunk < table->chunks().size(); ++chunk) {
    table->chunks()[chunk]->deleted().for_each([&](std::uint32_t at) {
      const std::uint32_t row = chunk * kChunkRows + at;
      const Link link{table->from_row(row), table->to_row(row), row};
      if (exists(from, link.from) && exists(to, link.to)) links.push_back(link);
    });
  }
  if (links.empty()) return table;
  auto wider = std::make_shared<RelationshipTable>(*table);
  rebuild(wider->out_, by_chunk(links, true), by_chunk({}, true));
  rebuild(wider->in_, by_chunk(links, false), by_chunk({}, false));
  return wider;
}

}  // namespace callisto
