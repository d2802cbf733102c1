question: q35_class_totals
about: Sum, maximum and number of one class.
j1ql: FIND Host AS h RETURN sum(h.criticality) AS s, max(h.criticality) AS m, count(h) AS n
sql: SELECT sum(criticality), max(criticality), count(*) FROM (
  SELECT criticality FROM aws_instance UNION ALL SELECT criticality FROM azure_vm UNION ALL
  SELECT criticality FROM jamf_computer) x
answer: XS 1 aaa3a3f8166aac58, 1 aaa3a3f8166aac58
answer: S 1 51141e48234ee98f, 1 51141e48234ee98f

neighbour: one_type
j1ql: FIND okta_user AS u RETURN sum(u.loginCount) AS s, max(u.loginCount) AS m, count(u) AS n
sql: SELECT sum(loginCount), max(loginCount), count(*) FROM okta_user
answer: XS 1 c2251456bdc6eff1, 1 c2251456bdc6eff1
answer: S 1 655abf1598663394, 1 655abf1598663394

neighbour: average
j1ql: FIND Host AS h RETURN avg(h.criticality) AS a, min(h.criticality) AS m
sql: SELECT avg(criticality), min(criticality) FROM (
  SELECT criticality FROM aws_instance UNION ALL SELECT criticality FROM azure_vm UNION ALL
  SELECT criticality FROM jamf_computer) x
answer: XS 1 1e8e30664beea1bb, 1 1e8e30664beea1bb
answer: S 1 0ac789b51b4a4804, 1 0ac789b51b4a4804

neighbour: computed
j1ql: FIND okta_user AS u RETURN sum(u.loginCount * 2) AS s, max(u.loginCount + 1) AS m
sql: SELECT sum(loginCount * 2), max(loginCount + 1) FROM okta_user
answer: XS 1 ef83907fa14c5bf9, 1 ef83907fa14c5bf9
answer: S 1 a2677d4b89f3c74a, 1 a2677d4b89f3c74a

neighbour: filtered
j1ql: FIND Host WITH platform = 'linux' AS h RETURN sum(h.criticality) AS s, max(h.criticality) AS m, count(h) AS n
sql: SELECT sum(criticality), max(criticality), count(*) FROM (
  SELECT criticality FROM aws_instance WHERE platform = 'linux' UNION ALL
  SELECT criticality FROM azure_vm WHERE platform = 'linux' UNION ALL
  SELECT criticality FROM jamf_computer WHERE platform = 'linux') x
answer: XS 1 0a9023b4f1e4695c, 1 0a9023b4f1e4695c
answer: S 1 8c654b58a2d527b4, 1 8c654b58a2d527b4

neighbour: decimals
j1ql: FIND Finding AS f RETURN max(f.numericSeverity) AS m, min(f.numericSeverity) AS least, avg(f.numericSeverity) AS a
sql: SELECT max(numericSeverity), min(numericSeverity), avg(numericSeverity) FROM (
  SELECT numericSeverity FROM snyk_finding UNION ALL SELECT numericSeverity FROM aws_inspector_finding) x
answer: XS 1 bef9479a31218c53, 1 bef9479a31218c53
answer: S 1 7b40a66a26041ff9, 1 7b40a66a26041ff9
