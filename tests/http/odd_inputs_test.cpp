// Inputs that no client should send: each is refused with a clear 4xx, and leaves nothing behind.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"
#include <callisto/utf8.h>

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kJobs = "/persister/synchronization/jobs";

// What an account holds, as far as it can be seen.
std::string everything(TestServer& server) {
  return server.get(kJobs).body + server.get("/entities?includeDeleted=true").text("items") +
         server.get("/v1/summary").text("version");
}

void check_refused(const Reply& reply) {
  INFO(reply.status << ' ' << reply.body);
  CHECK(reply.status >= 400);
  CHECK(reply.status < 500);
  CHECK(is_utf8(reply.body));
  CHECK_FALSE(reply.text("error.code").empty());
  CHECK_FALSE(reply.text("error.message").empty());
}

}  // namespace

TEST_CASE("odd ids in paths are answered with 4xx and readable JSON") {
  TestServer server;
  REQUIRE(server.sync(R"({"scope":"s"})", R"({"entities":[{"_key":"k","_type":"t","_class":"C"}]})")
              .text("job.status") == "FINISHED");
  const std::string before = everything(server);
  std::string umlauts = "a";  // Messages show a part of it, not of a character.
  for (int i = 0; i < 150; ++i) {
    umlauts += "%C3%A4";
  }
  const std::string id = GENERATE_COPY(values<std::string>({"%2e",
                                                            "%2e%2e",
                                                            "%2E%2E%2Fjobs",
                                                            "%00",
                                                            "a%00b",
                                                            "%ff",
                                                            "%c3%28",
                                                            "%ed%a0%80",
                                                            "%c0%ae",
                                                            "%f4%90%80%80",
                                                            "\xff",
                                                            "\xc3\xa4",
                                                            "%F0%9F%92%A9",
                                                            "%22%3Cscript%3E",
                                                            "%",
                                                            "%zz",
                                                            "%u0041",
                                                            "%0d%0aA:%20b",
                                                            "null",
                                                            "-1",
                                                            std::string(7000, 'a'),
                                                            umlauts}));
  INFO(id);
  const std::string job = fmt::format("{}/{}", kJobs, id);
  check_refused(server.get(job));
  check_refused(server.get(job + "?report=true"));
  check_refused(server.get(job + "/events"));
  for (const char* action :
       {"upload", "entities", "relationships", "finalize", "abort", "events"}) {
    check_refused(server.post(
        job + "/" + action,
        R"({"entities":[{"_key":"x","_type":"t","_class":"C"}],"events":[{"name":"n"}]})"));
  }
  check_refused(server.get("/entities/" + id + "/raw-data"));
  check_refused(server.get("/entities/" + id + "/raw-data/" + id + "/versions/latest"));
  check_refused(server.get("/v1/why?property=p&entity=" + id));
  check_refused(server.get("/" + id));
  CHECK(everything(server) == before);
}

TEST_CASE("a query string that cannot be decoded is refused, not taken for another one") {
  TestServer server;
  REQUIRE(server.sync(R"({"scope":"s"})", R"({"entities":[{"_key":"k","_type":"t","_class":"C"}]})")
              .text("job.status") == "FINISHED");
  for (const char* query : {"cursor=%zz", "cursor=%00", "cursor=%ff", "%ff=1", "limit=1&x=%"}) {
    const Reply reply = server.get("/entities?" + std::string(query));
    INFO(query << ' ' << reply.body);
    check_refused(reply);
    CHECK(reply.text("error.message").find("the query string") == 0);
  }
  CHECK(server.get("/entities?limit=1&x=%C3%A4+%20").status == 200);
}

TEST_CASE(
    "a job takes plain ids of at most 128 characters, others are refused before it is there") {
  TestServer server;
  for (const std::string& id : {std::string(".."),
                                std::string("a/b"),
                                std::string("a%2fb"),
                                std::string(R"(a\u0000b)"),
                                std::string("\xc3\xa4"),
                                std::string("a b"),
                                std::string(R"(a\nb)"),
                                std::string(129, 'a')}) {
    const Reply reply =
        server.post(kJobs, fmt::format(R"({{"scope":"s","integrationJobId":"{}"}})", id));
    INFO(id);
    check_refused(reply);
    CHECK(reply.text("error.code") == "INVALID_JOB_ID");
  }
  CHECK(server.post(kJobs, "{\"scope\":\"s\",\"integrationJobId\":\"\xff\"}").status == 400);
  CHECK(server.get(kJobs).body == R"({"jobs":[]})");
  const std::string longest(128, 'a');
  CHECK(server.start(fmt::format(R"({{"scope":"s","integrationJobId":"{}"}})", longest)) ==
        longest);
  CHECK(server.get(fmt::format("{}/{}", kJobs, longest)).status == 200);
}

