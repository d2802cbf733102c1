#include "persist/jobs/job.h"

#include <fmt/format.h>

#include "persist/codec/wire_error.h"

namespace callisto::persist {
namespace {

template <class Row>
class RowAdder {
 public:
  RowAdder(UuidMap<const Row*>& index, std::string_view what, bool ignore_duplicates)
      : index_(index), what_(what), ignore_duplicates_(ignore_duplicates) {}

  // Indexes the rows and drops repeats from `rows`; on error the index is as before.
  Status add(std::vector<Row>& rows) {
    std::vector<bool> repeats;  // Made when there is a first one.
    index_.reserve(index_.size() + rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto [known, is_new] = index_.emplace(rows[i].id, &rows[i]);
      if (is_new) continue;
      if (!ignore_duplicates_ && !same_row(*known->second, rows[i])) {
        undo(rows, i, repeats);
        return persist::refuse(
            ErrorCode::InvalidInput,
            wire::kDuplicateKey,
            fmt::format(
                "{}[{}]: \"_key\" \"{}\" was uploaded before in this job with other values; "
                "a key may stand once",
                what_,
                i,
                rows[i].key.substr(0, 200)));
      }
      repeats.resize(rows.size(), false);
      repeats[i] = true;
    }
    if (!repeats.empty()) compact(rows, repeats);
    return {};
  }

  void undo(const std::vector<Row>& rows, std::size_t end, const std::vector<bool>& repeats) {
    for (std::size_t i = 0; i < end; ++i) {
      if (repeats.empty() || !repeats[i]) index_.erase(rows[i].id);
    }
  }

 private:
  void compact(std::vector<Row>& rows, const std::vector<bool>& repeats) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (repeats[i]) continue;
      rows[kept] = rows[i];
      index_[rows[i].id] = &rows[kept++];
    }
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end());
  }

  UuidMap<const Row*>& index_;
  std::string_view what_;
  bool ignore_duplicates_;
};

bool keys_are_unique(SyncMode mode) {
  return mode == SyncMode::Diff || mode == SyncMode::CrossScope || mode == SyncMode::CreateOrUpdate;
}

}  // namespace

Result<JobRows::Added> JobRows::add(UploadBatch batch, SyncMode mode, bool ignore_duplicates) {
  if (keys_are_unique(mode)) {
    RowAdder<EntityRow> entities(entities_, "entities", ignore_duplicates);
    if (Status status = entities.add(batch.entities); !status) {
      return tl::make_unexpected(std::move(status).error());
    }
    RowAdder<RelationshipRow> relationships(relationships_, "relationships", ignore_duplicates);
    if (Status status = relationships.add(batch.relationships); !status) {
      entities.undo(batch.entities, batch.entities.size(), {});
      return tl::make_unexpected(std::move(status).error());
    }
  }
  const Added added{batch.entities.size(), batch.relationships.size()};
  batches_.push_back(std::move(batch));
  return added;
}

std::size_t JobRows::bytes_of_last() const {
  constexpr std::size_t kIndexBytes = 32;  // Of an id, with the room that a hash table leaves.
  const UploadBatch& batch = batches_.back();
  return sizeof(UploadBatch) + batch.arena.bytes() +
         batch.entities.capacity() * (sizeof(EntityRow) + kIndexBytes) +
         batch.relationships.capacity() * (sizeof(RelationshipRow) + kIndexBytes) +
         (batch.delete_entities.capacity() + batch.delete_relationships.capacity()) *
             sizeof(DeleteRow);
}

void JobRows::remove_last() {
  for (const EntityRow& row : batches_.back().entities) {
    entities_.erase(row.id);
  }
  for (const RelationshipRow& row : batches_.back().relationships) {
    relationships_.erase(row.id);
  }
  batches_.pop_back();
}

void JobRows::clear() {
  batches_.clear();
  entities_ = {};
  relationships_ = {};
}

bool HeldBytes::take(std::size_t bytes) {
  if (budget_ != nullptr && !budget_->take(bytes)) return false;
  bytes_ += bytes;
  return true;
}

void HeldBytes::take_anyway(std::size_t bytes) {
  if (budget_ != nullptr) budget_->take_anyway(bytes);
  bytes_ += bytes;
}

void HeldBytes::give_back(std::size_t bytes) {
  if (budget_ != nullptr) budget_->give_back(bytes);
  bytes_ -= bytes;
}

PartitionInfo owner_of(const StartJob& request) {
  PartitionInfo owner;
  owner.source = request.source;
  owner.scope = request.scope;
  owner.instance_id = request.integration_instance_id;
  owner.integration_type = request.integration_type;
  owner.integration_name = request.integration_name;
  owner.integration_definition_id = request.integration_definition_id;
  return owner;
}

std::string origin_of(const StartJob& request) {
  if (!request.scope.empty()) return request.scope;
  return request.integration_instance_id.empty() ? request.source : request.integration_instance_id;
}

}  // namespace callisto::persist
