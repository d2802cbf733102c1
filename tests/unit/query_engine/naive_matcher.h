// A pattern matcher that is too simple to be wrong: tries every combination. The engine has to
// agree with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace callisto::test {

struct NaiveEntity {
  std::string key{};
  std::string type{};
  std::vector<std::string> classes{};
  std::optional<int> p{};
};

struct NaiveRelationship {
  std::string key{};
  std::string verb{};
  std::size_t from = 0;
  std::size_t to = 0;
  int q = 0;
};

struct NaiveGraph {
  std::vector<NaiveEntity> entities{};
  std::vector<NaiveRelationship> relationships{};
};

struct NaiveNode {
  std::string target{};          // Class, type or *.
  std::optional<int> equals{};   // p = n, or
  std::optional<int> differs{};  // p != n.
};

struct NaiveHop {
  std::string verb{};  // Empty: RELATES TO.
  char arrow = '-';    // '>', '<' or '-'.
  NaiveNode node{};
};

struct NaivePattern {
  NaiveNode start{};
  std::vector<NaiveHop> hops{};
  std::vector<NaiveHop> absent{};  // The negated rest of the chain.
  bool same_p = false;             // WHERE first.p = last.p
  std::optional<int> first_q{};    // WHERE r0.q = n
};

// Entity and relationship numbers of one path: n0, r0, n1, r1, ...
using NaivePath = std::vector<std::size_t>;

[[nodiscard]] std::vector<NaivePath> match(const NaiveGraph& graph, const NaivePattern& pattern);

// The pattern as J1QL, without RETURN: nodes are n0, n1 ..., relationships r0, r1 ...
[[nodiscard]] std::string to_text(const NaivePattern& pattern);
[[nodiscard]] std::string to_json(const NaiveGraph& graph);

}  // namespace callisto::test
