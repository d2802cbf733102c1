// Change sets as bytes: what the journal stores and recovery replays.
//
//   block := version | partitions scopes entities relationships erased side | names | u64 offset of
//   names
//
// Names (types, classes, verbs, properties, relationship types) stand once per block and are
// numbered in order of first use; short strings that come again are written as a reference to their
// first place; times are differences to the object before. A block needs nothing outside itself.
#pragma once

#include <string>
#include <string_view>

#include "core/graph/change_set.h"
#include "core/names/names.h"
#include <callisto/error.h>

namespace callisto::persist {

// Complexity: linear in the change.
[[nodiscard]] std::string encode_change_set(const ChangeSet& change, const Names& names);

// Interns the names of the block in `names`. The result points into `bytes`, which must outlive it.
//
// Errors: Corruption with the place when the bytes are not a whole block; no content, however
// hostile, makes it read outside `bytes`. It does not notice damage that still reads as a block:
// that is the journal's digest's part. Complexity: linear in the block.
[[nodiscard]] Result<ChangeSet> decode_change_set(std::string_view bytes, Names& names);

}  // namespace callisto::persist
