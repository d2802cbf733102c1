// Single-object writes (wire-api 7; D23, D32).
#include <limits>

#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

TEST_CASE("D32 createEntity: source api, no scope, upsert by key, untouched by any DIFF") {
  Account account;
  const auto id = account.persister->create_entity(
      {.key = "k", .type = "thing", .classes = {"Thing"}, .properties = {{"p", 1.0}, {"q", "x"}}});
  REQUIRE(id);
  CHECK(*id == account.id("", "k"));
  CHECK(account.value(*id, "_source") == R"("api")");
  const auto again =
      account.persister->create_entity({.key = "k",
                                        .type = "thing",
                                        .classes = {"Thing"},
                                        .properties = {{"p", 2.0}, {"q", Null{}}, {"r", true}}});
  CHECK(*again == *id);
  CHECK(account.value(*id, "p") == "2");
  CHECK(account.value(*id, "q") == "null");
  CHECK(account.value(*id, "r") == "true");
  CHECK(account.version(*id) == 2);
  account.diff("d", hosts({}));
  CHECK(account.value(*id, "p") == "2");
  CHECK_FALSE(account.persister->create_entity(
      {.key = "", .type = "t", .classes = {"C"}, .properties = {}}));
  CHECK_FALSE(
      account.persister->create_entity({.key = "x", .type = "t", .classes = {}, .properties = {}}));
}

TEST_CASE("D23 updateEntity lies above base and PATCH and persists, null hides, reset takes back") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":1,"q":1)")}));
  const std::string a = account.id("d", "a");
  REQUIRE(account.persister->update_entity(
      {.id = a, .properties = {{"p", 2.0}, {"q", Null{}}, {"_type", "evil"}}}));
  account.run(SyncMode::Patch, "", hosts({row(a, R"("p":3)")}));
  account.diff("d", hosts({host("a", R"("p":4,"q":4)")}));
  CHECK(account.value(a, "p") == "2");
  CHECK(account.value(a, "q") == "null");
  CHECK(account.value(a, "_type") == R"("host")");
  REQUIRE(account.persister->reset_entity(a, {"p", "never set"}));
  CHECK(account.value(a, "p") == "4");
  CHECK(account.value(a, "q") == "null");
  const int version = account.version(a);
  REQUIRE(account.persister->reset_entity(a, {"p"}));
  CHECK(account.version(a) == version);
}

TEST_CASE("D32 a write that has no report refuses what begins with _ and changes nothing") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":1)"), host("b")}));
  const std::string a = account.id("d", "a");
  const std::string b = account.id("d", "b");
  const Properties bad{{"p", 2.0}, {"_type", "evil"}};
  const auto refused = [](const Result<std::string>& answer) {
    REQUIRE_FALSE(answer);
    CHECK(wire_code(answer.error()) == "INVALID_PROPERTY_VALUE");
    CHECK(answer.error().message ==
          "property \"_type\": what begins with _ is the graph's own and cannot be set as a "
          "property");
  };
  Persister& persister = *account.persister;
  refused(persister.create_entity(
      {.key = "c", .type = "host", .classes = {"Host"}, .properties = bad}));
  CHECK(account.entities() == 2);
  CreateRelationship edge{
      .key = "r", .type = "t", .verb = "HAS", .from_id = a, .to_id = b, .properties = bad};
  refused(persister.create_relationship(edge));
  edge.properties.erase("_type");
  const Result<std::string> made = persister.create_relationship(edge);
  REQUIRE(made);
  refused(persister.update_relationship({.id = *made, .properties = bad}));
}

TEST_CASE("O-31 an update reports what a pin hides, what changed and what it did not touch") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":1,"q":1,"r":1)")}));
  const std::string a = account.id("d", "a");
  account.pin("older", row(a, R"("p":10)"));
  account.pin("younger", row(a, R"("p":20,"q":20)"));
  WriteReport report;
  REQUIRE(account.persister->update_entity(
      {.id = a, .properties = {{"p", 2.0}, {"q", 2.0}, {"r", 2.0}, {"_type", "evil"}}}, &report));
  CHECK(report.changed == std::vector<std::string>{"p", "q", "r"});
  CHECK(report.unchanged.empty());
  CHECK(report.ignored == std::vector<std::string>{"_type"});
  REQUIRE(report.hidden.size() == 2);
  CHECK(report.hidden[0].property == "p");
  CHECK(report.hidden[0].scope == "older");
  CHECK(report.hidden[1].scope == "younger");

  REQUIRE(
      account.persister->update_entity({.id = a, .properties = {{"p", 2.0}, {"r", 3.0}}}, &report));
  CHECK(report.changed == std::vector<std::string>{"r"});
  CHECK(report.unchanged == std::vector<std::string>{"p"});
  CHECK(report.hidden.size() == 1);

  REQUIRE(account.persister->reset_entity(a, {"p", "nosuch", "r"}, &report));
  CHECK(report.changed == std::vector<std::string>{"p", "r"});
  CHECK(report.unchanged == std::vector<std::string>{"nosuch"});
  REQUIRE(report.hidden.size() == 1);
  CHECK(report.hidden[0].scope == "older");
  CHECK(account.value(a, "r") == "1");
}

