// Commits that check themselves: number n replaces everything that number n - 1 wrote.
#pragma once

#include <cstdint>

#include "persist/store/store.h"

namespace callisto::tests {

inline constexpr const char* kAccount = "local";
inline constexpr int kHostsPerCommit = 20;

// Writes kHostsPerCommit entities whose `round` is n over those of before and a counter record;
// every tenth commit is a large one of several journal pieces.
[[nodiscard]] ChangeSet numbered_change(Names& names, std::uint64_t number);

// The number of the last commit that the store holds, 0 when it is empty. Errors: Internal when it
// holds half of one, or anything else than commits 1 to n.
[[nodiscard]] Result<std::uint64_t> last_whole_commit(const persist::Store& store);

}  // namespace callisto::tests
