#include "tests/unit/api/api_fixture.h"

#include <stdlib.h>

#include <fstream>
#include <stdexcept>

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace callisto::tests {

std::string CountingIds::next_uuid() {
  return fmt::format("00000000-0000-4000-8000-{:012}", ++count_);
}

void World::open() {
  DatabaseOptions options;
  options.directory = directory_;
  options.clock = &clock;
  options.ids = &ids;
  auto opened = Database::open(options);
  if (!opened) FAIL(opened.error().message);
  databases_.clear();
  databases_.push_back(std::move(*opened));
}

SyncJob World::start(SyncMode mode, std::string scope) {
  StartJob request;
  request.scope = std::move(scope);
  request.mode = mode;
  auto job = database().start_job(request);
  if (!job) FAIL(job.error().message);
  return *job;
}

SyncReport World::sync(SyncMode mode, std::string scope, std::string_view body) {
  const SyncJob job = start(mode, std::move(scope));
  if (const auto uploaded = database().upload(job.id, body); !uploaded) {
    FAIL(uploaded.error().message);
  }
  auto report = database().finalize(job.id, {.deletion_guard = std::nullopt});
  if (!report) FAIL(report.error().message);
  if (report->job.status != JobStatus::Finished) FAIL(report->job.error);
  return std::move(*report);
}

void World::sync_inventory() {
  sync(SyncMode::Diff, "inventory", R"({"entities":[
    {"_key":"repo:1","_type":"github_repo","_class":["CodeRepo"],"name":"payments","criticality":3,
     "tags":["pci","core"],"public":false},
    {"_key":"repo:2","_type":"github_repo","_class":["CodeRepo"],"name":"website","criticality":2},
    {"_key":"repo:3","_type":"github_repo","_class":["CodeRepo","Archive"],"name":"attic"},
    {"_key":"user:1","_type":"github_user","_class":["User"],"name":"ada","active":true},
    {"_key":"user:2","_type":"github_user","_class":["User"],"name":"\"grace\" \u00e9","active":"yes"}],
   "relationships":[
    {"_key":"u1r1","_type":"github_user_owns_repo","_class":"OWNS","_fromEntityKey":"user:1",
     "_toEntityKey":"repo:1","since":1500000000000.5},
    {"_key":"u2r2","_type":"github_user_owns_repo","_class":"OWNS","_fromEntityKey":"user:2",
     "_toEntityKey":"repo:2"}]})");
}

void World::sync_overrides() {
  const auto row = [this](std::string_view key, std::string_view rest) {
    return fmt::format(R"({{"_id":"{}",{}}})", id_of(key), rest);
  };
  sync(SyncMode::Override,
       "older",
       fmt::format(R"({{"entities":[{}]}})", row("repo:1", "\"criticality\":10")));
  sync(SyncMode::Override,
       "younger",
       fmt::format(R"({{"entities":[{},{}]}})",
                   row("repo:1", "\"criticality\":7,\"owner\":\"team-a\""),
                   row("repo:2", "\"criticality\":null")));
}

std::string World::id_of(std::string_view key) {
  const auto found = rows(fmt::format("FIND * WITH _key = '{}' AS x RETURN x._id", key));
  if (found.size() != 1) FAIL("no entity has the key " << key);
  return found[0].substr(1, found[0].size() - 2);
}

std::vector<std::string> World::rows(std::string_view query, const QueryOptions& options) {
  Session session = database().session();
  auto result = session.run(query, options);
  if (!result) FAIL(result.error().message);
  std::vector<std::string> found;
  while (true) {
    const auto batch = result->next();
    if (!batch) FAIL(batch.error().message);
    if (*batch == nullptr) return found;
    for (std::size_t row = 0; row < (*batch)->rows(); ++row) {
      std::string line;
      for (std::size_t column = 0; column < (*batch)->columns(); ++column) {
        if (column > 0) line += '|';
        (*batch)->append_json(line, row, column);
      }
      found.push_back(std::move(line));
    }
  }
}

std::string World::exported() {
  std::string text;
  const Status status = database().export_ndjson([&](std::string_view line) -> Status {
    text.append(line).append("\n");
    return {};
  });
  if (!status) FAIL(status.error().message);
  return text;
}

}  // namespace callisto::tests
