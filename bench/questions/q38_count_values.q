question: q38_count_values
about: How many different values a property has.
j1ql: FIND okta_user AS u RETURN count(u.department) AS n
sql: SELECT count(DISTINCT department) FROM okta_user
answer: XS 1 7cb16eb17ba29905, 1 7cb16eb17ba29905
answer: S 1 7cb16eb17ba29905, 1 7cb16eb17ba29905

neighbour: many_values
j1ql: FIND okta_user AS u RETURN count(u.displayName) AS n
sql: SELECT count(DISTINCT displayName) FROM okta_user
answer: XS 1 6de41b6ef908c90e, 1 7c02c5f3db5bb590
answer: S 1 4eaed2fe200146c4, 1 bcb381b2ab69a789

neighbour: numbers
j1ql: FIND okta_user AS u RETURN count(u.loginCount) AS n
sql: SELECT count(DISTINCT loginCount) FROM okta_user
answer: XS 1 7c02c5f3db5bb590, 1 7c02c5f3db5bb590
answer: S 1 b4ddb4db3c17d280, 1 b4ddb4db3c17d280

neighbour: grouped
j1ql: FIND okta_user AS u RETURN u.country, count(u.department) AS n
sql: SELECT country, count(DISTINCT department) FROM okta_user GROUP BY country
answer: XS 21 e35d8b4205edf746, 21 fd02af185250951c
answer: S 21 dd23fefc0bb8578c, 21 dd23fefc0bb8578c

neighbour: two_of_them
j1ql: FIND okta_user AS u RETURN count(u.department) AS n, count(u.country) AS m
sql: SELECT count(DISTINCT department), count(DISTINCT country) FROM okta_user
answer: XS 1 b32e80c2adc5e17c, 1 b32e80c2adc5e17c
answer: S 1 b32e80c2adc5e17c, 1 b32e80c2adc5e17c

neighbour: over_a_hop
j1ql: FIND okta_user AS u THAT ASSIGNED >> application WITH external = true AS a RETURN count(u.department) AS n
sql: SELECT count(DISTINCT u.department) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row WHERE a.external
answer: XS 1 7cb16eb17ba29905, 1 7cb16eb17ba29905
answer: S 1 7cb16eb17ba29905, 1 7cb16eb17ba29905
