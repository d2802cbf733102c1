#include "bench/suite/graph_loader.h"

#include <charconv>
#include <chrono>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "bench/generator/upload_writer.h"

namespace callisto::bench {
namespace {

// One job of one scope; the clock runs only inside the database.
class TimedJob {
 public:
  explicit TimedJob(Database& database) : database_(database) {}

  Status start(std::string_view scope) {
    const Timer timer(figures_.seconds);
    StartJob request;
    request.scope = scope;
    CALLISTO_TRY(const SyncJob job, database_.start_job(request));
    id_ = job.id;
    return {};
  }

  Status upload(std::string_view body, std::uint32_t objects) {
    const Timer timer(figures_.seconds);
    figures_.bytes += body.size();
    figures_.objects += objects;
    CALLISTO_TRY([[maybe_unused]] const SyncJob job, database_.upload(id_, body));
    return {};
  }

  Result<SyncFigures> finalize() {
    {
      const Timer timer(figures_.seconds);
      FinalizeOptions options;
      options.samples_max = 0;
      options.deletion_guard.reset();
      CALLISTO_TRY(figures_.report, database_.finalize(id_, options));
    }
    return figures_;
  }

 private:
  class Timer {
   public:
    explicit Timer(double& seconds) : seconds_(seconds) {}

    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    ~Timer() {
      seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

   private:
    double& seconds_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  };

  Database& database_;
  std::string id_;
  SyncFigures figures_;
};

// `write` is write_entities() or write_relationships() of one kind.
template <class Write>
Result<SyncFigures> sync(Database& database, std::string_view scope, const Write& write) {
  TimedJob job(database);
  Status status = job.start(scope);
  if (!status) return tl::make_unexpected(std::move(status).error());
  write([&](std::string_view body, std::uint32_t objects) {
    status = job.upload(body, objects);
    return status.has_value();
  });
  if (!status) return tl::make_unexpected(std::move(status).error());
  return job.finalize();
}

void add(SyncFigures& sum, const SyncFigures& part) {
  sum.seconds += part.seconds;
  sum.bytes += part.bytes;
  sum.objects += part.objects;
}

std::optional<std::uint32_t> row_of(std::string_view key) {
  const std::size_t colon = key.rfind(':');
  std::uint32_t row = 0;
  if (colon == std::string_view::npos) return std::nullopt;
  const char* end = key.data() + key.size();
  const auto parsed = std::from_chars(key.data() + colon + 1, end, row);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return row;
}

}  // namespace

Result<SyncFigures> sync_entities(Database& database,
                                  const Workload& workload,
                                  const EntityKind& kind,
                                  std::uint32_t revision) {
  return sync(database, kind.type, [&](const BodySink& sink) {
    write_entities(workload, kind, revision, sink);
  });
}

Result<SyncFigures> sync_relationships(Database& database,
                                       const Workload& workload,
                                       const RelationshipKind& kind,
                                       std::uint32_t revision) {
  return sync(database, relationship_type(kind), [&](const BodySink& sink) {
    write_relationships(workload, kind, revision, sink);
  });
}

Result<SyncFigures> load_graph(Database& database, const Workload& workload) {
  SyncFigures sum;
  for (const EntityKind& kind : entity_kinds()) {
    CALLISTO_TRY(const SyncFigures part, sync_entities(database, workload, kind, 0));
    if (part.report.job.entities.created != workload.rows(kind)) {
      return fail(ErrorCode::Internal,
                  fmt::format("loading {}: {} of {} entities were created",
                              kind.type,
                              part.report.job.entities.created,
                              workload.rows(kind)));
    }
    add(sum, part);
  }
  for (const RelationshipKind& kind : relationship_kinds()) {
    CALLISTO_TRY(const SyncFigures part, sync_relationships(database, workload, kind, 0));
    if (part.report.job.relationships.created != part.objects) {
      return fail(ErrorCode::Internal,
                  fmt::format("loading {}: {} of {} relationships were created",
                              relationship_type(kind),
                              part.report.job.relationships.created,
                              part.objects));
    }
    add(sum, part);
  }
  return sum;
}

Result<std::vector<std::string>> entity_ids(Database& database,
                                            const Workload& workload,
                                            const EntityKind& kind) {
  std::vector<std::string> ids(workload.rows(kind));
  Session session = database.session();
  CALLISTO_TRY(QueryResult result,
               session.run(fmt::format("FIND {} AS e RETURN e._key, e._id", kind.type)));
  std::size_t found = 0;
  while (true) {
    CALLISTO_TRY(const RowBatch* batch, result.next());
    if (batch == nullptr) break;
    for (std::size_t i = 0; i < batch->rows(); ++i) {
      const std::optional<std::uint32_t> row = row_of(batch->value(i, 0).as_string());
      if (!row || *row >= ids.size()) return fail(ErrorCode::Internal, "a key nobody uploaded");
      ids[*row] = batch->value(i, 1).as_string();
      ++found;
    }
  }
  if (found == ids.size()) return ids;
  return fail(ErrorCode::Internal,
              fmt::format("{} of {} {} were found", found, ids.size(), kind.type));
}

}  // namespace callisto::bench