TEST_CASE("mutations of what is not there, or with illegal values") {
  Account account;
  account.diff("d", hosts({host("a")}));
  const std::string a = account.id("d", "a");
  for (const std::string& id : {std::string("junk"), account.id("d", "nobody")}) {
    CHECK(account.persister->update_entity({.id = id, .properties = {}}).error().code ==
          ErrorCode::NotFound);
    CHECK(account.persister->reset_entity(id, {}).error().code == ErrorCode::NotFound);
    CHECK(account.persister->delete_entity(id, false).error().code == ErrorCode::NotFound);
    CHECK(account.persister->delete_relationship(id, true).error().code == ErrorCode::NotFound);
  }
  const List mixed{Scalar(1.0), Scalar(std::string("x"))};
  CHECK_FALSE(account.persister->update_entity({.id = a, .properties = {{"p", mixed}}}));
  CHECK_FALSE(account.persister->update_entity(
      {.id = a, .properties = {{"p", std::numeric_limits<double>::infinity()}}}));
  CHECK_FALSE(
      account.persister->update_entity({.id = a, .properties = {{std::string(2000, 'n'), 1.0}}}));
  CHECK(account.value(a, "p") == "null");
}

TEST_CASE("deleteEntity: soft keeps layers, hard purges, relationships go with it") {
  Account account;
  account.diff("d", body({host("a"), host("b")}, {edge("e", "a", "b")}));
  const std::string a = account.id("d", "a");
  const std::string b = account.id("d", "b");
  REQUIRE(account.persister->update_entity({.id = a, .properties = {{"m", 1.0}}}));
  REQUIRE(account.persister->delete_entity(a, false));
  CHECK(account.entities() == 1);
  CHECK(account.relationships() == 0);
  CHECK_FALSE(account.persister->delete_entity(a, false));
  account.diff("d", body({host("a"), host("b")}, {edge("e", "a", "b")}));
  CHECK(account.value(a, "m") == "1");
  CHECK(account.relationships() == 1);
  REQUIRE(account.persister->delete_entity(b, true));
  CHECK(account.relationships() == 0);
  CHECK_FALSE(account.store->snapshot()->find_entity(*parse_uuid(b)));
  account.diff("d", body({host("a"), host("b")}, {edge("e", "a", "b")}));
  CHECK(account.version(b) == 1);
  CHECK(account.relationship_value(account.relationship_id("d", "e"), "_version") == "1");
}

TEST_CASE("relationships: create as upsert, update, delete") {
  Account account;
  account.diff("d", hosts({host("a"), host("b")}));
  const std::string a = account.id("d", "a");
  const std::string b = account.id("d", "b");
  const auto id = account.persister->create_relationship({.key = "r",
                                                          .type = "a_has_b",
                                                          .verb = "has",
                                                          .from_id = a,
                                                          .to_id = b,
                                                          .properties = {{"w", 1.0}}});
  REQUIRE(id);
  CHECK(account.relationship_value(*id, "_class") == R"("HAS")");
  REQUIRE(account.persister->create_relationship({.key = "r",
                                                  .type = "a_has_b",
                                                  .verb = "has",
                                                  .from_id = a,
                                                  .to_id = b,
                                                  .properties = {{"v", 2.0}}}));
  CHECK(account.relationship_value(*id, "w") == "1");
  CHECK(account.relationship_value(*id, "v") == "2");
  REQUIRE(account.persister->update_relationship({.id = *id, .properties = {{"w", 9.0}}}));
  CHECK(account.relationship_value(*id, "w") == "9");
  CHECK(account.relationship_value(*id, "_version") == "3");
  CHECK_FALSE(account.persister->create_relationship(
      {.key = "x", .type = "t", .verb = "HAS", .from_id = a, .to_id = "junk", .properties = {}}));
  account.diff("d", R"({"entities":[{"_key":"a","_type":"vm","_class":"VM"},)" + host("b") + "]}");
  CHECK(account.relationship_value(*id, "w") == "9");  // Its mutation moves with it.
  REQUIRE(account.persister->delete_relationship(*id, false));
  CHECK(account.relationships() == 0);
  REQUIRE(account.persister->create_relationship(
      {.key = "r", .type = "a_has_b", .verb = "HAS", .from_id = a, .to_id = b, .properties = {}}));
  CHECK(account.relationship_value(*id, "w") == "9");
  REQUIRE(account.persister->delete_relationship(*id, true));
  CHECK_FALSE(account.store->snapshot()->find_relationship(*parse_uuid(*id)));
}
