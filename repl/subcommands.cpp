// Dispatch of the subcommands, and those that are short.
#include "repl/subcommands.h"

#include <unistd.h>

#include <filesystem>

#include "repl/doctor_command.h"
#include "repl/entity_lookup.h"
#include "repl/format_command.h"
#include "repl/graph_place.h"
#include "repl/interrupt.h"
#include "repl/listings.h"
#include "repl/new_place.h"
#include "repl/progress.h"
#include "repl/serve_command.h"
#include "repl/shell.h"
#include "repl/statement.h"
#include "repl/sync_command.h"
#include "repl/time_text.h"
#include "repl/validate_command.h"
#include "repl/why_text.h"
#include "repl/write_commands.h"

namespace callisto::repl {
namespace {

ExitCode export_graph(Console& console, const Invocation& invocation) {
  std::uint64_t lines = 0;
  std::uint64_t bytes = 0;
  const Progress progress("exporting", Progress::Unit::None);
  const auto count = [&](std::uint64_t lines_now, std::uint64_t bytes_now) -> Status {
    if (interrupted()) {
      return fail(ErrorCode::Cancelled, "Stopped by Ctrl-C: the export is not whole.");
    }
    lines = lines_now;
    bytes = bytes_now;
    return {};
  };
  const bool to_file = !invocation.file.empty() && invocation.file != "-";
  const Status done = to_file
                          ? console.database.export_file(invocation.file, count)
                          : console.database.export_ndjson([&](std::string_view line) -> Status {
                              console.out().write(line);
                              console.out().write("\n");
                              return count(lines + 1, bytes + line.size() + 1);
                            });
  if (!done) return report(console, done.error());
  const ExitCode written = finish_output(console);
  if (written == ExitCode::Ok) {
    say("exported " + counted(lines, "line") + ", " + byte_words(static_cast<double>(bytes)) +
        " in " + duration_words(progress.elapsed_us()) + "\n");
  }
  return written;
}

ExitCode import_graph(Console& console, const Invocation& invocation) {
  const Progress progress("importing", Progress::Unit::None);
  ImportReport imported;
  const Status done = console.database.import_ndjson(invocation.file, &imported);
  if (!done) return report(console, done.error());
  for (const std::string& warning : imported.warnings) {
    say("warning: " + warning + "\n");
  }
  const GraphSummary summary = console.database.summary();
  say("imported " + counted(summary.entities, "entity") + ", " +
      counted(summary.relationships, "relationship") + " and " +
      counted(summary.overrides, "override") + " in " + duration_words(progress.elapsed_us()) +
      "\n");
  return ExitCode::Ok;
}

// Bytes of the files of a directory, however deep.
std::uint64_t stored_bytes(const std::string& directory) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator entry(directory, error), end;
       !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored)) bytes += entry->file_size(ignored);
  }
  return bytes;
}

ExitCode compact(Console& console, const std::string& directory) {
  const std::uint64_t before = stored_bytes(directory);
  const Progress progress("compacting", Progress::Unit::None);
  const Status done = console.database.compact();
  if (!done) return report(console, done.error());
  const std::uint64_t after = stored_bytes(directory);
  const std::string size = byte_words(static_cast<double>(after));
  if (after == before) {
    say("nothing to compact: " + directory + " has " + size + "\n");
  } else {
    say("compacted " + directory + " in " + duration_words(progress.elapsed_us()) + ": " + size +
        ", before " + byte_words(static_cast<double>(before)) + "\n");
  }
  return ExitCode::Ok;
}

ExitCode run_query_action(Console& console, const Invocation& invocation) {
  ExitCode exit = ExitCode::Ok;
  for (const std::string& text : invocation.statements) {
    exit = worse(exit, run_script(console, text, "", invocation.fail_at_end));
    if (exit != ExitCode::Ok && !invocation.fail_at_end) return exit;
    if (console.leave) return exit;
  }
  for (const std::string& path : invocation.script_files) {
    exit = worse(exit, run_script_file(console, path, invocation.fail_at_end));
    if (exit != ExitCode::Ok && !invocation.fail_at_end) return exit;
    if (console.leave) return exit;
  }
  if (!invocation.statements.empty() || !invocation.script_files.empty()) return exit;
  if (console.interactive) return run_shell(console, invocation.data_directory);
  return run_script_file(console, "-", invocation.fail_at_end);
}

ExitCode list_overrides(Console& console, const Invocation& invocation) {
  OverrideQuery query = invocation.overrides;
  if (!query.entity_id.empty()) {
    Result<std::string> id = find_entity(console, query.entity_id);
    if (!id) return report(console, id.error());
    query.entity_id = *std::move(id);
  }
  return invocation.summary ? show_override_summary(console, query)
                            : show_overrides(console, query);
}

