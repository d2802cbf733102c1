// Registers what is measured with Google Benchmark. Each benchmark is one campaign of its own
// (campaign.h) and reports medians: the library selects, repeats and writes them down.
#pragma once

#include <memory>
#include <vector>

#include "bench/suite/environment.h"
#include "bench/suite/read_case.h"

namespace callisto::bench {

// "read/<question>" and "read/<question>~<neighbour>": the time is the median on the overlaid
// graph; counters `plain_us`, `overlay_ratio`, `same_ratio` (the plain graph twice: the error bar),
// `first_us`, `rows`, `samples`, `goal_us`, and for each peer asked `<peer>_us`, `<peer>_first_us`,
// `<peer>_samples`.
void register_reads(std::vector<std::unique_ptr<ReadCase>>& cases, double seconds);

// "plan/<question>": parse and plan, nothing cached. "plan/varied": the same for a few hundred
// queries (plan_set.h), counters `p50_us`, `p99_us`, `max_us` over their medians.
void register_plans(Environment& environment, const std::vector<std::unique_ptr<ReadCase>>& cases);

// "load/…", "memory/…", "sync/…", "override/…", "update/…" on the graphs in memory, with the peers'
// figures for the same where they have the same.
void register_writes(Environment& environment);

// For questions that say `concurrent`: "beside/<question>" asks it alone and while full syncs of
// all users run one after the other on the second core; "sessions/<question>" by 1, 2 and 8
// sessions at once.
void register_together(Environment& environment,
                       const std::vector<std::unique_ptr<ReadCase>>& cases);

// "disk/…": load, update, reopen of a durable database, and opening the peers' files.
void register_disk(Environment& environment);

}  // namespace callisto::bench
