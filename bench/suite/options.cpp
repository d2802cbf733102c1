#include "bench/suite/options.h"

#include <charconv>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace callisto::bench {
namespace {

constexpr std::string_view kUsage =
    R"(usage: callisto_bench [--size XS|S|M] [--only NAMES] [--query J1QL [--sql SQL]] [--check] [...]

What is asked:
  --size SIZE        S: 110 thousand entities and 430 thousand relationships; M: ten times that;
                     XS: a hundredth of S, to see that the benchmarks run
  --only NAMES       only questions and neighbours whose name contains one of NAMES, which commas
                     separate; nothing but reading and planning them
  --query J1QL       this query instead; --sql SQL compares its answers and times with the peers'
  --no-neighbours    only the questions themselves
  --questions DIR    the folder of the questions (default: bench/questions)
  --seed N           another graph of the same kind (default: 1)

What is done:
  --check            compares the answers, and measures nothing
  --record           writes the answers into the question files when all engines agree
  --seconds N        how long each read is measured on each side (default: 0.2; together: five times that)
  --directory DIR    where durable databases are made (default: the temporary folder)
  --no-disk          without durable databases
  --no-sqlite, --no-duckdb   without that comparison
  --duckdb FILE      the path of libduckdb.so (default: where bench/peers/install_duckdb.sh puts it)
  --benchmark_...    Google Benchmark's own, e.g. --benchmark_filter=read/
                     --benchmark_out=FILE --benchmark_out_format=json

Exit status: 0; 1 when answers differ or something failed; 2 when the command line is wrong or
nothing is selected.
)";

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  return parsed.ec == std::errc() && parsed.ptr == end;
}

bool read_flag(std::string_view name, BenchOptions& options) {
  if (name == "--no-sqlite") return !(options.sqlite = false);
  if (name == "--no-duckdb") return !(options.duckdb = false);
  if (name == "--no-disk") return !(options.disk = false);
  if (name == "--no-neighbours") return !(options.neighbours = false);
  if (name == "--check") return options.check = true;
  if (name == "--record") return options.check = options.record = true;
  return false;
}

std::string* text_option(std::string_view name, BenchOptions& options) {
  const std::map<std::string_view, std::string*> texts = {{"--only", &options.only},
                                                          {"--query", &options.query},
                                                          {"--sql", &options.sql},
                                                          {"--questions", &options.questions},
                                                          {"--directory", &options.directory},
                                                          {"--duckdb", &options.duckdb_library}};
  const auto found = texts.find(name);
  return found == texts.end() ? nullptr : found->second;
}

// Returns what is wrong with the value, or an empty string.
std::string read_value(std::string_view name, std::string_view text, BenchOptions& options) {
  if (name == "--size") {
    const std::optional<Size> size = size_from(text);
    if (!size) return fmt::format("--size is XS, S or M, not '{}'", text);
    options.size = *size;
  } else if (name == "--seed") {
    if (!read_number(text, options.seed)) {
      return fmt::format("--seed is a whole number, not '{}'", text);
    }
  } else if (!read_number(text, options.seconds) || options.seconds <= 0) {
    return fmt::format("--seconds is a positive number, not '{}'", text);
  }
  return {};
}

std::string contradiction(const BenchOptions& options) {
  if (!options.query.empty() && !options.only.empty()) {
    return "--query replaces the questions that --only selects: give one of them";
  }
  if (!options.sql.empty() && options.query.empty()) return "--sql belongs to --query";
  if (options.record && (!options.query.empty() || options.seed != 1)) {
    return "--record is for the questions of the folder and seed 1";
  }
  return {};
}

}  // namespace

std::string_view usage() {
  return kUsage;
}

Result<BenchOptions> read_options(const std::vector<std::string>& arguments,
                                  std::vector<std::string>& rest) {
  BenchOptions options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (name.substr(0, 12) == "--benchmark_") {
      rest.push_back(name);
      continue;
    }
    if (read_flag(name, options)) continue;
    std::string* const text = text_option(name, options);
    if (text == nullptr && name != "--size" && name != "--seed" && name != "--seconds") {
      return fail(ErrorCode::InvalidInput, fmt::format("unknown option '{}'", name));
    }
    if (++i == arguments.size() || arguments[i].empty()) {
      return fail(ErrorCode::InvalidInput, fmt::format("'{}' needs a value", name));
    }
    if (text != nullptr) {
      *text = arguments[i];
    } else if (std::string wrong = read_value(name, arguments[i], options); !wrong.empty()) {
      return fail(ErrorCode::InvalidInput, std::move(wrong));
    }
  }
  if (std::string wrong = contradiction(options); !wrong.empty()) {
    return fail(ErrorCode::InvalidInput, std::move(wrong));
  }
  return options;
}

}  // namespace callisto::bench
