question: q11_hop3_sel
about: Three hops from one entity.
parameter: user id
goal: S 3.0 M 4.0
j1ql: FIND UNIQUE okta_user WITH _id = ${value} AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket AS b RETURN b.displayName
sql: SELECT DISTINCT b.displayName FROM okta_user u
  JOIN okta_user_assigned_aws_iam_role e1 ON e1.from_row = u.row
  JOIN aws_iam_role_assigned_aws_iam_policy e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e3 ON e3.from_row = e2.to_row
  JOIN aws_s3_bucket b ON b.row = e3.to_row WHERE u._id = ?1
answer: XS 930 ca9a74fe053880ca, 930 ca9a74fe053880ca
answer: S 4374 ca160f5368b7eacb, 4374 ca160f5368b7eacb

neighbour: count
j1ql: FIND okta_user WITH _id = ${value} AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket AS b RETURN count(b) AS n
sql: SELECT count(DISTINCT e3.to_row) FROM okta_user u
  JOIN okta_user_assigned_aws_iam_role e1 ON e1.from_row = u.row
  JOIN aws_iam_role_assigned_aws_iam_policy e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e3 ON e3.from_row = e2.to_row WHERE u._id = ?1
answer: XS 100 b7471ac674c25489, 100 b7471ac674c25489
answer: S 100 dbd9b1630f7b3a8d, 100 dbd9b1630f7b3a8d

neighbour: paths
j1ql: FIND okta_user WITH _id = ${value} AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket AS b RETURN count(*) AS n
sql: SELECT count(*) FROM okta_user u
  JOIN okta_user_assigned_aws_iam_role e1 ON e1.from_row = u.row
  JOIN aws_iam_role_assigned_aws_iam_policy e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e3 ON e3.from_row = e2.to_row WHERE u._id = ?1
answer: XS 100 cabf04bed8d4519c, 100 cabf04bed8d4519c
answer: S 100 600c1f793ba82ca3, 100 600c1f793ba82ca3

neighbour: from_the_end
j1ql: FIND UNIQUE aws_s3_bucket AS b THAT ALLOWS << aws_iam_policy AS p THAT ASSIGNED << aws_iam_role AS r
  THAT ASSIGNED << okta_user WITH _id = ${value} AS u RETURN b.displayName
sql: SELECT DISTINCT b.displayName FROM okta_user u
  JOIN okta_user_assigned_aws_iam_role e1 ON e1.from_row = u.row
  JOIN aws_iam_role_assigned_aws_iam_policy e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e3 ON e3.from_row = e2.to_row
  JOIN aws_s3_bucket b ON b.row = e3.to_row WHERE u._id = ?1
answer: XS 930 ca9a74fe053880ca, 930 ca9a74fe053880ca
answer: S 4374 ca160f5368b7eacb, 4374 ca160f5368b7eacb

neighbour: filtered
j1ql: FIND UNIQUE okta_user WITH _id = ${value} AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy WITH awsManaged = false AS p
  THAT ALLOWS >> aws_s3_bucket WITH encrypted = false AS b RETURN b.displayName
sql: SELECT DISTINCT b.displayName FROM okta_user u
  JOIN okta_user_assigned_aws_iam_role e1 ON e1.from_row = u.row
  JOIN aws_iam_role_assigned_aws_iam_policy e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_policy p ON p.row = e2.to_row
  JOIN aws_iam_policy_allows_aws_s3_bucket e3 ON e3.from_row = e2.to_row
  JOIN aws_s3_bucket b ON b.row = e3.to_row WHERE u._id = ?1 AND NOT p.awsManaged AND NOT b.encrypted
answer: XS 178 a59fe1bb72e4baaf, 178 a59fe1bb72e4baaf
answer: S 306 f4ad501dab01a387, 306 f4ad501dab01a387

neighbour: grouped
j1ql: FIND okta_user WITH _id = ${value} AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy AS p THAT ALLOWS >> aws_s3_bucket AS b RETURN r.displayName, count(b) AS n
sqlite: SELECT r.displayName, count(DISTINCT e3.to_row) FROM okta_user u
  JOIN okta_user_assigned_aws_iam_role e1 ON e1.from_row = u.row
  JOIN aws_iam_role r ON r.row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e2 ON e2.from_row = r.row
  JOIN aws_iam_policy_allows_aws_s3_bucket e3 ON e3.from_row = e2.to_row
  WHERE u._id = ?1 GROUP BY r.displayName
duckdb: SELECT r.displayName, count(DISTINCT e3.to_row) FROM okta_user u
  JOIN okta_user_assigned_aws_iam_role e1 ON e1.from_row = u.row
  JOIN aws_iam_role r ON r.row = e1.to_row
  JOIN aws_iam_role_assigned_aws_iam_policy e2 ON e2.from_row = r.row
  JOIN aws_iam_policy_allows_aws_s3_bucket e3 ON e3.from_row = e2.to_row
  WHERE u._id = ?1 GROUP BY r.displayName
answer: XS 85 d22eedae72728d9c, 85 d22eedae72728d9c
answer: S 107 e0b8a0e24fe67904, 107 e0b8a0e24fe67904
