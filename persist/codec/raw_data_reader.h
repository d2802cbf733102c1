// The forms in which clients send `_rawData`. Private to the codec: shows simdjson.
//
//   [{"name":"default","rawData":{...}}]               integration SDK
//   {"default":{"body":"...","contentType":"..."}}     API client
//   [{"name":"default","contentType":"...","data":..}] upsertEntityRawData
//
// null, and an entry whose document is null or left out, bring nothing. Any other form is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include <callisto/error.h>
#include <callisto/raw_data.h>

namespace callisto::persist {

class RawDataReader {
 public:
  // Text of type JSON is kept as JSON when it is some, else as plain text. A name that stands
  // twice: the last document counts.
  //
  // Errors: InvalidInput: no JSON, another form, nested deeper than 1,024 levels, more than
  // kRawDocumentsMax documents, a name longer than InputLimits::name_bytes.
  Result<std::vector<RawDocument>> read(std::string_view json);

 private:
  using Element = simdjson::dom::element;

  // False when it has another form.
  bool read_list(simdjson::dom::array list, std::vector<RawDocument>& out);
  bool read_map(simdjson::dom::object map, std::vector<RawDocument>& out);
  void add(std::string_view name,
           Element body,
           std::string_view content_type,
           std::vector<RawDocument>& out);
  RawDocument document(std::string_view name, Element body, std::string_view content_type);

  simdjson::dom::parser parser_;
  simdjson::dom::parser text_parser_;  // For JSON inside of a string.
};

}  // namespace callisto::persist
