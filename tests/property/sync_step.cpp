#include "tests/property/sync_step.h"

#include <ostream>

namespace callisto::property {
namespace {

const std::vector<std::string> kOwners{"d0", "d1"};
const std::vector<std::string> kKeys{"a", "b", "c", "d"};
const std::vector<std::string> kProperties{"p", "q", "r"};
const std::vector<std::string> kValues{"1", "2", R"("x")", R"(["x","y"])", "true", "null"};
const std::vector<std::string> kOps{"DIFF",
                                    "PATCH",
                                    "OVERRIDE",
                                    "CREATE_OR_UPDATE",
                                    "update",
                                    "reset",
                                    "remove",
                                    "hard remove",
                                    "update edge",
                                    "reopen"};

const std::string& pick(const std::vector<std::string>& from) {
  return from[*rc::gen::inRange<std::size_t>(0, from.size())];
}

bool chance(int percent) {
  return *rc::gen::inRange(0, 100) < percent;
}

Values some_values() {
  Values values;
  const int count = *rc::gen::inRange(0, 3);
  for (int i = 0; i < count; ++i)
    values[pick(kProperties)] = pick(kValues);
  return values;
}

Name some_name() {
  return {pick(kOwners), pick(kKeys)};
}

EntityRowSpec some_row(const Name& name) {
  return {.name = name, .type = chance(80) ? "host" : "vm", .values = some_values()};
}

void fill_job(Step& step) {
  const bool keyed = step.op == Op::Diff || step.op == Op::CreateOrUpdate;
  if (keyed) {
    step.scope = pick(kOwners);
    for (const std::string& key : kKeys) {  // Each key once.
      if (chance(step.op == Op::Diff ? 65 : 30)) step.rows.push_back(some_row({step.scope, key}));
    }
  } else {
    const int count = *rc::gen::inRange(0, 5);
    for (int i = 0; i < count; ++i)
      step.rows.push_back(some_row(some_name()));
  }
  if (step.op == Op::Pin) step.scope = pick({"s0", "s1", "s2"});
  if (step.op == Op::Diff) {
    for (const std::string& key : kKeys) {
      if (chance(35)) step.edges.push_back({key, some_name(), some_name(), some_values()});
    }
    if (chance(10)) step.partial_types.insert("host");
  }
  if (step.op == Op::CreateOrUpdate && chance(50)) step.deletes.push_back(some_name());
  step.aborted = chance(8);
  step.rehearsed = chance(30);
  step.repeated = chance(20);
  step.corrected = chance(20);
  step.restarted = chance(10);
}

}  // namespace

std::vector<Name> all_names() {
  std::vector<Name> names;
  for (const std::string& owner : kOwners) {
    for (const std::string& key : kKeys)
      names.emplace_back(owner, key);
  }
  return names;
}

const std::vector<std::string>& all_properties() {
  return kProperties;
}

rc::Gen<Step> any_step() {
  return rc::gen::exec([] {
    Step step;
    step.op = *rc::gen::weightedElement<Op>({{8, Op::Diff},
                                             {3, Op::Patch},
                                             {7, Op::Pin},
                                             {3, Op::CreateOrUpdate},
                                             {4, Op::Update},
                                             {2, Op::Reset},
                                             {2, Op::Remove},
                                             {1, Op::HardRemove},
                                             {2, Op::UpdateEdge},
                                             {1, Op::Reopen}});
    switch (step.op) {
      case Op::Diff:
      case Op::Patch:
      case Op::Pin:
      case Op::CreateOrUpdate:
        fill_job(step);
        break;
      default:
        step.rows.push_back(some_row(some_name()));
    }
    return step;
  });
}

std::ostream& operator<<(std::ostream& out, const Step& step) {
  out << "\n  " << kOps[static_cast<std::size_t>(step.op)] << ' ' << step.scope;
  for (const EntityRowSpec& row : step.rows) {
    out << " [" << row.name.first << '/' << row.name.second << ' ' << row.type;
    for (const auto& [property, value] : row.values)
      out << ' ' << property << '=' << value;
    out << ']';
  }
  for (const EdgeRowSpec& edge : step.edges) {
    out << " (" << edge.key << ' ' << edge.from.first << '/' << edge.from.second << "->"
        << edge.to.first << '/' << edge.to.second;
    for (const auto& [property, value] : edge.values)
      out << ' ' << property << '=' << value;
    out << ')';
  }
  for (const Name& name : step.deletes)
    out << " -" << name.first << '/' << name.second;
  if (!step.partial_types.empty()) out << " partial";
  if (step.aborted) out << " aborted";
  if (step.rehearsed) out << " rehearsed";
  if (step.repeated) out << " repeated";
  if (step.corrected) out << " corrected";
  if (step.restarted) out << " restarted";
  return out;
}

}  // namespace callisto::property
