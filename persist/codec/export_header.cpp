// The first line of an export.
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "persist/codec/export_digest.h"
#include "persist/codec/export_fields.h"
#include "persist/codec/export_lines.h"
#include "persist/codec/json_document.h"

namespace callisto::persist {

Result<ExportHeader> read_export_header(std::string_view line) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  simdjson::dom::object object;
  const auto header = [&] {
    std::string_view kind;
    std::string_view format;
    return parse_json(parser, line, root) == simdjson::SUCCESS &&
           root.get(object) == simdjson::SUCCESS &&
           object.at_key("kind").get(kind) == simdjson::SUCCESS && kind == "header" &&
           object.at_key("format").get(format) == simdjson::SUCCESS && format == kExportFormat;
  };
  if (!header()) {
    return wrong(
        fmt::format("this is no export of Callisto: the first line of one has "
                    "\"kind\":\"header\" and \"format\":\"{}\"",
                    kExportFormat));
  }
  CALLISTO_TRY(const std::uint64_t version, count_of(object, "formatVersion"));
  if (version != kExportFormatVersion) {
    return wrong(fmt::format("the export has format version {}, this program reads version {}",
                             version,
                             kExportFormatVersion));
  }
  CALLISTO_TRY(const std::string_view account, text_of(object, "account"));
  CALLISTO_TRY(const std::uint64_t graph_version, count_of(object, "graphVersion"));
  ExportHeader found{std::string(account), graph_version};
  if (object.at_key(kDigestField).error() == simdjson::SUCCESS) {
    CALLISTO_TRY(const std::string_view digest, text_of(object, kDigestField));
    const std::string_view before = line.substr(0, line.rfind(",\"digest\""));
    found.has_digest = true;
    found.is_whole = digest == digest_of_line(before);
  }
  return found;
}

}  // namespace callisto::persist
