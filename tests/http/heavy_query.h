// A query that takes hours on a graph of sixty entities: for what ends, refuses or outlives
// queries.
#pragma once

#include <string>
#include <string_view>

#include "tests/http/http_client.h"

namespace callisto::tests {

// Sixty entities, each linked to all others, and a query over all paths of five steps.
inline constexpr std::string_view kHeavyQuery =
    "FIND n AS a THAT LINKS >> n AS b THAT LINKS >> n AS c THAT LINKS >> n AS d THAT LINKS >> n AS "
    "e "
    "THAT LINKS >> n AS f WHERE a.number != d.number AND b.number != e.number AND c.number != "
    "f.number RETURN SUM(f.number) AS s";

// The graph, as an upload.
[[nodiscard]] std::string heavy_graph();
// Loads it over that connection.
void load_heavy(Wire& wire);

// Bytes of a request with the headers of an account.
[[nodiscard]] std::string request(std::string_view method,
                                  std::string_view path,
                                  std::string_view body);
// The same, of a GraphQL operation that asks for `data` of a J1QL query.
[[nodiscard]] std::string query_request(std::string_view text);

// Whether the server comes to have no connection left: nor any request in work, which would hold
// its own.
[[nodiscard]] bool has_let_all_go(const TestServer& server);

}  // namespace callisto::tests
