// Export and import: equal graphs, and what a changed export is refused for.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/api/api_fixture.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

// A graph with every layer, a deleted entity and a mapped relationship; raw documents, a smart
// class and a parameter.
void make_rich(World& world) {
  world.sync_inventory();
  world.clock.now += 1000;
  world.sync_overrides();
  REQUIRE(world.database().update_entity(
      {.id = world.id_of("repo:1"),
       .properties = {{"owner", Value(std::string("ada"))}, {"public", Value(Null{})}},
       .origin = "tester"}));
  world.sync(
      SyncMode::Patch, "", R"({"entities":[{"_id":")" + world.id_of("repo:2") + R"(","size":1.25,
                 "list":[1,2.5,3]}]})");
  world.sync(SyncMode::Diff, "people", R"({"entities":[
      {"_key":"p","_type":"person","_class":["Person"],"email":"ada@x.io"}],
    "relationships":[{"_key":"p|is","_type":"person_is_user","_class":"IS","_mapping":{
      "relationshipDirection":"FORWARD","sourceEntityKey":"p","targetFilterKeys":[["_class","name"]],
      "targetEntity":{"_class":"User","name":"ada"}}}]})");
  REQUIRE(world.database().delete_entity(world.id_of("user:2")));
  REQUIRE(world.database().put_raw_data(
      world.id_of("repo:1"),
      "notes/by hand",
      {{"n", "application/json", R"({"a":"\u00e4"})"}, {"m", "text/plain", "two\nlines"}}));
  REQUIRE(world.database().define_smart_class("Top", {"FIND github_repo WITH name = 'payments'"}));
  REQUIRE(world.database().set_parameter("regions", List{std::string("eu"), std::string("us")}));
}

Status import_text(World& world, const Scratch& scratch, const std::string& text) {
  return world.database().import_ndjson(scratch.write("import.ndjson", text));
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  if (at == std::string::npos) FAIL("not in the export: " << what);
  return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("export, import and export again gives the same bytes") {
  const Scratch scratch;
  World world;
  make_rich(world);
  const std::string before = world.exported();

  SECTION("in memory") {
    World copy;
    REQUIRE(import_text(copy, scratch, before));
    CHECK(copy.exported() == before);
    // The copy goes on like the original: layers, scopes and versions are known to the persister.
    CHECK(copy.database().overrides().size() == world.database().overrides().size());
    CHECK(copy.rows("FIND #Top AS r RETURN r.name") == std::vector<std::string>{"\"payments\""});
    const auto documents = copy.database().raw_data(copy.id_of("repo:1"));
    REQUIRE(documents);
    CHECK(*documents == *world.database().raw_data(world.id_of("repo:1")));
    copy.clock.now = world.clock.now;
    copy.sync(SyncMode::Override, "older", R"({"entities":[]})");
    world.sync(SyncMode::Override, "older", R"({"entities":[]})");
    CHECK(copy.exported().substr(copy.exported().find('\n')) ==
          world.exported().substr(world.exported().find('\n')));
    CHECK(copy.rows("FIND github_repo WITH criticality = 7 AS r RETURN r.name") ==
          std::vector<std::string>{"\"payments\""});
  }
  SECTION("on a directory") {
    World copy(scratch.path("data"));
    REQUIRE(import_text(copy, scratch, before));
    CHECK(copy.exported() == before);
    copy.close();
    copy.open();
    CHECK(copy.exported() == before);
    CHECK(copy.database().definitions() == world.database().definitions());
    CHECK(copy.database().raw_data(copy.id_of("repo:1"))->size() == 2);
    copy.sync(SyncMode::Override, "third", R"({"entities":[]})");
  }
}

TEST_CASE("an export of any number is imported: as large as a double, as small, below zero") {
  World world;
  world.sync(SyncMode::Diff, "numbers", R"({"entities":[{"_key":"n","_type":"t","_class":"C",
      "a":9007199254740993,"b":18446744073709551616,"c":-20000000000000000000,
      "d":100000000000000000000,"e":1e21,"f":1.797e308,"g":5e-324,"h":-0.0,
      "i":[123456789012345678901,1]}]})");
  world.sync(SyncMode::Override,
             "pins",
             R"({"entities":[{"_id":")" + world.id_of("n") + R"(","a":30000000000000000000}]})");
  REQUIRE(world.database().set_parameter("large", 40000000000000000000.0));
  const std::string before = world.exported();
  const Scratch scratch;
  World copy;
  REQUIRE(import_text(copy, scratch, before));
  CHECK(copy.exported() == before);
  CHECK(copy.rows("FIND t WITH a = 30000000000000000000 AND b = 18446744073709551616 AS t "
                  "RETURN t.c") == std::vector<std::string>{"-20000000000000000000"});
}

