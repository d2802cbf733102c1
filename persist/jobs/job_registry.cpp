#include "persist/jobs/job_registry.h"

#include <algorithm>

#include <boost/tuple/tuple.hpp>

namespace callisto::persist {
namespace {

// No part may hold a line feed by accident and be taken for another: lengths go first.
std::string partition_key(const PartitionInfo& partition) {
  return std::to_string(partition.source.size()) + ':' + partition.source + '\n' +
         std::to_string(partition.scope.size()) + ':' + partition.scope + '\n' +
         partition.instance_id;
}

}  // namespace

void JobRegistry::add(JobPtr job) {
  Entry entry;
  entry.id = job->state.id;
  entry.partition = partition_key(owner_of(job->request));
  entry.open = !job->state.done();
  entry.started_at_ms = job->state.started_at_ms;
  entry.sequence = job->sequence;
  entry.job = std::move(job);
  entries_.insert(std::move(entry));
}

void JobRegistry::restate(const std::string& id) {
  auto& index = entries_.get<ById>();
  const auto at = index.find(id);
  if (at == index.end()) return;
  index.modify(at, [](Entry& entry) { entry.open = !entry.job->state.done(); });
}

void JobRegistry::remove(const std::string& id) {
  entries_.get<ById>().erase(id);
}

JobPtr JobRegistry::find(const std::string& id) const {
  const auto& index = entries_.get<ById>();
  const auto at = index.find(id);
  return at == index.end() ? nullptr : at->job;
}

std::vector<JobPtr> JobRegistry::newest_first() const {
  std::vector<JobPtr> jobs;
  const auto& index = entries_.get<ByStart>();
  for (auto at = index.rbegin(); at != index.rend(); ++at) {
    jobs.push_back(at->job);
  }
  return jobs;
}

std::vector<JobPtr> JobRegistry::open_in(const PartitionInfo& partition) const {
  std::vector<JobPtr> jobs;
  const auto [begin, end] =
      entries_.get<ByPartition>().equal_range(boost::make_tuple(partition_key(partition), true));
  for (auto at = begin; at != end; ++at) {
    jobs.push_back(at->job);
  }
  return jobs;
}

std::vector<JobPtr> JobRegistry::open_since(std::int64_t time_ms) const {
  std::vector<JobPtr> jobs;
  const auto [begin, end] = entries_.get<ByState>().equal_range(boost::make_tuple(true));
  for (auto at = begin; at != end && at->started_at_ms <= time_ms; ++at) {
    jobs.push_back(at->job);
  }
  return jobs;
}

std::vector<JobPtr> JobRegistry::ended_beyond(std::size_t keep) const {
  std::vector<JobPtr> jobs;
  const auto [begin, end] = entries_.get<ByState>().equal_range(boost::make_tuple(false));
  const auto count = static_cast<std::size_t>(std::distance(begin, end));
  for (auto at = begin; at != end && count - jobs.size() > keep; ++at) {
    jobs.push_back(at->job);
  }
  return jobs;
}

std::uint64_t JobRegistry::next_sequence() const {
  std::uint64_t next = 1;
  for (const Entry& entry : entries_) {
    next = std::max(next, entry.sequence + 1);
  }
  return next;
}

}  // namespace callisto::persist
