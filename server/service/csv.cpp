#include "server/service/csv.h"

#include <set>

#include "server/json/json.h"

namespace callisto::server {
namespace {

constexpr const char* kMetadata[] = {"_id", "_key", "_type", "_class", "displayName"};

void append_cell(std::string& out, const Json* value) {
  if (value == nullptr || value->is_null()) return;
  std::string text = value->text() != nullptr ? *value->text() : to_text(*value);
  const bool is_text = value->text() != nullptr;
  if (is_text && !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string::npos) {
    text.insert(0, "'");
  }
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    out += c;
    if (c == '"') out += c;
  }
  out += '"';
}

void append_header(std::string& out, const std::vector<std::string>& columns) {
  for (const std::string& column : columns) {
    if (&column != columns.data()) out += ',';
    const Json name(column);
    append_cell(out, &name);
  }
  out += "\r\n";
}

}  // namespace

Result<std::string> csv_of(std::string_view rows,
                           bool list,
                           const std::vector<std::string>& columns) {
  CALLISTO_TRY(const Json json, parse_json(rows));
  std::vector<std::string> names = columns;
  if (list) {
    std::set<std::string> properties;
    for (const Json& row : *json.array()) {
      const Json* of_row = row.find("properties");
      if (of_row == nullptr || of_row->object() == nullptr) continue;
      for (const JsonMember& member : *of_row->object()) {
        properties.insert(member.name);
      }
    }
    names.assign(std::begin(kMetadata), std::end(kMetadata));
    names.insert(names.end(), properties.begin(), properties.end());
  }
  std::string out;
  append_header(out, names);
  for (const Json& row : *json.array()) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i > 0) out += ',';
      const Json* part = &row;
      if (list) part = row.find(i < std::size(kMetadata) ? "entity" : "properties");
      append_cell(out, part == nullptr ? nullptr : part->find(names[i]));
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace callisto::server
