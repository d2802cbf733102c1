// Constants of a run: dates, variables, subqueries.
#include "query/executor/executable.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/binder/matchers.h"
#include "query/binder/scope_filter.h"
#include "query/executor/query_run.h"
#include "query/optimizer/optimizer.h"
#include "query/parser/spelling.h"
#include "query/planner/planner.h"

namespace callisto::query {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;

// Calendar months: the day is cut to the length of the month it lands in, as dayjs does.
std::int64_t add_months(std::int64_t ms, std::int64_t months) {
  namespace chrono = std::chrono;
  const chrono::sys_time<chrono::milliseconds> at{chrono::milliseconds(ms)};
  const chrono::sys_days day = chrono::floor<chrono::days>(at);
  const chrono::year_month_day date(day);
  // Far beyond the calendar nothing can be compared anyway.
  const auto count = static_cast<int>(std::clamp<std::int64_t>(months, -120'000, 120'000));
  const auto moved = chrono::year_month(date.year(), date.month()) + chrono::months(count);
  const chrono::year_month_day last = moved / chrono::last;
  const auto result = moved / std::min(date.day(), last.day());
  const chrono::sys_time<chrono::milliseconds> midnight{chrono::sys_days(result)};
  return (midnight + (at - day)).time_since_epoch().count();
}

bool is_static(const BoundQuery& query) {
  return std::all_of(query.constants.begin(), query.constants.end(), [](const Constant& constant) {
    return std::holds_alternative<Value>(constant) ||
           std::holds_alternative<std::shared_ptr<const StringMatcher>>(constant);
  });
}

// What a subquery returned, elements of lists one by one.
struct Collected {
  Arena arena{};
  std::vector<ValueView> values{};

  void add(ValueView value) {
    if (value.kind() == ValueKind::List) {
      for (const ValueView element : value.as_list()) {
        values.push_back(arena.copy(element));
      }
    } else if (!value.is_null()) {
      values.push_back(arena.copy(value));
    }
  }

  [[nodiscard]] std::size_t bytes() const {
    return arena.bytes() + values.capacity() * sizeof(ValueView);
  }
};

Status collect(QueryRun& run, Guard& guard, Collected& collected) {
  HeldBytes held(guard);
  for (;;) {
    CALLISTO_TRY(const RowBatch* batch, run.next());
    if (batch == nullptr) return {};
    for (std::size_t row = 0; row < batch->rows(); ++row) {
      collected.add(batch->value(row, 0));
      if (held.set(collected.bytes())) return guard.status();
    }
  }
}

// Runs `FIND ... RETURN x.prop` and adds its values as an OR list.
Status add_subquery(Constants& constants,
                    const std::shared_ptr<const BoundQuery>& query,
                    const SnapshotPtr& snapshot,
                    QueryOptions options,
                    std::int64_t now_ms,
                    const std::shared_ptr<Guard>& guard) {
  options.limits.rows_max = 0;  // Rows of the answer are counted, not these.
  auto logical = std::make_shared<const LogicalPlan>(
      plan(restrict_scope(query, options.scope_filters), options.optimize));
  const auto executable =
      make_executable(optimize(std::move(logical), *snapshot, options), snapshot);
  const std::size_t held = guard->held();
  Collected collected;
  {
    CALLISTO_TRY(std::unique_ptr<QueryRun> run,
                 QueryRun::start(executable, snapshot, options, now_ms, guard));
    if (Status status = collect(*run, *guard, collected); !status) return status;
    // Places in the definition of a smart class mean nothing to who wrote the query.
    if (query->smart_classes.empty()) constants.warn(run->warnings());
  }
  guard->release(guard->held() - held);  // The run is over.
  constants.add_set(collected.values);
  return {};
}

Result<Value> value_of(const ast::Parameter& parameter,
                       SourceSpan span,
                       const QueryOptions& options,
                       const Definitions& definitions) {
  const bool stored = parameter.source == ast::Parameter::Source::Stored;
  const std::string name = (stored ? "param." : "") + parameter.name;
  // A request may give a stored parameter another value, for itself.
  const auto found = options.variables.find(name);
  if (found != options.variables.end()) return found->second;
  const auto kept = definitions.parameters.find(parameter.name);
  if (stored && kept != definitions.parameters.end()) return kept->second;
  std::vector<std::string_view> names;
  for (const auto& [known, value] : options.variables) {
    names.emplace_back(known);
  }
  std::vector<std::string> stored_names;
  for (const auto& [known, value] : definitions.parameters) {
    stored_names.push_back("param." + known);
  }
  names.insert(names.end(), stored_names.begin(), stored_names.end());
  Error error{
      .code = ErrorCode::BindError,
      .message = stored ? "There is no stored parameter ${" + name + "}."
                        : "The variable ${" + name + "} has no value.",
      .span = span,
      .hints = {
          stored ? "Store it (.store in the shell), or set it in the variables of the request."
                 : "Set it in the variables of the request, with .param or --param in the shell."}};
  if (const auto near = nearest(name, names)) {
    error.hints.push_back("Did you mean ${" + std::string(*near) + "}?");
  }
  return tl::make_unexpected(std::move(error));
}

// Adds the value that a constant has in this run.
struct Resolver {
  Constants& constants;
  SourceSpan span;
  const Definitions& definitions;
  const SnapshotPtr& snapshot;
  const QueryOptions& options;
  std::int64_t now_ms = 0;
  const std::shared_ptr<Guard>& guard;

