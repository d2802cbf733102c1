// Uploads that are none: what was found and expected is told, and nothing counts (D38, O-7, O-12).
// And those that are taken with a warning (D43).
#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

namespace {

// Refusals of one job; none of them changes it.
class Refusals {
 public:
  Refusals(Account& account, SyncMode mode)
      : account_(account), job_(account.start(mode, "refused")) {}

  std::string operator()(const std::string& text) {
    INFO(text);
    const auto uploaded = account_.upload(job_, text);
    REQUIRE_FALSE(uploaded);
    CHECK(uploaded.error().code == ErrorCode::InvalidInput);
    CHECK(account_.persister->find(job_)->entities.uploaded == 0);
    return std::string(wire_code(uploaded.error())) + ": " + uploaded.error().message;
  }

 private:
  Account& account_;
  std::string job_;
};

constexpr const char* kExpected =
    R"(; expected {"entities": [...]}, also with "relationships", "deleteEntities" or "deleteRelationships", or one row a line, each with "_key". To upload nothing on purpose: {"entities": []})";

}  // namespace

TEST_CASE("D38 an upload in which nothing is recognised is refused, naming what was found") {
  Account account;
  Refusals refusal(account, SyncMode::Diff);
  const auto found = [&](const std::string& what) {
    return "NOTHING_RECOGNIZED: body: found " + what + kExpected;
  };
  CHECK(refusal("") == found("nothing"));
  CHECK(refusal(" \n\r\n\t") == found("nothing"));
  CHECK(refusal("\xef\xbb\xbf\n") == found("nothing"));
  CHECK(refusal("{}") == found("an object without any key"));
  CHECK(refusal(R"({"message":"Unauthorized"})") == found(R"(only the key "message")"));
  CHECK(refusal(R"({"errors":[{"message":"x"}],"data":null})") ==
        found(R"(only the keys "errors", "data")"
              R"( (if "errors" is the list of entities, call it "entities"))"));
  CHECK(refusal(R"({"items":[{"_id":"x"}],"endCursor":null})") ==
        found(R"(only the keys "items", "endCursor")"
              R"( (if "items" is the list of entities, call it "entities"))"));
  CHECK(refusal(R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6})") ==
        found(R"(only the keys "a", "b", "c", "d", "e", ...)"));
  for (const char* name : {"entites", "Entities", "ENTITIES", "entity", "entitys", "_Entities"}) {
    CHECK(refusal("{\"" + std::string(name) + "\":[" + host("a") + "]}") ==
          found("only the key \"" + std::string(name) + R"(" (did you mean "entities"?))"));
  }
  CHECK(refusal(R"({"delete_entities":[]})") ==
        found(R"(only the key "delete_entities" (did you mean "deleteEntities"?))"));
  CHECK(refusal(R"({"entities":null})") == found("lists that are null only"));
}

TEST_CASE("D38 a JSON value of another shape, or no JSON at all, is refused") {
  Account account;
  Refusals refusal(account, SyncMode::Diff);
  const auto found = [&](const std::string& what) {
    return "INVALID_JSON: body: found " + what + kExpected;
  };
  CHECK(refusal("[" + host("a") + "]") == found("a bare list of objects"));
  CHECK(refusal("[]") == found("a bare list of objects"));
  CHECK(refusal("[1]") == found("a list"));
  CHECK(refusal("null") == found(R"("null")"));
  CHECK(refusal("\"entities\"") == found("a text in quotes"));
  CHECK(refusal("<html><body>502 Bad Gateway") ==
        found(R"(a page of HTML or XML, "<html><body>502 Bad Gateway")"));
  CHECK(refusal("OK\n" + host("a")) == found(R"("OK")"));
  CHECK(refusal("\xff\xfe{\0}\0") == "INVALID_JSON: body: the text is UTF-16: write it as UTF-8");
}

TEST_CASE("D38 a refusal names the row by its key where the key came first, and no other row") {
  Account account;
  Refusals refusal(account, SyncMode::Diff);
  const auto begins = [&](const std::string& body, const std::string& text) {
    const std::string said = refusal(body);
    INFO(said);
    CHECK(said.starts_with(text));
  };
  begins(R"({"entities":[)" + host("a") + R"(,{"_key":"b","_type":"host","p":{}}]})",
         R"(INVALID_PROPERTY_VALUE: entities[1] ("b"): property "p")");
  begins(R"({"relationships":[{"_key":"r","_type":"t","p":[1,"x"]}]})",
         R"(INVALID_PROPERTY_VALUE: relationships[0] ("r"): property "p")");
  begins(host("a") + "\n" + R"({"_key":"b","_class":5})",
         R"(INVALID_PROPERTY_VALUE: line 2 ("b"): property "_class")");
  begins(R"({"entities":[{"p":{},"_key":"b"}]})", "INVALID_PROPERTY_VALUE: entities[0]: ");
  begins(R"({"entities":[{"_key":5}]})", "INVALID_PROPERTY_VALUE: entities[0]: ");
  begins(R"({"entities":[)" + host("a") + R"(],"Relationships":[{}]})",
         R"(NOTHING_RECOGNIZED: body: found the list "Relationships")");
  Refusals override_refusal(account, SyncMode::Override);
  CHECK(override_refusal(R"({"entities":[{"_id":"x","p":{}}]})")
            .starts_with(R"(INVALID_PROPERTY_VALUE: entities[0] ("x"): property "p")"));
}

