question: q32_path_rows
about: A row for each path of two hops.
j1ql: FIND aws_account AS a THAT HAS aws_instance AS h THAT HAS aws_inspector_finding AS f
  RETURN a.displayName, h.name, f.severity
sql: SELECT a.displayName, h.name, f.severity FROM aws_account a
  JOIN aws_account_has_aws_instance e1 ON e1.from_row = a.row
  JOIN aws_instance h ON h.row = e1.to_row
  JOIN aws_instance_has_aws_inspector_finding e2 ON e2.from_row = h.row
  JOIN aws_inspector_finding f ON f.row = e2.to_row
answer: XS 60 90b28a13caf00f6c, 60 90b28a13caf00f6c
answer: S 6000 6287c5460b82e531, 6000 6287c5460b82e531

neighbour: one_hop
j1ql: FIND aws_account AS a THAT HAS aws_instance AS h RETURN a.displayName, h.name
sql: SELECT a.displayName, h.name FROM aws_account a
  JOIN aws_account_has_aws_instance e1 ON e1.from_row = a.row JOIN aws_instance h ON h.row = e1.to_row
answer: XS 60 726c9ce51aed662d, 60 726c9ce51aed662d
answer: S 6000 e0715a1acd623bdc, 6000 e0715a1acd623bdc

neighbour: filtered
j1ql: FIND aws_account AS a THAT HAS aws_instance WITH state = 'running' AS h
  THAT HAS aws_inspector_finding WITH severity = 'critical' AS f RETURN a.displayName, h.name, f.severity
sql: SELECT a.displayName, h.name, f.severity FROM aws_account a
  JOIN aws_account_has_aws_instance e1 ON e1.from_row = a.row
  JOIN aws_instance h ON h.row = e1.to_row
  JOIN aws_instance_has_aws_inspector_finding e2 ON e2.from_row = h.row
  JOIN aws_inspector_finding f ON f.row = e2.to_row WHERE h.state = 'running' AND f.severity = 'critical'
answer: XS 3 9ebcd3a50077477a, 3 9ebcd3a50077477a
answer: S 461 b4f62bc6876c041a, 445 e82964493dd728d5

neighbour: from_the_end
j1ql: FIND aws_inspector_finding AS f THAT HAS << aws_instance AS h THAT HAS << aws_account AS a
  RETURN a.displayName, h.name, f.severity
sql: SELECT a.displayName, h.name, f.severity FROM aws_account a
  JOIN aws_account_has_aws_instance e1 ON e1.from_row = a.row
  JOIN aws_instance h ON h.row = e1.to_row
  JOIN aws_instance_has_aws_inspector_finding e2 ON e2.from_row = h.row
  JOIN aws_inspector_finding f ON f.row = e2.to_row
answer: XS 60 90b28a13caf00f6c, 60 90b28a13caf00f6c
answer: S 6000 6287c5460b82e531, 6000 6287c5460b82e531

neighbour: unique
j1ql: FIND UNIQUE aws_account AS a THAT HAS aws_instance AS h THAT HAS aws_inspector_finding AS f
  RETURN a.displayName, h.region, f.severity
sql: SELECT DISTINCT a.displayName, h.region, f.severity FROM aws_account a
  JOIN aws_account_has_aws_instance e1 ON e1.from_row = a.row
  JOIN aws_instance h ON h.row = e1.to_row
  JOIN aws_instance_has_aws_inspector_finding e2 ON e2.from_row = h.row
  JOIN aws_inspector_finding f ON f.row = e2.to_row
answer: XS 26 3a008e2568440227, 26 3a008e2568440227
answer: S 1243 8d91af03cf24730a, 1243 8d91af03cf24730a

neighbour: third_hop
j1ql: FIND aws_account AS a THAT HAS aws_instance AS h THAT HAS aws_inspector_finding AS f THAT IS cve AS c
  RETURN a.displayName, h.name, f.severity, c.displayName
sql: SELECT a.displayName, h.name, f.severity, c.displayName FROM aws_account a
  JOIN aws_account_has_aws_instance e1 ON e1.from_row = a.row
  JOIN aws_instance h ON h.row = e1.to_row
  JOIN aws_instance_has_aws_inspector_finding e2 ON e2.from_row = h.row
  JOIN aws_inspector_finding f ON f.row = e2.to_row
  JOIN aws_inspector_finding_is_cve e3 ON e3.from_row = f.row
  JOIN cve c ON c.row = e3.to_row
answer: XS 60 abe68afc12207469, 60 abe68afc12207469
answer: S 6000 2780ebd3ec13eb66, 6000 2780ebd3ec13eb66
