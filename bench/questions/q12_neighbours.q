question: q12_neighbours
about: Everything next to one entity.
parameter: user id
goal: S 2.3 M 3.0
j1ql: FIND okta_user WITH _id = ${value} AS u THAT RELATES TO * AS n RETURN n._type, n.displayName
sql: WITH u AS (SELECT row FROM okta_user WHERE _id = ?1)
  SELECT 'okta_user_group', n.displayName FROM u JOIN okta_user_group_has_okta_user e ON e.to_row = u.row
  JOIN okta_user_group n ON n.row = e.from_row UNION ALL
  SELECT 'application', n.displayName FROM u JOIN okta_user_assigned_application e ON e.from_row = u.row
  JOIN application n ON n.row = e.to_row UNION ALL
  SELECT 'aws_iam_role', n.displayName FROM u JOIN okta_user_assigned_aws_iam_role e ON e.from_row = u.row
  JOIN aws_iam_role n ON n.row = e.to_row UNION ALL
  SELECT 'hr_person', n.displayName FROM u JOIN hr_person_is_okta_user e ON e.to_row = u.row
  JOIN hr_person n ON n.row = e.from_row
answer: XS 652 4877b87f10eee35e, 652 4877b87f10eee35e
answer: S 710 7055e0e651ca0069, 710 7055e0e651ca0069

neighbour: outwards
j1ql: FIND okta_user WITH _id = ${value} AS u THAT RELATES TO >> * AS n RETURN n._type, n.displayName
sql: WITH u AS (SELECT row FROM okta_user WHERE _id = ?1)
  SELECT 'application', n.displayName FROM u JOIN okta_user_assigned_application e ON e.from_row = u.row
  JOIN application n ON n.row = e.to_row UNION ALL
  SELECT 'aws_iam_role', n.displayName FROM u JOIN okta_user_assigned_aws_iam_role e ON e.from_row = u.row
  JOIN aws_iam_role n ON n.row = e.to_row
answer: XS 318 254993da06994202, 318 254993da06994202
answer: S 367 8eb48b744fbb68ad, 367 8eb48b744fbb68ad

neighbour: count
j1ql: FIND okta_user WITH _id = ${value} AS u THAT RELATES TO * AS n RETURN count(n) AS n
sql: WITH u AS (SELECT row FROM okta_user WHERE _id = ?1)
  SELECT (SELECT count(DISTINCT e.from_row) FROM u JOIN okta_user_group_has_okta_user e ON e.to_row = u.row) +
  (SELECT count(DISTINCT e.to_row) FROM u JOIN okta_user_assigned_application e ON e.from_row = u.row) +
  (SELECT count(DISTINCT e.to_row) FROM u JOIN okta_user_assigned_aws_iam_role e ON e.from_row = u.row) +
  (SELECT count(DISTINCT e.from_row) FROM u JOIN hr_person_is_okta_user e ON e.to_row = u.row)
answer: XS 100 a0d978875777d5cb, 100 a0d978875777d5cb
answer: S 100 74cf52bd9bf3821a, 100 74cf52bd9bf3821a

neighbour: by_type
j1ql: FIND okta_user WITH _id = ${value} AS u THAT RELATES TO * AS n RETURN n._type, count(n) AS n
sql: WITH u AS (SELECT row FROM okta_user WHERE _id = ?1), n(t, r) AS (
  SELECT 'okta_user_group', e.from_row FROM u JOIN okta_user_group_has_okta_user e ON e.to_row = u.row UNION ALL
  SELECT 'application', e.to_row FROM u JOIN okta_user_assigned_application e ON e.from_row = u.row UNION ALL
  SELECT 'aws_iam_role', e.to_row FROM u JOIN okta_user_assigned_aws_iam_role e ON e.from_row = u.row UNION ALL
  SELECT 'hr_person', e.from_row FROM u JOIN hr_person_is_okta_user e ON e.to_row = u.row)
  SELECT t, count(DISTINCT r) FROM n GROUP BY t
answer: XS 304 c9c94e9234b0e532, 304 c9c94e9234b0e532
answer: S 281 28103047e3e87115, 281 28103047e3e87115

neighbour: one_verb
j1ql: FIND okta_user WITH _id = ${value} AS u THAT ASSIGNED * AS n RETURN n._type, n.displayName
sql: WITH u AS (SELECT row FROM okta_user WHERE _id = ?1)
  SELECT 'application', n.displayName FROM u JOIN okta_user_assigned_application e ON e.from_row = u.row
  JOIN application n ON n.row = e.to_row UNION ALL
  SELECT 'aws_iam_role', n.displayName FROM u JOIN okta_user_assigned_aws_iam_role e ON e.from_row = u.row
  JOIN aws_iam_role n ON n.row = e.to_row
answer: XS 318 254993da06994202, 318 254993da06994202
answer: S 367 8eb48b744fbb68ad, 367 8eb48b744fbb68ad

neighbour: some_classes
j1ql: FIND okta_user WITH _id = ${value} AS u THAT RELATES TO (Application|UserGroup) AS n RETURN n._type, n.displayName
sql: WITH u AS (SELECT row FROM okta_user WHERE _id = ?1)
  SELECT 'okta_user_group', n.displayName FROM u JOIN okta_user_group_has_okta_user e ON e.to_row = u.row
  JOIN okta_user_group n ON n.row = e.from_row UNION ALL
  SELECT 'application', n.displayName FROM u JOIN okta_user_assigned_application e ON e.from_row = u.row
  JOIN application n ON n.row = e.to_row
answer: XS 502 5795c243fc84bb0c, 502 5795c243fc84bb0c
answer: S 530 1b44a54cdff53f60, 530 1b44a54cdff53f60
