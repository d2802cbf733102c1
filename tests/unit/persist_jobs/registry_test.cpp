// The registries of jobs and overrides.
#include <catch2/catch.hpp>

#include "persist/jobs/job_registry.h"
#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

namespace {

JobPtr made(const std::string& id,
            const std::string& scope,
            std::int64_t started,
            std::uint64_t sequence) {
  auto job = std::make_shared<Job>();
  job->state.id = id;
  job->state.started_at_ms = started;
  job->request.scope = scope;
  job->sequence = sequence;
  return job;
}

}  // namespace

TEST_CASE("the job registry finds jobs by id, by partition and state, by start") {
  JobRegistry registry;
  const JobPtr a = made("a", "s", 10, 1);
  registry.add(a);
  registry.add(made("b", "s", 20, 2));
  registry.add(made("c", "t", 20, 3));
  CHECK(registry.find("a") == a);
  CHECK(registry.find("x") == nullptr);
  CHECK(registry.next_sequence() == 4);
  PartitionInfo s;
  s.source = "api";
  s.scope = "s";
  CHECK(registry.open_in(s).size() == 2);
  CHECK(registry.open_since(10).size() == 1);
  CHECK(registry.newest_first().front()->state.id == "c");
  a->state.status = JobStatus::Finished;
  registry.restate("a");
  CHECK(registry.open_in(s).size() == 1);
  CHECK(registry.open_since(100).size() == 2);
  CHECK(registry.ended_beyond(0).size() == 1);
  CHECK(registry.ended_beyond(1).empty());
  registry.remove("a");
  CHECK(registry.find("a") == nullptr);
}

TEST_CASE("the override registry says the same before and after it is rebuilt") {
  Account account;
  account.diff("d", hosts({host("b"), host("a")}));
  const std::string a = account.id("d", "a");
  const std::string b = account.id("d", "b");
  account.pin("x", row(b, R"("q":1,"p":1)") + "," + row(a, R"("p":1)"));
  account.pin("w", row(a, R"("p":2)"));
  const auto listed = [&] {
    std::string out;
    for (const OverrideInfo& info : account.persister->overrides({})) {
      out += info.scope + ":" + info.entity_key + "." + info.property + " ";
    }
    return out;
  };
  CHECK(listed() == "x:a.p x:b.p x:b.q w:a.p ");  // By scope age, key, property.
  account.reopen();
  CHECK(listed() == "x:a.p x:b.p x:b.q w:a.p ");
  account.pin("x", row(b, R"("q":1)"));
  CHECK(listed() == "x:b.q w:a.p ");
  CHECK(account.persister->overrides({.entity_id = a}).size() == 1);
  CHECK(account.persister->overrides({.scope = "x"}).size() == 1);
}
