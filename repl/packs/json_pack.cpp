// JSON, read as events: no document is built.
#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "repl/packs/query_finder.h"

namespace callisto::repl {
namespace {

// Outside of its strings JSON has no quotes: the strings of the events are those of the text, in
// order.
class Handler : public nlohmann::json_sax<nlohmann::json> {
 public:
  Handler(std::string_view content, QueryFinder& finder) : content_(content), finder_(finder) {}

  bool null() override { return pass(); }

  bool boolean(bool /*value*/) override { return pass(); }

  bool number_integer(number_integer_t /*value*/) override { return pass(); }

  bool number_unsigned(number_unsigned_t /*value*/) override { return pass(); }

  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return pass(); }

  bool binary(binary_t& /*value*/) override { return pass(); }

  bool string(string_t& value) override { return take(value); }

  bool key(string_t& value) override { return take(value); }

  bool start_object(std::size_t /*elements*/) override { return open(true); }

  bool start_array(std::size_t /*elements*/) override { return open(false); }

  bool end_object() override {
    finder_.close();
    return true;
  }

  bool end_array() override {
    finder_.close();
    return true;
  }

  bool parse_error(std::size_t position,
                   const std::string& token,
                   const nlohmann::json::exception& error) override {
    std::size_t at = position == 0 ? 0 : position - 1;
    // A text that is good in itself stands at its opening quote.
    if (token.ends_with('"') && token.size() <= position &&
        content_.substr(position - token.size()).starts_with(token)) {
      at = position - token.size();
    }
    const bool comment = at < content_.size() && content_[at] == '/';
    const FilePlace place = place_of(content_, at);
    const std::string what = error.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error …"
    const std::size_t colon = what.find(": ");
    const std::string why = colon == std::string::npos ? what : what.substr(colon + 2);
    status_ = fail(ErrorCode::InvalidInput,
                   std::to_string(place.line) + ":" + std::to_string(place.column) +
                       ": this is not JSON: " + (comment ? "it has no comments" : why));
    return false;
  }

  [[nodiscard]] Status take_status() { return std::move(status_); }

 private:
  bool pass() {
    finder_.other();
    return true;
  }

  bool open(bool map) {
    if (finder_.open(map)) return true;
    status_ = fail(ErrorCode::LimitExceeded,
                   "a document nests at most " + std::to_string(kPackDepthMax) + " deep");
    return false;
  }

  bool take(std::string& value) {
    const std::size_t begin = content_.find('"', cursor_);
    std::size_t end = begin + 1;
    while (end < content_.size() && content_[end] != '"') {
      end += content_[end] == '\\' ? std::size_t{2} : std::size_t{1};
    }
    cursor_ = end + 1;
    finder_.scalar({std::move(value), begin, Quoting::Double});
    return true;
  }

  std::string_view content_;
  QueryFinder& finder_;
  std::size_t cursor_ = 0;
  Status status_{};
};

}  // namespace

Status read_json(std::string_view content, QueryFinder& finder) {
  Handler handler(content, finder);
  // What goes wrong is in the handler's status.
  static_cast<void>(nlohmann::json::sax_parse(content.begin(), content.end(), &handler));
  return handler.take_status();
}

}  // namespace callisto::repl
