question: q29_scan_absent
about: How many entities lack a property and have a value in another.
j1ql: FIND okta_user WITH mfaEnabled = undefined AND active = true AS u RETURN count(u) AS n
sql: SELECT count(*) FROM okta_user WHERE mfaEnabled IS NULL AND active
answer: XS 1 7cb16eb17ba29905, 1 7cb16eb17ba29905
answer: S 1 30f5b6bb90af3ab4, 1 86694caeebc549cf

neighbour: present
j1ql: FIND okta_user WITH mfaEnabled != undefined AND active = true AS u RETURN count(u) AS n
sql: SELECT count(*) FROM okta_user WHERE mfaEnabled IS NOT NULL AND active
answer: XS 1 34eff0b288cf9828, 1 afe3bc5c8cc2119a
answer: S 1 0b06a28197ceb1dd, 1 7c40033e24a52108

neighbour: not_true
j1ql: FIND okta_user WITH mfaEnabled != true AND active = true AS u RETURN count(u) AS n
sql: SELECT count(*) FROM okta_user WHERE mfaEnabled IS NOT TRUE AND active
answer: XS 1 30c5e17e312ba6b9, 1 1743017ed3a3769e
answer: S 1 427d4eefe11d8281, 1 abdab03d40d0e162

neighbour: of_class
j1ql: FIND User WITH mfaEnabled = undefined AND active = true AS u RETURN count(u) AS n
sql: SELECT (SELECT count(*) FROM okta_user WHERE mfaEnabled IS NULL AND active) +
  (SELECT count(*) FROM github_user WHERE mfaEnabled IS NULL AND active)
answer: XS 1 1d0cd8cbaaae3edf, 1 1d0cd8cbaaae3edf
answer: S 1 5495190f365baaee, 1 a662c1e1c6246cad

neighbour: sum
j1ql: FIND okta_user WITH mfaEnabled = undefined AND active = true AS u RETURN sum(u.loginCount) AS n
sql: SELECT sum(loginCount) FROM okta_user WHERE mfaEnabled IS NULL AND active
answer: XS 1 ce7c431bc02e30f9, 1 ce7c431bc02e30f9
answer: S 1 b61e8fe0a4c8280c, 1 6b1b0d028dd5f835

neighbour: rows
j1ql: FIND okta_user WITH mfaEnabled = undefined AND active = true AS u RETURN u.username
sql: SELECT username FROM okta_user WHERE mfaEnabled IS NULL AND active
answer: XS 12 6f43e3e5b0e3f74d, 12 6f43e3e5b0e3f74d
answer: S 744 f9f389d109c849c5, 734 0f5b35c4a040a7d3
