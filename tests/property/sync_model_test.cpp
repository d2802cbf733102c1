// Random sequences of jobs and mutations: the engine agrees with the naive model after every step.
//
// 300 sequences of up to 40 steps, one in twelve on disk with reopening from there. RC_PARAMS in
// the environment takes over, e.g. RC_PARAMS="max_success=20000 max_size=60 seed=7".
#include "tests/property/sync_model.h"

#include <cstdlib>

#include <rapidcheck/catch.h>

#include "tests/property/sync_engine.h"
#include "tests/property/sync_step.h"

using namespace callisto::property;

namespace {

[[maybe_unused]] const int kDefaults = setenv("RC_PARAMS", "max_success=300 max_size=40", 0);

std::optional<Outcome> apply_job(SyncModel& model, const Step& step, std::int64_t now) {
  if (step.aborted) return std::nullopt;
  switch (step.op) {
    case Op::Patch:
      return model.patch(step.rows, now);
    case Op::Pin:
      return model.pin(step.scope, step.rows, now);
    case Op::CreateOrUpdate:
      return model.create_or_update(step.rows, step.deletes, now);
    default:
      return model.diff(step.scope, step.rows, step.edges, step.partial_types, now);
  }
}

void apply(SyncModel& model, SyncEngine& engine, const Step& step) {
  const std::int64_t now = engine.now();
  const Name name = step.rows.empty() ? all_names().front() : step.rows.front().name;
  const Values values = step.rows.empty() ? Values{} : step.rows.front().values;
  switch (step.op) {
    case Op::Update:
      RC_ASSERT(engine.update(name, values) == model.update(name, values, now));
      break;
    case Op::Reset:
      RC_ASSERT(engine.reset(name, {"p", "q"}) == model.reset(name, {"p", "q"}, now));
      break;
    case Op::Remove:
    case Op::HardRemove: {
      const bool hard = step.op == Op::HardRemove;
      RC_ASSERT(engine.remove(name, hard) == model.remove(name, hard, now));
      break;
    }
    case Op::UpdateEdge:
      RC_ASSERT(engine.update_edge(name, values) == model.update_edge(name, values, now));
      break;
    case Op::Reopen:
      engine.reopen();
      break;
    default: {
      const std::optional<Outcome> wanted = apply_job(model, step, now);
      RC_ASSERT(engine.run(step) == wanted);
    }
  }
}

}  // namespace

TEST_CASE("the engine agrees with the naive model on random jobs and mutations") {
  rc::prop("values, layers, versions, ages, counters and states are equal after each step", [] {
    const auto steps = *rc::gen::container<std::vector<Step>>(any_step());
    const bool durable = *rc::gen::weightedElement<bool>({{11, false}, {1, true}});
    SyncModel model;
    SyncEngine engine(durable);
    for (const Step& step : steps) {
      engine.tick();
      RC_LOG() << step << "\n";
      apply(model, engine, step);
      RC_ASSERT(engine.facts() == facts(model));
    }
    engine.reopen();
    RC_ASSERT(engine.facts() == facts(model));
  });
}

TEST_CASE("the comparison with the model bites: a wrong rule is found") {
  // The model is told a lie, oldest scope last; the engine must be seen to disagree.
  SyncModel model;
  SyncEngine engine(false);
  const auto job = [&](Op op, const std::string& scope, const std::string& value) {
    Step step;
    step.op = op;
    step.scope = scope;
    step.rows.push_back({.name = {"d0", "a"}, .type = "host", .values = {{"p", value}}});
    engine.tick();
    CHECK(apply_job(model, step, engine.now()) == engine.run(step));
  };
  job(Op::Diff, "d0", "1");
  job(Op::Pin, "s0", "2");
  job(Op::Pin, "s1", "3");
  CHECK(engine.facts() == facts(model));
  std::swap(model.scopes[0], model.scopes[1]);
  CHECK(engine.facts() != facts(model));
}