TEST_CASE("O-7 a line that cannot be read as a row is refused, never skipped") {
  Account account;
  Refusals refusal(account, SyncMode::Diff);
  const std::string a = host("a") + "\n";
  CHECK(refusal(a + R"({"id":"b"})" + "\n")
            .starts_with(R"(NOTHING_RECOGNIZED: line 2: found only the key "id")"));
  CHECK(refusal("\n\n" + a + "\n{}\n" + host("c"))
            .starts_with("NOTHING_RECOGNIZED: line 5: found an object without any key"));
  CHECK(refusal(a + "[]").starts_with("INVALID_JSON: line 2: found a bare list"));
  CHECK(refusal(a + "null").starts_with("INVALID_JSON: line 2: found \"null\""));
  CHECK(refusal(a + "{\"_key\":\"b\"").starts_with("INVALID_JSON: line 2"));
  CHECK(refusal("{\"_key\":\"b\",}\n" + a).starts_with("INVALID_JSON: line 1"));

  const std::string target = account.id("d", "a");
  Refusals override_refusal(account, SyncMode::Override);
  const std::string good = row(target, R"("tier":1)");
  CHECK(override_refusal(good + "\n" + R"({"id":"b","tier":1})")
            .starts_with(R"(ENTITY_ID_REQUIRED: line 2: found only the keys "id", "tier")"
                         R"( (did you mean "_id"?); expected)"));
  CHECK(override_refusal(R"({"h._id":"b","tier":1})").starts_with("ENTITY_ID_REQUIRED: body"));
  CHECK(override_refusal(good + "\n" + R"({"_id":7,"tier":1})")
            .starts_with("ENTITY_ID_REQUIRED: line 2"));
  CHECK(override_refusal(R"({"entities":[)" + good + R"(,{"entityId":"b"}]})")
            .starts_with("ENTITY_ID_REQUIRED: entities[1]"));
  CHECK(override_refusal(R"({"type":"table","data":[{"h._id":"x"}]})")
            .starts_with("NOTHING_RECOGNIZED"));
}

TEST_CASE("D38 rows under a name that is nearly right are not ignored beside lists that are") {
  Account account;
  Refusals refusal(account, SyncMode::Diff);
  CHECK(
      refusal(R"({"entites":[)" + host("a") + R"(],"relationships":[]})") ==
      R"(NOTHING_RECOGNIZED: body: found the list "entites", which an upload does not have: did you mean "entities"?)");
  const std::string job = account.start(SyncMode::Diff, "d");
  CHECK(
      account.upload(job, R"({"flags":["x"],"entityTypes":["host"],"items":[{}],"entities":[]})"));
}

TEST_CASE("O-12 no accident clears a scope of pins, an explicit empty list does") {
  Account account;
  account.diff("d", hosts({host("a"), host("b")}));
  const std::string a = account.id("d", "a");
  account.pin("s", row(a, R"("tier":1)"));
  for (const char* text : {"", "{}", R"({"items":[]})", R"({"message":"no"})"}) {
    const std::string job = account.start(SyncMode::Override, "s");
    CHECK_FALSE(account.upload(job, text));
    REQUIRE(account.persister->abort(job, ""));
    CHECK(account.value(a, "tier") == "1");
  }
  CHECK(account.pin("s", "").overrides_removed == 1);
  CHECK(account.value(a, "tier") == "null");
}

TEST_CASE("D43 a byte order mark before an upload, and before a line of it, is skipped") {
  Account account;
  const std::string bom = "\xef\xbb\xbf";
  account.diff("d", bom + hosts({host("a")}) + "\r\n");
  CHECK(account.entities() == 1);
  account.diff("d", bom + host("a") + "\r\n" + bom + host("b") + "\r\n");
  CHECK(account.entities() == 2);
}

