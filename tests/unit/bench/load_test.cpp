// What the generator writes can be loaded: as one folder, in one scope.
#include <filesystem>

#include <catch2/catch.hpp>

#include "bench/generator/upload_writer.h"
#include "tests/support/scratch.h"
#include <callisto/database.h>

using namespace callisto;

TEST_CASE(
    "the files of a generated graph are one upload, whose relationships all find their ends") {
  const tests::Scratch scratch;
  const bench::Workload workload(0.005, 1);
  bench::WrittenFiles written;
  REQUIRE(bench::write_files(workload, scratch.path("graph"), written).empty());
  auto database = Database::open({});
  REQUIRE(database);
  StartJob start;
  start.scope = "load";
  const auto job = database->start_job(start);
  REQUIRE(job);
  const auto uploaded = database->upload_path(job->id, scratch.path("graph"));
  INFO((uploaded ? "" : uploaded.error().message));
  REQUIRE(uploaded);
  const auto report = database->finalize(job->id);
  REQUIRE(report);
  CHECK(report->job.entities.created == written.entities);
  CHECK(report->job.relationships.created == written.relationships);
  CHECK(written.relationships > 100);
  CHECK(report->unresolved_relationships == 0);
}
