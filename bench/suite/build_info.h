// What was built, and how: results without it cannot be compared.
#pragma once

#include <string_view>

namespace callisto::bench {

// Of the checkout when it was built, with "-changed" when it had changes; "unknown" without git.
[[nodiscard]] std::string_view build_commit();
[[nodiscard]] std::string_view build_compiler();
[[nodiscard]] std::string_view build_flags();
// The questions of this checkout.
[[nodiscard]] std::string_view questions_folder();

}  // namespace callisto::bench
