// Options and subcommands, their help and their examples.
#include "repl/command_line.h"

#include <algorithm>

#include "repl/graph_place.h"
#include "repl/object_fields.h"
#include "repl/packs/query_file.h"
#include "repl/settings.h"
#include <callisto/number_text.h>

#include <CLI/CLI.hpp>

#ifndef CALLISTO_VERSION
#define CALLISTO_VERSION "unknown"
#endif

namespace callisto::repl {
namespace {

constexpr const char* kExamples = R"(Examples:
  callisto --data inventory                              the shell on a stored graph
  callisto --data inventory -c 'FIND Host WITH active = true'
  callisto --load upload.json -c 'FIND User RETURN TREE' --format tree
  callisto sync upload/ --mode diff --scope aws --data inventory
  callisto sync pins.ndjson --mode override --scope tiers --author ana --data inventory
  callisto why web-1 criticality --data inventory
  callisto serve --demo                                  JupiterOne's APIs on 127.0.0.1:8080

Without --data the graph is in memory and gone at the end. Exit codes: 0 ok, 1 refused query or
input, 2 usage, 3 limit or Ctrl-C, 4 file, disk or bug.)";

// Values as typed, before they become the invocation.
struct Typed {
  std::string format;
  std::string layer = "effective";
  bool no_color = false;
  std::vector<std::string> parameters;
  double timeout_seconds = 30;
  std::vector<std::string> input_limits;
  std::optional<std::size_t> memory_mib;
  std::string mode;
  std::string source;
  std::string review_by;
  std::optional<std::uint64_t> expected_deletes;
  std::string state;
  std::string served_directory;
};

std::string known_mode(std::string& word) {
  return sync_mode_from_text(word) ? std::string() : "there is no mode '" + word + "'";
}

std::string known_layer(std::string& word) {
  return layer_from_text(word) ? std::string()
                               : "there is no layer '" + word + "': effective, mutation or base";
}

std::string known_timeout(std::string& word) {
  double seconds = 0;
  return CLI::detail::lexical_cast(word, seconds) && seconds >= 0 && seconds <= kTimeoutSecondsMax
             ? std::string()
             : "'" + word + "' is no number of seconds from 0 to 1000000000";
}

void add_global_options(CLI::App& app, Invocation& invocation, Typed& typed) {
  app.add_option("--data", invocation.data_directory, "Directory of the stored graph")
      ->envname("CALLISTO_DATA")
      ->type_name("DIR");
  app.add_option("--account",
                 invocation.account,
                 "Whose graph it is, part of every _id; that of the directory, else \"local\"")
      ->type_name("NAME");
  app.add_option("--load",
                 invocation.load_paths,
                 "Sync a file or folder into the graph first, as a DIFF of scope \"load\"; may be "
                 "repeated")
      ->type_name("PATH")
      ->allow_extra_args(false);
  app.add_option("--format", typed.format, "How to print rows; box on a terminal, else tsv")
      ->check(CLI::IsMember(format_names()));
  app.add_option("--layer",
                 typed.layer,
                 "Whose values to see: effective, mutation (without overrides), base (what the "
                 "owner said)")
      ->check(CLI::Validator(known_layer, ""))
      ->capture_default_str();
  app.add_option("--param", typed.parameters, "Value of ${name} in queries; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--timeout", typed.timeout_seconds, "How long a query may take, 0 for no limit")
      ->type_name("SECONDS")
      ->check(CLI::Validator(known_timeout, ""))
      ->capture_default_str();
  app.add_option("--max-rows", invocation.limits.rows_max, "Rows a query may return, 0: no limit");
  app.add_option("--input-limit",
                 typed.input_limits,
                 "How large what is written may be: text_bytes, list_elements, key_bytes, "
                 "name_bytes, properties, types; may be repeated")
      ->type_name("NAME=N")
      ->allow_extra_args(false);
  app.add_option("--max-memory", typed.memory_mib, "Memory of a query, 0: no limit")
      ->type_name("MIB")
      ->check(CLI::Range(std::size_t{0}, kMemoryMibMax));
  app.add_flag("--include-deleted",
               invocation.include_deleted,
               "Also objects that were deleted and are still kept");
  app.add_flag(
      "--no-color", typed.no_color, "No colour (NO_COLOR in the environment does the same)");
}

void add_query_options(CLI::App& app, Invocation& invocation) {
  app.add_option("-c,--command", invocation.statements, "Run these statements; may be repeated")
      ->type_name("QUERY")
      ->allow_extra_args(false);
  app.add_option("-f,--file", invocation.script_files, "Run a script; - is standard input")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_flag("--fail-at-end",
               invocation.fail_at_end,
               "Go on after a failing statement; the exit code still tells");
  app.add_flag("--timer", invocation.timer, "Say on standard error how long each statement took");
}

void add_sync(CLI::App& app, Invocation& invocation, Typed& typed) {
  CLI::App* sub = app.add_subcommand("sync", "Bring an upload into the graph as one sync job");
  SyncArguments& sync = invocation.sync;
  sub->add_option(
      "PATH", sync.paths, "JSON or NDJSON files, or folders as an integration collects them");
  sub->add_option("--mode", typed.mode, "diff, patch, cross-scope, override, create-or-update")
      ->check(CLI::Validator(known_mode, "MODE"))
      ->required();
  sub->add_option("--scope", sync.start.scope, "Name of the set of data or overrides to replace");
  sub->add_option("--source", typed.source, "api, or integration-managed with --instance");
  sub->add_option("--instance", sync.start.integration_instance_id, "Integration instance id");
  sub->add_option("--author", sync.start.author, "Override: who pins");
  sub->add_option("--reason", sync.start.reason, "Override: why");
  sub->add_option("--review-by", typed.review_by, "Override: when to look again (2026-12-01)");
  sub->add_option("--partial-type",
                  sync.finalize.partial_types,
                  "Type whose collection was incomplete: none of it is deleted; may be repeated")
      ->allow_extra_args(false);
  sub->add_flag("--empty",
                sync.empty,
                "No upload: an OVERRIDE clears its scope; a DIFF deletes "
                "all of it, with --force or --expect-deletes");
  sub->add_option(
      "--expect-deletes",
      typed.expected_deletes,
      "Go on only if exactly so many go: entities, and relationships whose ends both stay "
      "(OVERRIDE: pins)");
  sub->add_flag("--force",
                sync.force,
                "Whatever goes. Without it a job is refused that would take away over half of its "
                "scope, or over 20 % and over 10: of the entities, or of the relationships whose "
                "ends both stay (OVERRIDE: of the pins)");
  sub->add_flag("--dry-run", sync.finalize.dry_run, "Show what would change, write nothing");
  sub->add_flag("--ignore-duplicates",
                sync.upload.ignore_duplicates,
                "Of objects with one key the latest counts");
  sub->add_flag("--ignore-illegal-properties",
                sync.upload.ignore_illegal_properties,
                "Skip property values that are not allowed");
  sub->add_option("--integration-type", sync.start.integration_type, "Stored with the data: aws");
  sub->add_option("--integration-name", sync.start.integration_name, "Stored with the data");
}

void add_override_commands(CLI::App& app, Invocation& invocation, Typed& typed) {
  CLI::App* list = app.add_subcommand("overrides", "List overrides and the state each is in");
  list->add_option("--scope", invocation.overrides.scope, "Only of this scope");
  list->add_option("--state,STATE", typed.state, "Only in this state")
      ->check(CLI::IsMember(override_state_names(), CLI::ignore_case));
  list->add_option(
      "--entity", invocation.overrides.entity_id, "Only of this entity: its _id, _key or name");
  list->add_option("--property", invocation.overrides.property, "Only of this property");
  list->add_option("--limit", invocation.overrides.limit, "At most so many, 0 for all");
  list->add_flag("--summary", invocation.summary, "Counts per state, each with an example");

  CLI::App* why = app.add_subcommand("why", "All layers of a property, and which one decides");
  why->add_option("ENTITY", invocation.entity, "_id, _key, displayName or name")->required();
  why->add_option("PROPERTY", invocation.words, "Or ENTITY.PROPERTY as one word")->expected(0, 1);
}

void add_entity_commands(CLI::App& app, Invocation& invocation) {
  CLI::App* update = app.add_subcommand("update", "Set properties of one entity by hand");
  update->add_option("ENTITY", invocation.entity, "_id, _key, displayName or name")->required();
  update
      ->add_option("NAME=VALUE",
                   invocation.words,
                   "criticality=9 owner=ana; keeps the kind of a property, NAME:=JSON sets it: "
                   "tags:='[\"a\"]'")
      ->required();

  CLI::App* reset = app.add_subcommand("reset", "Take back what update set");
  reset->add_option("ENTITY", invocation.entity, "_id, _key, displayName or name")->required();
  reset->add_option("PROPERTY", invocation.words, "The properties")->required();

  CLI::App* remove = app.add_subcommand("delete", "Delete one entity with its relationships");
  remove->add_option("ENTITY", invocation.entity, "_id, _key, displayName or name")->required();
  remove->add_flag("--hard", invocation.hard, "For good: with its history and its overrides");
}

void add_store_commands(CLI::App& app, Invocation& invocation) {
  CLI::App* out = app.add_subcommand("export", "Write the whole graph, every layer, as NDJSON");
  out->add_option("FILE", invocation.file, "Where to; standard output without it");
  CLI::App* in = app.add_subcommand("import", "Read an export into an empty graph");
  in->add_option("FILE", invocation.file, "The export")->required();
  app.add_subcommand("jobs", "List sync jobs, the latest first");
  app.add_subcommand("compact", "Rewrite the stored graph without its history of changes");
}

void add_serve(CLI::App& app, Invocation& invocation, Typed& typed) {
  CLI::App* sub = app.add_subcommand("serve", "Answer JupiterOne's APIs over HTTP until stopped");
  sub->add_option("--listen", invocation.serve.listen, "Where to; 127.0.0.1:8080 without it")
      ->type_name("ADDRESS:PORT");
  // That of all commands, again: as if it were said before `serve`.
  sub->add_option("--data",
                  typed.served_directory,
                  "Stored graphs, a folder for each account; $CALLISTO_DATA")
      ->type_name("DIR");
  sub->add_option("--config", invocation.serve.config_file, "Accounts, tokens and limits (JSON)")
      ->type_name("FILE");
  sub->add_option("--certificate", invocation.serve.certificate, "Speak TLS: certificate (PEM)")
      ->type_name("FILE");
  sub->add_option("--private-key", invocation.serve.private_key, "The certificate's key (PEM)")
      ->type_name("FILE");
  sub->add_flag("--demo", invocation.serve.demo, "The account \"demo\" holds a small graph");
}

void add_query_tools(CLI::App& app, Invocation& invocation) {
  CLI::App* validate = app.add_subcommand(
      "validate", "Check the queries of files: .j1ql, JSON, NDJSON, question and rule packs");
  validate->add_option("PATH", invocation.validate.paths, "Files or folders; - is standard input")
      ->required();
  validate
      ->add_option("--format", invocation.validate.format, "Of the files; else by name and content")
      ->check(CLI::IsMember(pack_format_names()));
  validate->add_flag(
      "--portable", invocation.validate.portable, "Also warn of what only Callisto understands");
  CLI::App* doctor = app.add_subcommand("doctor", "Tell why a query returns nothing");
  doctor->add_option("QUERY", invocation.statements, "The query")->required()->expected(1);
  CLI::App* format = app.add_subcommand("format", "Write queries in the house style");
  format->add_option("FILE", invocation.reformat.file, "Queries; standard input without it");
  format->add_flag(
      "--check", invocation.reformat.check, "Print nothing; exit code 1 if something would change");
}

Action chosen_action(const CLI::App& app) {
  static const std::map<std::string, Action> kActions{{"sync", Action::Sync},
                                                      {"export", Action::Export},
                                                      {"import", Action::Import},
                                                      {"overrides", Action::Overrides},
                                                      {"why", Action::Why},
                                                      {"jobs", Action::Jobs},
                                                      {"update", Action::Update},
                                                      {"reset", Action::Reset},
                                                      {"delete", Action::Delete},
                                                      {"compact", Action::Compact},
                                                      {"serve", Action::Serve},
                                                      {"validate", Action::Validate},
                                                      {"format", Action::Format},
                                                      {"doctor", Action::Doctor}};
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  return chosen.empty() ? Action::Query : kActions.at(chosen.front()->get_name());
}

// NAME=N; returns what is wrong.
std::string set_input_limit(const std::string& word, InputLimits& limits) {
  const std::size_t equals = std::min(word.find('='), word.size());
  for (const InputLimitName& known : kInputLimitNames) {
    if (known.name != std::string_view(word).substr(0, equals)) continue;
    const auto number =
        number_from<std::size_t>(std::string_view(word).substr(std::min(equals + 1, word.size())));
    const std::size_t most = kInputLimitsMax.*known.limit;
    if (!number || *number == 0 || *number > most) {
      return "--input-limit " + std::string(known.name) + " needs a number from 1 to " +
             std::to_string(most);
    }
    limits.*known.limit = *number;
    return {};
  }
  return "--input-limit: there is no limit '" + word.substr(0, equals) + "'";
}

std::string mode_word(SyncMode mode) {
  for (const std::string& name : sync_mode_names()) {
    if (sync_mode_from_text(name) == mode) return name;
  }
  return {};
}

// An option that has no effect in some modes.
struct ModeOption {
  const char* name;
  std::vector<SyncMode> modes;  // Where it has one.
};

const std::vector<ModeOption>& mode_options() {
  static const std::vector<SyncMode> kPins{SyncMode::Override};
  static const std::vector<SyncMode> kWholes{SyncMode::Diff, SyncMode::CrossScope};
  static const std::vector<ModeOption> kOptions{
      {"--author", kPins},
      {"--reason", kPins},
      {"--review-by", kPins},
      {"--partial-type", kWholes},
      {"--ignore-duplicates", {SyncMode::Diff, SyncMode::CrossScope, SyncMode::CreateOrUpdate}},
      {"--force", {SyncMode::Diff, SyncMode::Override}},
      {"--expect-deletes",
       {SyncMode::Diff, SyncMode::CrossScope, SyncMode::CreateOrUpdate, SyncMode::Override}},
      {"--integration-type",
       {SyncMode::Diff, SyncMode::CrossScope, SyncMode::CreateOrUpdate, SyncMode::Patch}},
      {"--integration-name",
       {SyncMode::Diff, SyncMode::CrossScope, SyncMode::CreateOrUpdate, SyncMode::Patch}}};
  return kOptions;
}

std::string wrong_for_mode(const CLI::App& sync, SyncMode mode) {
  for (const ModeOption& option : mode_options()) {
    if (sync.get_option(option.name)->count() == 0) continue;
    if (std::find(option.modes.begin(), option.modes.end(), mode) != option.modes.end()) continue;
    std::string modes;
    for (const SyncMode good : option.modes) {
      modes += (modes.empty() ? "" : ", ") + mode_word(good);
    }
    return std::string(option.name) + " has no effect with --mode " + mode_word(mode) +
           ": only with " + modes;
  }
  return {};
}

// Such as that of a variable that is not set: `--data "$DIR"`.
std::string empty_word(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    const std::vector<std::string>& words = option->results();
    if (option->check_name("--command") || std::count(words.begin(), words.end(), "") == 0)
      continue;
    return option->get_name() + " is empty: leave it out, or say what is meant";
  }
  return {};
}

