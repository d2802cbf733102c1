// Why does a query return nothing? Replays it part by part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <callisto/database.h>

namespace callisto {

struct DiagnosisStep {
  std::string text;                      // "FIND Host", "WITH active = 'true'", "THAT HAS Finding"
  std::optional<std::uint64_t> count{};  // Of what is left after it; nothing: not looked at, or a
                                         // limit came first.
};

struct Diagnosis {
  std::vector<DiagnosisStep> steps{};    // In the order of the query.
  std::optional<std::size_t> culprit{};  // The first step after which nothing is left.
  // Likely causes, one sentence each, the likeliest first, and what to write instead.
  std::vector<std::string> causes{};
};

// Counts what is left after each condition and hop of a query, up to the one that leaves nothing,
// and looks for the reason in the data: another letter case, a text compared with a number, a
// relationship that points the other way, and so on. A query that has rows has no culprit.
//
// Errors: ParseError and BindError of the query. A part that takes longer than its share of ten
// seconds is passed over.
// Complexity: a run for each condition and hop, some more for the cause.
[[nodiscard]] Result<Diagnosis> diagnose(Database& database,
                                         std::string_view text,
                                         const QueryOptions& options = {});

// Several lines for people.
[[nodiscard]] std::string describe_diagnosis(const Diagnosis& diagnosis);

}  // namespace callisto
