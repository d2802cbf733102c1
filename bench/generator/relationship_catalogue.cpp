// The relationship kinds: who belongs to what, who may use what, what runs where, what is wrong.
#include "bench/generator/catalogue.h"
#include "bench/generator/choices.h"

namespace callisto::bench {
namespace {

std::vector<RelationshipKind> people() {
  return {
      {"hr_person", "IS", "okta_user", 12'000, Shape::OneToOne},
      {"hr_person", "IS", "github_user", 3'500, Shape::OneToOne},
      {"hr_person", "MANAGES", "hr_person", 11'900, Shape::Tree},
      {"hr_person", "OWNS", "jamf_computer", 8'000, Shape::EachTo},
      {"hr_person", "OWNS", "mobile_device", 2'000, Shape::EachTo},
      {"okta_user_group", "HAS", "okta_user", 60'000, Shape::Skewed, 2, 2},
      {"okta_user_group", "ASSIGNED", "application", 4'000},
      {"okta_user",
       "ASSIGNED",
       "application",
       50'000,
       Shape::Skewed,
       2,
       3,
       {date("lastUsedOn", 0, 400).in(80), choice("profile", kUserTypes, 2)}},
      {"okta_user", "ASSIGNED", "aws_iam_role", 20'000, Shape::Skewed, 2, 2},
      {"github_team", "HAS", "github_user", 8'000, Shape::Skewed, 2, 1},
  };
}

std::vector<RelationshipKind> access() {
  return {
      {"aws_iam_role", "ASSIGNED", "aws_iam_policy", 6'000},
      {"aws_iam_role", "TRUSTS", "aws_iam_role", 1'500},
      {"aws_iam_policy",
       "ALLOWS",
       "aws_s3_bucket",
       8'000,
       Shape::Skewed,
       2,
       2,
       {list("actions", kPermissions, 4), flag("conditional", 15)}},
      {"aws_iam_policy", "ALLOWS", "aws_rds_instance", 3'000},
      {"aws_instance", "USES", "aws_iam_role", 3'000, Shape::Skewed, 1, 2},
      {"aws_lambda_function", "USES", "aws_iam_role", 3'000, Shape::EachFrom},
      {"github_team", "MANAGES", "github_repo", 6'000, Shape::Skewed, 2, 1},
  };
}

std::vector<RelationshipKind> cloud() {
  return {
      {"aws_account", "HAS", "aws_instance", 6'000, Shape::EachTo},
      {"aws_account", "HAS", "aws_s3_bucket", 2'000, Shape::EachTo},
      {"aws_account", "HAS", "aws_vpc", 200, Shape::EachTo},
      {"azure_subscription", "HAS", "azure_vm", 2'000, Shape::EachTo},
      {"aws_vpc", "CONTAINS", "aws_subnet", 800, Shape::EachTo},
      {"aws_subnet", "HAS", "aws_instance", 6'000, Shape::EachTo},
      {"aws_security_group", "PROTECTS", "aws_instance", 9'000},
      {"internet",
       "ALLOWS",
       "aws_security_group",
       4'000,
       Shape::Parallel,
       1,
       2,
       {number("fromPort", 1, 1'023, 3),
        number("toPort", 1, 1'023, 3),
        choice("ipProtocol", kProtocols, 3)}},
      {"aws_instance", "USES", "aws_ebs_volume", 6'000, Shape::EachTo, 1},
      {"aws_instance", "HOSTS", "application", 5'000, Shape::Skewed, 1, 2},
      {"aws_instance",
       "CONNECTS",
       "aws_instance",
       36'000,
       Shape::Skewed,
       2,
       2,
       {number("port", 1, 9'999, 3),
        number("bytesPerDay", 0, 2'000'000'000, 3),
        choice("protocol", kProtocols, 3),
        date("lastSeenOn", 0, 60)}},
      {"application", "CONNECTS", "application", 4'000},
      {"application", "USES", "aws_rds_instance", 2'000},
      {"ecs_service", "RUNS", "application", 1'000, Shape::EachFrom},
  };
}

std::vector<RelationshipKind> findings() {
  return {
      {"github_user", "OPENED", "github_pull_request", 11'000, Shape::EachTo},
      {"github_user",
       "REVIEWED",
       "github_pull_request",
       18'000,
       Shape::Skewed,
       2,
       1,
       {choice("state", kReviewStates, 2), date("reviewedOn", 0, 1'500)}},
      {"github_repo", "HAS", "github_pull_request", 11'000, Shape::EachTo},
      {"github_repo", "HAS", "snyk_finding", 12'000, Shape::EachTo},
      {"aws_instance", "HAS", "aws_inspector_finding", 6'000, Shape::EachTo},
      {"snyk_finding", "IS", "cve", 12'000, Shape::EachFrom},
      {"aws_inspector_finding", "IS", "cve", 6'000, Shape::EachFrom},
      {"jamf_computer",
       "HAS",
       "cve",
       60'000,
       Shape::Skewed,
       2,
       2,
       {date("firstSeenOn", 0, 500), choice("status", kFindingStatus, 2), flag("patched", 35)}},
  };
}

}  // namespace

const std::vector<RelationshipKind>& relationship_kinds() {
  static const std::vector<RelationshipKind> kinds = [] {
    std::vector<RelationshipKind> all;
    for (const auto& group : {people(), access(), cloud(), findings()}) {
      all.insert(all.end(), group.begin(), group.end());
    }
    return all;
  }();
  return kinds;
}

}  // namespace callisto::bench
