// Output formats for pipes and files: nothing is ever folded here.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "repl/result_table.h"

namespace callisto::repl {

enum class Format { Box, Json, Ndjson, Csv, Tsv, Markdown, Tree };

// Names as typed: "box", "json", ... nullopt for anything else.
[[nodiscard]] std::optional<Format> parse_format(std::string_view name);
[[nodiscard]] const char* to_string(Format format);
[[nodiscard]] const std::vector<std::string>& format_names();

// RFC 4180: quoted when it has a comma, a quote, a line break or a blank at an end; the empty
// string is "" and absence is nothing. Text that a spreadsheet would run as a formula (it starts
// with = + - @ tab or CR) gets an apostrophe in front, which spreadsheets hide. Numbers never do.
// On a screen a row is a line: line breaks inside a cell are written out.
void append_csv_cell(std::string& out, const Cell& cell, bool on_screen = false);

// Tab-separated: \t, \n, \r and \\ for those four characters, so that a row is a line and the
// values come back exactly.
void append_tsv_cell(std::string& out, const Cell& cell);

// A Markdown table cell: | escaped, line breaks as <br>, angle brackets as entities.
void append_markdown_cell(std::string& out, const Cell& cell);

// {"column": value, ...} on one line; of a list, the object itself.
void append_ndjson_row(std::string& out, const ResultTable& header, const Row& row);

// Header and row lines of csv, tsv and markdown.
void append_header(std::string& out, const std::vector<std::string>& columns, Format format);
void append_row(std::string& out, const Row& row, Format format, bool on_screen = false);

// The whole table in a format that needs no screen: all but Box. Json: an array of row objects.
[[nodiscard]] std::string render_rows(const ResultTable& table,
                                      Format format,
                                      bool on_screen = false);

// The same in pieces, as it is made; `write` returns false when it takes no more.
using WritePiece = std::function<bool(std::string_view)>;
void write_rows(const ResultTable& table, Format format, bool on_screen, const WritePiece& write);

}  // namespace callisto::repl