  Status operator()(const Value& value) const {
    constants.add(value);
    return {};
  }

  Status operator()(const ast::DateNow& date) const {
    constants.add(Value(static_cast<double>(date_of(date, now_ms))));
    return {};
  }

  Status operator()(const std::shared_ptr<const StringMatcher>& matcher) const {
    constants.add(matcher.get());
    return {};
  }

  Status operator()(const ast::Parameter& parameter) const {
    CALLISTO_TRY(Value value, value_of(parameter, span, options, definitions));
    constants.add(std::move(value));
    return {};
  }

  Status operator()(const CidrParameter& block) const {
    CALLISTO_TRY(const Value value, value_of(block.parameter, span, options, definitions));
    CALLISTO_TRY(std::shared_ptr<const StringMatcher> matcher, block_matcher(value, span));
    constants.add_owned(std::move(matcher));
    return {};
  }

  Status operator()(const std::shared_ptr<const BoundQuery>& subquery) const {
    return add_subquery(constants, subquery, snapshot, options, now_ms, guard);
  }
};

}  // namespace

std::int64_t date_of(const ast::DateNow& date, std::int64_t now_ms) {
  std::int64_t ms = now_ms;
  for (const ast::DateStep& step : date.steps) {
    switch (step.unit) {
      case ast::DateUnit::Minute:
        ms += step.count * kMinuteMs;
        break;
      case ast::DateUnit::Hour:
        ms += step.count * kHourMs;
        break;
      case ast::DateUnit::Day:
        ms += step.count * kDayMs;
        break;
      case ast::DateUnit::Week:
        ms += step.count * 7 * kDayMs;
        break;
      case ast::DateUnit::Month:
        ms = add_months(ms, step.count);
        break;
      case ast::DateUnit::Year:
        ms = add_months(ms, 12 * step.count);
        break;
    }
  }
  return ms;
}

Result<Constants> resolve_constants(const BoundQuery& query,
                                    const SnapshotPtr& snapshot,
                                    const QueryOptions& options,
                                    std::int64_t now_ms,
                                    const std::shared_ptr<Guard>& guard) {
  Constants constants;
  for (std::size_t i = 0; i < query.constants.size(); ++i) {
    const Resolver resolver{.constants = constants,
                            .span = query.constant_spans[i],
                            .definitions = *query.definitions,
                            .snapshot = snapshot,
                            .options = options,
                            .now_ms = now_ms,
                            .guard = guard};
    if (Status status = std::visit(resolver, query.constants[i]); !status) {
      return tl::make_unexpected(std::move(status).error());
    }
  }
  if (guard->hold(constants.bytes())) return tl::make_unexpected(guard->status().error());
  return constants;
}

std::shared_ptr<const Executable> make_executable(std::shared_ptr<const PhysicalPlan> plan,
                                                  const SnapshotPtr& snapshot) {
  auto executable = std::make_shared<Executable>();
  executable->plan = std::move(plan);
  const auto guard = std::make_shared<Guard>(QueryOptions{});
  const RunContext context{.snapshot = snapshot, .plan = executable->plan, .guard = *guard};
  executable->columns = output_columns(context);
  if (is_static(executable->plan->query())) {
    Result<Constants> constants =
        resolve_constants(executable->plan->query(), snapshot, QueryOptions{}, 0, guard);
    if (constants) executable->constants = std::move(constants).value();
  }
  return executable;
}

}  // namespace callisto::query
