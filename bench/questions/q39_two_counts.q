question: q39_two_counts
about: Two counts over two hops.
j1ql: FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS r
  RETURN count(g) AS groups, count(r) AS roles
sql: SELECT count(DISTINCT e1.from_row), count(DISTINCT e2.to_row) FROM okta_user_group_has_okta_user e1
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
answer: XS 1 ad1ad478d765f4ef, 1 ad1ad478d765f4ef
answer: S 1 590dfee18854d908, 1 590dfee18854d908

neighbour: three_counts
j1ql: FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS r
  RETURN count(g) AS groups, count(u) AS users, count(r) AS roles
sql: SELECT count(DISTINCT e1.from_row), count(DISTINCT e1.to_row), count(DISTINCT e2.to_row)
  FROM okta_user_group_has_okta_user e1
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
answer: XS 1 d3c25c78cf9f0123, 1 d3c25c78cf9f0123
answer: S 1 952ac6bbf177b738, 1 952ac6bbf177b738

neighbour: filtered
j1ql: FIND okta_user_group AS g THAT HAS okta_user WITH active = true AS u
  THAT ASSIGNED >> aws_iam_role WITH admin = true AS r RETURN count(g) AS groups, count(r) AS roles
sql: SELECT count(DISTINCT e1.from_row), count(DISTINCT e2.to_row) FROM okta_user_group_has_okta_user e1
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
  JOIN aws_iam_role r ON r.row = e2.to_row WHERE u.active AND r.admin
answer: XS 1 1c3274ce28726d67, 1 1c3274ce28726d67
answer: S 1 c64d61ab0fa24a59, 1 7582a99f49eca303

neighbour: count_and_max
j1ql: FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS r
  RETURN count(g) AS groups, max(u.loginCount) AS m
sql: SELECT count(DISTINCT e1.from_row), max(u.loginCount) FROM okta_user_group_has_okta_user e1
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
answer: XS 1 576b4014dd2853e0, 1 576b4014dd2853e0
answer: S 1 9eea3b49577432e4, 1 9eea3b49577432e4

neighbour: grouped
j1ql: FIND okta_user_group AS g THAT HAS okta_user AS u THAT ASSIGNED >> aws_iam_role AS r
  RETURN u.department, count(g) AS groups, count(r) AS roles
sql: SELECT u.department, count(DISTINCT e1.from_row), count(DISTINCT e2.to_row) FROM okta_user_group_has_okta_user e1
  JOIN okta_user u ON u.row = e1.to_row
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row GROUP BY u.department
answer: XS 13 4d39959958cb8afd, 13 ac8a12bd80b4abdc
answer: S 13 c53c34f957bab9ec, 13 06ab835f2eb325d8

neighbour: from_the_end
j1ql: FIND aws_iam_role AS r THAT ASSIGNED << okta_user AS u THAT HAS << okta_user_group AS g
  RETURN count(g) AS groups, count(r) AS roles
sql: SELECT count(DISTINCT e1.from_row), count(DISTINCT e2.to_row) FROM okta_user_group_has_okta_user e1
  JOIN okta_user_assigned_aws_iam_role e2 ON e2.from_row = e1.to_row
answer: XS 1 ad1ad478d765f4ef, 1 ad1ad478d765f4ef
answer: S 1 590dfee18854d908, 1 590dfee18854d908
