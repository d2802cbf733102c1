// csv, tsv, markdown, ndjson and json rows.
#include "repl/formats.h"

#include <algorithm>
#include <array>

#include "repl/screen_text.h"
#include "repl/tree_view.h"

namespace callisto::repl {
namespace {

constexpr std::array<Format, 7> kFormats{Format::Box,
                                         Format::Json,
                                         Format::Ndjson,
                                         Format::Csv,
                                         Format::Tsv,
                                         Format::Markdown,
                                         Format::Tree};

bool starts_a_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

void append_separated(std::string& out, const Row& row, Format format, bool on_screen) {
  bool first = true;
  row.for_each([&](const Cell& cell) {
    if (!first) out += format == Format::Csv ? ',' : '\t';
    first = false;
    format == Format::Csv ? append_csv_cell(out, cell, on_screen) : append_tsv_cell(out, cell);
  });
  out += format == Format::Csv ? "\r\n" : "\n";
}

void append_markdown_row(std::string& out, const Row& row) {
  out += '|';
  row.for_each([&](const Cell& cell) {
    out += ' ';
    append_markdown_cell(out, cell);
    out += " |";
  });
  out += '\n';
}

}  // namespace

std::optional<Format> parse_format(std::string_view name) {
  for (const Format format : kFormats) {
    if (name == to_string(format)) return format;
  }
  return std::nullopt;
}

const char* to_string(Format format) {
  switch (format) {
    case Format::Box:
      return "box";
    case Format::Json:
      return "json";
    case Format::Ndjson:
      return "ndjson";
    case Format::Csv:
      return "csv";
    case Format::Tsv:
      return "tsv";
    case Format::Markdown:
      return "markdown";
    case Format::Tree:
      return "tree";
  }
  return "";
}

const std::vector<std::string>& format_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    names.reserve(kFormats.size());
    for (const Format format : kFormats)
      names.emplace_back(to_string(format));
    return names;
  }();
  return kNames;
}

void append_csv_cell(std::string& out, const Cell& cell, bool on_screen) {
  const bool is_text = std::holds_alternative<std::string>(cell.value);
  std::string text = cell_plain(cell);
  if (on_screen) text = visible(text);
  if (text.empty()) {
    if (is_text) out += "\"\"";
    return;
  }
  if (is_text && starts_a_formula(text)) text.insert(0, 1, '\'');
  const bool quoted = text.find_first_of(",\"\r\n") != std::string::npos || text.front() == ' ' ||
                      text.back() == ' ';
  if (!quoted) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_tsv_cell(std::string& out, const Cell& cell) {
  for (const char c : cell_plain(cell)) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  }
}

void append_markdown_cell(std::string& out, const Cell& cell) {
  const std::string text = cell_plain(cell);
  for (std::size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '|':
        out += "\\|";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\r':
        if (i + 1 < text.size() && text[i + 1] == '\n') break;
        [[fallthrough]];
      case '\n':
        out += "<br>";
        break;
      default:
        out += text[i];
    }
  }
}

void append_ndjson_row(std::string& out, const ResultTable& header, const Row& row) {
  if (header.type == ResultType::List && row.size() == 1) {
    out += row.front().json;
    return;
  }
  out += '{';
  std::size_t i = 0;
  row.for_each([&](const Cell& cell) {
    if (i > 0) out += ',';
    append_json_string(out, header.columns[i++]);
    out += ':';
    out += cell_json(cell);
  });
  out += '}';
}

void append_header(std::string& out, const std::vector<std::string>& columns, Format format) {
  Row names;
  for (const std::string& column : columns)
    names.push_back(Value(column));
  append_row(out, names, format);
  if (format != Format::Markdown) return;
  out += '|';
  for (std::size_t i = 0; i < columns.size(); ++i)
    out += " --- |";
  out += '\n';
}

void append_row(std::string& out, const Row& row, Format format, bool on_screen) {
  format == Format::Markdown ? append_markdown_row(out, row)
                             : append_separated(out, row, format, on_screen);
}

std::string render_rows(const ResultTable& table, Format format, bool on_screen) {
  std::string out;
  write_rows(table, format, on_screen, [&out](std::string_view piece) {
    out += piece;
    return true;
  });
  return out;
}

namespace {

// Collects text and hands it on in pieces.
class Pieces {
 public:
  explicit Pieces(const WritePiece& write) : write_(write) {}

  // False when nobody takes any more.
  [[nodiscard]] bool row_done() { return text.size() < kPieceBytes || flush(); }

  [[nodiscard]] bool flush() {
    const bool taken = write_(text);
    text.clear();
    return taken;
  }

  std::string text;

 private:
  static constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

  const WritePiece& write_;
};

}  // namespace

void write_rows(const ResultTable& table, Format format, bool on_screen, const WritePiece& write) {
  Pieces out(write);
  if (format == Format::Tree) {
    (void)write(render_tree(table));
    return;
  }
  if (format == Format::Json || format == Format::Ndjson) {
    const bool array = format == Format::Json;
    if (array) out.text += '[';
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      if (array && i > 0) out.text += ",\n ";
      append_ndjson_row(out.text, table, table.rows[i]);
      if (!array) out.text += '\n';
      if (!out.row_done()) return;
    }
    if (array) out.text += "]\n";
    (void)out.flush();
    return;
  }
  const ResultTable spread = spread_objects(table, true);
  append_header(out.text, spread.columns, format);
  for (const Row& row : spread.rows) {
    append_row(out.text, row, format, on_screen);
    if (!out.row_done()) return;
  }
  (void)out.flush();
}

}  // namespace callisto::repl
