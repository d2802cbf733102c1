#include "persist/jobs/job.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/errors/undo.h"
#include "persist/codec/wire_error.h"
#include <callisto/utf8.h>

namespace callisto::persist {
namespace {

// Takes back the rows of the last batch, repeats left out.
template <class Row>
void take_back(RowIndex<Row>& index, std::span<const Row> rows) {
  // The first row that was there is the last one put back.
  for (auto at = index.replaced.rbegin(); at != index.replaced.rend(); ++at) {
    *at->first = at->second;
  }
  index.replaced.clear();
  for (const Row& row : rows) {
    index.rows.erase(row.id);
  }
}

std::string place_of(std::size_t row, std::string_view list, std::span<const std::uint32_t> lines) {
  return row < lines.size() ? fmt::format("line {}", lines[row]) : fmt::format("{}[{}]", list, row);
}

template <class Row>
class RowAdder {
 public:
  RowAdder(RowIndex<Row>& index,
           std::string_view what,
           std::span<const std::uint32_t> lines,
           bool ignore_duplicates)
      : index_(index), what_(what), lines_(lines), ignore_duplicates_(ignore_duplicates) {
    index_.replaced.clear();
  }

  // Indexes the rows and drops repeats from `rows`; on error the index is as before.
  Status add(std::vector<Row>& rows) {
    std::vector<bool> repeats;  // Made when there is a first one.
    index_.rows.reserve(index_.rows.size() + rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto [known, is_new] = index_.rows.emplace(rows[i].id, &rows[i]);
      if (is_new) continue;
      if (!same_row(*known->second, rows[i])) {
        if (!ignore_duplicates_) {
          Status status = refused(rows[i], i);
          rows.resize(i);
          repeats.resize(repeats.empty() ? 0 : i);
          if (!repeats.empty()) compact(rows, repeats);
          take_back<Row>(index_, rows);
          return status;
        }
        Row* const before = known->second;
        const bool of_this_batch = before >= rows.data() && before < rows.data() + rows.size();
        if (!of_this_batch) index_.replaced.emplace_back(before, *before);
        *before = rows[i];
      }
      repeats.resize(rows.size(), false);
      repeats[i] = true;
    }
    if (!repeats.empty()) compact(rows, repeats);
    return {};
  }

 private:
  [[nodiscard]] tl::unexpected<Error> refused(const Row& row, std::size_t i) const {
    return persist::refuse(
        ErrorCode::InvalidInput,
        wire::kDuplicateKey,
        fmt::format("{}: \"_key\" \"{}\" was uploaded before in this job with other values; "
                    "a key may stand once (with ignoreDuplicates the latest counts)",
                    place_of(i, what_, lines_),
                    shown_text(row.key)));
  }

  void compact(std::vector<Row>& rows, const std::vector<bool>& repeats) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (repeats[i]) continue;
      if (kept != i) {
        rows[kept] = rows[i];
        index_.rows[rows[i].id] = &rows[kept];
      }
      ++kept;
    }
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end());
  }

  RowIndex<Row>& index_;
  std::string_view what_;
  std::span<const std::uint32_t> lines_;
  bool ignore_duplicates_;
};

// Takes back what has come to the index of the last batch so far.
template <class Row>
void forget(RowIndex<Row>& index, std::span<const Row> rows) noexcept {
  take_back<Row>(index, {});
  for (const Row& row : rows) {
    const auto known = index.rows.find(row.id);
    const bool here = known != index.rows.end() && known->second >= rows.data() &&
                      known->second < rows.data() + rows.size();
    if (here) index.rows.erase(known);
  }
}

bool keys_are_unique(SyncMode mode) {
  return mode == SyncMode::Diff || mode == SyncMode::CrossScope || mode == SyncMode::CreateOrUpdate;
}

}  // namespace

Result<JobRows::Added> JobRows::add(UploadBatch batch, SyncMode mode, bool ignore_duplicates) {
  // The batch goes to its place first, for the index points to its rows.
  UploadBatch& last = batches_.emplace_back(std::move(batch));
  Undo whole([&] {
    forget<EntityRow>(entities_, last.entities);
    forget<RelationshipRow>(relationships_, last.relationships);
    batches_.pop_back();
  });
  if (keys_are_unique(mode)) {
    RowAdder<EntityRow> entities(entities_, "entities", last.entity_lines, ignore_duplicates);
    RowAdder<RelationshipRow> relationships(
        relationships_, "relationships", last.relationship_lines, ignore_duplicates);
    Status status = entities.add(last.entities);
    if (status) status = relationships.add(last.relationships);
    if (!status) return tl::make_unexpected(std::move(status).error());
  }
  last.entity_lines = {};
  last.relationship_lines = {};
  whole.keep();
  return Added{last.entities.size(), last.relationships.size()};
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
  take_back<EntityRow>(entities_, batches_.back().entities);
  take_back<RelationshipRow>(relationships_, batches_.back().relationships);
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
