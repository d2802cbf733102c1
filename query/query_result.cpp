// QueryResult, and the names of a row as a JSON object.
#include <unordered_set>

#include "core/errors/barrier.h"
#include <callisto/query_result.h>

namespace callisto {
namespace {

tl::unexpected<Error> moved_from() {
  return fail(ErrorCode::InvalidInput,
              "this QueryResult was moved from: use the one it was moved to");
}

}  // namespace

Status QueryResult::work(std::size_t bytes) {
  return impl_ ? impl_->work(bytes) : Status(moved_from());
}

Status QueryResult::keep(std::size_t bytes) {
  return impl_ ? impl_->keep(bytes) : Status(moved_from());
}

const std::vector<std::string>& QueryResult::columns() const {
  static const std::vector<std::string> none;
  return impl_ ? impl_->columns() : none;
}

const std::vector<Warning>& QueryResult::warnings() const {
  static const std::vector<Warning> none;
  return impl_ ? impl_->warnings() : none;
}

Result<const RowBatch*> QueryResult::next() {
  if (!impl_) return moved_from();
  return guarded([&] { return impl_->next(); });
}

Status QueryResult::write_json(std::string& out) {
  if (!impl_) return moved_from();
  const std::size_t before = out.size();
  Status status = guarded([&] { return impl_->write_json(out); });
  if (!status) out.resize(before);
  return status;
}

std::vector<std::string> json_labels(const std::vector<std::string>& columns) {
  std::vector<std::string> labels;
  std::unordered_set<std::string_view> known;
  for (const std::string& column : columns) {
    std::string& label = labels.emplace_back();
    if (!known.insert(column).second) continue;
    label = labels.size() == 1 ? "{" : ",";
    append_json_string(label, column);
    label += ':';
  }
  return labels;
}

}  // namespace callisto
