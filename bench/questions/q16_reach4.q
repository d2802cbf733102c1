question: q16_reach4
about: For each entity, how many it reaches over four hops.
j1ql: FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket AS b RETURN g._id, count(b) AS buckets
sqlite: SELECT g._id, count(DISTINCT e4.to_row) FROM okta_user_group g
  JOIN okta_user_group_has_okta_user e1 ON e1.from_row = g.row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row GROUP BY g.row
duckdb: SELECT g._id, n FROM okta_user_group g JOIN (
  SELECT e1.from_row AS g, count(DISTINCT e4.to_row) AS n FROM okta_user_group_has_okta_user e1
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row GROUP BY e1.from_row) x ON x.g = g.row
answer: XS 8 aa0d1a2102a63a8e, 8 aa0d1a2102a63a8e
answer: S 800 8922292c536e5f9f, 800 8922292c536e5f9f

neighbour: three_hops
j1ql: FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p RETURN g._id, count(p) AS policies
sqlite: SELECT g._id, count(DISTINCT e3.to_row) FROM okta_user_group g
  JOIN okta_user_group_has_okta_user e1 ON e1.from_row = g.row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row GROUP BY g.row
duckdb: SELECT g._id, n FROM okta_user_group g JOIN (
  SELECT e1.from_row AS g, count(DISTINCT e3.to_row) AS n FROM okta_user_group_has_okta_user e1
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row GROUP BY e1.from_row) x ON x.g = g.row
answer: XS 8 a2f6086a841b911d, 8 a2f6086a841b911d
answer: S 800 b8b6d4d544804797, 800 b8b6d4d544804797

neighbour: all_in_one
j1ql: FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket AS b RETURN count(b) AS buckets
sql: SELECT count(DISTINCT e4.to_row) FROM okta_user_group_has_okta_user e1
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row
answer: XS 1 1d0cd8cbaaae3edf, 1 1d0cd8cbaaae3edf
answer: S 1 ed6673e1f23d0def, 1 ed6673e1f23d0def

neighbour: by_a_property
j1ql: FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket AS b RETURN b.region, count(g) AS groups
sql: SELECT b.region, count(DISTINCT e1.from_row) FROM okta_user_group_has_okta_user e1
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row
  JOIN aws_s3_bucket b ON b.row = e4.to_row GROUP BY b.region
answer: XS 7 3df11423359cef0b, 7 3df11423359cef0b
answer: S 8 88f6912a9ba1ba1e, 8 88f6912a9ba1ba1e

neighbour: from_the_end
j1ql: FIND aws_s3_bucket AS b THAT ALLOWS << aws_iam_policy AS p THAT ASSIGNED << aws_iam_role AS r
  THAT ASSIGNED << okta_user AS u THAT HAS << okta_user_group AS g RETURN b._id, count(g) AS groups
sqlite: SELECT b._id, count(DISTINCT e1.from_row) FROM aws_s3_bucket b
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.to_row = b.row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.to_row = e4.from_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.to_row = e3.from_row
  JOIN okta_user_group_has_okta_user e1 ON e1.to_row = e2.from_row GROUP BY b.row
duckdb: SELECT b._id, n FROM aws_s3_bucket b JOIN (
  SELECT e4.to_row AS b, count(DISTINCT e1.from_row) AS n FROM okta_user_group_has_okta_user e1
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row GROUP BY e4.to_row) x ON x.b = b.row
answer: XS 20 ad70f974bb54d7cc, 20 ad70f974bb54d7cc
answer: S 1879 961d22be06d05cf0, 1879 961d22be06d05cf0

neighbour: filtered
j1ql: FIND okta_user_group AS g THAT HAS okta_user WITH active = true AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket WITH public = true AS b
  RETURN g._id, count(b) AS buckets
sqlite: SELECT g._id, count(DISTINCT b.row) FROM okta_user_group g
  JOIN okta_user_group_has_okta_user e1 ON e1.from_row = g.row
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row
  JOIN aws_s3_bucket b ON b.row = e4.to_row WHERE u.active AND b.public GROUP BY g.row
duckdb: SELECT g._id, n FROM okta_user_group g JOIN (
  SELECT e1.from_row AS g, count(DISTINCT b.row) AS n FROM okta_user_group_has_okta_user e1
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e4 ON e4.from_row = e3.to_row
  JOIN aws_s3_bucket b ON b.row = e4.to_row WHERE u.active AND b.public GROUP BY e1.from_row) x ON x.g = g.row
answer: XS 8 09059c712baeb2b5, 8 09059c712baeb2b5
answer: S 800 ba068a34c8a2e231, 800 0b240994ed84a210
