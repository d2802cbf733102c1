// Queries kept in files: scripts, lists, question packs, alert rule packs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <callisto/error.h>

namespace callisto::repl {

enum class PackFormat : std::uint8_t {
  J1ql,    // Queries with a `;` after each.
  Json,    // One document.
  Ndjson,  // A document a line.
  Yaml,    // One or more documents.
};

// By the name's ending; by the first characters when that says nothing.
[[nodiscard]] PackFormat format_of(std::string_view path, std::string_view content);

// Whether a file of a folder is looked at: .j1ql .json .ndjson .jsonl .yaml .yml
[[nodiscard]] bool is_query_file(std::string_view path);

[[nodiscard]] std::optional<PackFormat> pack_format_from_text(std::string_view name);
[[nodiscard]] const std::vector<std::string>& pack_format_names();

// How the text of a query is written in its file.
enum class Quoting : std::uint8_t {
  None,    // As it is.
  Double,  // "…" of JSON and YAML, with backslashes.
  Single,  // '…' of YAML.
  Plain,   // YAML without quotes, over several lines perhaps.
  Block,   // YAML after | or >.
};

struct FoundQuery {
  std::string text;
  std::size_t begin = 0;  // Of the opening quote or first character, in the file.
  Quoting quoting = Quoting::None;
};

// All queries of a file, in order. In JSON, NDJSON and YAML a string is a query when it is the
// value of a key `query` or `j1ql` at any depth or in a list under one, a value in a list or map
// under a key `queries` (names, titles and the like aside), an element of a list that is the whole
// document, or the whole document. An alias of YAML counts where its anchor is.
//
// Errors: InvalidInput with line and column: broken JSON or YAML; LimitExceeded: more than 16 MiB
// or 64 levels, so that nested and aliased bombs cost nothing.
// With `bad_lines` a line of NDJSON that is no document is added there, and the others are read.
// Complexity: linear in the file.
[[nodiscard]] Result<std::vector<FoundQuery>> find_queries(std::string_view content,
                                                           PackFormat format,
                                                           std::vector<Error>* bad_lines = nullptr);

struct FilePlace {
  std::size_t line = 1;    // From 1.
  std::size_t column = 1;  // From 1, in characters.
};

[[nodiscard]] FilePlace place_of(std::string_view content, std::size_t offset);

// The same for one offset after the other: going on costs the bytes between.
class PlaceCounter {
 public:
  explicit PlaceCounter(std::string_view content) : content_(content) {}

  [[nodiscard]] FilePlace place(std::size_t offset);

 private:
  std::string_view content_;
  std::size_t counted_ = 0;
  FilePlace place_{};
};

// Where a byte of the text of a query stands in its file.
[[nodiscard]] std::size_t offset_in_file(std::string_view content,
                                         const FoundQuery& query,
                                         std::size_t offset);

// Whether a comment follows a query of YAML without quotes, as in `query: FIND #Tag`.
[[nodiscard]] bool cut_by_comment(std::string_view content, const FoundQuery& query);

}  // namespace callisto::repl
