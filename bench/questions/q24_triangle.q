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
answer: S 1 5111afe8a12b876a, 1 5111afe8a12b876a

neighbour: paths
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b THAT CONNECTS >> aws_instance AS c
  THAT CONNECTS >> aws_instance AS d WHERE a._id = d._id RETURN count(*) AS n
sql: SELECT count(*) FROM aws_instance_connects_aws_instance x
  JOIN aws_instance_connects_aws_instance y ON y.from_row = x.to_row
  JOIN aws_instance_connects_aws_instance z ON z.from_row = y.to_row AND z.to_row = x.from_row
answer: XS 1 9be8dec6ef390dd0, 1 9be8dec6ef390dd0
answer: S 1 bd57caae929d3d81, 1 bd57caae929d3d81

neighbour: other_direction
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b THAT CONNECTS >> aws_instance AS c
  THAT CONNECTS << aws_instance AS d WHERE a._id = d._id RETURN count(a) AS n
sql: SELECT count(DISTINCT x.from_row) FROM aws_instance_connects_aws_instance x
  JOIN aws_instance_connects_aws_instance y ON y.from_row = x.to_row
  JOIN aws_instance_connects_aws_instance z ON z.to_row = y.to_row AND z.from_row = x.from_row
answer: XS 1 6496dd6bb147e12f, 1 6496dd6bb147e12f
answer: S 1 8b7a1daf7d4b08a3, 1 8b7a1daf7d4b08a3

neighbour: filtered
j1ql: FIND aws_instance WITH state = 'running' AS a THAT CONNECTS >> aws_instance WITH public = true AS b
  THAT CONNECTS >> aws_instance AS c THAT CONNECTS >> aws_instance AS d WHERE a._id = d._id RETURN count(a) AS n
sql: SELECT count(DISTINCT x.from_row) FROM aws_instance_connects_aws_instance x
  JOIN aws_instance a ON a.row = x.from_row JOIN aws_instance b ON b.row = x.to_row
  JOIN aws_instance_connects_aws_instance y ON y.from_row = x.to_row
  JOIN aws_instance_connects_aws_instance z ON z.from_row = y.to_row AND z.to_row = x.from_row
  WHERE a.state = 'running' AND b.public
answer: XS 1 7a3b0fd1aebda3b2, 1 fa5e9c75affe1b72
answer: S 1 ceb6f7d210ccb4c6, 1 47892a65cff003d3

neighbour: by_region
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b THAT CONNECTS >> aws_instance AS c
  THAT CONNECTS >> aws_instance AS d WHERE a._id = d._id RETURN a.region, count(a) AS n
sql: SELECT a.region, count(DISTINCT a.row) FROM aws_instance a
  JOIN aws_instance_connects_aws_instance x ON x.from_row = a.row
  JOIN aws_instance_connects_aws_instance y ON y.from_row = x.to_row
  JOIN aws_instance_connects_aws_instance z ON z.from_row = y.to_row AND z.to_row = x.from_row GROUP BY a.region
answer: XS 8 6ee4f4ade3d694e7, 8 6ee4f4ade3d694e7
answer: S 8 a70e5459af86dd8b, 8 a70e5459af86dd8b

neighbour: two_cycle
j1ql: FIND aws_instance AS a THAT CONNECTS >> aws_instance AS b THAT CONNECTS >> aws_instance AS c
  WHERE a._id = c._id RETURN count(a) AS n
sql: SELECT count(DISTINCT x.from_row) FROM aws_instance_connects_aws_instance x
  JOIN aws_instance_connects_aws_instance y ON y.from_row = x.to_row AND y.to_row = x.from_row
answer: XS 1 440ae94db834147a, 1 440ae94db834147a
answer: S 1 13dec116ea562cce, 1 13dec116ea562cce
