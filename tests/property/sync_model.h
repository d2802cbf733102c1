// The rules of sync jobs and overrides as plain maps, written to be obviously right and nothing
// else. Knows no engine code. Values are JSON text; "null" is absence.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace callisto::property {

using Name = std::pair<std::string, std::string>;  // Scope of the owner, key.
using Values = std::map<std::string, std::string>;

struct Pin {
  std::string value;
  std::string below;
  std::int64_t set_at = 0;
};

struct ModelEntity {
  bool live = false;
  std::string type;
  Values base;
  Values patch;
  Values mutation;
  std::map<std::string, std::map<std::string, Pin>> pins;  // Property -> override scope -> pin.
  int version = 0;
  std::int64_t created_on = 0;
  std::int64_t begin_on = 0;
  std::int64_t base_set_at = 0;  // Since when the owner says what it says, as far as known.
};

struct ModelEdge {
  bool live = false;
  Name from;
  Name to;
  Values base;
  Values mutation;
  int version = 0;
};

struct EntityRowSpec {
  Name name;
  std::string type;
  Values values;
};

struct EdgeRowSpec {
  std::string key;
  Name from;
  Name to;
  Values values;
};

struct Counts {
  std::uint64_t created = 0;
  std::uint64_t updated = 0;
  std::uint64_t deleted = 0;
  bool operator==(const Counts&) const = default;
};

struct Outcome {
  Counts entities;
  Counts edges;
  std::uint64_t skipped = 0;
  std::uint64_t unresolved = 0;
  bool guarded = false;  // The deletion guard refuses it.
  bool operator==(const Outcome&) const = default;
};

class SyncModel {
 public:
  // Jobs. `now` is the time of the finalize.
  Outcome diff(const std::string& scope,
               const std::vector<EntityRowSpec>& rows,
               const std::vector<EdgeRowSpec>& edges,
               const std::set<std::string>& partial_types,
               std::int64_t now);
  Outcome patch(const std::vector<EntityRowSpec>& rows, std::int64_t now);
  Outcome create_or_update(const std::vector<EntityRowSpec>& rows,
                           const std::vector<Name>& deletes,
                           std::int64_t now);
  Outcome pin(const std::string& scope, const std::vector<EntityRowSpec>& rows, std::int64_t now);

  // Mutations; false: there is no such live object, nothing has changed.
  bool update(const Name& name, const Values& values, std::int64_t now);
  bool reset(const Name& name, const std::vector<std::string>& properties, std::int64_t now);
  bool remove(const Name& name, bool hard, std::int64_t now);
  bool update_edge(const Name& name, const Values& values, std::int64_t now);

  [[nodiscard]] std::string effective(const ModelEntity& entity, const std::string& property) const;
  [[nodiscard]] static std::string below(const ModelEntity& entity, const std::string& property);
  // As the override listing shows them, joined by "+".
  [[nodiscard]] std::string states(const ModelEntity& entity,
                                   const std::string& property,
                                   const std::string& scope) const;

  std::map<Name, ModelEntity> entities;
  std::map<Name, ModelEdge> edges;
  std::vector<std::string> scopes;  // With a pin somewhere; oldest first.

 private:
  [[nodiscard]] bool is_live(const Name& name) const;
  [[nodiscard]] Values visible(const ModelEntity& entity) const;
  static Values visible(const ModelEdge& edge);
  void forget_empty_scopes();
  static void note_base(const ModelEntity* before, std::int64_t now, ModelEntity& entity);
  // Compares with `before`: counts, versions, times; edges follow their ends first.
  Outcome settle(const SyncModel& before, std::int64_t now);
};

}  // namespace callisto::property
