question: q40_group_both_ends
about: One hop, grouped by properties of both ends.
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN u.department, a.owner, count(u) AS users
sql: SELECT u.department, a.owner, count(DISTINCT u.row) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row GROUP BY u.department, a.owner
answer: XS 60 66c23e78143bed13, 62 b1612226623071c1
answer: S 130 2eec35343e5d7bfd, 130 96002c4af918834f

neighbour: paths
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN u.department, a.owner, count(*) AS grants
sql: SELECT u.department, a.owner, count(*) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row GROUP BY u.department, a.owner
answer: XS 60 2fcd39dcd65ecfac, 62 22b3c0c8cb062545
answer: S 130 7fa302852fb39378, 130 06935610a4495e87

neighbour: count_of_the_other
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN u.department, a.owner, count(a) AS apps
sql: SELECT u.department, a.owner, count(DISTINCT a.row) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row GROUP BY u.department, a.owner
answer: XS 60 f4875170cabd582a, 62 c81eafaf06fdd49d
answer: S 130 fcbae3da8276c092, 130 f54d7e2b0106f3ac

neighbour: max
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN u.department, a.owner, max(u.loginCount) AS m
sql: SELECT u.department, a.owner, max(u.loginCount) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row GROUP BY u.department, a.owner
answer: XS 60 76b894f98ee60e45, 62 c07fc32150fed3bf
answer: S 130 adc22c33a874c8d6, 130 77a9d2e39d95704d

neighbour: third_key
j1ql: FIND okta_user AS u THAT ASSIGNED >> AS e application AS a RETURN u.department, e.profile, a.owner, count(u) AS users
sql: SELECT u.department, e.profile, a.owner, count(DISTINCT u.row) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row
  GROUP BY u.department, e.profile, a.owner
answer: XS 131 f1997b9d115a43e0, 130 dbe823ca52d00f90
answer: S 390 1e9b35fe690f5b41, 390 c02078562049210b

neighbour: ordered
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN u.department, a.owner, count(u) AS users
  HAVING users > 20 ORDER BY users DESC
sql: SELECT u.department, a.owner, count(DISTINCT u.row) AS users FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row
  GROUP BY u.department, a.owner HAVING count(DISTINCT u.row) > 20 ORDER BY users DESC
answer: XS 3 2254ae0e0866c95b, 3 3c8125b4e7a5702f
answer: S 130 2eec35343e5d7bfd, 127 fd010b95a01dc120
