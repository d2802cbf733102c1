question: q24_triangle
about: Entities on a directed triangle.
revisit: yes
goal: S 425 M 4500
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b THAT CONNECTS >> aws_instance AS c
  THAT CONNECTS >> aws_instance AS d WHERE a._id = d._id RETURN count(a) AS n
sql: SELECT count(DISTINCT x.from_row) FROM aws_instance_connects_aws_instance x
  JOIN aws_instance_connects_aws_instance y ON y.from_row = x.to_row
  JOIN aws_instance_connects_aws_instance z ON z.from_row = y.to_row AND z.to_row = x.from_row
answer: XS 1 5be5096afadad61b, 1 5be5096afadad61b

neighbour: paths
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b THAT CONNECTS >> aws_instance AS c
  THAT CONNECTS >> aws_instance AS d WHERE a._id = d._id RETURN count(*) AS n
sql: SELECT count(*) FROM aws_instance_connects_aws_instance x
  JOIN aws_instance_connects_aws_instance y ON y.from_row = x.to_row
  JOIN aws_instance_connects_aws_instance z ON z.from_row = y.to_row AND z.to_row = x.from_row
answer: XS 1 9be8dec6ef390dd0, 1 9be8dec6ef390dd0

neighbour: other_direction
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b THAT CONNECTS >> aws_instance AS c
  THAT CONNECTS << aws_instance AS d WHERE a._id = d._id RETURN count(a) AS n
sql: SELECT count(DISTINCT x.from_row) FROM aws_instance_connects_aws_instance x
  JOIN aws_instance_connects_aws_instance y ON y.from_row = x.to_row
  JOIN aws_instance_connects_aws_instance z ON z.to_row = y.to_row AND z.from_row = x.from_row
answer: XS 1 6496dd6bb147e12f, 1 6496dd6bb147e12f

neighbour: filtered
j1ql: FIND aws_instance WITH state = 'running' AS a THAT CONNECTS >> aws_instance WITH public = true AS b
  THAT CONNECTS >> aws_instance AS c THAT CONNECTS >> aws_instance AS d WHERE a._id = d._id RETURN count(a) AS n
sql: SELECT count(DISTINCT x.from_row) FROM aws_instance_connects_aws_instance x
  JOIN aws_instance a ON a.row = x.from_row JOIN aws_instance b ON b.row = x.to_row
  JOIN aws_instance_connects_aws_instance y ON y.from_row = x.to_row
  JOIN aws_instance_connects_aws_instance z ON z.from_row = y.to_row AND z.to_row = x.from_row
  WHERE a.state = 'running' AND b.public
answer: XS 1 7a3b0fd1aebda3b2, 1 fa5e9c75affe1b72

neighbour: by_region
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b THAT CONNECTS >> aws_instance AS c
  THAT CONNECTS >> aws_instance AS d WHERE a._id = d._id RETURN a.region, count(a) AS n
sql: SELECT a.region, count(DISTINCT a.row) FROM aws_instance a
  JOIN aws_instance_connects_aws_instance x ON x.from_row = a.row
  JOIN aws_instance_connects_aws_instance y ON y.from_row = x.to_row
  JOIN aws_instance_connects_aws_instance z ON z.from_row = y.to_row AND z.to_row = x.from_row GROUP BY a.region
answer: XS 8 6ee4f4ade3d694e7, 8 6ee4f4ade3d694e7

neighbour: two_cycle
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b THAT CONNECTS >> aws_instance AS c
  WHERE a._id = c._id RETURN count(a) AS n
sql: SELECT count(DISTINCT x.from_row) FROM aws_instance_connects_aws_instance x
  JOIN aws_instance_connects_aws_instance y ON y.from_row = x.to_row AND y.to_row = x.from_row
answer: XS 1 440ae94db834147a, 1 440ae94db834147a
