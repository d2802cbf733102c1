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
#include <vector>

#include <callisto/error.h>

#include "server/json/json.h"

namespace callisto::server {

inline constexpr std::size_t kDocumentBytesMax = std::size_t{256} << 10;
// Of a collection.
inline constexpr std::size_t kDocumentsBytesMax = std::size_t{16} << 20;
inline constexpr std::size_t kDocumentsMax = 10'000;

// One kind of documents, by id. In memory, and in one file that is replaced as a whole on each
// change: a change that was answered is on disk.
class Documents {
 public:
  // `path` empty: in memory only. Errors: Io; Corruption when the file is not what this class
  // writes.
  [[nodiscard]] static Result<std::unique_ptr<Documents>> open(const std::string& path);

  [[nodiscard]] std::vector<Json> all() const;  // By id.
  // Null when there is none.
  [[nodiscard]] Json find(const std::string& id) const;
  // Adds or replaces. Errors: LimitExceeded (one document, all), Io.
  // Complexity: linear in the bytes of the collection.
  Status put(const std::string& id, Json document);
  // Errors: NotFound, Io.
  Status remove(const std::string& id);

 private:
  struct Entry {
    Json document;
    std::size_t bytes = 0;
  };

  explicit Documents(std::string path) : path_(std::move(path)) {}

  Status write(const std::map<std::string, Entry>& entries) const;

  std::string path_;
  mutable std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

}  // namespace callisto::server
