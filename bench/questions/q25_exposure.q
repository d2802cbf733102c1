question: q25_exposure
about: What the internet reaches: three hops from a supernode.
goal: S 15 M 250
j1ql: FIND internet AS i THAT ALLOWS >> aws_security_group AS g
  THAT PROTECTS >> aws_instance WITH state = 'running' AS h
  THAT HAS >> aws_inspector_finding WITH severity = 'critical' AS f RETURN count(h) AS n
sql: SELECT count(DISTINCT h.row) FROM internet_allows_aws_security_group e1
  JOIN aws_security_group_protects_aws_instance e2 ON e2.from_row = e1.to_row
  JOIN aws_instance h ON h.row = e2.to_row
  JOIN aws_instance_has_aws_inspector_finding e3 ON e3.from_row = h.row
  JOIN aws_inspector_finding f ON f.row = e3.to_row WHERE h.state = 'running' AND f.severity = 'critical'
answer: XS 1 2ba76be993f85dcf, 1 2ba76be993f85dcf
answer: S 1 fdd45fe0d2311ffa, 1 0e420ae6e39d96b9

neighbour: two_counts
j1ql: FIND internet AS i THAT ALLOWS >> aws_security_group AS g
  THAT PROTECTS >> aws_instance WITH state = 'running' AS h
  THAT HAS >> aws_inspector_finding WITH severity = 'critical' AS f RETURN count(h) AS n, count(f) AS findings
sql: SELECT count(DISTINCT h.row), count(DISTINCT f.row) FROM internet_allows_aws_security_group e1
  JOIN aws_security_group_protects_aws_instance e2 ON e2.from_row = e1.to_row
  JOIN aws_instance h ON h.row = e2.to_row
  JOIN aws_instance_has_aws_inspector_finding e3 ON e3.from_row = h.row
  JOIN aws_inspector_finding f ON f.row = e3.to_row WHERE h.state = 'running' AND f.severity = 'critical'
answer: XS 1 23359b2f6949e899, 1 23359b2f6949e899
answer: S 1 f0164d405cfd2ec1, 1 aee1423c0881318a

neighbour: max
j1ql: FIND internet AS i THAT ALLOWS >> aws_security_group AS g
  THAT PROTECTS >> aws_instance WITH state = 'running' AS h
  THAT HAS >> aws_inspector_finding WITH severity = 'critical' AS f RETURN max(f.numericSeverity) AS m
sql: SELECT max(f.numericSeverity) FROM internet_allows_aws_security_group e1
  JOIN aws_security_group_protects_aws_instance e2 ON e2.from_row = e1.to_row
  JOIN aws_instance h ON h.row = e2.to_row
  JOIN aws_instance_has_aws_inspector_finding e3 ON e3.from_row = h.row
  JOIN aws_inspector_finding f ON f.row = e3.to_row WHERE h.state = 'running' AND f.severity = 'critical'
answer: XS 1 576a7e00767aedc4, 1 576a7e00767aedc4
answer: S 1 d89be4d8af297c72, 1 d89be4d8af297c72

neighbour: by_platform
j1ql: FIND internet AS i THAT ALLOWS >> aws_security_group AS g
  THAT PROTECTS >> aws_instance WITH state = 'running' AS h
  THAT HAS >> aws_inspector_finding WITH severity = 'critical' AS f RETURN h.platform, count(h) AS n
sql: SELECT h.platform, count(DISTINCT h.row) FROM internet_allows_aws_security_group e1
  JOIN aws_security_group_protects_aws_instance e2 ON e2.from_row = e1.to_row
  JOIN aws_instance h ON h.row = e2.to_row
  JOIN aws_instance_has_aws_inspector_finding e3 ON e3.from_row = h.row
  JOIN aws_inspector_finding f ON f.row = e3.to_row
  WHERE h.state = 'running' AND f.severity = 'critical' GROUP BY h.platform
answer: XS 1 e00315452dfec0b9, 1 e00315452dfec0b9
answer: S 3 4e2e9cab64a276d9, 3 5990a89ac1903e2b

neighbour: from_the_end
j1ql: FIND aws_inspector_finding WITH severity = 'critical' AS f THAT HAS << aws_instance WITH state = 'running' AS h
  THAT PROTECTS << aws_security_group AS g THAT ALLOWS << internet AS i RETURN count(h) AS n
sql: SELECT count(DISTINCT h.row) FROM internet_allows_aws_security_group e1
  JOIN aws_security_group_protects_aws_instance e2 ON e2.from_row = e1.to_row
  JOIN aws_instance h ON h.row = e2.to_row
  JOIN aws_instance_has_aws_inspector_finding e3 ON e3.from_row = h.row
  JOIN aws_inspector_finding f ON f.row = e3.to_row WHERE h.state = 'running' AND f.severity = 'critical'
answer: XS 1 2ba76be993f85dcf, 1 2ba76be993f85dcf
answer: S 1 fdd45fe0d2311ffa, 1 0e420ae6e39d96b9

neighbour: without_findings
j1ql: FIND internet AS i THAT ALLOWS >> aws_security_group AS g
  THAT PROTECTS >> aws_instance WITH state = 'running' AS h THAT !HAS >> aws_inspector_finding RETURN count(h) AS n
sql: SELECT count(DISTINCT h.row) FROM internet_allows_aws_security_group e1
  JOIN aws_security_group_protects_aws_instance e2 ON e2.from_row = e1.to_row
  JOIN aws_instance h ON h.row = e2.to_row WHERE h.state = 'running' AND NOT EXISTS (
  SELECT 1 FROM aws_instance_has_aws_inspector_finding e3 WHERE e3.from_row = h.row)
answer: XS 1 fa5e9c75affe1b72, 1 fa5e9c75affe1b72
answer: S 1 2ee836c01e92e0a7, 1 44d8312f69b69b43