TEST_CASE("O-15 a scope made after an import is younger than the imported ones") {
  const Scratch scratch;
  World world;
  make_rich(world);
  World copy;
  REQUIRE(import_text(copy, scratch, world.exported()));
  copy.sync(SyncMode::Override,
            "newest",
            R"({"entities":[{"_id":")" + copy.id_of("repo:1") + R"(","criticality":1}]})");
  const auto why = copy.database().why("repo:1", "criticality");
  REQUIRE(why);
  CHECK(why->layers[0].origin == "older");
  CHECK(why->layers[2].origin == "newest");
}

TEST_CASE("each entity of an export can be read as JSON of the JupiterOne kind") {
  World world;
  world.sync_inventory();
  const std::string text = world.exported();
  CHECK(text.starts_with(R"({"kind":"header","format":"callisto-graph","formatVersion":1,)"));
  CHECK(text.find(R"("_key":"repo:1","_type":"github_repo","_class":["CodeRepo"],"_version":1,)") !=
        std::string::npos);
  CHECK(text.find(R"("base":{"criticality":3,"name":"payments","public":false,)"
                  R"("tags":["pci","core"]})") != std::string::npos);
  CHECK(text.find("\n{\"kind\":\"end\",\"entities\":5,\"relationships\":2,\"digest\":\"") !=
        std::string::npos);
}

TEST_CASE("an import is refused as a whole and names the line") {
  const Scratch scratch;
  World world;
  make_rich(world);
  const std::string good = world.exported();

  struct Case {
    std::string text;
    std::string message;
  };

  const std::string cut_line = good.substr(0, good.size() - 30);
  const std::size_t last = good.rfind('\n', good.size() - 2);
  const std::size_t one_before = good.rfind('\n', last - 1);
  const Case cases[] = {
      {"", "line 1: this is no export"},
      {"{\"entities\":[]}\n", "line 1: this is no export"},
      {replaced(good, "\"formatVersion\":1", "\"formatVersion\":2"), "format version 2"},
      {replaced(good, "\"account\":\"local\"", "\"account\":\"acme\""), "of the account \"acme\""},
      {cut_line, "not a JSON object"},
      {good.substr(0, last + 1), "it was cut"},
      {good.substr(0, one_before + 1) + good.substr(last + 1), "lines are missing"},
      {good + "{\"kind\":\"scope\"}\n", "after the end line"},
      {replaced(good, "\"kind\":\"scope\"", "\"kind\":\"scoop\""), "unknown kind \"scoop\""},
      {replaced(good, "\"_key\":\"repo:1\"", "\"_key\":\"repo:x\""), "does not belong to"},
      {replaced(good, "\"scope\":\"older\",\"value\"", "\"scope\":\"oldest\",\"value\""),
       "no scope \"oldest\""},
      {replaced(good, "\"tags\":[\"pci\",\"core\"]", "\"tags\":[[\"pci\"],\"core\"]"),
       "a list holds"},
      {replaced(good, "\"tags\":[\"pci\",\"core\"]", "\"tags\":{\"pci\":1}"),
       "cannot be an object"},
      {replaced(good, "\"_version\":", "\"_version\":-"), "\"_version\" must be"},
      {replaced(good, "\"contentType\":\"text/plain\"", "\"type\":\"\""),
       "\"contentType\" must be"},
      {replaced(good, "\"object\":\"entity\"", "\"object\":\"thing\""), "\"object\" must be"},
      {replaced(good, "\"smartClasses\":{", "\"smartClasses\":{\"1 x\":[],"),
       "has a name that none"},
      {replaced(good, "\"_fromEntityId\":\"", "\"_fromEntityId\":\"x"), "names no entity"},
  };
  for (const Case& wrong : cases) {
    World copy;
    const Status refused = import_text(copy, scratch, wrong.text);
    REQUIRE_FALSE(refused);
    INFO(refused.error().message);
    CHECK(refused.error().code == ErrorCode::InvalidInput);
    CHECK(refused.error().message.find(wrong.message) != std::string::npos);
    CHECK(refused.error().message.find("line ") != std::string::npos);
    CHECK(copy.database().summary().version == 0);
    REQUIRE(import_text(copy, scratch, good));  // Nothing is left of the first try.
  }
}

