// One rule for every text and number that comes in by a typed call: valid UTF-8, finite, within the
// limits of uploads; what breaks it is refused by the name of its field and changes nothing.
#include <cmath>
#include <functional>
#include <limits>

#include <catch2/catch.hpp>

#include "tests/unit/api/api_fixture.h"
#include <callisto/utf8.h>

using namespace callisto;
using namespace callisto::tests;

namespace {

// Lone bytes, a form that is too long, a surrogate, a character cut off, one beyond the last.
const std::vector<std::string> kNoTexts{
    "a\xff", "\x80", "\xc0\xaf", "\xed\xa0\xbd", "cut \xf0\x9f\x92", "\xf4\x90\x80\x80"};

struct Entry {
  const char* field;  // As the message names it.
  std::function<Status(Database&, const std::string&)> enter;
};

template <class T>
Status status_of(const Result<T>& result) {
  return result ? Status{} : Status(tl::make_unexpected(result.error()));
}

CreateEntity host(const std::string& key, Properties properties = {}) {
  return {.key = key, .type = "host", .classes = {"Host"}, .properties = std::move(properties)};
}

std::vector<Entry> of_objects(const std::string& id, const std::string& relationship) {
  return {
      {"\"_key\"",
       [](Database& db, const std::string& text) {
         return status_of(db.create_entity({text, "host", {"Host"}, {}}));
       }},
      {"\"_type\"",
       [](Database& db, const std::string& text) {
         return status_of(db.create_entity({"k", text, {"Host"}, {}}));
       }},
      {"\"_class\"",
       [](Database& db, const std::string& text) {
         return status_of(db.create_entity({"k", "host", {"Host", text}, {}}));
       }},
      {"property \"",
       [](Database& db, const std::string& text) {
         return status_of(db.create_entity(host("k", {{text, 1.0}})));
       }},
      {"property \"name\"",
       [](Database& db, const std::string& text) {
         return status_of(db.create_entity(host("k", {{"name", text}})));
       }},
      {"property \"names\"",
       [](Database& db, const std::string& text) {
         return status_of(
             db.create_entity(host("k", {{"names", List{std::string("good"), text}}})));
       }},
      {"property \"name\"",
       [id](Database& db, const std::string& text) {
         return status_of(db.update_entity({.id = id, .properties = {{"name", text}}}));
       }},
      {"property \"",
       [id](Database& db, const std::string& text) {
         return status_of(db.update_entity({.id = id, .properties = {{text, true}}}));
       }},
      {"\"origin\"",
       [id](Database& db, const std::string& text) {
         return status_of(db.update_entity({.id = id, .properties = {{"a", 1.0}}, .origin = text}));
       }},
      {"\"_key\"",
       [id](Database& db, const std::string& text) {
         return status_of(db.create_relationship({text, "t", "HAS", id, id, {}}));
       }},
      {"\"_type\"",
       [id](Database& db, const std::string& text) {
         return status_of(db.create_relationship({"k", text, "HAS", id, id, {}}));
       }},
      {"\"_class\"",
       [id](Database& db, const std::string& text) {
         return status_of(db.create_relationship({"k", "t", text, id, id, {}}));
       }},
      {"property \"p\"",
       [id](Database& db, const std::string& text) {
         return status_of(db.create_relationship({"k", "t", "HAS", id, id, {{"p", text}}}));
       }},
      {"property \"p\"",
       [relationship](Database& db, const std::string& text) {
         return status_of(db.update_relationship({relationship, {{"p", text}}}));
       }},
      {"\"origin\"",
       [relationship](Database& db, const std::string& text) {
         return status_of(db.update_relationship({relationship, {{"p", 1.0}}, text}));
       }},
  };
}

std::vector<Entry> of_jobs() {
  const auto start = [](auto member) {
    return [member](Database& db, const std::string& text) {
      StartJob request{.source = "integration-managed", .integration_instance_id = "i"};
      if (member == &StartJob::scope) request = {.source = "api"};
      request.*member = text;
      return status_of(db.start_job(request));
    };
  };
  return {
      {"\"scope\"", start(&StartJob::scope)},
      {"\"integrationInstanceId\"", start(&StartJob::integration_instance_id)},
      {"job id", start(&StartJob::job_id)},
      {"\"author\"", start(&StartJob::author)},
      {"\"reason\"", start(&StartJob::reason)},
      {"\"integrationType\"", start(&StartJob::integration_type)},
      {"\"integrationName\"", start(&StartJob::integration_name)},
      {"\"integrationDefinitionId\"", start(&StartJob::integration_definition_id)},
      {"no source", start(&StartJob::source)},
      {"\"reason\"",
       [](Database& db, const std::string& text) { return status_of(db.abort_job("open", text)); }},
      {"\"partialDatasets.types\"",
       [](Database& db, const std::string& text) {
         return status_of(db.finalize("open", {.partial_types = {text}}));
       }},
  };
}

std::vector<Entry> of_the_rest(const std::string& id) {
  const auto query = [](auto set) {
    return [set](Database& db, const std::string& text) {
      QueryOptions options;
      set(options, text);
      return status_of(db.session().run("FIND host WITH name = ${x}", options));
    };
  };
  return {
      {"\"source\"",
       [id](Database& db, const std::string& text) {
         return db.put_raw_data(id, text, {{"d", "text/plain", "x"}});
       }},
      {"\"the name of a document\"",
       [id](Database& db, const std::string& text) {
         return db.put_raw_data(id, "api", {{text, "text/plain", "x"}});
       }},
      {"\"contentType\"",
       [id](Database& db, const std::string& text) {
         return db.put_raw_data(id, "api", {{"d", text, "x"}});
       }},
      {"\"data\"",
       [id](Database& db, const std::string& text) {
         return db.put_raw_data(id, "api", {{"d", "text/plain", text}});
       }},
      {"a smart class is named",
       [](Database& db, const std::string& text) {
         return db.define_smart_class(text, {"FIND host"});
       }},
      {"not valid UTF-8",
       [](Database& db, const std::string& text) {
         return db.define_smart_class("Mine", {"FIND host WITH name = '" + text + "'"});
       }},
      {"a parameter is named",
       [](Database& db, const std::string& text) { return db.set_parameter(text, 1.0); }},
      {"property \"value\"",
       [](Database& db, const std::string& text) { return db.set_parameter("p", text); }},
      {"property \"value\"",
       [](Database& db, const std::string& text) { return db.set_parameter("p", List{text}); }},
      {"variable \"x\"", query([](QueryOptions& options, const std::string& text) {
         options.variables["x"] = text;
       })},
      {"variable \"x\"", query([](QueryOptions& options, const std::string& text) {
         options.variables["x"] = List{text};
       })},
      {"variable \"", query([](QueryOptions& options, const std::string& text) {
         options.variables = {{"x", 1.0}, {text, 1.0}};
       })},
      {"scope filter \"name\"", query([](QueryOptions& options, const std::string& text) {
         options.variables["x"] = 1.0;
         options.scope_filters = {{{"name", text}}};
       })},
      {"scope filter \"", query([](QueryOptions& options, const std::string& text) {
         options.variables["x"] = 1.0;
         options.scope_filters = {{{text, 1.0}}};
       })},
      {"\"account\"",
       [](Database&, const std::string& text) {
         return status_of(Database::open({.account = text}));
       }},
      {"not valid UTF-8",
       [](Database& db, const std::string& text) {
         return status_of(db.session().run("FIND host WITH name = '" + text + "'"));
       }},
  };
}

// Every place where a caller's text gets in, but bodies and files.
std::vector<Entry> entries(const std::string& id, const std::string& relationship) {
  std::vector<Entry> all = of_objects(id, relationship);
  for (const std::vector<Entry>& more : {of_jobs(), of_the_rest(id)}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

struct Filled {
  Filled() {
    id = *world.database().create_entity(host("one", {{"name", std::string("one")}}));
    relationship = *world.database().create_relationship({"r", "t", "HAS", id, id, {}});
    REQUIRE(world.database().start_job({.scope = "open", .job_id = "open"}));
  }

  World world;
  std::string id;
  std::string relationship;
};

}  // namespace

TEST_CASE("a text that is not UTF-8 is refused at every entry, by its field, and changes nothing") {
  Filled filled;
  Database& db = filled.world.database();
  const std::string before = filled.world.exported();
  const std::size_t jobs = db.jobs().size();
  int number = 0;
  for (const Entry& entry : entries(filled.id, filled.relationship)) {
    CAPTURE(number++, entry.field);
    for (const std::string& text : kNoTexts) {
      const Status status = entry.enter(db, text);
      REQUIRE_FALSE(status);
      const bool of_query = status.error().code == ErrorCode::ParseError;
      CHECK((of_query || status.error().code == ErrorCode::InvalidInput));
      CHECK(status.error().message.find(entry.field) != std::string::npos);
      CHECK(is_utf8(status.error().message));
    }
    CHECK(filled.world.exported() == before);
    CHECK(db.jobs().size() == jobs);
  }
  CHECK(db.definitions() == default_definitions());
}

TEST_CASE("a text that is asked for and is not UTF-8 is not found, and the message is UTF-8") {
  Filled filled;
  Database& db = filled.world.database();
  for (const std::string& text : kNoTexts) {
    const std::string longer = std::string(199, 'x') + text;  // Messages cut what is long.
    for (const std::string& id : {text, longer}) {
      for (const Error& error : {db.why(id, id).error(),
                                 db.job(id).error(),
                                 db.upload(id, "{}").error(),
                                 db.update_entity({id, {{"a", 1.0}}}).error(),
                                 db.delete_entity(id).error(),
                                 db.delete_relationship(id).error(),
                                 db.raw_data(id).error(),
                                 db.view().entity(id).error(),
                                 db.view().relationship(id).error()}) {
        CHECK(error.code == ErrorCode::NotFound);
        CHECK(is_utf8(error.message));
      }
    }
    CHECK(db.overrides({.scope = text}).empty());
    CHECK(db.properties(text).empty());
  }
}

TEST_CASE("a number that is not finite is refused at every entry") {
  Filled filled;
  Database& db = filled.world.database();
  const std::string before = filled.world.exported();
  for (const double number : {std::numeric_limits<double>::quiet_NaN(),
                              std::numeric_limits<double>::infinity(),
                              -std::numeric_limits<double>::infinity()}) {
    for (const Value& value : {Value(number), Value(List{1.0, number})}) {
      QueryOptions variable;
      variable.variables["x"] = value;
      QueryOptions filter;
      filter.scope_filters = {{{"cpu", value}}};
      for (const Status& status :
           {status_of(db.create_entity(host("k", {{"p", value}}))),
            status_of(db.update_entity({filled.id, {{"p", value}}})),
            status_of(db.update_relationship({filled.relationship, {{"p", value}}})),
            db.set_parameter("p", value),
            status_of(db.session().run("FIND host WITH cpu = ${x}", variable)),
            status_of(db.session().explain("FIND host WITH cpu = ${x}", variable)),
            status_of(db.session().run("FIND host", filter))}) {
        REQUIRE_FALSE(status);
        CHECK(status.error().code == ErrorCode::InvalidInput);
        CHECK(status.error().message.find("finite") != std::string::npos);
      }
    }
  }
  CHECK(filled.world.exported() == before);
}

TEST_CASE("typed calls have the limits of uploads") {
  Filled filled;
  Database& db = filled.world.database();
  const std::string before = filled.world.exported();
  const InputLimits limits;
  const auto of = [](std::size_t bytes) { return std::string(bytes, 'x'); };
  const std::string big = of(limits.text_bytes + 1);
  Properties many;
  for (std::size_t i = 0; i <= limits.properties; ++i) {
    many["p" + std::to_string(i)] = 1.0;
  }
  const List elements(limits.list_elements + 1, Scalar(1.0));
  const std::vector<std::string> classes(kClassesPerEntityMax + 1, "Host");
  for (const Result<std::string>& refused :
       {db.create_entity(host("")),
        db.create_entity(host(of(limits.key_bytes + 1))),
        db.create_entity({"k", "", {"Host"}, {}}),
        db.create_entity({"k", of(kTypeNameBytesMax + 1), {"Host"}, {}}),
        db.create_entity({"k", "host", {}, {}}),
        db.create_entity({"k", "host", {""}, {}}),
        db.create_entity({"k", "host", {of(kTypeNameBytesMax + 1)}, {}}),
        db.create_entity({"k", "host", classes, {}}),
        db.create_entity(host("k", {{of(limits.name_bytes + 1), 1.0}})),
        db.create_entity(host("k", {{"p", big}})),
        db.create_entity(host("k", {{"p", elements}})),
        db.create_entity(host("k", {{"p", List{1.0, std::string("a")}}})),
        db.create_entity(host("k", many)),
        db.update_entity({filled.id, {{"p", big}}}),
        db.create_relationship({"", "t", "HAS", filled.id, filled.id, {}}),
        db.create_relationship({"k", "t", "", filled.id, filled.id, {}})}) {
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::InvalidInput);
    CHECK(refused.error().message.size() < 500);
  }
  CHECK_FALSE(db.start_job({.scope = of(kNameBytesMax + 1)}));
  CHECK_FALSE(db.set_parameter("p", big));
  CHECK(filled.world.exported() == before);
  // And up to the limit they are taken.
  CHECK(db.create_entity({of(limits.key_bytes),
                          of(kTypeNameBytesMax),
                          {of(kTypeNameBytesMax)},
                          {{of(limits.name_bytes), of(limits.text_bytes)}}}));
}

TEST_CASE("a zero byte and an empty property name are kept as uploads keep them") {
  const std::string zero("a\0b", 3);
  World typed;
  const auto id = typed.database().create_entity(
      {zero, "host", {"Host"}, {{"", std::string("empty")}, {zero, zero}}});
  REQUIRE(id);
  World uploaded;
  uploaded.sync(
      SyncMode::CreateOrUpdate,
      "",
      R"({"entities":[{"_key":"a\u0000b","_type":"host","_class":"Host","":"empty","a\u0000b":"a\u0000b"}]})");
  CHECK(uploaded.rows("FIND host AS h RETURN h.*") == typed.rows("FIND host AS h RETURN h.*"));
  CHECK(typed.database().why(*id, zero)->effective == Value(zero));
  // And they survive an export.
  const std::string exported = typed.exported();
  const Scratch scratch;
  const std::string path = scratch.write("export.ndjson", exported);
  World imported;
  REQUIRE(imported.database().import_ndjson(path));
  CHECK(imported.exported() == exported);
}

TEST_CASE("properties that begin with _ are refused by typed calls and forge no metadata") {
  World world;
  Database& db = world.database();
  for (const char* name : {"_id", "_class", "_createdOn", "_custom"}) {
    const auto forged = db.create_entity(host("k", {{name, std::string("forged")}, {"cpu", 4.0}}));
    REQUIRE_FALSE(forged);
    CHECK(forged.error().message.find("property \"" + std::string(name) + "\"") == 0);
  }
  CHECK(world.rows("FIND host").empty());
  const auto id = db.create_entity(host("k", {{"cpu", 4.0}}));
  REQUIRE(id);
  const std::string before = *db.view().entity(*id);
  WriteReport report;
  REQUIRE(db.update_entity({*id, {{"_key", std::string("k2")}, {"_source", std::string("x")}}},
                           &report));
  CHECK(report.ignored == std::vector<std::string>{"_key", "_source"});
  CHECK(*db.view().entity(*id) == before);
  CHECK(*db.create_entity(host("k")) == *id);  // Its key is the one that it was given.
}

TEST_CASE("a class that is named twice counts once") {
  World world;
  REQUIRE(world.database().create_entity({"k", "host", {"Host", "Device", "Host"}, {}}));
  CHECK(world.rows("FIND host AS h RETURN h._class") ==
        std::vector<std::string>{R"(["Host","Device"])"});
}

TEST_CASE("a raw document of type JSON is JSON") {
  Filled filled;
  Database& db = filled.world.database();
  const Status status = db.put_raw_data(filled.id, "api", {{"d", "application/json", "{"}});
  REQUIRE_FALSE(status);
  CHECK(status.error().code == ErrorCode::InvalidInput);
  CHECK(status.error().message.find("\"d\"") != std::string::npos);
  CHECK(db.raw_data(filled.id)->empty());
  CHECK(db.put_raw_data(filled.id, "api", {{"d", "application/json", R"({"a":[1]})"}}));
}

TEST_CASE("an account and a directory are names") {
  for (const std::string& account : {std::string("a\n"), std::string("a\0b", 3)}) {
    const auto refused = Database::open({.account = account});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::InvalidInput);
  }
  const auto refused = Database::open({.directory = std::string("a\0b", 3)});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::InvalidInput);
}
