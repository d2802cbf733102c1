#include "repl/graph_place.h"

#include <algorithm>
#include <filesystem>

#include "repl/dot_commands.h"
#include "repl/script.h"
#include "repl/text_file.h"

namespace callisto::repl {
namespace {

bool text_writes(std::string_view text) {
  const std::vector<ScriptItem> items = split_script(text);
  return std::any_of(items.begin(), items.end(), [](const ScriptItem& item) {
    if (!item.is_command) return false;
    const DotCommand* command =
        find_dot_command(item.text.substr(0, item.text.find_first_of(" \t;")));
    return command != nullptr && command->writes;
  });
}

// What can be read only once, such as a pipe, is left for those who run it.
bool file_writes(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  const Result<std::string> text = read_text_file(path);
  return text && text_writes(*text);
}

// Whether a store may be made where there is none: what only reads would else leave an empty one
// behind when the name of the directory is misspelt.
bool may_create(const Invocation& invocation) {
  if (!invocation.load_paths.empty()) return true;
  if (invocation.action == Action::Sync || invocation.action == Action::Import) {
    return !invocation.sync.finalize.dry_run;
  }
  if (invocation.action != Action::Query) return false;
  return std::any_of(invocation.statements.begin(), invocation.statements.end(), text_writes) ||
         std::any_of(invocation.script_files.begin(), invocation.script_files.end(), file_writes);
}

}  // namespace

bool is_address(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon < 2) return false;
  // Before the colon of a scheme or host stands no slash; "./a:b" is a directory, and so is "C:".
  if (text.find_first_of("/\\") < colon) return false;
  if (text.compare(colon, 3, "://") == 0) return true;
  std::error_code error;
  return !std::filesystem::is_directory(text, error);
}

std::string missing_place(const Invocation& invocation) {
  if (!invocation.data_directory.empty()) return {};
  switch (invocation.action) {
    case Action::Sync:
      if (invocation.sync.finalize.dry_run) return {};
      [[fallthrough]];
    case Action::Import:
    case Action::Update:
    case Action::Reset:
    case Action::Delete:
    case Action::Compact:
      return "there is no --data DIR, nor CALLISTO_DATA: the graph would be in memory, and what "
             "this "
             "command writes gone at its end";
    case Action::Export:
    case Action::Why:
    case Action::Overrides:
    case Action::Jobs:
      if (!invocation.load_paths.empty()) return {};
      return "there is no --data DIR, nor CALLISTO_DATA, nor --load PATH: the graph is empty";
    case Action::Query:
    case Action::Doctor:
    case Action::Serve:
    case Action::Validate:
    case Action::Format:
      return {};
  }
  return {};
}

std::string missing_input(const Invocation& invocation) {
  std::vector<std::string> paths = invocation.load_paths;
  if (invocation.action == Action::Import) paths.push_back(invocation.file);
  if (invocation.action == Action::Sync) {
    paths.insert(paths.end(), invocation.sync.paths.begin(), invocation.sync.paths.end());
  }
  std::error_code error;
  const auto found = std::find_if(paths.begin(), paths.end(), [&](const std::string& path) {
    return !std::filesystem::exists(path, error);
  });
  return found == paths.end() ? std::string() : *found;
}

Result<Database> open_database(const Invocation& invocation) {
  DatabaseOptions options;
  options.directory = invocation.data_directory;
  options.account = invocation.account;
  options.input = invocation.input;
  options.create = may_create(invocation);
  Result<Database> database = Database::open(options);
  const bool missing = !database && database.error().code == ErrorCode::NotFound;
  if (missing && invocation.action == Action::Sync) {
    options.directory.clear();  // The dry run of a first upload.
    return Database::open(options);
  }
  if (missing) {
    database.error().hints.push_back("callisto sync PATH --mode diff --scope NAME --data " +
                                     invocation.data_directory + " makes one.");
  }
  return database;
}

}  // namespace callisto::repl
