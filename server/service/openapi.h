// The description of the REST routes that /openapi.json answers.
#pragma once

#include <string_view>

namespace callisto::server {

// OpenAPI 3.0.3. A test walks its paths on a running server, so none can be left out or made up.
inline constexpr std::string_view kOpenApi = R"({
"openapi":"3.0.3",
"info":{"title":"Callisto","version":"1","description":"JupiterOne's synchronization API and GraphQL, and what explains overrides."},
"components":{
 "securitySchemes":{"token":{"type":"http","scheme":"bearer"}},
 "parameters":{
  "account":{"name":"JupiterOne-Account","in":"header","required":true,"schema":{"type":"string"}},
  "id":{"name":"id","in":"path","required":true,"schema":{"type":"string"}}},
 "schemas":{
  "Error":{"type":"object","required":["error"],"properties":{"error":{"type":"object","required":["code","message"],"properties":{"code":{"type":"string"},"message":{"type":"string"}}}}},
  "Start":{"type":"object","properties":{"source":{"type":"string","enum":["api","integration-managed","integration-external","system-internal"]},"scope":{"type":"string"},"syncMode":{"type":"string","enum":["DIFF","PATCH","CROSS_SCOPE","CREATE_OR_UPDATE","OVERRIDE"]},"integrationInstanceId":{"type":"string"},"integrationJobId":{"type":"string"},"author":{"type":"string"},"reason":{"type":"string"},"reviewBy":{"type":"number"}}},
  "Upload":{"type":"object","properties":{"entities":{"type":"array","items":{"type":"object"}},"relationships":{"type":"array","items":{"type":"object"}},"deleteEntities":{"type":"array","items":{"type":"object"}},"deleteRelationships":{"type":"array","items":{"type":"object"}}}},
  "Job":{"type":"object","properties":{"job":{"type":"object","properties":{"id":{"type":"string"},"status":{"type":"string"},"syncMode":{"type":"string"}}}}}},
 "responses":{
  "job":{"description":"The job","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Job"}}}},
  "json":{"description":"The answer","content":{"application/json":{}}},
  "error":{"description":"Why not","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Error"}}}}}},
