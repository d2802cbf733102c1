// Registers what is measured with Google Benchmark. Each benchmark is one campaign of its own
// (campaign.h) and reports medians: the library selects, repeats and writes them down.
#pragma once

#include <memory>
#include <vector>

#include "bench/suite/environment.h"
#include "bench/suite/read_case.h"

namespace callisto::bench {

// "read/<query>": the time is the median on the overlaid graph; counters `plain_us`,
// `overlay_ratio`, `first_us`, `rows`, `sqlite_us`, `sqlite_first_us`.
void register_reads(std::vector<std::unique_ptr<ReadCase>>& cases, double seconds);

// "plan/<query>": parse and plan, nothing cached. "plan/varied": the same for a few hundred queries
// (plan_set.h), counters `p50_us`, `p99_us`, `max_us` over their medians.
void register_plans(Environment& environment);

// "load/…", "memory/…", "sync/…", "override/…", "update/…" on the graphs in memory.
void register_writes(Environment& environment);

// "disk/…": load, update, reopen of a durable database.
void register_disk(Environment& environment);

}  // namespace callisto::bench
