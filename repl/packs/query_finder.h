// Which strings of a document are queries: JSON and YAML tell it what they read.
#pragma once

#include <string>
#include <vector>

#include "repl/packs/query_file.h"

namespace callisto::repl {

inline constexpr std::size_t kPackDepthMax = 64;

class QueryFinder {
 public:
  // False when a document is nested too deeply.
  [[nodiscard]] bool open(bool map);
  void close();

  // A string, or a key of a map.
  void scalar(FoundQuery found);
  // A number, boolean or null, or an alias that means nothing here.
  void other();

  // Between two documents.
  void next_document() { levels_.clear(); }

  // Whether a string that comes next is a query, not a key.
  [[nodiscard]] bool wants_query() const;

  [[nodiscard]] std::vector<FoundQuery> take() { return std::move(found_); }

 private:
  struct Level {
    bool map = false;
    bool expects_key = false;
    std::string key{};    // Map: of the value that comes.
    std::string under{};  // The key that the map or list is the value of.
  };

  void finish_node();

  std::vector<Level> levels_{};
  std::vector<FoundQuery> found_{};
};

// What the two formats do with it. Errors: see find_queries().
[[nodiscard]] Status read_json(std::string_view content, QueryFinder& finder);
[[nodiscard]] Status read_yaml(std::string_view content, QueryFinder& finder);

}  // namespace callisto::repl
