#include "persist/codec/raw_data_reader.h"

#include <utility>

#include <fmt/format.h>

#include "persist/codec/raw_data.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kText = "text/plain";
constexpr std::string_view kDefaultName = "default";

std::string_view text_of(simdjson::simdjson_result<simdjson::dom::element> element) {
  std::string_view text;
  return element.get(text) == simdjson::SUCCESS ? text : std::string_view{};
}

}  // namespace

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
  if (content_type == kJson && text_parser_.parse(made.data).get(parsed) != simdjson::SUCCESS) {
    made.content_type = kText;
  }
  return made;
}

// False when the list has another form.
bool RawDataReader::read_list(Element list, std::vector<RawDocument>& out) {
  simdjson::dom::array array;
  if (list.get(array) != simdjson::SUCCESS) return false;
  for (const Element item : array) {
    simdjson::dom::object object;
    Element body;
    if (item.get(object) != simdjson::SUCCESS) return false;
    if (object["rawData"].get(body) != simdjson::SUCCESS &&
        object["data"].get(body) != simdjson::SUCCESS) {
      return false;
    }
    const std::string_view name = text_of(object["name"]);
    put_document(document(name.empty() ? kDefaultName : name, body, text_of(object["contentType"])),
                 out);
  }
  return true;
}

bool RawDataReader::read_map(Element map, std::vector<RawDocument>& out) {
  simdjson::dom::object members;
  if (map.get(members) != simdjson::SUCCESS) return false;
  for (const auto [name, value] : members) {
    simdjson::dom::object object;
    Element body;
    if (value.get(object) != simdjson::SUCCESS || object["body"].get(body) != simdjson::SUCCESS) {
      return false;
    }
    put_document(document(name, body, text_of(object["contentType"])), out);
  }
  return true;
}

Result<std::vector<RawDocument>> RawDataReader::read(std::string_view json) {
  Element root;
  if (const auto code = parser_.parse(json.data(), json.size()).get(root)) {
    return fail(ErrorCode::InvalidInput,
                fmt::format("it is no valid JSON: {}", simdjson::error_message(code)));
  }
  std::vector<RawDocument> documents;
  if (root.is_null()) return documents;
  if (!read_list(root, documents)) {
    documents.clear();
    if (!read_map(root, documents)) documents = {document(kDefaultName, root, {})};
  }
  if (documents.size() > kRawDocumentsMax) {
    return fail(
        ErrorCode::InvalidInput,
        fmt::format("{} documents are too many (at most {})", documents.size(), kRawDocumentsMax));
  }
  for (const RawDocument& document : documents) {
    if (document.name.size() > kPropertyNameBytesMax) {
      return fail(ErrorCode::InvalidInput,
                  fmt::format("the name of a document is too long ({} bytes, at most {})",
                              document.name.size(),
                              kPropertyNameBytesMax));
    }
  }
  return documents;
}

}  // namespace callisto::persist
