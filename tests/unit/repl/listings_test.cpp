// Overrides in lists and counts, and the command table of the shell.
#include "repl/listings.h"

#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "repl/dot_commands.h"
#include "repl/object_fields.h"
#include "repl/sync_command.h"
#include "repl/text_width.h"

using namespace callisto;
using namespace callisto::repl;

namespace {

OverrideInfo info(const char* entity, OverrideState state) {
  OverrideInfo out;
  out.scope = "tiers";
  out.entity_id = "id";
  out.display_name = entity;
  out.property = "criticality";
  out.value = Value(9.0);
  out.below_then = Value(5.0);
  out.below_now = Value(7.0);
  out.set_at_ms = 1'796'083'200'000;
  out.states = {state};
  return out;
}

}  // namespace

TEST_CASE("O-28 the summary counts each state and shows an example") {
  const std::string text = override_summary({info("web-1", OverrideState::Drifted),
                                             info("db-1", OverrideState::Active),
                                             info("db-2", OverrideState::Active)});
  CHECK(text ==
        "STATE    COUNT  OLDEST      EXAMPLE\n"
        "drifted      1  2026-12-01  web-1.criticality  9 hides 7 (was 5)\n"
        "active       2  2026-12-01  db-1.criticality  9 hides 7\n");
  CHECK(override_summary({}) == "no overrides\n");
}

TEST_CASE("O-28 the summary does not say that a value hides itself, and shows kinds") {
  OverrideInfo both = info("web-1", OverrideState::Redundant);
  both.states = {OverrideState::Redundant, OverrideState::Drifted};
  both.below_now = both.value;
  CHECK_THAT(override_summary({both}),
             Catch::Contains("web-1.criticality  both say 9 now (was 5)\n"));
  CHECK_THAT(override_summary({both}), Catch::Contains("web-1.criticality  both say 9\n"));
  OverrideInfo kinds = info("web-1", OverrideState::Active);
  kinds.value = Value(std::string("7"));
  CHECK_THAT(override_summary({kinds}), Catch::Contains("web-1.criticality  \"7\" hides 7\n"));
}

TEST_CASE("O-28 the list of overrides shows the kinds of its values in every format") {
  OverrideInfo kinds = info("web-1", OverrideState::Active);
  kinds.value = Value(std::string("7"));
  kinds.below_then = Value(Null{});
  const auto lines = [&](Format format) {
    return render_rows(override_table({kinds}, format), format);
  };
  CHECK_THAT(lines(Format::Tsv), Catch::Contains("\t\"7\"\t7\t\t"));
  CHECK_THAT(lines(Format::Csv), Catch::Contains(R"(,"""7""",7,,)"));
  CHECK_THAT(lines(Format::Tree), Catch::Contains("value:     \"7\""));
  CHECK_THAT(lines(Format::Ndjson),
             Catch::Contains(R"("value":"7","belowNow":7,"belowThen":null)"));
}

TEST_CASE("every dot command has an example of itself, and .help is no longer than a screen") {
  CHECK(dot_commands().size() <= 34);
  std::set<std::string> names;
  for (const DotCommand& command : dot_commands()) {
    CHECK(names.insert(command.name).second);
    CHECK(std::string(command.example).starts_with(command.name));
    CHECK(find_dot_command(command.name) == &command);
    CHECK_THAT(help_text(), Catch::Contains(command.name));
    CHECK_THAT(help_text(command), Catch::Contains(command.example));
  }
  std::istringstream lines(help_text());
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(display_width(line) <= 80);
  }
  CHECK(find_dot_command(".ov") == find_dot_command(".overrides"));
  CHECK(find_dot_command(".l") == nullptr);  // .layer, .last, .limit
  CHECK(find_dot_command(".") == nullptr);
}

TEST_CASE("arguments keep quoted words together and drop a closing semicolon") {
  const Arguments arguments = split_arguments("  'web 1' \"a b\"c  d ; ");
  CHECK(arguments.words == std::vector<std::string>{"web 1", "a bc", "d"});
  CHECK(arguments.rest == "'web 1' \"a b\"c  d");
}

TEST_CASE("values from the command line are JSON when they can be") {
  CHECK(value_from_text("5") == Value(5.0));
  CHECK(value_from_text("true") == Value(true));
  CHECK(value_from_text("null") == Value(Null{}));
  CHECK(value_from_text("\"5\"") == Value(std::string("5")));
  CHECK(value_from_text("us-east-1") == Value(std::string("us-east-1")));
  CHECK(value_from_text("[1,2]") == Value(List{Scalar(1.0), Scalar(2.0)}));
  CHECK(value_from_text("[1,\"a\"]") == Value(std::string("[1,\"a\"]")));
  CHECK(value_from_text("{}") == Value(std::string("{}")));
  CHECK(value_from_text("") == Value(std::string("")));
}

TEST_CASE("numbers that are none are told, not taken for texts") {
  CHECK(typed_value("1.10") == Value(1.1));
  CHECK(typed_value("nan") == Value(std::string("nan")));
  CHECK(typed_value("\"NaN\"") == Value(std::string("NaN")));
  CHECK(typed_value("NaNo") == Value(std::string("NaNo")));
  for (const char* text : {"NaN", "Infinity", "-Infinity", "[1,NaN]", "[ NaN , \"NaN\" ]"}) {
    CAPTURE(text);
    const Result<Value> value = typed_value(text);
    REQUIRE_FALSE(value);
    CHECK_THAT(value.error().message, Catch::Contains("is no number that a value can be"));
  }
  CHECK_THAT(typed_value("1e999").error().message,
             Catch::Contains("1e999 is beyond the largest number"));
  CHECK_THAT(typed_value("[1,-1e999]").error().message, Catch::Contains("-1e999 is beyond"));
  CHECK_THAT(variable_from_text("{\"a\":1}").error().message, Catch::Contains("not an object"));
}

TEST_CASE("a text keeps its digits, its zeros and its words") {
  CHECK(text_from_text("1.10") == Value(std::string("1.10")));
  CHECK(text_from_text("007") == Value(std::string("007")));
  CHECK(text_from_text("true") == Value(std::string("true")));
  CHECK(text_from_text("NaN") == Value(std::string("NaN")));
  CHECK(text_from_text("\"a\"") == Value(std::string("a")));
  CHECK(text_from_text("null") == Value(Null{}));
  CHECK(text_from_text("[\"a\"]") == Value(List{Scalar(std::string("a"))}));
  CHECK_FALSE(*json_value("x"));
}

TEST_CASE("O-29 a dry run says that nothing is written and what would change") {
  SyncReport report;
  report.dry_run = true;
  report.job.mode = SyncMode::Override;
  report.job.scope = "tiers";
  report.job.entities.uploaded = 2;
  report.job.entities.updated = 2;
  report.changes = {{.kind = ChangeKind::Update,
                     .relationship = false,
                     .id = "id-1",
                     .key = "web-1",
                     .type = "host",
                     .properties = {{"criticality", Value(5.0), Value(9.0)}}}};
  report.skipped_rows = 1;
  report.skipped_ids = {"nobody"};
  const std::string text = render_report(report, 0);
  CHECK_THAT(text, Catch::Contains("nothing is written"));
  CHECK_THAT(text, Catch::Contains("~ web-1 (host)\n    criticality  5 → 9\n"));
  CHECK_THAT(text, Catch::Contains("1 more change"));
  CHECK_THAT(text, Catch::Contains("1 row skipped, no such entity: nobody"));
}
