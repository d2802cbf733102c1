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

namespace {

// How little a candidate differs in what spelling does not count: first letter, then length.
std::size_t strangeness(std::string_view word, std::string_view candidate) {
  const std::size_t length = candidate.size() > word.size() ? candidate.size() - word.size()
                                                            : word.size() - candidate.size();
  const bool same_start =
      !word.empty() && !candidate.empty() && lower(word.front()) == lower(candidate.front());
  return length + (same_start ? 0 : kWordBytesMax);
}

bool same_letters(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  return std::is_permutation(
      a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view>& candidates) {
  const std::size_t slips = word.size() <= 2 ? 0 : word.size() <= 5 ? 1 : 2;
  std::size_t best = slips;
  std::optional<std::string_view> found;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate, best);
    if (distance > best) continue;
    if (found && distance == best && strangeness(word, candidate) >= strangeness(word, *found)) {
      continue;
    }
    best = distance;
    found = candidate;
  }
  if (found || word.size() < 4 || word.size() > kWordBytesMax) return found;
  const auto shuffled =
      std::find_if(candidates.begin(), candidates.end(), [word](std::string_view candidate) {
        return lower(word.front()) == lower(candidate.empty() ? ' ' : candidate.front()) &&
               same_letters(word, candidate);
      });
  if (shuffled != candidates.end()) return *shuffled;
  return std::nullopt;
}

}  // namespace callisto::query
