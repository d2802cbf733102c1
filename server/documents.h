// What clients keep beside the graph of an account: saved questions, integration instances, raw
// data.
//
// Thread safety: all functions from any thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <callisto/database.h>
#include <callisto/error.h>

#include "server/json/json.h"

namespace callisto::server {

inline constexpr std::size_t kDocumentBytesMax = std::size_t{256} << 10;
// Of a collection.
inline constexpr std::size_t kDocumentsBytesMax = std::size_t{16} << 20;
inline constexpr std::size_t kDocumentsMax = 10'000;

// One kind of documents, by id: those of a collection of the account's database, parsed. A change
// that was answered is on disk.
class Documents {
 public:
  // `database` must outlive it. `directory`: where versions before kept the collection as a file;
  // empty: nowhere. Errors: Io; Corruption.
  [[nodiscard]] static Result<std::unique_ptr<Documents>> open(Database& database,
                                                               const std::string& collection,
                                                               const std::string& directory);

  [[nodiscard]] std::vector<Json> all() const;  // By id.
  // Null when there is none.
  [[nodiscard]] Json find(const std::string& id) const;
  // Adds or replaces. Errors: LimitExceeded (one document, all), Io.
  // Complexity: linear in the documents of the collection.
  Status put(const std::string& id, Json document);
  // Errors: NotFound, Io.
  Status remove(const std::string& id);

 private:
  struct Entry {
    Json document;
    std::size_t bytes = 0;
  };

  Documents(Database& database, std::string collection)
      : database_(database), collection_(std::move(collection)) {}

  Status take_over(const std::string& directory);

  Database& database_;
  std::string collection_;
  mutable std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

}  // namespace callisto::server
