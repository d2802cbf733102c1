// One sync job: its state, the request that started it, and the rows it was given so far.
//
// Thread safety: guarded by the persister (rows only under the writer lock).
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/graph/partition.h"
#include "persist/codec/upload.h"
#include "persist/jobs/graph_edit.h"
#include <callisto/error.h>
#include <callisto/sync.h>
#include <callisto/upload_budget.h>

namespace callisto::persist {

// Rows of one kind by id, and those of earlier batches that the last one took the place of.
template <class Row>
struct RowIndex {
  UuidMap<Row*> rows;
  std::vector<std::pair<Row*, Row>> replaced;  // Where it stands, and what it was.
};

// The rows of all uploads of a job. An upload is taken whole or not at all.
class JobRows {
 public:
  // Adds a batch. In the modes that demand it a key stands once: an equal row is a repeat and is
  // left out, another one is refused (D30) unless `ignore_duplicates`, then it takes the place of
  // the one before (wire-api 2). Returns how many rows count.
  //
  // Errors: InvalidInput (DUPLICATE_KEY); the rows are as before then, and when it throws.
  struct Added {
    std::uint64_t entities = 0;
    std::uint64_t relationships = 0;
  };

  Result<Added> add(UploadBatch batch, SyncMode mode, bool ignore_duplicates);

  [[nodiscard]] const std::deque<UploadBatch>& batches() const { return batches_; }

  [[nodiscard]] std::deque<UploadBatch>& batches() { return batches_; }

  // Live and planned rows of the upload, by id (modes with unique keys).
  [[nodiscard]] bool has_entity(const Uuid& id) const { return entities_.rows.contains(id); }

  [[nodiscard]] bool has_relationship(const Uuid& id) const {
    return relationships_.rows.contains(id);
  }

  // What the last added batch takes in memory, about.
  [[nodiscard]] std::size_t bytes_of_last() const;
  void remove_last();  // Takes the last added batch back.
  void clear();

 private:
  std::deque<UploadBatch> batches_;  // Rows stay where they are, and what they point into.
  RowIndex<EntityRow> entities_;
  RowIndex<RelationshipRow> relationships_;
};

// What an open job has taken of a budget; goes back with release(), at the latest with the job.
class HeldBytes {
 public:
  explicit HeldBytes(std::shared_ptr<UploadBudget> budget) : budget_(std::move(budget)) {}

  ~HeldBytes() { release(); }

  HeldBytes(const HeldBytes&) = delete;
  HeldBytes& operator=(const HeldBytes&) = delete;

  [[nodiscard]] bool take(std::size_t bytes);
  void take_anyway(std::size_t bytes);
  void give_back(std::size_t bytes);

  void release() { give_back(bytes_); }

 private:
  std::shared_ptr<UploadBudget> budget_;  // Null: no limit.
  std::size_t bytes_ = 0;
};

struct Job {
  explicit Job(std::shared_ptr<UploadBudget> budget = nullptr) : held(std::move(budget)) {}

  SyncJob state;
  StartJob request;
  std::uint64_t sequence = 0;  // Order of start among equal times.
  std::uint32_t uploads = 0;   // Durable uploads so far; names the next side record.
  JobRows rows;
  std::shared_ptr<UploadNames> names{};  // Of the rows; made by the first upload.
  std::size_t names_bytes = 0;           // Of these, what is in `held`.
  HeldBytes held;                        // For rows, and for what is kept of uploads beside them.
};

// Who owns what the job writes.
[[nodiscard]] PartitionInfo owner_of(const StartJob& request);
// What why() shows as the origin of a PATCH: the scope, else the instance, else the source.
[[nodiscard]] std::string origin_of(const StartJob& request);

}  // namespace callisto::persist
