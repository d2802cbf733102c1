// Names of a row as a JSON object.
#include <unordered_set>

#include <callisto/query_result.h>

namespace callisto {

std::vector<std::string> json_labels(const std::vector<std::string>& columns) {
  std::vector<std::string> labels;
  std::unordered_set<std::string_view> known;
  for (const std::string& column : columns) {
    std::string& label = labels.emplace_back();
    if (!known.insert(column).second) continue;
    label = labels.size() == 1 ? "{" : ",";
    append_json_string(label, column);
    label += ':';
  }
  return labels;
}

}  // namespace callisto
