// Reads .j1t files.
#include "tests/queries/case_file.h"

#include <fstream>
#include <stdexcept>

namespace callisto::test {

namespace {

bool takes(std::string& line, const std::string& prefix) {
  if (line.compare(0, prefix.size(), prefix) != 0) return false;
  line.erase(0, prefix.size());
  return true;
}

// Scalars as JSON has them, and lists of scalars in brackets.
Value parse_value(const std::string& text) {
  if (text == "true") return true;
  if (text == "false") return false;
  if (text == "null") return Null{};
  if (text.starts_with("\"")) return text.substr(1, text.size() - 2);
  if (!text.starts_with("[")) return std::stod(text);
  List list;
  std::size_t begin = 1;
  while (begin < text.size() - 1) {
    const std::size_t end = std::min(text.find(',', begin), text.size() - 1);
    const Value element = parse_value(text.substr(begin, end - begin));
    if (const auto* string = std::get_if<std::string>(&element)) list.emplace_back(*string);
    if (const auto* number = std::get_if<double>(&element)) list.emplace_back(*number);
    begin = end + 1;
    while (begin < text.size() && text[begin] == ' ') {
      ++begin;
    }
  }
  return list;
}

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path), file_(path) {
    if (!file_) throw std::runtime_error("cannot read " + path);
  }

  std::vector<Case> read() {
    std::string line;
    while (next(line)) {
      if (line.empty() || line.starts_with("#")) {
        expecting_ = false;
      } else {
        take(line);
      }
    }
    return std::move(cases_);
  }

 private:
  bool next(std::string& line) {
    ++number_;
    return static_cast<bool>(std::getline(file_, line));
  }

  void take(std::string line) {
    if (takes(line, "---- ")) {
      if (cases_.empty()) fail("a block before any query");
      cases_.back().expected.push_back({line, {}});
      expecting_ = true;
      return;
    }
    if (expecting_) {
      cases_.back().expected.back().lines.push_back(line);
      return;
    }
    if (takes(line, "graph ")) {
      graph_ = line;
      return;
    }
    for (const std::string kind : {"query", "error", "plan"}) {
      if (line.starts_with(kind + " \"")) {
        begin(kind, line.substr(kind.size() + 2, line.size() - kind.size() - 3));
        return;
      }
    }
    if (cases_.empty()) fail("text before any query");
    if (takes(line, "set ")) {
      set(line);
      return;
    }
    if (define(line)) return;
    std::string& text = cases_.back().text;
    text += (text.empty() ? "" : "\n") + line;
  }

  void begin(const std::string& kind, const std::string& title) {
    cases_.emplace_back();
    Case& made = cases_.back();
    made.line = number_;
    made.kind = kind;
    made.title = title;
    made.graph = graph_;
    made.options.now_ms = 1'700'000'000'000;
  }

  void set(std::string line) {
    QueryOptions& options = cases_.back().options;
    if (takes(line, "now ")) {
      options.now_ms = std::stoll(line);
    } else if (line == "deleted") {
      options.include_deleted = true;
    } else if (line == "metadata") {
      options.row_metadata = true;
    } else if (line == "revisit") {
      options.revisit_vertices = true;
    } else if (line == "layer integration") {
      options.layer = LayerView::Integration;
    } else if (takes(line, "timeout_ms ")) {
      options.limits.timeout_ms = std::stol(line);
    } else if (takes(line, "rows_max ")) {
      options.limits.rows_max = std::stoul(line);
    } else if (const std::size_t equal = line.find(" = "); equal != std::string::npos) {
      options.variables[line.substr(0, equal)] = parse_value(line.substr(equal + 3));
    } else {
      fail("unknown setting " + line);
    }
  }

  bool define(std::string line) {
    Case& current = cases_.back();
    std::vector<ScopeFilter>& scopes = current.options.scope_filters;
    if (takes(line, "define ")) {
      const std::size_t equal = line.find(" = ");
      current.definitions.smart_classes[line.substr(0, equal)].push_back(line.substr(equal + 3));
      return true;
    }
    if (takes(line, "store ")) {
      const std::size_t equal = line.find(" = ");
      current.definitions.parameters[line.substr(0, equal)] = parse_value(line.substr(equal + 3));
      return true;
    }
    const bool another = takes(line, "or scope ");
    if (!another && !takes(line, "scope ")) return false;
    if (another || scopes.empty()) scopes.emplace_back();
    const std::size_t equal = line.find(" = ");
    scopes.back()[line.substr(0, equal)] = parse_value(line.substr(equal + 3));
    return true;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(path_ + ":" + std::to_string(number_) + ": " + what);
  }

  std::string path_;
  std::ifstream file_;
  int number_ = 0;
  std::string graph_;
  bool expecting_ = false;
  std::vector<Case> cases_;
};

}  // namespace

std::vector<Case> read_cases(const std::string& path) {
  return Reader(path).read();
}

}  // namespace callisto::test
