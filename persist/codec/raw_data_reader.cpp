#include "persist/codec/raw_data_reader.h"

#include <utility>

#include <fmt/format.h>

#include "persist/codec/json_document.h"
#include "persist/codec/raw_data.h"
#include <callisto/input_limits.h>

namespace callisto::persist {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kText = "text/plain";
constexpr std::string_view kDefaultName = "default";

constexpr const char* kForm =
    "expected a list of {\"name\", \"rawData\"}, or an object of {\"body\", \"contentType\"} by "
    "name";

// The text of a member; empty when it is null or missing. False: it is something else.
bool read_text(simdjson::dom::object object, std::string_view name, std::string_view& out) {
  simdjson::dom::element element;
  out = {};
  if (object[name].get(element) != simdjson::SUCCESS || element.is_null()) return true;
  return element.get(out) == simdjson::SUCCESS;
}

}  // namespace

bool is_json_text(std::string_view text) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  return parse_json(parser, text, root) == simdjson::SUCCESS;
}

RawDocument RawDataReader::document(std::string_view name,
                                    Element body,
                                    std::string_view content_type) {
  RawDocument made;
  made.name = name;
  std::string_view text;
  if (body.get(text) != simdjson::SUCCESS) {
    made.content_type = kJson;
    made.data = simdjson::minify(body);
    return made;
  }
  made.content_type = content_type.empty() ? kText : content_type;
  made.data = text;
  Element parsed;
  if (content_type == kJson && parse_json(text_parser_, text, parsed) != simdjson::SUCCESS) {
    made.content_type = kText;
  }
  return made;
}

void RawDataReader::add(std::string_view name,
                        Element body,
                        std::string_view content_type,
                        std::vector<RawDocument>& out) {
  if (body.is_null()) return;
  put_document(document(name.empty() ? kDefaultName : name, body, content_type), out);
}

bool RawDataReader::read_list(simdjson::dom::array list, std::vector<RawDocument>& out) {
  for (const Element item : list) {
    simdjson::dom::object object;
    std::string_view name;
    std::string_view content_type;
    if (item.get(object) != simdjson::SUCCESS || !read_text(object, "name", name) ||
        !read_text(object, "contentType", content_type)) {
      return false;
    }
    Element body;
    if (object["rawData"].get(body) == simdjson::SUCCESS ||
        object["data"].get(body) == simdjson::SUCCESS) {
      add(name, body, content_type, out);
    } else if (name.empty()) {  // With a name: JavaScript leaves out what is undefined.
      return false;
    }
  }
  return true;
}

bool RawDataReader::read_map(simdjson::dom::object map, std::vector<RawDocument>& out) {
  for (const auto [name, value] : map) {
    simdjson::dom::object object;
    std::string_view content_type;
    Element body;
    if (value.get(object) != simdjson::SUCCESS || object["body"].get(body) != simdjson::SUCCESS ||
        !read_text(object, "contentType", content_type)) {
      return false;
    }
    add(name, body, content_type, out);
  }
  return true;
}

Result<std::vector<RawDocument>> RawDataReader::read(std::string_view json) {
  Element root;
  if (const auto code = parse_json(parser_, json, root)) {
    return fail(ErrorCode::InvalidInput,
                fmt::format("it is no valid JSON: {}", simdjson::error_message(code)));
  }
  std::vector<RawDocument> documents;
  if (root.is_null()) return documents;
  simdjson::dom::array list;
  simdjson::dom::object map;
  const bool good = root.get(list) == simdjson::SUCCESS  ? read_list(list, documents)
                    : root.get(map) == simdjson::SUCCESS ? read_map(map, documents)
                                                         : false;
  if (!good) return fail(ErrorCode::InvalidInput, kForm);
  if (documents.size() > kRawDocumentsMax) {
    return fail(
        ErrorCode::InvalidInput,
        fmt::format("{} documents are too many (at most {})", documents.size(), kRawDocumentsMax));
  }
  for (const RawDocument& document : documents) {
    if (document.name.size() > InputLimits{}.name_bytes) {
      return fail(ErrorCode::InvalidInput,
                  fmt::format("the name of a document is too long ({} bytes, at most {})",
                              document.name.size(),
                              InputLimits{}.name_bytes));
    }
  }
  return documents;
}

}  // namespace callisto::persist
