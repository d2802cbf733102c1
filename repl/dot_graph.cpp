// Dot commands about what is in the graph.
#include <algorithm>

#include "repl/dot_actions.h"
#include "repl/listings.h"
#include "repl/subcommands.h"
#include "repl/sync_command.h"

namespace callisto::repl::dot {
namespace {

std::string word_or_nothing(const Arguments& arguments) {
  return arguments.words.empty() ? std::string() : arguments.words.front();
}

bool has_name(const std::vector<NamedCount>& counts, const std::string& name) {
  return std::any_of(
      counts.begin(), counts.end(), [&](const NamedCount& one) { return one.name == name; });
}

}  // namespace

ExitCode classes(Console& console, const Arguments& /*arguments*/) {
  return print_table(console, class_table(console.database));
}

ExitCode types(Console& console, const Arguments& arguments) {
  const std::string prefix = word_or_nothing(arguments);
  const ResultTable table = type_table(console.database, prefix);
  if (table.rows.empty() && !prefix.empty()) {
    say("warning: no type of the graph begins with \"" + visible(prefix) +
        "\": .types lists them\n");
  }
  return print_table(console, table);
}

ExitCode verbs(Console& console, const Arguments& arguments) {
  const std::string type = word_or_nothing(arguments);
  if (!type.empty() && !has_name(console.database.types(), type)) {
    say("warning: the graph has no type \"" + visible(type) + "\": .types lists them\n");
  }
  return print_table(console, verb_table(console.database, type));
}

ExitCode describe(Console& console, const Arguments& arguments) {
  const std::string name = word_or_nothing(arguments);
  if (!name.empty() && !has_name(console.database.types(), name) &&
      !has_name(console.database.classes(), name)) {
    say("warning: the graph has no class or type \"" + visible(name) +
        "\": .classes and .types list them\n");
  }
  return print_table(console, property_table(console.database, name));
}

ExitCode summary(Console& console, const Arguments& /*arguments*/) {
  return print_table(console, summary_table(console.database.summary()));
}

ExitCode jobs(Console& console, const Arguments& /*arguments*/) {
  return print_table(console, job_table(console.database.jobs()));
}

ExitCode why(Console& console, const Arguments& arguments) {
  if (arguments.words.empty() || arguments.words.size() > 2) return usage(console, ".why");
  return show_why(console, arguments.words);
}

ExitCode overrides(Console& console, const Arguments& arguments) {
  OverrideQuery query;
  if (arguments.words.empty()) return show_override_summary(console, query);
  const std::string& state = arguments.words.front();
  if (state != "all") {
    query.state = override_state_from_text(state);
    if (!query.state) return usage(console, ".overrides");
  }
  if (arguments.words.size() > 1) query.scope = arguments.words[1];
  return show_overrides(console, query);
}

ExitCode sync(Console& console, const Arguments& arguments) {
  if (arguments.words.size() < 3) return usage(console, ".sync");
  SyncArguments sync;
  sync.paths.push_back(arguments.words[0]);
  const std::optional<SyncMode> mode = sync_mode_from_text(arguments.words[1]);
  if (!mode) return usage(console, ".sync");
  sync.start.mode = *mode;
  sync.start.scope = arguments.words[2];
  std::size_t next = 3;
  if (next < arguments.words.size() && arguments.words[next] == "dry-run") {
    sync.finalize.dry_run = true;
    ++next;
  }
  if (next < arguments.words.size()) sync.start.author = arguments.words[next++];
  if (next < arguments.words.size()) sync.start.reason = arguments.words[next++];
  sync.finalize.deletion_guard = DeletionGuard{};
  return run_sync(console, sync);
}

}  // namespace callisto::repl::dot
