question: q20_group_prop
about: Groups by two properties.
goal: S 13 M 120
j1ql: FIND okta_user AS u RETURN u.department, u.status, count(u) AS users
sql: SELECT department, status, count(*) FROM okta_user GROUP BY department, status
answer: XS 54 9424d966e35db706, 52 4686c7ad93a568ea
answer: S 65 f19105c7ecf051cf, 65 e3eabe6a49b2944f

neighbour: avg
j1ql: FIND okta_user AS u RETURN u.department, u.status, avg(u.loginCount) AS a
sql: SELECT department, status, avg(loginCount) FROM okta_user GROUP BY department, status
answer: XS 54 e4480cc90994f5d7, 52 fb4135fed701ef30
answer: S 65 058ad5e4d10e9ab7, 65 9fd3a0e79ad24ace

neighbour: one_key
j1ql: FIND okta_user AS u RETURN u.department, count(u) AS users
sql: SELECT department, count(*) FROM okta_user GROUP BY department
answer: XS 13 75f6a57ed625561a, 13 53a47a9f0ea953d7
answer: S 13 6031a9606395b17b, 13 9023d09cb666ff62

neighbour: three_keys
j1ql: FIND okta_user AS u RETURN u.department, u.status, u.country, count(u) AS users
sql: SELECT department, status, country, count(*) FROM okta_user GROUP BY department, status, country
answer: XS 161 973b698b46da4d01, 161 ff45bcd4774df2c8
answer: S 1324 abbf61d2afa3a65d, 1325 ac2533f778e0a204

neighbour: filtered
j1ql: FIND okta_user WITH active = true AS u RETURN u.department, u.status, count(u) AS users
sql: SELECT department, status, count(*) FROM okta_user WHERE active GROUP BY department, status
answer: XS 54 52813de6536f2fc2, 52 fb7b7b434f62d3f0
answer: S 65 c9398bf697dcf9b7, 65 ff335d9f317155c2

neighbour: having
j1ql: FIND okta_user AS u RETURN u.department, u.status, count(u) AS users HAVING users > 100
sql: SELECT department, status, count(*) FROM okta_user GROUP BY department, status HAVING count(*) > 100
answer: XS 0 0000000000000000, 0 0000000000000000
answer: S 46 225fb4f96126756b, 50 737397577c09ec83