TEST_CASE("D43 half a character is taken as U+FFFD and counted, the first one named") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  REQUIRE(account.upload(job, hosts({host("fine")})));
  const auto uploaded = account.upload(
      job,
      hosts({host("a", R"("p":"pair \ud83d\ude00")"),
             host(R"(b\ud83d)", R"("p\udce9":"x","q":["\ud83d"])"),
             host("c", R"("_rawData":[{"name":"default","rawData":{"d":"cut \ud83d"}}])")}));
  INFO((uploaded ? "" : uploaded.error().message));
  REQUIRE(uploaded);
  CHECK(uploaded->warnings.lone_surrogates == 4);
  CHECK(uploaded->warnings.first_lone_surrogate == "entities[1] (\"b\xef\xbf\xbd\")");
  account.reopen();
  CHECK(account.persister->find(job)->warnings.lone_surrogates == 4);
  const SyncReport report = account.finalize(job);
  CHECK(to_json(report.job).find(R"("numLoneSurrogates":4)") != std::string::npos);
  const std::string b = account.id("d", "b\xef\xbf\xbd");
  CHECK(account.value(b, "p\xef\xbf\xbd") == R"("x")");
  CHECK(account.value(b, "q") == "[\"\xef\xbf\xbd\"]");
  CHECK(account.value(account.id("d", "a"), "p") == "\"pair \xf0\x9f\x98\x80\"");
  const auto documents = account.persister->raw_data(account.id("d", "c"), "");
  REQUIRE(documents);
  CHECK(documents->at(0).data == "{\"d\":\"cut \xef\xbf\xbd\"}");

  const std::string lines = account.start(SyncMode::Diff, "lines");
  const auto line = account.upload(lines, host("a") + "\n" + host("b", R"("p":"\udce9")"));
  REQUIRE(line);
  CHECK(line->warnings.first_lone_surrogate == R"(line 2 ("b"))");
}

TEST_CASE("an upload warns of numbers that no double is, the first one named") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  const auto uploaded =
      account.upload(job,
                     hosts({host("a", R"("p":1.1,"q":1795478140705)"),
                            host("b", R"("p":123456789012345678,"q":[1,9007199254740993])")}));
  REQUIRE(uploaded);
  CHECK(uploaded->warnings.inexact_numbers == 2);
  CHECK(uploaded->warnings.first_inexact_number ==
        R"(entities[1] ("b"): property "p": 123456789012345678)");
  const SyncReport report = account.finalize(job);
  CHECK(to_json(report.job).find(R"("numInexactNumbers":2)") != std::string::npos);
  CHECK(to_json(account.diff("clean", hosts({host("c")})).job).find("Inexact") ==
        std::string::npos);
}

TEST_CASE("D43 NaN and Infinity are refused by name, a number out of range is told as one") {
  Account account;
  Refusals refusal(account, SyncMode::Diff);
  for (const char* word : {"NaN", "Infinity", "-Infinity"}) {
    const std::string said = refusal(hosts({host("a"), host("b", "\"v\":" + std::string(word))}));
    CHECK(said.starts_with(R"(INVALID_JSON: entities[1] ("b"): not valid JSON near byte)"));
    CHECK(said.find(std::string(word) + " is no number of JSON") != std::string::npos);
  }
  CHECK(refusal(hosts({host("a", R"("v":[NaN])")})).find("NaN is no number") != std::string::npos);
  CHECK(refusal(hosts({host("a", R"("v":[1e400])")})).find("out of range") != std::string::npos);
  CHECK(refusal(host("a") + "\n" + host("b", R"("v":NaN)")).starts_with("INVALID_JSON: line 2"));
  CHECK(refusal(hosts({host("a", "\"v\":\"x\ty\"")})).find("a tab stands") != std::string::npos);
  CHECK(refusal(hosts({host("a", "\"v\":\"\xe9\"")})).find("is no UTF-8") != std::string::npos);

  const std::string job = account.start(SyncMode::Diff, "d");
  REQUIRE(account.upload(
      job, hosts({host("a", R"("v":-1e400,"w":1)")}), {.ignore_illegal_properties = true}));
  account.finalize(job);
  CHECK(account.value(account.id("d", "a"), "v") == "null");
  CHECK(account.value(account.id("d", "a"), "w") == "1");
}

TEST_CASE("D45 a relationship of several verbs is refused, a list of one is its verb") {
  Account account;
  Refusals refusal(account, SyncMode::Diff);
  const auto with_class = [](const std::string& json) {
    return R"({"_key":"e","_type":"t","_class":)" + json +
           R"(,"_fromEntityKey":"a","_toEntityKey":"b"})";
  };
  CHECK(
      refusal(body({}, {edge("f", "a", "b"), with_class(R"(["HAS","USES","OWNS"])")})) ==
      R"(INVALID_PROPERTY_VALUE: relationships[1] ("e"): property "_class": a relationship has one verb, and this one has 3: "HAS", "USES", ...)");
  account.diff("d", body({host("a"), host("b")}, {with_class(R"(["HAS","HAS"])")}));
  CHECK(account.relationship_value(account.relationship_id("d", "e"), "_class") == R"("HAS")");
}
