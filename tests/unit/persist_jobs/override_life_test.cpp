// O-21 to O-26: failures, the life of what is overridden, versions, counters.
#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

namespace {

// Fails commits that touch the graph while `fails` is set.
class FailingCommitter final : public Committer {
 public:
  explicit FailingCommitter(Committer& inner) : inner_(inner) {}

  [[nodiscard]] SnapshotPtr snapshot() const override { return inner_.snapshot(); }

  [[nodiscard]] std::unique_lock<std::mutex> lock_writer() override { return inner_.lock_writer(); }

  [[nodiscard]] SnapshotPtr head() const override { return inner_.head(); }

  [[nodiscard]] Result<SnapshotPtr> stage(const ChangeSet& change) override {
    if (fails && change.touches_graph()) return fail(code, "the disk says no");
    return inner_.stage(change);
  }

  [[nodiscard]] std::uint64_t next_version() const override { return inner_.next_version(); }

  void discard() noexcept override { inner_.discard(); }

  [[nodiscard]] Status flush() override { return inner_.flush(); }

  void for_each_side(
      std::string_view prefix,
      const std::function<void(std::string_view, std::string_view)>& visit) const override {
    inner_.for_each_side(prefix, visit);
  }

  [[nodiscard]] std::shared_ptr<const std::string> find_side(std::string_view key) const override {
    return inner_.find_side(key);
  }

  [[nodiscard]] bool has_side(std::string_view prefix) const override {
    return inner_.has_side(prefix);
  }

  bool fails = false;
  ErrorCode code = ErrorCode::Io;

 private:
  Committer& inner_;
};

}  // namespace

TEST_CASE("O-21 a failed finalize leaves the graph untouched, and can be read afterwards") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":1)")}));
  const std::string a = account.id("d", "a");
  FailingCommitter committer(*account.store);
  auto persister = *Persister::open(committer, {}, account.clock, account.ids);
  const auto job = persister->start({.scope = "s", .mode = SyncMode::Override});
  REQUIRE(persister->upload(job->id, hosts({row(a, R"("p":2)")}), {}));
  committer.fails = true;
  SECTION("an unexpected failure") {
    const auto report = persister->finalize(job->id, {});
    REQUIRE(report);
    CHECK(report->job.status == JobStatus::ErrorUnexpectedFailure);
    CHECK(report->job.error == "the disk says no");
    CHECK(persister->find(job->id)->status == JobStatus::ErrorUnexpectedFailure);
    CHECK(std::string(to_string(report->job.status)) == "ERROR_UNEXPECTED_FAILURE");
  }
  SECTION("bad data found late") {
    committer.code = ErrorCode::LimitExceeded;
    const auto report = persister->finalize(job->id, {});
    REQUIRE(report);
    CHECK(report->job.status == JobStatus::ErrorBadData);
  }
  CHECK(account.value(a, "p") == "1");
  CHECK(account.scopes().empty());
  committer.fails = false;
  CHECK(persister->finalize(job->id, {})->job.done());  // Harmless, and still an error.
  CHECK(account.value(a, "p") == "1");
  CHECK(persister->overrides({}).empty());
}

TEST_CASE("O-22 the owner deletes and re-creates: entity and overrides go and come together") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":1)"), host("b")}));
  const std::string a = account.id("d", "a");
  account.pin("s", row(a, R"("p":2)"));
  REQUIRE(account.persister->update_entity({.id = a, .properties = {{"m", 5.0}}}));
  account.diff("d", hosts({host("b")}));
  CHECK(account.value(a, "p") == "gone");
  CHECK(account.states("s", a, "p") == "orphaned");
  CHECK(account.scopes() == std::vector<std::string>{"s"});  // Its age is kept with it.
  SECTION("re-created by the owner, both are back") {
    account.pin("t", row(account.id("d", "b"), R"("x":1)"));
    const SyncReport report = account.diff("d", hosts({host("a", R"("p":3)"), host("b")}));
    CHECK(report.job.entities.created == 1);
    CHECK(account.value(a, "p") == "2");
    CHECK(account.value(a, "m") == "5");
    CHECK(account.value(a, "_createdOn") == "1000000");
    CHECK(account.states("s", a, "p") == "drifted");
    CHECK(account.scopes() == std::vector<std::string>{"s", "t"});
  }
  SECTION("re-created with another type") {
    account.diff("d", R"({"entities":[{"_key":"a","_type":"vm","_class":"Host","p":3}]})");
    CHECK(account.value(a, "p") == "2");
    CHECK(account.value(a, "m") == "5");
  }
  SECTION("a hard delete purges them") {
    REQUIRE(account.persister->delete_entity(a, true));
    CHECK(account.persister->overrides({}).empty());
    account.diff("d", hosts({host("a", R"("p":3)"), host("b")}));
    CHECK(account.value(a, "p") == "3");
    CHECK(account.value(a, "m") == "null");
    CHECK(account.version(a) == 1);
  }
  SECTION("finalizing the scope while the entity is gone releases it") {
    const SyncReport report = account.pin("s", row(a, R"("p":2)"));
    CHECK(report.skipped_rows == 1);
    CHECK(account.persister->overrides({}).empty());
    CHECK(account.scopes().empty());
    account.diff("d", hosts({host("a", R"("p":3)"), host("b")}));
    CHECK(account.value(a, "p") == "3");
    CHECK(account.value(a, "m") == "5");
  }
}

