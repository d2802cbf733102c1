// Which overrides a job turns: compares their states before and after (O-28).
#pragma once

#include <cstdint>
#include <string_view>

#include "core/graph/snapshot.h"
#include "persist/jobs/effective_change.h"
#include <callisto/provenance.h>
#include <callisto/sync.h>

namespace callisto::persist {

struct SealOptions;

// What the layers below the overrides say of a property: O-4, and the ground of every state.
[[nodiscard]] Value below_overrides(const PropertyLayers* layers, ValueView base);

struct OverriddenState {
  ObjectState state;
  bool gone = false;
};

class OverrideTurns {
 public:
  OverrideTurns(const Snapshot& snapshot, const SealOptions& options, SyncReport& report)
      : snapshot_(snapshot), options_(options), report_(report) {}

  // Counts each override of the later state whose states differ from the earlier; an override that
  // is new counts when it is not plainly active. Time alone turns nothing: both sides are judged at
  // the same moment.
  void compare(const Uuid& id,
               std::string_view key,
               const OverriddenState& before,
               const OverriddenState& after);

 private:
  void add(
      const Uuid& id, std::string_view key, PropertyId property, ScopeId scope, OverrideState now);

  const Snapshot& snapshot_;
  const SealOptions& options_;
  SyncReport& report_;
};

}  // namespace callisto::persist
