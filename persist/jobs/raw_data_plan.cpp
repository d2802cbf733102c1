#include "persist/jobs/raw_data_plan.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "persist/codec/raw_data.h"

namespace callisto::persist {
namespace {

using Documents = std::vector<RawDocument>;

// What cannot be read counts as nothing: the next write replaces it.
Documents documents_of(std::string_view record) {
  Result<Documents> documents = decode_raw_data(record);
  return documents ? *std::move(documents) : Documents{};
}

void count_difference(const Documents& before, const Documents& after, RawDataCounters& counters) {
  for (const RawDocument& document : after) {
    const RawDocument* const known = find_document(before, document.name);
    if (known == nullptr) {
      ++counters.created;
    } else if (!known->says_same(document)) {
      ++counters.updated;
    }
  }
  for (const RawDocument& document : before) {
    if (find_document(after, document.name) == nullptr) ++counters.deleted;
  }
}

// A document as it is kept from now on: what says the same keeps its times.
RawDocument dated(RawDocument document, const Documents& before, std::int64_t now_ms) {
  const RawDocument* const known = find_document(before, document.name);
  if (known != nullptr && known->says_same(document)) return *known;
  document.created_at_ms = known == nullptr ? now_ms : known->created_at_ms;
  document.begin_at_ms = now_ms;
  return document;
}

// `given` over `before`, or in its place.
Documents after_of(const Documents& before,
                   std::span<const RawDocument> given,
                   bool replaces,
                   std::int64_t now_ms) {
  Documents after = replaces ? Documents{} : before;
  for (const RawDocument& document : given) {
    put_document(dated(document, before, now_ms), after);
  }
  return after;
}

class RawDataPlan {
 public:
  RawDataPlan(const Committer& committer, const Job& job, std::int64_t now_ms, SyncPlan& plan)
      : committer_(committer), job_(job), now_ms_(now_ms), plan_(plan) {}

  void run() {
    note_puts();
    SyncJob& state = plan_.report.job;
    for (const UploadBatch& batch : job_.rows.batches()) {
      for (const EntityRow& row : batch.entities) {
        if (row.id_known) keep(row.id, false, row.raw_data, state.entities.raw_data);
      }
      for (const RelationshipRow& row : batch.relationships) {
        if (row.mapping == nullptr) {
          keep(row.id, true, row.raw_data, state.relationships.raw_data);
        }
      }
    }
    drop_raw_data(committer_, plan_.change, &plan_.report.job);
  }

 private:
  void note_puts() {
    for (const EntityPut& put : plan_.change.entities) {
      live_[put.id] = !put.meta.deleted;
    }
    for (const RelationshipPut& put : plan_.change.relationships) {
      live_[put.id] = !put.meta.deleted;
    }
  }

  [[nodiscard]] bool lives(const Uuid& id, bool relationship) const {
    if (const auto put = live_.find(id); put != live_.end()) return put->second;
    const Snapshot& snapshot = *plan_.snapshot;
    if (relationship) {
      const auto ref = snapshot.find_relationship(id);
      return ref && snapshot.relationship_tables()[ref->table]->is_live(ref->row);
    }
    const auto ref = snapshot.find_entity(id);
    return ref && snapshot.entity_table(ref->type)->is_live(ref->row);
  }

  void keep(const Uuid& id, bool relationship, std::string_view record, RawDataCounters& counters) {
    const bool replaces = job_.state.mode == SyncMode::Diff;
    if (record.empty() && !(replaces && any_stored_)) return;
    if (!lives(id, relationship)) return;
    std::string key = raw_data_key(id, relationship, job_.request.source);
    const std::shared_ptr<const std::string> stored = committer_.find_side(key);
    const bool same =
        !record.empty() && stored != nullptr && content_of(*stored) == content_of(record);
    if (same || (record.empty() && stored == nullptr)) return;
    const Documents before = stored == nullptr ? Documents{} : documents_of(*stored);
    const Documents given = record.empty() ? Documents{} : documents_of(record);
    const Documents after = after_of(before, given, replaces, now_ms_);
    count_difference(before, after, counters);
    if (after.empty()) {
      plan_.change.side.push_back({.key = std::move(key), .value = std::nullopt});
    } else if (after != before) {
      plan_.change.side.push_back({.key = std::move(key), .value = encode_raw_data(after)});
    }
  }

  const Committer& committer_;
  const Job& job_;
  const std::int64_t now_ms_;
  SyncPlan& plan_;
  const bool any_stored_ = committer_.has_side(kRawDataPrefix);
  UuidMap<bool> live_;
};

bool has_documents(const Job& job) {
  return std::any_of(
      job.rows.batches().begin(), job.rows.batches().end(), [](const UploadBatch& batch) {
        return batch.entity_documents + batch.relationship_documents > 0;
      });
}

}  // namespace

void plan_raw_data(const Committer& committer,
                   const Job& job,
                   std::int64_t now_ms,
                   SyncPlan& plan) {
  if (job.state.mode == SyncMode::Override) return;
  if (!has_documents(job) && !committer.has_side(kRawDataPrefix)) return;
  RawDataPlan(committer, job, now_ms, plan).run();
}

void drop_raw_data(const Committer& committer, ChangeSet& change, SyncJob* job) {
  if (!committer.has_side(kRawDataPrefix)) return;
  const auto drop = [&](const Uuid& id, bool relationship) {
    committer.for_each_side(
        raw_data_key(id, relationship), [&](std::string_view key, std::string_view record) {
          change.side.push_back({.key = std::string(key), .value = std::nullopt});
          if (job == nullptr) return;
          ObjectCounters& counters = relationship ? job->relationships : job->entities;
          counters.raw_data.deleted += documents_of(record).size();
        });
  };
  for (const EntityPut& put : change.entities) {
    if (put.meta.deleted) drop(put.id, false);
  }
  for (const RelationshipPut& put : change.relationships) {
    if (put.meta.deleted) drop(put.id, true);
  }
  for (const Erase& erase : change.erased) {
    drop(erase.id, erase.relationship);
  }
}

void merge_raw_data(const Committer& committer,
                    const std::string& key,
                    std::span<const RawDocument> documents,
                    std::int64_t now_ms,
                    ChangeSet& change) {
  const std::shared_ptr<const std::string> stored = committer.find_side(key);
  const Documents before = stored == nullptr ? Documents{} : documents_of(*stored);
  const Documents after = after_of(before, documents, false, now_ms);
  if (after != before) change.side.push_back({.key = key, .value = encode_raw_data(after)});
}

}  // namespace callisto::persist
