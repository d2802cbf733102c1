// One read, ready to be measured on every engine, with its answers compared.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/suite/answer.h"
#include "bench/suite/campaign.h"
#include "bench/suite/environment.h"
#include "bench/suite/question.h"
#include <callisto/database.h>

namespace callisto::bench {

// Lifetime: within the environment's and the question's.
class ReadCase {
 public:
  // A peer that was asked, and how it answered.
  struct Asked {
    const LoadedPeer* peer;
    std::unique_ptr<PeerStatement> statement{};
    double first_us = 0;
  };

  ReadCase(Environment& environment, const Question& question);

  // Runs the question once on the plain graph (timed: the first run) and compares it with the
  // peers.
  void check_plain();
  // The same on the overlaid graph, after all got the overrides; then both answers with those of
  // the question's file, which hold for seed 1.
  void check_overlaid();

  // On the plain graph; `again` in a session of its own, for the error bar.
  [[nodiscard]] Run plain_run(bool again = false) {
    return callisto_run(again ? plain_again_ : plain_);
  }

  [[nodiscard]] Run overlaid_run() { return callisto_run(overlaid_); }

  // On the overlaid graph, in a new session that belongs to the result. Any thread.
  [[nodiscard]] Run session_run() const;

  [[nodiscard]] Run peer_run(const Asked& asked) const;

  [[nodiscard]] const Question& question() const { return question_; }

  [[nodiscard]] std::string_view size() const { return name_of(environment_.options.size); }

  // Why Callisto cannot answer it, or empty.
  [[nodiscard]] const std::string& error() const { return error_; }

  // How an answer differs from another engine's or from the file's, or empty.
  [[nodiscard]] const std::string& difference() const { return difference_; }

  [[nodiscard]] const std::vector<Asked>& asked() const { return asked_; }

  [[nodiscard]] double first_us() const { return first_us_; }

  // Callisto's, over all parameter values tried.
  [[nodiscard]] const ExpectedAnswers& answers() const { return answers_; }

  // Of one run; of all parameter values tried, the mean.
  [[nodiscard]] double rows() const;

 private:
  // A session on one of the two graphs and the plan made there.
  struct Engine {
    Session session;
    std::optional<PreparedQuery> prepared{};
  };

  void make_values();
  Result<Answer> callisto_answer(Engine& engine);
  Result<Answer> peer_answer(const Asked& asked);
  Result<Answer> first_run(Engine& engine);
  void ask_peers();
  void compare(const Answer& ours, const char* graph);
  void note_difference(std::string difference);
  [[nodiscard]] Run callisto_run(Engine& engine) const;
  [[nodiscard]] std::size_t checked() const;

  Environment& environment_;
  const Question& question_;
  Engine plain_;
  Engine plain_again_;
  Engine overlaid_;
  std::vector<Asked> asked_{};
  std::vector<std::string> values_{};
  std::vector<QueryOptions> options_{};
  ExpectedAnswers answers_{};
  std::string error_{};
  std::string difference_{};
  double first_us_ = 0;
};

}  // namespace callisto::bench
