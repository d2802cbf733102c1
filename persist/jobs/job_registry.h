// All sync jobs that are known: open ones, and the last ones that ended.
//
// Not thread-safe: guarded by the persister.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <boost/multi_index/composite_key.hpp>
#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index_container.hpp>

#include "persist/jobs/job.h"

namespace callisto::persist {

using JobPtr = std::shared_ptr<Job>;

class JobRegistry {
 public:
  void add(JobPtr job);
  // Call after a job's status has changed.
  void restate(const std::string& id);
  void remove(const std::string& id);

  [[nodiscard]] JobPtr find(const std::string& id) const;  // nullptr: unknown.
  [[nodiscard]] std::vector<JobPtr> newest_first() const;
  // Open jobs that write into a partition.
  [[nodiscard]] std::vector<JobPtr> open_in(const PartitionInfo& partition) const;
  // Open jobs that were started at or before `time_ms`, oldest first.
  [[nodiscard]] std::vector<JobPtr> open_since(std::int64_t time_ms) const;
  // The oldest ended jobs beyond the newest `keep`.
  [[nodiscard]] std::vector<JobPtr> ended_beyond(std::size_t keep) const;
  [[nodiscard]] std::uint64_t next_sequence() const;

 private:
  struct Entry {
    std::string id;
    std::string partition;
    bool open = true;
    std::int64_t started_at_ms = 0;
    std::uint64_t sequence = 0;
    JobPtr job;
  };

  struct ById {};

  struct ByPartition {};

  struct ByStart {};

  struct ByState {};

  // clang-format off
  using Entries = boost::multi_index_container<
      Entry,
      boost::multi_index::indexed_by<
          boost::multi_index::hashed_unique<
              boost::multi_index::tag<ById>,
              boost::multi_index::member<Entry, std::string, &Entry::id>>,
          boost::multi_index::ordered_non_unique<
              boost::multi_index::tag<ByPartition>,
              boost::multi_index::composite_key<
                  Entry,
                  boost::multi_index::member<Entry, std::string, &Entry::partition>,
                  boost::multi_index::member<Entry, bool, &Entry::open>>>,
          boost::multi_index::ordered_non_unique<
              boost::multi_index::tag<ByStart>,
              boost::multi_index::composite_key<
                  Entry,
                  boost::multi_index::member<Entry, std::int64_t, &Entry::started_at_ms>,
                  boost::multi_index::member<Entry, std::uint64_t, &Entry::sequence>>>,
          boost::multi_index::ordered_non_unique<
              boost::multi_index::tag<ByState>,
              boost::multi_index::composite_key<
                  Entry,
                  boost::multi_index::member<Entry, bool, &Entry::open>,
                  boost::multi_index::member<Entry, std::int64_t, &Entry::started_at_ms>,
                  boost::multi_index::member<Entry, std::uint64_t, &Entry::sequence>>>>>;
  // clang-format on

  Entries entries_;
};

}  // namespace callisto::persist
