#include "bench/suite/read_case.h"

#include <algorithm>

#include <fmt/format.h>

#include "bench/generator/random.h"

namespace callisto::bench {
namespace {

constexpr std::uint32_t kValues = 1'000;
constexpr std::size_t kCheckedValues = 100;
constexpr std::int64_t kTimeoutMs = 120'000;

std::string email_of(const Workload& workload, std::uint32_t row) {
  Entity entity;
  workload.entity(entity, kind_of("okta_user"), row);
  for (const Property& property : entity.properties) {
    if (property.name == "email") return std::get<std::string>(property.value);
  }
  return {};
}

}  // namespace

ReadCase::ReadCase(Environment& environment, const ReadQuery& query)
    : environment_(environment),
      query_(query),
      plain_{environment.plain->session()},
      overlaid_{environment.overlaid->session()} {
  make_values();
}

void ReadCase::make_values() {
  QueryOptions shared;
  shared.limits.timeout_ms = kTimeoutMs;
  shared.revisit_vertices = query_.revisit_vertices;
  shared.now_ms = kWorkloadNowMs;
  if (query_.parameter == Parameter::None) {
    values_.emplace_back();
    options_.push_back(shared);
    return;
  }
  Random random(environment_.options.seed + 99);
  const std::uint32_t rows = environment_.workload.rows(kind_of("okta_user"));
  for (std::uint32_t i = 0; i < kValues; ++i) {
    const std::uint32_t row = random.below(rows);
    values_.push_back(query_.parameter == Parameter::UserId
                          ? std::string(environment_.id("okta_user", row))
                          : email_of(environment_.workload, row));
    options_.push_back(shared);
    options_.back().variables["value"] = values_.back();
  }
}

std::size_t ReadCase::checked() const {
  return std::min(kCheckedValues, values_.size());
}

Result<Answer> ReadCase::callisto_answer(Engine& engine) {
  Answer sum;
  for (std::size_t i = 0; i < checked(); ++i) {
    CALLISTO_TRY(QueryResult result, engine.session.run(*engine.prepared, options_[i]));
    CALLISTO_TRY(const Answer answer, read_answer(result));
    sum.rows += answer.rows;
    sum.checksum += answer.checksum;
  }
  return sum;
}

Result<Answer> ReadCase::sql_answer() {
  Answer sum;
  for (std::size_t i = 0; i < checked(); ++i) {
    CALLISTO_TRY(const Answer answer, sql_->read_answer(values_[i]));
    sum.rows += answer.rows;
    sum.checksum += answer.checksum;
  }
  return sum;
}

Result<Answer> ReadCase::first_run(Engine& engine) {
  const auto start = std::chrono::steady_clock::now();
  CALLISTO_TRY(engine.prepared, engine.session.prepare(query_.j1ql));
  CALLISTO_TRY(QueryResult result, engine.session.run(*engine.prepared, options_[0]));
  CALLISTO_TRY([[maybe_unused]] const std::uint64_t rows, consume(result));
  if (first_us_ == 0) first_us_ = microseconds_since(start);
  return callisto_answer(engine);
}

void ReadCase::check_plain() {
  Result<Answer> ours = first_run(plain_);
  if (!ours) {
    error_ = ours.error().message;
    return;
  }
  rows_ = static_cast<double>(ours->rows) / static_cast<double>(checked());
  if (environment_.sqlite == nullptr || query_.sql.empty()) return;
  const auto start = std::chrono::steady_clock::now();
  Result<SqlStatement> statement = environment_.sqlite->prepare(query_.sql);
  if (!statement) {
    difference_ = statement.error().message;
    return;
  }
  sql_.emplace(std::move(*statement));
  if (!sql_->consume(values_[0])) difference_ = "SQLite failed";
  sql_first_us_ = microseconds_since(start);
  compare(*ours, "plain");
}

void ReadCase::check_overlaid() {
  if (!error_.empty()) return;
  Result<Answer> ours = first_run(overlaid_);
  if (!ours) {
    error_ = ours.error().message;
  } else if (sql_) {
    compare(*ours, "overlaid");
  }
}

void ReadCase::compare(const Answer& ours, const char* graph) {
  const Result<Answer> theirs = sql_answer();
  if (!theirs) {
    difference_ = theirs.error().message;
  } else if (*theirs != ours && difference_.empty()) {
    difference_ = fmt::format("on the {} graph: {} rows here, {} in SQLite{}",
                              graph,
                              ours.rows,
                              theirs->rows,
                              ours.rows == theirs->rows ? ", other cells" : "");
  }
}

Run ReadCase::callisto_run(Engine& engine) {
  return [this, &engine](std::uint64_t i) {
    Result<QueryResult> result =
        engine.session.run(*engine.prepared, options_[i % options_.size()]);
    return result && consume(*result);
  };
}

Run ReadCase::sql_run() {
  return [this](std::uint64_t i) { return sql_->consume(values_[i % values_.size()]).has_value(); };
}

}  // namespace callisto::bench