"security":[{"token":[]}],
"paths":{
 "/persister/synchronization/jobs":{
  "get":{"summary":"All jobs, the latest first","parameters":[{"$ref":"#/components/parameters/account"}],"responses":{"200":{"$ref":"#/components/responses/json"}}},
  "post":{"summary":"Starts a job","parameters":[{"$ref":"#/components/parameters/account"}],"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Start"}}}},"responses":{"200":{"$ref":"#/components/responses/job"},"400":{"$ref":"#/components/responses/error"},"403":{"$ref":"#/components/responses/error"}}}},
 "/persister/synchronization/jobs/{id}":{
  "get":{"summary":"One job","parameters":[{"$ref":"#/components/parameters/account"},{"$ref":"#/components/parameters/id"}],"responses":{"200":{"$ref":"#/components/responses/job"},"404":{"$ref":"#/components/responses/error"}}}},
 "/persister/synchronization/jobs/{id}/upload":{
  "post":{"summary":"Adds entities, relationships and delete lists; query flags ignoreDuplicates and ignoreIllegalProperties","parameters":[{"$ref":"#/components/parameters/account"},{"$ref":"#/components/parameters/id"}],"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Upload"}}}},"responses":{"200":{"$ref":"#/components/responses/job"},"400":{"$ref":"#/components/responses/error"},"413":{"$ref":"#/components/responses/error"}}}},
 "/persister/synchronization/jobs/{id}/entities":{
  "post":{"summary":"Adds entities","parameters":[{"$ref":"#/components/parameters/account"},{"$ref":"#/components/parameters/id"}],"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Upload"}}}},"responses":{"200":{"$ref":"#/components/responses/job"}}}},
 "/persister/synchronization/jobs/{id}/relationships":{
  "post":{"summary":"Adds relationships","parameters":[{"$ref":"#/components/parameters/account"},{"$ref":"#/components/parameters/id"}],"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Upload"}}}},"responses":{"200":{"$ref":"#/components/responses/job"}}}},
 "/persister/synchronization/jobs/{id}/finalize":{
  "post":{"summary":"Brings the job into the graph; ?dryRun=true only shows what would change, ?report=true adds the report","parameters":[{"$ref":"#/components/parameters/account"},{"$ref":"#/components/parameters/id"}],"responses":{"200":{"$ref":"#/components/responses/job"}}}},
 "/persister/synchronization/jobs/{id}/abort":{
  "post":{"summary":"Ends a job without effect","parameters":[{"$ref":"#/components/parameters/account"},{"$ref":"#/components/parameters/id"}],"responses":{"200":{"$ref":"#/components/responses/job"}}}},
 "/persister/synchronization/jobs/{id}/events":{
  "get":{"summary":"What the integration reported","parameters":[{"$ref":"#/components/parameters/account"},{"$ref":"#/components/parameters/id"}],"responses":{"200":{"$ref":"#/components/responses/json"}}},
  "post":{"summary":"Adds events","parameters":[{"$ref":"#/components/parameters/account"},{"$ref":"#/components/parameters/id"}],"responses":{"200":{"$ref":"#/components/responses/json"}}}},
 "/graphql":{"post":{"summary":"GraphQL, one operation or an array of them; / and /rules/graphql are the same","parameters":[{"$ref":"#/components/parameters/account"}],"responses":{"200":{"$ref":"#/components/responses/json"}}}},
 "/j1ql/validate":{"post":{"summary":"Checks up to 250 queries","parameters":[{"$ref":"#/components/parameters/account"}],"responses":{"200":{"$ref":"#/components/responses/json"}}}},
 "/v1/why":{"get":{"summary":"All layers of ?property= of ?entity=, and which one decides","parameters":[{"$ref":"#/components/parameters/account"}],"responses":{"200":{"$ref":"#/components/responses/json"}}}},
 "/v1/overrides":{"get":{"summary":"Overrides by ?scope=, ?state=, ?entity=, ?property=","parameters":[{"$ref":"#/components/parameters/account"}],"responses":{"200":{"$ref":"#/components/responses/json"}}}},
 "/v1/summary":{"get":{"summary":"How much the graph holds","parameters":[{"$ref":"#/components/parameters/account"}],"responses":{"200":{"$ref":"#/components/responses/json"}}}},
 "/entities":{"get":{"summary":"All entities of one graph version, page by page: ?limit=, ?cursor=, ?includeDeleted=true","parameters":[{"$ref":"#/components/parameters/account"}],"responses":{"200":{"$ref":"#/components/responses/json"},"422":{"$ref":"#/components/responses/error"}}}},
 "/relationships":{"get":{"summary":"All relationships, as /entities","parameters":[{"$ref":"#/components/parameters/account"}],"responses":{"200":{"$ref":"#/components/responses/json"},"422":{"$ref":"#/components/responses/error"}}}},
 "/entities/{id}/raw-data":{"get":{"summary":"What raw data an entity has; /entities/{id}/raw-data/{name}/versions/latest answers it","parameters":[{"$ref":"#/components/parameters/account"},{"$ref":"#/components/parameters/id"}],"responses":{"200":{"$ref":"#/components/responses/json"},"404":{"$ref":"#/components/responses/error"}}}},
 "/metrics":{"get":{"summary":"Prometheus figures","responses":{"200":{"description":"Text","content":{"text/plain":{}}}}}},
 "/healthz":{"get":{"security":[],"summary":"Whether the process answers","responses":{"200":{"$ref":"#/components/responses/json"}}}},
 "/readyz":{"get":{"security":[],"summary":"Whether the graphs are open","responses":{"200":{"$ref":"#/components/responses/json"}}}}
}})";

}  // namespace callisto::server
