#include "tests/queries/shown_rows.h"

#include "core/ids/uuid.h"

namespace callisto::test {

namespace {

std::string show(const Snapshot& snapshot,
                 const RowBatch& batch,
                 std::size_t row,
                 std::size_t column) {
  const ValueView value = batch.value(row, column);
  if (value.is_null()) return "undefined";
  if (batch.kind(row, column) == CellKind::Value) {
    if (value.kind() == ValueKind::String) return std::string(value.as_string());
    return to_json(value);
  }
  // Objects are shown by their key.
  Arena scratch;
  const Uuid id = *parse_uuid(value.as_string());
  if (batch.kind(row, column) == CellKind::Entity) {
    const ValueView key = snapshot.value(*snapshot.find_entity(id), metadata::kKey, scratch);
    return std::string(key.as_string());
  }
  const ValueView key = snapshot.value(*snapshot.find_relationship(id), metadata::kKey, scratch);
  return std::string(key.as_string());
}

}  // namespace

Result<std::vector<std::string>> shown_rows(QueryResult& result, const Snapshot& snapshot) {
  std::vector<std::string> lines(1);
  for (const std::string& name : result.columns()) {
    lines[0] += (lines[0].empty() ? "" : " | ") + name;
  }
  for (;;) {
    CALLISTO_TRY(const RowBatch* batch, result.next());
    if (batch == nullptr) return lines;
    for (std::size_t row = 0; row < batch->rows(); ++row) {
      std::string line;
      for (std::size_t column = 0; column < batch->columns(); ++column) {
        line += (column == 0 ? "" : " | ") + show(snapshot, *batch, row, column);
      }
      lines.push_back(line);
    }
  }
}

}  // namespace callisto::test
