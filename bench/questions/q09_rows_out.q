question: q09_rows_out
about: Many rows with four properties.
goal: S 121 M 2000
j1ql: FIND okta_user WITH active = true AS u RETURN u.username, u.email, u.createdOn, u.loginCount
sql: SELECT username, email, createdOn, loginCount FROM okta_user WHERE active
answer: XS 187 7eeccdceb445b869, 184 644233334afe95f4
answer: S 18481 abdb11313cd175b4, 18274 8a3aa6ee30e7d4b2

neighbour: one_column
j1ql: FIND okta_user WITH active = true AS u RETURN u.username
sql: SELECT username FROM okta_user WHERE active
answer: XS 187 baded0a9e5ec26d9, 184 c266c500519b9a05
answer: S 18481 69c0e54bbb69b1b3, 18274 cd6af91055cbebc3

neighbour: with_ids
j1ql: FIND okta_user WITH active = true AS u RETURN u._id, u.username, u.email, u.loginCount
sql: SELECT _id, username, email, loginCount FROM okta_user WHERE active
answer: XS 187 37b7175f550df9cf, 184 cf551057e7ed0a76
answer: S 18481 d91f21ee29e34f9e, 18274 bbe0e2d491fcfbc6

neighbour: with_absent
j1ql: FIND okta_user WITH active = true AS u RETURN u.username, u.lastLoginOn, u.criticality, u.mfaEnabled
sql: SELECT username, lastLoginOn, criticality, mfaEnabled FROM okta_user WHERE active
answer: XS 187 fc41c13afffa7695, 184 3ff95bd0cac66b17
answer: S 18481 6d4e94680f0abe28, 18274 832d260d529a6f93

neighbour: computed
j1ql: FIND okta_user WITH active = true AS u RETURN u.username, u.loginCount * 2 + 1 AS x
sql: SELECT username, loginCount * 2 + 1 FROM okta_user WHERE active
answer: XS 187 677dbeab070b2f3d, 184 c3720319b363511e
answer: S 18481 7da7c835315cc7df, 18274 589e7729c785af27

neighbour: two_filters
j1ql: FIND okta_user WITH active = true AND userType != 'service' AS u RETURN u.username, u.email, u.createdOn, u.loginCount
sql: SELECT username, email, createdOn, loginCount FROM okta_user WHERE active AND userType <> 'service'
answer: XS 156 30901568e6aa410a, 153 15e57acd7d631e95
answer: S 15106 43b773ce179f78f1, 14940 0a078be4fd8feef7
