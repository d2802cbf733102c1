#include "persist/collect/upload_pieces.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <tuple>
#include <utility>

#include <callisto/json_text.h>
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot_read(const std::string& path, const std::string& reason) {
  return fail(ErrorCode::Io, "cannot read " + path + ": " + reason);
}

// What the SDK writes (.../<step>/entities/<name>.json, .../<step>/relationships/<name>.json), and
// NDJSON of any name.
bool is_collected(const fs::path& file) {
  const fs::path folder = file.parent_path().filename();
  return file.extension() == ".ndjson" || file.extension() == ".jsonl" ||
         (file.extension() == ".json" && (folder == "entities" || folder == "relationships"));
}

// Data that is there in a form that is not read: packed, or not yet renamed.
bool is_unread(const fs::path& file) {
  const std::string name = file.filename().string();
  return !name.starts_with('.') && !is_collected(file) &&
         (name.find(".json.") != std::string::npos || name.find(".ndjson.") != std::string::npos ||
          name.find(".jsonl.") != std::string::npos);
}

bool holds_relationships(const fs::path& file) {
  return file.parent_path().filename() == "relationships" ||
         file.stem().string().starts_with("relationships");
}

fs::path graph_folder(const fs::path& path) {
  std::error_code ignored;
  for (const char* inner : {".j1-integration/graph", "graph"}) {
    if (fs::is_directory(path / inner, ignored)) return path / inner;
  }
  return path;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// A first line that is an object of its own: as many braces are closed as are opened.
bool starts_ndjson(std::string_view line) {
  line = without_bom(line);
  if (!line.starts_with('{')) return false;
  std::int64_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quoted) {
      if (line[i] == '\\') {
        ++i;
      } else if (line[i] == '"') {
        quoted = false;
      }
    } else if (line[i] == '"') {
      quoted = true;
    } else if (line[i] == '{') {
      ++depth;
    } else if (line[i] == '}' && --depth == 0) {
      return is_blank(line.substr(i + 1));
    }
  }
  return false;
}

Result<std::vector<std::string>> collected_files(const fs::path& root) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator at(root, error), end; !error && at != end;
       at.increment(error)) {
    const bool collected = is_collected(at->path());
    if (!collected && !is_unread(at->path())) continue;
    const std::string path = at->path().string();
    if (at->is_directory(error)) continue;
    if (!collected) {
      return fail(ErrorCode::InvalidInput,
                  path + ": this form is not read: unpack it, or take it out of the folder");
    }
    if (!at->is_regular_file(error)) return cannot_read(path, "it is no file, or a dead link");
    files.push_back(path);
  }
  if (error) return cannot_read(root.string(), error.message());
  if (files.empty()) {
    return fail(
        ErrorCode::NotFound,
        "no entities/*.json, relationships/*.json, *.ndjson or *.jsonl below " + root.string());
  }
  const auto order = [](const std::string& path) {
    return std::tuple(holds_relationships(path), path);
  };
  std::sort(files.begin(), files.end(), [&](const std::string& a, const std::string& b) {
    return order(b) < order(a);
  });
  return files;
}

}  // namespace

Error place_error(Error error, const UploadPiece& piece) {
  constexpr std::string_view kLine = "line ";
  const std::string_view message = error.message;
  if (message.starts_with(kLine)) {
    std::uint64_t number = 0;
    const char* const begin = message.data() + kLine.size();
    const auto [rest, code] = std::from_chars(begin, message.data() + message.size(), number);
    if (code == std::errc{}) {
      error.message = piece.file + ": line " + std::to_string(piece.lines_before + number) +
                      std::string(rest, message.data() + message.size());
      return error;
    }
  }
  // A body of one line, or one that is no lines, is read as a whole.
  constexpr std::string_view kBody = "body: ";
  const std::string first = std::to_string(piece.lines_before + 1);
  if (message.starts_with(kBody)) {
    const std::string line = piece.whole_file ? "" : "line " + first + ": ";
    error.message = piece.file + ": " + line + std::string(message.substr(kBody.size()));
    return error;
  }
  const std::string from = piece.whole_file ? "" : " (from line " + first + ")";
  error.message = piece.file + from + ": " + error.message;
  return error;
}

Result<UploadPieces> UploadPieces::open(const std::string& path) {
  UploadPieces pieces;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return cannot_read(path, "there is no such file or folder");
  if (fs::is_directory(status)) {
    CALLISTO_TRY(pieces.files_, collected_files(graph_folder(path)));
  } else {
    pieces.files_.push_back(path);
  }
  for (const std::string& file : pieces.files_) {
    const std::uintmax_t size = fs::file_size(file, error);
    if (!error) pieces.bytes_total_ += size;  // A pipe has none.
  }
  return pieces;
}

Result<std::optional<UploadPiece>> UploadPieces::next() {
  while (!lines_file_.empty()) {
    CALLISTO_TRY(std::optional<UploadPiece> piece, next_lines());
    if (piece) return piece;
  }
  if (files_.empty()) return std::optional<UploadPiece>{};
  return start_file();
}

// Reads the first line to see what the file is.
Result<std::optional<UploadPiece>> UploadPieces::start_file() {
  const std::string file = std::exchange(files_.back(), {});
  files_.pop_back();
  lines_ = std::ifstream(file, std::ios::binary);
  if (!lines_) return cannot_read(file, std::strerror(errno));
  std::string line;
  std::getline(lines_, line);
  const bool ended = lines_.eof();  // Without the end of a line.
  if (!ended && starts_ndjson(line)) {
    lines_file_ = file;
    first_line_ = std::move(line);
    lines_done_ = 0;
    return next();
  }
  UploadPiece piece{.body = std::move(line), .file = file};
  if (!ended) piece.body += '\n';
  std::string buffer(std::size_t{1} << 20, '\0');
  while (lines_.read(buffer.data(), static_cast<std::streamsize>(buffer.size())),
         lines_.gcount() > 0) {
    piece.body.append(buffer.data(), static_cast<std::size_t>(lines_.gcount()));
    if (piece.body.size() > kUploadBytesMax) {
      return fail(ErrorCode::LimitExceeded,
                  file + ": a JSON document may have " + std::to_string(kUploadBytesMax) +
                      " bytes; write NDJSON, one object a line, to upload more");
    }
  }
  if (lines_.bad()) return cannot_read(file, std::strerror(errno));
  bytes_done_ += piece.body.size();
  return std::optional(std::move(piece));
}

Result<std::optional<UploadPiece>> UploadPieces::next_lines() {
  UploadPiece piece{
      .body = {}, .file = lines_file_, .lines_before = lines_done_, .whole_file = false};
  std::string line = std::exchange(first_line_, {});
  bool have = lines_done_ == 0;
  while (have || std::getline(lines_, line)) {
    have = false;
    ++lines_done_;
    piece.body.append(line).append("\n");
    if (piece.body.size() >= kPieceBytes) break;
  }
  if (lines_.bad()) return cannot_read(lines_file_, std::strerror(errno));
  if (!lines_) lines_file_.clear();
  bytes_done_ = std::min(bytes_total_, bytes_done_ + piece.body.size());
  if (is_blank(piece.body)) return std::optional<UploadPiece>{};
  return std::optional(std::move(piece));
}

}  // namespace callisto::persist
