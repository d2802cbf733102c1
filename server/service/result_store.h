// Answers of queries that are fetched later: pages behind a cursor, and deferred documents (D27).
//
// Bounded: the oldest go when there are too many bytes, or after their time. Names are random and
// cannot be guessed, since documents are fetched without credentials.
// Thread safety: all functions from any thread.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <callisto/clock.h>

namespace callisto::server {

struct StoredResult {
  std::string account;
  std::string type;                // "list", "table" or "tree".
  std::vector<std::string> pages;  // JSON each; at least one.
  std::uint64_t total = 0;
  bool csv = false;                   // One page, of CSV.
  std::vector<std::string> messages;  // Warnings, one sentence each with what to do.

  [[nodiscard]] std::size_t bytes() const;
};

using StoredResultPtr = std::shared_ptr<const StoredResult>;

class ResultStore {
 public:
  ResultStore(std::size_t bytes_max, std::int64_t kept_ms, const Clock& clock)
      : bytes_max_(bytes_max), kept_ms_(kept_ms), clock_(clock) {}

  // Returns the name.
  std::string add(StoredResultPtr result);
  // Null when it is unknown or gone.
  [[nodiscard]] StoredResultPtr find(std::string_view name);
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Entry {
    std::string name;
    StoredResultPtr result;
    std::int64_t made_at_ms = 0;
  };

  void sweep();

  const std::size_t bytes_max_;
  const std::int64_t kept_ms_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::list<Entry> oldest_first_;
  std::unordered_map<std::string, std::list<Entry>::iterator> by_name_;
  std::size_t bytes_ = 0;
};

}  // namespace callisto::server
