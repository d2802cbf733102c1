#include "server/service/graphql_route.h"

#include <utility>

#include "server/graphql/executor.h"
#include "server/service/answers.h"

namespace callisto::server {
namespace {

constexpr std::size_t kBodyBytesMax = std::size_t{32} << 20;  // Of a batch with its variables.
constexpr std::size_t kRefusedOneByOneMax = 1000;

Json refused(const std::string& message, const char* code) {
  Json extensions;
  extensions.set("code", code);
  Json error;
  error.set("message", message).set("extensions", std::move(extensions));
  Json out;
  out.set("errors", Json::Array{std::move(error)});
  return out.set("data", Json());
}

graphql::Resolvers resolvers_of(FieldContext& context) {
  const auto root = [&context](const std::string& field, const Json& arguments) -> Result<Json> {
    const FieldEntry* const entry = find_field(field);
    if (entry == nullptr) return fail(ErrorCode::Internal, field + " has no resolver");
    Status going = entry->changes ? context.allowance.begin_change() : context.allowance.check();
    if (!going) return tl::make_unexpected(std::move(going).error());
    return entry->resolve(context, arguments);
  };
  const auto nested = [&context](std::string_view type,
                                 const std::string& field,
                                 const Json& object,
                                 const Json& arguments) {
    return nested_field(context, type, field, object, arguments);
  };
  const auto keep = [&context](std::size_t bytes) { return context.allowance.keep(bytes); };
  return {.root = root, .nested = nested, .keep = keep};
}

Json run_operation(FieldContext& context, const ServiceLimits& limits, const Json& operation) {
  const Json* document = operation.find("query");
  if (document == nullptr || document->text() == nullptr) {
    return refused("Must provide query string.", "BAD_REQUEST");
  }
  if (document->text()->size() > limits.graphql_bytes_max) {
    return refused(
        "the document has more than " + std::to_string(limits.graphql_bytes_max) + " bytes",
        "LIMIT_EXCEEDED");
  }
  const Json* variables = operation.find("variables");
  if (variables != nullptr && !variables->is_null() && !variables->is_object()) {
    return refused("\"variables\" must be an object.", "BAD_REQUEST");
  }
  const std::string name = operation.text_of("operationName");
  Json answer = graphql::execute({.text = *document->text(),
                                  .name = name,
                                  .variables = variables,
                                  .introspection = context.on_loopback},
                                 graphql::Schema::served(),
                                 resolvers_of(context));
  if (context.hidden.empty()) return answer;
  Json extensions;
  extensions.set("hiddenByOverrides", std::exchange(context.hidden, {}));
  answer.set("extensions", std::move(extensions));
  return answer;
}

}  // namespace

Response serve_graphql(FieldContext& context, const ServiceLimits& limits) {
  const std::string& body = context.request.body;
  if (body.size() > kBodyBytesMax) {
    return error_response(413, "RequestEntityTooLargeException", "the body is too large");
  }
  const Result<Json> json = parse_json(body);
  // Clients repeat what is not answered with 200, whatever it is, and lose the message.
  if (!json) return json_response(refused(json.error().message, "BAD_REQUEST"));
  const Json::Array* batch = json->array();
  if (batch == nullptr) return json_response(run_operation(context, limits, *json));
  if (batch->size() > limits.batch_operations_max) {
    const Json error = refused(
        "a batch holds at most " + std::to_string(limits.batch_operations_max) + " operations",
        "LIMIT_EXCEEDED");
    if (batch->size() > kRefusedOneByOneMax) return json_response(error);
    return json_response(Json::Array(batch->size(), error));
  }
  Json::Array out;
  for (const Json& operation : *batch) {
    if (Status going = context.allowance.check(); !going) {
      out.push_back(refused(going.error().message, name_of(going.error().code)));
      continue;
    }
    out.push_back(run_operation(context, limits, operation));
  }
  return json_response(out);
}

}  // namespace callisto::server