TEST_CASE("wire-api 5: _rawData of no documented form is refused with the whole upload") {
  TestServer server;
  const std::string job = fmt::format("{}/{}", kJobs, server.start(R"({"scope":"s"})"));
  const auto upload = [&](std::string_view raw_data, std::string_view flags) {
    return server.post(
        job + "/upload" + std::string(flags),
        fmt::format(R"({{"entities":[{{"_key":"k","_type":"t","_class":"C","_rawData":{}}}]}})",
                    raw_data));
  };
  for (const char* odd : {"5",
                          "true",
                          R"("text")",
                          R"([1,"two"])",
                          "[null]",
                          "[[]]",
                          R"({"id":7})",
                          R"({"default":null})",
                          R"({"default":{"contentType":"text/plain"}})",
                          R"({"default":{"body":"x","contentType":5}})",
                          R"({"name":"a","rawData":{}})",
                          "[{}]",
                          R"([{"body":"x"}])",
                          R"([{"name":5,"rawData":{}}])",
                          R"([{"name":["a"],"rawData":{}}])",
                          R"([{"name":"a","contentType":{},"rawData":{}}])",
                          R"([{"name":"a","rawData":{}},7])"}) {
    const Reply reply = upload(odd, "");
    INFO(odd << ' ' << reply.body);
    CHECK(reply.status == 400);
    CHECK(reply.text("error.code") == "INVALID_PROPERTY_VALUE");
    CHECK(reply.text("error.message").find(R"(entities[0] ("k"): property "_rawData": expected)") ==
          0);
  }
  CHECK(server.get(job).number("job.numEntitiesUploaded") == 0);
  // Asked to leave out what is illegal, it does.
  CHECK(upload(R"({"id":7})", "?ignoreIllegalProperties=true").status == 200);
  const Reply done = server.post(job + "/finalize", "");
  CHECK(done.number("job.numEntitiesCreated") == 1);
  CHECK(done.number("job.numEntityRawDataEntriesUploaded") == 0);
}

TEST_CASE("wire-api 7: upsertEntityRawData takes objects with data, and names and types of text") {
  TestServer server;
  REQUIRE(server.sync(R"({"scope":"s"})", R"({"entities":[{"_key":"k","_type":"t","_class":"C"}]})")
              .text("job.status") == "FINISHED");
  const std::string id =
      server.ask(R"({ vertex(filters: {_key: "k"}) { id } })").text("data.vertex.id");
  for (const char* odd : {"[5]",
                          R"(["text"])",
                          R"([{name: "a"}])",
                          R"([{data: {}}])",
                          R"([{name: "", data: {}}])",
                          R"([{name: 5, data: {}}])",
                          R"([{name: "a", contentType: 5, data: {}}])",
                          R"([{name: "a", contentType: "text/plain", data: {}}])"}) {
    const Reply reply = server.ask(fmt::format(
        R"(mutation {{ upsertEntityRawData(entityId: "{}", source: "api", rawData: {}) {{ status }} }})",
        id,
        odd));
    INFO(odd << ' ' << reply.body);
    CHECK(reply.status == 200);
    CHECK(reply.text("data.upsertEntityRawData") == "null");
    const std::string code = reply.text("errors.0.extensions.code");
    CHECK((code == "BAD_USER_INPUT" || code == "REQUIRED_PROPERTY_MISSING"));
  }
  CHECK(server.get("/entities/" + id + "/raw-data").text("entries") == "{}");
}

TEST_CASE("events that are no objects are refused, and none of them is kept") {
  TestServer server;
  const std::string job = fmt::format("{}/{}", kJobs, server.start(R"({"scope":"s"})"));
  check_refused(server.post(job + "/events", R"({"events":[{"name":"a"},5]})"));
  CHECK(server.get(job + "/events").text("events") == "[]");
}