ExitCode run_action(Console& console, const Invocation& invocation) {
  switch (invocation.action) {
    case Action::Query:
      return run_query_action(console, invocation);
    case Action::Sync:
      return run_sync(console, invocation.sync);
    case Action::Export:
      return export_graph(console, invocation);
    case Action::Import:
      return import_graph(console, invocation);
    case Action::Overrides:
      return list_overrides(console, invocation);
    case Action::Why: {
      std::vector<std::string> words{invocation.entity};
      words.insert(words.end(), invocation.words.begin(), invocation.words.end());
      return show_why(console, words);
    }
    case Action::Jobs:
      return print_table(console, job_table(console.database.jobs()));
    case Action::Update:
      return update_entity(console, invocation);
    case Action::Reset:
      return reset_entity(console, invocation);
    case Action::Delete:
      return delete_entity(console, invocation);
    case Action::Compact:
      return compact(console, invocation.data_directory);
    case Action::Doctor:
      return run_doctor(console, invocation.statements.at(0));
    case Action::Serve:
    case Action::Validate:
    case Action::Format:
      break;  // These need no graph: see run_invocation().
  }
  return ExitCode::Failure;
}

Settings settings_of(const Invocation& invocation, bool shell) {
  Settings settings;
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  settings.format = invocation.format.value_or(terminal ? Format::Box : Format::Tsv);
  settings.layer = invocation.layer;
  settings.parameters = invocation.parameters;
  settings.limits = invocation.limits;
  settings.include_deleted = invocation.include_deleted;
  settings.timer = invocation.timer;
  if (shell && settings.limits.rows_max == 0) settings.limits.rows_max = kShellRowsMax;
  return settings;
}

ExitCode run_on_graph(const Invocation& invocation, bool shell, NewPlace& place) {
  Result<Database> database = open_database(invocation);
  if (!database) {
    say("error: " + database.error().message + "\n");
    for (const std::string& hint : database.error().hints)
      say(hint + "\n");
    return exit_code_of(database.error().code);
  }
  Console console(*database, settings_of(invocation, shell), invocation.color, shell);
  const std::uint64_t version = database->summary().version;
  ExitCode exit = load_paths(console, invocation.load_paths);
  // What a query action has done besides, a saved question for one, is not known here.
  const bool only_fills = exit != ExitCode::Ok || invocation.action != Action::Query;
  if (exit == ExitCode::Ok) exit = run_action(console, invocation);
  const bool nothing = exit != ExitCode::Ok && database->summary().version == version;
  if (only_fills && nothing) place.discard();
  return exit;
}

}  // namespace

ExitCode show_why(Console& console, const std::vector<std::string>& words) {
  const auto place = find_entity_and_property(console, words);
  if (!place) return report(console, place.error());
  const Result<Explanation> why = console.database.why(place->first, place->second);
  if (!why) return report(console, why.error());
  const Format format = console.settings.format;
  if (format == Format::Json || format == Format::Ndjson) {
    return print_text(console, why_json(*why));
  }
  const Colors colors = console.for_people() ? console.colors : Colors();
  return print_text(console, render_why(*why, system_clock().now_ms(), colors));
}

ExitCode show_overrides(Console& console, const OverrideQuery& query) {
  return print_table(console,
                     override_table(console.database.overrides(query), console.settings.format));
}

ExitCode show_override_summary(Console& console, const OverrideQuery& query) {
  const std::vector<OverrideInfo> found = console.database.overrides(query);
  const bool chosen =
      !query.scope.empty() || query.state || !query.entity_id.empty() || !query.property.empty();
  if (found.empty() && chosen) return print_text(console, "no such overrides\n");
  return print_text(console, override_summary(found));
}

ExitCode run_invocation(const Invocation& invocation) {
  if (invocation.action == Action::Serve) return run_server(invocation);
  if (invocation.action == Action::Validate) return run_validate(invocation.validate);
  if (invocation.action == Action::Format) return run_format(invocation.reformat);
  if (const std::string missing = missing_place(invocation); !missing.empty()) {
    say("callisto: " + missing + "\n");
    return ExitCode::Usage;
  }
  if (const std::string missing = missing_input(invocation); !missing.empty()) {
    say("error: cannot read " + missing + ": there is no such file or folder\n");
    return ExitCode::Failure;
  }
  const bool asks_nothing = invocation.action == Action::Query && invocation.statements.empty() &&
                            invocation.script_files.empty();
  const bool shell = asks_nothing && ::isatty(STDIN_FILENO) == 1;
  NewPlace place(invocation.data_directory);
  const ExitCode exit = run_on_graph(invocation, shell, place);
  place.clear();
  return exit;
}

}  // namespace callisto::repl
