// J1QL over the wire: queryV1 and queryV2 with variables, cursors, deferred documents and CSV.
// Source: wire-api 8 and 9, D26, D27.
#pragma once

#include <string>
#include <vector>

#include "server/accounts.h"
#include "server/config.h"
#include "server/http/message.h"
#include "server/service/allowance.h"
#include "server/service/result_store.h"

namespace callisto::server {

// Who asks, and what the request may use.
struct Asker {
  Account& account;
  const Request& request;
  Allowance& allowance;
};

class QueryService {
 public:
  QueryService(const ServiceLimits& limits, ResultStore& results)
      : limits_(limits), results_(results) {}

  [[nodiscard]] const ServiceLimits& limits() const { return limits_; }

  // The fields of QueryV1Response for the arguments of queryV1; CSV is always deferred. A page
  // beyond the first comes from the graph version of the first, as long as the cursor is known.
  //
  // Errors: those of the query; NotFound (a cursor that is gone), InvalidInput.
  Result<Json> query_v1(const Asker& asker, const Json& arguments);
  // queryV2: always deferred.
  Result<Json> query_v2(const Asker& asker, const Json& arguments);
  // {"vertices", "edges"} of a query; of one without RETURN, as if it had said RETURN TREE.
  // Errors: those of the query; InvalidInput when it returns something else.
  static Result<Json> query_graph(const Asker& asker, const Json& arguments);

  // GET /deferred/{name}/{page}/{state.json|results.json|results.csv}; needs no credentials.
  [[nodiscard]] Response serve_deferred(const Request& request,
                                        const std::vector<std::string>& path);

  // The rows of a list, each as JSON, or of a table as objects. For resolvers: `text` is a
  // constant, values are variables; a path may pass a vertex twice.
  [[nodiscard]] static Result<std::vector<std::string>> rows(const Asker& asker,
                                                             std::string_view text,
                                                             QueryOptions options);
  // {"vertices", "edges"} of a query that returns a tree, likewise.
  [[nodiscard]] static Result<std::string> tree(const Asker& asker,
                                                std::string_view text,
                                                QueryOptions options);

 private:
  struct Page {
    StoredResultPtr stored{};
    std::string name{};  // "" when it is not kept.
    std::size_t number = 0;
  };

  static Result<StoredResult> run(const Asker& asker,
                                  const std::string& text,
                                  const Json& arguments);
  [[nodiscard]] Result<Page> page_of(const Account& account, const std::string& cursor) const;
  Result<Page> first_page(const Asker& asker, const Json& arguments, bool deferred);
  [[nodiscard]] Json deferred(const std::string& name,
                              std::size_t page,
                              const Request& request) const;

  ServiceLimits limits_;
  ResultStore& results_;
};

}  // namespace callisto::server
