// The dot commands of the shell: one table makes dispatch, help and completion.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "repl/console.h"

namespace callisto::repl {

// What the words after a command are, for completion.
enum class ArgumentKind : std::uint8_t {
  None,
  Query,
  Format,
  Layer,
  OnOff,
  OverrideState,
  Type,
  ClassOrType,
  Command,
  File,
  Sync,
  Entity,
};

struct Arguments {
  std::string_view rest;           // After the command, blanks trimmed.
  std::vector<std::string> words;  // Split at blanks; quotes keep them together.
};

struct DotCommand {
  const char* name = "";       // With its dot.
  const char* arguments = "";  // As help shows them.
  const char* summary = "";    // One line.
  const char* details = "";    // More lines.
  const char* example = "";
  ArgumentKind completes{};
  ExitCode (*run)(Console&, const Arguments&) = nullptr;
  bool writes = false;  // Into the graph: it may be the first to do so.
};

[[nodiscard]] const std::vector<DotCommand>& dot_commands();

// The command of that name, or the only one that starts with it; nullptr for none or several.
[[nodiscard]] const DotCommand* find_dot_command(std::string_view name);

[[nodiscard]] Arguments split_arguments(std::string_view rest);

// Runs a line that starts with a dot. Unknown commands and bad arguments are told, exit code 2.
ExitCode run_dot_command(Console& console, std::string_view line);

// Says how a command is used, for bad arguments.
ExitCode usage(Console& console, const char* name);

// Says that no command has this name, or is the only one that begins so.
ExitCode no_command(Console& console, std::string_view name);

// Text of .help and of .help NAME.
[[nodiscard]] std::string help_text();
[[nodiscard]] std::string help_text(const DotCommand& command);

}  // namespace callisto::repl
