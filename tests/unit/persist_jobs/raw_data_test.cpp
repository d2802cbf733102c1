// Raw documents (`_rawData`): kept beside the graph, by source (wire-api 2, 5; data-model 2).
#include "persist/codec/raw_data.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "persist/codec/job_record.h"
#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

namespace {

std::string raw(const std::string& documents) {
  return R"("_rawData":)" + documents;
}

// "name type data" of each document, joined by "; ".
std::string documents(const Account& account,
                      const std::string& id,
                      const std::string& source = {}) {
  const auto found = account.persister->raw_data(id, source);
  if (!found) return "error: " + found.error().message;
  std::string text;
  for (const RawDocument& document : *found) {
    if (!text.empty()) text += "; ";
    text += document.name + ' ' + document.content_type + ' ' + document.data;
  }
  return text;
}

}  // namespace

TEST_CASE("wire-api 5 _rawData in every form that clients send") {
  const auto [sent, kept] = GENERATE(table<std::string, std::string>({
      {R"([{"name":"default","rawData":{"id":1,"deep":{"er":[]}}}])",
       R"(default application/json {"id":1,"deep":{"er":[]}})"},
      {R"([{"name":"a","rawData":{"x":1}},{"name":"b","rawData":"plain"}])",
       R"(a application/json {"x":1}; b text/plain plain)"},
      {R"([{"rawData":[1,2]}])", "default application/json [1,2]"},
      {R"([{"name":"a","rawData":1},{"name":"a","rawData":2}])", "a application/json 2"},
      {R"({"default":{"body":"{\"x\": 1}","contentType":"application/json"}})",
       R"(default application/json {"x": 1})"},
      {R"({"default":{"body":"{x","contentType":"application/json"}})", "default text/plain {x"},
      {R"({"page":{"body":"<p/>","contentType":"text/html"}})", "page text/html <p/>"},
      {R"([{"name":"a","contentType":"application/json","data":{"x":null}}])",
       R"(a application/json {"x":null})"},
      {R"([{"name":"a","rawData":null},{"name":"b"},{"name":"c","rawData":{}}])",
       "c application/json {}"},
      {R"({"a":{"body":null},"b":{"body":"x"}})", "b text/plain x"},
      {R"([{"name":"n","rawData":[20000000000000000000]}])", "n application/json [2e+19]"},
      {R"({"n":{"body":"[20000000000000000001]","contentType":"application/json"}})",
       "n application/json [20000000000000000001]"},
      {"null", ""},
      {"{}", ""},
      {"[]", ""},
  }));
  INFO(sent);
  Account account;
  account.diff("d", hosts({host("a", raw(sent))}));
  CHECK(documents(account, account.id("d", "a")) == kept);
  CHECK(account.value(account.id("d", "a"), "_rawData") == "null");
}

TEST_CASE("wire-api 2 documents are counted when they come, change and go") {
  Account account;
  const auto two = hosts({host("a", raw(R"([{"name":"x","rawData":1},{"name":"y","rawData":2}])")),
                          host("b", raw(R"([{"name":"x","rawData":3}])")),
                          host("c")});
  const auto first = account.diff("d", two).job.entities.raw_data;
  CHECK(first.uploaded == 3);
  CHECK(first.created == 3);
  CHECK(first.updated + first.deleted == 0);

  const auto again = account.diff("d", two).job.entities.raw_data;
  CHECK(again.uploaded == 3);
  CHECK(again.created + again.updated + again.deleted == 0);

  // DIFF is the whole state: y of a is gone with its name, b's with the entity.
  const auto changed = account.diff(
      "d", hosts({host("a", raw(R"([{"name":"x","rawData":9},{"name":"z","rawData":2}])"))}));
  CHECK(changed.job.entities.raw_data.created == 1);
  CHECK(changed.job.entities.raw_data.updated == 1);
  CHECK(changed.job.entities.raw_data.deleted == 2);
  CHECK(changed.job.entities.updated == 0);
  CHECK(to_json(changed.job).find(R"("numEntityRawDataEntriesDeleted":2)") != std::string::npos);
  CHECK(documents(account, account.id("d", "a")) == "x application/json 9; z application/json 2");
  CHECK(documents(account, account.id("d", "b")).starts_with("error: there is no entity"));

  const auto none = account.diff("d", hosts({host("a")}));
  CHECK(none.job.entities.raw_data.deleted == 2);
  CHECK(documents(account, account.id("d", "a")).empty());
}

