// Hints name what can be typed here.
#include "repl/local_words.h"

#include <catch2/catch.hpp>

#include <callisto/database.h>
#include <callisto/diagnosis.h>

using namespace callisto;
using namespace callisto::repl;

namespace {

Database ten() {
  Result<Database> database = Database::open({});
  REQUIRE(database);
  std::string rows;
  for (int i = 0; i < 10; ++i) {
    rows += R"({"_key":"k)" + std::to_string(i) + R"(","_type":"thing","_class":"Thing"})" + "\n";
  }
  const Result<SyncJob> job = database->start_job({.scope = "s"});
  REQUIRE(job);
  REQUIRE(database->upload(job->id, rows));
  REQUIRE(database->finalize(job->id));
  return std::move(*database);
}

// The first hint of what stops a query.
std::string hint_of(const std::string& query, const QueryOptions& options) {
  Database database = ten();
  Result<QueryResult> result = database.session().run(query, options);
  if (!result) return result.error().hints.at(0);
  while (true) {
    const Result<const RowBatch*> batch = result->next();
    if (!batch) return batch.error().hints.at(0);
    if (*batch == nullptr) return "not stopped";
  }
}

}  // namespace

TEST_CASE("a hint of the library becomes one of the command or of the shell") {
  const std::string rows = hint_of("FIND thing", {.limits = {.rows_max = 3}});
  CHECK(in_local_words(rows, false) == "Add LIMIT, or lift the limit with --max-rows 0.");
  CHECK(in_local_words(rows, true) == "Add LIMIT, or lift the limit with .limit rows 0.");
  const std::string memory =
      hint_of("FIND thing AS t RETURN t._key ORDER BY t._key", {.limits = {.memory_bytes_max = 1}});
  CHECK_THAT(in_local_words(memory, false), Catch::Contains("--max-memory 0"));
  CHECK_THAT(in_local_words(memory, true), Catch::Contains(".limit memory 0"));
  const std::string variable = hint_of("FIND thing WITH a = ${b}", {});
  CHECK(in_local_words(variable, false) == "Set it with --param NAME=VALUE.");
  CHECK(in_local_words(variable, true) == "Set it with .param NAME VALUE.");
  CHECK(in_local_words("Did you mean x?", true) == "Did you mean x?");
  CHECK_THAT(in_local_words("DUPLICATE_KEY", false), Catch::Contains("--ignore-duplicates"));
}

TEST_CASE("the doctor names the switch for deleted objects of the place") {
  Database database = ten();
  const Result<SyncJob> job = database.start_job({.scope = "s"});
  FinalizeOptions all_may_go;
  all_may_go.deletion_guard.reset();
  REQUIRE(database.finalize(job->id, all_may_go));
  const Result<Diagnosis> found = diagnose(database, "FIND thing", {});
  REQUIRE(found);
  const std::string words = describe_diagnosis(*found);
  CHECK_THAT(in_local_words(words, false), Catch::Contains("--include-deleted shows them (10)"));
  CHECK_THAT(in_local_words(words, true), Catch::Contains(".deleted on shows them (10)"));
}