// The first thing that is wrong with the words of a sync together, or "".
std::string settle_sync(SyncArguments& sync, const Typed& typed) {
  sync.start.mode = sync_mode_from_text(typed.mode).value_or(SyncMode::Diff);
  const bool integration = !sync.start.integration_instance_id.empty();
  sync.start.source =
      !typed.source.empty() ? typed.source : (integration ? "integration-managed" : "api");
  if (!typed.review_by.empty()) {
    sync.start.review_by_ms = date_from_text(typed.review_by);
    if (!sync.start.review_by_ms) {
      return "--review-by needs a date such as 2026-12-01, not '" + typed.review_by + "'";
    }
  }
  if (sync.force && typed.expected_deletes) return "--force takes no --expect-deletes";
  // To clear a scope of pins is what an empty OVERRIDE is for; a DIFF has to say that all may go.
  const bool clears_pins = sync.empty && sync.start.mode == SyncMode::Override;
  if (sync.force || (clears_pins && !typed.expected_deletes)) {
    sync.finalize.deletion_guard.reset();
  } else {
    sync.finalize.deletion_guard->expected = typed.expected_deletes;
  }
  if (sync.paths.empty() && !sync.empty) {
    return "sync needs a PATH, or --empty to finalize without an upload";
  }
  if (!sync.paths.empty() && sync.empty) return "--empty takes no PATH";
  return {};
}

