question: q45_path_count4
about: How many paths of four hops there are.
j1ql: FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket AS b RETURN count(*) AS paths
sql: SELECT count(*) FROM okta_user_group_has_okta_user e1
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row
answer: XS 1 7b7c341cf2d106ee, 1 7b7c341cf2d106ee
answer: S 1 cdbd51f0dbe613ef, 1 cdbd51f0dbe613ef

neighbour: three_hops
j1ql: FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p RETURN count(*) AS paths
sql: SELECT count(*) FROM okta_user_group_has_okta_user e1
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
answer: XS 1 510fb1366bb1b1bb, 1 510fb1366bb1b1bb
answer: S 1 5cb010f034e757be, 1 5cb010f034e757be

neighbour: filtered
j1ql: FIND okta_user_group AS g THAT HAS okta_user WITH active = true AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy WITH awsManaged = false AS p THAT ALLOWS >> aws_s3_bucket AS b RETURN count(*) AS paths
sql: SELECT count(*) FROM okta_user_group_has_okta_user e1
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy p ON p.row = e3.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row WHERE u.active AND NOT p.awsManaged
answer: XS 1 23a569d58f73a8c4, 1 5e73d04ddfd24eff
answer: S 1 88de60176d8f7b3f, 1 ee2119e2bcd98f6a

neighbour: grouped_by_start
j1ql: FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket AS b RETURN u.department, count(*) AS paths
sql: SELECT u.department, count(*) FROM okta_user_group_has_okta_user e1
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row GROUP BY u.department
answer: XS 13 7033f1d686f2e8c1, 13 d4b04c1df6fa5580
answer: S 13 9ace2f452a115795, 13 5d2d07c43c9b257d

neighbour: grouped_by_end
j1ql: FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket AS b RETURN b.region, count(*) AS paths
sql: SELECT b.region, count(*) FROM okta_user_group_has_okta_user e1
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row
  JOIN aws_s3_bucket b ON b.row = e4.to_row GROUP BY b.region
answer: XS 7 1d7768e94629f078, 7 1d7768e94629f078
answer: S 8 1687461dfa867799, 8 1687461dfa867799

neighbour: from_the_end
j1ql: FIND aws_s3_bucket AS b THAT ALLOWS << aws_iam_policy AS p THAT ASSIGNED << aws_iam_role AS r
  THAT ASSIGNED << okta_user AS u THAT HAS << okta_user_group AS g RETURN count(*) AS paths
sql: SELECT count(*) FROM okta_user_group_has_okta_user e1
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row
answer: XS 1 7b7c341cf2d106ee, 1 7b7c341cf2d106ee
answer: S 1 cdbd51f0dbe613ef, 1 cdbd51f0dbe613ef
