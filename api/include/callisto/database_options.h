// How a Database is opened.
#pragma once

#include <memory>
#include <string>

#include <callisto/clock.h>
#include <callisto/input_limits.h>
#include <callisto/upload_budget.h>

namespace callisto {

struct DatabaseOptions {
  std::string directory{};        // Empty: in memory only.
  bool create = true;             // Off: a directory without a store is NotFound, and not made.
  std::string account{};          // Part of every `_id`; empty: the directory's, or "local".
  bool overrides_enabled = true;  // O-6
  // nullptr: the machine's. Both must outlive the Database and its Sessions; what they throw is the
  // error, InvalidInput, of the call that needs them.
  const Clock* clock = nullptr;
  IdSource* ids = nullptr;
  std::shared_ptr<UploadBudget> uploads{};  // What open sync jobs may hold; null: no limit.
  InputLimits input{};                      // How large what is written may be.
  // What the graph and its raw data may take in memory, about; 0: no limit. A write that makes it
  // larger is refused beyond that (LimitExceeded); what is stored is served, deletes are taken.
  std::size_t graph_bytes_max = 0;
};

}  // namespace callisto
