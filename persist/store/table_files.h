// What RocksDB takes for granted of a table file.
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/table.h>

namespace callisto::persist {

// The form in which table files are written: the only one that checked_env() lets pass.
[[nodiscard]] rocksdb::BlockBasedTableOptions table_options();

// The environment of the system, with one difference: a table file that is opened to be read must
// end as one does, and the blocks on the way to its properties, and these themselves, must match
// their checksums; else it is Corruption. RocksDB reads the properties without a look at theirs,
// and cut or changed ones can end the process. All other blocks it checks itself. Less than a
// kilobyte of a file is read.
//
// Source of the form: the block-based table of RocksDB, version 5. Thread-safe; lives as long as
// the process.
[[nodiscard]] rocksdb::Env* checked_env();

}  // namespace callisto::persist
