question: q02_point_prop
about: One entity by a property that tells entities apart.
parameter: user email
goal: S 0.60 M 0.80
j1ql: FIND User WITH email = ${value} AS u RETURN u.displayName
sql: SELECT displayName FROM okta_user WHERE email = ?1
  UNION ALL SELECT displayName FROM github_user WHERE email = ?1
answer: XS 100 7a07930d47bf0703, 100 ccdc691f619f9a1d
answer: S 100 91064a84b55dbe54, 100 68d1509b2f65c7d9

neighbour: of_type
j1ql: FIND okta_user WITH email = ${value} AS u RETURN u.displayName
sql: SELECT displayName FROM okta_user WHERE email = ?1
answer: XS 100 7a07930d47bf0703, 100 ccdc691f619f9a1d
answer: S 100 91064a84b55dbe54, 100 68d1509b2f65c7d9

neighbour: and_filter
j1ql: FIND User WITH email = ${value} AND active = true AS u RETURN u.displayName
sql: SELECT displayName FROM okta_user WHERE email = ?1 AND active
  UNION ALL SELECT displayName FROM github_user WHERE email = ?1 AND active
answer: XS 96 9021194a804fb969, 95 834df412d0de933b
answer: S 93 34511699280f9784, 92 f37090045cbaeecd

neighbour: where
j1ql: FIND User AS u WHERE u.email = ${value} RETURN u.displayName
sql: SELECT displayName FROM okta_user WHERE email = ?1
  UNION ALL SELECT displayName FROM github_user WHERE email = ?1
answer: XS 100 7a07930d47bf0703, 100 ccdc691f619f9a1d
answer: S 100 91064a84b55dbe54, 100 68d1509b2f65c7d9

neighbour: max
j1ql: FIND okta_user WITH email = ${value} AS u RETURN max(u.loginCount) AS m
sql: SELECT max(loginCount) FROM okta_user WHERE email = ?1
answer: XS 100 07c5ef58ce0bdf8b, 100 07c5ef58ce0bdf8b
answer: S 100 68ad9aec0b5a36c4, 100 68ad9aec0b5a36c4

neighbour: one_hop
j1ql: FIND okta_user WITH email = ${value} AS u THAT ASSIGNED >> application AS a RETURN a.displayName
sql: SELECT a.displayName FROM okta_user u
  JOIN okta_user_assigned_application e ON e.from_row = u.row
  JOIN application a ON a.row = e.to_row WHERE u.email = ?1
answer: XS 230 82b2ce2e1434ff33, 230 82b2ce2e1434ff33
answer: S 249 2ec4c217cf254800, 249 2ec4c217cf254800
