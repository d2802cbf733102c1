question: q01_point_id
about: One entity by its id, whatever its type.
parameter: user id
concurrent: yes
goal: S 0.60 M 0.80
j1ql: FIND * WITH _id = ${value} AS e RETURN e.displayName
sql: SELECT displayName FROM okta_user WHERE _id = ?1
answer: XS 100 7a07930d47bf0703, 100 ccdc691f619f9a1d
answer: S 100 91064a84b55dbe54, 100 68d1509b2f65c7d9

neighbour: more_columns
j1ql: FIND * WITH _id = ${value} AS e RETURN e.displayName, e.department, e.status, e.active
sql: SELECT displayName, department, status, active FROM okta_user WHERE _id = ?1
answer: XS 100 543168c7dd9cb85c, 100 c502cb25f3353fbc
answer: S 100 30855d3ab85dba9a, 100 1d4dc429f40ade1f

neighbour: of_class
j1ql: FIND User WITH _id = ${value} AS u RETURN u.displayName
sql: SELECT displayName FROM okta_user WHERE _id = ?1
  UNION ALL SELECT displayName FROM github_user WHERE _id = ?1
answer: XS 100 7a07930d47bf0703, 100 ccdc691f619f9a1d
answer: S 100 91064a84b55dbe54, 100 68d1509b2f65c7d9

neighbour: and_filter
j1ql: FIND * WITH _id = ${value} AND active = true AS e RETURN e.displayName
sql: SELECT displayName FROM okta_user WHERE _id = ?1 AND active
answer: XS 96 9021194a804fb969, 95 834df412d0de933b
answer: S 93 34511699280f9784, 92 f37090045cbaeecd

neighbour: count
j1ql: FIND * WITH _id = ${value} AS e RETURN count(e) AS n
sql: SELECT count(*) FROM okta_user WHERE _id = ?1
answer: XS 100 697d6313318a2064, 100 697d6313318a2064
answer: S 100 697d6313318a2064, 100 697d6313318a2064

neighbour: where
j1ql: FIND okta_user AS u WHERE u._id = ${value} RETURN u.displayName
sql: SELECT displayName FROM okta_user WHERE _id = ?1
answer: XS 100 7a07930d47bf0703, 100 ccdc691f619f9a1d
answer: S 100 91064a84b55dbe54, 100 68d1509b2f65c7d9
