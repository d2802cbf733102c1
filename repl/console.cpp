// Printing of tables and errors.
#include "repl/console.h"

#include <algorithm>
#include <set>

#include "repl/box_renderer.h"
#include "repl/interrupt.h"
#include "repl/local_words.h"
#include "repl/object_fields.h"
#include "repl/pager.h"
#include "repl/text_width.h"
#include "repl/time_text.h"
#include "repl/tree_view.h"
#include <callisto/editing.h>

namespace callisto::repl {
namespace {

BoxOptions box_options(Console& console, std::optional<double> time_us) {
  BoxOptions options;
  options.time_us = time_us;
  if (!console.for_people()) return options;
  options.width = console.settings.width.value_or(terminal_width());
  options.rows_shown = console.pages() ? 0 : console.settings.rows_shown;  // A pager shows all.
  options.all_rows = console.interactive
                         ? ".last shows all of these rows, .maxrows 0 those of every result"
                         : "--format tsv shows all rows, and so does a pipe";
  options.all_columns = console.interactive
                            ? ".last tree shows all columns, .width 0 those of every result"
                            : "--format tree shows all columns, and so does a pipe";
  return options;
}

// A list's box leaves properties out: that is said, with the ways to see them.
std::string left_out(const Console& console, const ResultTable& table, const ResultTable& shown) {
  std::set<std::string> names;
  for (const Row& row : table.rows) {
    if (row.empty()) continue;
    for (const auto& [name, value] : open_object(row.front().json).fields)
      names.insert(name);
  }
  for (const std::string& column : shown.columns)
    names.erase(column);
  if (names.empty()) return {};
  return grouped(names.size()) + (names.size() == 1 ? " more property" : " more properties") +
         (console.interactive ? ": .last tree" : ": --format tree") +
         " shows them, RETURN alias.* as columns\n";
}

std::string tree_footer(const ResultTable& table, std::optional<double> time_us) {
  std::size_t edges = 0;
  for (const Row& row : table.rows) {
    if (!row.empty() && row.front().kind == CellKind::Relationship) ++edges;
  }
  std::string text = grouped(table.rows.size() - edges) + " vertices · " + counted(edges, "edge");
  if (time_us) text += " · " + duration_words(*time_us);
  return text + "\n";
}

std::string render_for_box(Console& console, const ResultTable& table, const BoxOptions& options) {
  if (table.type == ResultType::Tree) {
    return render_tree(table) + tree_footer(table, options.time_us);
  }
  if (table.type == ResultType::Table) return render_box(table, options);
  const ResultTable shown = spread_objects(table, !console.for_people());
  return render_box(shown, options) + left_out(console, table, shown);
}

}  // namespace

std::int64_t timeout_ms(double seconds) {
  const auto milliseconds = static_cast<std::int64_t>(seconds * 1'000);
  return seconds > 0 ? std::max(milliseconds, std::int64_t{1}) : 0;
}

QueryOptions query_options(const Settings& settings) {
  QueryOptions options;
  options.limits = settings.limits;
  options.variables = settings.parameters;
  options.layer = settings.layer;
  options.include_deleted = settings.include_deleted;
  options.revisit_vertices = settings.revisit_vertices;
  options.cancel = &interrupt_token();
  return options;
}

std::string describe_here(const Console& console, const Error& error, std::string_view text) {
  Error here = error;
  for (std::string& hint : here.hints)
    hint = in_local_words(std::move(hint), console.interactive);
  return describe_error(text, here);
}

ExitCode report(Console& console, const Error& error, std::string_view text) {
  std::string words = describe_here(console, error, text);
  const std::size_t first_line = std::min(words.find('\n'), words.size());
  // The parser's own sentence already says that it is an error.
  const bool says_so = words.starts_with("Error");
  std::string head = visible(std::string_view(words).substr(0, first_line));
  if (!says_so) head = console.colors.error("error: ") + head;
  if (says_so) head = console.colors.error("Error") + head.substr(5);
  say(head + words.substr(first_line) + "\n");
  return exit_code_of(error.code);
}

ExitCode finish_output(Console& console) {
  const Status written = console.out().flush();
  if (console.file && console.file_once) {
    console.file.reset();
    console.file_once = false;
  }
  return written ? ExitCode::Ok : report(console, written.error());
}

ExitCode print_text(Console& console, std::string_view text) {
  if (console.pages() && overflows_screen(text)) {
    const ExitCode before = finish_output(console);
    if (before != ExitCode::Ok) return before;
    if (show_paged(text, console.settings.pager)) return ExitCode::Ok;
    say("the pager cannot be started: " + console.settings.pager + "\n");
  }
  console.out().write(text);
  return finish_output(console);
}

ExitCode print_table(Console& console, const ResultTable& table, std::optional<double> time_us) {
  const Format format = console.settings.format;
  // A listing; queries keep theirs themselves.
  if (console.interactive && !time_us) {
    console.last = table;
    console.last_time_us.reset();
  }
  if (format == Format::Box) {
    return print_text(console, render_for_box(console, table, box_options(console, time_us)));
  }
  const bool on_screen = console.for_people();
  if (console.pages()) return print_text(console, render_rows(table, format, on_screen));
  write_rows(table, format, on_screen, [&console](std::string_view piece) {
    console.out().write(piece);
    return !console.out().reader_gone() && !interrupted();
  });
  return finish_output(console);
}

}  // namespace callisto::repl
