// GraphView: finds rows in a snapshot and writes them as queries do.
#include <set>
#include <utility>

#include <fmt/format.h>

#include "api/moved_from.h"
#include "core/graph/snapshot.h"
#include "query/executor/object_json.h"
#include <callisto/graph_view.h>
#include <callisto/utf8.h>

namespace callisto {
namespace {

using query::pack;
using query::PackedRef;

// Writes objects as a query would that shows what is effective.
class Writer {
 public:
  explicit Writer(SnapshotPtr snapshot)
      : run_{.snapshot = std::move(snapshot),
             .plan = std::make_shared<const query::PhysicalPlan>(),
             .guard = guard_} {}

  void append_entity(std::string& out, PackedRef ref) { writer_.append_entity(out, ref); }

  void append_relationship(std::string& out, PackedRef ref) {
    writer_.append_relationship(out, ref, true);
  }

 private:
  query::Guard guard_{QueryOptions{}};
  query::RunContext run_;
  query::ObjectWriter writer_{run_, query::TimeForm::Milliseconds};
};

// Live, or soft-deleted when those are asked for as well.
RowMask wanted_rows(const PropertyChunk& chunk, bool include_deleted) {
  RowMask mask = chunk.live();
  if (include_deleted) mask |= chunk.deleted();
  return mask;
}

bool is_wanted(const PropertyTable& table, std::uint32_t row, bool include_deleted) {
  return wanted_rows(table.chunk_of(row), include_deleted).test(row % kChunkRows);
}

Error not_found(const char* what, std::string_view id) {
  return {.code = ErrorCode::NotFound,
          .message = fmt::format("there is no {} with _id \"{}\"", what, shown_text(id))};
}

// One page over tables of one kind. `write(out, ref)` appends an object.
template <class Table, class Write>
class PageBuilder {
 public:
  PageBuilder(const ObjectsRequest& request, const Write& write)
      : request_(request), write_(write) {}

  ObjectsPage run(std::span<const std::shared_ptr<const Table>> tables) {
    std::uint32_t first_row = query::row_of(request_.begin);
    for (std::size_t table = query::table_of(request_.begin); table < tables.size(); ++table) {
      if (tables[table] && !add_table(*tables[table], static_cast<std::uint32_t>(table), first_row))
        break;
      first_row = 0;
    }
    return std::move(page_);
  }

 private:
  // Whether there is room for the tables behind.
  bool add_table(const Table& table, std::uint32_t number, std::uint32_t first_row) {
    const auto chunks = table.chunks();
    std::uint32_t skipped = first_row % kChunkRows;
    for (std::size_t chunk = first_row / kChunkRows; chunk < chunks.size(); ++chunk) {
      RowMask rows = wanted_rows(*chunks[chunk], request_.include_deleted);
      rows.and_not(RowMask::first(skipped));
      skipped = 0;
      bool full = false;
      const auto base = static_cast<std::uint32_t>(chunk * kChunkRows);
      rows.for_each([&](std::uint32_t row) { full = full || !add(pack(number, base + row)); });
      if (full) return false;
    }
    return true;
  }

  // False when the object did not fit any more: the next page begins with it.
  bool add(PackedRef ref) {
    const bool full = (request_.limit != 0 && page_.objects.size() >= request_.limit) ||
                      (bytes_ >= request_.bytes_max && !page_.objects.empty());
    if (full) {
      page_.next = ref;
      return false;
    }
    std::string& object = page_.objects.emplace_back();
    write_(object, ref);
    bytes_ += object.size();
    return true;
  }

  const ObjectsRequest& request_;
  const Write& write_;
  ObjectsPage page_;
  std::size_t bytes_ = 0;
};

template <class Table, class Write>
ObjectsPage page_of(std::span<const std::shared_ptr<const Table>> tables,
                    const ObjectsRequest& request,
                    const Write& write) {
  return PageBuilder<Table, Write>(request, write).run(tables);
}

}  // namespace

std::uint64_t GraphView::version() const {
  return snapshot_ ? snapshot_->version() : 0;
}

Result<std::string> GraphView::entity(std::string_view id, bool include_deleted) const {
  return with("GraphView", snapshot_, [&](const Snapshot& snapshot) -> Result<std::string> {
    const std::optional<Uuid> uuid = parse_uuid(id);
    const auto ref = uuid ? snapshot.find_entity(*uuid) : std::nullopt;
    if (!ref || !is_wanted(*snapshot.entity_table(ref->type), ref->row, include_deleted)) {
      return tl::make_unexpected(not_found("entity", id));
    }
    std::string out;
    Writer(snapshot_).append_entity(out, pack(ref->type.value, ref->row));
    return out;
  });
}

Result<std::string> GraphView::relationship(std::string_view id, bool include_deleted) const {
  return with("GraphView", snapshot_, [&](const Snapshot& snapshot) -> Result<std::string> {
    const std::optional<Uuid> uuid = parse_uuid(id);
    const auto ref = uuid ? snapshot.find_relationship(*uuid) : std::nullopt;
    if (!ref ||
        !is_wanted(*snapshot.relationship_tables()[ref->table], ref->row, include_deleted)) {
      return tl::make_unexpected(not_found("relationship", id));
    }
    std::string out;
    Writer(snapshot_).append_relationship(out, pack(ref->table, ref->row));
    return out;
  });
}

namespace {

Result<std::vector<std::string>> names_of_entity(const Snapshot& snapshot, std::string_view id) {
  const std::optional<Uuid> uuid = parse_uuid(id);
  const auto ref = uuid ? snapshot.find_entity(*uuid) : std::nullopt;
  if (!ref || !snapshot.entity_table(ref->type)->is_live(ref->row)) {
    return tl::make_unexpected(not_found("entity", id));
  }
  const EntityTable& table = *snapshot.entity_table(ref->type);
  const PropertyChunk& chunk = table.chunk_of(ref->row);
  const Names& names = snapshot.names();
  std::set<std::string> found;
  Arena scratch;
  const auto properties = table.properties();
  for (Slot slot = slots::kFirstProperty; slot < properties.size(); ++slot) {
    const Column* base = chunk.base(slot);
    const bool present = base != nullptr && !base->at(ref->row % kChunkRows, scratch).is_null();
    if (present) found.emplace(names.text(properties[slot]));
  }
  if (const ObjectLayers* layers = chunk.layers(ref->row % kChunkRows)) {
    for (const PropertyLayers& layer : layers->properties) {
      found.emplace(names.text(layer.property));
    }
  }
  return std::vector<std::string>(found.begin(), found.end());
}

}  // namespace

Result<std::vector<std::string>> GraphView::property_names(std::string_view id) const {
  return with("GraphView", snapshot_, [&](const Snapshot& snapshot) {
    return names_of_entity(snapshot, id);
  });
}

ObjectsPage GraphView::entities(const ObjectsRequest& request) const {
  if (!snapshot_) return {};
  Writer writer(snapshot_);
  return page_of(snapshot_->entity_tables(), request, [&](std::string& out, PackedRef ref) {
    writer.append_entity(out, ref);
  });
}

ObjectsPage GraphView::relationships(const ObjectsRequest& request) const {
  if (!snapshot_) return {};
  Writer writer(snapshot_);
  return page_of(snapshot_->relationship_tables(), request, [&](std::string& out, PackedRef ref) {
    writer.append_relationship(out, ref);
  });
}

}  // namespace callisto
