#include "tests/unit/persist_jobs/account.h"

#include <catch2/catch.hpp>

namespace callisto::persist::test {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += ',';
    out += part;
  }
  return out;
}

PartitionInfo api(const std::string& scope) {
  PartitionInfo owner;
  owner.source = "api";
  owner.scope = scope;
  return owner;
}

}  // namespace

std::string CountingIds::next_uuid() {
  std::string number = std::to_string(next_++);
  return "00000000-0000-4000-8000-" + std::string(12 - number.size(), '0') + number;
}

Account::Account() : Account(PersisterOptions{}) {}

Account::Account(PersisterOptions wanted)
    : options(wanted), store(std::make_unique<MemoryStore>("acct")) {
  reopen();
}

void Account::reopen() {
  persister.reset();
  auto opened = Persister::open(*store, options, clock, ids);
  REQUIRE(opened);
  persister = *std::move(opened);
}

std::string Account::start(SyncMode mode, const std::string& scope) {
  StartJob request;
  request.mode = mode;
  request.scope = scope;
  const auto job = persister->start(request);
  INFO((job ? "" : job.error().message));
  REQUIRE(job);
  return job->id;
}

Result<SyncJob> Account::upload(const std::string& job,
                                const std::string& text,
                                UploadOptions upload_options) {
  return persister->upload(job, text, upload_options);
}

SyncReport Account::finalize(const std::string& job, const FinalizeOptions& finalize_options) {
  FinalizeOptions as_on_the_wire = finalize_options;
  as_on_the_wire.deletion_guard.reset();
  auto report = persister->finalize(job, as_on_the_wire);
  INFO((report ? report->job.error : report.error().message));
  REQUIRE(report);
  if (!finalize_options.dry_run) REQUIRE(report->job.status == JobStatus::Finished);
  return *std::move(report);
}

SyncReport Account::run(SyncMode mode, const std::string& scope, const std::string& text) {
  StartJob request;
  request.mode = mode;
  request.scope = scope;
  return run(request, text);
}

SyncReport Account::run(const StartJob& request, const std::string& text) {
  const auto job = persister->start(request);
  INFO((job ? "" : job.error().message));
  REQUIRE(job);
  const auto uploaded = upload(job->id, text);
  INFO((uploaded ? "" : uploaded.error().message));
  REQUIRE(uploaded);
  return finalize(job->id);
}

std::string Account::id(const std::string& scope, const std::string& key) const {
  return to_string(uuid_v5(name_spaces("acct", api(scope)).entities, key));
}

std::string Account::relationship_id(const std::string& scope, const std::string& key) const {
  return to_string(uuid_v5(name_spaces("acct", api(scope)).relationships, key));
}

std::string Account::value(const std::string& entity_id,
                           const std::string& property,
                           LayerView view) const {
  const SnapshotPtr snapshot = store->snapshot();
  const auto ref = snapshot->find_entity(*parse_uuid(entity_id));
  if (!ref || !snapshot->entity_table(ref->type)->is_live(ref->row)) return "gone";
  const auto known = snapshot->names().properties.find(property);
  Arena scratch;
  return known ? to_json(snapshot->value(*ref, PropertyId{*known}, scratch, view)) : "null";
}

std::string Account::relationship_value(const std::string& relationship_id,
                                        const std::string& property) const {
  const SnapshotPtr snapshot = store->snapshot();
  const auto ref = snapshot->find_relationship(*parse_uuid(relationship_id));
  if (!ref || !snapshot->relationship_tables()[ref->table]->is_live(ref->row)) return "gone";
  const auto known = snapshot->names().properties.find(property);
  Arena scratch;
  return known ? to_json(snapshot->value(*ref, PropertyId{*known}, scratch)) : "null";
}

int Account::version(const std::string& entity_id) const {
  const std::string text = value(entity_id, "_version");
  return text == "gone" ? 0 : std::stoi(text);
}

std::string Account::states(const std::string& scope,
                            const std::string& entity_id,
                            const std::string& property) const {
  OverrideQuery filter;
  filter.scope = scope;
  filter.entity_id = entity_id;
  filter.property = property;
  std::string out;
  for (const OverrideInfo& info : persister->overrides(filter)) {
    for (const OverrideState state : info.states) {
      if (!out.empty()) out += '+';
      out += to_string(state);
    }
  }
  return out;
}

std::vector<std::string> Account::scopes() const {
  std::vector<std::string> names;
  for (const OverrideScope& scope : store->snapshot()->scopes()) {
    names.push_back(scope.name);
  }
  return names;
}

std::string row(const std::string& id, const std::string& rest) {
  return R"({"_id":")" + id + '"' + (rest.empty() ? "" : "," + rest) + '}';
}

std::string host(const std::string& key, const std::string& rest) {
  return R"({"_key":")" + key + R"(","_type":"host","_class":"Host")" +
         (rest.empty() ? "" : "," + rest) + '}';
}

std::string hosts(const std::vector<std::string>& rows) {
  return R"({"entities":[)" + joined(rows) + "]}";
}

std::string edge(const std::string& key,
                 const std::string& from,
                 const std::string& to,
                 const std::string& rest) {
  return R"({"_key":")" + key + R"(","_type":"host_uses_host","_class":"USES","_fromEntityKey":")" +
         from + R"(","_toEntityKey":")" + to + '"' + (rest.empty() ? "" : "," + rest) + '}';
}

std::string body(const std::vector<std::string>& entities,
                 const std::vector<std::string>& relationships) {
  return R"({"entities":[)" + joined(entities) + R"(],"relationships":[)" + joined(relationships) +
         "]}";
}

}  // namespace callisto::persist::test
