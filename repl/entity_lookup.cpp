// Lookup by J1QL: the same names that queries see.
#include "repl/entity_lookup.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace callisto::repl {
namespace {

constexpr std::size_t kNamed = 3;  // Candidates that an ambiguous name lists.

struct Candidate {
  std::string id;
  std::string words;  // "web-1 (aws_instance) 6f0c…"
};

Result<std::vector<Candidate>> candidates(Console& console,
                                          const std::string& property,
                                          const std::string& name) {
  const std::string query = "FIND * WITH " + property + " = " + quoted(name) +
                            " AS e RETURN e._id, e.displayName, e._type LIMIT " +
                            std::to_string(kNamed + 1);
  QueryOptions options = query_options(console.settings);
  options.variables.clear();
  options.limits.rows_max = 0;
  options.layer = LayerView::Effective;
  CALLISTO_TRY(QueryResult result, console.session.run(query, options));
  std::vector<Candidate> found;
  while (true) {
    CALLISTO_TRY(const RowBatch* batch, result.next());
    if (batch == nullptr) return found;
    for (std::size_t row = 0; row < batch->rows(); ++row) {
      const std::string id = cell_plain(cell_of(*batch, row, 0));
      found.push_back({id,
                       cell_plain(cell_of(*batch, row, 1)) + " (" +
                           cell_plain(cell_of(*batch, row, 2)) + ") " + id});
    }
  }
}

// An `_id` as it is written: 8-4-4-4-12 hexadecimal digits.
bool looks_like_id(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) {
      return false;
    }
  }
  return true;
}

tl::unexpected<Error> ambiguous(const std::vector<Candidate>& found,
                                const std::string& property,
                                const std::string& name) {
  Error error;
  error.code = ErrorCode::InvalidInput;
  error.message = (found.size() > kNamed ? std::string("More than ") + std::to_string(kNamed)
                                         : std::to_string(found.size())) +
                  " entities have the " + property + " '" + name + "': give the _id of one.";
  for (std::size_t i = 0; i < std::min(found.size(), kNamed); ++i) {
    error.hints.push_back(found[i].words);
  }
  return tl::make_unexpected(std::move(error));
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + '"';
}

Result<std::string> find_entity(Console& console, const std::string& name) {
  // Queries do not see what was deleted, but its overrides may wait for its return: an id is
  // enough.
  if (looks_like_id(name)) return name;
  CALLISTO_TRY(const std::vector<Candidate> keyed, candidates(console, "_key", name));
  if (keyed.size() == 1) return keyed.front().id;
  if (!keyed.empty()) return ambiguous(keyed, "_key", name);
  CALLISTO_TRY(std::vector<Candidate> called, candidates(console, "displayName", name));
  const bool displayed = !called.empty();
  CALLISTO_TRY(const std::vector<Candidate> named, candidates(console, "name", name));
  for (const Candidate& one : named) {
    const bool known = std::any_of(
        called.begin(), called.end(), [&](const Candidate& other) { return other.id == one.id; });
    if (!known) called.push_back(one);
  }
  if (called.size() == 1) return called.front().id;
  if (!called.empty()) {
    const char* what = named.empty() ? "displayName" : displayed ? "displayName or name" : "name";
    return ambiguous(called, what, name);
  }
  Error error;
  error.code = ErrorCode::NotFound;
  error.message = "No entity has the _id, _key, displayName or name '" + name + "'.";
  error.hints.push_back("FIND \"" + name + "\" searches the text of all properties.");
  return tl::make_unexpected(std::move(error));
}

Result<std::pair<std::string, std::string>> find_entity_and_property(
    Console& console, const std::vector<std::string>& words) {
  if (words.size() == 2) {
    CALLISTO_TRY(std::string id, find_entity(console, words[0]));
    return std::pair(std::move(id), words[1]);
  }
  if (words.size() == 1) {
    const std::string& word = words.front();
    std::optional<Error> first_error;
    for (std::size_t dot = word.rfind('.'); dot != std::string::npos && dot > 0;
         dot = word.rfind('.', dot - 1)) {
      Result<std::string> id = find_entity(console, word.substr(0, dot));
      if (id) return std::pair(std::move(*id), word.substr(dot + 1));
      if (id.error().code != ErrorCode::NotFound) return tl::make_unexpected(id.error());
      if (!first_error) first_error = id.error();
    }
    if (first_error) return tl::make_unexpected(*first_error);
  }
  return fail(ErrorCode::InvalidInput,
              "Name an entity and a property: web-1 criticality, or web-1.criticality.");
}

}  // namespace callisto::repl
