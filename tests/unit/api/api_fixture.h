// A small graph of repositories, users and overrides, made through the embedding library.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/scratch.h"
#include <callisto/database.h>

namespace callisto::tests {

class FixedClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() const override { return now; }

  std::int64_t now = 1'700'000'000'000;
};

// 00000000-0000-4000-8000-000000000001, ...2, ...
class CountingIds final : public IdSource {
 public:
  std::string next_uuid() override;

 private:
  int count_ = 0;
};

struct World {
  explicit World(std::string directory = {}) : directory_(std::move(directory)) { open(); }

  void open();  // Again, after close(); fails the test when it cannot.

  void close() { databases_.clear(); }

  Database& database() { return databases_.front(); }

  // Starts, uploads and finalizes; fails the test on any error.
  SyncReport sync(SyncMode mode, std::string scope, std::string_view body);
  SyncJob start(SyncMode mode, std::string scope);
  // Three repositories, two users, two relationships; owner: api scope "inventory".
  void sync_inventory();
  // Scope "older" pins criticality of r1, "younger" of r1 and r2.
  void sync_overrides();
  [[nodiscard]] std::string id_of(std::string_view key);
  // The rows of a query, each as JSON cells joined by "|".
  std::vector<std::string> rows(std::string_view query, const QueryOptions& options = {});
  std::string exported();

  FixedClock clock;
  CountingIds ids;

 private:
  std::string directory_;
  std::vector<Database> databases_;
};

}  // namespace callisto::tests
