question: q28_scan_date
about: How many dates lie before a moment that counts from now.
j1ql: FIND okta_user WITH lastLoginOn < date.now - 90 days AS u RETURN count(u) AS n
sql: SELECT count(*) FROM okta_user WHERE lastLoginOn < 1763000000000 - 7776000000
answer: XS 1 f0f10ca890d1996d, 1 f0f10ca890d1996d
answer: S 1 a14613f60fa870bc, 1 a14613f60fa870bc

neighbour: after
j1ql: FIND okta_user WITH lastLoginOn > date.now - 7 days AS u RETURN count(u) AS n
sql: SELECT count(*) FROM okta_user WHERE lastLoginOn > 1763000000000 - 604800000
answer: XS 1 7117e93b9a28dd36, 1 7117e93b9a28dd36
answer: S 1 5a087c2c091a4e93, 1 5a087c2c091a4e93

neighbour: between
j1ql: FIND okta_user WITH lastLoginOn < date.now - 90 days AND lastLoginOn > date.now - 180 days AS u RETURN count(u) AS n
sql: SELECT count(*) FROM okta_user WHERE lastLoginOn < 1763000000000 - 7776000000
  AND lastLoginOn > 1763000000000 - 15552000000
answer: XS 1 41726c7eadbe6d3e, 1 41726c7eadbe6d3e
answer: S 1 736207fd909da175, 1 736207fd909da175

neighbour: or_absent
j1ql: FIND okta_user WITH lastLoginOn < date.now - 90 days OR lastLoginOn = undefined AS u RETURN count(u) AS n
sql: SELECT count(*) FROM okta_user WHERE lastLoginOn < 1763000000000 - 7776000000 OR lastLoginOn IS NULL
answer: XS 1 79cffa6c6da9a852, 1 79cffa6c6da9a852
answer: S 1 ea9e3d027ee313e2, 1 ea9e3d027ee313e2

neighbour: max
j1ql: FIND okta_user WITH lastLoginOn < date.now - 90 days AS u RETURN max(u.loginCount) AS m
sql: SELECT max(loginCount) FROM okta_user WHERE lastLoginOn < 1763000000000 - 7776000000
answer: XS 1 10a777714036b883, 1 10a777714036b883
answer: S 1 0bf92249b3142a6d, 1 0bf92249b3142a6d

neighbour: by_department
j1ql: FIND okta_user WITH lastLoginOn < date.now - 90 days AS u RETURN u.department, count(u) AS n
sql: SELECT department, count(*) FROM okta_user WHERE lastLoginOn < 1763000000000 - 7776000000 GROUP BY department
answer: XS 13 6ef3f1ab92215a35, 13 4f59148e006c4086
answer: S 13 04b95aaa5ce28c58, 13 ae855d7f42737670
