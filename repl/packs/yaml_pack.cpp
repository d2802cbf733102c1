// YAML, read as events: no document is built and no alias is followed. The only door to yaml-cpp.
#include <algorithm>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "repl/packs/query_finder.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>
#include <yaml-cpp/yaml.h>

namespace callisto::repl {
namespace {

struct TooDeep : std::runtime_error {
  using std::runtime_error::runtime_error;
};

Quoting quoting_of(std::string_view content, std::size_t begin) {
  switch (begin < content.size() ? content[begin] : '\0') {
    case '"':
      return Quoting::Double;
    case '\'':
      return Quoting::Single;
    case '|':
    case '>':
      return Quoting::Block;
    default:
      return Quoting::Plain;
  }
}

// Past an anchor and a tag before a scalar: `&a !!str text`.
std::size_t past_properties(std::string_view content, std::size_t begin) {
  while (begin < content.size() && (content[begin] == '&' || content[begin] == '!')) {
    begin = content.find_first_of(" \t\r\n", begin);
    if (begin == std::string_view::npos) return content.size();
    begin = std::min(content.find_first_not_of(" \t\r\n", begin), content.size());
  }
  return begin;
}

// The library writes `\_` and `\N` as single bytes, which are no characters of UTF-8.
std::string with_whole_characters(const std::string& text) {
  std::string whole;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == 0xA0 || byte == 0x85) whole += '\xC2';
    const std::size_t size = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    whole.append(text, i, size);
    i += size;
  }
  return whole;
}

// What the library says of mistakes that people make with queries.
std::string in_plain_words(const std::string& message) {
  if (message == "illegal map value") return "a text with \": \" in it stands in quotes or after |";
  if (message == "end of map not found") {
    return "something stands behind a text in quotes, or a line is indented wrongly";
  }
  if (message == "illegal block entry") return "a list begins where none may";
  return message;
}

// The column of a tab in the indentation of a line, list marks included.
std::optional<std::size_t> indenting_tab(std::string_view content, int line) {
  std::size_t begin = 0;
  for (; line > 0 && begin < content.size(); --line)
    begin = std::min(content.find('\n', begin), content.size() - 1) + 1;
  for (std::size_t at = begin; at < content.size(); ++at) {
    if (content[at] == '\t') return at - begin;
    if (content[at] != ' ' && content[at] != '-') break;
  }
  return std::nullopt;
}

// What is wrong and where. The library sees a tab late, and as something else.
std::string problem_words(std::string_view content, const YAML::Exception& error) {
  const auto place = [](int line, std::size_t column) {
    return std::to_string(line + 1) + ":" + std::to_string(column + 1) + ": this is not YAML: ";
  };
  for (const int line : {error.mark.line, error.mark.line - 1}) {
    const std::optional<std::size_t> tab = indenting_tab(content, line);
    if (line < 0 || !tab) continue;
    return place(line, *tab) + "a tab stands in the indentation, where YAML takes blanks only";
  }
  return place(error.mark.line, static_cast<std::size_t>(std::max(0, error.mark.column))) +
         in_plain_words(error.msg);
}

class Handler : public YAML::EventHandler {
 public:
  Handler(std::string_view content, QueryFinder& finder) : content_(content), finder_(finder) {}

  void OnDocumentStart(const YAML::Mark& /*mark*/) override { finder_.next_document(); }

  void OnDocumentEnd() override { anchors_.clear(); }

  void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override { finder_.other(); }

  void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t anchor) override {
    const auto named = anchors_.find(anchor);
    if (named != anchors_.end() && finder_.wants_query()) {
      finder_.scalar(named->second);
    } else {
      finder_.other();
    }
  }

  void OnScalar(const YAML::Mark& mark,
                const std::string& /*tag*/,
                YAML::anchor_t anchor,
                const std::string& value) override {
    const std::size_t begin =
        past_properties(content_, mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos));
    FoundQuery found{with_whole_characters(value), begin, quoting_of(content_, begin)};
    if (anchor != 0) anchors_.insert_or_assign(anchor, found);
    finder_.scalar(std::move(found));
  }

  void OnSequenceStart(const YAML::Mark& /*mark*/,
                       const std::string& /*tag*/,
                       YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {
    open(false);
  }

  void OnSequenceEnd() override { finder_.close(); }

  void OnMapStart(const YAML::Mark& /*mark*/,
                  const std::string& /*tag*/,
                  YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    open(true);
  }

  void OnMapEnd() override { finder_.close(); }

 private:
  // Thrown before the library goes a call deeper.
  void open(bool map) {
    if (!finder_.open(map)) {
      throw TooDeep("a document nests at most " + std::to_string(kPackDepthMax) + " deep");
    }
  }

  std::string_view content_;
  QueryFinder& finder_;
  std::map<YAML::anchor_t, FoundQuery> anchors_{};
};

}  // namespace

Status read_yaml(std::string_view content, QueryFinder& finder) {
  try {  // What the library throws ends here.
    std::istringstream stream{std::string(content)};
    YAML::Parser parser(stream);
    Handler handler(content, finder);
    while (parser.HandleNextDocument(handler)) {
    }
  } catch (const TooDeep& error) {
    return fail(ErrorCode::LimitExceeded, error.what());
  } catch (const YAML::Exception& error) {
    return fail(ErrorCode::InvalidInput, problem_words(content, error));
  }
  return {};
}

}  // namespace callisto::repl
