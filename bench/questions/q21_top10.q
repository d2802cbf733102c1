question: q21_top10
about: The ten entities with most others next to them.
goal: S 16 M 200
j1ql: FIND application AS a THAT ASSIGNED << okta_user WITH active = true AS u
  RETURN a.displayName AS name, count(u) AS users ORDER BY users DESC, name ASC LIMIT 10
sqlite: SELECT a.displayName AS name, count(DISTINCT u.row) AS users FROM application a
  JOIN okta_user_assigned_application e ON e.to_row = a.row
  JOIN okta_user u ON u.row = e.from_row WHERE u.active
  GROUP BY a.row ORDER BY users DESC, name ASC LIMIT 10
duckdb: SELECT a.displayName AS name, count(DISTINCT u.row) AS users FROM application a
  JOIN okta_user_assigned_application e ON e.to_row = a.row
  JOIN okta_user u ON u.row = e.from_row WHERE u.active
  GROUP BY a.row, a.displayName ORDER BY users DESC, name ASC LIMIT 10
answer: XS 10 38cae259429276d7, 10 eb8ec4f099a2a029
answer: S 10 32535bc9145a29bc, 10 c818eab8cd96623a

neighbour: top_users
j1ql: FIND okta_user WITH active = true AS u THAT ASSIGNED >> application AS a
  RETURN u.username AS name, count(a) AS apps ORDER BY apps DESC, name ASC LIMIT 10
sqlite: SELECT u.username AS name, count(DISTINCT e.to_row) AS apps FROM okta_user u
  JOIN okta_user_assigned_application e ON e.from_row = u.row WHERE u.active
  GROUP BY u.row ORDER BY apps DESC, name ASC LIMIT 10
duckdb: SELECT u.username AS name, count(DISTINCT e.to_row) AS apps FROM okta_user u
  JOIN okta_user_assigned_application e ON e.from_row = u.row WHERE u.active
  GROUP BY u.row, u.username ORDER BY apps DESC, name ASC LIMIT 10
answer: XS 10 66c5a20c118683d2, 10 66c5a20c118683d2
answer: S 10 9710f7b9acc7d75d, 10 9710f7b9acc7d75d

neighbour: by_sum
j1ql: FIND application AS a THAT ASSIGNED << okta_user WITH active = true AS u
  RETURN a.displayName AS name, sum(u.loginCount) AS logins ORDER BY logins DESC, name ASC LIMIT 10
sqlite: SELECT a.displayName AS name, sum(u.loginCount) AS logins FROM application a
  JOIN (SELECT DISTINCT from_row, to_row FROM okta_user_assigned_application) e ON e.to_row = a.row
  JOIN okta_user u ON u.row = e.from_row WHERE u.active
  GROUP BY a.row ORDER BY logins DESC, name ASC LIMIT 10
duckdb: SELECT a.displayName AS name, sum(u.loginCount) AS logins FROM application a
  JOIN (SELECT DISTINCT from_row, to_row FROM okta_user_assigned_application) e ON e.to_row = a.row
  JOIN okta_user u ON u.row = e.from_row WHERE u.active
  GROUP BY a.row, a.displayName ORDER BY logins DESC, name ASC LIMIT 10
answer: XS 10 84edf87f90903ef6, 10 eee032f4d19c5ec8
answer: S 10 5671cb2fc19e2983, 10 97c067816bea14b9

neighbour: all_groups
j1ql: FIND application AS a THAT ASSIGNED << okta_user WITH active = true AS u
  RETURN a.displayName AS name, count(u) AS users
sqlite: SELECT a.displayName AS name, count(DISTINCT u.row) AS users FROM application a
  JOIN okta_user_assigned_application e ON e.to_row = a.row
  JOIN okta_user u ON u.row = e.from_row WHERE u.active GROUP BY a.row
duckdb: SELECT a.displayName AS name, count(DISTINCT u.row) AS users FROM application a
  JOIN okta_user_assigned_application e ON e.to_row = a.row
  JOIN okta_user u ON u.row = e.from_row WHERE u.active GROUP BY a.row, a.displayName
answer: XS 10 38cae259429276d7, 10 eb8ec4f099a2a029
answer: S 1000 5398ab1115f762bd, 1000 c07ce84362f0df32

neighbour: lowest
j1ql: FIND application AS a THAT ASSIGNED << okta_user WITH active = true AS u
  RETURN a.displayName AS name, count(u) AS users ORDER BY users ASC, name DESC LIMIT 10
sqlite: SELECT a.displayName AS name, count(DISTINCT u.row) AS users FROM application a
  JOIN okta_user_assigned_application e ON e.to_row = a.row
  JOIN okta_user u ON u.row = e.from_row WHERE u.active
  GROUP BY a.row ORDER BY users ASC, name DESC LIMIT 10
duckdb: SELECT a.displayName AS name, count(DISTINCT u.row) AS users FROM application a
  JOIN okta_user_assigned_application e ON e.to_row = a.row
  JOIN okta_user u ON u.row = e.from_row WHERE u.active
  GROUP BY a.row, a.displayName ORDER BY users ASC, name DESC LIMIT 10
answer: XS 10 38cae259429276d7, 10 eb8ec4f099a2a029
answer: S 10 04797830253d3fad, 10 4873c3c66fb6f40e

neighbour: with_other_hop
j1ql: FIND application AS a THAT ASSIGNED << okta_user_group AS g
  RETURN a.displayName AS name, count(g) AS groups ORDER BY groups DESC, name ASC LIMIT 10
sqlite: SELECT a.displayName AS name, count(DISTINCT e.from_row) AS groups FROM application a
  JOIN okta_user_group_assigned_application e ON e.to_row = a.row
  GROUP BY a.row ORDER BY count(DISTINCT e.from_row) DESC, name ASC LIMIT 10
duckdb: SELECT a.displayName AS name, count(DISTINCT e.from_row) AS n FROM application a
  JOIN okta_user_group_assigned_application e ON e.to_row = a.row
  GROUP BY a.row, a.displayName ORDER BY n DESC, name ASC LIMIT 10
answer: XS 10 e8b0a4d63afaee4b, 10 e8b0a4d63afaee4b
answer: S 10 cc87380284d70434, 10 cc87380284d70434
