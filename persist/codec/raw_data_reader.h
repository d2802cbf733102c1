// The forms in which clients send `_rawData`. Private to the codec: shows simdjson.
//
//   [{"name":"default","rawData":{...}}]               integration SDK
//   {"default":{"body":"...","contentType":"..."}}     API client
//   [{"name":"default","contentType":"...","data":..}] upsertEntityRawData
//   anything else that is not null                     one document, "default"
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
  // Errors: InvalidInput: no JSON, nested deeper than 1,024 levels, more than kRawDocumentsMax
  // documents, a name longer than kPropertyNameBytesMax.
  Result<std::vector<RawDocument>> read(std::string_view json);

 private:
  using Element = simdjson::dom::element;

  bool read_list(Element list, std::vector<RawDocument>& out);
  bool read_map(Element map, std::vector<RawDocument>& out);
  RawDocument document(std::string_view name, Element body, std::string_view content_type);

  simdjson::dom::parser parser_;
  simdjson::dom::parser text_parser_;  // For JSON inside of a string.
};

}  // namespace callisto::persist
