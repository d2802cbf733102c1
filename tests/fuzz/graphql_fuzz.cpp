// Any bytes as a GraphQL document: a tree or an error that points into the text; what is a document
// is run, and is answered with data or errors, the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/graphql/executor.h"

namespace {

using namespace callisto;
using namespace callisto::server;

void require(bool holds) {
  if (!holds) std::abort();
}

// Objects, lists and errors for whoever asks.
Result<Json> resolve(const std::string& field, const Json& arguments) {
  if (field.starts_with("delete")) return fail(ErrorCode::NotFound, "there is none");
  Json entity;
  entity.set("_id", "1").set("displayName", field).set("properties", arguments);
  Json out;
  out.set("entity", entity).set("vertices", Json::Array{entity, entity}).set("id", "1");
  return out.set("payload", Json::Array{Json(), entity});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<graphql::Document> document = graphql::parse_document(text);
  if (!document) {
    const Error& error = document.error();
    require(error.span && error.span->begin <= size && !error.message.empty());
  }
  Json variables(Json::Object{});
  variables.set("a", true).set("id", "x");
  const graphql::OperationRequest request{.text = text, .name = {}, .variables = &variables};
  const graphql::Resolvers resolvers{.root = resolve, .nested = {}, .keep = {}};
  const Json answer = graphql::execute(request, graphql::Schema::served(), resolvers);
  require(answer.find("data") != nullptr);
  require(document || answer.find("errors") != nullptr);
  require(to_text(answer) ==
          to_text(graphql::execute(request, graphql::Schema::served(), resolvers)));
  return 0;
}
