question: q27_edge_prop
about: A filter on the relationships of a supernode.
goal: S 6.0 M 10
j1ql: FIND internet AS i THAT ALLOWS >> AS rule aws_security_group AS g
  WHERE rule.fromPort <= 22 AND rule.toPort >= 22 RETURN count(g) AS n
sql: SELECT count(DISTINCT to_row) FROM internet_allows_aws_security_group WHERE fromPort <= 22 AND toPort >= 22
answer: XS 1 e93b36318632bfa6, 1 e93b36318632bfa6
answer: S 1 b8ecb0e0402566e3, 1 b8ecb0e0402566e3

neighbour: count_of_rules
j1ql: FIND internet AS i THAT ALLOWS >> AS rule aws_security_group AS g
  WHERE rule.fromPort <= 22 AND rule.toPort >= 22 RETURN count(rule) AS n
sql: SELECT count(*) FROM internet_allows_aws_security_group WHERE fromPort <= 22 AND toPort >= 22
answer: XS 1 8b4234a853a2485c, 1 8b4234a853a2485c
answer: S 1 5afcf7180b425a85, 1 5afcf7180b425a85

neighbour: by_protocol
j1ql: FIND internet AS i THAT ALLOWS >> AS rule aws_security_group AS g
  WHERE rule.fromPort <= 22 AND rule.toPort >= 22 RETURN rule.ipProtocol, count(g) AS n
sql: SELECT ipProtocol, count(DISTINCT to_row) FROM internet_allows_aws_security_group
  WHERE fromPort <= 22 AND toPort >= 22 GROUP BY ipProtocol
answer: XS 2 b1ae9b6f70a69a48, 2 b1ae9b6f70a69a48
answer: S 3 1b89ba878a04b4ab, 3 1b89ba878a04b4ab

neighbour: text
j1ql: FIND internet AS i THAT ALLOWS >> AS rule aws_security_group AS g
  WHERE rule.ipProtocol = 'udp' RETURN count(g) AS n
sql: SELECT count(DISTINCT to_row) FROM internet_allows_aws_security_group WHERE ipProtocol = 'udp'
answer: XS 1 5412d5202dcaced8, 1 5412d5202dcaced8
answer: S 1 a6d4aadc90909380, 1 a6d4aadc90909380

neighbour: two_properties
j1ql: FIND internet AS i THAT ALLOWS >> AS rule aws_security_group AS g
  WHERE rule.fromPort < rule.toPort RETURN count(g) AS n
sql: SELECT count(DISTINCT to_row) FROM internet_allows_aws_security_group WHERE fromPort < toPort
answer: XS 1 fa5e9c75affe1b72, 1 fa5e9c75affe1b72
answer: S 1 f30e68c6e6255b66, 1 f30e68c6e6255b66

neighbour: rows
j1ql: FIND internet AS i THAT ALLOWS >> AS rule aws_security_group AS g
  WHERE rule.fromPort <= 22 AND rule.toPort >= 22 RETURN g.displayName, rule.fromPort, rule.toPort
sql: SELECT g.displayName, e.fromPort, e.toPort FROM internet_allows_aws_security_group e
  JOIN aws_security_group g ON g.row = e.to_row WHERE e.fromPort <= 22 AND e.toPort >= 22
answer: XS 7 2d1eef35fd6cafe6, 7 2d1eef35fd6cafe6
answer: S 815 546c46b95af1dea0, 815 546c46b95af1dea0
