// Uploads: bodies, property rules, limits, duplicates, durability (wire-api 2, 5; D30, D38).
#include "persist/codec/upload.h"

#include <catch2/catch.hpp>

#include "persist/codec/job_record.h"
#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

TEST_CASE("wire-api 5 entities: values, flat names, class as string or list") {
  Account account;
  account.diff(
      "d",
      hosts({R"({"_key":"a","_type":"t","_class":["A","B","A"],"displayName":"x","id":["1","2"],
    "tag.Env":"prod","a@b: c":1.5,"big":1795478140705,"neg":-3e2,"flag":false,"nothing":null,"empty":[],
    "text":"\u00e4\n\"quoted\"","_rawData":[{"name":"default","rawData":{"deep":{"er":[]}}}],"_other":{}})"}));
  const std::string a = account.id("d", "a");
  CHECK(account.value(a, "_class") == R"(["A","B"])");
  CHECK(account.value(a, "id") == R"(["1","2"])");
  CHECK(account.value(a, "tag.Env") == R"("prod")");
  CHECK(account.value(a, "a@b: c") == "1.5");
  CHECK(account.value(a, "big") == "1795478140705");
  CHECK(account.value(a, "neg") == "-300");
  CHECK(account.value(a, "flag") == "false");
  CHECK(account.value(a, "nothing") == "null");
  CHECK(account.value(a, "empty") == "[]");
  CHECK(account.value(a, "text") == R"("ä\n\"quoted\"")");
  CHECK(account.value(a, "_rawData") == "null");
}

TEST_CASE("wire-api 2 NDJSON is the same upload") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  const auto uploaded = account.upload(
      job,
      host("a") + "\n\n  " + host("b", R"("entities":1)") + "\r\n" + edge("e", "a", "b") + "\n");
  REQUIRE(uploaded);
  CHECK(uploaded->entities.uploaded == 2);
  CHECK(uploaded->relationships.uploaded == 1);
  REQUIRE(account.upload(job, host("single line")));
  account.finalize(job);
  CHECK(account.entities() == 3);
  CHECK(account.relationships() == 1);

  const std::string bad = account.start(SyncMode::Diff, "d");
  const auto refused = account.upload(bad, host("a") + "\n" + R"({"_key":"b","_class":"X"})");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == R"(line 2 ("b"): "_type" is required)");
  // Much longer than the line before, whose key was in the parser's memory.
  const auto broken = account.upload(bad,
                                     R"({"_key":"\u0062","_type":"t","_class":"C"})"
                                     "\n{\"_key\":\"c" +
                                         std::string(100'000, 'c'));
  REQUIRE_FALSE(broken);
  CHECK_THAT(broken.error().message, Catch::StartsWith("line 2: not valid JSON"));
}

TEST_CASE("D38 an explicit empty list is an upload of nothing") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  for (const char* text : {R"({"entities":[]})",
                           R"({"flags":[1],"relationships":[],"entities":null})",
                           R"({"deleteEntities":[]})"}) {
    const auto uploaded = account.upload(job, text);
    REQUIRE(uploaded);
    CHECK(uploaded->entities.uploaded == 0);
  }
}

