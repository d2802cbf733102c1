// Walks over all names that rows use: to see which they are, and to give them other codes.
#include "persist/jobs/new_names.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>

namespace callisto::persist {
namespace {

// What rows point to lies in arenas of their job alone.
template <class T>
std::span<T> writable(std::span<const T> part) {
  return {const_cast<T*>(part.data()), part.size()};  // NOLINT(*-const-cast)
}

// Rows of entities, and what mappings say of their targets.
template <class Visit>
void walk_entities(Job& job, const Visit& visit) {
  for (UploadBatch& batch : job.rows.batches()) {
    for (EntityRow& row : batch.entities) {
      visit(row);
    }
    for (RelationshipRow& row : batch.relationships) {
      if (row.mapping == nullptr) continue;
      visit(writable(std::span<const Mapping>(row.mapping, 1)).front().target);
    }
  }
}

// Each once: rows share them.
std::vector<std::span<ClassId>> arrays_of_classes(Job& job) {
  std::vector<std::span<ClassId>> arrays;
  std::unordered_set<const ClassId*> known;
  const ClassId* last = nullptr;
  walk_entities(job, [&](EntityRow& row) {
    if (row.classes.data() == last || !known.insert(row.classes.data()).second) return;
    last = row.classes.data();
    arrays.push_back(writable(row.classes));
  });
  return arrays;
}

template <class Visit>
void walk_properties(std::span<const NamedValue> values, const Visit& visit) {
  const std::span<NamedValue> own = writable(values);
  for (NamedValue& named : own) {
    visit(JobNames::Properties, named.property.value);
  }
  if (!std::ranges::is_sorted(own, {}, &NamedValue::property)) {
    std::ranges::sort(own, {}, &NamedValue::property);
  }
}

// Calls visit(kind, code) for every name of a job; `code` may be changed. Takes no memory, so that
// a translation never stops half-way.
template <class Visit>
void walk_names(Job& job, std::span<const std::span<ClassId>> classes, const Visit& visit) {
  walk_entities(job, [&](EntityRow& row) {
    if (row.type) visit(JobNames::Types, row.type->value);
    walk_properties(row.properties, visit);
  });
  for (UploadBatch& batch : job.rows.batches()) {
    for (RelationshipRow& row : batch.relationships) {
      visit(JobNames::RelationshipTypes, row.type);
      visit(JobNames::Verbs, row.verb.value);
      walk_properties(row.properties, visit);
      if (row.mapping == nullptr) continue;
      for (const std::span<const PropertyId> filter : row.mapping->filters) {
        for (PropertyId& property : writable(filter)) {
          visit(JobNames::Properties, property.value);
        }
      }
    }
  }
  for (const std::span<ClassId> array : classes) {
    for (ClassId& id : array) {
      visit(JobNames::Classes, id.value);
    }
  }
}

std::array<const NameOverlay*, JobNames::Count> by_kind(const UploadNames& names) {
  return {&names.types, &names.classes, &names.verbs, &names.properties, &names.relationship_types};
}

std::array<Dictionary*, JobNames::Count> by_kind(Names& names) {
  return {&names.types, &names.classes, &names.verbs, &names.properties, &names.relationship_types};
}

}  // namespace

Status NewNames::check(const InputLimits& limits) const {
  struct Limit {
    const Dictionary& names;
    const Dictionary::Mark& before;
    std::size_t max;
    const char* what;
  };

  const Limit kinds[] = {
      {names_.types, mark_.types, limits.types, "types (limit \"types\")"},
      {names_.classes, mark_.classes, limits.types, "classes (limit \"types\")"},
      {names_.verbs, mark_.verbs, limits.types, "verbs (limit \"types\")"},
      {names_.relationship_types,
       mark_.relationship_types,
       kPropertyNamesMax,
       "relationship types"},
      {names_.properties, mark_.properties, kPropertyNamesMax, "property names"},
  };
  for (const Limit& limit : kinds) {
    const std::uint32_t now = limit.names.size();
    if (now <= limit.max || now == limit.before.size) continue;
    return fail(
        ErrorCode::LimitExceeded,
        fmt::format("a graph has at most {} {}: it has {} and this change brings {} new ones",
                    limit.max,
                    limit.what,
                    limit.before.size,
                    now - limit.before.size));
  }
  return {};
}

JobNames::JobNames(Job& job, Names& graph) : job_(job), fresh_(graph) {
  if (!job.names) return;
  const auto own = by_kind(*job.names);
  if (std::ranges::all_of(own, [](const NameOverlay* names) { return names->own().size() == 0; })) {
    return;
  }
  classes_ = arrays_of_classes(job);
  const std::vector<std::vector<bool>> wanted = used();
  std::vector<Codes> codes(Count);
  std::vector<Codes> back(Count);
  bool moved = false;
  for (std::size_t kind = 0; kind < Count; ++kind) {
    for (std::uint32_t at = 0; at < wanted[kind].size(); ++at) {
      if (!wanted[kind][at]) continue;
      const std::uint32_t code = own[kind]->begin() + at;
      const std::uint32_t graph_code = by_kind(graph)[kind]->intern(own[kind]->own().at(at));
      codes[kind].emplace(code, graph_code);
      back[kind].emplace(graph_code, code);
      moved = moved || code != graph_code;
    }
  }
  if (!moved) return;
  translate(codes);
  back_ = std::move(back);
}

JobNames::~JobNames() {
  // The rows, and the arrays with them, may have gone with the end of the job.
  if (!back_.empty() && !job_.rows.batches().empty()) translate(back_);
}

std::vector<std::vector<bool>> JobNames::used() const {
  const auto own = by_kind(*job_.names);
  std::vector<std::vector<bool>> used;
  std::array<std::uint32_t, Count> begin{};
  for (std::size_t kind = 0; kind < Count; ++kind) {
    used.emplace_back(own[kind]->own().size(), false);
    begin[kind] = own[kind]->begin();
  }
  walk_names(job_, classes_, [&](Kind kind, std::uint32_t code) {
    if (code >= begin[kind]) used[kind][code - begin[kind]] = true;
  });
  return used;
}

void JobNames::translate(const std::vector<Codes>& codes) noexcept {
  walk_names(job_, classes_, [&](Kind kind, std::uint32_t& code) {
    const auto found = codes[kind].find(code);
    if (found != codes[kind].end()) code = found->second;
  });
}

}  // namespace callisto::persist
