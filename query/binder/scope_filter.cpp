// One condition per entity: any filter, and of a filter all properties.
#include "query/binder/scope_filter.h"

#include <utility>

#include "query/binder/condition_binder.h"

namespace callisto::query {

namespace {

class Restriction {
 public:
  Restriction(BoundQuery& query, const std::vector<ScopeFilter>& filters)
      : query_(query), filters_(filters) {}

  void apply(BoundNode& node) {
    const std::size_t reads = query_.reads.size();
    add_conjunct(node.filter, any_filter(node.variable));
    for (std::size_t i = reads; i < query_.reads.size(); ++i) {
      query_.reads[i].implied = true;
    }
  }

  void apply(std::vector<BoundStep>& steps) {
    for (BoundStep& step : steps) {
      if (auto* hop = std::get_if<BoundHop>(&step.node)) {
        apply(hop->node);
      } else if (auto* optional = std::get_if<BoundOptional>(&step.node)) {
        apply(optional->steps);
      } else {
        apply(std::get<BoundNegation>(step.node).steps);
      }
    }
  }

 private:
  Condition any_filter(VariableId variable) {
    const Scope scope;
    ConditionBinder conditions(query_, scope);
    Condition any{.kind = Condition::Kind::Any};
    for (const ScopeFilter& filter : filters_) {
      Condition all;
      for (const auto& [property, value] : filter) {
        const ReadId read = conditions.read_of(variable, property, {});
        all.parts.push_back({.kind = Condition::Kind::Compare,
                             .left = read,
                             .test = Test::Equal,
                             .constant = conditions.constant_of(value, {})});
      }
      any.parts.push_back(std::move(all));
    }
    if (any.parts.size() > 1) return any;
    Condition only = std::move(any.parts.front());
    return only;
  }

  BoundQuery& query_;
  const std::vector<ScopeFilter>& filters_;
};

}  // namespace

std::shared_ptr<const BoundQuery> restrict_scope(std::shared_ptr<const BoundQuery> query,
                                                 const std::vector<ScopeFilter>& filters) {
  if (filters.empty()) return query;
  auto restricted = std::make_shared<BoundQuery>(*query);
  Restriction restriction(*restricted, filters);
  restriction.apply(restricted->start);
  restriction.apply(restricted->steps);
  return restricted;
}

}  // namespace callisto::query
