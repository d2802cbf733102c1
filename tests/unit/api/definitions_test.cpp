// Smart classes and stored parameters of a database.
#include <filesystem>

#include <catch2/catch.hpp>

#include "tests/unit/api/api_fixture.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

using Rows = std::vector<std::string>;

constexpr const char* kTop = "FIND #Top AS r RETURN r.name";

}  // namespace

TEST_CASE("j1ql 3.12 a defined smart class counts from the next query on, plans made before too") {
  World world;
  world.sync_inventory();
  Session session = world.database().session();
  REQUIRE(session.run(kTop));
  CHECK(world.rows(kTop).empty());
  REQUIRE(world.database().define_smart_class("Top", {"FIND github_repo WITH name = 'payments'"}));
  CHECK(world.rows(kTop) == Rows{"\"payments\""});
  auto again = session.run(kTop);
  REQUIRE(again);
  const auto batch = again->next();
  REQUIRE(batch);
  REQUIRE(*batch != nullptr);
  CHECK((*batch)->rows() == 1);
  REQUIRE(world.database().define_smart_class("Top", {}));
  CHECK(world.rows(kTop).empty());
}

TEST_CASE("j1ql 3.13 a new database defines #CriticalAsset") {
  World world;
  CHECK(world.database().definitions() == default_definitions());
  CHECK(world.database().definitions().smart_classes.count("CriticalAsset") == 1);
}

TEST_CASE("definitions that cannot work are refused and change nothing") {
  World world;
  Database& database = world.database();
  const Definitions before = database.definitions();

  const Status no_query = database.define_smart_class("Top", {"FIND Host WITH"});
  REQUIRE_FALSE(no_query);
  CHECK(no_query.error().code == ErrorCode::ParseError);
  CHECK(no_query.error().span->begin == 14);

  const Status itself = database.define_smart_class("Top", {"FIND #Top"});
  REQUIRE_FALSE(itself);
  CHECK(itself.error().code == ErrorCode::BindError);

  const Status no_entities = database.define_smart_class("Top", {"FIND Host AS h RETURN h.name"});
  REQUIRE_FALSE(no_entities);
  CHECK(no_entities.error().code == ErrorCode::BindError);
  CHECK(no_entities.error().message ==
        "The smart class #Top is not well defined: its queries must not have RETURN.");

  const Status name = database.define_smart_class("two words", {"FIND Host"});
  REQUIRE_FALSE(name);
  CHECK(name.error().code == ErrorCode::InvalidInput);

  const Status many = database.define_smart_class("Top", Rows(6, "FIND Host"));
  REQUIRE_FALSE(many);
  CHECK(many.error().code == ErrorCode::LimitExceeded);

  const Status parameter = database.set_parameter("1st", Value(1.0));
  REQUIRE_FALSE(parameter);
  CHECK(parameter.error().code == ErrorCode::InvalidInput);
  CHECK(database.definitions() == before);
}

TEST_CASE("j1ql 4.12 stored parameters are typed values") {
  World world;
  world.sync_inventory();
  const std::string query = "FIND github_repo WITH name = ${param.wanted} AS r RETURN r.name";
  REQUIRE(
      world.database().set_parameter("wanted", List{std::string("payments"), std::string("x")}));
  CHECK(world.rows(query) == Rows{"\"payments\""});
  REQUIRE(world.database().set_parameter("wanted", std::string("payments' OR name != '")));
  CHECK(world.rows(query).empty());
  REQUIRE(world.database().set_parameter("wanted", Null{}));
  const auto gone = world.database().session().run(query);
  REQUIRE_FALSE(gone);
  CHECK(gone.error().code == ErrorCode::BindError);
}

TEST_CASE("definitions are in the journal, and no plain file is") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  World world(data);
  REQUIRE(world.database().define_smart_class("Top", {"FIND Host", "FIND User"}));
  REQUIRE(world.database().define_smart_class("CriticalAsset", {}));
  REQUIRE(world.database().set_parameter("list", List{true, 1.5, std::string("x \"y\"")}));
  const Definitions before = world.database().definitions();
  REQUIRE(world.database().compact());
  world.close();
  world.open();
  CHECK(world.database().definitions() == before);
  world.close();
  for (const auto& entry : std::filesystem::directory_iterator(data)) {
    const std::string name = entry.path().filename().string();
    CHECK((name == "journal" || name == "durable"));
  }
}

TEST_CASE("definitions in the file of versions before are taken over, and a damaged file is told") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  const std::string file = data + "/definitions.json";
  World world(data);
  world.close();
  scratch.write("data/definitions.json", "{\"smartClasses\": 3");
  const auto damaged = Database::open({.directory = data});
  REQUIRE_FALSE(damaged);
  CHECK(damaged.error().code == ErrorCode::Corruption);
  CHECK(damaged.error().message.find("definitions.json") != std::string::npos);
  CHECK(std::filesystem::exists(file));

  scratch.write("data/definitions.json",
                R"({"smartClasses":{"Top":["FIND Host"]},"parameters":{"p":[1,"x"]}})");
  for (int i = 0; i < 2; ++i) {
    world.open();
    const Definitions taken = world.database().definitions();
    CHECK(taken.smart_classes.at("Top") == std::vector<std::string>{"FIND Host"});
    CHECK(taken.smart_classes.size() == 1);
    CHECK(taken.parameters.at("p") == Value(List{1.0, std::string("x")}));
    CHECK_FALSE(std::filesystem::exists(file));
    world.close();
  }
}

TEST_CASE("documents are kept by collection and id, all of a call or none") {
  const Scratch scratch;
  World world(scratch.path("data"));
  Database& database = world.database();
  REQUIRE(database.put_documents("questions", {{"b", "2"}, {"a/x", "\"1\""}}));
  REQUIRE(database.put_documents("questions", {{"b", "3"}}));
  REQUIRE(database.put_documents("others", {{"b", "9"}}));
  const Status refused = database.put_documents("questions", {{"c", "4"}, {"", "5"}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::InvalidInput);
  CHECK_FALSE(database.put_documents("a/b", {}));
  const Status missing = database.remove_document("questions", "c");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::NotFound);
  REQUIRE(database.remove_document("others", "b"));
  const std::string exported = world.exported();
  world.close();
  world.open();
  const std::vector<Document> kept = world.database().documents("questions");
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].id == "a/x");
  CHECK(kept[0].text == "\"1\"");
  CHECK(kept[1].text == "3");
  CHECK(world.database().documents("others").empty());
  CHECK(world.exported() == exported);
}
