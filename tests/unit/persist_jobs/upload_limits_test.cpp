// Limits of what is written: settable, and named with property, row and number (D44).
#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

namespace {

PersisterOptions small_limits() {
  PersisterOptions options;
  options.limits = {.text_bytes = 10,
                    .list_elements = 3,
                    .key_bytes = 8,
                    .name_bytes = 5,
                    .properties = 4,
                    .types = 2};
  return options;
}

}  // namespace

TEST_CASE("D44 each limit of an upload names property, row and number") {
  Account account(small_limits());
  const std::string job = account.start(SyncMode::Diff, "d");
  const auto refusal = [&](const std::string& text) {
    const auto uploaded = account.upload(job, text);
    REQUIRE_FALSE(uploaded);
    return uploaded.error().message;
  };
  const std::string a = host("a");
  CHECK(
      refusal(hosts({a, host("b", R"("p":"12345678901")")})) ==
      R"(entities[1] ("b"): property "p": the text is too long: 11 bytes, at most 10 (limit "text_bytes"))");
  CHECK(refusal(hosts({host("b", R"("p":["12345678901"])")})).find("text_bytes") !=
        std::string::npos);
  CHECK(
      refusal(hosts({host("b", R"("p":[1,2,3,4])")})) ==
      R"(entities[0] ("b"): property "p": the list is too long: at most 3 elements (limit "list_elements"))");
  CHECK(
      refusal(hosts({host("123456789")})) ==
      R"(entities[0]: property "_key": the text is too long: 9 bytes, at most 8 (limit "key_bytes"))");
  CHECK(
      refusal(hosts({host("b", R"("123456":1)")})) ==
      R"(entities[0] ("b"): property "123456": the name is too long: 6 bytes, at most 5 (limit "name_bytes"))");
  CHECK(
      refusal(hosts({host("b", R"("p":1,"q":1,"r":1,"s":1,"t":1)")})) ==
      R"(entities[0] ("b"): property "t": an object has at most 4 properties (limit "properties"), this one has more)");
  REQUIRE(account.upload(job, hosts({host("b", R"("p":"1234567890","q":[1,2,3],"12345":1)")})));
}

TEST_CASE("D44 single objects have the same limits") {
  Account account(small_limits());
  account.diff("d", hosts({host("a")}));
  const std::string a = account.id("d", "a");
  const auto refusal = [&](const Properties& properties) {
    const auto updated = account.persister->update_entity({.id = a, .properties = properties});
    REQUIRE_FALSE(updated);
    return updated.error().message;
  };
  CHECK(refusal({{"p", std::string(11, 'x')}}) ==
        R"(property "p": the text is too long: 11 bytes, at most 10 (limit "text_bytes"))");
  CHECK(refusal({{"p", List{1.0, 2.0, 3.0, 4.0}}}) ==
        R"(property "p": the list is too long: 4 elements, at most 3 (limit "list_elements"))");
  CHECK(refusal({{"123456", 1.0}}) ==
        R"(property "123456": the name is too long: 6 bytes, at most 5 (limit "name_bytes"))");
}

TEST_CASE("D44 an acknowledged upload is read again under lower limits") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  REQUIRE(account.upload(job, hosts({host("a long key", R"("p":"a long text")")})));
  account.options = small_limits();
  account.reopen();
  account.finalize(job);
  CHECK(account.value(account.id("d", "a long key"), "p") == R"("a long text")");
}

TEST_CASE("D44 whether an upload is JSON does not depend on limits, ignored properties or not") {
  Account account(small_limits());
  const std::string job = account.start(SyncMode::Diff, "d");
  for (const char* broken : {R"("p":["12345678901","\ud8x"])",
                             R"("p":[1,2,3,4,"\q"])",
                             R"("p":[1,"2","\q"])",
                             R"("p":[{},"\q"])",
                             R"("p":["12345678901",1x])"}) {
    INFO(broken);
    const auto uploaded =
        account.upload(job, hosts({host("a", broken)}), {.ignore_illegal_properties = true});
    REQUIRE_FALSE(uploaded);
    CHECK(uploaded.error().message.find("not valid JSON") != std::string::npos);
  }
  CHECK(account.upload(job,
                       hosts({host("a", R"("p":["12345678901","\u00e4"],"q":[1,2,3,4,"5",null])")}),
                       {.ignore_illegal_properties = true}));
}

TEST_CASE("D44 by default texts of two megabytes and lists of 120,000 are taken") {
  Account account;
  std::string list;
  for (int i = 0; i < 120'000; ++i) {
    list += (i == 0 ? "" : ",") + std::to_string(i);
  }
  account.diff("d",
               hosts({host("a", R"("p":")" + std::string(2'000'000, 'x') + '"'),
                      host("b", R"("l":[)" + list + "]")}));
  CHECK(account.value(account.id("d", "a"), "p").size() == 2'000'002);
  CHECK(account.value(account.id("d", "b"), "l").size() == list.size() + 2);
}
