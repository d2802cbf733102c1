// What is in a graph, as tables: classes, types, verbs, properties, jobs, overrides.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "repl/formats.h"
#include "repl/result_table.h"
#include <callisto/database.h>

namespace callisto::repl {

[[nodiscard]] ResultTable class_table(const Database& database);

// Types whose name starts with `prefix`.
[[nodiscard]] ResultTable type_table(const Database& database, const std::string& prefix);

// Verbs with the types they join; of one type's relationships only when `type` is not empty.
[[nodiscard]] ResultTable verb_table(const Database& database, const std::string& type);

// Properties of a class or type: kinds, how many have it, how many are overridden, examples.
[[nodiscard]] ResultTable property_table(const Database& database, const std::string& name);

[[nodiscard]] ResultTable job_table(const std::vector<SyncJob>& jobs);
[[nodiscard]] ResultTable summary_table(const GraphSummary& summary);

// One row per override: its first state, all its states, scope, entity, property, value, what lies
// below, when, who, why. Texts among the values stand in quotes where the format shows no kinds.
[[nodiscard]] ResultTable override_table(const std::vector<OverrideInfo>& overrides, Format format);

// Counts per state with the oldest and an example each, for `.overrides`.
[[nodiscard]] std::string override_summary(const std::vector<OverrideInfo>& overrides);

// A value beside another, where kinds count: as JSON, so that "443" is not 443; absence as `—`.
[[nodiscard]] std::string value_words(const Value& value);

// "drifted, shadowed"
[[nodiscard]] std::string state_words(const std::vector<OverrideState>& states);

}  // namespace callisto::repl
