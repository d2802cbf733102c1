// ignoreDuplicates: of objects with one key the latest counts (wire-api 2).
#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

namespace {

constexpr UploadOptions kLatest{.ignore_duplicates = true};

}  // namespace

TEST_CASE("wire-api 2 ignoreDuplicates: the latest wins, inside a request and across requests") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  const auto first = account.upload(job,
                                    hosts({host("a", R"("p":1)"),
                                           host("b", R"("p":1)"),
                                           host("a", R"("p":2)"),
                                           host("a", R"("p":3,"q":1)"),
                                           host("c")}),
                                    kLatest);
  REQUIRE(first);
  CHECK(first->entities.uploaded == 3);
  REQUIRE(account.upload(job,
                         body({host("b", R"("p":2)"), host("z"), host("b", R"("p":3)")},
                              {edge("e", "a", "b", R"("w":1)"), edge("e", "b", "a", R"("w":2)")}),
                         kLatest));
  REQUIRE(account.upload(job, body({}, {edge("e", "a", "c", R"("w":3)")}), kLatest));
  account.reopen();
  account.finalize(job);
  CHECK(account.entities() == 4);
  CHECK(account.relationships() == 1);
  CHECK(account.value(account.id("d", "a"), "p") == "3");
  CHECK(account.value(account.id("d", "a"), "q") == "1");
  CHECK(account.value(account.id("d", "b"), "p") == "3");
  const std::string e = account.relationship_id("d", "e");
  CHECK(account.relationship_value(e, "w") == "3");
  CHECK(account.relationship_value(e, "_toEntityId") == '"' + account.id("d", "c") + '"');
}

TEST_CASE("wire-api 2 a key that stands twice is told by its line, or its place in a list") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  const auto message = [&](const std::string& upload) {
    const auto refused = account.upload(job, upload);
    REQUIRE_FALSE(refused);
    return refused.error().message.substr(0, refused.error().message.find(" was uploaded"));
  };
  CHECK(message(hosts({host("a"), host("b"), host("a", R"("p":1)")})) ==
        R"(entities[2]: "_key" "a")");
  const std::string lines = host("a") + "\n\n" + host("b") + "\n" + edge("e", "a", "b") + "\n";
  CHECK(message(lines + host("a", R"("p":1)") + "\n") == R"(line 5: "_key" "a")");
  CHECK(message(lines + edge("e", "b", "a") + "\n") == R"(line 5: "_key" "e")");
  CHECK(message("\n" + host("a") + "\n" + hosts({host("c"), host("a", R"("p":1)")}) + "\n") ==
        R"(line 3: "_key" "a")");
}

TEST_CASE("wire-api 2 ignoreDuplicates: the latest comes back as it was, repeats and all") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  REQUIRE(account.upload(job, hosts({host("a", R"("p":1)")}), kLatest));
  REQUIRE(account.upload(job, hosts({host("a", R"("p":2)")}), kLatest));
  // Without the flag the latest is what a repeat must equal.
  CHECK(account.upload(job, hosts({host("a", R"("p":2)")})));
  CHECK_FALSE(account.upload(job, hosts({host("a", R"("p":1)")})));
  // A request that is refused replaces nothing: here its relationships stand twice.
  REQUIRE(account.upload(job, body({}, {edge("e", "a", "a")})));
  CHECK_FALSE(account.upload(
      job, body({host("b"), host("b")}, {edge("f", "a", "a"), edge("e", "a", "b")})));
  REQUIRE(account.upload(job, body({host("b", R"("late":true)")}, {edge("f", "b", "a")})));
  account.finalize(job);
  CHECK(account.value(account.id("d", "a"), "p") == "2");
  CHECK(account.value(account.id("d", "b"), "late") == "true");
}

TEST_CASE("wire-api 2 ignoreDuplicates: an upload for which there is no room replaces nothing") {
  PersisterOptions options;
  options.uploads = std::make_shared<UploadBudget>(100'000);
  Account account(options);
  const std::string job = account.start(SyncMode::Diff, "d");
  REQUIRE(account.upload(job, body({host("a", R"("p":1)")}, {edge("e", "a", "a")}), kLatest));
  std::vector<std::string> rows{host("x", R"("p":1)"),
                                host("a", R"("p":2)"),
                                host("x", R"("p":1)"),
                                host("a", R"("p":3)"),
                                host("h4999", R"("p":2)")};
  for (int i = 0; i < 5000; ++i) {
    rows.push_back(host("h" + std::to_string(i)));
  }
  const auto refused =
      account.upload(job, body(rows, {edge("e", "a", "h1"), edge("g", "a", "a")}), kLatest);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::LimitExceeded);
  REQUIRE(account.upload(job, hosts({host("h1", R"("p":7)")})));
  account.finalize(job);
  CHECK(account.entities() == 2);
  CHECK(account.relationships() == 1);
  CHECK(account.value(account.id("d", "a"), "p") == "1");
  CHECK(account.relationship_value(account.relationship_id("d", "e"), "_toEntityId") ==
        '"' + account.id("d", "a") + '"');
}
