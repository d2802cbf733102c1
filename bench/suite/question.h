// What is asked: questions and, beside each, neighbours that differ from it by a word or two.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/suite/answer.h"
#include <callisto/error.h>

namespace callisto::bench {

// What stands for ${value} (J1QL) and ?1 (SQL): another one for every run.
enum class Parameter : std::uint8_t { None, UserId, UserKey, UserEmail };

// What the engines agreed on, without and with the overrides.
struct ExpectedAnswers {
  Answer plain{};
  Answer overlaid{};
  friend bool operator==(const ExpectedAnswers&, const ExpectedAnswers&) = default;
};

// A question, or a neighbour of one: both are asked and measured alike.
struct Question {
  std::string name{};          // "q03_scan_eq"; of a neighbour "q03_scan_eq~other_value".
  std::string neighbour_of{};  // The question's name; empty for a question.
  std::string about{};
  std::string j1ql{};
  std::map<std::string, std::string, std::less<>> sql{};  // By peer; none: no fair way to ask it.
  Parameter parameter = Parameter::None;
  bool revisit_vertices = false;  // Cycles: the path has to come back to where it began.
  bool concurrent = false;        // Also asked beside a writer and by several sessions.
  std::map<std::string, double, std::less<>> goals_us{};          // By size.
  std::map<std::string, ExpectedAnswers, std::less<>> answers{};  // By size, for seed 1.
};

// The peers whose SQL a question file may hold.
[[nodiscard]] const std::vector<std::string>& peer_names();

// Reads the text of one file (docs/performance.md, "Questions"): the question, then its neighbours.
// Errors: InvalidInput "FILE:LINE: what is wrong".
[[nodiscard]] Result<std::vector<Question>> parse_questions(std::string_view text,
                                                            std::string_view file);

// All `.q` files of a folder, by name. Errors: Io; those of parse_questions(); InvalidInput when
// there is no question or two have the same name.
[[nodiscard]] Result<std::vector<Question>> read_questions(const std::string& folder);

// `text` with the `answer` lines of one size replaced: `answers` by name. Questions that are not in
// it keep theirs.
[[nodiscard]] std::string with_answers(
    std::string_view text,
    std::string_view size,
    const std::map<std::string, ExpectedAnswers, std::less<>>& answers);

// Those whose name contains one of the words of `only`, which commas separate; all when it is
// empty. Without `neighbours` only questions. Errors: InvalidInput when a word matches none, with
// the nearest names.
[[nodiscard]] Result<std::vector<Question>> select_questions(const std::vector<Question>& all,
                                                             std::string_view only,
                                                             bool neighbours);

}  // namespace callisto::bench
