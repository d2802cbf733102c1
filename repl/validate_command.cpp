#include "repl/validate_command.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "repl/output.h"
#include "repl/packs/query_file.h"
#include "repl/query_errors.h"
#include "repl/text_file.h"
#include "repl/text_width.h"
#include <callisto/editing.h>

namespace callisto::repl {
namespace {

namespace fs = std::filesystem;

class Validation {
 public:
  explicit Validation(const ValidateArguments& arguments) : arguments_(arguments) {}

  ExitCode run() {
    for (const std::string& path : arguments_.paths) {
      const std::size_t before = valid_ + invalid_;
      const bool readable = !std::exchange(unreadable_, false);
      visit(path);
      // What is told of already needs no second word.
      if (valid_ + invalid_ == before && !unreadable_) refuse(path, no_query(path));
      unreadable_ = unreadable_ || !readable;
    }
    out_.write(std::to_string(valid_) + " valid, " + std::to_string(invalid_) + " invalid\n");
    if (const Status written = out_.flush(); !written) {
      say("callisto: " + written.error().message + "\n");
      return ExitCode::Failure;
    }
    return unreadable_ ? ExitCode::Usage : invalid_ > 0 ? ExitCode::Refused : ExitCode::Ok;
  }

 private:
  void refuse(const std::string& path, const std::string& why) {
    // What is wrong inside of a file begins with its line.
    const bool inside = !why.empty() && why.front() >= '0' && why.front() <= '9';
    say(visible(file_name(path)) + (inside ? ":" : ": ") + visible(why) + "\n");
    unreadable_ = true;
  }

  static bool is_folder(const std::string& path) {
    std::error_code error;
    return path != "-" && fs::is_directory(path, error);
  }

  static std::string no_query(const std::string& path) {
    return std::string("no query was found") +
           (is_folder(path) ? " in files that end in .j1ql, .json, .ndjson, .jsonl, .yaml or .yml"
                            : "") +
           "; in JSON and YAML queries stand under the keys query, j1ql or queries";
  }

  void visit(const std::string& path) {
    if (is_folder(path)) {
      walk(path);
    } else {
      check_file(path);
    }
  }

  // In the order of the names, hidden folders and node_modules left out.
  void walk(const fs::path& folder) {
    std::vector<std::string> files;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      std::error_code ignored;
      if (entry->is_directory(ignored)) {
        if (name.starts_with('.') || name == "node_modules") entry.disable_recursion_pending();
      } else if (is_query_file(name)) {
        files.push_back(entry->path().string());
      }
    }
    if (error) refuse(folder.string(), error.message());
    std::sort(files.begin(), files.end());
    for (const std::string& file : files)
      check_file(file);
  }

  void check_file(const std::string& path) {
    const Result<std::string> content = read_text_file(path);
    if (!content) return refuse(path, content.error().message);
    // An editor's mark of UTF-8 is no part of the text.
    std::string_view text = *content;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const PackFormat format =
        pack_format_from_text(arguments_.format).value_or(format_of(path, text));
    std::vector<Error> bad_lines;
    const Result<std::vector<FoundQuery>> queries = find_queries(text, format, &bad_lines);
    if (!queries) return refuse(path, queries.error().message);
    for (const Error& error : bad_lines)
      refuse(path, error.message);
    PlaceCounter places(text);
    for (const FoundQuery& query : *queries)
      check_query(path, text, places, query);
  }

  void check_query(const std::string& path,
                   std::string_view content,
                   PlaceCounter& places,
                   const FoundQuery& query) {
    const Status checked = validate_query(query.text);
    if (checked) {
      ++valid_;
      if (arguments_.portable) warn_of_ours(path, content, places, query);
      return;
    }
    ++invalid_;
    Error error = checked.error();
    const std::size_t offset = error.span ? error.span->begin : 0;
    if (offset >= query.text.size() && cut_by_comment(content, query)) {
      error.hints.insert(error.hints.begin(),
                         "In YAML \" #\" begins a comment: put the query in quotes, or after |.");
    }
    const FilePlace place = places.place(offset_in_file(content, query, offset));
    out_.write(error_at(path, place, error));
  }

  void warn_of_ours(const std::string& path,
                    std::string_view content,
                    PlaceCounter& places,
                    const FoundQuery& query) {
    for (const Warning& warning : portability_warnings(query.text)) {
      const std::size_t offset = warning.span ? warning.span->begin : 0;
      const FilePlace place = places.place(offset_in_file(content, query, offset));
      out_.write(error_at(path, place, Error{.message = "warning: " + warning.message}));
    }
  }

  const ValidateArguments& arguments_;
  Output out_{};
  std::size_t valid_ = 0;
  std::size_t invalid_ = 0;
  bool unreadable_ = false;
};

}  // namespace

ExitCode run_validate(const ValidateArguments& arguments) {
  return Validation(arguments).run();
}

}  // namespace callisto::repl
