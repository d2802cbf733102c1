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

std::string value_for(const Environment& environment, Parameter parameter, std::uint32_t row) {
  switch (parameter) {
    case Parameter::UserId:
      return std::string(environment.id("okta_user", row));
    case Parameter::UserKey:
      return entity_key("okta_user", row);
    case Parameter::UserEmail:
      return email_of(environment.workload, row);
    case Parameter::None:
      break;
  }
  return {};
}

std::string differs(const Answer& ours, const Answer& theirs, std::string_view where) {
  return fmt::format("{} rows here, {} {}{}",
                     ours.rows,
                     theirs.rows,
                     where,
                     ours.rows == theirs.rows ? ", other cells" : "");
}

}  // namespace

ReadCase::ReadCase(Environment& environment, const Question& question)
    : environment_(environment),
      question_(question),
      plain_{environment.plain->session()},
      plain_again_{environment.plain->session()},
      overlaid_{environment.overlaid->session()} {
  make_values();
}

void ReadCase::make_values() {
  QueryOptions shared;
  shared.limits.timeout_ms = kTimeoutMs;
  shared.revisit_vertices = question_.revisit_vertices;
  shared.now_ms = kWorkloadNowMs;
  if (question_.parameter == Parameter::None) {
    values_.emplace_back();
    options_.push_back(shared);
    return;
  }
  Random random(environment_.options.seed + 99);
  const std::uint32_t rows = environment_.workload.rows(kind_of("okta_user"));
  for (std::uint32_t i = 0; i < kValues; ++i) {
    values_.push_back(value_for(environment_, question_.parameter, random.below(rows)));
    options_.push_back(shared);
    options_.back().variables["value"] = values_.back();
  }
}

std::size_t ReadCase::checked() const {
  return std::min(kCheckedValues, values_.size());
}

double ReadCase::rows() const {
  return static_cast<double>(answers_.plain.rows) / static_cast<double>(checked());
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

Result<Answer> ReadCase::peer_answer(const Asked& asked) {
  Answer sum;
  for (std::size_t i = 0; i < checked(); ++i) {
    CALLISTO_TRY(const Answer answer, asked.statement->read_answer(values_[i]));
    sum.rows += answer.rows;
    sum.checksum += answer.checksum;
  }
  return sum;
}

Result<Answer> ReadCase::first_run(Engine& engine) {
  const auto start = std::chrono::steady_clock::now();
  CALLISTO_TRY(engine.prepared, engine.session.prepare(question_.j1ql));
  CALLISTO_TRY(QueryResult result, engine.session.run(*engine.prepared, options_[0]));
  CALLISTO_TRY([[maybe_unused]] const std::uint64_t rows, consume(result));
  if (first_us_ == 0) first_us_ = microseconds_since(start);
  return callisto_answer(engine);
}

void ReadCase::ask_peers() {
  for (const LoadedPeer& peer : environment_.peers) {
    const auto sql = question_.sql.find(peer.peer->name());
    if (sql == question_.sql.end()) continue;
    Asked asked{.peer = &peer};
    const auto start = std::chrono::steady_clock::now();
    Result<std::unique_ptr<PeerStatement>> statement = peer.peer->prepare(sql->second);
    if (!statement) {
      note_difference(statement.error().message);
      continue;
    }
    asked.statement = std::move(*statement);
    if (const Result<std::uint64_t> rows = asked.statement->consume(values_[0]); !rows) {
      note_difference(rows.error().message);
      continue;
    }
    asked.first_us = microseconds_since(start);
    asked_.push_back(std::move(asked));
  }
}

void ReadCase::check_plain() {
  Result<Answer> ours = first_run(plain_);
  Result<PreparedQuery> again = plain_again_.session.prepare(question_.j1ql);
  if (!ours || !again) {
    error_ = !ours ? ours.error().message : again.error().message;
    return;
  }
  plain_again_.prepared = std::move(*again);
  answers_.plain = *ours;
  ask_peers();
  compare(*ours, "plain");
}

void ReadCase::check_overlaid() {
  if (!error_.empty()) return;
  Result<Answer> ours = first_run(overlaid_);
  if (!ours) {
    error_ = ours.error().message;
    return;
  }
  answers_.overlaid = *ours;
  compare(*ours, "overlaid");
  const auto expected = question_.answers.find(name_of(environment_.options.size));
  const bool recorded = expected != question_.answers.end() && environment_.options.seed == 1;
  if (!recorded || environment_.options.record) return;
  if (expected->second.plain != answers_.plain) {
    note_difference(differs(answers_.plain, expected->second.plain, "in the question's file"));
  } else if (expected->second.overlaid != answers_.overlaid) {
    note_difference("with overrides: " + differs(answers_.overlaid,
                                                 expected->second.overlaid,
                                                 "in the question's file"));
  }
}

void ReadCase::compare(const Answer& ours, const char* graph) {
  for (const Asked& asked : asked_) {
    const Result<Answer> theirs = peer_answer(asked);
    if (!theirs) {
      note_difference(theirs.error().message);
    } else if (*theirs != ours) {
      note_difference(
          fmt::format("on the {} graph: {}",
                      graph,
                      differs(ours, *theirs, fmt::format("in {}", asked.peer->peer->name()))));
    }
  }
}

void ReadCase::note_difference(std::string difference) {
  if (!difference_.empty()) difference_ += "; ";
  difference_ += difference;
}

Run ReadCase::callisto_run(Engine& engine) const {
  return [this, &engine](std::uint64_t i) {
    Result<QueryResult> result =
        engine.session.run(*engine.prepared, options_[i % options_.size()]);
    return result && consume(*result);
  };
}

Run ReadCase::session_run() const {
  const auto engine = std::make_shared<Engine>(Engine{environment_.overlaid->session()});
  Result<PreparedQuery> prepared = engine->session.prepare(question_.j1ql);
  if (!prepared) return [](std::uint64_t) { return false; };
  engine->prepared = std::move(*prepared);
  return [engine, run = callisto_run(*engine)](std::uint64_t i) { return run(i); };
}

Run ReadCase::peer_run(const Asked& asked) const {
  return [this, &asked](std::uint64_t i) {
    return asked.statement->consume(values_[i % values_.size()]).has_value();
  };
}

}  // namespace callisto::bench
