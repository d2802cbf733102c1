#include "server/service/sync_routes.h"

#include <algorithm>
#include <array>
#include <optional>

#include <callisto/number_text.h>

#include "server/service/answers.h"

namespace callisto::server {
namespace {

constexpr std::string_view kReadsAndPost = "GET, HEAD, POST";
constexpr std::size_t kEventsPerRequestMax = 1000;
constexpr std::size_t kChangesMax = 10'000;  // Of a report.
constexpr std::string_view kChangesRule = "a number of at most 10000";
constexpr std::size_t kControlBytesMax = std::size_t{1} << 20;  // Of every body but an upload's.

Response job_answer(const SyncJob& job) {
  Json body;
  body.set("job", Json::Raw{to_json(job)});
  return json_response(body);
}

Response bad_member(std::string_view name, std::string_view rule) {
  return error_response(
      400, "INVALID_INPUT", "\"" + std::string(name) + "\" must be " + std::string(rule));
}

// A body that may be missing, as an object. Errors: InvalidInput.
Result<Json> object_body(const Request& request) {
  if (request.body.find_first_not_of(" \t\r\n") == std::string::npos) return Json(Json::Object{});
  if (request.body.size() > kControlBytesMax) {
    return fail(ErrorCode::InvalidInput,
                "the body has more than " + std::to_string(kControlBytesMax) + " bytes");
  }
  CALLISTO_TRY(Json json, parse_json(request.body));
  if (json.is_null()) return Json(Json::Object{});
  if (!json.is_object()) return fail(ErrorCode::InvalidInput, "the body must be a JSON object");
  return json;
}

struct TextMember {
  const char* name;
  std::string StartJob::*member;
};

constexpr std::array kStartTexts{
    TextMember{"source", &StartJob::source},
    TextMember{"scope", &StartJob::scope},
    TextMember{"integrationInstanceId", &StartJob::integration_instance_id},
    TextMember{"integrationJobId", &StartJob::job_id},
    TextMember{"author", &StartJob::author},
    TextMember{"reason", &StartJob::reason},
    TextMember{"integrationType", &StartJob::integration_type},
    TextMember{"integrationName", &StartJob::integration_name},
};

// What the job does not say of its integration, the instance does. A definition is a type here.
void describe(const Json& instance, StartJob& start) {
  if (instance.is_null()) return;
  const std::string definition = instance.text_of("integrationDefinitionId");
  if (start.integration_name.empty()) start.integration_name = instance.text_of("name");
  if (start.integration_type.empty()) start.integration_type = definition;
  if (start.integration_definition_id.empty()) start.integration_definition_id = definition;
}

Response start_job(Account& account, const Request& request) {
  const Result<Json> body = object_body(request);
  if (!body) return engine_error(body.error());
  StartJob start;
  for (const TextMember& text : kStartTexts) {
    const Json* member = body->find(text.name);
    if (member == nullptr || member->is_null()) continue;  // null is absent.
    if (member->text() == nullptr) return bad_member(text.name, "a string");
    start.*text.member = *member->text();
  }
  const Json* mode = body->find("syncMode");
  if (mode != nullptr && !mode->is_null()) {
    const auto known = mode->text() == nullptr ? std::nullopt : parse_sync_mode(*mode->text());
    if (!known) {
      return error_response(400,
                            "INVALID_SYNC_MODE",
                            "\"syncMode\" must be DIFF, PATCH, CROSS_SCOPE, CREATE_OR_UPDATE or "
                            "OVERRIDE");
    }
    start.mode = *known;
  }
  const Json* review = body->find("reviewBy");
  if (review != nullptr && !review->is_null()) {
    if (review->number() == nullptr) return bad_member("reviewBy", "a time in epoch milliseconds");
    start.review_by_ms = static_cast<std::int64_t>(std::clamp(*review->number(), 0.0, 9e15));
  }
  if (!start.integration_instance_id.empty()) {
    if (!account.may_use_instance(start.integration_instance_id)) {
      return error_response(
          404, "SYNC_JOB_INVALID_INTEGRATION_INSTANCE", "Integration instance not found");
    }
    describe(account.integration_instances().find(start.integration_instance_id), start);
  }
  const Result<SyncJob> job = account.database().start_job(start);
  return job ? job_answer(*job) : engine_error(job.error());
}

Response upload(Account& account, const Request& request, const std::string& job_id) {
  const std::string_view type = request.header("content-type");
  if (type.find("csv") != std::string_view::npos || type.find("yaml") != std::string_view::npos) {
    return error_response(415,
                          "UNSUPPORTED_MEDIA_TYPE",
                          "uploads are read as JSON or NDJSON: CSV and YAML are not supported");
  }
  UploadOptions options;
  options.ignore_duplicates = request.flag("ignoreDuplicates");
  options.ignore_illegal_properties = request.flag("ignoreIllegalProperties");
  const Result<SyncJob> job = account.database().upload(job_id, request.body, options);
  return job ? job_answer(*job) : engine_error(job.error());
}

// The types of {"partialDatasets":{"types":[..]}}. Empty when the body says something else.
std::optional<std::vector<std::string>> partial_types(const Json& body) {
  std::vector<std::string> types;
  const Json* datasets = body.find("partialDatasets");
  if (datasets == nullptr || datasets->is_null()) return types;
  if (!datasets->is_object()) return std::nullopt;
  const Json* list = datasets->find("types");
  if (list == nullptr || list->is_null()) return types;
  if (list->array() == nullptr) return std::nullopt;
  for (const Json& type : *list->array()) {
    if (type.text() == nullptr) return std::nullopt;
    types.push_back(*type.text());
  }
  return types;
}

// How many changes a report lists. Empty when the request says something else than a number.
std::optional<std::size_t> samples_of(const Request& request) {
  const std::string text = request.parameter("changes");
  if (text.empty()) return FinalizeOptions{}.samples_max;
  const auto samples = number_from<std::size_t>(text);
  return samples && *samples <= kChangesMax ? samples : std::nullopt;
}

// The object with more members at its end.
std::string extended(std::string object, const std::string& members) {
  object.pop_back();
  return object + members + "}";
}

// What nobody should miss, report or not: rows that address no entity (O-13), pins that went or
// stay (O-12), values that do not show (O-31).
std::string with_outcome(std::string job, const SyncReport& report) {
  std::string members;
  const auto add = [&members](std::string_view name, std::uint64_t number) {
    members += ",\"" + std::string(name) + "\":" + std::to_string(number);
  };
  if (report.skipped_rows > 0) add("numRowsSkipped", report.skipped_rows);
  if (report.job.mode == SyncMode::Override) {
    add("numOverridesSet", report.overrides_set);
    add("numOverridesRemoved", report.overrides_removed);
  }
  if (report.hidden_values > 0) add("numValuesHidden", report.hidden_values);
  return members.empty() ? job : extended(std::move(job), members);
}

// How many changes there are, and whether the list of them ends before.
std::string with_total(std::string text, const SyncReport& report) {
  std::uint64_t total = 0;
  for (const ObjectCounters* counters : {&report.job.entities, &report.job.relationships}) {
    total += counters->created + counters->updated + counters->deleted;
  }
  const bool more = total > report.changes.size();
  return extended(std::move(text),
                  ",\"numChanges\":" + std::to_string(total) +
                      ",\"changesTruncated\":" + (more ? "true" : "false"));
}

Response finalize(Account& account, const Request& request, const std::string& job_id) {
  const Result<Json> body = object_body(request);
  if (!body) return engine_error(body.error());
  auto types = partial_types(*body);
  if (!types) return bad_member("partialDatasets", "an object with \"types\", an array of strings");
  FinalizeOptions options;
  options.partial_types = *std::move(types);
  options.dry_run = request.flag("dryRun");
  options.deletion_guard.reset();  // Over HTTP a finalize without uploads empties a scope (O-12).
  const std::optional<std::size_t> samples = samples_of(request);
  if (!samples) return bad_member("changes", kChangesRule);
  options.samples_max = *samples;
  const Result<SyncReport> report = account.database().finalize(job_id, options);
  if (!report) return engine_error(report.error());
  Json answer;
  answer.set("job", Json::Raw{with_outcome(to_json(report->job), *report)});
  if (options.dry_run || request.flag("report")) {
    answer.set("report", Json::Raw{with_total(to_json(*report), *report)});
  }
  return json_response(answer);
}

Response abort(Account& account, const Request& request, const std::string& job_id) {
  const Result<Json> body = object_body(request);
  if (!body) return engine_error(body.error());
  std::string reason = body->text_of("reason");
  // The status is ABORTED in any case; what the client wanted it to be is told with the reason.
  const std::string wanted = body->text_of("terminalStatus");
  if (!wanted.empty()) reason = reason.empty() ? wanted : wanted + ": " + reason;
  const Result<SyncJob> job = account.database().abort_job(job_id, reason);
  return job ? job_answer(*job) : engine_error(job.error());
}

Response add_events(Account& account, const Request& request, const std::string& job_id) {
  const Result<SyncJob> job = account.database().job(job_id);
  if (!job) return engine_error(job.error());
  const Result<Json> body = object_body(request);
  if (!body) return engine_error(body.error());
  const Json* events = body->find("events");
  if (events == nullptr || events->array() == nullptr) return bad_member("events", "an array");
  if (events->array()->size() > kEventsPerRequestMax) {
    return error_response(400, "LIMIT_EXCEEDED", "at most 1000 events are taken in one request");
  }
  for (const Json& event : *events->array()) {
    if (!event.is_object()) return bad_member("events", "an array of objects");
  }
  Json::Array added;
  for (const Json& event : *events->array()) {
    added.push_back(
        account.events().add(job_id, event.text_of("name"), event.text_of("description")));
  }
  Json answer;
  answer.set("events", std::move(added));
  return json_response(answer);
}

Response list_events(Account& account, const std::string& job_id) {
  const Result<SyncJob> job = account.database().job(job_id);
  if (!job) return engine_error(job.error());
  Json answer;
  answer.set("events", account.events().of(job_id));
  return json_response(answer);
}

struct Action {
  std::string_view name;
  const char* route;
  Response (*run)(Account&, const Request&, const std::string&);
};

#define CALLISTO_JOB_ROUTE(name) "POST /persister/synchronization/jobs/{id}/" name
constexpr std::array kActions{
    Action{"upload", CALLISTO_JOB_ROUTE("upload"), upload},
    Action{"entities", CALLISTO_JOB_ROUTE("entities"), upload},
    Action{"relationships", CALLISTO_JOB_ROUTE("relationships"), upload},
    Action{"finalize", CALLISTO_JOB_ROUTE("finalize"), finalize},
    Action{"abort", CALLISTO_JOB_ROUTE("abort"), abort},
    Action{"events", CALLISTO_JOB_ROUTE("events"), add_events},
};
#undef CALLISTO_JOB_ROUTE

// Of a finished job also what its finalize has answered beyond the job itself.
Response job_and_report(Account& account, const Request& request, const std::string& job_id) {
  const std::optional<std::size_t> samples = samples_of(request);
  if (!samples) return bad_member("changes", kChangesRule);
  const Result<SyncJob> job = account.database().job(job_id);
  if (!job) return engine_error(job.error());
  const Result<SyncReport> report = account.database().report(job_id, *samples);
  Json answer;
  answer.set("job", Json::Raw{report ? with_outcome(to_json(*job), *report) : to_json(*job)});
  if (request.flag("report")) {
    answer.set("report", report ? Json(Json::Raw{with_total(to_json(*report), *report)}) : Json());
  }
  return json_response(answer);
}

Response one_job(Account& account, const Request& request, const std::string& job_id) {
  Response response = job_and_report(account, request, job_id);
  response.route = "GET /persister/synchronization/jobs/{id}";
  return response;
}

std::size_t open_jobs(Account& account) {
  const std::vector<SyncJob> jobs = account.database().jobs();
  const auto is_open = [](const SyncJob& job) { return job.status == JobStatus::AwaitingUploads; };
  return static_cast<std::size_t>(std::count_if(jobs.begin(), jobs.end(), is_open));
}

Response all_jobs(Account& account, const Request& request, std::size_t open_jobs_max) {
  if (request.method == "POST") {
    const std::size_t open = open_jobs(account);
    Response response = open < open_jobs_max
                            ? start_job(account, request)
                            : error_response(400,
                                             "LIMIT_EXCEEDED",
                                             "the account has " + std::to_string(open) +
                                                 " sync jobs open: finalize or abort one first");
    response.route = "POST /persister/synchronization/jobs";
    return response;
  }
  Json::Array jobs;
  for (const SyncJob& job : account.database().jobs()) {
    jobs.emplace_back(Json::Raw{to_json(job)});
  }
  Json body;
  body.set("jobs", std::move(jobs));
  Response response = json_response(body);
  response.route = "GET /persister/synchronization/jobs";
  return response;
}

const Action* action_named(std::string_view name) {
  const auto* const found = std::find_if(
      kActions.begin(), kActions.end(), [&](const Action& known) { return known.name == name; });
  return found == kActions.end() ? nullptr : found;
}

}  // namespace

std::optional<Response> refuse_sync_route(const Request& request,
                                          const std::vector<std::string>& path) {
  const bool read = request.method == "GET";
  const bool events = path.size() == 2 && path[1] == "events";
  if (path.empty() || events) {
    if (read || request.method == "POST") return std::nullopt;
    return wrong_method(kReadsAndPost);
  }
  if (path.size() == 1) {
    if (read) return std::nullopt;
    return wrong_method(kReads);
  }
  if (path.size() == 2 && path[1] == "uploadUrl") {
    return error_response(400,
                          "NOT_SUPPORTED",
                          "there is no separate upload location here: send the data to "
                          "jobs/{id}/upload");
  }
  if (path.size() > 2 || action_named(path[1]) == nullptr) {
    return error_response(404, "NOT_FOUND", "there is no such route of a sync job");
  }
  if (request.method == "POST") return std::nullopt;
  return wrong_method("POST");
}

Response serve_sync(Account& account,
                    const Request& request,
                    const std::vector<std::string>& path,
                    std::size_t open_jobs_max) {
  if (path.empty()) return all_jobs(account, request, open_jobs_max);
  if (path.size() == 1) return one_job(account, request, path[0]);
  if (request.method == "GET") {
    Response response = list_events(account, path[0]);
    response.route = "GET /persister/synchronization/jobs/{id}/events";
    return response;
  }
  const Action* const action = action_named(path[1]);
  Response response = action->run(account, request, path[0]);
  response.route = action->route;
  return response;
}

}  // namespace callisto::server
