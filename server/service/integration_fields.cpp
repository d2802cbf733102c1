// Integrations: their instances, the definitions these name, and their jobs with what they report.
//
// A definition is no more than a type here, since nothing runs integrations: its id is the type.
#include <algorithm>
#include <array>
#include <map>

#include <callisto/clock.h>

#include "server/service/graph_fields.h"
#include "server/service/secrets.h"

namespace callisto::server {
namespace {

Json definition_json(const std::string& id, std::size_t instances) {
  Json out;
  out.set("id", id).set("name", id).set("type", id).set("title", id).set("integrationType", id);
  out.set("totalInstanceCount", std::uint64_t{instances});
  for (const char* none : {"configFields", "authSections", "configSections"}) {
    out.set(none, Json::Array{});
  }
  return out;
}

// What is known of an instance that only its jobs name.
Json bare_instance(const Account& account, const SyncJob& job) {
  Json out;
  out.set("id", job.integration_instance_id).set("name", job.integration_instance_id);
  return out.set("accountId", account.id());
}

// As it is answered: what its configuration keeps secret stays here.
Json shown(Json instance) {
  if (const Json* config = instance.find("config")) instance.set("config", masked(*config));
  return instance;
}

// By id: those that were created, and those that jobs have named. As they are answered.
std::map<std::string, Json> instances_of(FieldContext& context) {
  std::map<std::string, Json> instances;
  for (const SyncJob& job : context.account.database().jobs()) {
    if (job.integration_instance_id.empty()) continue;
    instances.try_emplace(job.integration_instance_id, bare_instance(context.account, job));
  }
  for (Json& instance : context.account.integration_instances().all()) {
    const std::string id = instance.text_of("id");
    instances[id] = shown(std::move(instance));
  }
  std::map<std::string, std::size_t> counts;
  for (const auto& [id, instance] : instances) {
    ++counts[instance.text_of("integrationDefinitionId")];
  }
  for (auto& [id, instance] : instances) {
    const std::string type = instance.text_of("integrationDefinitionId");
    if (!type.empty()) instance.set("integrationDefinition", definition_json(type, counts[type]));
  }
  return instances;
}

const char* job_status(const SyncJob& job) {
  if (job.status == JobStatus::Finished) return "COMPLETED";
  return job.done() ? "FAILED" : "IN_PROGRESS";
}

Json job_json(const SyncJob& job, const std::map<std::string, Json>& instances) {
  Json out;
  out.set("id", job.id).set("status", job_status(job)).set("createDate", job.started_at_ms);
  out.set("endDate", job.ended_at_ms == 0 ? Json() : Json(job.ended_at_ms));
  out.set("integrationInstanceId", job.integration_instance_id).set("hasSkippedSteps", false);
  out.set("errorsOccurred", !job.error.empty());
  const auto instance = instances.find(job.integration_instance_id);
  if (instance == instances.end()) return out;
  const Json* definition = instance->second.find("integrationDefinition");
  out.set("integrationDefinition", definition == nullptr ? Json() : *definition);
  return out.set("integrationInstance", instance->second);
}

Result<Json> integration_jobs(FieldContext& context, const Json& arguments) {
  const std::map<std::string, Json> instances = instances_of(context);
  const auto unwanted = [&](std::string_view name, std::string_view value) {
    const std::string wanted = arguments.text_of(name);
    return !wanted.empty() && wanted != value;
  };
  std::vector<Json> found;
  for (const SyncJob& job : context.account.database().jobs()) {
    if (job.integration_instance_id.empty()) continue;
    const auto instance = instances.find(job.integration_instance_id);
    if (unwanted("status", job_status(job)) ||
        unwanted("integrationInstanceId", job.integration_instance_id) ||
        unwanted("integrationDefinitionId", instance->second.text_of("integrationDefinitionId"))) {
      continue;
    }
    found.push_back(job_json(job, instances));
  }
  return page_of("jobs", found, arguments, "size");
}

Result<Json> integration_job(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const SyncJob job, context.account.database().job(arguments.text_of("id")));
  return job_json(job, instances_of(context));
}

Result<Json> integration_events(FieldContext& context, const Json& arguments) {
  const std::string job_id = arguments.text_of("jobId");
  std::vector<Json> events = context.account.events().of(job_id);
  for (Json& event : events) {
    event.set("jobId", job_id);
  }
  return page_of("events", events, arguments, "size");
}

Result<Json> instance(FieldContext& context, const Json& arguments) {
  const std::string id = arguments.text_of("id");
  const std::map<std::string, Json> instances = instances_of(context);
  const auto found = instances.find(id);
  if (found == instances.end()) {
    return fail(ErrorCode::NotFound, "Integration instance not found");
  }
  Json with_jobs = found->second;
  Json wanted;
  wanted.set("integrationInstanceId", id);
  CALLISTO_TRY(Json jobs, integration_jobs(context, wanted));
  const Json::Array& listed = *jobs.find("jobs")->array();
  with_jobs.set("mostRecentJob", listed.empty() ? Json() : listed.front());
  return with_jobs.set("jobs", std::move(jobs));
}

Result<Json> instances(FieldContext& context, const Json& arguments) {
  const std::string definition = arguments.text_of("definitionId");
  std::map<std::string, Json> all = instances_of(context);
  std::map<std::string, Json> latest;
  for (const SyncJob& job : context.account.database().jobs()) {  // The latest first.
    if (job.integration_instance_id.empty()) continue;
    latest.try_emplace(job.integration_instance_id, job_json(job, {}));
  }
  std::vector<Json> found;
  for (auto& [id, one] : all) {
    const bool meant = definition.empty() || one.text_of("integrationDefinitionId") == definition;
    if (!meant) continue;
    const auto job = latest.find(id);
    found.push_back(one.set("mostRecentJob", job == latest.end() ? Json() : job->second));
  }
  return page_of("instances", found, arguments, "limit");
}

constexpr std::array kInstanceMembers{"name",
                                      "description",
                                      "integrationDefinitionId",
                                      "pollingInterval",
                                      "pollingIntervalCronExpression",
                                      "config",
                                      "offsiteComplete",
                                      "collectorPoolId",
                                      "sourceIntegrationInstanceId",
                                      "resourceGroupId",
                                      "ingestionSourcesOverrides"};

Result<Json> store(FieldContext& context, const Json& input, Json instance) {
  const Json* const kept = instance.find("config");
  const Json config = kept == nullptr ? Json() : *kept;
  for (const char* name : kInstanceMembers) {
    if (const Json* value = input.find(name)) instance.set(name, *value);
  }
  if (const Json* given = input.find("config")) instance.set("config", unmasked(*given, config));
  const std::int64_t now = system_clock().now_ms();
  if (instance.find("createdOn") == nullptr) instance.set("createdOn", now);
  instance.set("updatedOn", now);
  if (instance.text_of("name").empty()) {
    return fail(ErrorCode::InvalidInput, "an integration instance needs a \"name\"");
  }
  const std::string id = instance.text_of("id");
  if (Status put = context.account.integration_instances().put(id, instance); !put) {
    return tl::make_unexpected(std::move(put).error());
  }
  return shown(std::move(instance));
}

Result<Json> create_instance(FieldContext& context, const Json& arguments) {
  Json instance;
  instance.set("id", system_id_source().next_uuid()).set("accountId", context.account.id());
  return store(context, *arguments.find("instance"), std::move(instance));
}

Result<Json> update_instance(FieldContext& context, const Json& arguments) {
  const std::string id = arguments.text_of("id");
  Json kept = context.account.integration_instances().find(id);
  if (kept.is_null()) {  // One that only jobs name.
    const std::map<std::string, Json> instances = instances_of(context);
    const auto found = instances.find(id);
    if (found == instances.end()) {
      return fail(ErrorCode::NotFound, "Integration instance not found");
    }
    kept = found->second;
  }
  return store(context, *arguments.find("update"), std::move(kept));
}

Result<Json> delete_instance(FieldContext& context, const Json& arguments) {
  Json out;
  if (!context.account.integration_instances().remove(arguments.text_of("id"))) {
    return fail(ErrorCode::NotFound, "Integration instance not found");
  }
  return out.set("success", true);
}

Result<Json> definitions(FieldContext& context, const Json& arguments) {
  std::map<std::string, Json> by_id;
  for (const auto& [id, one] : instances_of(context)) {
    const Json* definition = one.find("integrationDefinition");
    if (definition != nullptr) by_id[definition->text_of("id")] = *definition;
  }
  std::vector<Json> all;
  all.reserve(by_id.size());
  for (auto& [id, definition] : by_id) {
    all.push_back(std::move(definition));
  }
  return page_of("definitions", all, arguments, "limit");
}

Result<Json> find_definition(FieldContext& context, const Json& arguments) {
  std::string id = arguments.text_of("integrationType");
  if (id.empty()) id = arguments.text_of("id");
  if (id.empty()) return fail(ErrorCode::InvalidInput, "integrationDefinition needs an \"id\"");
  std::size_t count = 0;
  for (const auto& [instance_id, instance] : instances_of(context)) {
    if (instance.text_of("integrationDefinitionId") == id) ++count;
  }
  return definition_json(id, count);
}

Result<Json> invoke(FieldContext& /*context*/, const Json& /*arguments*/) {
  return fail(ErrorCode::InvalidInput,
              "nothing runs integrations here: run this one yourself and let it synchronize");
}

constexpr std::array kFields{
    FieldEntry{"integrationInstance", instance},
    FieldEntry{"integrationInstances", instances},
    FieldEntry{"integrationInstancesV2", instances},
    FieldEntry{"createIntegrationInstance", create_instance, true},
    FieldEntry{"updateIntegrationInstance", update_instance, true},
    FieldEntry{"deleteIntegrationInstance", delete_instance, true},
    FieldEntry{"integrationDefinitions", definitions},
    FieldEntry{"integrationDefinition", find_definition},
    FieldEntry{"findIntegrationDefinition", find_definition},
    FieldEntry{"invokeIntegrationInstance", invoke},
    FieldEntry{"integrationJobs", integration_jobs},
    FieldEntry{"integrationJob", integration_job},
    FieldEntry{"integrationEvents", integration_events},
};

}  // namespace

std::span<const FieldEntry> integration_fields() {
  return kFields;
}

}  // namespace callisto::server
