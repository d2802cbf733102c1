// One account in memory with a clock that stands still and ids that count: what the tests of sync
// jobs speak to.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "persist/jobs/persister.h"
#include "persist/store/store.h"

namespace callisto::persist::test {

class StandingClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() const override { return now; }

  std::atomic<std::int64_t> now{1'000'000};
};

class CountingIds final : public IdSource {
 public:
  std::string next_uuid() override;

 private:
  std::uint32_t next_ = 1;
};

struct Account {
  Account();
  explicit Account(PersisterOptions options);

  // Forgets everything that is not durable, as a restart does.
  void reopen();

  // A whole job in one call; every step must succeed.
  SyncReport run(SyncMode mode, const std::string& scope, const std::string& body);
  SyncReport run(const StartJob& request, const std::string& body);

  SyncReport diff(const std::string& scope, const std::string& body) {
    return run(SyncMode::Diff, scope, body);
  }

  // `rows`: the elements of "entities".
  SyncReport pin(const std::string& scope, const std::string& rows) {
    return run(SyncMode::Override, scope, R"({"entities":[)" + rows + "]}");
  }

  std::string start(SyncMode mode, const std::string& scope);
  Result<SyncJob> upload(const std::string& job,
                         const std::string& body,
                         UploadOptions options = {});
  SyncReport finalize(const std::string& job, const FinalizeOptions& options = {});

  // `_id` of a key in an API scope.
  [[nodiscard]] std::string id(const std::string& scope, const std::string& key) const;
  [[nodiscard]] std::string relationship_id(const std::string& scope, const std::string& key) const;
  // JSON of the value that a view shows; "gone" when no live entity has the `_id`.
  [[nodiscard]] std::string value(const std::string& entity_id,
                                  const std::string& property,
                                  LayerView view = LayerView::Effective) const;
  [[nodiscard]] std::string relationship_value(const std::string& relationship_id,
                                               const std::string& property) const;
  [[nodiscard]] int version(const std::string& entity_id) const;
  // States of one override, joined by "+"; empty: there is none.
  [[nodiscard]] std::string states(const std::string& scope,
                                   const std::string& entity_id,
                                   const std::string& property) const;
  [[nodiscard]] std::vector<std::string> scopes() const;  // Oldest first.

  [[nodiscard]] std::uint64_t entities() const { return store->snapshot()->live_entities(); }

  [[nodiscard]] std::uint64_t relationships() const {
    return store->snapshot()->live_relationships();
  }

  PersisterOptions options;
  StandingClock clock;
  CountingIds ids;
  std::unique_ptr<MemoryStore> store;
  std::unique_ptr<Persister> persister;
};

// {"_id":"<id>",<rest>}
[[nodiscard]] std::string row(const std::string& id, const std::string& rest);
// An entity upload with a key, of type `host` and class `Host`.
[[nodiscard]] std::string host(const std::string& key, const std::string& rest = {});
[[nodiscard]] std::string hosts(const std::vector<std::string>& rows);
[[nodiscard]] std::string edge(const std::string& key,
                               const std::string& from,
                               const std::string& to,
                               const std::string& rest = {});
[[nodiscard]] std::string body(const std::vector<std::string>& entities,
                               const std::vector<std::string>& relationships);

}  // namespace callisto::persist::test