TEST_CASE("wire-api 11 bad uploads are refused with row, key and reason, nothing of them counts") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  const auto refusal = [&](const std::string& text) {
    const auto uploaded = account.upload(job, text);
    REQUIRE_FALSE(uploaded);
    CHECK(account.persister->find(job)->entities.uploaded == 0);
    return std::string(wire_code(uploaded.error())) + ": " + uploaded.error().message;
  };
  CHECK(refusal(R"({"entities":{}})") == R"(ENTITY_IS_NOT_ARRAY: "entities" should be an array)");
  CHECK(
      refusal(hosts({host("a"), host("b", R"("p":{"x":1})")})) ==
      R"(INVALID_PROPERTY_VALUE: entities[1] ("b"): property "p": nested objects are not allowed: flatten it, or store JSON text)");
  CHECK(refusal(hosts({host("a", R"("p":[1,"x"])")})).find("must be of one kind") !=
        std::string::npos);
  CHECK(refusal(hosts({host("a", R"("p":[null,1])")})).find("must be of one kind") !=
        std::string::npos);
  CHECK(refusal(hosts({host("a", R"("p":[{"x":1}])")})).find("property \"p\"") !=
        std::string::npos);
  CHECK(
      refusal(hosts({host("a", R"("p":1e999)")})) ==
      R"(INVALID_PROPERTY_VALUE: entities[0] ("a"): property "p": the number 1e999 is out of range: a number has at most 1.797e308, either way)");
  CHECK(refusal(R"({"entities":[{"_type":"t","_class":"C"}]})")
            .starts_with("REQUIRED_PROPERTY_MISSING: entities[0]"));
  CHECK(refusal(R"({"entities":[{"_key":"","_type":"t","_class":"C"}]})")
            .starts_with("REQUIRED_PROPERTY_MISSING"));
  CHECK(refusal(R"({"entities":[{"_key":7,"_type":"t","_class":"C"}]})")
            .starts_with("INVALID_PROPERTY_VALUE"));
  CHECK(refusal(R"({"entities":[{"_key":"a","_class":"C"}]})").find("\"_type\" is required") !=
        std::string::npos);
  CHECK(refusal(R"({"entities":[{"_key":"a","_type":"t"}]})").find("\"_class\" is required") !=
        std::string::npos);
  CHECK(refusal(R"({"entities":[{"_key":"a","_type":"t","_class":[1]}]})").find("_class") !=
        std::string::npos);
  CHECK(refusal(R"({"entities":["a"]})") ==
        "INVALID_PROPERTY_VALUE: entities[0]: expected an object");
  CHECK(refusal("[]").starts_with("INVALID_JSON"));
  CHECK(refusal("nonsense").starts_with("INVALID_JSON"));
  CHECK(refusal(R"({"entities":[)" + host("a")).starts_with("INVALID_JSON"));
  CHECK(refusal(R"({"entities":[)" + host("a") + "]} x").starts_with("INVALID_JSON"));
  CHECK(
      refusal(R"({"entities":[)" + host("a", "\"p\":\"\xff\"") + "]}").starts_with("INVALID_JSON"));
  CHECK(refusal(hosts({host("a", '"' + std::string(1025, 'n') + R"(":1)")})).find("too long") !=
        std::string::npos);
  CHECK(refusal(hosts({host("a", R"("p":")" + std::string((4 << 20) + 1, 'v') + '"')}))
            .find("too long") != std::string::npos);
  CHECK(refusal(hosts({host(std::string(4097, 'k'))})).find("too long") != std::string::npos);
}

TEST_CASE("wire-api 2 ignoreIllegalProperties drops what breaks a rule") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  REQUIRE(account.upload(job,
                         hosts({host("a", R"("p":{"x":[1,{"y":2}]},"q":[1,"x",{"z":[]}],"r":1)")}),
                         {.ignore_illegal_properties = true}));
  account.finalize(job);
  CHECK(account.value(account.id("d", "a"), "p") == "null");
  CHECK(account.value(account.id("d", "a"), "q") == "null");
  CHECK(account.value(account.id("d", "a"), "r") == "1");
}

TEST_CASE("D30 a key may stand once, an identical object is a repeat") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  REQUIRE(account.upload(job, hosts({host("a", R"("p":1)"), host("a", R"("p":1)")})));
  REQUIRE(account.upload(job, body({host("a", R"("p":1)"), host("b")}, {edge("a", "a", "b")})));
  CHECK(account.persister->find(job)->entities.uploaded == 2);  // Keys of edges are their own.
  const auto other = account.upload(job, hosts({host("c"), host("a", R"("p":2)"), host("d")}));
  REQUIRE_FALSE(other);
  CHECK(wire_code(other.error()) == "DUPLICATE_KEY");
  CHECK(account.persister->find(job)->entities.uploaded == 2);
  CHECK_FALSE(account.upload(job, body({host("d")}, {edge("a", "b", "a")})));
  REQUIRE(account.upload(job, hosts({host("d", R"("late":true)")})));  // Nothing of it had counted.
  REQUIRE(
      account.upload(job, hosts({host("a", R"("p":2)"), host("e")}), {.ignore_duplicates = true}));
  CHECK(account.persister->find(job)->entities.uploaded == 4);
  account.finalize(job);
  CHECK(account.value(account.id("d", "a"), "p") == "2");
  CHECK(account.value(account.id("d", "d"), "late") == "true");
  CHECK(account.entities() == 4);
}

TEST_CASE("acknowledged uploads survive a restart, and only those") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  REQUIRE(account.upload(
      job, hosts({host("a"), host("b", R"("p":{})")}), {.ignore_illegal_properties = true}));
  REQUIRE_FALSE(account.upload(job, hosts({host("c"), host("a", R"("x":1)")})));
  REQUIRE(account.upload(job, hosts({host("d")})));
  account.reopen();
  CHECK(account.persister->find(job)->entities.uploaded == 3);
  REQUIRE(account.upload(job, hosts({host("e")})));
  account.reopen();
  account.finalize(job);
  CHECK(account.entities() == 4);
  account.reopen();
  CHECK(account.persister->find(job)->status == JobStatus::Finished);
  int records = 0;
  account.store->for_each_side(kJobRecordPrefix,
                               [&](std::string_view, std::string_view) { ++records; });
  CHECK(records == 1);  // The uploads are gone with the finalize.
}

TEST_CASE("an upload of any prefix of a good body is refused or empty, never half taken") {
  const Names names;
  PartitionInfo owner;
  owner.source = "api";
  UploadContext context;
  context.names = std::make_shared<UploadNames>(names);
  context.spaces = name_spaces("acct", owner);
  const std::string whole = body({host("a", R"("p":[1,2],"q":"x\u0041")"), host("b")},
                                 {edge("e", "a", "b", R"("_mapping":null)")});
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto batch = decode_upload(std::string_view(whole).substr(0, size), context);
    INFO(size);
    CHECK_FALSE(batch);
  }
  const auto batch = decode_upload(whole, context);
  REQUIRE(batch);
  CHECK(batch->entities.size() == 2);
  CHECK(batch->relationships.size() == 1);
}
