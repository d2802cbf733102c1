question: q07_scan_array
about: How many entities have a value in a list.
goal: S 6.0 M 20
j1ql: FIND okta_user WITH tags = 'PCI' AS u RETURN count(u) AS n
sql: SELECT count(*) FROM okta_user__tags WHERE value = 'PCI'
answer: XS 1 e93b36318632bfa6, 1 e93b36318632bfa6
answer: S 1 986b1825ceb89e38, 1 986b1825ceb89e38

neighbour: either
j1ql: FIND okta_user WITH tags = ('PCI' OR 'SOX') AS u RETURN count(u) AS n
sql: SELECT count(DISTINCT row) FROM okta_user__tags WHERE value IN ('PCI', 'SOX')
answer: XS 1 8b4234a853a2485c, 1 8b4234a853a2485c
answer: S 1 d62c8486c8d5204d, 1 d62c8486c8d5204d

neighbour: both
j1ql: FIND okta_user WITH tags = ('PCI' AND 'SOX') AS u RETURN count(u) AS n
sql: SELECT count(*) FROM (SELECT row FROM okta_user__tags WHERE value = 'PCI'
  INTERSECT SELECT row FROM okta_user__tags WHERE value = 'SOX')
answer: XS 1 9588ef121ca7c801, 1 9588ef121ca7c801
answer: S 1 704ef3281c6f5e6f, 1 704ef3281c6f5e6f

neighbour: not
j1ql: FIND okta_user WITH tags != 'PCI' AS u RETURN count(u) AS n
sql: SELECT (SELECT count(*) FROM okta_user) - (SELECT count(*) FROM okta_user__tags WHERE value = 'PCI')
answer: XS 1 c48a75394558bd41, 1 c48a75394558bd41
answer: S 1 d2fa6c52308a29ec, 1 d2fa6c52308a29ec

neighbour: max
j1ql: FIND okta_user WITH tags = 'PCI' AS u RETURN max(u.loginCount) AS m
sql: SELECT max(u.loginCount) FROM okta_user u JOIN okta_user__tags t ON t.row = u.row WHERE t.value = 'PCI'
answer: XS 1 120a269c55a6e727, 1 120a269c55a6e727
answer: S 1 7a70e000ee69702b, 1 7a70e000ee69702b

neighbour: by_department
j1ql: FIND okta_user WITH tags = 'PCI' AS u RETURN u.department, count(u) AS n
sql: SELECT u.department, count(*) FROM okta_user u JOIN okta_user__tags t ON t.row = u.row
  WHERE t.value = 'PCI' GROUP BY u.department
answer: XS 4 a909229656571744, 4 a909229656571744
answer: S 13 35f315cd8439c497, 13 64dc8c9c6febbd43
