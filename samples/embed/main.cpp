// Syncs two repositories as an integration would, pins a value over one, and asks why it is so.
#include <iostream>

#include <callisto/database.h>

using namespace callisto;

Status run() {
  CALLISTO_TRY(Database db,
               Database::open({}));  // In memory; {.directory = "inventory"} to keep it.

  CALLISTO_TRY(
      const SyncJob sync,
      db.start_job({.source = "integration-managed", .integration_instance_id = "github-1"}));
  CALLISTO_TRY(const SyncJob uploaded, db.upload(sync.id, R"({"entities":[
    {"_key":"repo:shop","_type":"github_repo","_class":["CodeRepo"],"name":"shop","criticality":3},
    {"_key":"repo:docs","_type":"github_repo","_class":["CodeRepo"],"name":"docs","criticality":1}]})"));
  CALLISTO_TRY(const SyncReport synced, db.finalize(uploaded.id));
  std::cout << "created " << synced.job.entities.created << " repositories\n";

  CALLISTO_TRY(const Explanation before, db.why("repo:shop", "criticality"));
  CALLISTO_TRY(const SyncJob pin, db.start_job({.scope = "tiers", .mode = SyncMode::Override}));
  CALLISTO_TRY(
      const SyncJob row,
      db.upload(pin.id,
                R"({"entities":[{"_id":")" + before.entity_id + R"(","criticality":10}]})"));
  CALLISTO_TRY(const SyncReport pinned, db.finalize(row.id));
  std::cout << "pinned " << pinned.overrides_set << " value\n";

  Session session = db.session();
  CALLISTO_TRY(QueryResult rows,
               session.run("FIND CodeRepo WITH criticality >= 8 AS r RETURN r.name"));
  std::string json;
  if (Status status = rows.write_json(json); !status) return status;
  std::cout << json << "\n";

  CALLISTO_TRY(const Explanation why, db.why("repo:shop", "criticality"));
  for (const LayerValue& layer : why.layers) {
    if (layer.present) {
      std::cout << to_string(layer.layer) << " " << layer.origin << ": " << to_json(layer.value)
                << (layer.wins ? "  <- wins" : "") << "\n";
    }
  }
  return {};
}

int main() {
  const Status status = run();
  if (!status) std::cerr << status.error().message << "\n";
  return status ? 0 : 1;
}
