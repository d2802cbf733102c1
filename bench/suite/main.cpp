// callisto_bench: measures Callisto on the generated asset graph, beside other databases.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/suite/benchmarks.h"
#include "bench/suite/build_info.h"

namespace callisto::bench {
namespace {

constexpr int kFailed = 1;
constexpr int kNothingSelected = 2;

using Cases = std::vector<std::unique_ptr<ReadCase>>;

std::string folder_of(const BenchOptions& options) {
  return options.questions.empty() ? std::string(questions_folder()) : options.questions;
}

Result<std::vector<Question>> wanted_questions(const BenchOptions& options) {
  if (options.query.empty()) {
    CALLISTO_TRY(const std::vector<Question> all, read_questions(folder_of(options)));
    return select_questions(all, options.only, options.neighbours);
  }
  Question question;
  question.name = "query";
  question.j1ql = options.query;
  for (const std::string& peer : peer_names()) {
    if (!options.sql.empty()) question.sql[peer] = options.sql;
  }
  return std::vector<Question>{question};
}

void add_context(const Environment& environment) {
  const BenchOptions& options = environment.options;
  benchmark::AddCustomContext("commit", std::string(build_commit()));
  benchmark::AddCustomContext("compiler", std::string(build_compiler()));
  benchmark::AddCustomContext("flags", std::string(build_flags()));
  benchmark::AddCustomContext("size", std::string(name_of(options.size)));
  benchmark::AddCustomContext("seed", std::to_string(options.seed));
  benchmark::AddCustomContext("entities", std::to_string(environment.workload.entities()));
  benchmark::AddCustomContext("relationships",
                              std::to_string(environment.workload.relationships()));
  for (const LoadedPeer& peer : environment.peers)
    benchmark::AddCustomContext(std::string(peer.peer->name()), peer.peer->version());
  if (!environment.missing_peers.empty()) {
    benchmark::AddCustomContext("missing", environment.missing_peers);
  }
}

// Every question once on both graphs, with its answers compared. Returns how many differ or failed.
Result<int> check_answers(Environment& environment, Cases& cases) {
  for (const std::unique_ptr<ReadCase>& read_case : cases)
    read_case->check_plain();
  if (Status applied = environment.apply_first_overrides(); !applied) {
    return tl::make_unexpected(std::move(applied).error());
  }
  int wrong = 0;
  for (const std::unique_ptr<ReadCase>& read_case : cases) {
    read_case->check_overlaid();
    const std::string& name = read_case->question().name;
    if (!read_case->error().empty()) {
      fmt::print(stderr, "bench: {}: not answered: {}\n", name, read_case->error());
    } else if (!read_case->difference().empty()) {
      fmt::print(stderr, "bench: {}: answers differ: {}\n", name, read_case->difference());
    } else {
      continue;
    }
    ++wrong;
  }
  return wrong;
}

void report_check(const Environment& environment, const Cases& cases, int wrong) {
  std::map<std::string_view, std::size_t> compared;
  for (const std::unique_ptr<ReadCase>& read_case : cases) {
    for (const ReadCase::Asked& asked : read_case->asked())
      ++compared[asked.peer->peer->name()];
  }
  fmt::print("{} questions and neighbours, {} wrong;", cases.size(), wrong);
  for (const LoadedPeer& peer : environment.peers)
    fmt::print(" {} compared with {}", compared[peer.peer->name()], peer.peer->name());
  fmt::print("\n{}", environment.missing_peers.empty() ? "" : environment.missing_peers + "\n");
}

// Writes the answers of all cases into the files of their questions.
Status record_answers(const std::string& folder, std::string_view size, const Cases& cases) {
  std::map<std::string, std::map<std::string, ExpectedAnswers, std::less<>>> files;
  for (const std::unique_ptr<ReadCase>& read_case : cases) {
    const Question& question = read_case->question();
    const std::string& file = question.neighbour_of.empty() ? question.name : question.neighbour_of;
    files[file].emplace(question.name, read_case->answers());
  }
  for (const auto& [name, answers] : files) {
    const std::string path = fmt::format("{}/{}.q", folder, name);
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) return fail(ErrorCode::Io, fmt::format("cannot read '{}'", path));
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << with_answers(text, size, answers) << std::flush;
    if (!out) return fail(ErrorCode::Io, fmt::format("cannot write '{}'", path));
  }
  return {};
}

Result<int> run(const BenchOptions& options, const std::vector<Question>& questions) {
  CALLISTO_TRY(const std::unique_ptr<Environment> environment, Environment::open(options));
  Cases cases;
  cases.reserve(questions.size());
  for (const Question& question : questions)
    cases.push_back(std::make_unique<ReadCase>(*environment, question));
  CALLISTO_TRY(const int wrong, check_answers(*environment, cases));
  if (options.check) {
    report_check(*environment, cases, wrong);
    if (wrong > 0 || !options.record) return wrong > 0 ? kFailed : 0;
    Status recorded = record_answers(folder_of(options), name_of(options.size), cases);
    if (!recorded) return tl::make_unexpected(std::move(recorded).error());
    return 0;
  }
  register_reads(cases, options.seconds);
  register_plans(*environment, cases);
  if (!options.selects()) {
    register_writes(*environment);
    register_together(*environment, cases);
    register_disk(*environment);
  }
  add_context(*environment);
  const std::size_t measured = benchmark::RunSpecifiedBenchmarks();
  benchmark::ClearRegisteredBenchmarks();
  if (measured == 0) return kNothingSelected;
  return wrong > 0 ? kFailed : 0;
}

int complain(const Error& error, int status) {
  fmt::print(stderr, "callisto_bench: {}\n", error.message);
  return status;
}

int main_of(int argc, char** argv) {
  std::vector<std::string> rest{argv[0]};
  const Result<BenchOptions> options =
      read_options(std::vector<std::string>(argv + 1, argv + argc), rest);
  if (!options) {
    fmt::print(stderr, "callisto_bench: {}\n{}", options.error().message, usage());
    return kNothingSelected;
  }
  const Result<std::vector<Question>> questions = wanted_questions(*options);
  if (!questions) return complain(questions.error(), kNothingSelected);
  std::vector<char*> arguments;
  for (std::string& argument : rest)
    arguments.push_back(argument.data());
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  const Result<int> status = run(*options, *questions);
  benchmark::Shutdown();
  return status ? *status : complain(status.error(), kFailed);
}

}  // namespace
}  // namespace callisto::bench

int main(int argc, char** argv) {
  using namespace callisto;
  if (argc > 1 && (std::string_view(argv[1]) == "--help" || std::string_view(argv[1]) == "-h")) {
    std::fputs(bench::usage().data(), stdout);
    return 0;
  }
  return bench::main_of(argc, argv);
}
