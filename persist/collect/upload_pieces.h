// Files as upload bodies: a JSON document, NDJSON in pieces, or the files of a folder as the
// JupiterOne integration SDK collects it.
#pragma once

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <callisto/error.h>

namespace callisto::persist {

// One body for Persister::upload().
struct UploadPiece {
  std::string body;
  std::string file;
  std::uint64_t lines_before = 0;  // Of the same file, in earlier pieces.
  bool whole_file = true;
};

// Names the file, and the line within it, in an error of Persister::upload().
[[nodiscard]] Error place_error(Error error, const UploadPiece& piece);

class UploadPieces {
 public:
  // `path`: a file, or a folder that holds `{entities,relationships}/*.json` or `*.ndjson` at any
  // depth; a folder with `.j1-integration/graph` or `graph` in it means that one. Files are taken
  // in the order of their paths, entities before relationships.
  //
  // Errors: Io when nothing can be read; NotFound for a folder without such files.
  static Result<UploadPieces> open(const std::string& path);

  // The next piece, or nothing after the last. NDJSON comes in pieces of whole lines of about
  // kPieceBytes, other files whole. Errors: Io; LimitExceeded above kUploadBytesMax.
  Result<std::optional<UploadPiece>> next();

  [[nodiscard]] std::uint64_t bytes_done() const { return bytes_done_; }

  [[nodiscard]] std::uint64_t bytes_total() const { return bytes_total_; }

  static constexpr std::size_t kPieceBytes = std::size_t{8} << 20;

 private:
  UploadPieces() = default;
  Result<std::optional<UploadPiece>> next_lines();
  Result<std::optional<UploadPiece>> start_file();

  std::vector<std::string> files_;  // In reverse: the next one is the last.
  std::uint64_t bytes_total_ = 0;
  std::uint64_t bytes_done_ = 0;
  std::ifstream lines_;  // The NDJSON file that is being read.
  std::string lines_file_;
  std::string first_line_;
  std::uint64_t lines_done_ = 0;
};

}  // namespace callisto::persist
