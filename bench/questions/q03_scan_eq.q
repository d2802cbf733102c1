question: q03_scan_eq
about: How many entities of a class have a value.
goal: S 7.0 M 20
j1ql: FIND User WITH department = 'Security' AS u RETURN count(u) AS n
sql: SELECT count(*) FROM okta_user WHERE department = 'Security'
answer: XS 1 d89be4d8af297c72, 1 10f74e0e4059c6ce
answer: S 1 e1e77e268536f487, 1 0c32fe68e02a3203

neighbour: other_value
j1ql: FIND User WITH department != 'Security' AS u RETURN count(u) AS n
sql: SELECT (SELECT count(*) FROM okta_user WHERE department IS DISTINCT FROM 'Security') +
  (SELECT count(*) FROM github_user)
sqlite: SELECT (SELECT count(*) FROM okta_user WHERE department IS NOT 'Security') +
  (SELECT count(*) FROM github_user)
answer: XS 1 c3f7973b26688c25, 1 2862d218409edf86
answer: S 1 0bf99ea5141f6208, 1 885d8b7ac3ea1d46

neighbour: sum
j1ql: FIND User WITH department = 'Security' AS u RETURN sum(u.loginCount) AS n
sql: SELECT sum(loginCount) FROM okta_user WHERE department = 'Security'
answer: XS 1 eba247c5e0d5de82, 1 553b1735af087d78
answer: S 1 5088e51f97f8d401, 1 5660387de6fa6ac5

neighbour: two_filters
j1ql: FIND User WITH department = 'Security' AND active = true AS u RETURN count(u) AS n
sql: SELECT count(*) FROM okta_user WHERE department = 'Security' AND active
answer: XS 1 7a3b0fd1aebda3b2, 1 dd519df7c7f79021
answer: S 1 0a723ddabc53391c, 1 02992596d6be8152

neighbour: either
j1ql: FIND User WITH department = ('Security' OR 'Legal') AS u RETURN count(u) AS n
sql: SELECT count(*) FROM okta_user WHERE department IN ('Security', 'Legal')
answer: XS 1 2dfbd49d730a642b, 1 00bd40491e773ccc
answer: S 1 6a4f533502e52f7c, 1 2aec11b9b61d1a42

neighbour: rows
j1ql: FIND User WITH department = 'Security' AS u RETURN u.displayName
sql: SELECT displayName FROM okta_user WHERE department = 'Security'
answer: XS 10 f8bb2ca046092abb, 17 73cd74266a4e5446
answer: S 963 4f7ea7253202f60f, 1535 b067621591e17ce1
