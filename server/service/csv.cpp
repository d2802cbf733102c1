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

// Calls visit(row) for each row that there is.
template <class Visit>
Status for_each_row(const std::vector<std::string>& rows,
                    const Allowance& allowance,
                    const Visit& visit) {
  for (const std::string& text : rows) {
    if (Status going = allowance.check(); !going) return going;
    const Result<Json> json = parse_json(text);
    if (!json) return tl::make_unexpected(json.error());
    for (const Json& row : *json->array()) {
      visit(row);
    }
  }
  return {};
}

}  // namespace

Result<std::string> csv_of(const std::vector<std::string>& rows,
                           bool list,
                           const std::vector<std::string>& columns,
                           const Allowance& allowance) {
  std::vector<std::string> names = columns;
  if (list) {
    std::set<std::string> properties;
    const Status read = for_each_row(rows, allowance, [&](const Json& row) {
      const Json* of_row = row.find("properties");
      if (of_row == nullptr || of_row->object() == nullptr) return;
      for (const JsonMember& member : *of_row->object()) {
        properties.insert(member.name);
      }
    });
    if (!read) return tl::make_unexpected(read.error());
    names.assign(std::begin(kMetadata), std::end(kMetadata));
    names.insert(names.end(), properties.begin(), properties.end());
  }
  std::string out;
  append_header(out, names);
  Status fits;
  const Status read = for_each_row(rows, allowance, [&](const Json& row) {
    if (!fits) return;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i > 0) out += ',';
      const Json* part = &row;
      if (list) part = row.find(i < std::size(kMetadata) ? "entity" : "properties");
      append_cell(out, part == nullptr ? nullptr : part->find(names[i]));
    }
    out += "\r\n";
    fits = allowance.fits(out.size());
  });
  if (!read) return tl::make_unexpected(read.error());
  if (!fits) return tl::make_unexpected(fits.error());
  return out;
}

}  // namespace callisto::server
