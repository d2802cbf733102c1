// Counts the bytes of texts before they are tested.
#include "query/executor/metered.h"

#include <algorithm>
#include <numeric>

namespace callisto::query {

namespace {

// Up to here a column is tested in one go.
constexpr std::size_t kBytesAtOnce = std::size_t{1} << 20;

class Containing final : public StringMatcher {
 public:
  explicit Containing(std::string_view part) : part_(part) {}

  [[nodiscard]] bool matches(std::string_view text) const override {
    return text.find(part_) != std::string_view::npos;
  }

 private:
  std::string_view part_;
};

// What a test that reads whole texts reads of a column.
std::size_t text_bytes(const Column& column) {
  if (column.kind() == Column::Kind::Text) return column.text_heap().size();
  if (column.kind() == Column::Kind::Coded) {
    const auto values = column.coded_values();
    return std::transform_reduce(
        values.begin(), values.end(), std::size_t{0}, std::plus<>(), bytes_to_compare);
  }
  if (column.kind() != Column::Kind::Mixed) return 0;
  std::size_t bytes = 0;
  for (std::uint32_t row = 0; row < column.rows(); ++row) {
    bytes += bytes_to_compare(column.at(row));
  }
  return bytes;
}

}  // namespace

bool MeteredMatcher::matches(std::string_view text) const {
  if (guard_.work(text.size())) return false;
  return std::ranges::all_of(matcher_.required(),
                             [text](const std::string& part) {
                               return text.find(part) != std::string_view::npos;
                             }) &&
         matcher_.matches(text);
}

std::size_t bytes_of_list(ValueView list) {
  std::size_t bytes = list.as_list().size() * sizeof(ValueView);
  for (const ValueView element : list.as_list()) {
    if (element.kind() == ValueKind::String) bytes += element.as_string().size();
  }
  return bytes;
}

RowMask select_metered(const Column& column, const Predicate& predicate, Guard& guard) {
  const bool contains =
      predicate.test == Test::Contains && predicate.operand.kind() == ValueKind::String;
  if (predicate.test != Test::Matches && !contains) {
    if (guard.work(column.rows())) return {};
    return select(column, predicate);
  }
  const std::size_t bytes = text_bytes(column);
  if (bytes <= kBytesAtOnce) {
    if (guard.work(bytes)) return {};
    return select(column, predicate);
  }
  const Containing containing(contains ? predicate.operand.as_string() : std::string_view());
  const StringMatcher* const matcher = contains ? &containing : predicate.matcher;
  const MeteredMatcher metered(*matcher, guard);
  return select(column, {.test = Test::Matches, .matcher = &metered});
}

}  // namespace callisto::query
