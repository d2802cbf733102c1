// The command line as a value. The only door to CLI11.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "repl/exit_code.h"
#include "repl/formats.h"
#include <callisto/database.h>

namespace callisto::repl {

enum class Action : std::uint8_t {
  Query,  // Statements from -c, -f or standard input; the shell when that is a terminal.
  Sync,
  Export,
  Import,
  Overrides,
  Why,
  Jobs,
  Update,
  Reset,
  Delete,
  Compact,
  Serve,
  Validate,
  Format,
  Doctor,
};

struct SyncArguments {
  std::vector<std::string> paths;
  StartJob start{};
  UploadOptions upload{};
  FinalizeOptions finalize{};
  bool empty = false;  // Finalizes without an upload.
  bool force = false;  // Whatever it deletes.
};

struct ServeArguments {
  std::string listen{};       // ADDRESS:PORT; empty: as configured.
  std::string config_file{};  // JSON.
  std::string certificate{};  // PEM; empty: as configured.
  std::string private_key{};
  bool demo = false;
};

struct ValidateArguments {
  std::vector<std::string> paths;
  std::string format{};  // "j1ql", "json", "ndjson", "yaml"; empty: by name and content.
  bool portable = false;
};

struct FormatArguments {
  std::string file = "-";  // Standard input.
  bool check = false;      // Prints nothing; exit code 1 when something would change.
};

struct Invocation {
  Action action = Action::Query;

  // For all actions.
  std::string data_directory{};
  std::string account{};  // Empty: that of the directory.
  std::vector<std::string> load_paths{};
  std::optional<Format> format{};
  bool color = true;
  LayerView layer = LayerView::Effective;
  std::map<std::string, Value> parameters{};
  QueryLimits limits{};
  InputLimits input{};
  bool include_deleted = false;

  // Query.
  std::vector<std::string> statements{};
  std::vector<std::string> script_files{};
  bool fail_at_end = false;
  bool timer = false;

  SyncArguments sync{};
  ServeArguments serve{};
  ValidateArguments validate{};
  FormatArguments reformat{};
  std::string file{};                // Export, Import.
  std::string entity{};              // Why, Update, Reset, Delete.
  std::vector<std::string> words{};  // Why: the property; Update: name=value; Reset: properties.
  bool hard = false;                 // Delete.
  OverrideQuery overrides{};         // Overrides.
  bool summary = false;              // Overrides.
};

// What the command line asks for, or the text to print instead (help, version, a usage error).
struct ParsedCommandLine {
  std::optional<Invocation> invocation{};
  ExitCode exit = ExitCode::Ok;
  std::string out{};
  std::string err{};
};

[[nodiscard]] ParsedCommandLine parse_command_line(int count, const char* const* words);

// "diff", "cross-scope", "CROSS_SCOPE", ...: the wire spelling or its lower-case form.
[[nodiscard]] std::optional<SyncMode> sync_mode_from_text(const std::string& text);
[[nodiscard]] std::optional<LayerView> layer_from_text(const std::string& text);
[[nodiscard]] const char* layer_name(LayerView layer);
[[nodiscard]] const std::vector<std::string>& layer_names();
[[nodiscard]] std::optional<OverrideState> override_state_from_text(const std::string& text);
[[nodiscard]] const std::vector<std::string>& sync_mode_names();
[[nodiscard]] const std::vector<std::string>& override_state_names();

// "2026-12-01" or "2026-12-01T10:00:00Z" as epoch milliseconds (UTC).
[[nodiscard]] std::optional<std::int64_t> date_from_text(const std::string& text);

}  // namespace callisto::repl
