// A new, empty store.
#pragma once

#include <string>

#include "persist/store/store_directory.h"
#include <callisto/error.h>

namespace callisto::persist {

// Requires the directory, locked, without a store. `account` empty: kDefaultAccount. Errors: Io;
// what is then left can be begun again.
[[nodiscard]] Status create_store(const StoreDirectory& paths, const std::string& account);

}  // namespace callisto::persist
