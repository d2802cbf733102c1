question: q15_hop3
about: How many entities have a path of three hops with filters.
goal: S 110 M 2000
j1ql: FIND okta_user_group AS g THAT HAS okta_user WITH active = true AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy WITH awsManaged = false AS p RETURN count(g) AS n
sql: SELECT count(DISTINCT e1.from_row) FROM okta_user_group_has_okta_user e1
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = u.row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy p ON p.row = e3.to_row WHERE u.active AND NOT p.awsManaged
answer: XS 1 1f308996a7625787, 1 1f308996a7625787
answer: S 1 8410bda35cfe13b8, 1 8410bda35cfe13b8

neighbour: count_of_the_end
j1ql: FIND okta_user_group AS g THAT HAS okta_user WITH active = true AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy WITH awsManaged = false AS p RETURN count(p) AS n
sql: SELECT count(DISTINCT e3.to_row) FROM okta_user_group_has_okta_user e1
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = u.row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy p ON p.row = e3.to_row WHERE u.active AND NOT p.awsManaged
answer: XS 1 7117e93b9a28dd36, 1 7117e93b9a28dd36
answer: S 1 5bffd0175d17cdf7, 1 5bffd0175d17cdf7

neighbour: two_counts
j1ql: FIND okta_user_group AS g THAT HAS okta_user WITH active = true AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy WITH awsManaged = false AS p RETURN count(g) AS n, count(r) AS roles
sql: SELECT count(DISTINCT e1.from_row), count(DISTINCT e2.to_row) FROM okta_user_group_has_okta_user e1
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = u.row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy p ON p.row = e3.to_row WHERE u.active AND NOT p.awsManaged
answer: XS 1 6542cb670cf9bba3, 1 6542cb670cf9bba3
answer: S 1 8b00077913dfeaa0, 1 619bc9607091b3ac

neighbour: max
j1ql: FIND okta_user_group AS g THAT HAS okta_user WITH active = true AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy WITH awsManaged = false AS p RETURN max(u.loginCount) AS m
sql: SELECT max(u.loginCount) FROM okta_user_group_has_okta_user e1
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = u.row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy p ON p.row = e3.to_row WHERE u.active AND NOT p.awsManaged
answer: XS 1 4dc233390fc3f030, 1 4dc233390fc3f030
answer: S 1 0bf92249b3142a6d, 1 0bf92249b3142a6d

neighbour: list
j1ql: FIND okta_user_group AS g THAT HAS okta_user WITH active = true AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT ASSIGNED >> aws_iam_policy WITH awsManaged = false AS p
sql: SELECT g._id FROM okta_user_group g WHERE g.row IN (
  SELECT e1.from_row FROM okta_user_group_has_okta_user e1
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = u.row
  JOIN aws_iam_role_assigned_aws_iam_policy e3 ON e3.from_row = e2.to_row
  JOIN aws_iam_policy p ON p.row = e3.to_row WHERE u.active AND NOT p.awsManaged)
answer: XS 8 2403f01e7ce60328, 8 2403f01e7ce60328
answer: S 800 daea71acee7a2ec2, 800 daea71acee7a2ec2

neighbour: without
j1ql: FIND okta_user_group AS g THAT HAS okta_user WITH active = true AS u THAT ASSIGNED >> aws_iam_role AS r
  THAT !ASSIGNED >> aws_iam_policy WITH awsManaged = true RETURN count(g) AS n
sql: SELECT count(DISTINCT e1.from_row) FROM okta_user_group_has_okta_user e1
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = u.row
  WHERE u.active AND NOT EXISTS (SELECT 1 FROM aws_iam_role_assigned_aws_iam_policy e3
  JOIN aws_iam_policy p ON p.row = e3.to_row WHERE e3.from_row = e2.to_row AND p.awsManaged)
answer: XS 1 1f308996a7625787, 1 1f308996a7625787
answer: S 1 8410bda35cfe13b8, 1 8410bda35cfe13b8
