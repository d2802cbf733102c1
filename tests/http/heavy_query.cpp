#include "tests/http/heavy_query.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/eventually.h"

namespace callisto::tests {

namespace {

constexpr int kEntities = 60;

}  // namespace

std::string heavy_graph() {
  std::string entities;
  std::string relationships;
  for (int i = 0; i < kEntities; ++i) {
    entities += fmt::format(
        R"({}{{"_key":"n{}","_type":"n","_class":"N","number":{}}})", i == 0 ? "" : ",", i, i);
    for (int j = 0; j < kEntities; ++j) {
      if (i == j) continue;
      relationships += fmt::format(
          R"({}{{"_key":"{}-{}","_type":"n_links_n","_class":"LINKS","_fromEntityKey":"n{}","_toEntityKey":"n{}"}})",
          relationships.empty() ? "" : ",",
          i,
          j,
          i,
          j);
    }
  }
  return fmt::format(R"({{"entities":[{}],"relationships":[{}]}})", entities, relationships);
}

void load_heavy(Wire& wire) {
  const std::string jobs = "/persister/synchronization/jobs";
  wire.send(request("POST", jobs, R"({"scope":"heavy"})"));
  const std::string job = jobs + "/" + wire.read().text("job.id");
  wire.send(request("POST", job + "/upload", heavy_graph()));
  REQUIRE(wire.read().status == 200);
  wire.send(request("POST", job + "/finalize", ""));
  REQUIRE(wire.read().number("job.numRelationshipsCreated") == kEntities * (kEntities - 1));
}

std::string request(std::string_view method, std::string_view path, std::string_view body) {
  return fmt::format(
      "{} {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\nJupiterOne-Account: acme\r\n"
      "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
      method,
      path,
      body.size(),
      body);
}

std::string query_request(std::string_view text) {
  server::Json variables;
  variables.set("q", text);
  server::Json body;
  body.set("query", "query Q($q: String!) { queryV1(query: $q) { data } }");
  body.set("variables", std::move(variables));
  return request("POST", "/graphql", to_text(body));
}

bool has_let_all_go(const TestServer& server) {
  return eventually([&] { return server.http().figures().connections_open == 0; });
}

}  // namespace callisto::tests
