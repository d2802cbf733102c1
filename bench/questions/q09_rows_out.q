question: q09_rows_out
about: Many rows with four properties.
goal: S 121 M 2000
j1ql: FIND okta_user WITH active = true AS u RETURN u.username, u.email, u.createdOn, u.loginCount
sql: SELECT username, email, createdOn, loginCount FROM okta_user WHERE active
answer: XS 187 7eeccdceb445b869, 184 644233334afe95f4

neighbour: one_column
j1ql: FIND okta_user WITH active = true AS u RETURN u.username
sql: SELECT username FROM okta_user WHERE active
answer: XS 187 baded0a9e5ec26d9, 184 c266c500519b9a05

neighbour: with_ids
j1ql: FIND okta_user WITH active = true AS u RETURN u._id, u.username, u.email, u.loginCount
sql: SELECT _id, username, email, loginCount FROM okta_user WHERE active
answer: XS 187 37b7175f550df9cf, 184 cf551057e7ed0a76

neighbour: with_absent
j1ql: FIND okta_user WITH active = true AS u RETURN u.username, u.lastLoginOn, u.criticality, u.mfaEnabled
sql: SELECT username, lastLoginOn, criticality, mfaEnabled FROM okta_user WHERE active
answer: XS 187 fc41c13afffa7695, 184 3ff95bd0cac66b17

neighbour: computed
j1ql: FIND okta_user WITH active = true AS u RETURN u.username, u.loginCount * 2 + 1 AS x
sql: SELECT username, loginCount * 2 + 1 FROM okta_user WHERE active
answer: XS 187 677dbeab070b2f3d, 184 c3720319b363511e

neighbour: two_filters
j1ql: FIND okta_user WITH active = true AND userType != 'service' AS u RETURN u.username, u.email, u.createdOn, u.loginCount
sql: SELECT username, email, createdOn, loginCount FROM okta_user WHERE active AND userType <> 'service'
answer: XS 156 30901568e6aa410a, 153 15e57acd7d631e95
