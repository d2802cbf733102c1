// The raw documents of a job's rows, as side records of its change set.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "persist/jobs/job.h"
#include "persist/jobs/sync_plan.h"
#include "persist/store/committer.h"
#include <callisto/raw_data.h>

namespace callisto::persist {

// Call when the plan is sealed: documents are kept for objects that live after it, and go with
// objects that it deletes. A DIFF replaces the documents of its source, the other modes add to them
// by name; an upload that says what is stored changes nothing. Counts into the report. What comes
// or changes does so at `now_ms`.
//
// Complexity: linear in the upload's documents and the deleted objects, each with a lookup.
void plan_raw_data(const Committer& committer, const Job& job, std::int64_t now_ms, SyncPlan& plan);

// Adds what a change set that deletes objects does to their documents. Counts when `job` is given.
void drop_raw_data(const Committer& committer, ChangeSet& change, SyncJob* job = nullptr);

// Puts `documents` over those of the same names that are stored under `key`.
void merge_raw_data(const Committer& committer,
                    const std::string& key,
                    std::span<const RawDocument> documents,
                    std::int64_t now_ms,
                    ChangeSet& change);

}  // namespace callisto::persist
