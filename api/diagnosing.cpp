// The query, taken apart: a step for the target, each condition and each hop.
#include <algorithm>
#include <utility>

#include "api/doctor/causes.h"
#include "api/doctor/probe.h"
#include "core/errors/barrier.h"
#include "query/ast/printer.h"
#include "query/parser/parser.h"
#include <callisto/diagnosis.h>

namespace callisto {
namespace {

namespace ast = query::ast;
using doctor::Probe;

constexpr std::size_t kCausesMax = 4;

// The parts of a condition that all have to hold.
std::vector<ast::Filter> conjuncts(const std::optional<ast::Filter>& filter) {
  if (!filter) return {};
  const auto* junction = std::get_if<ast::Junction>(&filter->node);
  if (junction == nullptr || junction->connective == ast::Connective::Or) return {*filter};
  std::vector<ast::Filter> parts;
  for (const ast::Filter& part : junction->parts) {
    const std::vector<ast::Filter> inner = conjuncts(part);
    parts.insert(parts.end(), inner.begin(), inner.end());
  }
  return parts;
}

void add_conjunct(std::optional<ast::Filter>& filter, const ast::Filter& part) {
  if (!filter) {
    filter = part;
    return;
  }
  ast::Junction both;
  both.connective = ast::Connective::And;
  both.parts.push_back(std::move(*filter));
  both.parts.push_back(part);
  filter = ast::Filter{std::move(both)};
}

// One query in the making: the whole one is replayed part by part.
class Replay {
 public:
  Replay(Database& database, const QueryOptions& options, ast::Query whole)
      : probe_(database, options), whole_(std::move(whole)) {}

  Diagnosis run() {
    list_steps();
    if (start() && walk() && where()) shape();
    if (diagnosis_.causes.size() > kCausesMax) diagnosis_.causes.resize(kCausesMax);
    return std::move(diagnosis_);
  }

 private:
  static std::string bare(const ast::Hop& hop) {
    ast::Hop shown = hop;
    shown.node.filter.reset();
    shown.node.alias.reset();
    ast::Query query;
    query.steps.push_back({std::move(shown)});
    return query::print(query).substr(std::string_view("FIND * ").size());
  }

  void list(std::string text) { diagnosis_.steps.push_back({.text = std::move(text)}); }

  void list_steps() {
    list("FIND " + query::print(whole_.start.target));
    for (const ast::Filter& part : conjuncts(whole_.start.filter))
      list("WITH " + query::print(part));
    for (const ast::Step& step : whole_.steps) {
      const auto* hop = std::get_if<ast::Hop>(&step.node);
      if (hop == nullptr) continue;  // An optional takes nothing away.
      list(bare(*hop));
      if (hop->negated) {
        const bool more = &step != &whole_.steps.back();
        if (hop->node.filter || more) diagnosis_.steps.back().text += " …";
        break;
      }
      for (const ast::Filter& part : conjuncts(hop->node.filter))
        list("WITH " + query::print(part));
    }
    for (const ast::Filter& part : conjuncts(whole_.where))
      list("WHERE " + query::print(part));
    if (whole_.having) list("HAVING " + query::print(*whole_.having));
    if (whole_.skip) list("SKIP " + std::to_string(*whole_.skip));
  }

  // Enters the count of the next step; false when nothing is left.
  bool enter(std::optional<std::uint64_t> count) {
    diagnosis_.steps[next_].count = count;
    if (count && *count == 0) {
      diagnosis_.culprit = next_;
      return false;
    }
    ++next_;
    return true;
  }

  void blame(doctor::Causes causes) {
    // Deleted ones explain all else.
    if (!probe_.sees_deleted()) {
      probe_.see_deleted(true);
      const std::optional<std::uint64_t> deleted = probe_.rows(whole_);
      probe_.see_deleted(false);
      if (deleted && *deleted > 0) {
        causes.insert(causes.begin(),
                      "Only deleted objects fit: --include-deleted shows them (" +
                          std::to_string(*deleted) + ").");
      }
    }
    diagnosis_.causes = std::move(causes);
  }

  bool start() {
    so_far_.start = whole_.start;
    so_far_.start.filter.reset();
    so_far_.start.alias = ast::Name{std::string(doctor::kSubject)};
    if (!enter(probe_.subjects(so_far_))) {
      blame(doctor::causes_of_target(probe_, whole_.start.target));
      return false;
    }
    if (!conditions(so_far_.start, whole_.start.filter)) return false;
    so_far_.start.alias.reset();
    return true;
  }

  bool conditions(ast::Node& node, const std::optional<ast::Filter>& filter) {
    for (const ast::Filter& part : conjuncts(filter)) {
      const ast::Query before = so_far_;
      add_conjunct(node.filter, part);
      if (enter(probe_.subjects(so_far_))) continue;
      blame(doctor::causes_of_condition(probe_, before, std::string(doctor::kSubject), part));
      return false;
    }
    return true;
  }

