// How large a query may be. Past any of these: LimitExceeded.
#pragma once

#include <cstddef>
#include <cstdint>

namespace callisto::query {

inline constexpr std::size_t kQueryBytesMax = 1'048'576;
inline constexpr std::size_t kNestingDepthMax = 64;   // Open parentheses of every kind.
inline constexpr std::size_t kListItemsMax = 10'000;  // Values, targets, verbs, arguments.
inline constexpr std::size_t kHopsMax = 64;           // THAT, in one query without its subqueries.
inline constexpr std::size_t kExpressionPartsMax =
    1'000;                                                // Operators and signs in one RETURN item.
inline constexpr std::uint32_t kSomehowDepthDefault = 5;  // j1ql 5.12
inline constexpr std::uint32_t kSomehowDepthMax = 10;
inline constexpr std::int64_t kDateStepMax = 1'000'000'000;

}  // namespace callisto::query
