#include "query/parser/spelling.h"

#include <algorithm>
#include <array>

namespace callisto::query {
namespace {

constexpr std::size_t kWordBytesMax = 40;  // Longer words are names, not slips of a keyword.

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool same_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return lower(x) == lower(y);
         });
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit || a.size() > kWordBytesMax || b.size() > kWordBytesMax) return limit + 1;
  using Row = std::array<std::size_t, kWordBytesMax + 1>;
  std::array<Row, 3> rows{};  // Two rows back, one back, current: the swap looks two back.
  for (std::size_t j = 0; j <= b.size(); ++j)
    rows[1][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    rows[2][0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      rows[2][j] =
          std::min({rows[1][j] + 1, rows[2][j - 1] + 1, rows[1][j - 1] + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
          lower(a[i - 2]) == lower(b[j - 1])) {
        rows[2][j] = std::min(rows[2][j], rows[0][j - 2] + 1);
      }
    }
    std::rotate(rows.begin(), rows.begin() + 1, rows.end());
  }
  return std::min(rows[1][b.size()], limit + 1);
}

std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view>& candidates) {
  std::size_t best = word.size() <= 2 ? 0 : word.size() <= 5 ? 1 : 2;
  std::optional<std::string_view> found;
  const auto length_off = [word](std::string_view candidate) {
    return candidate.size() > word.size() ? candidate.size() - word.size()
                                          : word.size() - candidate.size();
  };
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate, best);
    if (distance > best) continue;
    if (found && distance == best && length_off(candidate) >= length_off(*found)) continue;
    best = distance;
    found = candidate;
  }
  return found;
}

}  // namespace callisto::query
