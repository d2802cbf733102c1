question: q41_hop_group_max
about: One hop, and the maximum of each group.
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN a.owner, max(u.loginCount) AS m
sql: SELECT a.owner, max(u.loginCount) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row GROUP BY a.owner
answer: XS 5 30e342c5201280f5, 5 2fba829bb225d32e
answer: S 10 f3c3eb30d0160d5b, 10 77a91f0f7105780f

neighbour: sum
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN a.owner, sum(u.loginCount) AS s
sql: SELECT owner, sum(loginCount) FROM (SELECT DISTINCT a.owner, u.row, u.loginCount
  FROM okta_user_assigned_application e JOIN okta_user u ON u.row = e.from_row
  JOIN application a ON a.row = e.to_row) x GROUP BY owner
answer: XS 5 d86b08f1aaef3e6e, 5 992ac32a3fd4df4b
answer: S 10 2ac4d693d48200f6, 10 5e81a94b0865667d

neighbour: other_direction
j1ql: FIND application AS a THAT ASSIGNED << okta_user AS u RETURN u.department, max(a.criticality) AS m
sql: SELECT u.department, max(a.criticality) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row GROUP BY u.department
answer: XS 13 66a87055dd09e123, 13 66a87055dd09e123
answer: S 13 66a87055dd09e123, 13 66a87055dd09e123

neighbour: edge_property
j1ql: FIND okta_user AS u THAT ASSIGNED >> AS e application AS a RETURN a.owner, max(e.lastUsedOn) AS m
sql: SELECT a.owner, max(e.lastUsedOn) FROM okta_user_assigned_application e
  JOIN application a ON a.row = e.to_row GROUP BY a.owner
answer: XS 5 70e1b658306ee006, 5 e9ffc2c957a6670b
answer: S 10 99b3f40beca1f57a, 10 7c6c3a28c14b0443

neighbour: max_and_min
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN a.owner, max(u.loginCount) AS m, min(u.createdOn) AS first
sql: SELECT a.owner, max(u.loginCount), min(u.createdOn) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row GROUP BY a.owner
answer: XS 5 502aee7ae523bebe, 5 4ad0446c5ca576b5
answer: S 10 f59f2ee47a7597ff, 10 1f72acc148d88238

neighbour: each_entity
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN a._id, max(u.loginCount) AS m
sqlite: SELECT a._id, max(u.loginCount) FROM application a JOIN okta_user_assigned_application e ON e.to_row = a.row
  JOIN okta_user u ON u.row = e.from_row GROUP BY a.row
duckdb: SELECT a._id, max(u.loginCount) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row GROUP BY a.row, a._id
answer: XS 10 c48211d2bc027691, 10 c48211d2bc027691
answer: S 1000 cb0b59373914a6f9, 1000 cb0b59373914a6f9