TEST_CASE("wire-api 5 documents of relationships, and of relationships without ends") {
  Account account;
  const auto report =
      account.diff("d",
                   body({host("a"), host("b")},
                        {edge("e", "a", "b", raw(R"([{"name":"r","rawData":{}}])")),
                         edge("f", "a", "nowhere", raw(R"([{"name":"r","rawData":{}}])"))}));
  CHECK(report.job.relationships.raw_data.uploaded == 2);
  CHECK(report.job.relationships.raw_data.created == 1);
  CHECK(documents(account, account.relationship_id("d", "e")) == "r application/json {}");
  CHECK(account.diff("d", body({host("a")}, {})).job.relationships.raw_data.deleted == 1);
}

TEST_CASE("wire-api 5 other modes add documents by name, OVERRIDE leaves them alone") {
  Account account;
  account.diff("d", hosts({host("a", raw(R"([{"name":"x","rawData":1}])"))}));
  const std::string id = account.id("d", "a");
  account.run(
      SyncMode::CreateOrUpdate, "d", hosts({host("a", raw(R"([{"name":"y","rawData":2}])"))}));
  CHECK(documents(account, id) == "x application/json 1; y application/json 2");
  account.run(SyncMode::Patch, "d", hosts({row(id, raw(R"([{"name":"x","rawData":5}])"))}));
  CHECK(documents(account, id) == "x application/json 5; y application/json 2");
  account.pin("s", row(id, R"("tier":1,)" + raw(R"([{"name":"x","rawData":7}])")));
  CHECK(documents(account, id) == "x application/json 5; y application/json 2");
}

TEST_CASE("wire-api 8 documents put by hand belong to their source and go with the entity") {
  Account account;
  account.diff("d", hosts({host("a", raw(R"([{"name":"x","rawData":1}])"))}));
  const std::string id = account.id("d", "a");
  REQUIRE(account.persister->put_raw_data(id, "notes", {{"n", "text/plain", "by hand"}}));
  REQUIRE(account.persister->put_raw_data(id, "notes", {{"m", "application/json", "{}"}}));
  CHECK(documents(account, id, "api") == "x application/json 1");
  CHECK(documents(account, id, "notes") == "n text/plain by hand; m application/json {}");
  CHECK(documents(account, id) ==
        "x application/json 1; n text/plain by hand; m application/json {}");
  account.diff("d", hosts({host("a")}));
  CHECK(documents(account, id) == "n text/plain by hand; m application/json {}");

  CHECK_FALSE(account.persister->put_raw_data(id, "", {{"n", "text/plain", "x"}}));
  CHECK_FALSE(account.persister->put_raw_data(id, "notes", {{"", "text/plain", "x"}}));
  CHECK_FALSE(account.persister->put_raw_data("nobody", "notes", {{"n", "text/plain", "x"}}));
  REQUIRE(account.persister->delete_entity(id, false));
  account.diff("d", hosts({host("a")}));
  CHECK(documents(account, id).empty());
}

TEST_CASE("wire-api 5 documents survive a restart and a dry run writes none") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  REQUIRE(account.upload(job, hosts({host("a", raw(R"([{"name":"x","rawData":1}])"))})));
  FinalizeOptions dry;
  dry.dry_run = true;
  CHECK(account.finalize(job, dry).job.entities.raw_data.created == 1);
  CHECK_FALSE(account.store->has_side(kRawDataPrefix));
  account.finalize(job);
  account.reopen();
  CHECK(documents(account, account.id("d", "a")) == "x application/json 1");
}

TEST_CASE(
    "wire-api 5 an upload that was acknowledged with other raw data is read again without it") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  const std::string odd = hosts({host("a", raw(R"({"id":7})"))});
  CHECK_FALSE(account.upload(job, odd));
  {
    const auto writer = account.store->lock_writer();
    ChangeSet change;
    change.side.push_back({.key = upload_record_key(job, 0), .value = encode_upload(odd, {})});
    REQUIRE(account.store->commit(change));
  }
  account.reopen();
  CHECK(account.finalize(job).job.entities.created == 1);
  CHECK(documents(account, account.id("d", "a")).empty());
}

