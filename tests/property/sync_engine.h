// The engine under test: a persister over a store in memory or on disk, driven by steps and read
// back in the model's terms.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "persist/jobs/persister.h"
#include "persist/store/store.h"
#include "tests/property/sync_model.h"
#include "tests/property/sync_step.h"

namespace callisto::property {

class SyncEngine {
 public:
  // `durable`: on disk; reopening reads everything back from there.
  explicit SyncEngine(bool durable);
  ~SyncEngine();

  void reopen();
  // A job with all its detours. nullopt: it was aborted.
  std::optional<Outcome> run(const Step& step);
  bool update(const Name& name, const Values& values);
  bool reset(const Name& name, const std::vector<std::string>& properties);
  bool remove(const Name& name, bool hard);
  bool update_edge(const Name& name, const Values& values);

  // Everything that the model knows, as text, one fact a line.
  [[nodiscard]] std::string facts() const;

  std::int64_t now() const;
  void tick();

 private:
  class TestClock;
  class TestIds;

  void open_store();
  [[nodiscard]] std::string id(const Name& name) const;
  [[nodiscard]] std::string edge_id(const Name& name) const;
  [[nodiscard]] std::string entity_row(const Step& step, const EntityRowSpec& row) const;
  void upload(const std::string& job, const std::string& body, const UploadOptions& options);
  // What the deletion guard refuses is finalized without it.
  SyncReport finalize(const std::string& job, FinalizeOptions options, bool& guarded);

  std::filesystem::path directory_;
  std::unique_ptr<TestClock> clock_;
  std::unique_ptr<TestIds> ids_;
  std::unique_ptr<persist::Store> store_;
  std::unique_ptr<persist::Persister> persister_;
};

// The same facts by the model.
[[nodiscard]] std::string facts(const SyncModel& model);

}  // namespace callisto::property
