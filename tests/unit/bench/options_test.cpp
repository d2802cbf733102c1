// The command line of callisto_bench.
#include "bench/suite/options.h"

#include <catch2/catch.hpp>

using namespace callisto;
using namespace callisto::bench;

namespace {

std::string error_of(const std::vector<std::string>& arguments) {
  std::vector<std::string> rest;
  const auto options = read_options(arguments, rest);
  return options ? "none" : options.error().message;
}

}  // namespace

TEST_CASE("options are read, and Google Benchmark's own are left to it") {
  std::vector<std::string> rest;
  const auto options = read_options({"--size",
                                     "M",
                                     "--benchmark_filter=read/",
                                     "--only",
                                     "q13",
                                     "--no-duckdb",
                                     "--seconds",
                                     "0.5",
                                     "--check"},
                                    rest);
  REQUIRE(options);
  CHECK(options->size == Size::M);
  CHECK(options->only == "q13");
  CHECK(options->selects());
  CHECK_FALSE(options->duckdb);
  CHECK(options->sqlite);
  CHECK(options->seconds == 0.5);
  CHECK(options->check);
  CHECK_FALSE(options->record);
  CHECK(rest == std::vector<std::string>{"--benchmark_filter=read/"});
}

TEST_CASE("recording answers is a check") {
  std::vector<std::string> rest;
  const auto options = read_options({"--record"}, rest);
  REQUIRE(options);
  CHECK(options->check);
  CHECK(options->record);
}

TEST_CASE("a wrong option is told") {
  CHECK(error_of({"--fast"}) == "unknown option '--fast'");
  CHECK(error_of({"--only"}) == "'--only' needs a value");
  CHECK(error_of({"--only", ""}) == "'--only' needs a value");
  CHECK(error_of({"--size", "L"}) == "--size is XS, S or M, not 'L'");
  CHECK(error_of({"--seed", "1x"}) == "--seed is a whole number, not '1x'");
  CHECK(error_of({"--seconds", "0"}) == "--seconds is a positive number, not '0'");
}

TEST_CASE("options that contradict each other are told") {
  CHECK(error_of({"--query", "FIND a", "--only", "q13"}).find("give one of them") !=
        std::string::npos);
  CHECK(error_of({"--sql", "SELECT 1"}) == "--sql belongs to --query");
  CHECK(error_of({"--record", "--seed", "2"}).find("seed 1") != std::string::npos);
  CHECK(error_of({"--record", "--query", "FIND a"}).find("seed 1") != std::string::npos);
}
