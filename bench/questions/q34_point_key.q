question: q34_point_key
about: One entity by its key.
parameter: user key
j1ql: FIND okta_user WITH _key = ${value} AS u RETURN u.displayName
sql: SELECT displayName FROM okta_user WHERE _key = ?1
answer: XS 100 7a07930d47bf0703, 100 ccdc691f619f9a1d
answer: S 100 91064a84b55dbe54, 100 68d1509b2f65c7d9

neighbour: any_type
j1ql: FIND * WITH _key = ${value} AS e RETURN e.displayName
sql: SELECT displayName FROM okta_user WHERE _key = ?1
answer: XS 100 7a07930d47bf0703, 100 ccdc691f619f9a1d
answer: S 100 91064a84b55dbe54, 100 68d1509b2f65c7d9

neighbour: of_class
j1ql: FIND User WITH _key = ${value} AS u RETURN u.displayName
sql: SELECT displayName FROM okta_user WHERE _key = ?1 UNION ALL SELECT displayName FROM github_user WHERE _key = ?1
answer: XS 100 7a07930d47bf0703, 100 ccdc691f619f9a1d
answer: S 100 91064a84b55dbe54, 100 68d1509b2f65c7d9

neighbour: more_columns
j1ql: FIND okta_user WITH _key = ${value} AS u RETURN u._id, u.displayName, u.department, u.active
sql: SELECT _id, displayName, department, active FROM okta_user WHERE _key = ?1
answer: XS 100 dcc263a6480ac3d5, 100 bbad7328f77dece1
answer: S 100 d89312757d9a8779, 100 a8f1dd00d1bc6e79

neighbour: where
j1ql: FIND okta_user AS u WHERE u._key = ${value} RETURN u.displayName
sql: SELECT displayName FROM okta_user WHERE _key = ?1
answer: XS 100 7a07930d47bf0703, 100 ccdc691f619f9a1d
answer: S 100 91064a84b55dbe54, 100 68d1509b2f65c7d9

neighbour: one_hop
j1ql: FIND okta_user WITH _key = ${value} AS u THAT ASSIGNED >> aws_iam_role AS r RETURN r.displayName
sql: SELECT r.displayName FROM okta_user u JOIN okta_user_assigned_aws_iam_role e ON e.from_row = u.row
  JOIN aws_iam_role r ON r.row = e.to_row WHERE u._key = ?1
answer: XS 88 d94b4464f16d4c54, 88 d94b4464f16d4c54
answer: S 118 ea830e0533fac607, 118 ea830e0533fac607