TEST_CASE("O-23 any live entity, any property without underscore") {
  Account account;
  StartJob managed;
  managed.source = "integration-managed";
  managed.integration_instance_id = "i-1";
  account.run(managed, hosts({host("a", R"("displayName":"A","tag.Env":"dev")")}));
  const auto created = account.persister->create_entity(
      {.key = "c", .type = "thing", .classes = {"Thing"}, .properties = {}});
  REQUIRE(created);
  const SnapshotPtr snapshot = account.store->snapshot();
  PartitionInfo owner;
  owner.source = "integration-managed";
  owner.instance_id = "i-1";
  const std::string a = to_string(uuid_v5(name_spaces("acct", owner).entities, "a"));
  account.pin("s",
              row(a, R"("displayName":"B","tag.Env":"prod","odd name:@x":true)") + "," +
                  row(*created, R"("p":1)"));
  CHECK(account.value(a, "displayName") == R"("B")");
  CHECK(account.value(a, "tag.Env") == R"("prod")");
  CHECK(account.value(a, "odd name:@x") == "true");
  CHECK(account.value(*created, "p") == "1");
}

TEST_CASE("O-24 _version and _beginOn move exactly when effective values move") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":1)")}));
  const std::string a = account.id("d", "a");
  const auto expect = [&](int version, std::int64_t begin) {
    CHECK(account.version(a) == version);
    CHECK(account.value(a, "_beginOn") == std::to_string(begin));
    CHECK(account.value(a, "_createdOn") == "1000000");
  };
  expect(1, 1'000'000);
  account.clock.now = 2'000'000;
  account.pin("s", row(a, R"("p":1)"));  // The same value: set, but nothing moves.
  expect(1, 1'000'000);
  CHECK(account.states("s", a, "p") == "redundant");
  account.pin("s", row(a, R"("p":2)"));
  expect(2, 2'000'000);
  account.clock.now = 3'000'000;
  account.diff("d", hosts({host("a", R"("p":5)")}));  // Hidden: stored, but nothing moves.
  expect(2, 2'000'000);
  CHECK(account.value(a, "p", LayerView::Integration) == "5");
  account.pin("young", row(a, R"("p":9)"));  // Shadowed.
  expect(2, 2'000'000);
  REQUIRE(account.persister->update_entity({.id = a, .properties = {{"p", 7.0}}}));
  expect(2, 2'000'000);
  account.pin("s", "");  // 2 -> 9.
  expect(3, 3'000'000);
  CHECK(account.value(a, "_source") == R"("api")");
  CHECK(account.value(a, "_scope") == R"("d")");
  CHECK(account.value(a, "_integrationInstanceId") == "null");
}

TEST_CASE("O-25 scope names of OVERRIDE and DIFF are separate, accounts are isolated") {
  Account account;
  account.diff("same", hosts({host("a", R"("p":1)")}));
  const std::string a = account.id("same", "a");
  account.pin("same", row(a, R"("p":2)"));
  account.pin("same", "");
  CHECK(account.value(a, "p") == "1");  // Clearing the override scope deletes no entity.
  account.pin("same", row(a, R"("p":2)"));
  account.diff("same", hosts({host("b")}));
  CHECK(account.scopes() == std::vector<std::string>{"same"});

  MemoryStore other("other");
  auto persister = *Persister::open(other, {}, account.clock, account.ids);
  const auto job = persister->start({.scope = "same"});
  REQUIRE(persister->upload(job->id, hosts({host("a")}), {}));
  REQUIRE(persister->finalize(job->id, {}));
  CHECK(other.snapshot()->scopes().empty());
  CHECK_FALSE(other.snapshot()->find_entity(*parse_uuid(a)));  // Another account, another _id.
}

TEST_CASE("O-26 counters of an OVERRIDE job") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":1)"), host("b", R"("p":1)"), host("c", R"("p":1)")}));
  account.pin("s", row(account.id("d", "c"), R"("p":3)"));
  const SyncReport report =
      account.pin("s",
                  row(account.id("d", "a"), R"("p":2)") + "," +
                      row(account.id("d", "b"), R"("p":1)") + "," + row("ghost", R"("p":1)"));
  CHECK(report.job.entities.uploaded == 3);
  CHECK(report.job.entities.updated == 2);  // a is set, c released; b says what it said.
  CHECK(report.job.entities.created == 0);
  CHECK(report.job.entities.deleted == 0);
  CHECK(report.overrides_set == 2);
  CHECK(report.overrides_removed == 1);
  CHECK(report.job.relationships.uploaded == 0);
}

TEST_CASE("O-15 a scope whose last override is purged by a hard delete is forgotten") {
  Account account;
  account.diff("d", hosts({host("a"), host("b")}));
  account.pin("old", row(account.id("d", "a"), R"("p":1)"));
  account.pin("young", row(account.id("d", "b"), R"("p":2)"));
  REQUIRE(account.persister->delete_entity(account.id("d", "a"), true));
  CHECK(account.scopes() == std::vector<std::string>{"young"});
  account.pin("old", row(account.id("d", "b"), R"("p":1)"));
  CHECK(account.value(account.id("d", "b"), "p") == "2");
}
