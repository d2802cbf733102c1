#include "persist/codec/export_reader.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "persist/codec/export_digest.h"
#include "persist/codec/export_lines.h"
#include <callisto/json_text.h>

namespace callisto::persist {
namespace {

Error at_line(Error error, const std::string& name, std::uint64_t line) {
  error.message = name + ": line " + std::to_string(line) + ": " + error.message;
  return error;
}

bool holds_graph(const Snapshot& snapshot) {
  const auto has_rows = [](const auto& table) {
    if (!table) return false;
    return std::any_of(table->chunks().begin(), table->chunks().end(), [](const ChunkPtr& chunk) {
      return chunk->live().any() || chunk->deleted().any();
    });
  };
  const auto entities = snapshot.entity_tables();
  return !snapshot.scopes().empty() || std::any_of(entities.begin(), entities.end(), has_rows);
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

Result<ImportResult> import_ndjson(std::istream& in,
                                   const std::string& name,
                                   Store& store,
                                   const std::string& account,
                                   const DefinitionsReader& definitions) {
  std::string line;
  std::getline(in, line);
  Result<ExportHeader> header = read_export_header(without_bom(line));
  if (!header) return tl::make_unexpected(at_line(std::move(header).error(), name, 1));
  if (header->account != account) {
    return fail(ErrorCode::InvalidInput,
                name + ": line 1: this is an export of the account \"" + header->account +
                    "\", the database is of \"" + account + "\": open it with that account");
  }
  if (!header->is_whole) {
    return fail(ErrorCode::InvalidInput,
                name + ": line 1: the line is not what was exported: it does not match its digest");
  }
  CALLISTO_TRY(const std::unique_ptr<GraphReplacement> graph,
               store.begin_replacement(header->graph_version));
  // Only now, with the writer lock held, is the answer still true at the end.
  if (holds_graph(*store.snapshot())) {
    return fail(ErrorCode::Conflict,
                "an import needs an empty database, and this one holds a graph");
  }
  ExportDigest digest;
  const bool has_digest = header->has_digest;
  ExportLines lines(*graph, *std::move(header), definitions);
  std::uint64_t number = 1;
  ImportResult result{.has_digest = has_digest};
  std::string written;  // The line before half characters were replaced: that of the digest.
  while (std::getline(in, line)) {
    ++number;
    if (is_blank(line)) continue;
    const bool has_escapes = line.find("\\u") != std::string::npos;
    if (has_escapes) {
      written = line;
      const std::size_t found = repair_lone_surrogates(line).count;
      if (found > 0 && result.lone_surrogates == 0) result.first_lone_surrogate_line = number;
      result.lone_surrogates += found;
    }
    if (Status status = lines.read(line); !status) {
      return tl::make_unexpected(at_line(std::move(status).error(), name, number));
    }
    if (!lines.ended()) digest.add(has_escapes ? written : line);
  }
  if (in.bad()) return fail(ErrorCode::Io, "cannot read " + name);
  if (Status status = lines.finish(digest.text()); !status) {
    return tl::make_unexpected(at_line(std::move(status).error(), name, number));
  }
  if (Result<SnapshotPtr> done = graph->finish(); !done) {
    return tl::make_unexpected(std::move(done).error());
  }
  return result;
}

}  // namespace callisto::persist
