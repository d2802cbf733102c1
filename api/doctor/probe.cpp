#include "api/doctor/probe.h"

#include <algorithm>
#include <utility>

#include "query/ast/printer.h"

namespace callisto::doctor {
namespace {

constexpr std::chrono::seconds kTimeMax{10};
constexpr std::uint64_t kRowsMax = 1'000'000;
constexpr std::size_t kTallyMax = 4;

}  // namespace

Probe::Probe(Database& database, const QueryOptions& options)
    : database_(database),
      session_(database.session()),
      options_(options),
      until_(std::chrono::steady_clock::now() + kTimeMax) {
  session_.pin();  // The counts have to agree.
}

Result<QueryResult> Probe::run(std::string_view text, std::uint64_t rows_max) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      until_ - std::chrono::steady_clock::now());
  if (left.count() <= 0) return fail(ErrorCode::LimitExceeded, "the time is over");
  QueryOptions options = options_;
  options.limits.timeout_ms = std::max<std::int64_t>(1, left.count() / 3);
  options.limits.rows_max = rows_max;
  return session_.run(text, options);
}

std::vector<std::string> Probe::warnings(std::string_view text) {
  std::vector<std::string> warnings;
  const Result<QueryResult> result = run(text, kRowsMax);
  if (!result) return warnings;
  for (const Warning& warning : result->warnings()) {
    std::string said = warning.message;
    for (const std::string& hint : warning.hints) {
      said += " " + hint;
    }
    warnings.push_back(std::move(said));
  }
  return warnings;
}

std::optional<std::uint64_t> Probe::rows(const ast::Query& query) {
  Result<QueryResult> result = run(query::print(query), kRowsMax);
  if (!result) return std::nullopt;
  std::uint64_t count = 0;
  for (;;) {
    const Result<const RowBatch*> batch = result->next();
    if (!batch) return std::nullopt;
    if (*batch == nullptr) return count;
    count += (*batch)->rows();
  }
}

std::optional<std::uint64_t> Probe::subjects(ast::Query query) {
  query.returns.emplace();
  query.returns->items.push_back(count_item(std::string(kSubject)));
  Result<QueryResult> result = run(query::print(query), kRowsMax);
  if (!result) return std::nullopt;
  const Result<const RowBatch*> batch = result->next();
  if (!batch || *batch == nullptr || (*batch)->rows() == 0) return std::nullopt;
  const ValueView value = (*batch)->value(0, 0);
  if (value.kind() != ValueKind::Number) return std::nullopt;
  return static_cast<std::uint64_t>(value.as_number());
}

std::vector<Value> Probe::values(ast::Query query,
                                 const std::string& selector,
                                 const std::string& property,
                                 std::uint64_t limit) {
  query.unique = true;
  query.returns.emplace();
  query.returns->items.push_back(property_item(selector, property));
  query.limit = limit;
  std::vector<Value> values;
  Result<QueryResult> result = run(query::print(query), limit);
  while (result) {
    const Result<const RowBatch*> batch = result->next();
    if (!batch || *batch == nullptr) break;
    for (std::size_t row = 0; row < (*batch)->rows(); ++row) {
      const ValueView value = (*batch)->value(row, 0);
      if (!value.is_null()) values.push_back(to_value(value));
    }
  }
  return values;
}

std::string Probe::tally(std::string_view text) {
  std::vector<std::pair<double, std::string>> counts;
  Result<QueryResult> result = run(text, kRowsMax);
  while (result) {
    const Result<const RowBatch*> batch = result->next();
    if (!batch || *batch == nullptr) break;
    const std::size_t last = (*batch)->columns() - 1;
    for (std::size_t row = 0; row < (*batch)->rows(); ++row) {
      std::string words;
      for (std::size_t column = 0; column < last; ++column) {
        const ValueView value = (*batch)->value(row, column);
        if (value.kind() != ValueKind::String) continue;
        words.append(words.empty() ? "" : " ").append(value.as_string());
      }
      counts.emplace_back((*batch)->value(row, last).as_number(), std::move(words));
    }
  }
  std::stable_sort(
      counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string shown;
  for (std::size_t i = 0; i < counts.size() && i < kTallyMax; ++i) {
    shown += (i > 0 ? ", " : "") + counts[i].second + " (" +
             std::to_string(static_cast<std::uint64_t>(counts[i].first)) + ")";
  }
  if (counts.size() > kTallyMax) shown += ", …";
  return shown;
}

std::string Probe::tally(const ast::Query& query) {
  return tally(query::print(query));
}

ast::Query without_shape(ast::Query query) {
  query.unique = false;
  query.returns.reset();
  query.having.reset();
  query.order_by.clear();
  query.skip.reset();
  query.limit.reset();
  return query;
}

ast::ReturnItem property_item(const std::string& selector, const std::string& property) {
  ast::ReturnItem item;
  item.expression = {ast::PropertyRef{ast::Name{selector}, ast::Name{property}}};
  item.column = query::default_column(item.expression);
  return item;
}

ast::ReturnItem count_item(const std::string& selector) {
  ast::Call call{{"COUNT"}, {}};
  call.arguments.push_back({ast::SelectorRef{{selector}}});
  ast::ReturnItem item;
  item.expression = {std::move(call)};
  item.column = query::default_column(item.expression);
  return item;
}

}  // namespace callisto::doctor
