// One random step of a sequence of jobs and mutations.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "tests/property/sync_model.h"

namespace callisto::property {

enum class Op {
  Diff,
  Patch,
  Pin,
  CreateOrUpdate,
  Update,
  Reset,
  Remove,
  HardRemove,
  UpdateEdge,
  Reopen
};

struct Step {
  Op op = Op::Diff;
  std::string scope;  // Of the job: DIFF or OVERRIDE scope.
  std::vector<EntityRowSpec> rows;
  std::vector<EdgeRowSpec> edges;
  std::vector<Name> deletes;
  std::set<std::string> partial_types;
  bool aborted = false;    // The job is aborted instead of finalized.
  bool rehearsed = false;  // A dry run first; and finalized twice.
  bool repeated = false;   // Part of the upload is sent twice.
  bool corrected = false;  // Part of it is sent with other values first (ignoreDuplicates).
  bool restarted = false;  // Reopened between uploads and finalize.
};

// All names that steps use.
[[nodiscard]] std::vector<Name> all_names();
[[nodiscard]] const std::vector<std::string>& all_properties();
[[nodiscard]] rc::Gen<Step> any_step();
std::ostream& operator<<(std::ostream& out, const Step& step);

}  // namespace callisto::property
