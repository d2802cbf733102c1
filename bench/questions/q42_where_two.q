question: q42_where_two
about: A condition over both ends of a hop.
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b WHERE a.region = b.region RETURN count(a) AS n
sql: SELECT count(DISTINCT e.from_row) FROM aws_instance_connects_aws_instance e
  JOIN aws_instance a ON a.row = e.from_row JOIN aws_instance b ON b.row = e.to_row
  WHERE a.region = b.region AND e.from_row <> e.to_row
answer: XS 1 398dee668e822102, 1 398dee668e822102
answer: S 1 e74af30a66346b01, 1 e74af30a66346b01

neighbour: not_equal
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b WHERE a.region != b.region RETURN count(a) AS n
sql: SELECT count(DISTINCT e.from_row) FROM aws_instance_connects_aws_instance e
  JOIN aws_instance a ON a.row = e.from_row JOIN aws_instance b ON b.row = e.to_row
  WHERE a.region <> b.region AND e.from_row <> e.to_row
answer: XS 1 ca78712dfdf547d0, 1 ca78712dfdf547d0
answer: S 1 6d743513559c35d7, 1 6d743513559c35d7

neighbour: numbers
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b WHERE a.cpuCount > b.cpuCount RETURN count(a) AS n
sql: SELECT count(DISTINCT e.from_row) FROM aws_instance_connects_aws_instance e
  JOIN aws_instance a ON a.row = e.from_row JOIN aws_instance b ON b.row = e.to_row
  WHERE a.cpuCount > b.cpuCount AND e.from_row <> e.to_row
answer: XS 1 41726c7eadbe6d3e, 1 41726c7eadbe6d3e
answer: S 1 20c5c5f0b3fd7d5f, 1 20c5c5f0b3fd7d5f

neighbour: paths
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b WHERE a.region = b.region RETURN count(*) AS n
sql: SELECT count(*) FROM aws_instance_connects_aws_instance e
  JOIN aws_instance a ON a.row = e.from_row JOIN aws_instance b ON b.row = e.to_row
  WHERE a.region = b.region AND e.from_row <> e.to_row
answer: XS 1 30c5e17e312ba6b9, 1 30c5e17e312ba6b9
answer: S 1 33e2448a44e0f5e1, 1 33e2448a44e0f5e1

neighbour: by_region
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b WHERE a.region = b.region RETURN a.region, count(b) AS n
sql: SELECT a.region, count(DISTINCT b.row) FROM aws_instance_connects_aws_instance e
  JOIN aws_instance a ON a.row = e.from_row JOIN aws_instance b ON b.row = e.to_row
  WHERE a.region = b.region AND e.from_row <> e.to_row GROUP BY a.region
answer: XS 8 504f91a75f7d210a, 8 504f91a75f7d210a
answer: S 8 4689bea0c19bdfa5, 8 4689bea0c19bdfa5

neighbour: over_two_hops
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a THAT ASSIGNED << okta_user_group AS g
  WHERE u.criticality > a.criticality RETURN count(g) AS n
sql: SELECT count(DISTINCT ga.from_row) FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row
  JOIN okta_user_group_assigned_application ga ON ga.to_row = a.row WHERE u.criticality > a.criticality
answer: XS 1 1f308996a7625787, 1 1f308996a7625787
answer: S 1 a2c7b2941452a4a1, 1 a2c7b2941452a4a1
