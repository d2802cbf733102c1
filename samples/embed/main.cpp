// Syncs two repositories as an integration would, pins a value over one, and asks why it is so.
#include <iostream>

#include <callisto/database.h>

using namespace callisto;

Status sync(Database& db, const StartJob& request, const std::string& body) {
  CALLISTO_TRY(const SyncJob job, db.start_job(request));
  CALLISTO_TRY(const SyncJob uploaded, db.upload(job.id, body));
  CALLISTO_TRY(const SyncReport report, db.finalize(job.id));
  std::cout << to_string(report.job.mode) << ": created " << report.job.entities.created
            << ", updated " << report.job.entities.updated << " of " << uploaded.entities.uploaded
            << " entities\n";
  return {};
}

Status run() {
  CALLISTO_TRY(Database db, Database::open({}));  // {.directory = "inventory"} keeps it on disk.
  const char* repositories = R"({"entities":[
    {"_key":"repo:shop","_type":"github_repo","_class":["CodeRepo"],"name":"shop","criticality":3},
    {"_key":"repo:docs","_type":"github_repo","_class":["CodeRepo"],"name":"docs"}]})";
  const StartJob github{.source = "integration-managed", .integration_instance_id = "github-1"};
  if (Status status = sync(db, github, repositories); !status) return status;

  CALLISTO_TRY(const Explanation before, db.why("repo:shop", "criticality"));
  const std::string pin = R"({"_id":")" + before.entity_id + R"(","criticality":10})";
  const StartJob tiers{.scope = "tiers", .mode = SyncMode::Override};
  if (Status status = sync(db, tiers, R"({"entities":[)" + pin + "]}"); !status) return status;
  if (Status status = sync(db, github, repositories); !status) return status;  // The pin sticks.

  CALLISTO_TRY(QueryResult rows, db.session().run("FIND CodeRepo WITH criticality >= 8"));
  std::string json;
  if (Status status = rows.write_json(json); !status) return status;
  CALLISTO_TRY(const Explanation why, db.why("repo:shop", "criticality"));
  for (const LayerValue& layer : why.layers) {
    if (!layer.present) continue;
    std::cout << to_string(layer.layer) << " " << layer.origin << " says " << to_json(layer.value)
              << (layer.wins ? ", and wins\n" : "\n");
  }
  std::cout << (json.find("\"shop\"") == std::string::npos ? "not found\n" : "found by it\n");
  return {};
}

int main() {
  const Status status = run();
  if (!status) std::cerr << status.error().message << "\n";
  return status ? 0 : 1;
}