TEST_CASE("wire-api 10 documents know when they came, and since when they say what they say") {
  Account account;
  const auto times = [&] {
    std::string text;
    const auto found = account.persister->raw_data(account.id("d", "a"), "");
    for (const RawDocument& document : *found) {
      text += fmt::format("{} {}-{} ", document.name, document.created_at_ms, document.begin_at_ms);
    }
    return text;
  };
  account.clock.now = 1000;
  account.diff("d",
               hosts({host("a", raw(R"([{"name":"x","rawData":1},{"name":"y","rawData":1}])"))}));
  CHECK(times() == "x 1000-1000 y 1000-1000 ");
  account.clock.now = 2000;
  const std::string changed =
      hosts({host("a", raw(R"([{"name":"x","rawData":2},{"name":"y","rawData":1}])"))});
  account.diff("d", changed);
  CHECK(times() == "x 1000-2000 y 1000-1000 ");
  account.clock.now = 3000;
  account.diff("d", changed);
  CHECK(times() == "x 1000-2000 y 1000-1000 ");
  REQUIRE(account.persister->put_raw_data(
      account.id("d", "a"), "api", {{"z", "text/plain", "z", 7, 8}, {"y", "text/plain", "new"}}));
  account.reopen();
  CHECK(times() == "x 1000-2000 y 1000-3000 z 3000-3000 ");
  // Gone and come back: another document.
  account.clock.now = 4000;
  account.diff("d", hosts({host("a")}));
  account.diff("d", changed);
  CHECK(times() == "x 4000-4000 y 4000-4000 ");
}

TEST_CASE("wire-api 10 documents of a record without times stay as they are until they change") {
  Account account;
  const auto upload = [](int value) {
    return hosts({host("a", raw(fmt::format(R"([{{"name":"x","rawData":{}}}])", value)))});
  };
  account.diff("d", upload(1));
  const std::string id = account.id("d", "a");
  {
    const auto writer = account.store->lock_writer();
    ChangeSet change;
    change.side.push_back(
        {.key = raw_data_key(*parse_uuid(id), false, "api"),
         .value = encode_raw_data(std::vector<RawDocument>{{"x", "application/json", "1"}})});
    REQUIRE(account.store->commit(change));
  }
  CHECK(account.diff("d", upload(1)).job.entities.raw_data.updated == 0);
  CHECK(account.persister->raw_data(id, "")->at(0).begin_at_ms == 0);
  account.diff("d", upload(2));
  CHECK(account.persister->raw_data(id, "")->at(0).created_at_ms == 0);
  CHECK(account.persister->raw_data(id, "")->at(0).begin_at_ms == account.clock.now);
}

TEST_CASE("wire-api 5 too many documents, or a name too long, are refused with the row") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  std::string many = "[";
  for (int i = 0; i <= 100; ++i) {
    many += (i == 0 ? "" : ",") + (R"({"name":"n)" + std::to_string(i)) + R"(","rawData":1})";
  }
  const auto refused = account.upload(job, hosts({host("a", raw(many + "]"))}));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("101 documents are too many") != std::string::npos);
  const std::string name(2000, 'n');
  CHECK_FALSE(
      account.upload(job, hosts({host("a", raw(R"([{"name":")" + name + R"(","rawData":1}])"))})));
  UploadOptions lenient;
  lenient.ignore_illegal_properties = true;
  CHECK(account.upload(job, hosts({host("a", raw(many + "]"))}), lenient));
}

TEST_CASE("records of raw data: any damage is an error") {
  const auto time = GENERATE(std::int64_t{0}, std::int64_t{1'700'000'000'000});
  const std::vector<RawDocument> documents{{"n", "text/plain", "x", time, time},
                                           {"m", "text/plain", "y", time, 0}};
  const std::string record = encode_raw_data(documents);
  REQUIRE(decode_raw_data(record) == documents);
  for (std::size_t size = 0; size < record.size(); ++size) {
    CHECK_FALSE(decode_raw_data(record.substr(0, size)));
  }
  std::string other = record;
  other[0] = '\x07';
  CHECK_FALSE(decode_raw_data(other));
}