TEST_CASE("an import needs an empty database without open jobs") {
  const Scratch scratch;
  World world;
  world.sync_inventory();
  const std::string text = world.exported();
  Status refused = import_text(world, scratch, text);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::Conflict);
  CHECK(world.exported() == text);

  World other;
  const SyncJob job = other.start(SyncMode::Diff, "s");
  refused = import_text(other, scratch, text);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find(job.id) != std::string::npos);
  CHECK_FALSE(other.database().import_ndjson(scratch.path("missing")));
}

TEST_CASE("a session made before an import reads the imported graph") {
  const Scratch scratch;
  World world;
  world.sync_inventory();
  World copy;
  Session session = copy.database().session();
  const char* query = "FIND github_repo AS r RETURN COUNT(r) AS n";
  REQUIRE(session.run(query));
  REQUIRE(import_text(copy, scratch, world.exported()));
  auto result = session.run(query);
  REQUIRE(result);
  const auto batch = result->next();
  REQUIRE(batch);
  REQUIRE(*batch != nullptr);
  CHECK((*batch)->value(0, 0).as_number() == 3);
}

TEST_CASE("an export that was changed or cut is refused by its digest, byte for byte") {
  const Scratch scratch;
  World world;
  make_rich(world);
  const std::string good = world.exported();
  std::size_t refused = 0;
  std::size_t by_digest = 0;
  // Every byte of a small export would take long in this build: a stride that is no power of two.
  for (std::size_t at = 0; at < good.size() - 1; at += 7) {
    std::string changed = good;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    World copy;
    const Status status = import_text(copy, scratch, changed);
    INFO("byte " << at);
    REQUIRE_FALSE(status);
    CHECK(copy.database().summary().version == 0);
    ++refused;
    if (status.error().message.find("is not what was exported") != std::string::npos) ++by_digest;
  }
  CHECK(refused > 100);
  CHECK(by_digest > refused / 4);  // What nothing else would have found.
  for (std::size_t size = 0; size < good.size() - 1; size += 31) {
    World copy;
    REQUIRE_FALSE(import_text(copy, scratch, good.substr(0, size)));
  }
}

// An export as it was before there were digests; `half`: with that of the last line left.
std::string without_digests(std::string text, std::string* half = nullptr) {
  const std::size_t first = text.find(",\"digest\"");
  text = text.substr(0, first) + text.substr(text.find('}', first));
  if (half != nullptr) *half = text;
  return text.substr(0, text.rfind(",\"digest\"")) + "}\n";
}

TEST_CASE("an export without a digest is imported with a word") {
  const Scratch scratch;
  World world;
  make_rich(world);
  std::string half_text;
  const std::string text = without_digests(world.exported(), &half_text);
  World half;
  REQUIRE_FALSE(import_text(half, scratch, half_text));  // Half a digest is none.
  World copy;
  ImportReport report;
  REQUIRE(copy.database().import_ndjson(scratch.write("old.ndjson", text), &report));
  REQUIRE(report.warnings.size() == 1);
  CHECK(report.warnings[0].find("old.ndjson has no digest") != std::string::npos);
  CHECK(copy.exported() == world.exported());
  World third;
  ImportReport silent;
  REQUIRE(third.database().import_ndjson(scratch.write("new.ndjson", copy.exported()), &silent));
  CHECK(silent.warnings.empty());
}

TEST_CASE("D43 half a character in an edited export is taken as U+FFFD, and told") {
  const Scratch scratch;
  World world;
  make_rich(world);
  const std::string text = without_digests(world.exported());
  World copy;
  ImportReport report;
  const std::string half = replaced(text, "\"ada\"", R"("ada\ud83d")");
  REQUIRE(copy.database().import_ndjson(scratch.write("half.ndjson", half), &report));
  REQUIRE(report.warnings.size() == 2);
  CHECK(report.warnings[1].find("U+FFFD, 1 of them, first in line ") != std::string::npos);
  CHECK(copy.exported().find("\"ada\xef\xbf\xbd\"") != std::string::npos);
  World whole;
  ImportReport silent;
  REQUIRE(whole.database().import_ndjson(
      scratch.write("whole.ndjson", replaced(text, "\"ada\"", R"("a\ud83d\ude00")")), &silent));
  CHECK(silent.warnings.size() == 1);
  World damaged;
  const std::string sealed = replaced(world.exported(), "\"ada\"", R"("ada\ud83d")");
  CHECK_FALSE(import_text(damaged, scratch, sealed));  // Its digest is that of what was exported.
}
