question: q13_hop1_group
about: One hop, grouped by a property of its end.
concurrent: yes
goal: S 22 M 300
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN a.owner, count(u) AS users
sql: SELECT a.owner, count(DISTINCT e.from_row) FROM okta_user_assigned_application e
  JOIN application a ON a.row = e.to_row GROUP BY a.owner
answer: XS 5 5ab251f7c89b44a8, 5 d23b8caaef37c240
answer: S 10 43e5bca568da71cb, 10 c606c2a3bc1dd080

neighbour: plus_max
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN a.owner, count(u) AS users, max(u.loginCount) AS m
sql: SELECT a.owner, count(DISTINCT u.row), max(u.loginCount) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row GROUP BY a.owner
answer: XS 5 0c21043ca84b7a76, 5 45f1445cac1fe2ed
answer: S 10 5ba43dbca5ac116c, 10 bca6b642dffb5a60

neighbour: plus_count
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN a.owner, count(u) AS users, count(a) AS apps
sql: SELECT a.owner, count(DISTINCT e.from_row), count(DISTINCT e.to_row) FROM okta_user_assigned_application e
  JOIN application a ON a.row = e.to_row GROUP BY a.owner
answer: XS 5 e7ef82b033499c15, 5 3546bfc283d1a477
answer: S 10 f5493fda00099739, 10 be672a0d58b851ef

neighbour: of_relationships
j1ql: FIND okta_user AS u THAT ASSIGNED >> AS e application AS a RETURN a.owner, count(e) AS grants
sql: SELECT a.owner, count(*) FROM okta_user_assigned_application e
  JOIN application a ON a.row = e.to_row GROUP BY a.owner
answer: XS 5 db8dce3477686a19, 5 b54b33893556d0b5
answer: S 10 86f54aeadf1e4cb1, 10 2b46ba3fe612e69e

neighbour: computed_key
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN concat(a.owner, '-team') AS team, count(u) AS users
sql: SELECT a.owner || '-team', count(DISTINCT e.from_row) FROM okta_user_assigned_application e
  JOIN application a ON a.row = e.to_row GROUP BY a.owner || '-team'
answer: XS 5 9ed9ed3b685574f6, 5 1e000e3df71ef074
answer: S 10 79a1dc7b1581efa3, 10 64b3ca03f9e99522

neighbour: by_the_start
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a RETURN u.department, count(a) AS apps
sql: SELECT u.department, count(DISTINCT e.to_row) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row GROUP BY u.department
answer: XS 13 e04791c42ba24e42, 13 28cea3a867d20438
answer: S 13 f8bb77964999a5ce, 13 9d4c3afb6c8b572f
