// Listings of the graph; those of overrides are in listings_overrides.cpp.
#include "repl/listings.h"

#include <algorithm>

#include "repl/time_text.h"

namespace callisto::repl {
namespace {

Value text(std::string words) {
  return words.empty() ? Value(Null{}) : Value(std::move(words));
}

Value number(std::uint64_t count) {
  return Value(static_cast<double>(count));
}

Value time(std::int64_t epoch_ms) {
  return epoch_ms == 0 ? Value(Null{}) : Value(iso_time(epoch_ms));
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words)
    all += (all.empty() ? "" : ", ") + word;
  return all;
}

ResultTable count_table(const std::vector<NamedCount>& counts,
                        const char* name,
                        const std::string& prefix) {
  ResultTable table;
  table.columns = {name, "entities"};
  for (const NamedCount& count : counts) {
    if (!count.name.starts_with(prefix)) continue;
    table.rows.push_back({text(count.name), number(count.count)});
  }
  return table;
}

}  // namespace

ResultTable class_table(const Database& database) {
  return count_table(database.classes(), "class", "");
}

ResultTable type_table(const Database& database, const std::string& prefix) {
  return count_table(database.types(), "type", prefix);
}

ResultTable verb_table(const Database& database, const std::string& type) {
  ResultTable table;
  table.columns = {"from", "verb", "to", "relationships"};
  for (const VerbSummary& verb : database.verbs()) {
    if (!type.empty() && verb.from_type != type && verb.to_type != type) continue;
    table.rows.push_back(
        {text(verb.from_type), text(verb.verb), text(verb.to_type), number(verb.count)});
  }
  return table;
}

ResultTable property_table(const Database& database, const std::string& name) {
  ResultTable table;
  table.columns = {"property", "kinds", "present", "overridden", "examples"};
  for (const PropertySummary& property : database.properties(name)) {
    table.rows.push_back({text(property.name),
                          text(property.kinds),
                          number(property.present),
                          number(property.overridden),
                          text(joined(property.examples))});
  }
  return table;
}

ResultTable job_table(const std::vector<SyncJob>& jobs) {
  ResultTable table;
  table.columns = {"startedAt",
                   "mode",
                   "scope",
                   "source",
                   "status",
                   "uploaded",
                   "created",
                   "updated",
                   "deleted",
                   "errors",
                   "id",
                   "problem"};
  std::vector<const SyncJob*> latest_first;
  latest_first.reserve(jobs.size());
  for (const SyncJob& job : jobs)
    latest_first.push_back(&job);
  std::stable_sort(latest_first.begin(), latest_first.end(), [](const auto* a, const auto* b) {
    return a->started_at_ms > b->started_at_ms;
  });
  for (const SyncJob* job : latest_first) {
    const auto errors = [](const ObjectCounters& counters) {
      return counters.create_errors + counters.update_errors + counters.delete_errors;
    };
    table.rows.push_back(
        {time(job->started_at_ms),
         text(to_string(job->mode)),
         text(job->scope.empty() ? job->integration_instance_id : job->scope),
         text(job->source),
         text(to_string(job->status)),
         number(job->entities.uploaded + job->relationships.uploaded),
         number(job->entities.created + job->relationships.created),
         number(job->entities.updated + job->relationships.updated),
         number(job->entities.deleted + job->relationships.deleted),
         number(errors(job->entities) + errors(job->relationships) + job->mapped.create_errors),
         text(job->id),
         text(job->error)});
  }
  return table;
}

ResultTable summary_table(const GraphSummary& summary) {
  ResultTable table;
  table.columns = {"version", "entities", "relationships", "overrides", "memoryBytes"};
  table.rows.push_back({number(summary.version),
                        number(summary.entities),
                        number(summary.relationships),
                        number(summary.overrides),
                        number(summary.memory_bytes)});
  return table;
}

}  // namespace callisto::repl
