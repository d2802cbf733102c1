// The nearest right word for a wrong one.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace callisto::query {

// ASCII letters only: every word of the language is ASCII.
[[nodiscard]] bool same_ignoring_case(std::string_view a, std::string_view b);

// Letters to insert, delete, replace or swap with a neighbour to get from one word to the other,
// without regard to case; `limit` + 1 when there are more than `limit`.
// Complexity: O(length of a times length of b).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// The candidate closest to `word`, if one is close enough to be what was meant: one slip in a word
// of three to five letters, two in a longer one, or the same letters in another order after the
// same first one. Of equals the one with the same first letter wins, then the one of the more
// similar length, then the first.
[[nodiscard]] std::optional<std::string_view> nearest(
    std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace callisto::query