  bool walk() {
    for (std::size_t i = 0; i < whole_.steps.size(); ++i) {
      const auto* hop = std::get_if<ast::Hop>(&whole_.steps[i].node);
      if (hop == nullptr) {
        so_far_.steps.push_back(without_names(whole_.steps[i]));
        continue;
      }
      if (hop->negated) return negation(i);
      if (!follow(*hop)) return false;
    }
    return true;
  }

  // Names in optionals would be given twice, or be missing their conditions: they are not asked.
  static ast::Step without_names(const ast::Step& step) {
    ast::Step copy = step;
    if (auto* hop = std::get_if<ast::Hop>(&copy.node)) {
      hop->alias.reset();
      hop->node.alias.reset();
    } else {
      auto& group = std::get<ast::OptionalGroup>(copy.node);
      group.alias.reset();
      for (ast::Step& inner : group.steps)
        inner = without_names(inner);
    }
    return copy;
  }

  bool follow(const ast::Hop& hop) {
    ast::Hop next = hop;
    next.alias.reset();
    next.node.filter.reset();
    next.node.alias = ast::Name{std::string(doctor::kSubject)};
    const ast::Query before = so_far_;
    so_far_.steps.push_back({std::move(next)});
    if (!enter(probe_.subjects(so_far_))) {
      blame(doctor::causes_of_hop(probe_, before, hop));
      return false;
    }
    ast::Node& node = std::get<ast::Hop>(so_far_.steps.back().node).node;
    if (!conditions(node, hop.node.filter)) return false;
    node.alias.reset();
    return true;
  }

  bool negation(std::size_t first) {
    for (std::size_t i = first; i < whole_.steps.size(); ++i)
      so_far_.steps.push_back(without_names(whole_.steps[i]));
    if (enter(probe_.rows(so_far_))) return true;
    ast::Hop hop = std::get<ast::Hop>(whole_.steps[first].node);
    hop.negated = false;
    blame({"Everything that is left has such a relationship, and ! keeps what has none: " +
           bare(hop) + " without ! finds them."});
    return false;
  }

  bool where() {
    ast::Query query = doctor::without_shape(whole_);
    query.where.reset();
    for (const ast::Filter& part : conjuncts(whole_.where)) {
      const ast::Query before = query;
      add_conjunct(query.where, part);
      if (enter(probe_.rows(query))) continue;
      blame(doctor::causes_of_condition(probe_, before, {}, part));
      return false;
    }
    return true;
  }

  void shape() {
    ast::Query query = whole_;
    query.skip.reset();
    query.limit.reset();
    query.having.reset();
    const std::optional<std::uint64_t> rows = probe_.rows(query);
    const bool one = rows == 1;
    const std::string all = rows ? std::to_string(*rows) : "many";
    if (whole_.having) {
      query.having = whole_.having;
      if (!enter(probe_.rows(query))) {
        blame({one ? "The only row does not pass HAVING."
                   : "None of " + all + " rows passes HAVING."});
        return;
      }
    }
    if (!whole_.skip) return;
    query.skip = whole_.skip;
    if (!enter(probe_.rows(query))) {
      blame({one ? "There is only 1 row to skip." : "There are only " + all + " rows to skip."});
    }
  }

  Probe probe_;
  ast::Query whole_;
  ast::Query so_far_{};
  std::size_t next_ = 0;
  Diagnosis diagnosis_{};
};

}  // namespace

Result<Diagnosis> diagnose(Database& database, std::string_view text, const QueryOptions& options) {
  return guarded([&]() -> Result<Diagnosis> {
    CALLISTO_TRY(ast::Query tree, query::parse(text));
    Session session = database.session();
    CALLISTO_TRY(const PreparedQuery prepared, session.prepare(text));
    static_cast<void>(prepared);
    return Replay(database, options, std::move(tree)).run();
  });
}

std::string describe_diagnosis(const Diagnosis& diagnosis) {
  std::string text;
  for (std::size_t i = 0; i < diagnosis.steps.size(); ++i) {
    const DiagnosisStep& step = diagnosis.steps[i];
    const bool passed = diagnosis.culprit && i > *diagnosis.culprit;
    text += (i == 0 ? "" : "\n  → ") + step.text + "  " +
            (step.count ? std::to_string(*step.count)
             : passed   ? "–"
                        : "?") +
            (diagnosis.culprit == i ? " ✗" : "");
  }
  if (!diagnosis.culprit) text += "\nSomething is left after every part: the query has rows.";
  for (const std::string& cause : diagnosis.causes)
    text += "\n" + cause;
  return text;
}

}  // namespace callisto
