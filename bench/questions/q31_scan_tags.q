question: q31_scan_tags
about: How many entities of a class have two tags.
j1ql: FIND Host WITH tag.Production = true AND tag.Environment = 'production' AS h RETURN count(h) AS n
sql: SELECT count(*) FROM aws_instance WHERE "tag.Production" AND "tag.Environment" = 'production'
answer: XS 1 8b4234a853a2485c, 1 8b4234a853a2485c

neighbour: either
j1ql: FIND Host WITH tag.Production = true OR tag.Environment = 'production' AS h RETURN count(h) AS n
sql: SELECT count(*) FROM aws_instance WHERE "tag.Production" OR "tag.Environment" = 'production'
answer: XS 1 b8d005003a046e1b, 1 fdeed9fceab7b791

neighbour: other_value
j1ql: FIND Host WITH tag.Production = true AND tag.Environment = 'test' AS h RETURN count(h) AS n
sql: SELECT count(*) FROM aws_instance WHERE "tag.Production" AND "tag.Environment" = 'test'
answer: XS 1 ae2ae903cc3b9173, 1 ae2ae903cc3b9173

neighbour: by_environment
j1ql: FIND Host WITH tag.Production = true AS h RETURN h.tag.Environment, count(h) AS n
sql: SELECT "tag.Environment", count(*) FROM aws_instance WHERE "tag.Production" GROUP BY "tag.Environment"
answer: XS 4 9fdbe2e445caf498, 4 101636c3e550b6e7

neighbour: sum
j1ql: FIND Host WITH tag.Production = true AND tag.Environment = 'production' AS h RETURN sum(h.cpuCount) AS n
sql: SELECT sum(cpuCount) FROM aws_instance WHERE "tag.Production" AND "tag.Environment" = 'production'
answer: XS 1 e0cafbefcc7ef433, 1 b16e9f9b2069c859

neighbour: with_list
j1ql: FIND Host WITH tag.Production = true AND tags = 'PCI' AS h RETURN count(h) AS n
sql: SELECT count(*) FROM aws_instance h WHERE "tag.Production" AND EXISTS (
  SELECT 1 FROM aws_instance__tags t WHERE t.row = h.row AND t.value = 'PCI')
answer: XS 1 24954cc133928402, 1 24954cc133928402