// The first thing that is wrong with the words together, or "".
std::string settle(const CLI::App& app, Invocation& invocation, const Typed& typed) {
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  std::string empty = empty_word(app);
  if (empty.empty() && !chosen.empty()) empty = empty_word(*chosen.front());
  if (!empty.empty()) return empty;
  if (!typed.format.empty()) invocation.format = parse_format(typed.format);
  invocation.color = !typed.no_color;
  invocation.layer = layer_from_text(typed.layer).value_or(LayerView::Effective);
  invocation.limits.timeout_ms = timeout_ms(typed.timeout_seconds);
  if (typed.memory_mib) invocation.limits.memory_bytes_max = *typed.memory_mib << 20;
  for (const std::string& parameter : typed.parameters) {
    const std::size_t equals = parameter.find('=');
    if (equals == std::string::npos || equals == 0) {
      return "--param needs NAME=VALUE, not '" + parameter + "'";
    }
    const std::string name = parameter.substr(0, equals);
    const Result<Value> value = variable_from_text(std::string_view(parameter).substr(equals + 1));
    if (!value) return "--param " + name + ": " + value.error().message;
    invocation.parameters[name] = *value;
  }
  for (const std::string& limit : typed.input_limits) {
    if (std::string wrong = set_input_limit(limit, invocation.input); !wrong.empty()) return wrong;
  }
  if (!typed.served_directory.empty()) invocation.data_directory = typed.served_directory;
  if (!typed.state.empty()) invocation.overrides.state = override_state_from_text(typed.state);
  if (invocation.action == Action::Sync) {
    if (std::string wrong = settle_sync(invocation.sync, typed); !wrong.empty()) return wrong;
    const SyncMode mode = invocation.sync.start.mode;
    if (std::string wrong = wrong_for_mode(*chosen.front(), mode); !wrong.empty()) return wrong;
  }
  if (is_address(invocation.data_directory)) {
    return "--data takes a directory, and '" + invocation.data_directory +
           "' is an address: Callisto keeps its graph in files of its own (./NAME is a directory "
           "whatever its NAME)";
  }
  return {};
}

}  // namespace

