// Statements and scripts: from text to printed rows and an exit code.
#include "repl/statement.h"

#include <chrono>
#include <memory>
#include <optional>

#include "repl/doctor_command.h"
#include "repl/dot_commands.h"
#include "repl/interrupt.h"
#include "repl/plan_text.h"
#include "repl/progress.h"
#include "repl/script.h"
#include "repl/text_file.h"
#include "repl/time_text.h"

namespace callisto::repl {
namespace {

using Clock = std::chrono::steady_clock;

double microseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

constexpr std::size_t kBytesWrittenAtOnce = std::size_t{64} << 10;

bool streams(Format format, ResultType type) {
  switch (format) {
    case Format::Ndjson:
      return true;
    case Format::Csv:
    case Format::Tsv:
    case Format::Markdown:
      return type == ResultType::Table;
    case Format::Box:
    case Format::Json:
    case Format::Tree:
      return false;
  }
  return false;
}

Row row_of(const RowBatch& batch, std::size_t at) {
  Row row;
  for (std::size_t column = 0; column < batch.columns(); ++column)
    row.push_back(cell_of(batch, at, column));
  return row;
}

// How a result came to its end: an error after some rows still leaves those rows.
struct Outcome {
  std::optional<Error> error{};
  ExitCode written = ExitCode::Ok;
  bool cut = false;  // By the shell's limit of rows.
};

// A person who asks for a million rows wants to see some of them, not an error: the shell shows
// those up to its limit. A file gets an error instead of a part, and JSON is a document, whole or
// not at all.
bool shell_cuts(const Console& console) {
  return console.interactive && console.for_people() && console.settings.format != Format::Json;
}

// Whether the rows so far are all that is shown, although there are more.
bool has_enough(const Console& console, std::size_t rows, Outcome& outcome) {
  const std::size_t limit = console.settings.limits.rows_max;
  if (!shell_cuts(console) || limit == 0 || rows < limit) return false;
  outcome.cut = true;
  return true;
}

// Keeps all rows, then prints them.
Outcome collect(Console& console,
                QueryResult& result,
                std::unique_ptr<Progress>& progress,
                Clock::time_point start) {
  Outcome outcome;
  ResultTable table;
  table.type = result.type();
  table.columns = result.columns();
  while (true) {
    Result<const RowBatch*> batch = result.next();
    if (!batch) outcome.error = batch.error();
    if (!batch || *batch == nullptr) break;
    bool enough = false;
    Status kept;
    for (std::size_t row = 0; row < (*batch)->rows() && kept && !enough; ++row) {
      enough = has_enough(console, table.rows.size(), outcome);
      if (enough) break;
      table.rows.push_back(row_of(**batch, row));
      kept = result.keep(table.rows.back().bytes());
    }
    if (enough) break;
    if (kept) continue;
    outcome.error = kept.error();
    table.rows.pop_back();
    break;
  }
  const double time_us = microseconds_since(start);
  progress.reset();
  if (!outcome.error || !table.rows.empty()) outcome.written = print_table(console, table, time_us);
  if (!outcome.error && table.rows.empty()) hint_at_doctor(console);
  if (console.interactive) {
    console.last = std::move(table);
    console.last_time_us = time_us;
  }
  return outcome;
}

// Writes rows as they come, and forgets them.
Outcome stream(Console& console, QueryResult& result, std::unique_ptr<Progress>& progress) {
  Outcome outcome;
  const Format format = console.settings.format;
  ResultTable table;
  table.type = result.type();
  table.columns = result.columns();
  std::string text;
  std::size_t written = 0;
  if (format != Format::Ndjson) append_header(text, table.columns, format);
  while (!console.out().reader_gone()) {
    Result<const RowBatch*> batch = result.next();
    progress.reset();
    if (!batch) outcome.error = batch.error();
    if (!batch || *batch == nullptr) break;
    bool enough = false;
    for (std::size_t row = 0; row < (*batch)->rows(); ++row) {
      enough = has_enough(console, written++, outcome);
      if (enough) break;
      if (format == Format::Ndjson) {
        append_ndjson_row(text, table, row_of(**batch, row));
        text += '\n';
      } else {
        append_row(text, row_of(**batch, row), format, console.out().is_terminal());
      }
      if (text.size() < kBytesWrittenAtOnce && row + 1 < (*batch)->rows()) continue;
      // Rows of a stopped run are not whole; next() tells the reason.
      if (result.work(text.size())) console.out().write(text);
      text.clear();
      if (console.out().reader_gone()) break;
    }
    if (enough) break;
  }
  outcome.written = print_text(console, text);
  return outcome;
}

Outcome print_document(Console& console, QueryResult& result, std::unique_ptr<Progress>& progress) {
  Outcome outcome;
  std::string text;
  const Status made = result.write_json(text);
  progress.reset();
  if (!made) {
    outcome.error = made.error();
    return outcome;
  }
  outcome.written = print_text(console, text + "\n");
  return outcome;
}

void say_warnings(Console& console, const std::vector<Warning>& warnings, std::string_view text) {
  for (const Warning& warning : warnings) {
    Error shown;
    shown.message = warning.message;
    shown.span = warning.span;
    shown.hints = warning.hints;
    say(console.colors.warning("warning: ") + describe_here(console, shown, text) + "\n");
  }
}

ExitCode print_result(Console& console,
                      QueryResult& result,
                      std::string_view text,
                      std::unique_ptr<Progress>& progress,
                      Clock::time_point start) {
  const Format format = console.settings.format;
  Outcome outcome;
  if (format == Format::Json) {
    outcome = print_document(console, result, progress);
  } else if (streams(format, result.type())) {
    outcome = stream(console, result, progress);
  } else {
    outcome = collect(console, result, progress, start);
  }
  if (outcome.cut) {
    say("stopped at " + grouped(console.settings.limits.rows_max) +
        " rows, there are more: .limit rows 0 lifts that, COUNT counts them\n");
  }
  say_warnings(console, result.warnings(), text);
  if (!outcome.error) return outcome.written;
  return worse(outcome.written, report(console, *outcome.error, text));
}

}  // namespace

ExitCode run_statement(Console& console, std::string_view text) {
  interrupt_token().reset();
  const Clock::time_point start = Clock::now();
  auto progress = std::make_unique<Progress>("running", Progress::Unit::None);
  QueryOptions options = query_options(console.settings);
  if (shell_cuts(console)) options.limits.rows_max = 0;
  Result<QueryResult> result = console.session.run(text, options);
  if (!result) {
    progress.reset();
    return report(console, result.error(), text);
  }
  console.last_query = text;
  const ExitCode exit = print_result(console, *result, text, progress, start);
  if (console.settings.timer) say("time: " + duration_words(microseconds_since(start)) + "\n");
  return exit;
}

ExitCode explain_statement(Console& console, std::string_view text, bool profile) {
  interrupt_token().reset();
  const QueryOptions options = query_options(console.settings);
  const Result<std::vector<PlanLine>> plan =
      profile ? console.session.profile(text, options) : console.session.explain(text, options);
  if (!plan) return report(console, plan.error(), text);
  return print_text(console, render_plan(*plan));
}

ExitCode run_script(Console& console,
                    std::string_view text,
                    const std::string& name,
                    bool fail_at_end) {
  ExitCode exit = ExitCode::Ok;
  for (const ScriptItem& item : split_script(text)) {
    interrupt_token().reset();
    const ExitCode next =
        item.is_command ? run_dot_command(console, item.text) : run_statement(console, item.text);
    exit = worse(exit, next);
    if (next != ExitCode::Ok && !name.empty()) {
      say("  in " + name + ", line " + std::to_string(item.line) + "\n");
    }
    if (next != ExitCode::Ok && (!fail_at_end || interrupted())) break;
    if (console.leave || console.out().reader_gone()) break;
  }
  return exit;
}

ExitCode run_script_file(Console& console, const std::string& path, bool fail_at_end) {
  const Result<std::string> text = read_text_file(path);
  if (!text) return report(console, text.error());
  return run_script(console, *text, path == "-" ? "standard input" : path, fail_at_end);
}

}  // namespace callisto::repl
