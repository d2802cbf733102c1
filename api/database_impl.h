// What a Database holds: the store and the persister that writes to it.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "api/definition_store.h"
#include "api/lent.h"
#include "api/moved_from.h"
#include "persist/jobs/persister.h"
#include "persist/store/store.h"
#include <callisto/database.h>

namespace callisto {

class Database::Impl {
 public:
  Impl(DatabaseOptions options,
       std::shared_ptr<persist::Store> store,
       std::shared_ptr<DefinitionStore> definitions)
      : store_(std::move(store)),
        definitions_(std::move(definitions)),
        options_(std::move(options)),
        clock_(std::make_shared<const LentClock>(options_.clock != nullptr ? *options_.clock
                                                                           : system_clock())),
        ids_(options_.ids != nullptr ? *options_.ids : system_id_source()) {}

  // Makes a persister for the graph as it is now; at first, and when the graph was replaced.
  Status start_persister();

  [[nodiscard]] std::shared_ptr<persist::Persister> persister() const {
    const std::lock_guard lock(persister_mutex_);
    return persister_;
  }

  [[nodiscard]] const std::shared_ptr<persist::Store>& store() const { return store_; }

  [[nodiscard]] const std::shared_ptr<DefinitionStore>& definitions() const { return definitions_; }

  [[nodiscard]] const InputLimits& limits() const { return options_.input; }

  [[nodiscard]] SnapshotPtr snapshot() const { return store_->snapshot(); }

  [[nodiscard]] const std::shared_ptr<const Clock>& clock() const { return clock_; }

 private:
  std::shared_ptr<persist::Store> store_;
  std::shared_ptr<DefinitionStore> definitions_;
  DatabaseOptions options_;
  std::shared_ptr<const Clock> clock_;
  LentIds ids_;
  mutable std::mutex persister_mutex_;
  std::shared_ptr<persist::Persister> persister_;
};

// Runs what a function does in a Database that was not moved from; one that was, and what is
// thrown, is an error.
template <class Work>
auto Database::in(const Work& work) const -> std::invoke_result_t<Work, Impl&> {
  return with("Database", impl_, work);
}

}  // namespace callisto