ParsedCommandLine parse_command_line(int count, const char* const* words) {
  ParsedCommandLine parsed;
  Invocation invocation;
  Typed typed;
  CLI::App app{"Callisto: an asset graph in memory, with overrides that stick, queried in J1QL.",
               "callisto"};
  app.footer(kExamples);
  app.set_version_flag("--version", std::string("callisto ") + CALLISTO_VERSION);
  app.require_subcommand(0, 1);
  app.get_formatter()->column_width(34);
  add_global_options(app, invocation, typed);
  add_query_options(app, invocation);
  add_sync(app, invocation, typed);
  add_override_commands(app, invocation, typed);
  add_entity_commands(app, invocation);
  add_store_commands(app, invocation);
  add_serve(app, invocation, typed);
  add_query_tools(app, invocation);
  for (CLI::App* sub : app.get_subcommands({}))
    sub->fallthrough();
  try {
    app.parse(count, words);
    invocation.action = chosen_action(app);
    const std::string wrong = settle(app, invocation, typed);
    if (!wrong.empty()) throw CLI::ValidationError(wrong);
    parsed.invocation = std::move(invocation);
  } catch (const CLI::Success& asked) {
    std::ostringstream out;
    app.exit(asked, out, out);
    parsed.out = out.str();
  } catch (const CLI::ExtrasError&) {
    std::string extras;
    for (const std::string& word : app.remaining(true))
      extras += " " + word;
    parsed.exit = ExitCode::Usage;
    parsed.err =
        "callisto: not expected:" + extras +
        "\nA query stands behind -c, a file to look into behind --load. See callisto --help\n";
  } catch (const CLI::Error& error) {
    parsed.exit = ExitCode::Usage;
    parsed.err = std::string("callisto: ") + error.what() + "\nSee callisto --help\n";
  } catch (const std::exception& error) {
    parsed.exit = ExitCode::Usage;
    parsed.err = std::string("callisto: ") + error.what() + "\n";
  }
  return parsed;
}

}  // namespace callisto::repl
