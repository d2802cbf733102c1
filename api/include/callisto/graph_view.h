// One version of the graph, held as long as its reader likes: objects by `_id`, and all of them
// page by page.
//
//   const callisto::GraphView view = db.view();
//   callisto::ObjectsPage page;
//   for (callisto::ObjectsRequest request; ; request.begin = *page.next) {
//     page = view.entities(request);
//     ...
//     if (!page.next) break;
//   }
//
// Values are effective ones. Objects are JSON as queries answer them (j1ql 8.1), except that all
// times are numbers of milliseconds.
// Thread safety: everything here may be used from any number of threads.
// Lifetime: independent of the Database. What later versions change stays in memory while a view of
// an older one is held. A view that was moved from has nothing; entity() and so on give
// InvalidInput.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <callisto/error.h>

namespace callisto {

class Snapshot;

struct ObjectsRequest {
  std::uint64_t begin = 0;   // 0: at the first object; else `next` of the page before.
  std::size_t limit = 1000;  // 0: as many as `bytes_max` lets.
  std::size_t bytes_max = std::size_t{64} << 20;  // The page ends with the object that reaches it.
  bool include_deleted = false;                   // Soft-deleted objects, too.
};

struct ObjectsPage {
  std::vector<std::string> objects{};
  std::optional<std::uint64_t> next{};  // Where the next page begins; none after the last object.
};

class GraphView {
 public:
  // Grows with each change of the graph.
  [[nodiscard]] std::uint64_t version() const;

  // {"id","entity":{..},"properties":{..}}
  // Errors: NotFound (no live entity has this `_id`; with `include_deleted`, no soft-deleted one
  // either). Complexity: the size of the object.
  [[nodiscard]] Result<std::string> entity(std::string_view id, bool include_deleted = false) const;
  // {"id","fromVertexId","toVertexId","relationship":{..},"properties":{..}}
  // Errors and complexity: as entity().
  [[nodiscard]] Result<std::string> relationship(std::string_view id,
                                                 bool include_deleted = false) const;

  // The properties that any layer of a live entity speaks of, by name: also those that a layer
  // makes absent. Errors: NotFound. Complexity: the properties of its type.
  [[nodiscard]] Result<std::vector<std::string>> property_names(std::string_view id) const;

  // In an order that is fixed for this version: every object once over all pages. A `begin` that no
  // page of this version gave starts anywhere, or beyond the end.
  // Complexity: the size of the page, and a test for each 64 rows that are skipped.
  [[nodiscard]] ObjectsPage entities(const ObjectsRequest& request) const;
  [[nodiscard]] ObjectsPage relationships(const ObjectsRequest& request) const;

 private:
  friend class Database;

  explicit GraphView(std::shared_ptr<const Snapshot> snapshot) : snapshot_(std::move(snapshot)) {}

  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace callisto
