// What a Database reads from files and writes to them: uploads, export, import.
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "api/database_impl.h"
#include "api/new_file.h"
#include "core/errors/barrier.h"
#include "persist/codec/export_ndjson.h"
#include "persist/codec/export_reader.h"
#include "persist/collect/upload_pieces.h"

namespace callisto {
namespace {

// Of the line that holds them in an export; the members of their JSON object follow.
const std::string kDefinitionsBegin = R"({"kind":"definitions",)";

}  // namespace

Result<SyncJob> Database::upload_path(
    const std::string& job_id,
    const std::string& path,
    const UploadOptions& options,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  return in([&](Impl& impl) -> Result<SyncJob> {
    CALLISTO_TRY(SyncJob job, impl.persister()->find(job_id));
    CALLISTO_TRY(persist::UploadPieces pieces, persist::UploadPieces::open(path));
    while (true) {
      CALLISTO_TRY(const std::optional<persist::UploadPiece> piece, pieces.next());
      if (!piece) return job;
      Result<SyncJob> uploaded = impl.persister()->upload(job_id, piece->body, options);
      if (!uploaded) {
        return tl::make_unexpected(persist::place_error(std::move(uploaded).error(), *piece));
      }
      job = std::move(*uploaded);
      if (!progress) continue;
      Status told = guarded_caller("the progress function", [&]() -> Status {
        progress(pieces.bytes_done(), pieces.bytes_total());
        return {};
      });
      if (!told) return tl::make_unexpected(std::move(told).error());
    }
  });
}

Status Database::export_ndjson(const std::function<Status(std::string_view line)>& sink) const {
  return in([&](Impl& impl) -> Status {
    if (!sink) return fail(ErrorCode::InvalidInput, "an export needs a sink");
    const auto out = [&](std::string_view line) {
      return guarded_caller("the sink", [&] { return sink(line); });
    };
    return persist::export_ndjson(*impl.snapshot(), out, [&](const persist::LineSink& line) {
      Status status = persist::export_raw_data(*impl.store(), line);
      if (!status || *impl.definitions()->current() == default_definitions()) return status;
      return line(kDefinitionsBegin + impl.definitions()->to_json().substr(1));
    });
  });
}

Status Database::export_file(const std::string& path, const ExportProgress& progress) const {
  return in([&](Impl&) -> Status {
    CALLISTO_TRY(NewFile file, NewFile::create(path));
    std::uint64_t lines = 0;
    std::uint64_t bytes = 0;
    const Status exported = export_ndjson([&](std::string_view line) -> Status {
      if (Status written = file.write(line); !written) return written;
      if (Status written = file.write("\n"); !written) return written;
      ++lines;
      bytes += line.size() + 1;
      if (!progress) return {};
      return guarded_caller("the progress function", [&] { return progress(lines, bytes); });
    });
    return exported ? file.finish() : exported;
  });
}

namespace {

// `Impl` is private to Database.
template <class Impl>
Status import_file(Impl& impl, const std::string& path, ImportReport* report) {
  for (const SyncJob& job : impl.persister()->list()) {
    if (!job.done()) {
      return fail(ErrorCode::Conflict,
                  "sync job " + job.id + " is open: finalize or abort it before an import");
    }
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(ErrorCode::Io, "cannot read " + path + ": " + std::strerror(errno));
  }
  CALLISTO_TRY(const persist::ImportResult imported,
               persist::import_ndjson(file,
                                      path,
                                      *impl.store(),
                                      std::string(impl.store()->snapshot()->account()),
                                      DefinitionStore::record_of));
  Status status = impl.start_persister();
  if (status) status = impl.definitions()->reload();
  if (status && report != nullptr && !imported.has_digest) {
    report->warnings.push_back(path +
                               " has no digest: nothing says whether it is whole and unchanged");
  }
  if (status && report != nullptr && imported.lone_surrogates > 0) {
    report->warnings.push_back(fmt::format(
        "{}: half a character (lone surrogate) taken as U+FFFD, {} of them, first in line {}",
        path,
        imported.lone_surrogates,
        imported.first_lone_surrogate_line));
  }
  return status;
}

}  // namespace

Status Database::import_ndjson(const std::string& path, ImportReport* report) {
  return in([&](Impl& impl) { return import_file(impl, path, report); });
}

}  // namespace callisto
