// What a Session holds: the store it reads and the plans it has made.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

#include "api/definition_store.h"
#include "api/moved_from.h"
#include "api/plan_cache.h"
#include "persist/store/store.h"
#include "query/engine.h"
#include <callisto/database.h>

namespace callisto {

class Session::Impl {
 public:
  Impl(std::shared_ptr<persist::Store> store,
       std::shared_ptr<DefinitionStore> definitions,
       std::shared_ptr<const Clock> clock)
      : store_(std::move(store)), definitions_(std::move(definitions)), clock_(std::move(clock)) {}

  // A query made ready for the graph of this moment.
  struct Ready {
    SnapshotPtr snapshot;
    query::PreparedPtr prepared;
  };

  Result<Ready> ready(std::string_view text);

  void pin();

  void unpin();

  [[nodiscard]] std::uint64_t version() const;

  [[nodiscard]] const Clock& clock() const { return *clock_; }

 private:
  static constexpr std::size_t kPlansMax = 256;
  static constexpr std::size_t kCachedQueryBytesMax = 16384;  // Longer texts are made anew.

  // What a query is prepared and run on.
  struct View {
    SnapshotPtr snapshot;
    std::uint64_t generation = 0;
    std::shared_ptr<const Definitions> definitions;
  };

  [[nodiscard]] View newest() const;

  std::shared_ptr<persist::Store> store_;
  std::shared_ptr<DefinitionStore> definitions_;
  std::shared_ptr<const Clock> clock_;
  mutable std::mutex mutex_;                                // Of all below.
  std::uint64_t generation_ = 0;                            // Of the graph that the plans are for.
  std::shared_ptr<const Definitions> planned_definitions_;  // That they were made with.
  PlanCache plans_{kPlansMax};
  std::optional<View> pinned_;
};

}  // namespace callisto
