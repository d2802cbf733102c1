#include "bench/suite/plan_set.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace callisto::bench {
namespace {

constexpr std::array<std::string_view, 13> kTargets = {
    "okta_user",
    "User",
    "UNIQUE github_repo",
    "CodeRepo",
    "aws_instance",
    "Host",
    "(Host|DataStore|Device)",
    "Finding",
    "snyk_finding",
    "application",
    "aws_iam_role",
    "github_pull_request",
    "*",
};

constexpr std::array<std::string_view, 13> kConditions = {
    "",
    "WITH active = true",
    "WITH displayName = 'prod-web-1'",
    "WITH name ^= 'prod' AND encrypted != true",
    "WITH (severity = 'critical' OR severity = 'high') AND open = true",
    "WITH numericSeverity >= 7 AND numericSeverity < 9",
    "WITH createdOn < date.now - 90 days",
    "WITH tag.Production = true AND tag.Environment = ('production' OR 'staging')",
    "WITH email ~= '@example.com' AND mfaEnabled = undefined",
    "WITH name = /prod-(web|db)-[0-9]+/",
    "WITH department = ('Security' OR 'Finance' OR 'Sales') AND active != false",
    "WITH _type != 'okta_user' AND tags = 'PCI'",
    "WITH awsManaged = false AND state $= 'ing' AND description !~= 'test'",
};

constexpr std::array<std::string_view, 11> kTails = {
    "AS x RETURN COUNT(x)",
    "AS x RETURN x.displayName, x.name ORDER BY x.displayName LIMIT 100",
    "",
    "AS x THAT ASSIGNED >> application AS a RETURN a.displayName AS name, COUNT(x) AS n ORDER BY n "
    "DESC",
    "AS x THAT HAS Finding WITH severity = 'critical' AS f RETURN x.displayName, f.severity",
    "AS x THAT !HAS aws_inspector_finding RETURN x._key",
    "AS x (THAT HAS Finding AS f)? RETURN x.name, COUNT(f) AS findings ORDER BY findings DESC "
    "LIMIT 10",
    "AS x THAT RELATES TO * AS n RETURN x._id, n._type, n.displayName",
    "AS x THAT ASSIGNED AS edge aws_iam_role AS r THAT ASSIGNED >> aws_iam_policy AS p "
    "THAT ALLOWS >> aws_s3_bucket AS b WHERE x.displayName != b.displayName RETURN b.name, p.name",
    "THAT (HAS|OWNS|CONTAINS) (Host|Device) THAT HAS Finding RETURN TREE",
    "AS x RETURN x.department, x.active, COUNT(x) AS total, MAX(x.createdOn) SKIP 20 LIMIT 20",
};

}  // namespace

std::vector<std::string> varied_queries() {
  std::vector<std::string> queries;
  for (std::size_t target = 0; target < kTargets.size(); ++target) {
    for (std::size_t condition = 0; condition < kConditions.size(); ++condition) {
      for (std::size_t turn = 0; turn < 2; ++turn) {
        const std::size_t tail = (target * 3 + condition * 5 + turn * 4) % kTails.size();
        queries.push_back(
            fmt::format("FIND {} {} {}", kTargets[target], kConditions[condition], kTails[tail]));
      }
    }
  }
  return queries;
}

}  // namespace callisto::bench
