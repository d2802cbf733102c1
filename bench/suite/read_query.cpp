#include "bench/suite/read_query.h"

namespace callisto::bench {
namespace {

std::vector<ReadQuery> points() {
  return {
      {.name = "q01_point_id",
       .j1ql = "FIND * WITH _id = ${value} AS e RETURN e.displayName",
       .sql = "SELECT displayName FROM okta_user WHERE _id = ?1",
       .parameter = Parameter::UserId},
      {.name = "q02_point_prop",
       .j1ql = "FIND User WITH email = ${value} AS u RETURN u.displayName",
       .sql = "SELECT displayName FROM okta_user WHERE email = ?1 "
              "UNION ALL SELECT displayName FROM github_user WHERE email = ?1",
       .parameter = Parameter::UserEmail},
      {.name = "q10_hop1_sel",
       .j1ql = "FIND okta_user WITH _id = ${value} AS u THAT ASSIGNED >> application AS a "
               "RETURN a.displayName",
       .sql = "SELECT a.displayName FROM okta_user u "
              "JOIN okta_user_assigned_application e ON e.from_row = u.row "
              "JOIN application a ON a.row = e.to_row WHERE u._id = ?1",
       .parameter = Parameter::UserId},
      {.name = "q11_hop3_sel",
       .j1ql = "FIND UNIQUE okta_user WITH _id = ${value} AS u THAT ASSIGNED >> aws_iam_role AS r "
               "THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket AS b "
               "RETURN b.displayName",
       .sql = "SELECT DISTINCT b.displayName FROM okta_user u "
              "JOIN okta_user_assigned_aws_iam_role e1 ON e1.from_row = u.row "
              "JOIN aws_iam_role_assigned_aws_iam_policy e2 ON e2.from_row = e1.to_row "
              "JOIN aws_iam_policy_allows_aws_s3_bucket e3 ON e3.from_row = e2.to_row "
              "JOIN aws_s3_bucket b ON b.row = e3.to_row WHERE u._id = ?1",
       .parameter = Parameter::UserId},
      {.name = "q12_neighbours",
       .j1ql = "FIND okta_user WITH _id = ${value} AS u THAT RELATES TO * AS n "
               "RETURN n._type, n.displayName",
       .sql = "WITH u AS (SELECT row FROM okta_user WHERE _id = ?1) "
              "SELECT 'okta_user_group', n.displayName FROM u "
              "JOIN okta_user_group_has_okta_user e ON e.to_row = u.row "
              "JOIN okta_user_group n ON n.row = e.from_row UNION ALL "
              "SELECT 'application', n.displayName FROM u "
              "JOIN okta_user_assigned_application e ON e.from_row = u.row "
              "JOIN application n ON n.row = e.to_row UNION ALL "
              "SELECT 'aws_iam_role', n.displayName FROM u "
              "JOIN okta_user_assigned_aws_iam_role e ON e.from_row = u.row "
              "JOIN aws_iam_role n ON n.row = e.to_row UNION ALL "
              "SELECT 'hr_person', n.displayName FROM u "
              "JOIN hr_person_is_okta_user e ON e.to_row = u.row "
              "JOIN hr_person n ON n.row = e.from_row",
       .parameter = Parameter::UserId},
  };
}

std::vector<ReadQuery> scans() {
  return {
      {.name = "q03_scan_eq",
       .j1ql = "FIND User WITH department = 'Security' AS u RETURN count(u) AS n",
       .sql = "SELECT count(*) FROM okta_user WHERE department = 'Security'"},
      {.name = "q04_scan_range",
       .j1ql = "FIND Finding WITH numericSeverity >= 7 AND numericSeverity < 9 AS f "
               "RETURN count(f) AS n",
       .sql = "SELECT (SELECT count(*) FROM snyk_finding "
              "WHERE numericSeverity >= 7 AND numericSeverity < 9) + "
              "(SELECT count(*) FROM aws_inspector_finding "
              "WHERE numericSeverity >= 7 AND numericSeverity < 9)"},
      {.name = "q05_scan_contains",
       .j1ql = "FIND snyk_finding WITH description ~= 'overflow' AS f RETURN count(f) AS n",
       .sql = "SELECT count(*) FROM snyk_finding WHERE instr(description, 'overflow') > 0"},
      {.name = "q06_scan_prefix",
       .j1ql = "FIND Host WITH name ^= 'prod-web-1' AS h RETURN count(h) AS n",
       .sql = "SELECT (SELECT count(*) FROM aws_instance WHERE name GLOB 'prod-web-1*') + "
              "(SELECT count(*) FROM azure_vm WHERE name GLOB 'prod-web-1*')"},
      {.name = "q07_scan_array",
       .j1ql = "FIND okta_user WITH tags = 'PCI' AS u RETURN count(u) AS n",
       .sql = "SELECT count(*) FROM okta_user__tags WHERE value = 'PCI'"},
      {.name = "q08_scan_regex",
       .j1ql = "FIND Host WITH name = /prod-(web|db)-[0-9]*42/ AS h RETURN count(h) AS n"},
      {.name = "q26_multiclass",
       .j1ql = "FIND (Host|DataStore|Device) WITH encrypted != true AS x RETURN count(x) AS n",
       .sql = "SELECT (SELECT count(*) FROM aws_instance) + (SELECT count(*) FROM azure_vm) + "
              "(SELECT count(*) FROM mobile_device) + "
              "(SELECT count(*) FROM jamf_computer WHERE encrypted IS NOT 1) + "
              "(SELECT count(*) FROM aws_ebs_volume WHERE encrypted IS NOT 1) + "
              "(SELECT count(*) FROM aws_s3_bucket WHERE encrypted IS NOT 1) + "
              "(SELECT count(*) FROM aws_rds_instance WHERE encrypted IS NOT 1)"},
      {.name = "q28_scan_date",
       .j1ql = "FIND okta_user WITH lastLoginOn < date.now - 90 days AS u RETURN count(u) AS n",
       .sql = "SELECT count(*) FROM okta_user WHERE lastLoginOn < 1763000000000 - 90 * 86400000"},
      {.name = "q29_scan_absent",
       .j1ql = "FIND okta_user WITH mfaEnabled = undefined AND active = true AS u "
               "RETURN count(u) AS n",
       .sql = "SELECT count(*) FROM okta_user WHERE mfaEnabled IS NULL AND active = 1"},
      {.name = "q30_scan_json_text",
       .j1ql = "FIND Firewall WITH ingressRules ~= '\"ToPort\":22,' AS f RETURN count(f) AS n",
       .sql = "SELECT count(*) FROM aws_security_group WHERE instr(ingressRules, '\"ToPort\":22,') "
              "> 0"},
      {.name = "q31_scan_tags",
       .j1ql = "FIND Host WITH tag.Production = true AND tag.Environment = 'production' AS h "
               "RETURN count(h) AS n",
       .sql = "SELECT count(*) FROM aws_instance WHERE \"tag.Production\" = 1 "
              "AND \"tag.Environment\" = 'production'"},
      {.name = "q09_rows_out",
       .j1ql = "FIND okta_user WITH active = true AS u "
               "RETURN u.username, u.email, u.createdOn, u.loginCount",
       .sql = "SELECT username, email, createdOn, loginCount FROM okta_user WHERE active = 1"},
  };
}

std::vector<ReadQuery> hops() {
  return {
      {.name = "q13_hop1_group",
       .j1ql = "FIND okta_user AS u THAT ASSIGNED >> application AS a "
               "RETURN a.owner, count(u) AS users",
       .sql = "SELECT a.owner, count(DISTINCT e.from_row) FROM okta_user_assigned_application e "
              "JOIN application a ON a.row = e.to_row GROUP BY a.owner"},
      {.name = "q14_hop2",
       .j1ql = "FIND github_repo AS r THAT HAS snyk_finding WITH severity = 'critical' AS f "
               "THAT IS cve WITH numericSeverity >= 7 AS c RETURN count(r) AS n",
       .sql = "SELECT count(DISTINCT e1.from_row) FROM github_repo_has_snyk_finding e1 "
              "JOIN snyk_finding f ON f.row = e1.to_row "
              "JOIN snyk_finding_is_cve e2 ON e2.from_row = f.row "
              "JOIN cve c ON c.row = e2.to_row "
              "WHERE f.severity = 'critical' AND c.numericSeverity >= 7"},
      {.name = "q15_hop3",
       .j1ql = "FIND okta_user_group AS g THAT HAS okta_user WITH active = true AS u "
               "THAT ASSIGNED >> aws_iam_role AS r "
               "THAT ASSIGNED >> aws_iam_policy WITH awsManaged = false AS p RETURN count(g) AS n",
       .sql = "SELECT count(DISTINCT e1.from_row) FROM okta_user_group_has_okta_user e1 "
              "JOIN okta_user u ON u.row = e1.to_row "
              "JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = u.row "
              "JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row "
              "JOIN aws_iam_policy p ON p.row = e3.to_row "
              "WHERE u.active = 1 AND p.awsManaged = 0"},
      {.name = "q17_anti",
       .j1ql = "FIND aws_instance AS h THAT !HAS aws_inspector_finding RETURN count(h) AS n",
       .sql = "SELECT count(*) FROM aws_instance h WHERE NOT EXISTS (SELECT 1 FROM "
              "aws_instance_has_aws_inspector_finding e WHERE e.from_row = h.row)"},
      {.name = "q18_optional",
       .j1ql = "FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)? "
               "RETURN r.owner, count(f) AS findings",
       .sql = "SELECT r.owner, count(f.row) FROM github_repo r "
              "LEFT JOIN github_repo_has_snyk_finding e ON e.from_row = r.row "
              "LEFT JOIN snyk_finding f ON f.row = e.to_row AND f.severity = 'critical' "
              "GROUP BY r.owner"},
      {.name = "q19_multiverb",
       .j1ql = "FIND github_user AS u THAT (OPENED|REVIEWED) "
               "github_pull_request WITH state = 'open' AS p RETURN count(u) AS n",
       .sql = "SELECT count(*) FROM (SELECT e.from_row FROM github_user_opened_github_pull_request "
              "e JOIN github_pull_request p ON p.row = e.to_row WHERE p.state = 'open' UNION "
              "SELECT e.from_row FROM github_user_reviewed_github_pull_request e "
              "JOIN github_pull_request p ON p.row = e.to_row WHERE p.state = 'open')"},
  };
}

std::vector<ReadQuery> chains() {
  return {
      {.name = "q25_exposure",
       .j1ql = "FIND internet AS i THAT ALLOWS >> aws_security_group AS g "
               "THAT PROTECTS >> aws_instance WITH state = 'running' AS h "
               "THAT HAS >> aws_inspector_finding WITH severity = 'critical' AS f "
               "RETURN count(h) AS n",
       .sql = "SELECT count(DISTINCT h.row) FROM internet_allows_aws_security_group e1 "
              "JOIN aws_security_group_protects_aws_instance e2 ON e2.from_row = e1.to_row "
              "JOIN aws_instance h ON h.row = e2.to_row "
              "JOIN aws_instance_has_aws_inspector_finding e3 ON e3.from_row = h.row "
              "JOIN aws_inspector_finding f ON f.row = e3.to_row "
              "WHERE h.state = 'running' AND f.severity = 'critical'"},
      {.name = "q27_edge_prop",
       .j1ql = "FIND internet AS i THAT ALLOWS >> AS rule aws_security_group AS g "
               "WHERE rule.fromPort <= 22 AND rule.toPort >= 22 RETURN count(g) AS n",
       .sql = "SELECT count(DISTINCT to_row) FROM internet_allows_aws_security_group "
              "WHERE fromPort <= 22 AND toPort >= 22"},
      {.name = "q32_path_rows",
       .j1ql = "FIND aws_account AS a THAT HAS aws_instance AS h "
               "THAT HAS aws_inspector_finding AS f RETURN a.displayName, h.name, f.severity",
       .sql = "SELECT a.displayName, h.name, f.severity FROM aws_account a "
              "JOIN aws_account_has_aws_instance e1 ON e1.from_row = a.row "
              "JOIN aws_instance h ON h.row = e1.to_row "
              "JOIN aws_instance_has_aws_inspector_finding e2 ON e2.from_row = h.row "
              "JOIN aws_inspector_finding f ON f.row = e2.to_row"},
      {.name = "q33_list",
       .j1ql = "FIND CodeRepo THAT HAS Finding WITH severity = 'critical'",
       .sql = "SELECT DISTINCT r._id FROM github_repo r "
              "JOIN github_repo_has_snyk_finding e ON e.from_row = r.row "
              "JOIN snyk_finding f ON f.row = e.to_row WHERE f.severity = 'critical'"},
  };
}

std::vector<ReadQuery> aggregates() {
  return {
      {.name = "q20_group_prop",
       .j1ql = "FIND okta_user AS u RETURN u.department, u.status, count(u) AS users",
       .sql = "SELECT department, status, count(*) FROM okta_user GROUP BY department, status"},
      {.name = "q21_top10",
       .j1ql = "FIND application AS a THAT ASSIGNED << okta_user WITH active = true AS u "
               "RETURN a.displayName AS name, count(u) AS users "
               "ORDER BY users DESC, name ASC LIMIT 10",
       .sql = "SELECT a.displayName AS name, count(DISTINCT u.row) AS users FROM application a "
              "JOIN okta_user_assigned_application e ON e.to_row = a.row "
              "JOIN okta_user u ON u.row = e.from_row WHERE u.active = 1 "
              "GROUP BY a.row ORDER BY users DESC, name ASC LIMIT 10"},
      {.name = "q22_order_limit",
       .j1ql = "FIND snyk_finding WITH open = true AS f RETURN f.displayName, f.discoveredOn "
               "ORDER BY f.discoveredOn DESC LIMIT 100",
       .sql = "SELECT displayName, discoveredOn FROM snyk_finding WHERE open = 1 "
              "ORDER BY discoveredOn DESC LIMIT 100"},
  };
}

std::vector<ReadQuery> many_paths() {
  return {
      {.name = "q16_reach4",
       .j1ql = "FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS "
               "r THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket AS b "
               "RETURN g._id, count(b) AS buckets",
       .sql = "SELECT g._id, count(DISTINCT e4.to_row) FROM okta_user_group g "
              "JOIN okta_user_group_has_okta_user e1 ON e1.from_row = g.row "
              "JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row "
              "JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row "
              "JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row "
              "GROUP BY g.row"},
      {.name = "q23_shared_node",
       .j1ql = "FIND okta_user_group AS g THAT ASSIGNED >> application AS a "
               "THAT ASSIGNED << okta_user AS u THAT HAS << okta_user_group AS g2 "
               "WHERE g._id = g2._id RETURN count(u) AS n",
       .sql = "SELECT count(DISTINCT ua.from_row) FROM okta_user_group_assigned_application ga "
              "JOIN okta_user_assigned_application ua ON ua.to_row = ga.to_row "
              "JOIN okta_user_group_has_okta_user gu "
              "ON gu.from_row = ga.from_row AND gu.to_row = ua.from_row",
       .revisit_vertices = true},
      {.name = "q24_triangle",
       .j1ql = "FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b "
               "THAT CONNECTS >> aws_instance AS c THAT CONNECTS >> aws_instance AS d "
               "WHERE a._id = d._id RETURN count(a) AS n",
       .sql = "SELECT count(DISTINCT x.from_row) FROM aws_instance_connects_aws_instance x "
              "JOIN aws_instance_connects_aws_instance y ON y.from_row = x.to_row "
              "JOIN aws_instance_connects_aws_instance z "
              "ON z.from_row = y.to_row AND z.to_row = x.from_row",
       .revisit_vertices = true},
  };
}

}  // namespace

const std::vector<ReadQuery>& read_queries() {
  static const std::vector<ReadQuery> queries = [] {
    std::vector<ReadQuery> all;
    for (const auto& group : {points(), scans(), hops(), chains(), aggregates(), many_paths()}) {
      all.insert(all.end(), group.begin(), group.end());
    }
    return all;
  }();
  return queries;
}

}  // namespace callisto::bench
