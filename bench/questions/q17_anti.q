question: q17_anti
about: How many entities have no relationship of a kind.
goal: S 8.0 M 60
j1ql: FIND aws_instance AS h THAT !HAS aws_inspector_finding RETURN count(h) AS n
sql: SELECT count(*) FROM aws_instance h WHERE NOT EXISTS (
  SELECT 1 FROM aws_instance_has_aws_inspector_finding e WHERE e.from_row = h.row)
answer: XS 1 74e5f72ee5712b66, 1 74e5f72ee5712b66
answer: S 1 26e416147fd400b7, 1 26e416147fd400b7

neighbour: filtered_end
j1ql: FIND aws_instance AS h THAT !HAS aws_inspector_finding WITH severity = 'critical' RETURN count(h) AS n
sql: SELECT count(*) FROM aws_instance h WHERE NOT EXISTS (
  SELECT 1 FROM aws_instance_has_aws_inspector_finding e
  JOIN aws_inspector_finding f ON f.row = e.to_row WHERE e.from_row = h.row AND f.severity = 'critical')
answer: XS 1 a1f8f8352d50ff14, 1 a1f8f8352d50ff14
answer: S 1 72d6fddf82fdd98d, 1 72d6fddf82fdd98d

neighbour: filtered_start
j1ql: FIND aws_instance WITH state = 'running' AS h THAT !HAS aws_inspector_finding RETURN count(h) AS n
sql: SELECT count(*) FROM aws_instance h WHERE state = 'running' AND NOT EXISTS (
  SELECT 1 FROM aws_instance_has_aws_inspector_finding e WHERE e.from_row = h.row)
answer: XS 1 e3b2e24b8290a204, 1 10f74e0e4059c6ce
answer: S 1 c31d6584b2a7ac57, 1 fe8e65e3ab0a2adb

neighbour: by_state
j1ql: FIND aws_instance AS h THAT !HAS aws_inspector_finding RETURN h.state, count(h) AS n
sql: SELECT state, count(*) FROM aws_instance h WHERE NOT EXISTS (
  SELECT 1 FROM aws_instance_has_aws_inspector_finding e WHERE e.from_row = h.row) GROUP BY state
answer: XS 4 9ac10ed68c366923, 4 c4a806ee60e9c16f
answer: S 4 71c29a432dc605cd, 4 90b4c6af7b0cc3b8

neighbour: max
j1ql: FIND aws_instance AS h THAT !HAS aws_inspector_finding RETURN max(h.cpuCount) AS m
sql: SELECT max(cpuCount) FROM aws_instance h WHERE NOT EXISTS (
  SELECT 1 FROM aws_instance_has_aws_inspector_finding e WHERE e.from_row = h.row)
answer: XS 1 704ef3281c6f5e6f, 1 704ef3281c6f5e6f
answer: S 1 e23039145fb0d78e, 1 e23039145fb0d78e

neighbour: other_direction
j1ql: FIND cve AS c THAT !IS snyk_finding RETURN count(c) AS n
sql: SELECT count(*) FROM cve c WHERE NOT EXISTS (
  SELECT 1 FROM snyk_finding_is_cve e WHERE e.to_row = c.row)
answer: XS 1 e93b36318632bfa6, 1 e93b36318632bfa6
answer: S 1 3186cfb040315dc1, 1 3186cfb040315dc1
