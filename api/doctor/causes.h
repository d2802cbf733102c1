// Why a part of a query leaves nothing: sentences for people.
#pragma once

#include <string>
#include <vector>

#include "api/doctor/probe.h"

namespace callisto::doctor {

using Causes = std::vector<std::string>;

// Classes and types of a target that the graph does not have, and what it has instead.
[[nodiscard]] Causes causes_of_target(Probe& probe, const ast::Target& target);

// A comparison that no value passes. `before` is the query up to it, and `subject` the selector of
// its property there.
[[nodiscard]] Causes causes_of_condition(Probe& probe,
                                         const ast::Query& before,
                                         const std::string& subject,
                                         const ast::Filter& condition);

// A hop that leads nowhere from where `before` ends, whatever the WITH of its target.
[[nodiscard]] Causes causes_of_hop(Probe& probe, const ast::Query& before, const ast::Hop& hop);

}  // namespace callisto::doctor
