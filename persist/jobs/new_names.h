// Names that a change brings into the graph, taken back when it does not come about. Everything
// here requires the writer lock.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/names/names.h"
#include "persist/jobs/job.h"
#include <callisto/error.h>
#include <callisto/input_limits.h>

namespace callisto::persist {

// From its making on; names that were published meanwhile stay in any case.
class NewNames {
 public:
  explicit NewNames(Names& names) : names_(names), mark_(names.mark()) {}

  NewNames(const NewNames&) = delete;
  NewNames& operator=(const NewNames&) = delete;

  ~NewNames() {
    if (!kept_) names_.roll_back(mark_);
  }

  void keep() { kept_ = true; }

  // Errors: LimitExceeded when these are more names of a kind than a graph may have.
  [[nodiscard]] Status check(const InputLimits& limits) const;

 private:
  Names& names_;
  Names::Mark mark_;
  bool kept_ = false;
};

// The rows of a job speak the graph's names for as long as this lives; afterwards, unless the job
// has ended, its own again.
class JobNames {
 public:
  JobNames(Job& job, Names& graph);
  ~JobNames();
  JobNames(const JobNames&) = delete;
  JobNames& operator=(const JobNames&) = delete;

  // Errors: as NewNames::check().
  [[nodiscard]] Status check(const InputLimits& limits) const { return fresh_.check(limits); }

  enum Kind : std::uint8_t { Types, Classes, Verbs, Properties, RelationshipTypes, Count };

 private:
  using Codes = boost::unordered_flat_map<std::uint32_t, std::uint32_t>;

  [[nodiscard]] std::vector<std::vector<bool>> used() const;
  void translate(const std::vector<Codes>& codes) noexcept;

  Job& job_;
  NewNames fresh_;
  std::vector<std::span<ClassId>> classes_;  // Arrays that rows share.
  std::vector<Codes> back_;                  // By kind, of the codes that differ; empty: none does.
};

}  // namespace callisto::persist
