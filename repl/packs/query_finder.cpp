#include "repl/packs/query_finder.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace callisto::repl {

namespace {

bool is_query_key(std::string_view key) {
  return key == "query" || key == "j1ql";
}

// What stands beside the text of a query.
bool describes_query(std::string_view key) {
  constexpr std::array<std::string_view, 7> kKeys = {
      "description", "id", "name", "resultsAre", "title", "type", "version"};
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
}

}  // namespace

bool QueryFinder::open(bool map) {
  if (levels_.size() >= kPackDepthMax) return false;
  Level level{.map = map, .expects_key = map};
  if (!levels_.empty() && levels_.back().map && !levels_.back().expects_key) {
    level.under = levels_.back().key;
  }
  levels_.push_back(std::move(level));
  return true;
}

void QueryFinder::close() {
  levels_.pop_back();
  finish_node();
}

// After a key comes its value, after that the next key.
void QueryFinder::finish_node() {
  if (levels_.empty() || !levels_.back().map) return;
  Level& level = levels_.back();
  if (level.expects_key) level.key.clear();
  level.expects_key = !level.expects_key;
}

bool QueryFinder::wants_query() const {
  if (levels_.empty()) return true;
  const Level& level = levels_.back();
  if (!level.map)
    return levels_.size() == 1 || is_query_key(level.under) || level.under == "queries";
  if (level.expects_key) return false;
  // A map of queries has names of them for keys.
  return is_query_key(level.key) || (level.under == "queries" && !describes_query(level.key));
}

void QueryFinder::scalar(FoundQuery found) {
  if (!levels_.empty() && levels_.back().map && levels_.back().expects_key) {
    levels_.back().key = std::move(found.text);
    levels_.back().expects_key = false;
    return;
  }
  if (wants_query()) found_.push_back(std::move(found));
  finish_node();
}

void QueryFinder::other() {
  finish_node();
}

}  // namespace callisto::repl
