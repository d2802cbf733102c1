// The command line as a value.
#include "repl/command_line.h"

#include <catch2/catch.hpp>

using namespace callisto;
using namespace callisto::repl;

namespace {

ParsedCommandLine parse(std::vector<const char*> words) {
  words.insert(words.begin(), "callisto");
  return parse_command_line(static_cast<int>(words.size()), words.data());
}

}  // namespace

TEST_CASE("queries, options and their order") {
  const auto parsed = parse({"-c",
                             "FIND a",
                             "--data",
                             "d",
                             "-c",
                             "FIND b",
                             "--format",
                             "csv",
                             "--param",
                             "n=5",
                             "--param",
                             "s=x=y",
                             "--layer",
                             "integration",
                             "--timeout",
                             "1.5"});
  REQUIRE(parsed.invocation);
  CHECK(parsed.invocation->action == Action::Query);
  CHECK(parsed.invocation->statements == std::vector<std::string>{"FIND a", "FIND b"});
  CHECK(parsed.invocation->data_directory == "d");
  CHECK(parsed.invocation->format == Format::Csv);
  CHECK(parsed.invocation->layer == LayerView::Integration);
  CHECK(parsed.invocation->limits.timeout_ms == 1'500);
  CHECK(parsed.invocation->parameters.at("n") == Value(5.0));
  CHECK(parsed.invocation->parameters.at("s") == Value(std::string("x=y")));
}

TEST_CASE("a sync job, with global options behind the subcommand") {
  const auto parsed = parse({"sync",
                             "a",
                             "b",
                             "--mode",
                             "OVERRIDE",
                             "--scope",
                             "s",
                             "--dry-run",
                             "--author",
                             "ana",
                             "--review-by",
                             "2026-12-01",
                             "--data",
                             "d"});
  REQUIRE(parsed.invocation);
  CHECK(parsed.invocation->action == Action::Sync);
  CHECK(parsed.invocation->data_directory == "d");
  const SyncArguments& sync = parsed.invocation->sync;
  CHECK(sync.paths == std::vector<std::string>{"a", "b"});
  CHECK(sync.start.mode == SyncMode::Override);
  CHECK(sync.start.scope == "s");
  CHECK(sync.start.source == "api");
  CHECK(sync.start.author == "ana");
  CHECK(sync.start.review_by_ms == 1'796'083'200'000);
  CHECK(sync.finalize.dry_run);
}

TEST_CASE("an instance alone means an integration") {
  const auto parsed = parse({"sync", "a", "--mode", "diff", "--instance", "i1"});
  REQUIRE(parsed.invocation);
  CHECK(parsed.invocation->sync.start.source == "integration-managed");
}

TEST_CASE("what is wrong is a usage error that says what") {
  const auto error_of = [](std::vector<const char*> words) {
    const ParsedCommandLine parsed = parse(std::move(words));
    CHECK_FALSE(parsed.invocation);
    CHECK(parsed.exit == ExitCode::Usage);
    return parsed.err;
  };
  CHECK_THAT(error_of({"--format", "xml"}), Catch::Contains("xml"));
  CHECK_THAT(error_of({"--nonsense"}), Catch::Contains("--nonsense"));
  CHECK_THAT(error_of({"sync", "x"}), Catch::Contains("--mode"));
  CHECK_THAT(error_of({"sync", "--mode", "diff"}), Catch::Contains("--empty"));
  CHECK_THAT(error_of({"sync", "x", "--mode", "diff", "--empty"}), Catch::Contains("--empty"));
  CHECK_THAT(error_of({"sync", "x", "--mode", "override", "--review-by", "soon"}),
             Catch::Contains("soon"));
  CHECK_THAT(error_of({"--param", "x"}), Catch::Contains("NAME=VALUE"));
  for (const char* seconds : {"-1", "x", "1e10", "nan"}) {
    CHECK_THAT(error_of({"--timeout", seconds}), Catch::Contains("--timeout"));
    CHECK_THAT(error_of({"--timeout", seconds}), Catch::Contains("no number of seconds"));
  }
  CHECK_THAT(error_of({"why"}), Catch::Contains("ENTITY"));
  CHECK_THAT(error_of({"frobnicate"}), Catch::Contains("frobnicate"));
  CHECK_THAT(error_of({"--data", "d1", "FIND", "x"}), Catch::Contains("not expected: FIND x\n"));
  CHECK_THAT(error_of({"jobs", "a", "b", "c"}), Catch::Contains("not expected: a b c\n"));
}

TEST_CASE("an empty word is no value of an option, whichever it is") {
  const std::vector<std::vector<const char*>> lines{{"--data", "", "jobs"},
                                                    {"jobs", "--data", ""},
                                                    {"serve", "--data", ""},
                                                    {"--data", "", "-c", "FIND x"},
                                                    {"sync", "a", "--mode", "diff", "--scope", ""},
                                                    {"overrides", "--scope", ""},
                                                    {"export", ""},
                                                    {"import", ""}};
  for (const std::vector<const char*>& words : lines) {
    const ParsedCommandLine parsed = parse(words);
    CHECK_FALSE(parsed.invocation);
    CHECK(parsed.exit == ExitCode::Usage);
    CHECK_THAT(parsed.err, Catch::Contains("is empty"));
  }
  CHECK(parse({"-c", ""}).invocation);
  CHECK(parse({"update", "e", "p="}).invocation);
}

TEST_CASE("an option of sync without effect in the mode is refused") {
  const auto said = [](const char* mode, std::vector<const char*> more) {
    std::vector<const char*> words{"sync", "x", "--mode", mode, "--scope", "s"};
    words.insert(words.end(), more.begin(), more.end());
    const ParsedCommandLine parsed = parse(words);
    CHECK((parsed.exit == ExitCode::Usage) == !parsed.invocation);
    return parsed.err;
  };
  CHECK_THAT(said("diff", {"--author", "x"}),
             Catch::Contains("--author has no effect with --mode diff: only with override"));
  CHECK_THAT(said("patch", {"--reason", "x"}), Catch::Contains("--reason has no effect"));
  CHECK_THAT(said("cross-scope", {"--review-by", "2026-12-01"}), Catch::Contains("--review-by"));
  CHECK_THAT(said("override", {"--partial-type", "t"}),
             Catch::Contains("only with diff, cross-scope"));
  CHECK_THAT(said("override", {"--ignore-duplicates"}), Catch::Contains("--ignore-duplicates"));
  CHECK_THAT(said("patch", {"--expect-deletes", "1"}), Catch::Contains("--expect-deletes"));
  CHECK_THAT(said("patch", {"--force"}), Catch::Contains("--force"));
  CHECK_THAT(said("override", {"--integration-type", "t"}), Catch::Contains("--integration-type"));
  CHECK(said("override", {"--author", "x", "--reason", "y", "--force"}).empty());
  CHECK(said("diff", {"--partial-type", "t", "--ignore-duplicates", "--force"}).empty());
}

TEST_CASE("only a time of 0 is no limit") {
  CHECK(parse({"--timeout", "0"}).invocation->limits.timeout_ms == 0);
  CHECK(parse({"--timeout", "0.0001"}).invocation->limits.timeout_ms == 1);
}

TEST_CASE("help and version are data and no errors") {
  const auto help = parse({"--help"});
  CHECK_FALSE(help.invocation);
  CHECK(help.exit == ExitCode::Ok);
  CHECK(help.err.empty());
  CHECK_THAT(help.out, Catch::Contains("Examples:") && Catch::Contains("sync"));
  CHECK_THAT(parse({"sync", "--help"}).out, Catch::Contains("--dry-run"));
  const std::string serve = parse({"serve", "--help"}).out;
  for (const char* option :
       {"--listen", "--data DIR", "--config", "--certificate", "--private-key", "--demo"}) {
    CHECK_THAT(serve, Catch::Contains(option));
  }
  CHECK(parse({"serve", "--data", "d"}).invocation->data_directory == "d");
  CHECK(parse({"--data", "d", "serve"}).invocation->data_directory == "d");
  CHECK_THAT(parse({"--version"}).out, Catch::StartsWith("callisto "));
}

TEST_CASE("words to values and back") {
  for (const std::string& name : sync_mode_names())
    CHECK(sync_mode_from_text(name));
  CHECK(sync_mode_from_text("OVERRIDE") == SyncMode::Override);
  CHECK_FALSE(sync_mode_from_text("merge"));
  for (const std::string& name : override_state_names())
    CHECK(override_state_from_text(name));
  CHECK(date_from_text("2026-12-01") == 1'796'083'200'000);
  CHECK(date_from_text("2026-12-01T00:00:01Z") == 1'796'083'201'000);
  CHECK_FALSE(date_from_text("2026-13-01"));
  CHECK_FALSE(date_from_text("2026-12-01 and more"));
}
